"""Quotation marks that are not those of the house style."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation

_DOUBLE = re.compile('["“”„‟«»＂「」〝〞]')
_OPENS = re.compile(r"(?:^|[\s(（\[「『“‘—–/-])$")


def quotation_marks(passage: Passage) -> Iterator[Violation]:
    """Find double quotation marks that are not those of the house style for the language."""
    opening, closing = passage.section.quotes[0]
    is_open = False
    for match in _DOUBLE.finditer(passage.plain):
        before = passage.plain[: match.start()]
        character = match[0]
        opens = character in "“「«〝„" or (
            character in '"＂' and (not is_open if passage.language.is_chinese else bool(_OPENS.search(before)))
        )
        is_open = opens
        house_mark = opening if opens else closing
        if character not in (opening, closing) and not (before[-1:].isdigit() and character == '"' and not opens):
            style = passage.setting.style.name
            yield Violation(
                f"{style} does not use the quotation mark {character}",
                (Highlight(passage, *match.span()),),
                f"write {house_mark}",
                house_mark,
            )
