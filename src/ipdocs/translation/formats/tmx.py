"""TMX: a document's texts as translation units, through the memory's own reader and writer."""

from __future__ import annotations

from pathlib import Path

from ipdocs.files.reading import read_bytes
from ipdocs.files.xml import parse_xml
from ipdocs.locale.language import languages
from ipdocs.source.segment import Segment, segment, to_source_text
from ipdocs.source.template_text import Content, RenderedFact
from ipdocs.source.template_text import template_source as source_text
from ipdocs.translation.job import ReturnedFile, ReturnedUnit, TranslationJob
from ipdocs.translation.memory import tmx_codec
from ipdocs.translation.memory.unit import MemoryUnit
from ipdocs.workspace import Workspace


def write(exchange: TranslationJob, workspace: Workspace) -> bytes:
    """Return those of a document's texts that are translated as TMX."""
    short = {one.tag: one.code for one in languages(workspace).values()}
    pair = (short[exchange.source_tag], short[exchange.target_tag])
    found = [
        MemoryUnit(exchange.document, unit.name, dict(zip(pair, map(_content, (unit.source, unit.target)), strict=True)))
        for unit in exchange.units
        if unit.target is not None
    ]
    return "".join(tmx_codec.tmx_lines(found, workspace, {})).encode()


def _content(parts: Segment) -> Content:
    """Return a segment as the memory has it; marks other than facts are words there."""
    return tuple(
        to_source_text((part,))
        if isinstance(part, str)
        else RenderedFact(part.data[2:-2].strip(), part.display)
        if part.kind == "fact"
        else part.data
        for part in parts
    )


def read(path: Path, workspace: Workspace, source: str, target: str) -> ReturnedFile:
    """Return the texts of a TMX file in two languages, by short name."""
    parse_xml(read_bytes(path), path)  # the memory's reader streams; what comes from elsewhere is looked at as a whole first
    lines: list[int] = []
    found = list(tmx_codec.read_units(path, workspace, lines=lines))
    units = [
        ReturnedUnit(one.place, segment(source_text(one.texts[source])), segment(source_text(one.texts[target])), line, True)
        for one, line in zip(found, lines, strict=True)
        if source in one.texts and target in one.texts
    ]
    named = next((one.document for one in found if one.document), "")
    return ReturnedFile(named, languages(workspace)[target].tag, tuple(units))
