"""Spaces before English punctuation, and missing spaces after it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.values.fields import MONTHS

_SPACE_BEFORE_MARK = re.compile(r"(?<=[\w)\]\"”’]) +(?=[,;:!?)\]](?![)(DP])|\.(?![\w.]))")
_SPACE_AFTER_BRACKET = re.compile(r"(?<=[(\[]) +(?=\S)")
_MISSING_SPACE = re.compile(
    r"(?<=[A-Za-z)\"”])([,;!?])(?=[A-Za-z(\"“])|(?<=[A-Za-z)]):(?=[A-Za-z]{2})|(?<=[a-z]{2})\.(?=[A-Z][a-z]*\b)"
)
_MISSING_SPACE_BEFORE = re.compile(rf"(?<=[a-z0-9)])\((?=[A-Za-z]{{3,}} )|\b(?:{'|'.join(MONTHS)})(?=\d)")


def space_at_punctuation(passage: Passage) -> Iterator[Violation]:
    """Find a space before a mark or inside a bracket, and a missing space after a mark or before a bracket.

    A missing space between a month and its day is also found.
    """
    if not passage.language.is_latin:
        return
    for pattern in (_SPACE_BEFORE_MARK, _SPACE_AFTER_BRACKET):
        for match in pattern.finditer(passage.plain):
            end = match.end() + (pattern is _SPACE_BEFORE_MARK)
            start = match.start() - (pattern is _SPACE_AFTER_BRACKET)
            punctuation = passage.plain[start:end].strip()
            if pattern is _SPACE_BEFORE_MARK and punctuation in passage.language_style.space_before:
                continue
            yield Violation(
                f"there is a space {'before' if pattern is _SPACE_BEFORE_MARK else 'after'} {punctuation}",
                (Highlight(passage, start, end),),
                "delete it",
                punctuation,
            )
    for match in _MISSING_SPACE.finditer(passage.plain):
        if not passage.is_in_web_address(*match.span()) and not _is_quote_end(passage.plain, match):
            highlight = Highlight(passage, match.start(), match.end() + 1)
            fix = f"{match[0]} {passage.plain[match.end()]}"
            yield Violation(f"there is no space after {match[0]}", (highlight,), "insert a space", fix)
    for match in _MISSING_SPACE_BEFORE.finditer(passage.plain) if passage.language.is_english else ():
        if not passage.is_in_web_address(*match.span()):
            mark = match[0]
            message = f"there is no space {'before' if mark == '(' else 'after'} {mark}"
            fix = f" {mark}" if mark == "(" else f"{mark} "
            yield Violation(message, (Highlight(passage, *match.span()),), "insert a space", fix)


def _is_quote_end(text: str, match: re.Match[str]) -> bool:
    """Whether a closing quotation mark follows the punctuation mark."""
    return text[match.end()] == '"' and text[: match.end()].count('"') % 2 == 1
