"""Quotation marks without their partner."""

from __future__ import annotations

from collections.abc import Iterator

from ipdocs.checks.checked_document import CheckedDocument
from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation

PAIRS = {"“": "”", "「": "」", "『": "』", "《": "》", "〈": "〉", "﹁": "﹂"}
_CLOSING = {closing: opening for opening, closing in PAIRS.items()}


def unpaired_quote(document: CheckedDocument) -> Iterator[Violation]:
    """Find quotation marks never closed or never opened.

    A speech that goes on in the next paragraph opens there again and is only closed at its end.
    """
    for unit in document.units:
        for name, passage in unit.passages.items():
            following = unit.following.passages.get(name) if unit.following else None
            goes_on = following is not None and following.plain[:1] == passage.plain[:1]
            yield from _straight(passage, goes_on)
            yield from _paired(passage, goes_on)


def _paired(passage: Passage, goes_on: bool) -> Iterator[Violation]:
    """Find marks of different shapes that do not pair."""
    open_: list[int] = []
    for offset, character in enumerate(passage.plain):
        if character in PAIRS:
            open_.append(offset)
        elif character in _CLOSING:
            if not any(passage.plain[one] == _CLOSING[character] for one in open_):
                yield Violation(f"{character} closes nothing", (Highlight(passage, offset, offset + 1),))
                continue
            while passage.plain[open_[-1]] != _CLOSING[character]:
                yield _never(passage, open_.pop())
            open_.pop()
    for offset in open_:
        if offset or not goes_on:
            yield _never(passage, offset)


def _never(passage: Passage, offset: int) -> Violation:
    return Violation(f"{passage.plain[offset]} is never closed", (Highlight(passage, offset, offset + 1),))


def _straight(passage: Passage, goes_on: bool) -> Iterator[Violation]:
    """Find an odd straight quotation mark; one behind a figure may stand for inches."""
    marks = [
        offset
        for offset, character in enumerate(passage.plain)
        if character == '"' and not (offset and passage.plain[offset - 1].isdigit() and passage.plain.count('"') == 1)
    ]
    if len(marks) % 2 and not (marks[0] == 0 and goes_on):
        opening = [offset for offset in marks if offset + 1 < len(passage.plain) and not passage.plain[offset + 1].isspace()]
        yield _never(passage, (opening or marks)[-1])
