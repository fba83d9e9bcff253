"""Read and write the memory as TMX 1.4b.

Each text is on a separate line. A fact is written as a <hi> element, with the fact's expression in the attribute `type`.

TMX files from other tools are untrusted: no entities, no network, limited sizes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from ipdocs.files.reading import UnsafeFile
from ipdocs.files.xml import stream_xml
from ipdocs.findings import Finding, IpdocsError, Location
from ipdocs.locale.language import languages
from ipdocs.locale.stated_language import is_taiwan_tag, stated_language
from ipdocs.source.template_text import Content, RenderedFact, rendered_text, template_source
from ipdocs.translation.memory.tmx_inline import CodeNumbers, foreign_content, own_content, segment_markup
from ipdocs.translation.memory.unit import MemoryState, MemoryUnit
from ipdocs.values.notation import notation, parse_value
from ipdocs.values.types import Date
from ipdocs.workspace import Workspace

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_BYTES = 2_000_000_000
MAX_TEXT = 20_000
TOOL = "ipdocs"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_PROPS = ("document", "issued", "style", "state")


@dataclass
class TmxSummary:
    """Statistics of a TMX file.

    Attributes:
        skipped_units: the number of units skipped because they are not in two languages in which people write here.
        empty_units: the number of units skipped because a text is empty or too long.
        draft_units: the number of units in the state draft.
        note_count: the number of notes, which the memory does not keep.
        tags: the number of occurrences of each language tag.
    """

    skipped_units: int = 0
    empty_units: int = 0
    draft_units: int = 0
    note_count: int = 0
    tags: Counter[str] = field(default_factory=Counter)


def read_units(
    path: Path,
    workspace: Workspace,
    summary: TmxSummary | None = None,
    lines: list[int] | None = None,
    assumed: Sequence[str] = (),
) -> Iterator[MemoryUnit]:
    """Yield the units of a TMX file one by one, so that a large file needs little RAM.

    Args:
        path: the file.
        workspace: the workspace whose languages are read.
        summary: receives the number of skipped units and the language tags.
        lines: receives the line number of each unit that is yielded.
        assumed: the codes of the languages of segments that do not state a known language, in the order of the segments.

    Raises:
        IpdocsError: the file is not TMX; the finding gives the line.
    """
    summary = summary if summary is not None else TmxSummary()
    header: dict[str, str] = {}
    try:
        for element in stream_xml(path, "tmx", ("header", "tu"), MAX_BYTES):
            if element.tag == "header":
                header = _header(element)
            else:
                for unit in _units(element, header, workspace, assumed, summary, path):
                    if lines is not None:
                        lines.append(element.sourceline or 0)
                    yield unit
    except UnsafeFile as error:
        (problem,) = error.problems
        raise _bad_tmx(path, problem.message, problem.line) if problem.reason in ("not-xml", "doctype") else error from error


def _bad_tmx(path: Path, message: str, line: int = 0) -> IpdocsError:
    return IpdocsError([Finding("bad-tmx", message, Location(path, line), "export it as TMX 1.4")])


def _header(element: _Element) -> dict[str, str]:
    return {"tool": element.get("creationtool", ""), "srclang": element.get("srclang", ""), **_props(element)}


def _props(element: _Element) -> dict[str, str]:
    return {prop.get("type", "").removeprefix("x-"): prop.text or "" for prop in element.findall("prop")}


def _units(
    element: _Element,
    header: Mapping[str, str],
    workspace: Workspace,
    assumed: Sequence[str],
    summary: TmxSummary,
    path: Path,
) -> Iterator[MemoryUnit]:
    """Yield a unit with the first text of each language, and one for each further text of a language."""
    variants = []
    summary.note_count += sum(1 for _ in element.iter("note"))
    for variant in element.findall("tuv"):
        tag, segment = variant.get(_XML_LANG) or variant.get("lang") or "", variant.find("seg")
        summary.tags[tag] += 1
        if segment is not None:
            variants.append((tag, segment))
    numbers = CodeNumbers()
    texts: dict[str, Content] = {}
    further_texts: list[tuple[str, Content]] = []
    segments = _with_languages(variants, header.get("srclang", ""), workspace, assumed)
    for code, segment in segments:
        text = own_content(segment) if header.get("tool") == TOOL else foreign_content(segment, numbers)
        if not template_source(text) or len(rendered_text(text)) > MAX_TEXT:
            continue
        if texts.setdefault(code, text) != text:
            further_texts.append((code, text))
    if len(_written(texts, workspace)) < 2:
        if len(_written({code for code, _ in segments}, workspace)) < 2:
            summary.skipped_units += 1
        else:
            summary.empty_units += 1
        return
    props = dict(header) | _props(element)
    on, by = max(map(_last_change, (element, *element.iterfind("tuv"))), key=itemgetter(0))
    unit = MemoryUnit(
        document=props.get("document", ""),
        place=element.get("tuid", ""),
        texts=texts,
        issued=_date(props.get("issued", ""), path, element),
        style=props.get("style", ""),
        state=_state(props.get("state", "draft")),
        by=by,
        on=on,
    )
    summary.draft_units += (unit.state == "draft") * (1 + len(further_texts))
    yield unit
    for code, text in further_texts:
        yield replace(unit, texts=texts | {code: text})


def _written(codes: Iterable[str], workspace: Workspace) -> list[str]:
    """Return the codes of the languages that are not converted from another language; the memory needs two of them."""
    return [code for code in codes if languages(workspace)[code].converted_from is None]


def _last_change(element: _Element) -> tuple[str, str]:
    """Return the day of the last change of a unit or of a text of it, and the person who made it."""
    on = _day(element.get("changedate") or element.get("creationdate") or "")
    return on, element.get("changeid") or element.get("creationid") or ""


def _with_languages(
    variants: Sequence[tuple[str, _Element]], source_tag: str, workspace: Workspace, assumed: Sequence[str]
) -> list[tuple[str, _Element]]:
    """Return the segments of a unit whose language is known, each with the code of its language, the source first.

    The assumed languages that no segment states are those of the segments without a clear language, in their order.
    """
    stated = [stated_language(tag, workspace, "".join(map(str, segment.itertext()))) for tag, segment in variants]
    known = {language.code for language in stated if language}
    unstated = [code for code in assumed if code not in known]
    order = sorted(range(len(variants)), key=lambda index: variants[index][0].lower() != source_tag.lower())
    found: list[tuple[str, _Element]] = []
    for index in order:
        language = stated[index]
        code = language.code if language else _assumed_language(variants[index][0], unstated)
        if code:
            found.append((code, variants[index][1]))
    return found


def _assumed_language(tag: str, unstated: list[str]) -> str:
    """Return an assumed language for a segment, and remove it from the list; a tag such as "fr" is no such language."""
    if is_taiwan_tag(tag):
        codes = [code for code in unstated if code != "en"]
    else:
        codes = [] if re.fullmatch("(?!und|mul|zxx)[a-z]{2,3}([-_].*)?", tag.strip().lower()) else unstated[:1]
    for code in codes[:1]:
        unstated.remove(code)
    return codes[0] if codes else ""


def _state(text: str) -> MemoryState:
    return "approved" if text == "approved" else "draft"


def _date(text: str, path: Path, element: _Element) -> Date | None:
    if not text:
        return None
    try:
        value = parse_value("date", text)
    except ValueError as error:
        raise _bad_tmx(path, f"x-issued: {error}", element.sourceline or 0) from error
    return value if isinstance(value, Date) else None


def _day(stamp: str) -> str:
    match = re.match(r"(\d{4})(\d\d)(\d\d)T", stamp)
    return "-".join(match.groups()) if match else ""


def tmx_lines(units: Iterable[MemoryUnit], workspace: Workspace, shared: Mapping[str, str] | None = None) -> Iterator[str]:
    """Yield the lines of a TMX file; the header holds the properties shared by all units (from `shared_properties`)."""
    tags = {language.code: language.tag for language in languages(workspace).values()}
    shared = shared or {}
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
    yield (
        f'  <header creationtool="{TOOL}" creationtoolversion="1" segtype="block" o-tmf="{TOOL}" '
        f'adminlang="en" srclang="*all*" datatype="plaintext">\n'
    )
    yield from (_prop(name, text, "    ") for name, text in shared.items())
    yield "  </header>\n  <body>\n"
    for unit in units:
        yield from _unit_lines(unit, shared, tags)
    yield "  </body>\n</tmx>\n"


def shared_properties(units: Sequence[MemoryUnit]) -> dict[str, str]:
    """Return the properties that are equal in all units, such as the day of issue of units from one document."""
    if not units:
        return {}
    first, *rest = map(_properties, units)
    return {name: text for name, text in first.items() if text and all(properties[name] == text for properties in rest)}


def _properties(unit: MemoryUnit) -> dict[str, str]:
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
    yield from (_prop(name, text, "      ") for name, text in _properties(unit).items() if text and shared.get(name) != text)
    facts = [part for text in unit.texts.values() for part in text if isinstance(part, RenderedFact) and not part.is_code]
    numbers = {name: number for number, name in enumerate(dict.fromkeys(fact.name for fact in facts), 1)}
    for code, text in unit.texts.items():
        yield f'      <tuv xml:lang="{tags[code]}"><seg>{segment_markup(text, numbers)}</seg></tuv>\n'
    yield "    </tu>\n"
