"""Double quotation marks in a form that the house style does not use, or in two forms in one document."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from ipdocs.checks.checked_document import CheckedDocument
from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.locale.style import LanguageStyle
from ipdocs.locale.style_keys import QuotePair

_DOUBLE = re.compile('["“”„‟«»＂「」〝〞]')
_PAIRED = {"”": "“", "‟": "“", "„": "“", "»": "«", "」": "「", "〞": "〝"}
"""The opening mark of each closing mark."""

_BEFORE_OPENING_MARK = re.compile(r"(?:^|[\s(（\[「『“‘—–/-])$")


def quotation_marks(passage: Passage) -> Iterator[Violation]:
    """Find double quotation marks that the house style neither uses nor accepts in this language."""
    opening, closing = passage.language_style.quotes[0]
    inner_pair = passage.language_style.quotes[1]
    allowed_marks = {mark for pair in (*_right_pairs(passage.language_style), inner_pair) for mark in pair}
    for match, is_opening in _double_marks(passage):
        character = match[0]
        house_mark = opening if is_opening else closing
        if character not in allowed_marks:
            style = passage.value_context.style.name
            yield Violation(
                f"{style} does not use the quotation mark {character}",
                (Highlight(passage, *match.span()),),
                f"write {house_mark}",
                house_mark,
                cause=_PAIRED.get(character, character),
            )


def mixed_quotation_marks(document: CheckedDocument) -> Iterator[Violation]:
    """Find quotation marks that are right, but differ from those of most quotations in the document."""
    passages_by_language: dict[str, list[Passage]] = defaultdict(list)
    for passage in document.passages:
        passages_by_language[passage.language.code].append(passage)
    for passages in passages_by_language.values():
        yield from _mixed_marks(passages)


def _mixed_marks(passages: list[Passage]) -> Iterator[Violation]:
    """Yield the marks of the less frequent pairs in the passages of one language."""
    pairs = _right_pairs(passages[0].language_style)
    marks = [
        (passage, match, is_opening, pair)
        for passage in passages
        for match, is_opening in _double_marks(passage)
        for pair in pairs
        if match[0] in pair and not passage.is_computed(*match.span())
    ]
    counts = Counter(pair for *_, pair in marks)
    if len(counts) < 2:
        return
    usual = max(pairs, key=lambda pair: counts[pair])
    for passage, match, is_opening, pair in marks:
        if pair != usual:
            mark = usual[0] if is_opening else usual[1]
            yield Violation(
                f"{match[0]} is mixed with {usual[0]} in this document",
                (Highlight(passage, *match.span()),),
                f"write {mark}, as most quotations here",
                mark,
                cause=pair[0],
            )


def _right_pairs(style: LanguageStyle) -> tuple[QuotePair, ...]:
    """Return the pairs of outer quotation marks that a style uses and accepts."""
    outer, inner = style.quotes
    return outer, *(pair for pair in style.accepted_quotes if pair != inner)


def _double_marks(passage: Passage) -> Iterator[tuple[re.Match[str], bool]]:
    """Yield each double quotation mark, and whether it opens a quotation; a straight mark after a figure may mean inches."""
    is_open = False
    for match in _DOUBLE.finditer(passage.plain):
        before, character = passage.plain[: match.start()], match[0]
        is_opening = character in "“「«〝„" or (
            character in '"＂' and (not is_open if passage.language.is_east_asian else bool(_BEFORE_OPENING_MARK.search(before)))
        )
        is_open = is_opening
        if not (before[-1:].isdigit() and character == '"' and not is_opening):
            yield match, is_opening
