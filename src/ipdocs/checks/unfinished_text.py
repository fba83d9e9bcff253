"""Placeholders that the author has not filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.locale.conversion.characters import HAN

_PLACEHOLDER = re.compile(
    r"\b(?:TB[ACD]|TODO|FIXME|XX+|xxx+|NNN*)\b|X{2,}(?=[月日年人元時号號%])|\?{3,}|_{3,}|＿{2,}|\bLorem ipsum\b"
    r"|\[(?:[^\[\]]*\b(?:date|name|number|amount|insert|to be|check|confirm)\b[^\[\]]*|[ …_]*)\]"
    rf"|(?<![一二三四五六七八九十百千零○〇])[○〇]{{2,}}(?![一二三四五六七八九十])|[【\[](?:待[{HAN}]+|日期|姓名|數目)[】\]]|(?<![{HAN}])[×╳]{{2,}}|某某"
)
_BEFORE_ROMAN_NUMERAL = re.compile(r"(?:[A-Z][a-z]+|No\.) $")


def unfinished_text(passage: Passage) -> Iterator[Violation]:
    """Find placeholders for text, such as XX, TBC and [date]."""
    for match in _PLACEHOLDER.finditer(passage.plain):
        if not passage.is_in_web_address(*match.span()) and not (
            match[0].strip("X") == "" and _BEFORE_ROMAN_NUMERAL.search(passage.plain[: match.start()])
        ):
            yield Violation(
                f"{match[0]} is a placeholder", (Highlight(passage, *match.span()),), "write the text in place of the placeholder"
            )
