"""Texts and phrases that are not translated."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.checked_document import Pair
from ipdocs.checks.violation import Highlight, Violation, shorten, whole_passage

_PHRASE = re.compile(r"[a-z]+(?:[ ,]+[a-z]+){2,}")
_LOWER_CASE_WORD = re.compile(r"(?<![\w@./-])[a-z]{3,}(?![\w@./-])")
_MIN_WORDS = 3
"""The number of words in lower case from which a text is not only a name."""
_TITLE_ROLES = ("title", "heading", "intro", "caption")


def untranslated(pair: Pair) -> Iterator[Violation]:
    """Find texts still in the other language, and Chinese texts with Latin phrases; names may stay in Latin letters."""
    source, target = pair.source, pair.target
    if source.language.is_latin and target.language.is_latin:
        yield from _copy(pair)
    if not source.language.is_latin or not target.language.is_chinese:
        return
    if not target.has_chinese:
        has_english_words = _LOWER_CASE_WORD.search(target.plain) or (
            pair.unit.role in _TITLE_ROLES and re.search("[A-Za-z]{3}", target.plain)
        )
        if has_english_words and not target.is_in_web_address(0, len(target.plain)):
            code, source_code = target.language.code, source.language.code
            is_copy = target.plain == source.plain
            message = f"the {code} text is {f'a copy of the {source_code} text' if is_copy else 'not in Chinese'}"
            yield Violation(message, (whole_passage(target), Highlight(source)), f"translate “{shorten(source.plain)}”")
        return
    for match in _PHRASE.finditer(target.plain):
        if not target.is_in_web_address(*match.span()) and not _is_quoted(target.plain, match):
            yield Violation(
                f"{match[0]!r} is not translated", (Highlight(target, *match.span()), Highlight(source)), "translate this phrase"
            )


def _copy(pair: Pair) -> Iterator[Violation]:
    """Yield a violation if a text of several words is the same in both of two languages with Latin letters."""
    source, target = pair.source, pair.target
    if target.plain == source.plain and len(re.findall(r"\b[a-zà-ÿ]{2,}\b", source.plain)) >= _MIN_WORDS:
        message = f"the {target.language.code} text is a copy of the {source.language.code} text"
        yield Violation(message, (whole_passage(target), Highlight(source)), f"translate “{shorten(source.plain)}”")


def _is_quoted(text: str, match: re.Match[str]) -> bool:
    before, after = text[: match.start()], text[match.end() :]
    return bool(re.search("[（(「『《“][^）)」』》”]*$", before) and re.search("^[^（(「『《“]*[）)」』》”]", after))
