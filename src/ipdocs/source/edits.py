"""Replace parts of a source's text and leave all other characters unchanged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ipdocs.source.file import SourceText


@dataclass(frozen=True, slots=True)
class Edit:
    """New text for the range from `start` to `end` of a file; an empty range is an insertion."""

    start: int
    end: int
    text: str


def splice(file: SourceText, edits: Iterable[Edit], start: int = 0, end: int | None = None) -> str:
    """Return the text of a file from `start` to `end`, by default all of it, with the edits applied.

    Edits must not overlap. Insertions at the same position keep their order.
    """
    parts: list[str] = []
    position = start
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start < position or edit.end < edit.start:
            raise ValueError(f"the edit at {edit.start} overlaps the edit before it")
        parts += [file.text[position : edit.start], edit.text]
        position = edit.end
    return "".join([*parts, file.text[position:end]])
