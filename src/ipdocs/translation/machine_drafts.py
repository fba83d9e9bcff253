"""A source's missing texts from a service that its workspace names: drafts, marked so that everyone sees it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ipdocs.findings import Finding
from ipdocs.locale.glossary import glossary
from ipdocs.locale.language import Language, languages
from ipdocs.localisation.language_context import expression_renderer
from ipdocs.localisation.localise import language_context
from ipdocs.pipeline.gates import refuse_disclosure
from ipdocs.source.changes import Confirmation, SourceChanges
from ipdocs.source.open import Source, open_source
from ipdocs.source.segment import Segment, codes, to_source_text
from ipdocs.source.texts import TextPlace, texts
from ipdocs.source.update import write_changes
from ipdocs.translation.job import TranslationUnit, translation_job, withheld_places
from ipdocs.translation.libretranslate import LibreTranslate, Translator, machine_settings, protect, restore
from ipdocs.workspace import find_workspace

MARK = "⟦draft: machine⟧"
BATCH_SIZE = 20


@dataclass(frozen=True, slots=True)
class MachineDrafts:
    """The texts that a service has drafted, by their places; what it sent back that is not taken; what was not sent to it."""

    texts: tuple[str, ...]
    findings: tuple[Finding, ...]
    withheld: tuple[TextPlace, ...] = ()


@dataclass(frozen=True, slots=True)
class SentTexts:
    """What is sent in one request, for a log: to which address, of which document and file, in which languages, which texts.

    Texts are named by their places, which begin with the id of their block ("lead.paragraph"); their words are not here.
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
    log: Callable[[SentTexts], None] = lambda sent: None,
    on_progress: Callable[[str], None] = lambda step: None,
) -> MachineDrafts:
    """Write drafts of a source's missing texts into it, marked as a machine's; nothing is sent unless the workspace says where.

    Facts and terms are protected on the way. An answer in which one is missing is a finding, and not taken. What is
    not open is never sent.

    Args:
        path: the file of the source.
        to: the language to translate into, by its code.
        source_language: the language to translate from; by default the first in which the source is written.
        key: the key of the service, if it wants one.
        translator: another translator than the workspace's service.
        log: told what is sent, before each request; nothing is sent when it raises an error.
        on_progress: told how far it is.

    Raises:
        IpdocsError: the document is not open as a whole, an open text tells what is withheld, or the service does not translate.
    """
    workspace = find_workspace(path)
    service = machine_settings(workspace)
    machine = translator or LibreTranslate(service.address, key)
    source = open_source(path, workspace, draft=True)
    refuse_disclosure(source, "nothing of it is sent to a service")
    job = translation_job(source, to, source_language=source_language)
    by_tag = {language.tag: language for language in languages(workspace).values()}
    first, target = by_tag[job.source_tag], by_tag[job.target_tag]
    missing = [unit for unit in job.units if unit.target is None]
    drafts: dict[str, Segment] = {}
    findings: list[Finding] = []
    for start in range(0, len(missing), BATCH_SIZE):
        on_progress(f"{start + 1} of {len(missing)}")
        batch = missing[start : start + BATCH_SIZE]
        names = (service.service_code(first.code), service.service_code(target.code))
        place = (str(service.address), str(source.document.id), path)
        log(SentTexts(*place, first.code, target.code, tuple(unit.name for unit in batch)))
        translations, lost = _batch(batch, machine, names, (first, target), source)
        drafts |= translations
        findings += lost
    write_changes(source, _changes(source, drafts, target.code))
    withheld = withheld_places(source, to, source_language=source_language, missing=True)
    return MachineDrafts(tuple(drafts), tuple(findings), tuple(withheld))


def _batch(
    units: list[TranslationUnit],
    machine: Translator,
    names: tuple[str, str],
    languages: tuple[Language, Language],
    source: Source,
) -> tuple[dict[str, Segment], list[Finding]]:
    """Return what a service makes of some texts, and what of it cannot be taken."""
    first, target = languages
    render_expression = expression_renderer(language_context(source, target))
    facts = {code.data: render_expression(code.data) for unit in units for code in codes(unit.source) if code.kind == "fact"}
    terms = glossary(source.workspace)
    sent = [protect(unit.source, (first.code, target.code), terms, facts) for unit in units]
    answers = machine.translate([text.fragment for text in sent], *names)
    drafts: dict[str, Segment] = {}
    findings: list[Finding] = []
    for unit, text, answer in zip(units, sent, answers, strict=True):
        parts, problems = restore(answer, text, unit.source)
        if parts is not None:
            drafts[unit.name] = parts
        else:
            message = f"the machine's text for '{unit.name}' is not taken: {'; '.join(problems) or 'it is empty'}"
            findings.append(Finding("machine-lost", message, None, "translate it by hand", "warning"))
    return drafts, findings


def _changes(source: Source, drafts: dict[str, Segment], code: str) -> SourceChanges:
    places = [place for place in texts(source.document) if place.name in drafts]
    return SourceChanges(
        texts={(place.keys, code): MARK + to_source_text(drafts[place.name]) for place in places},
        bases={(place.block, code): Confirmation() for place in places},
    )
