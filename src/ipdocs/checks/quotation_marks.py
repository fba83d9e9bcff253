"""Quotation marks that are not the house style's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation

_DOUBLE = re.compile('["“”„‟«»＂「」〝〞]')
_OPENS = re.compile(r"(?:^|[\s(（\[「『“‘—–/-])$")


def quotation_marks(passage: Passage) -> Iterator[Violation]:
    """Find double quotation marks other than those the house style has for the language."""
    opening, closing = passage.section.quotes[0]
    open_ = False
    for match in _DOUBLE.finditer(passage.plain):
        before = passage.plain[: match.start()]
        character = match[0]
        opens = character in "“「«〝„" or (
            character in '"＂' and (not open_ if passage.language.is_chinese else bool(_OPENS.search(before)))
        )
        open_ = opens
        right = opening if opens else closing
        if character not in (opening, closing) and not (before[-1:].isdigit() and character == '"' and not opens):
            style = passage.setting.style.name
            yield Violation(
                f"{character} is not a quotation mark of {style}", (Highlight(passage, *match.span()),), f"write {right}", right
            )
