"""Quotation marks without a partner."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ipdocs.checks.checked_document import CheckedDocument
from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.locale.style_keys import QuotePair

PAIRS = {"“": "”", "「": "」", "『": "』", "《": "》", "〈": "〉", "﹁": "﹂"}
_HINT = "add the missing quotation mark, or delete this one"


def unpaired_quote(document: CheckedDocument) -> Iterator[Violation]:
    """Find quotation marks that are not closed or not opened.

    A quotation of several paragraphs has an opening mark in each paragraph and a closing mark in the last one.
    """
    for unit in document.units:
        for code, passage in unit.passages.items():
            following = unit.following.passages.get(code) if unit.following else None
            may_continue = following is not None and (following.plain[:1] == passage.plain[:1] or bool(following.gaps))
            yield from _check_straight(passage, may_continue)
            yield from _check_paired(passage, may_continue)


def _check_paired(passage: Passage, may_continue: bool) -> Iterator[Violation]:
    """Find unpaired quotation marks of the kinds whose opening and closing marks differ.

    If `may_continue` is true, the quotation may be closed in a later paragraph.
    """
    opening_by_closing, pattern = _closing_marks(passage.language_style.quotes)
    open_marks: list[int] = []
    for match in pattern.finditer(passage.plain):
        offset, character = match.start(), match[0]
        if character not in opening_by_closing:
            open_marks.append(offset)
        else:
            if not any(passage.plain[opening] == opening_by_closing[character] for opening in open_marks):
                yield Violation(f"{character} has no opening quotation mark", (Highlight(passage, offset, offset + 1),), _HINT)
                continue
            while passage.plain[open_marks[-1]] != opening_by_closing[character]:
                yield _unclosed_mark(passage, open_marks.pop())
            open_marks.pop()
    for offset in open_marks:
        if offset or not may_continue:
            yield _unclosed_mark(passage, offset)


@lru_cache(maxsize=64)
def _closing_marks(quotes: tuple[QuotePair, ...]) -> tuple[dict[str, str], re.Pattern[str]]:
    """Return the opening mark of each closing mark, and a pattern of all marks: those of the style, and the usual ones.

    The mark ’ is left out, because it is also an apostrophe. A mark that both opens and closes quotations opens them.
    """
    own = {opening: closing for opening, closing in quotes if opening != closing and closing != "’"}
    pairs = own | {opening: closing for opening, closing in PAIRS.items() if not {opening, closing} & {*own, *own.values()}}
    marks = "".join(re.escape(mark) for pair in pairs.items() for mark in pair)
    return {closing: opening for opening, closing in pairs.items() if closing not in pairs}, re.compile(f"[{marks}]")


def _unclosed_mark(passage: Passage, offset: int) -> Violation:
    return Violation(f"{passage.plain[offset]} is not closed", (Highlight(passage, offset, offset + 1),), _HINT)


def _check_straight(passage: Passage, may_continue: bool) -> Iterator[Violation]:
    """Find an unpaired straight quotation mark; a single straight mark after a figure may mean inches."""
    if '"' not in passage.plain:
        return
    marks = [
        offset
        for offset, character in enumerate(passage.plain)
        if character == '"' and not (offset and passage.plain[offset - 1].isdigit() and passage.plain.count('"') == 1)
    ]
    if len(marks) % 2 and not (marks[0] == 0 and may_continue):
        opening = [offset for offset in marks if offset + 1 < len(passage.plain) and not passage.plain[offset + 1].isspace()]
        yield _unclosed_mark(passage, (opening or marks)[-1])
