"""XLIFF 1.2, with a trans-unit for each text, codes as <x/> and <g>, and matches from the memory as alt-trans.

A text without a translation has a copy of the source as its target, in the state "new", because OmegaT translates what stands in
the target. A copy that comes back in this state is no translation.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ipdocs.files.reading import read_bytes, unusable_file
from ipdocs.files.xml import parse_xml
from ipdocs.source.segment import Ref, Segment, number_codes, number_stored_codes
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
_FINAL_STATES = {"translated", "signed-off", "final"}
"""The states in which a translation is finished."""

_STATES_OF_COPIES = ("new", "needs-translation")
"""The states in which a target that equals its source is no translation."""

_TYPES = {
    "fact": "x-fact",
    "note": "x-note",
    "keep": "x-keep",
    "link": "link",
    "strong": "bold",
    "emphasis": "italic",
    "superscript": "x-superscript",
    "subscript": "x-subscript",
    "break": "lb",
}
"""The value of the attribute `ctype` for each kind of code."""

# An element to fill, the text to write, and the ids of the codes in the text.
_Filling = tuple["_Element", Segment, list[str]]


def write(job: TranslationJob) -> bytes:
    """Return the texts of a job as XLIFF 1.2."""
    from lxml import etree

    root = etree.Element(f"{{{CORE}}}xliff", {"version": "1.2"}, {None: CORE})
    attributes = {"original": job.document, "source-language": job.source_tag, "target-language": job.target_tag}
    file = etree.SubElement(root, f"{{{CORE}}}file", attributes | {"datatype": "x-ipdocs"})
    body = etree.SubElement(file, f"{{{CORE}}}body")
    fillings: list[_Filling] = []
    for number, unit in enumerate(job.units, 1):
        element = etree.SubElement(body, f"{{{CORE}}}trans-unit", id=f"u{number}", resname=unit.name)
        element.set(f"{{{_XML}}}space", "preserve")
        fillings += _write_unit(element, unit, job)
    # Indent before the texts are filled in, because all white space in them is significant.
    etree.indent(root, "  ")
    for element, text, numbers in fillings:
        _fill(element, text, numbers)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _write_unit(element: _Element, unit: TranslationUnit, job: TranslationJob) -> Iterator[_Filling]:
    """Write the elements of a unit without their text, and yield the elements to fill with text."""
    from lxml import etree

    source_codes, target_codes = number_codes(unit.source, unit.target)
    source_numbers = [number for number, _ in source_codes]
    yield etree.SubElement(element, f"{{{CORE}}}source"), unit.source, source_numbers
    target = etree.SubElement(element, f"{{{CORE}}}target", state=_STATES[unit.state])
    if unit.target is None:
        yield target, unit.source, source_numbers
    else:
        yield target, unit.target, [number for number, _ in target_codes]
    for note in unit.notes:
        etree.SubElement(element, f"{{{CORE}}}note").text = note
    for match in unit.matches:
        attributes = {"match-quality": f"{match.percent:g}%", "origin": match.origin}
        match_element = etree.SubElement(element, f"{{{CORE}}}alt-trans", attributes)
        match_source_codes, match_target_codes = (
            number_stored_codes(text, source_codes, source_codes) for text in (match.source, match.target)
        )
        source, target = (etree.SubElement(match_element, f"{{{CORE}}}{name}") for name in ("source", "target"))
        source.set(f"{{{_XML}}}lang", job.source_tag)
        target.set(f"{{{_XML}}}lang", job.target_tag)
        yield source, match.source, [number for number, _ in match_source_codes]
        yield target, match.target, [number for number, _ in match_target_codes]


def _fill(element: _Element, segment: Segment, numbers: list[str]) -> None:
    """Fill an element with the words and codes of a text."""
    from lxml import etree

    open_elements, position = [element], 0
    for part in segment:
        parent = open_elements[-1]
        if isinstance(part, str):
            append_text(parent, part)
            continue
        number = numbers[position]
        position += 1
        attributes = {"id": number, "ctype": _TYPES[part.kind]}
        if part.role == "alone":
            display = {"equiv-text": part.display} if part.display else {}
            etree.SubElement(parent, f"{{{CORE}}}x", attributes | display)
        elif part.role == "open":
            open_elements.append(etree.SubElement(parent, f"{{{CORE}}}g", attributes))
        else:
            open_elements.pop()


def read(path: Path) -> ReturnedFile:
    """Return the texts of an XLIFF 1.2 file.

    Raises:
        IpdocsError: the file is unsafe, or not XLIFF 1.2.
    """
    root = parse_xml(read_bytes(path), path, allow_doctype=True)
    if root.tag != f"{{{CORE}}}xliff":
        message = "this file is not XLIFF 1.2: its root element is different"
        raise unusable_file("bad-xliff", message, path, "export the translation as XLIFF 1.2")
    file = root.find(f"{{{CORE}}}file")
    units = tuple(_read_unit(unit) for unit in root.iter(f"{{{CORE}}}trans-unit"))
    document, target_tag = (file.get("original", ""), file.get("target-language", "")) if file is not None else ("", "")
    return ReturnedFile(document, target_tag, units)


def _read_unit(element: _Element) -> ReturnedUnit:
    source, target = element.find(f"{{{CORE}}}source"), element.find(f"{{{CORE}}}target")
    is_final = element.get("approved") == "yes" or (target is not None and target.get("state", "") in _FINAL_STATES)
    return ReturnedUnit(
        name=element.get("resname") or element.get("id") or "",
        source=tuple(_read(source)) if source is not None else (),
        target=None if target is None or _is_copied_source(source, target) else tuple(_read(target)),
        line=element.sourceline or 0,
        state="finished" if is_final else "unstated",
        notes=tuple(note.text or "" for note in element.findall(f"{{{CORE}}}note")),
    )


def _is_copied_source(source: _Element | None, target: _Element) -> bool:
    """Whether a target is the copy of the source that an export writes for a text without a translation."""
    return target.get("state") in _STATES_OF_COPIES and source is not None and _tidy(_read(source)) == _tidy(_read(target))


def _tidy(parts: Iterator[str | Ref]) -> str:
    """Return words and the ids of codes as one text with single spaces, to compare texts."""
    return " ".join("".join(part if isinstance(part, str) else f"<{part.role} {part.id}>" for part in parts).split())


def _read(element: _Element) -> Iterator[str | Ref]:
    """Yield the words and codes in an element; only the text of unknown elements is used."""
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
