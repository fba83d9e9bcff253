"""TMX files with the texts of a job, read and written with the memory's codec."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ipdocs.files.reading import read_bytes, unusable_file
from ipdocs.files.xml import parse_xml
from ipdocs.locale.language import languages
from ipdocs.locale.stated_language import is_taiwan_tag
from ipdocs.source.segment import segment
from ipdocs.source.template_text import template_source
from ipdocs.translation.job import FileNote, ReturnedFile, ReturnedUnit, TranslationJob, with_displays
from ipdocs.translation.memory import tmx_codec
from ipdocs.translation.memory.unit import MemoryUnit
from ipdocs.workspace import Workspace

if TYPE_CHECKING:
    from lxml.etree import _Element


def write(job: TranslationJob, workspace: Workspace) -> bytes:
    """Return the translated texts of a job as TMX."""
    codes = {language.tag: language.code for language in languages(workspace).values()}
    source, target = codes[job.source_tag], codes[job.target_tag]
    units = [
        MemoryUnit(
            document=job.document,
            place=unit.name,
            texts={source: with_displays(unit.source), target: with_displays(unit.target)},
            state="draft" if unit.state in ("draft", "stale") else "approved",
        )
        for unit in job.units
        if unit.target is not None
    ]
    return "".join(tmx_codec.tmx_lines(units, workspace, {})).encode()


def read(path: Path, workspace: Workspace, source: str, target: str) -> ReturnedFile:
    """Return the texts of a TMX file in the languages with the codes `source` and `target`.

    Chinese of Taiwan counts as the target language, and is the tag of the file then.

    Raises:
        IpdocsError: the file is unsafe, is not TMX, has no texts in both languages, or is a memory without the names of texts.
    """
    root = parse_xml(read_bytes(path), path, allow_doctype=True)  # refuses an unsafe file before the codec yields the first unit
    notes = {element.sourceline or 0: _notes(element) for element in root.iter("tu")}
    lines: list[int] = []
    summary = tmx_codec.TmxSummary()
    memory_units = list(tmx_codec.read_units(path, workspace, summary, lines, (source, target)))
    units = [
        ReturnedUnit(
            name=unit.place,
            source=segment(template_source(unit.texts[source])),
            target=segment(template_source(unit.texts[target])),
            line=line,
            notes=notes[line],
        )
        for unit, line in zip(memory_units, lines, strict=True)
        if source in unit.texts and target in unit.texts
    ]
    document = next((unit.document for unit in memory_units if unit.document), "")
    if not units:
        tags = {code: languages(workspace)[code].tag for code in (source, target)}
        message = f"no text of this TMX file is in both {tags[source]} and {tags[target]}"
        hint = f"name the languages of the file with --from and --to; it has {', '.join(sorted(summary.tags)) or 'none'}"
        raise unusable_file("bad-tmx", message, path, hint)
    if not document and all(unit.name.isdigit() or not unit.name for unit in units):
        message = "this TMX file is a memory: it does not state to which text of a document each translation belongs"
        hint = f"run `ipdocs memory import {path.name}`, then `ipdocs translate` with the source"
        raise unusable_file("bad-tmx", message, path, hint)
    file_notes = tuple(FileNote(note) for header in root.iter("header") for note in _notes(header))
    tag = next(filter(is_taiwan_tag, sorted(summary.tags)), languages(workspace)[target].tag)
    return ReturnedFile(document, tag, tuple(units), file_notes)


def _notes(element: _Element) -> tuple[str, ...]:
    return tuple(note for child in element.iter("note") if (note := " ".join("".join(map(str, child.itertext())).split())))
