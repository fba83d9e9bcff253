"""Text that is still in the other language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.checked_document import Pair
from ipdocs.checks.violation import Highlight, Violation, shortened, whole

_RUN = re.compile(r"[a-z]+(?:[ ,]+[a-z]+){2,}")
_SMALL_WORD = re.compile(r"(?<![\w@./-])[a-z]{3,}(?![\w@./-])")
_TITLES = ("title", "heading", "intro", "caption")


def untranslated(pair: Pair) -> Iterator[Violation]:
    """Find Chinese that is the English unchanged, and runs of English words left in it; names alone may stay Latin."""
    source, target = pair.source, pair.target
    if source.language.is_chinese == target.language.is_chinese:
        return
    if not target.has_chinese:
        words = _SMALL_WORD.search(target.plain) or (pair.unit.role in _TITLES and re.search("[A-Za-z]{3}", target.plain))
        if words and not target.is_in_address(0, len(target.plain)):
            here, there = target.language.code, source.language.code
            message = f"{here} is the {there} text" if target.plain == source.plain else f"{here} has no Chinese"
            yield Violation(message, (whole(target), Highlight(source)), f"translate “{shortened(source.plain)}”")
        return
    for match in _RUN.finditer(target.plain):
        if not target.is_in_address(*match.span()) and not _is_quoted(target.plain, match):
            yield Violation(f"{match[0]!r} is not translated", (Highlight(target, *match.span()), Highlight(source)))


def _is_quoted(text: str, match: re.Match[str]) -> bool:
    before, after = text[: match.start()], text[match.end() :]
    return bool(re.search("[（(「『《“][^）)」』》”]*$", before) and re.search("^[^（(「『《“]*[）)」』》”]", after))
