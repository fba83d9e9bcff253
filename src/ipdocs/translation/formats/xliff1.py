"""XLIFF 1.2, with a trans-unit for each text, codes as <x/> and <g>, and matches from the memory as alt-trans.

A text without a translation has a copy of the source as its target, in the state "new", because OmegaT translates what stands in
the target. A copy that comes back in this state is no translation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ipdocs.files.ledger import Ledger, LeftOutReason
from ipdocs.files.reading import read_bytes, unusable_file
from ipdocs.files.xml import local_name, parse_xml, text_of
from ipdocs.locale.translation_states import ToolStates, tool_states
from ipdocs.source.code_ids import number_codes, number_stored_codes
from ipdocs.source.segment import Ref, Role, Segment
from ipdocs.translation.formats.segment_joins import TextPiece, gaps, is_blank, join_pieces, mark_missing
from ipdocs.translation.formats.xliff2 import append_text
from ipdocs.translation.formats.xliff_reading import (
    account_for,
    account_for_content,
    check_ledger,
    is_unfinished_state,
    leave_out_content,
    leave_out_foreign,
    new_ledger,
    note_elements,
    tool_state,
)
from ipdocs.translation.job import (
    LEAST_FINISHED_FIRST,
    FileNote,
    ReturnedFile,
    ReturnedState,
    ReturnedUnit,
    TranslationJob,
    TranslationUnit,
    UnitState,
)
from ipdocs.workspace import Workspace

if TYPE_CHECKING:
    from lxml.etree import _Element

CORE = "urn:oasis:names:tc:xliff:document:1.2"
_SDL = "http://sdl.com/FileTypes/SdlXliff/1.0"
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

_PROGRAM_QUALIFIERS = {
    "fuzzy-match",
    "leveraged-mt",
    "leveraged-glossary",
    "leveraged-repository",
    "mt-suggestion",
    "tm-suggestion",
}
"""The values of `state-qualifier` for translations that a program wrote and nobody may have read."""

_LEFT_OUT = {
    "note": LeftOutReason.COMMENT,
    "seg-source": LeftOutReason.SOURCE_TEXT,
    "alt-trans": LeftOutReason.MATCH,
    "bin-unit": LeftOutReason.EMBEDDED_FILE,
    "header": LeftOutReason.TOOL_DATA,
    "context": LeftOutReason.TOOL_DATA,
    "count": LeftOutReason.TOOL_DATA,
    "prop": LeftOutReason.TOOL_DATA,
}
"""Why the content of some elements is left out; notes are reported, and source texts are compared with the document."""

_ROLES: dict[str, Role] = {
    "x": "alone",
    "ph": "alone",
    "bx": "open",
    "bpt": "open",
    "ex": "close",
    "ept": "close",
    "open": "open",
    "close": "close",
}
"""The role of a code, keyed by the name of its element, or by `pos` of an isolated code (`it`)."""

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
        etree.SubElement(element, f"{{{CORE}}}note", {"from": "ipdocs"}).text = note
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


def read(path: Path, workspace: Workspace | None = None) -> ReturnedFile:
    """Return the texts of an XLIFF 1.2 file.

    Args:
        path: the path of the file.
        workspace: the workspace whose table has the states of tools; by default, the shipped table is used.

    Raises:
        IpdocsError: the file is unsafe, or not XLIFF 1.2; or it has texts in places that ipdocs does not know.
    """
    root = parse_xml(read_bytes(path), path)
    if root.tag != f"{{{CORE}}}xliff":
        message = "this file is not XLIFF 1.2: its root element is different"
        raise unusable_file("bad-xliff", message, path, "export the translation as XLIFF 1.2")
    ledger, states = new_ledger(root, path), tool_states(workspace or Workspace())
    units = [unit for file in root.iter(f"{{{CORE}}}file") for unit in _read_units(file, ledger, states)]
    notes = [
        FileNote(text_of(note), note.sourceline or 0)
        for note in note_elements(root, CORE)
        if next(note.iterancestors(f"{{{CORE}}}trans-unit"), None) is None
    ]
    for name, reason in _LEFT_OUT.items():
        for element in root.iter(f"{{{CORE}}}{name}"):
            leave_out_content(ledger, element, reason)
    leave_out_foreign(ledger, root, CORE)
    check_ledger(ledger, units)
    file = root.find(f"{{{CORE}}}file")
    document = file.get("original", "") if file is not None else ""
    return ReturnedFile(document, _target_tag(root), tuple(units), tuple(notes))


def _target_tag(root: _Element) -> str:
    """Return the target language of the first file that states it, or else of the first translation."""
    tags = (file.get("target-language") for file in root.iter(f"{{{CORE}}}file"))
    target_tags = (target.get(f"{{{_XML}}}lang") for target in root.iter(f"{{{CORE}}}target"))
    return next(filter(None, (*tags, *target_tags)), "")


def _read_units(file: _Element, ledger: Ledger, states: ToolStates) -> Iterator[ReturnedUnit]:
    for unit in file.iter(f"{{{CORE}}}trans-unit"):
        yield _read_unit(unit, file.get("original", ""), ledger, states)


def _read_unit(element: _Element, document: str, ledger: Ledger, states: ToolStates) -> ReturnedUnit:
    source, target, split_source = (element.find(f"{{{CORE}}}{name}") for name in ("source", "target", "seg-source"))
    source_pieces = _read_pieces(source, ledger, is_source=True)
    split_pieces = _read_pieces(split_source, ledger, is_source=True) or source_pieces
    is_missing = target is None or _is_copied_source(source_pieces, target)
    target_pieces = _read_pieces(target, ledger, is_source=is_missing)
    segments = {piece.id: piece.parts for piece in split_pieces if piece.id}
    for other in element.iterfind(f"{{{CORE}}}target"):
        if other is not target and _is_copied_source(source_pieces, other):
            leave_out_content(ledger, other, LeftOutReason.SOURCE_TEXT)
    translation = mark_missing(target_pieces, segments)
    return ReturnedUnit(
        name=element.get("resname") or element.get("id") or "",
        source=tuple(part for piece in source_pieces for part in piece.parts),
        target=None if is_missing else join_pieces(translation.pieces, gaps(split_pieces)),
        line=element.sourceline or 0,
        state=_tool_state(element, target, target_pieces, states) or _state(element, target),
        notes=tuple(
            [text_of(note) for note in note_elements(element, CORE)]
            + [mark.get("comment", "") for mark in element.iter(f"{{{CORE}}}mrk")]
        ),
        segment_count=translation.segment_count,
        missing_count=translation.missing_count,
        document=document,
    )


def _is_copied_source(source_pieces: Sequence[TextPiece], target: _Element) -> bool:
    """Whether a target is the copy of the source that an export writes for a text without a translation."""
    if target.get("state") not in _STATES_OF_COPIES:
        return False
    return _tidy(source_pieces) == _tidy(_read_pieces(target, Ledger(Path()), is_source=True))


def _tidy(pieces: Sequence[TextPiece]) -> str:
    """Return words and the ids of codes as one text with single spaces, to compare texts."""
    parts = [part for piece in pieces for part in piece.parts]
    return " ".join("".join(f"<{part.role} {part.id}>" if isinstance(part, Ref) else str(part) for part in parts).split())


def _tool_state(unit: _Element, target: _Element | None, pieces: Sequence[TextPiece], states: ToolStates) -> ReturnedState | None:
    """Return what the tool that wrote a file says in its own attributes; the least finished segment decides.

    Trados describes each segment in an element `sdl:seg`; one without the attribute `conf` is unfinished.
    """
    segment_ids = {piece.id for piece in pieces if piece.id and not is_blank(piece.parts)}
    described = {element.get("id", ""): element for element in unit.iter(f"{{{_SDL}}}seg")}
    segment_states: list[ReturnedState | None] = [
        tool_state([element], states) or ("unfinished" if element.get("conf") is None else None)
        for segment_id, element in described.items()
        if segment_id in segment_ids or not segment_ids
    ]
    if not segment_states:
        segment_states = [tool_state([unit] if target is None else [unit, target], states)]
    return next((state for state in LEAST_FINISHED_FIRST if state in segment_states), None)


def _state(unit: _Element, target: _Element | None) -> ReturnedState:
    """Return what a unit says about its translation, from its attribute `approved` and the states of the translation."""
    if target is None:
        return "unstated"
    approved, state, qualifier = unit.get("approved"), target.get("state", ""), target.get("state-qualifier", "")
    if qualifier.startswith("rejected"):
        return "unfinished"
    if approved == "yes":
        return "finished"
    if state == "new" or state.startswith("needs-") or is_unfinished_state(state):
        return "unfinished"
    if approved == "no" or (qualifier in _PROGRAM_QUALIFIERS and state not in ("signed-off", "final")):
        return "unconfirmed"
    return "finished" if state in _FINAL_STATES else "unstated"


def _read_pieces(element: _Element | None, ledger: Ledger, *, is_source: bool) -> list[TextPiece]:
    """Return the segments of a text; a text that no tool has split is one piece. There is none if the element is missing."""
    if element is None:
        return []
    pieces = [TextPiece("", [])]

    def visit(element: _Element, end: Literal["text", "tail"]) -> str:
        account_for(ledger, element, end, is_source=is_source)
        return getattr(element, end) or ""

    def read(element: _Element) -> None:
        pieces[-1].parts.append(visit(element, "text"))
        for child in element:
            name, number = local_name(child), child.get("id", "")
            if name in ("x", "ph", "bx", "bpt", "ex", "ept", "it"):
                account_for_content(ledger, child, is_source=is_source)
                display = text_of(child) or child.get("equiv-text")
                role = _ROLES.get(name) or _ROLES.get(child.get("pos", "")) or "open"
                pieces[-1].parts.append(Ref(child.get("rid", number) if role != "alone" else number, role, display))
            elif name == "g":
                pieces[-1].parts.append(Ref(number, "open"))
                read(child)
                pieces[-1].parts.append(Ref(number, "close"))
            elif name == "mrk" and child.get("mtype") == "seg":
                pieces.append(TextPiece(child.get("mid") or f"{len(pieces)}", []))
                read(child)
                pieces.append(TextPiece("", []))
            elif name:
                read(child)
            pieces[-1].parts.append(visit(child, "tail"))

    read(element)
    return pieces
