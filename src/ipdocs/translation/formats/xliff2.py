"""XLIFF 2.1, with a unit for each text, codes as <ph> and <pc>, and matches from the memory in the matches module."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ipdocs.files.reading import read_bytes, unusable_file
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
_FINAL_STATES = {"translated", "reviewed", "final"}
"""The states in which a translation is finished."""

_TYPES = {
    "fact": ("other", "ipdocs:fact"),
    "note": ("other", "ipdocs:note"),
    "keep": ("other", "ipdocs:keep"),
    "link": ("link", None),
    "strong": ("fmt", "xlf:b"),
    "emphasis": ("fmt", "xlf:i"),
    "superscript": ("fmt", "ipdocs:superscript"),
    "subscript": ("fmt", "ipdocs:subscript"),
    "break": ("fmt", "xlf:lb"),
}
"""The values of the attributes `type` and `subType` for each kind of code."""


def write(job: TranslationJob) -> bytes:
    """Return the texts of a job as XLIFF 2.1."""
    from lxml import etree

    root = etree.Element(f"{{{CORE}}}xliff", nsmap={None: CORE, "mtc": MATCHES})
    root.attrib.update({"version": "2.1", "srcLang": job.source_tag, "trgLang": job.target_tag})
    file = etree.SubElement(root, f"{{{CORE}}}file", id="f1", original=job.document)
    file.set(_SPACE, "preserve")
    units = [
        etree.SubElement(file, f"{{{CORE}}}unit", id=f"u{number}", name=unit.name) for number, unit in enumerate(job.units, 1)
    ]
    fillings = [filling for element, unit in zip(units, job.units, strict=True) for filling in _write_unit(element, unit)]
    # Indent before the texts are filled in, because all white space in them is significant.
    etree.indent(root, "  ")
    for element, text, numbers, data_refs in fillings:
        _fill(element, text, numbers, data_refs)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


# An element to fill, the text to write, the ids of the codes in the text, and the data ids, keyed by the markup of a code.
_Filling = tuple["_Element", Segment, list[str], dict[str, str]]


def _write_unit(element: _Element, unit: TranslationUnit) -> Iterator[_Filling]:
    """Write the elements of a unit without their text, and yield the elements to fill with text."""
    from lxml import etree

    source_codes, target_codes = number_codes(unit.source, unit.target)
    if unit.matches:
        matches_element = etree.SubElement(element, f"{{{MATCHES}}}matches")
        for match in unit.matches:
            kind = "am" if match.is_assembled else "tm"
            attributes = {"ref": "#m1", "origin": match.origin, "matchQuality": f"{match.percent:g}", "type": kind}
            match_element = etree.SubElement(matches_element, f"{{{MATCHES}}}match", attributes)
            match_source_codes, match_target_codes = number_codes(match.source, match.target)
            match_refs = _write_original_data(match_element, [*match_source_codes, *match_target_codes])
            source, target = (etree.SubElement(match_element, f"{{{CORE}}}{name}") for name in ("source", "target"))
            yield source, match.source, [number for number, _ in match_source_codes], match_refs
            yield target, match.target, [number for number, _ in match_target_codes], match_refs
    if unit.notes:
        notes = etree.SubElement(element, f"{{{CORE}}}notes")
        for note in unit.notes:
            etree.SubElement(notes, f"{{{CORE}}}note").text = note
    data_refs = _write_original_data(element, [*source_codes, *target_codes])
    segment = etree.SubElement(element, f"{{{CORE}}}segment", id="s1", state=_STATES[unit.state])
    if unit.state in ("draft", "stale"):
        segment.set("subState", f"ipdocs:{unit.state}")
    source = etree.SubElement(segment, f"{{{CORE}}}source")
    if unit.matches:
        source = etree.SubElement(source, f"{{{CORE}}}mrk", id="m1", type="mtc:match")
    yield source, unit.source, [number for number, _ in source_codes], data_refs
    if unit.target is not None:
        target = etree.SubElement(segment, f"{{{CORE}}}target")
        yield target, unit.target, [number for number, _ in target_codes], data_refs


def _write_original_data(element: _Element, codes: list[tuple[str, Code]]) -> dict[str, str]:
    """Write the markup of codes as original data of an element, and return the data ids, keyed by the markup."""
    from lxml import etree

    data_refs = {markup: f"d{number}" for number, markup in enumerate(dict.fromkeys(code.data for _, code in codes), 1)}
    if data_refs:
        original = etree.SubElement(element, f"{{{CORE}}}originalData")
        for markup, data_id in data_refs.items():
            etree.SubElement(original, f"{{{CORE}}}data", id=data_id).text = markup
    return data_refs


def _fill(element: _Element, text: Segment, numbers: list[str], data_refs: dict[str, str]) -> None:
    """Fill an element with the words and codes of a text."""
    from lxml import etree

    open_elements, position = [element], 0
    closing = _closing_codes(text)
    for index, part in enumerate(text):
        parent = open_elements[-1]
        if isinstance(part, str):
            append_text(parent, part)
            continue
        number = numbers[position]
        position += 1
        kind, subtype = _TYPES[part.kind]
        attributes: dict[str, str] = {"id": number, "type": kind, **({"subType": subtype} if subtype else {})}
        if part.role == "alone":
            display = {"disp": part.display, "equiv": part.display} if part.display else {}
            protection = {} if part.kind == "break" else {"canCopy": "no", "canDelete": "no"}
            reference = {"dataRef": data_refs[part.data]}
            etree.SubElement(parent, f"{{{CORE}}}ph", attributes | reference | display | protection)
        elif part.role == "open":
            references = {"dataRefStart": data_refs[part.data], "dataRefEnd": data_refs[closing[index].data]}
            open_elements.append(etree.SubElement(parent, f"{{{CORE}}}pc", attributes | references))
        else:
            open_elements.pop()


def _closing_codes(text: Segment) -> dict[int, Code]:
    """Return the closing code of each opening code, keyed by the index of the opening code."""
    closing: dict[int, Code] = {}
    open_indexes: list[int] = []
    for index, part in enumerate(text):
        if isinstance(part, Code) and part.role == "open":
            open_indexes.append(index)
        elif isinstance(part, Code) and part.role == "close":
            closing[open_indexes.pop()] = part
    return closing


def append_text(element: _Element, text: str) -> None:
    """Add text at the end of an element's content."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def read(path: Path) -> ReturnedFile:
    """Return the texts of an XLIFF 2 file.

    Raises:
        IpdocsError: the file is unsafe, or not XLIFF 2.
    """
    root = parse_xml(read_bytes(path), path, allow_doctype=True)
    if root.tag != f"{{{CORE}}}xliff":
        raise unusable_file(
            "bad-xliff", "this file is not XLIFF 2: its root element is different", path, "export the translation as XLIFF 2.1"
        )
    file = root.find(f"{{{CORE}}}file")
    units = tuple(_read_unit(unit) for unit in root.iter(f"{{{CORE}}}unit"))
    return ReturnedFile(file.get("original", "") if file is not None else "", root.get("trgLang", ""), units)


def _read_unit(element: _Element) -> ReturnedUnit:
    source: list[str | Ref] = []
    target: list[str | Ref] = []
    states, has_target = [], False
    for child in element:
        if child.tag not in (f"{{{CORE}}}segment", f"{{{CORE}}}ignorable"):
            continue
        source_element, target_element = child.find(f"{{{CORE}}}source"), child.find(f"{{{CORE}}}target")
        source += _read(source_element) if source_element is not None else []
        if target_element is not None:
            has_target = True
            target += _read(target_element)
        if child.tag.endswith("segment"):
            states.append(child.get("state", "initial"))
    notes = tuple(note.text or "" for note in element.iter(f"{{{CORE}}}note"))
    name = element.get("name") or element.get("id") or ""
    is_final = bool(states) and set(states) <= _FINAL_STATES
    translation: ReturnedSegment | None = tuple(target) if has_target else None
    return ReturnedUnit(name, tuple(source), translation, element.sourceline or 0, "finished" if is_final else "unstated", notes)


def _read(element: _Element) -> Iterator[str | Ref]:
    """Yield the words and codes in an element; only the text of unknown elements is used."""
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
