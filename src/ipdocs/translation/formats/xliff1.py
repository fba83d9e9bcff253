"""XLIFF 1.2: one trans-unit a text, codes as <x/> and <g>, what the memory offers as alt-trans."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ipdocs.files.reading import read_bytes, unsafe_file
from ipdocs.files.xml import parse_xml
from ipdocs.source.segment import Ref, Segment, number_codes
from ipdocs.translation.formats.xliff2 import append_text
from ipdocs.translation.job import ReturnedFile, ReturnedUnit, TranslationJob, TranslationUnit, UnitState

if TYPE_CHECKING:
    from lxml.etree import _Element

CORE = "urn:oasis:names:tc:xliff:document:1.2"
_XML = "http://www.w3.org/XML/1998/namespace"
_STATES: dict[UnitState, str] = {
    "initial": "new",
    "draft": "needs-review-translation",
    "stale": "needs-adaptation",
    "translated": "translated",
    "reviewed": "signed-off",
}
_DONE = {"translated", "signed-off", "final"}
_TYPES = {
    "fact": "x-fact",
    "note": "x-note",
    "keep": "x-keep",
    "link": "link",
    "strong": "bold",
    "emphasis": "italic",
    "break": "lb",
}
_Filling = tuple["_Element", Segment, list[str]]


def write(exchange: TranslationJob) -> bytes:
    """Return a document's texts as XLIFF 1.2."""
    from lxml import etree

    root = etree.Element(f"{{{CORE}}}xliff", {"version": "1.2"}, {None: CORE})
    about = {"original": exchange.document, "source-language": exchange.source_tag, "target-language": exchange.target_tag}
    file = etree.SubElement(root, f"{{{CORE}}}file", about | {"datatype": "x-ipdocs"})
    body = etree.SubElement(file, f"{{{CORE}}}body")
    texts: list[_Filling] = []
    for number, unit in enumerate(exchange.units, 1):
        element = etree.SubElement(body, f"{{{CORE}}}trans-unit", id=f"u{number}", resname=unit.name)
        element.set(f"{{{_XML}}}space", "preserve")
        texts += _write_unit(element, unit, exchange)
    # Indented before the texts are there: within them every blank counts.
    etree.indent(root, "  ")
    for element, parts, numbers in texts:
        _fill(element, parts, numbers)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _write_unit(element: _Element, unit: TranslationUnit, exchange: TranslationJob) -> Iterator[_Filling]:
    """Write all of a unit but its texts; yield where each of these belongs."""
    from lxml import etree

    ours, theirs = number_codes(unit.source, unit.target)
    yield etree.SubElement(element, f"{{{CORE}}}source"), unit.source, [number for number, _ in ours]
    if unit.target is not None:
        target = etree.SubElement(element, f"{{{CORE}}}target", state=_STATES[unit.state])
        yield target, unit.target, [number for number, _ in theirs]
    for note in unit.notes:
        etree.SubElement(element, f"{{{CORE}}}note").text = note
    for offer in unit.offers:
        about = {"match-quality": f"{offer.percent:g}%", "origin": offer.origin}
        other = etree.SubElement(element, f"{{{CORE}}}alt-trans", about)
        target = etree.SubElement(other, f"{{{CORE}}}target")
        target.set(f"{{{_XML}}}lang", exchange.target_tag)
        yield target, offer.target, [number for number, _ in number_codes(unit.source, offer.target)[1]]


def _fill(element: _Element, parts: Segment, numbers: list[str]) -> None:
    from lxml import etree

    open_, position = [element], 0
    for part in parts:
        inner = open_[-1]
        if isinstance(part, str):
            append_text(inner, part)
            continue
        number = numbers[position]
        position += 1
        about = {"id": number, "ctype": _TYPES[part.kind]}
        if part.role == "alone":
            said = {"equiv-text": part.display} if part.display else {}
            etree.SubElement(inner, f"{{{CORE}}}x", about | said)
        elif part.role == "open":
            open_.append(etree.SubElement(inner, f"{{{CORE}}}g", about))
        else:
            open_.pop()


def read(path: Path) -> ReturnedFile:
    """Return what an XLIFF 1.2 file says; what is none is a finding."""
    root = parse_xml(read_bytes(path), path)
    if root.tag != f"{{{CORE}}}xliff":
        raise unsafe_file("bad-xliff", "this is no XLIFF 1.2: its root is another", path, "export it as XLIFF 1.2")
    file = root.find(f"{{{CORE}}}file")
    units = tuple(_read_unit(one) for one in root.iter(f"{{{CORE}}}trans-unit"))
    about = file.get("original", "") if file is not None else ""
    return ReturnedFile(about, (file.get("target-language", "") if file is not None else ""), units)


def _read_unit(element: _Element) -> ReturnedUnit:
    source, target = element.find(f"{{{CORE}}}source"), element.find(f"{{{CORE}}}target")
    done = element.get("approved") == "yes" or (target is not None and target.get("state", "") in _DONE)
    return ReturnedUnit(
        name=element.get("resname") or element.get("id") or "",
        source=tuple(_read(source)) if source is not None else (),
        target=tuple(_read(target)) if target is not None else None,
        line=element.sourceline or 0,
        is_final=done,
        notes=tuple(note.text or "" for note in element.findall(f"{{{CORE}}}note")),
    )


def _read(element: _Element) -> Iterator[str | Ref]:
    """Yield the words and codes of an element; marks of annotations are passed through."""
    yield element.text or ""
    for child in element:
        name, number = str(child.tag).rpartition("}")[2], child.get("id", "")
        if name in ("x", "ph"):
            yield Ref(number, "alone")
        elif name == "g":
            yield from (Ref(number, "open"), *_read(child), Ref(number, "close"))
        elif name in ("bx", "bpt"):
            yield Ref(child.get("rid", number), "open")
        elif name in ("ex", "ept"):
            yield Ref(child.get("rid", number), "close")
        elif name != "it":
            yield from _read(child)
        yield child.tail or ""
