"""Spaces that stand before English punctuation, or are missing behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation

_BEFORE = re.compile(r"(?<=[\w)\]\"”’]) +(?=[,;:!?)\]](?![)(DP])|\.(?![\w.]))")
_AFTER_OPENING = re.compile(r"(?<=[(\[]) +(?=\S)")
_MISSING = re.compile(
    r"(?<=[A-Za-z)\"”])([,;!?])(?=[A-Za-z(\"“])|(?<=[A-Za-z)]):(?=[A-Za-z]{2})|(?<=[a-z]{2})\.(?=[A-Z][a-z]*\b)"
)


def space_at_punctuation(passage: Passage) -> Iterator[Violation]:
    """Find a space before a comma or full stop, a missing one behind it, and one inside a bracket."""
    if passage.language.is_chinese:
        return
    for pattern in (_BEFORE, _AFTER_OPENING):
        for match in pattern.finditer(passage.plain):
            end = match.end() + (pattern is _BEFORE)
            start = match.start() - (pattern is _AFTER_OPENING)
            marked = passage.plain[start:end]
            yield Violation(
                f"a space {'before' if pattern is _BEFORE else 'behind'} {marked.strip()}",
                (Highlight(passage, start, end),),
                "delete it",
                marked.strip(),
            )
    for match in _MISSING.finditer(passage.plain):
        if not passage.is_in_address(*match.span()) and not _is_quote_end(passage.plain, match):
            mark = (Highlight(passage, match.start(), match.end() + 1),)
            yield Violation(f"no space behind {match[0]}", mark, "put one there", f"{match[0]} {passage.plain[match.end()]}")


def _is_quote_end(text: str, match: re.Match[str]) -> bool:
    """Whether a quotation mark behind a mark of punctuation closes: they come in pairs."""
    return text[match.end()] == '"' and text[: match.end()].count('"') % 2 == 1
