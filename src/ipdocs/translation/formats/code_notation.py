"""Notation for codes in plain text.

‹1 17th› is a fact, and ‹2›…‹/2› encloses emphasis or the text of a link. ‹‹ is the character ‹ itself.
"""

from __future__ import annotations

import re

from ipdocs.source.code_ids import number_codes
from ipdocs.source.segment import Ref, ReturnedSegment, Segment, to_display_text
from ipdocs.translation.job import TranslationJob, TranslationUnit, UnitMatch, UnitState

COLUMNS = ("place", "source", "target", "note")
"""The columns of a table for translators. The headings of source and target are language tags."""

INSTRUCTIONS = (
    "Write the translation in the right-hand column. Keep ‹1 …› and ‹2›…‹/2› as they are: they stand for facts, emphasis and "
    "links, and may be moved. Do not change the columns on the left."
)
_STATE_NOTES: dict[UnitState, str] = {
    "draft": "a draft",
    "stale": "translates an earlier version of the source",
    "initial": "to be translated",
}
_MATCH_NOTE = re.compile(r"\d+(?:\.\d+)? % \S.*: “.*” = “.*”")
_CODE = re.compile(r"‹‹|‹\s*(?P<close>[/／]?)\s*(?P<id>\d{1,4})(?P<display>[^‹›]*)›")
"""Matches a code; input methods for Chinese write spaces and full-width digits."""


def write_codes(unit: TranslationUnit) -> tuple[str, str]:
    """Return the source and target of a unit with their codes in this notation; a missing target is an empty string."""
    source_codes, target_codes = number_codes(unit.source, unit.target)
    return (
        _write_segment(unit.source, [number for number, _ in source_codes]),
        _write_segment(unit.target or (), [number for number, _ in target_codes]),
    )


def _write_segment(segment: Segment, numbers: list[str]) -> str:
    pieces, position = [], 0
    for part in segment:
        if isinstance(part, str):
            pieces.append(part.replace("‹", "‹‹"))
            continue
        number = numbers[position]
        position += 1
        display = part.display.replace("‹", "(").replace("›", ")")
        if part.role == "close":
            pieces.append(f"‹/{number}›")
        else:
            pieces.append(f"‹{number} {display}›" if part.role == "alone" and display else f"‹{number}›")
    return "".join(pieces)


def parse_codes(text: str, paired: set[str]) -> ReturnedSegment:
    """Return a text with its codes parsed; `paired` contains the ids of the codes that enclose text."""
    parts: list[str | Ref] = []
    end = 0
    for match in _CODE.finditer(text):
        parts.append(text[end : match.start()])
        end = match.end()
        if match["id"] is None:
            parts.append("‹")
        elif match["close"]:
            parts.append(Ref(_code_id(match), "close"))
        else:
            is_open = _code_id(match) in paired
            parts.append(Ref(_code_id(match), "open" if is_open else "alone", None if is_open else match["display"].strip()))
    return (*parts, text[end:])


def paired_ids(text: str) -> set[str]:
    """Return the ids of the closing codes in a text."""
    return {_code_id(match) for match in _CODE.finditer(text) if match["id"] and match["close"]}


def _code_id(match: re.Match[str]) -> str:
    return str(int(match["id"]))


def column_headings(job: TranslationJob) -> tuple[str, str, str, str]:
    """Return the column headings; an import reads the target language from them."""
    return (COLUMNS[0], job.source_tag, job.target_tag, COLUMNS[3])


def match_text(match: UnitMatch) -> str:
    """Return the stored text of a match and its translation as one line, for formats without a place for matches."""
    return " ".join(f"“{to_display_text(match.source)}” = “{to_display_text(match.target)}”".split())


def unit_note(unit: TranslationUnit) -> str:
    """Return a note for the translator: the unit's state, its notes and its matches from the memory, each on a line."""
    matches = [f"{match.percent:g} % {match.origin}: {match_text(match)}" for match in unit.matches]
    return "\n".join([*([_STATE_NOTES[unit.state]] if unit.state in _STATE_NOTES else []), *unit.notes, *matches])


def added_lines(note: str) -> list[str]:
    """Return the lines of a returned note that `unit_note` did not write; lines with notes of the unit may be among them."""
    lines = (" ".join(line.split()) for line in note.splitlines())
    return [line for line in lines if line and line not in _STATE_NOTES.values() and not _MATCH_NOTE.fullmatch(line)]
