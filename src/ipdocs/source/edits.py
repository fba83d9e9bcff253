"""Writing back: text spliced into its span, and files replaced whole or not at all."""

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


def splice(file: SourceText, edits: Iterable[Edit]) -> str:
    """Return a file's text with edits made and every other character as it was; edits must not overlap."""
    parts: list[str] = []
    position = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start < position or edit.end < edit.start:
            raise ValueError(f"the edit at {edit.start} overlaps the one before it")
        parts += [file.text[position : edit.start], edit.text]
        position = edit.end
    return "".join([*parts, file.text[position:]])
