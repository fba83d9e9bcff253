"""Quotation marks that are nested the wrong way round."""

from __future__ import annotations

from collections.abc import Iterator

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.locale.style import LanguageStyle
from ipdocs.locale.style_keys import QuotePair

_INNER: dict[QuotePair, QuotePair] = {("“", "”"): ("‘", "’"), ("「", "」"): ("『", "』")}
"""The inner quotation marks for outer marks that a style accepts besides its own."""


def quote_nesting(passage: Passage) -> Iterator[Violation]:
    """Find inner quotation marks outside a quotation, and outer quotation marks within a quotation.

    The marks ‘ and ’ are ignored, because ’ is also an apostrophe.
    """
    for outer, inner in _nested_pairs(passage.language_style):
        if outer[0] == outer[1] or not any(opening in passage.plain for opening in (outer[0], inner[0])):
            continue
        open_marks: list[str] = []
        for offset, character in enumerate(passage.plain):
            highlights = (Highlight(passage, offset, offset + 1),)
            if character in "‘’":
                continue
            if character == inner[0]:
                if outer[0] not in open_marks and not _continues_quotation(passage, outer):
                    yield Violation(
                        f"{character} is used outside {outer[0]}{outer[1]}", highlights, f"write {outer[0]} … {outer[1]}"
                    )
                    return
                open_marks.append(character)
            elif character == outer[0]:
                if open_marks and open_marks[-1] == outer[0]:
                    yield Violation(
                        f"{character} is used inside {outer[0]}{outer[1]}", highlights, f"write {inner[0]} … {inner[1]}"
                    )
                    return
                open_marks.append(character)
            elif character in (outer[1], inner[1]) and open_marks:
                open_marks.pop()


def _nested_pairs(style: LanguageStyle) -> Iterator[tuple[QuotePair, QuotePair]]:
    """Yield the outer marks of quotations and titles, each with the inner marks."""
    yield style.quotes
    yield from ((outer, _INNER[outer]) for outer in style.accepted_quotes if outer in _INNER and outer not in style.quotes)
    if style.titles:
        yield style.titles


def _continues_quotation(passage: Passage, outer: QuotePair) -> bool:
    """Whether a passage closes more quotations than it opens, so that a quotation must have begun in an earlier paragraph."""
    return passage.plain.count(outer[1]) > passage.plain.count(outer[0])
