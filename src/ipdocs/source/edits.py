"""Edits: new text for parts of a source's characters, every other character as it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ipdocs.source.file import SourceText


@dataclass(frozen=True, slots=True)
class Edit:
    """New text for what stands between two positions of a file; between equal ones it is put in."""

    start: int
    end: int
    text: str


def splice(file: SourceText, edits: Iterable[Edit], start: int = 0, end: int | None = None) -> str:
    """Return the text between two positions of a file, by default all of it, with edits made.

    Edits must not overlap. Those put in at one position stand in the order in which they are given.
    """
    parts: list[str] = []
    position = start
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start < position or edit.end < edit.start:
            raise ValueError(f"the edit at {edit.start} overlaps the one before it")
        parts += [file.text[position : edit.start], edit.text]
        position = edit.end
    return "".join([*parts, file.text[position:end]])
