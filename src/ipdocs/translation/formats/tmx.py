"""TMX files with the texts of a job, read and written with the memory's codec."""

from __future__ import annotations

from pathlib import Path

from ipdocs.files.reading import read_bytes, unusable_file
from ipdocs.files.xml import parse_xml
from ipdocs.locale.language import languages
from ipdocs.source.segment import segment
from ipdocs.source.template_text import template_source
from ipdocs.translation.job import ReturnedFile, ReturnedUnit, TranslationJob, with_displays
from ipdocs.translation.memory import tmx_codec
from ipdocs.translation.memory.unit import MemoryUnit
from ipdocs.workspace import Workspace


def write(job: TranslationJob, workspace: Workspace) -> bytes:
    """Return the translated texts of a job as TMX."""
    codes = {language.tag: language.code for language in languages(workspace).values()}
    source, target = codes[job.source_tag], codes[job.target_tag]
    units = [
        MemoryUnit(job.document, unit.name, {source: with_displays(unit.source), target: with_displays(unit.target)})
        for unit in job.units
        if unit.target is not None
    ]
    return "".join(tmx_codec.tmx_lines(units, workspace, {})).encode()


def read(path: Path, workspace: Workspace, source: str, target: str) -> ReturnedFile:
    """Return the texts of a TMX file in the languages with the codes `source` and `target`.

    Raises:
        IpdocsError: the file is unsafe, is not TMX, or is a memory without the names of texts.
    """
    parse_xml(read_bytes(path), path, allow_doctype=True)  # refuses an unsafe file before the codec yields the first unit
    lines: list[int] = []
    memory_units = list(tmx_codec.read_units(path, workspace, lines=lines))
    units = [
        ReturnedUnit(
            name=unit.place,
            source=segment(template_source(unit.texts[source])),
            target=segment(template_source(unit.texts[target])),
            line=line,
            state="finished",
        )
        for unit, line in zip(memory_units, lines, strict=True)
        if source in unit.texts and target in unit.texts
    ]
    document = next((unit.document for unit in memory_units if unit.document), "")
    if not document and all(unit.name.isdigit() or not unit.name for unit in units):
        message = "this TMX file is a memory: it does not state to which text of a document each translation belongs"
        hint = f"run `ipdocs memory import {path.name}`, then `ipdocs translate` with the source"
        raise unusable_file("bad-tmx", message, path, hint)
    return ReturnedFile(document, languages(workspace)[target].tag, tuple(units))
