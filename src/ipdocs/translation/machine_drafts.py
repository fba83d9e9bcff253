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
from ipdocs.source.basis import basis_of
from ipdocs.source.file import read_text
from ipdocs.source.open import open_source
from ipdocs.source.replacement import put_texts
from ipdocs.source.segment import Segment, codes, written
from ipdocs.source.state import keep_bases
from ipdocs.source.texts import blocks, texts
from ipdocs.source.update import put
from ipdocs.translation.job import TranslationUnit, translation_job
from ipdocs.translation.libretranslate import LibreTranslate, Translator, protected, restored, settings
from ipdocs.workspace import Workspace, find_workspace

MARK = "⟦draft: machine⟧"
AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Drafted:
    """The texts that a service has drafted, by their places, and what it sent back that is not taken."""

    texts: tuple[str, ...]
    findings: tuple[Finding, ...]


def machine_drafts(
    path: Path,
    to: str,
    *,
    source: str = "",
    key: str = "",
    translator: Translator | None = None,
    told: Callable[[str], None] = lambda step: None,
) -> Drafted:
    """Write drafts of a source's missing texts into it, marked as a machine's; nothing is sent unless the workspace says where.

    Facts and terms are protected on the way. An answer in which one is missing is a finding, and not taken. What is
    restricted is never sent. Another translator than the workspace's can be given.
    """
    workspace = find_workspace(path)
    service = settings(workspace)
    machine = translator or LibreTranslate(service.address, key)
    sent = translation_job(path, to, source=source)
    by_tag = {one.tag: one for one in languages(workspace).values()}
    first, target = by_tag[sent.source], by_tag[sent.target]
    missing = [unit for unit in sent.units if unit.target is None]
    made: dict[str, Segment] = {}
    findings: list[Finding] = []
    for start in range(0, len(missing), AT_ONCE):
        told(f"{start + 1} of {len(missing)}")
        batch = missing[start : start + AT_ONCE]
        found, wrong = _batch(
            batch, machine, (service.name(first.code), service.name(target.code)), (first, target), path, workspace
        )
        made |= found
        findings += wrong
    if made:
        _write(path, made, target, workspace)
    return Drafted(tuple(made), tuple(findings))


def _batch(
    units: list[TranslationUnit],
    machine: Translator,
    names: tuple[str, str],
    spoken: tuple[Language, Language],
    path: Path,
    workspace: Workspace,
) -> tuple[dict[str, Segment], list[Finding]]:
    """Return what a service makes of some texts, and what of it cannot be taken."""
    say = expression_renderer(language_context(open_source(path, workspace, draft=True), spoken[1]))
    said = {code.data: say(code.data) for unit in units for code in codes(unit.source) if code.kind == "fact"}
    shorts = (spoken[0].code, spoken[1].code)
    going = [protected(unit.source, shorts, glossary(workspace), said) for unit in units]
    answers = machine.translate([one.fragment for one in going], *names)
    made: dict[str, Segment] = {}
    findings: list[Finding] = []
    for unit, one, answer in zip(units, going, answers, strict=True):
        parts, wrong = restored(answer, one, unit.source)
        if parts is not None:
            made[unit.name] = parts
        else:
            message = f"the machine's text for '{unit.name}' is not taken: {'; '.join(wrong) or 'it is empty'}"
            findings.append(Finding("machine-lost", message, None, "translate it by hand", "warning"))
    return made, findings


def _write(path: Path, made: dict[str, Segment], target: Language, workspace: Workspace) -> None:
    placed = {one.name: one for one in texts(open_source(path, workspace, draft=True).document)}
    new = {(placed[name].keys, target.code): MARK + written(parts) for name, parts in made.items()}
    put(path, put_texts(read_text(path), new), workspace)
    after = blocks(open_source(path, workspace, draft=True).document)
    touched = sorted({placed[name].block for name in made} & after.keys())
    keep_bases(path, {(block, target.code): basis_of(after[block], target.code, workspace) for block in touched})
