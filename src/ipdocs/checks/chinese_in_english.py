"""Chinese words in an English text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.locale.conversion.characters import HAN

_CHINESE = re.compile(f"[{HAN}]+(?:[，、。；：]?[{HAN}]+)*")
_AFTER_OPENING_MARK = re.compile(r"[(（\[“‘\"'「『《][^)）\]”’\"'」』》]*$")


def chinese_in_english(passage: Passage) -> Iterator[Violation]:
    """Find Chinese words in English, except in brackets or quotation marks."""
    if not passage.language.is_latin:
        return
    for match in _CHINESE.finditer(passage.plain):
        if not _AFTER_OPENING_MARK.search(passage.plain[: match.start()]):
            hint = "translate it, or put it in brackets"
            message = f"{match[0]} is Chinese in {passage.language.with_article} text"
            yield Violation(message, (Highlight(passage, *match.span()),), hint)
