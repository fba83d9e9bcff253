"""The memory as text: TMX 1.4b, one line a text, facts as <hi> whose type is the expression that says them.

TMX from elsewhere is untrusted: no entities, no network, bounded sizes; its inline codes are left out, their words kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from ipdocs.files.reading import UnsafeFile
from ipdocs.files.xml import stream_xml
from ipdocs.findings import Finding, IpdocsError, Location
from ipdocs.locale.language import languages
from ipdocs.source.expression import find_expressions
from ipdocs.source.template_text import Content, RenderedFact, rendered_text, strip_content
from ipdocs.translation.memory.unit import MemoryState, MemoryUnit
from ipdocs.values.notation import notation, parse_value
from ipdocs.values.types import Date
from ipdocs.workspace import Workspace

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_BYTES = 2_000_000_000
MAX_TEXT = 20_000
TOOL = "ipdocs"
# Tags by which others call our languages; the written Chinese of Taiwan is none of them.
ALIASES = {
    "zh-hk": "tc",
    "zh-hant": "tc",
    "zh-mo": "tc",
    "zh-hans": "cn",
    "zh-cn": "cn",
    "zh-sg": "cn",
}
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# Elements whose content is markup of another tool and no words.
_CODES = {"bpt", "ept", "ph", "it", "ut", "sub"}
_PROPS = ("document", "issued", "style", "state")


@dataclass
class TmxSummary:
    """What was found in a TMX file besides its units: how many had no two languages of ours, and the tags it has."""

    skipped_units: int = 0
    tags: Counter[str] = field(default_factory=Counter)


def read_units(
    path: Path, workspace: Workspace, read: TmxSummary | None = None, lines: list[int] | None = None
) -> Iterator[MemoryUnit]:
    """Yield the units of a TMX file one by one, whatever its size; what is no TMX is a finding with its line.

    read takes note of what was left out, lines of where each unit that is yielded begins.
    """
    known = _tags(workspace)
    noted = read if read is not None else TmxSummary()
    header: dict[str, str] = {}
    try:
        for element in stream_xml(path, "tmx", ("header", "tu"), MAX_BYTES):
            if element.tag == "header":
                header = _header(element)
            elif unit := _unit(element, header, known, noted, path):
                if lines is not None:
                    lines.append(element.sourceline or 0)
                yield unit
    except UnsafeFile as error:
        (problem,) = error.problems
        raise _bad(path, problem.message, problem.line) if problem.reason in ("not-xml", "doctype") else error from error


def _bad(path: Path, message: str, line: int = 0) -> IpdocsError:
    return IpdocsError([Finding("bad-tmx", message, Location(path, line), "export it as TMX 1.4")])


def _tags(workspace: Workspace) -> dict[str, str]:
    own = {one.tag.lower(): one.code for one in languages(workspace).values()}
    return ALIASES | own | {one.code: one.code for one in languages(workspace).values()}


def _header(element: _Element) -> dict[str, str]:
    return {"tool": element.get("creationtool", ""), **_props(element)}


def _props(element: _Element) -> dict[str, str]:
    found = ((one.get("type", ""), one.text or "") for one in element.findall("prop"))
    return {name.removeprefix("x-"): text for name, text in found}


def _unit(
    element: _Element, header: Mapping[str, str], known: Mapping[str, str], read: TmxSummary, path: Path
) -> MemoryUnit | None:
    texts: dict[str, Content] = {}
    for version in element.findall("tuv"):
        tag = version.get(_XML_LANG) or version.get("lang") or ""
        segment = version.find("seg")
        short = known.get(tag.lower()) or known.get(tag.lower().partition("-")[0])
        read.tags[tag] += 1
        if short and segment is not None and short not in texts:
            texts[short] = strip_content(tuple(_parts(segment, header.get("tool") == TOOL)))
    texts = {short: text for short, text in texts.items() if text and len(rendered_text(text)) <= MAX_TEXT}
    if len(texts) < 2:
        read.skipped_units += 1
        return None
    props = dict(header) | _props(element)
    return MemoryUnit(
        document=props.get("document", ""),
        place=element.get("tuid", ""),
        texts=texts,
        issued=_date(props.get("issued", ""), path, element),
        style=props.get("style", ""),
        state=_state(props.get("state", "draft")),
        by=element.get("changeid") or element.get("creationid") or "",
        on=_day(element.get("changedate") or element.get("creationdate") or ""),
    )


def _state(text: str) -> MemoryState:
    return "approved" if text == "approved" else "draft"


def _date(text: str, path: Path, element: _Element) -> Date | None:
    if not text:
        return None
    try:
        value = parse_value("date", text)
    except ValueError as error:
        raise _bad(path, f"x-issued: {error}", element.sourceline or 0) from error
    return value if isinstance(value, Date) else None


def _day(stamp: str) -> str:
    found = re.match(r"(\d{4})(\d\d)(\d\d)T", stamp)
    return "-".join(found.groups()) if found else ""


def _parts(element: _Element, ours: bool) -> Iterator[str | RenderedFact]:
    if element.text:
        yield element.text
    for child in element:
        name = child.tag if isinstance(child.tag, str) else ""
        kind = child.get("type", "") if name == "hi" else ""
        if ours and kind and find_expressions(f"{{{{ {kind} }}}}")[0]:
            yield RenderedFact(kind, "".join(map(str, child.itertext())))
        elif name and name not in _CODES:
            yield from _parts(child, ours)
        if child.tail:
            yield child.tail


def tmx_lines(found: Iterable[MemoryUnit], workspace: Workspace, shared: Mapping[str, str] | None = None) -> Iterator[str]:
    """Yield the lines of a TMX file; what shared() says of all its units may stand in the header once."""
    tags = {one.code: one.tag for one in languages(workspace).values()}
    common = shared or {}
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
    yield (
        f'  <header creationtool="{TOOL}" creationtoolversion="1" segtype="block" o-tmf="{TOOL}" '
        f'adminlang="en" srclang="*all*" datatype="plaintext">\n'
    )
    yield from (_prop(name, text, "    ") for name, text in common.items())
    yield "  </header>\n  <body>\n"
    for unit in found:
        yield from _unit_lines(unit, common, tags)
    yield "  </body>\n</tmx>\n"


def shared_properties(found: Sequence[MemoryUnit]) -> dict[str, str]:
    """Return what all units have in common: the properties of one document."""
    if not found:
        return {}
    first, *rest = map(_about, found)
    return {name: text for name, text in first.items() if text and all(one[name] == text for one in rest)}


def _about(unit: MemoryUnit) -> dict[str, str]:
    issued = notation(unit.issued) if unit.issued else ""
    return dict(zip(_PROPS, (unit.document, issued, unit.style, unit.state), strict=True))


def _prop(name: str, text: str, indent: str) -> str:
    return f'{indent}<prop type="x-{name}">{escape(text)}</prop>\n'


def _unit_lines(unit: MemoryUnit, shared: Mapping[str, str], tags: Mapping[str, str]) -> Iterator[str]:
    attributes = {
        "tuid": unit.place,
        "changedate": unit.on.replace("-", "") + "T000000Z" if unit.on else "",
        "changeid": unit.by,
    }
    yield "    <tu" + "".join(f" {name}={quoteattr(text)}" for name, text in attributes.items() if text) + ">\n"
    yield from (_prop(name, text, "      ") for name, text in _about(unit).items() if text and shared.get(name) != text)
    names = list(dict.fromkeys(part.name for text in unit.texts.values() for part in text if isinstance(part, RenderedFact)))
    for short, text in unit.texts.items():
        yield f'      <tuv xml:lang="{tags[short]}"><seg>{"".join(_marked(part, names) for part in text)}</seg></tuv>\n'
    yield "    </tu>\n"


def _marked(part: str | RenderedFact, names: list[str]) -> str:
    if isinstance(part, str):
        return escape(part)
    return f'<hi type={quoteattr(part.expression)} x="{names.index(part.name) + 1}">{escape(part.surface)}</hi>'
