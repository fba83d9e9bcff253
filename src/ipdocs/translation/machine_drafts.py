"""Machine drafts: translate the missing texts of a source with the workspace's service, and mark them as drafts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ipdocs.findings import Finding
from ipdocs.locale.glossary import glossary_in
from ipdocs.locale.language import Language, languages
from ipdocs.localisation.language_context import expression_renderer
from ipdocs.localisation.localise import language_context
from ipdocs.pipeline.gates import refuse_disclosure
from ipdocs.source.changes import Confirmation, SourceChanges
from ipdocs.source.open import Source, open_source
from ipdocs.source.segment import Segment, codes, to_source_text
from ipdocs.source.texts import TextPlace, iter_texts
from ipdocs.source.update import write_changes
from ipdocs.translation.job import TranslationUnit, translation_job, withheld_places
from ipdocs.translation.libretranslate import LibreTranslate, MachineSettings, Translator, machine_settings, protect, restore
from ipdocs.workspace import find_workspace

MACHINE_MARK = "⟦draft: machine⟧"
BATCH_SIZE = 20


@dataclass(frozen=True, slots=True)
class MachineDrafts:
    """The result of machine translation.

    Attributes:
        texts: the dotted names of the texts that were drafted.
        findings: warnings about rejected translations.
        withheld: the texts that were not sent because they are not open.
    """

    texts: tuple[str, ...]
    findings: tuple[Finding, ...]
    withheld: tuple[TextPlace, ...] = ()


@dataclass(frozen=True, slots=True)
class RequestRecord:
    """A log record of a request to a service, without the words that were sent.

    Attributes:
        address: the address of the service.
        document: the id of the document.
        path: the path of the source file.
        source_language: the code of the source language.
        target_language: the code of the target language.
        places: the dotted names of the texts, such as "lead.paragraph".
    """

    address: str
    document: str
    path: Path
    source_language: str
    target_language: str
    places: tuple[str, ...]


def machine_drafts(
    path: Path,
    to: str,
    *,
    source_language: str = "",
    key: str = "",
    translator: Translator | None = None,
    log: Callable[[RequestRecord], None] = lambda record: None,
    on_progress: Callable[[str], None] = lambda step: None,
) -> MachineDrafts:
    """Translate the missing texts of a source by machine, and write the translations into it as drafts.

    Facts and terms are protected: a translation that lacks a fact or term is rejected, and a finding reports this.
    Texts that are not open are never sent, and nothing is sent if the workspace has no service.

    Args:
        path: the path of the source file.
        to: the code of the target language.
        source_language: the code of the language to translate from; by default the first language of the document.
        key: the key of the service, if it needs one.
        translator: a translator to use instead of the workspace's service.
        log: called with a record before each request; if `log` raises an error, the request is not sent.
        on_progress: called before each request with the progress, such as "21 of 45".

    Returns:
        The drafted texts, the findings, and the texts that were withheld.

    Raises:
        IpdocsError: the workspace has no valid settings for a service, the service fails, the document is restricted, or an open
            text reveals a withheld text.
    """
    workspace = find_workspace(path)
    settings = machine_settings(workspace)
    translator = translator or LibreTranslate(settings.address, key)
    source = open_source(path, workspace, draft=True)
    refuse_disclosure(source, "it cannot be sent to a service")
    job = translation_job(source, to, source_language=source_language)
    by_tag = {language.tag: language for language in languages(workspace).values()}
    original, target = by_tag[job.source_tag], by_tag[job.target_tag]
    missing = [unit for unit in job.units if unit.target is None]
    drafts: dict[str, Segment] = {}
    findings: list[Finding] = []
    for start in range(0, len(missing), BATCH_SIZE):
        on_progress(f"{start + 1} of {len(missing)}")
        batch = missing[start : start + BATCH_SIZE]
        places = tuple(unit.name for unit in batch)
        log(RequestRecord(str(settings.address), str(source.document.id), path, original.code, target.code, places))
        translations, batch_findings = _translate_batch(batch, translator, settings, (original, target), source)
        drafts |= translations
        findings += batch_findings
    write_changes(source, _source_changes(source, drafts, target.code))
    withheld = withheld_places(source, to, source_language=source_language, only_missing=True)
    return MachineDrafts(tuple(drafts), tuple(findings), tuple(withheld))


def _translate_batch(
    units: list[TranslationUnit],
    translator: Translator,
    settings: MachineSettings,
    languages: tuple[Language, Language],
    source: Source,
) -> tuple[dict[str, Segment], list[Finding]]:
    """Return the translations of units, keyed by the name of the unit, and findings about rejected translations."""
    original, target = languages
    render_expression = expression_renderer(language_context(source, target))
    facts = {code.data: render_expression(code.data, "") for unit in units for code in codes(unit.source) if code.kind == "fact"}
    terms = glossary_in(source.workspace, source.domains)
    sent_texts = [protect(unit.source, (original.code, target.code), terms, facts) for unit in units]
    fragments = translator.translate(
        [sent_text.fragment for sent_text in sent_texts], settings.service_code(original.code), settings.service_code(target.code)
    )
    drafts: dict[str, Segment] = {}
    findings: list[Finding] = []
    for unit, sent_text, fragment in zip(units, sent_texts, fragments, strict=True):
        translation, problems = restore(fragment, sent_text, unit.source)
        if translation is not None:
            drafts[unit.name] = translation
        else:
            message = f"the machine translation of '{unit.name}' was rejected: {'; '.join(problems) or 'it is empty'}"
            findings.append(Finding("machine-lost", message, None, "translate this text by hand", "warning"))
    return drafts, findings


def _source_changes(source: Source, drafts: dict[str, Segment], code: str) -> SourceChanges:
    places = [place for place in iter_texts(source.document) if place.name in drafts]
    return SourceChanges(
        texts={(place.keys, code): MACHINE_MARK + to_source_text(drafts[place.name]) for place in places},
        bases={(place.block, code): Confirmation() for place in places},
    )
