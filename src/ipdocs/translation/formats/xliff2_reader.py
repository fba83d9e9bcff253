"""Read the texts of XLIFF 2 files, with the segments, states and notes that translation tools write."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ipdocs.files.ledger import Ledger, LeftOutReason
from ipdocs.files.reading import read_bytes, unusable_file
from ipdocs.files.xml import local_name, parse_xml, text_of
from ipdocs.source.segment import Ref
from ipdocs.translation.formats.segment_joins import Parts, TextPiece, Translation, gaps, is_blank, join_pieces, mark_missing
from ipdocs.translation.formats.xliff2 import CORE, MATCHES
from ipdocs.translation.formats.xliff_reading import (
    account_for,
    account_for_content,
    check_ledger,
    is_unfinished_state,
    leave_out_content,
    leave_out_foreign,
    new_ledger,
    note_elements,
)
from ipdocs.translation.job import LEAST_FINISHED_FIRST, FileNote, ReturnedFile, ReturnedState, ReturnedUnit

if TYPE_CHECKING:
    from lxml.etree import _Element

_METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"
_FINAL_STATES = {"translated", "reviewed", "final"}
"""The states in which a translation is finished."""

_LEFT_OUT = {
    f"{{{CORE}}}note": LeftOutReason.COMMENT,
    f"{{{_METADATA}}}meta": LeftOutReason.COMMENT,
    f"{{{MATCHES}}}matches": LeftOutReason.MATCH,
    f"{{{CORE}}}originalData": LeftOutReason.TOOL_DATA,
    f"{{{CORE}}}skeleton": LeftOutReason.TOOL_DATA,
}
"""Why the content of some elements is left out; notes are reported."""


def read(path: Path) -> ReturnedFile:
    """Return the texts of an XLIFF 2 file.

    Raises:
        IpdocsError: the file is unsafe, or not XLIFF 2; or it has texts in places that ipdocs does not know.
    """
    root = parse_xml(read_bytes(path), path)
    if root.tag != f"{{{CORE}}}xliff":
        raise unusable_file(
            "bad-xliff", "this file is not XLIFF 2: its root element is different", path, "export the translation as XLIFF 2.1"
        )
    ledger = new_ledger(root, path)
    units = [unit for file in root.iter(f"{{{CORE}}}file") for unit in _read_units(file, ledger)]
    notes = [
        FileNote(text_of(note), note.sourceline or 0)
        for note in _notes(root)
        if next(note.iterancestors(f"{{{CORE}}}unit"), None) is None
    ]
    for name, reason in _LEFT_OUT.items():
        for element in root.iter(name):
            leave_out_content(ledger, element, reason)
    leave_out_foreign(ledger, root, CORE)
    check_ledger(ledger, units)
    file = root.find(f"{{{CORE}}}file")
    document = file.get("original", "") if file is not None else ""
    return ReturnedFile(document, root.get("trgLang", ""), tuple(units), tuple(notes))


def _notes(root: _Element) -> Iterator[_Element]:
    """Yield the notes of translators and their tools; the metadata of a match describes the match."""
    for note in (*note_elements(root, CORE), *root.iter(f"{{{_METADATA}}}meta")):
        if next(note.iterancestors(f"{{{MATCHES}}}matches"), None) is None:
            yield note


def _read_units(file: _Element, ledger: Ledger) -> Iterator[ReturnedUnit]:
    for unit in file.iter(f"{{{CORE}}}unit"):
        yield _read_unit(unit, file.get("original", ""), ledger)


def _read_unit(element: _Element, document: str, ledger: Ledger) -> ReturnedUnit:
    data = {data.get("id", ""): "".join(data.itertext()) for data in element.iterfind(f"{{{CORE}}}originalData/{{{CORE}}}data")}
    source_pieces: list[TextPiece] = []
    target_pieces: list[tuple[int, TextPiece]] = []
    states: list[ReturnedState] = []
    has_target = False
    children = [child for child in element if child.tag in (f"{{{CORE}}}segment", f"{{{CORE}}}ignorable")]
    for number, child in enumerate(children, 1):
        source, target = child.find(f"{{{CORE}}}source"), child.find(f"{{{CORE}}}target")
        is_segment = child.tag == f"{{{CORE}}}segment"
        source_parts = _read_parts(source, data, ledger, is_source=True)
        target_parts = _read_parts(target, data, ledger, is_source=False)
        piece_id = f"s{number}" if is_segment else ""
        source_pieces.append(TextPiece(piece_id, source_parts))
        target_pieces.append((_order(target, number), TextPiece(piece_id, target_parts)))
        if is_segment and target is not None:
            has_target = True
            states += [] if is_blank(target_parts) else [_state(child)]
    _copy_ignorable(source_pieces, [piece for _, piece in target_pieces])
    pieces = [piece for _, piece in sorted(target_pieces, key=lambda ordered: ordered[0])]
    segments = {piece.id: piece.parts for piece in source_pieces if piece.id}
    is_translated = any(piece.id and not is_blank(piece.parts) for piece in pieces)
    translation = mark_missing(pieces, segments if len(segments) > 1 else {}) if is_translated else Translation([])
    return ReturnedUnit(
        name=element.get("name") or element.get("id") or "",
        source=tuple(part for piece in source_pieces for part in piece.parts),
        target=join_pieces(translation.pieces, gaps(source_pieces)) if has_target else None,
        line=element.sourceline or 0,
        state=next((state for state in LEAST_FINISHED_FIRST if state in states), "unstated"),
        notes=(*(text_of(note) for note in _notes(element)), *_annotations(element)),
        segment_count=translation.segment_count,
        missing_count=translation.missing_count,
        document=document,
    )


def _order(target: _Element | None, number: int) -> int:
    """Return the position of a part of a translation: its attribute `order`, or else its place in the unit."""
    order = target.get("order", "") if target is not None else ""
    return int(order) if re.fullmatch(r"\d{1,6}", order, re.ASCII) else number


def _copy_ignorable(source_pieces: Sequence[TextPiece], target_pieces: Sequence[TextPiece]) -> None:
    """Copy codes and signs between segments that have no translation, unless the translation has the codes elsewhere."""
    codes = {part for piece in target_pieces for part in piece.parts if isinstance(part, Ref)}
    for source_piece, target_piece in zip(source_pieces, target_pieces, strict=True):
        has_words = any(isinstance(part, str) and any(map(str.isalpha, part)) for part in source_piece.parts)
        if not source_piece.id and not target_piece.parts and not has_words:
            target_piece.parts = [part for part in source_piece.parts if part not in codes]


def _state(segment: _Element) -> ReturnedState:
    """Return what a segment says about its translation; in XLIFF 2, a segment without a state is in its initial state."""
    state, prefix, sub_state = segment.get("state"), *segment.get("subState", "").partition(":")[::2]
    if state == "initial" or (prefix != "ipdocs" and is_unfinished_state(sub_state)):
        return "unfinished"
    if state is None:
        return "unconfirmed"
    return "finished" if state in _FINAL_STATES and sub_state != "stale" else "unstated"


def _annotations(element: _Element) -> Iterator[str]:
    """Yield the comments on words of a text."""
    for mark in element.iter(f"{{{CORE}}}mrk", f"{{{CORE}}}sm"):
        if mark.get("type") == "comment":
            yield mark.get("value", "")


def _read_parts(element: _Element | None, data: Mapping[str, str], ledger: Ledger, *, is_source: bool) -> Parts:
    """Return the words and codes in an element; of unknown elements, only the text is used."""
    parts: Parts = []

    def visit(element: _Element, end: Literal["text", "tail"]) -> None:
        account_for(ledger, element, end, is_source=is_source)
        parts.append(getattr(element, end) or "")

    def read(element: _Element) -> None:
        visit(element, "text")
        for child in element:
            name, number = local_name(child), child.get("copyOf") or child.get("id") or ""
            if name == "ph":
                displays = dict.fromkeys(filter(None, (text_of(child), child.get("disp"), child.get("equiv"))))
                account_for_content(ledger, child, is_source=is_source)
                parts.append(Ref(number, "alone", " / ".join(displays) if displays else None, data.get(child.get("dataRef", ""))))
            elif name == "pc":
                parts.append(Ref(number, "open", None, data.get(child.get("dataRefStart", ""))))
                read(child)
                parts.append(Ref(number, "close", None, data.get(child.get("dataRefEnd", ""))))
            elif name == "sc":
                parts.append(Ref(number, "open", None, data.get(child.get("dataRef", ""))))
            elif name == "ec":
                parts.append(Ref(child.get("startRef") or number, "close", None, data.get(child.get("dataRef", ""))))
            elif name == "cp":
                parts.append(_character(child.get("hex", "")))
            elif name:
                read(child)
            visit(child, "tail")

    if element is not None:
        read(element)
    return parts


def _character(code: str) -> str:
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return "\ufffd"
