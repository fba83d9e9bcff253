"""Apply the edits of a paragraph to its source text: words change, but facts do not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ipdocs.review.word.shifted_characters import mark_shifts, restore_shifts, without_stand_ins
from ipdocs.source.differences import differences
from ipdocs.source.segment import LINE_BREAK, Code, Segment, join_words, tidy


@dataclass(frozen=True, slots=True)
class EditedFact:
    """A fact whose displayed words were edited: the fact's code, and the new words."""

    code: Code
    words: str


def displayed_text(parts: Segment) -> str:
    """Return a text as Word displays it."""
    return "".join(_display(part) for part in parts)


def _display(part: str | Code) -> str:
    if isinstance(part, str):
        return part
    return part.display if part.kind == "fact" else "\n" if part.kind == "break" else ""


def apply_edits(parts: Segment, edited: str) -> tuple[Segment, list[EditedFact]]:
    """Return a source text with the words of an edited paragraph, and the facts that were edited.

    An edited fact stays unchanged in the text. A deleted fact is removed.

    Args:
        parts: the source text.
        edited: the text of the paragraph, with stand-ins for superscript and subscript.
    """
    parts = mark_shifts(parts)
    displayed = displayed_text(parts).replace("\u00a0", " ")
    edits = list(differences(displayed, edited))
    result = parts
    facts = list(_edited_facts(parts, edits))
    protected_spans = [(start, end) for start, end, _ in facts]
    for start, end, words in reversed(edits):
        if not any(
            fact_start <= start and end <= fact_end and (start, end) != (fact_start, fact_start)
            for fact_start, fact_end in protected_spans
        ):
            result = _replace(result, start, end, words)
    return _without_empty_codes(tidy(restore_shifts(_with_break_codes(result)))), [
        EditedFact(replace(fact.code, display=without_stand_ins(fact.code.display)), without_stand_ins(fact.words))
        for _, _, fact in facts
    ]


def _edited_facts(parts: Segment, edits: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, EditedFact]]:
    """Yield the start, the end and the new words of each fact that was edited but not deleted."""
    position = 0
    for part in parts:
        length = len(_display(part))
        start, end = position, position + length
        position = end
        if not isinstance(part, Code) or part.kind != "fact":
            continue
        before = part.display.replace("\u00a0", " ")
        words = before
        for edit_start, edit_end, new_words in reversed(edits):
            is_beside = edit_start == edit_end and edit_start in (start, end)
            if start <= edit_start and edit_end <= end and not is_beside:
                words = words[: edit_start - start] + new_words + words[edit_end - start :]
        if words and words != before:
            yield start, end, EditedFact(part, words)


def _replace(parts: Segment, start: int, end: int, words: str) -> Segment:
    """Replace the displayed text between two offsets with words; the codes of emphasis and links stay."""
    result: list[str | Code] = []
    position, is_inserted = 0, False
    for part in parts:
        displayed = _display(part)
        part_start, part_end = position, position + len(displayed)
        position = part_end
        if isinstance(part, str):
            inserts_here = part_start <= start <= part_end and not is_inserted
            before, after = part[: max(start - part_start, 0)], part[max(end - part_start, 0) :]
            result += [before, words if inserts_here else "", after]
            is_inserted = is_inserted or inserts_here
        elif not (displayed and start <= part_start and part_end <= end and end > start):
            result.append(part)
        elif not is_inserted and part_start <= start <= part_end:
            result.append(words)
            is_inserted = True
    if not is_inserted:
        result.append(words)
    return join_words(tuple(result))


def _with_break_codes(parts: Segment) -> Segment:
    """Replace each line end in a text with a code for a line break."""
    result: list[str | Code] = []
    for part in parts:
        if isinstance(part, str):
            result += [LINE_BREAK if piece == "\n" else piece for piece in re.split("(\n)", part)]
        else:
            result.append(part)
    return join_words(tuple(result))


def _without_empty_codes(parts: Segment) -> Segment:
    """Remove pairs of codes with nothing between them."""
    result: list[str | Code] = []
    for part in parts:
        before = result[-1] if result else None
        closes_at_once = isinstance(part, Code) and part.role == "close" and isinstance(before, Code) and before.role == "open"
        if closes_at_once and isinstance(part, Code) and isinstance(before, Code) and part.kind == before.kind:
            result.pop()
        else:
            result.append(part)
    return join_words(tuple(result))
