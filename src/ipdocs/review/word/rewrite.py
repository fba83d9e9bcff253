"""Edits of a paragraph applied to the text of its source: words change, facts do not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ipdocs.source.differences import differences
from ipdocs.source.segment import Code, Segment, join_words, tidy


@dataclass(frozen=True, slots=True)
class EditedFact:
    """A fact whose words were edited: its code, and the new words."""

    code: Code
    words: str


def displayed_text(parts: Segment) -> str:
    """Return a text as Word displays it."""
    return "".join(_displayed(part) for part in parts)


def _displayed(part: str | Code) -> str:
    if isinstance(part, str):
        return part
    return part.display if part.kind == "fact" else "\n" if part.kind == "break" else ""


def apply_edits(parts: Segment, edited: str) -> tuple[Segment, list[EditedFact]]:
    """Return a text with the words of an edited paragraph, and the facts that were edited in it.

    An edited fact stays as it is. A fact that was deleted together with words around it is removed.
    """
    displayed = displayed_text(parts).replace("\u00a0", " ")
    edits = list(differences(displayed, edited))
    result = parts
    facts = list(_edited_facts(parts, edits))
    protected = [(start, end) for start, end, _ in facts]
    for start, end, words in reversed(edits):
        if not any(first <= start and end <= last and (start, end) != (first, first) for first, last in protected):
            result = _replaced(result, start, end, words)
    return _without_empty_codes(tidy(_with_break_codes(result))), [fact for _, _, fact in facts]


def _edited_facts(parts: Segment, edits: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, EditedFact]]:
    """Yield start, end and new words of each fact that was edited but not deleted."""
    position = 0
    for part in parts:
        length = len(_displayed(part))
        start, end = position, position + length
        position = end
        if not isinstance(part, Code) or part.kind != "fact":
            continue
        before = part.display.replace("\u00a0", " ")
        words = before
        for first, last, new in reversed(edits):
            is_beside = first == last and first in (start, end)
            if start <= first and last <= end and not is_beside:
                words = words[: first - start] + new + words[last - start :]
        if words and words != before:
            yield start, end, EditedFact(part, words)


def _replaced(parts: Segment, start: int, end: int, words: str) -> Segment:
    """Replace the displayed text between two offsets with words; the codes of emphasis and links stay."""
    result: list[str | Code] = []
    position, is_inserted = 0, False
    for part in parts:
        displayed = _displayed(part)
        first, last = position, position + len(displayed)
        position = last
        if isinstance(part, str):
            insert = first <= start <= last and not is_inserted
            before, after = part[: max(start - first, 0)], part[max(end - first, 0) :]
            result += [before, words if insert else "", after]
            is_inserted = is_inserted or insert
        elif not (displayed and start <= first and last <= end and end > start):
            result.append(part)
        elif not is_inserted and first <= start <= last:
            result.append(words)
            is_inserted = True
    if not is_inserted:
        result.append(words)
    return join_words(tuple(result))


def _with_break_codes(parts: Segment) -> Segment:
    """Replace the line ends of a text with codes."""
    result: list[str | Code] = []
    for part in parts:
        if isinstance(part, str):
            result += [Code("break", "alone", "\n", "break") if piece == "\n" else piece for piece in re.split("(\n)", part)]
        else:
            result.append(part)
    return join_words(tuple(result))


def _without_empty_codes(parts: Segment) -> Segment:
    """Remove pairs of codes with nothing between them."""
    result: list[str | Code] = []
    for part in parts:
        before = result[-1] if result else None
        closes = isinstance(part, Code) and part.role == "close" and isinstance(before, Code) and before.role == "open"
        if closes and isinstance(part, Code) and isinstance(before, Code) and part.kind == before.kind:
            result.pop()
        else:
            result.append(part)
    return join_words(tuple(result))
