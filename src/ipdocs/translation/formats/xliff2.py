"""XLIFF 2.1: one unit a text, codes as <ph> and <pc>, what the memory offers as matches."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ipdocs.files.reading import read_bytes, unsafe_file
from ipdocs.files.xml import parse_xml
from ipdocs.source.segment import Code, Ref, ReturnedSegment, Segment, number_codes
from ipdocs.translation.job import ReturnedFile, ReturnedUnit, TranslationJob, TranslationUnit, UnitState

if TYPE_CHECKING:
    from lxml.etree import _Element

CORE = "urn:oasis:names:tc:xliff:document:2.0"
MATCHES = "urn:oasis:names:tc:xliff:matches:2.0"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_STATES: dict[UnitState, str] = {
    "initial": "initial",
    "draft": "initial",
    "stale": "translated",
    "translated": "translated",
    "reviewed": "reviewed",
}
_DONE = {"translated", "reviewed", "final"}
_TYPES = {
    "fact": ("other", "ipdocs:fact"),
    "note": ("other", "ipdocs:note"),
    "keep": ("other", "ipdocs:keep"),
    "link": ("link", None),
    "strong": ("fmt", "xlf:b"),
    "emphasis": ("fmt", "xlf:i"),
    "break": ("fmt", "xlf:lb"),
}


def write(exchange: TranslationJob) -> bytes:
    """Return a document's texts as XLIFF 2.1."""
    from lxml import etree

    root = etree.Element(f"{{{CORE}}}xliff", nsmap={None: CORE, "mtc": MATCHES})
    root.attrib.update({"version": "2.1", "srcLang": exchange.source_tag, "trgLang": exchange.target_tag})
    file = etree.SubElement(root, f"{{{CORE}}}file", id="f1", original=exchange.document)
    file.set(_SPACE, "preserve")
    units = [
        etree.SubElement(file, f"{{{CORE}}}unit", id=f"u{number}", name=unit.name)
        for number, unit in enumerate(exchange.units, 1)
    ]
    texts = [text for element, unit in zip(units, exchange.units, strict=True) for text in _write_unit(element, unit)]
    # Indented before the texts are there: within them every blank counts.
    etree.indent(root, "  ")
    for element, parts, numbers, data in texts:
        _fill(element, parts, numbers, data)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


_Filling = tuple["_Element", Segment, list[str], dict[str, str]]


def _write_unit(element: _Element, unit: TranslationUnit) -> Iterator[_Filling]:
    """Write all of a unit but its texts; yield where each of these belongs."""
    from lxml import etree

    ours, theirs = number_codes(unit.source, unit.target)
    if unit.offers:
        matches = etree.SubElement(element, f"{{{MATCHES}}}matches")
        for offer in unit.offers:
            about = {"ref": "#m1", "origin": offer.origin, "matchQuality": f"{offer.percent:g}", "type": "tm"}
            match = etree.SubElement(matches, f"{{{MATCHES}}}match", about)
            offered = number_codes(unit.source, offer.target)
            known = _original(match, [*offered[0], *offered[1]])
            yield etree.SubElement(match, f"{{{CORE}}}source"), unit.source, [number for number, _ in offered[0]], known
            yield etree.SubElement(match, f"{{{CORE}}}target"), offer.target, [number for number, _ in offered[1]], known
    if unit.notes:
        notes = etree.SubElement(element, f"{{{CORE}}}notes")
        for note in unit.notes:
            etree.SubElement(notes, f"{{{CORE}}}note").text = note
    data = _original(element, [*ours, *theirs])
    segment = etree.SubElement(element, f"{{{CORE}}}segment", id="s1", state=_STATES[unit.state])
    if unit.state in ("draft", "stale"):
        segment.set("subState", f"ipdocs:{unit.state}")
    source = etree.SubElement(segment, f"{{{CORE}}}source")
    if unit.offers:
        source = etree.SubElement(source, f"{{{CORE}}}mrk", id="m1", type="mtc:match")
    yield source, unit.source, [number for number, _ in ours], data
    if unit.target is not None:
        yield etree.SubElement(segment, f"{{{CORE}}}target"), unit.target, [number for number, _ in theirs], data


