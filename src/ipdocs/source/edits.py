"""Edits: new text for parts of a source; all other characters stay unchanged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ipdocs.source.file import SourceText


@dataclass(frozen=True, slots=True)
class Edit:
    """New text for the range between two positions of a file; an empty range is an insertion."""

    start: int
    end: int
    text: str


def splice(file: SourceText, edits: Iterable[Edit], start: int = 0, end: int | None = None) -> str:
    """Return the text between two positions of a file, by default all of it, after edits.

    Edits must not overlap. Insertions at one position keep their order.
    """
    parts: list[str] = []
    position = start
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start < position or edit.end < edit.start:
            raise ValueError(f"the edit at {edit.start} overlaps the one before it")
        parts += [file.text[position : edit.start], edit.text]
        position = edit.end
    return "".join([*parts, file.text[position:end]])
