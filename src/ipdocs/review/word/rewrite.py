"""An edited paragraph in, the source's text with the same edits out: words change, facts do not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ipdocs.source.differences import differences
from ipdocs.source.segment import Code, Segment, join_words, tidy


@dataclass(frozen=True, slots=True)
class EditedFact:
    """A fact whose words somebody has changed: the code, and what they wrote in its place."""

    code: Code
    words: str


def rendered(parts: Segment) -> str:
    """Return a text as Word shows it."""
    return "".join(_shown(part) for part in parts)


def _shown(part: str | Code) -> str:
    if isinstance(part, str):
        return part
    return part.shown if part.kind == "fact" else "\n" if part.kind == "break" else ""


def rewritten(parts: Segment, new: str) -> tuple[Segment, list[EditedFact]]:
    """Return a text whose words are those of an edited paragraph, and the facts that were edited in it.

    An edited fact stays as it is; one that was deleted with the words around it is gone.
    """
    old = rendered(parts).replace("\u00a0", " ")
    edits = list(differences(old, new))
    made = parts
    facts = list(_edited(parts, edits))
    held = [(start, end) for start, end, _ in facts]
    for start, end, words in reversed(edits):
        if not any(first <= start and end <= last and (start, end) != (first, first) for first, last in held):
            made = _put(made, start, end, words)
    return _without_empty(tidy(_split_breaks(made))), [fact for _, _, fact in facts]


def _edited(parts: Segment, edits: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, EditedFact]]:
    position = 0
    for part in parts:
        length = len(_shown(part))
        start, end = position, position + length
        position = end
        if not isinstance(part, Code) or part.kind != "fact":
            continue
        inner = [one for one in edits if start <= one[0] and one[1] <= end and not (one[0] == one[1] and one[0] in (start, end))]
        before = part.shown.replace("\u00a0", " ")
        words = before
        for first, last, said in reversed(inner):
            words = words[: first - start] + said + words[last - start :]
        if words and words != before:
            yield start, end, EditedFact(part, words)


def _put(parts: Segment, start: int, end: int, words: str) -> Segment:
    """Return a text with words in the place of what it shows between two positions; marks of emphasis and links stay."""
    made: list[str | Code] = []
    position, placed = 0, False
    for part in parts:
        shown = _shown(part)
        first, last = position, position + len(shown)
        position = last
        if isinstance(part, str):
            inside = first <= start <= last and not placed
            before, after = part[: max(start - first, 0)], part[max(end - first, 0) :]
            made += [before, words if inside else "", after]
            placed = placed or inside
        elif not (shown and start <= first and last <= end and end > start):
            made.append(part)
        elif not placed and first <= start <= last:
            made.append(words)
            placed = True
    if not placed:
        made.append(words)
    return join_words(tuple(made))


def _split_breaks(parts: Segment) -> Segment:
    """Return a text whose line ends are codes again."""
    made: list[str | Code] = []
    for part in parts:
        if isinstance(part, str):
            made += [Code("break", "alone", "\n", "break") if one == "\n" else one for one in re.split("(\n)", part)]
        else:
            made.append(part)
    return join_words(tuple(made))


def _without_empty(parts: Segment) -> Segment:
    """Return a text without marks that stand around nothing."""
    made: list[str | Code] = []
    for part in parts:
        before = made[-1] if made else None
        closes = isinstance(part, Code) and part.role == "close" and isinstance(before, Code) and before.role == "open"
        if closes and isinstance(part, Code) and isinstance(before, Code) and part.kind == before.kind:
            made.pop()
        else:
            made.append(part)
    return join_words(tuple(made))