def _original(element: _Element, found: list[tuple[str, Code]]) -> dict[str, str]:
    """Write what codes stand for as an element's original data; return the id of each."""
    from lxml import etree

    data = {text: f"d{number}" for number, text in enumerate(dict.fromkeys(code.data for _, code in found), 1)}
    if data:
        original = etree.SubElement(element, f"{{{CORE}}}originalData")
        for text, name in data.items():
            etree.SubElement(original, f"{{{CORE}}}data", id=name).text = text
    return data


def _fill(element: _Element, parts: Segment, numbers: list[str], data: dict[str, str]) -> None:
    from lxml import etree

    open_, position = [element], 0
    closing = _closings(parts)
    for index, part in enumerate(parts):
        inner = open_[-1]
        if isinstance(part, str):
            append_text(inner, part)
            continue
        number = numbers[position]
        position += 1
        kind, subtype = _TYPES[part.kind]
        about: dict[str, str] = {"id": number, "type": kind, **({"subType": subtype} if subtype else {})}
        if part.role == "alone":
            said = {"disp": part.display, "equiv": part.display} if part.display else {}
            free = {} if part.kind == "break" else {"canCopy": "no", "canDelete": "no"}
            etree.SubElement(inner, f"{{{CORE}}}ph", about | {"dataRef": data[part.data]} | said | free)
        elif part.role == "open":
            refs = {"dataRefStart": data[part.data], "dataRefEnd": data[closing[index].data]}
            open_.append(etree.SubElement(inner, f"{{{CORE}}}pc", about | refs))
        else:
            open_.pop()


def _closings(parts: Segment) -> dict[int, Code]:
    """Return for the index of each code that opens the code that closes it."""
    found: dict[int, Code] = {}
    open_: list[int] = []
    for index, part in enumerate(parts):
        if isinstance(part, Code) and part.role == "open":
            open_.append(index)
        elif isinstance(part, Code) and part.role == "close":
            found[open_.pop()] = part
    return found


def append_text(element: _Element, words: str) -> None:
    """Add words at the end of what an element holds."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + words
    else:
        element.text = (element.text or "") + words


def read(path: Path) -> ReturnedFile:
    """Return what an XLIFF 2 file says; what is none is a finding."""
    root = parse_xml(read_bytes(path), path)
    if root.tag != f"{{{CORE}}}xliff":
        raise unsafe_file("bad-xliff", "this is no XLIFF 2: its root is another", path, "export it as XLIFF 2.0 or 2.1")
    file = root.find(f"{{{CORE}}}file")
    units = tuple(_read_unit(one) for one in root.iter(f"{{{CORE}}}unit"))
    return ReturnedFile(file.get("original", "") if file is not None else "", root.get("trgLang", ""), units)


def _read_unit(element: _Element) -> ReturnedUnit:
    source: list[str | Ref] = []
    target: list[str | Ref] = []
    states, translated = [], False
    for part in element:
        if part.tag not in (f"{{{CORE}}}segment", f"{{{CORE}}}ignorable"):
            continue
        ours, theirs = part.find(f"{{{CORE}}}source"), part.find(f"{{{CORE}}}target")
        source += _read(ours) if ours is not None else []
        if theirs is not None:
            translated = True
            target += _read(theirs)
        if part.tag.endswith("segment"):
            states.append(part.get("state", "initial"))
    notes = tuple(note.text or "" for note in element.iter(f"{{{CORE}}}note"))
    name = element.get("name") or element.get("id") or ""
    done = bool(states) and set(states) <= _DONE
    back: ReturnedSegment | None = tuple(target) if translated else None
    return ReturnedUnit(name, tuple(source), back, element.sourceline or 0, done, notes)


def _read(element: _Element) -> Iterator[str | Ref]:
    """Yield the words and codes of an element; marks of annotations are passed through."""
    yield element.text or ""
    for child in element:
        name = str(child.tag).rpartition("}")[2]
        if name == "ph":
            yield Ref(child.get("id", ""), "alone")
        elif name == "pc":
            yield from (Ref(child.get("id", ""), "open"), *_read(child), Ref(child.get("id", ""), "close"))
        elif name == "sc":
            yield Ref(child.get("id", ""), "open")
        elif name == "ec":
            yield Ref(child.get("startRef") or child.get("id") or "", "close")
        elif name == "cp":
            yield _character(child.get("hex", ""))
        else:
            yield from _read(child)
        yield child.tail or ""


def _character(code: str) -> str:
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return "\ufffd"
