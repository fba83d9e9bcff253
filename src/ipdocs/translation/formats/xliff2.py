"""Write XLIFF 2.1, with a unit for each text, codes as <ph> and <pc>, and matches from the memory in the matches module."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from ipdocs.source.code_ids import number_codes, number_stored_codes
from ipdocs.source.segment import Code, Segment, codes
from ipdocs.translation.formats.source_parts import SourcePart, matched_parts
from ipdocs.translation.job import TranslationJob, TranslationUnit, UnitMatch, UnitState

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
    spaced_target = not job.target_tag.startswith(("zh", "ja"))
    fillings = [
        filling
        for element, unit in zip(units, job.units, strict=True)
        for filling in _write_unit(element, unit, spaced_target=spaced_target)
    ]
    # Indent before the texts are filled in, because all white space in them is significant.
    etree.indent(root, "  ")
    for filling in fillings:
        _fill(filling)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


@dataclass(frozen=True, slots=True)
class _Filling:
    """An element to fill with a text.

    Attributes:
        element: the element.
        text: the text to write.
        numbers: the ids of the codes in the text.
        data_refs: the data ids, keyed by the markup of a code.
        mark: the id of the mark around the text, to which matches refer; empty if there is none.
    """

    element: _Element
    text: Segment
    numbers: Sequence[str] = ()
    data_refs: Mapping[str, str] = field(default_factory=dict)
    mark: str = ""


def _write_unit(element: _Element, unit: TranslationUnit, *, spaced_target: bool) -> Iterator[_Filling]:
    """Write the elements of a unit without their text, and yield the elements to fill with text.

    A text whose sentences have matches is written as a segment for each of them; other texts are one segment.
    """
    from lxml import etree

    source_codes, target_codes = number_codes(unit.source, unit.target)
    source_parts = matched_parts(unit) or [SourcePart(unit.source, unit.matches)]
    remaining = iter(source_codes)
    numbered_parts = [(part, list(islice(remaining, len(codes(part.source))))) for part in source_parts]
    parts_with_matches = [(part, part_codes) for part, part_codes in numbered_parts if part.matches]
    if parts_with_matches:
        matches_element = etree.SubElement(element, f"{{{MATCHES}}}matches")
        for number, (part, part_codes) in enumerate(parts_with_matches, 1):
            for match in part.matches:
                yield from _write_match(matches_element, match, f"#m{number}", part_codes, source_codes)
    if unit.notes:
        notes = etree.SubElement(element, f"{{{CORE}}}notes")
        for note in unit.notes:
            etree.SubElement(notes, f"{{{CORE}}}note", category="ipdocs").text = note
    data_refs = _write_original_data(element, [*source_codes, *target_codes])
    segment_count = mark_count = 0
    for part, part_codes in numbered_parts:
        if part.is_space:
            ignorable = etree.SubElement(element, f"{{{CORE}}}ignorable")
            yield _Filling(etree.SubElement(ignorable, f"{{{CORE}}}source"), part.source)
            if spaced_target:
                yield _Filling(etree.SubElement(ignorable, f"{{{CORE}}}target"), (" ",))
            continue
        segment_count += 1
        segment = etree.SubElement(element, f"{{{CORE}}}segment", id=f"s{segment_count}", state=_STATES[unit.state])
        if unit.state in ("draft", "stale"):
            segment.set("subState", f"ipdocs:{unit.state}")
        mark_count += bool(part.matches)
        source, mark = etree.SubElement(segment, f"{{{CORE}}}source"), f"m{mark_count}" if part.matches else ""
        yield _Filling(source, part.source, _ids(part_codes), data_refs, mark)
        if unit.target is not None:
            target = etree.SubElement(segment, f"{{{CORE}}}target")
            yield _Filling(target, unit.target, _ids(target_codes), data_refs)


def _ids(numbered_codes: list[tuple[str, Code]]) -> list[str]:
    return [number for number, _ in numbered_codes]


def _write_match(
    element: _Element,
    match: UnitMatch,
    reference: str,
    part_codes: list[tuple[str, Code]],
    all_codes: list[tuple[str, Code]],
) -> Iterator[_Filling]:
    """Write a match; its codes have the ids of the same codes of the text, so that a tool can copy its translation."""
    from lxml import etree

    kind, percent = ("am", match.percent) if match.is_assembled else ("tm", match.part_percent or match.percent)
    attributes = {"ref": reference, "origin": match.origin, "matchQuality": f"{percent:g}", "type": kind}
    match_element = etree.SubElement(element, f"{{{MATCHES}}}match", attributes)
    source_codes, target_codes = (number_stored_codes(text, part_codes, all_codes) for text in (match.source, match.target))
    data_refs = _write_original_data(match_element, [*source_codes, *target_codes])
    source, target = (etree.SubElement(match_element, f"{{{CORE}}}{name}") for name in ("source", "target"))
    yield _Filling(source, match.source, _ids(source_codes), data_refs)
    yield _Filling(target, match.target, _ids(target_codes), data_refs)


def _write_original_data(element: _Element, codes: list[tuple[str, Code]]) -> dict[str, str]:
    """Write the markup of codes as original data of an element, and return the data ids, keyed by the markup."""
    from lxml import etree

    data_refs = {markup: f"d{number}" for number, markup in enumerate(dict.fromkeys(code.data for _, code in codes), 1)}
    if data_refs:
        original = etree.SubElement(element, f"{{{CORE}}}originalData")
        for markup, data_id in data_refs.items():
            etree.SubElement(original, f"{{{CORE}}}data", id=data_id).text = markup
    return data_refs


def _fill(filling: _Filling) -> None:
    """Fill an element with the words and codes of a text."""
    from lxml import etree

    element, numbers, data_refs = filling.element, filling.numbers, filling.data_refs
    if filling.mark:
        element = etree.SubElement(element, f"{{{CORE}}}mrk", id=filling.mark, type="mtc:match")
    open_elements, position = [element], 0
    closing = _closing_codes(filling.text)
    for index, part in enumerate(filling.text):
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
