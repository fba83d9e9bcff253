"""Double quotation marks in a form that the house style does not use."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation

_DOUBLE = re.compile('["“”„‟«»＂「」〝〞]')
_PAIRED = {"”": "“", "‟": "“", "„": "“", "»": "«", "」": "「", "〞": "〝"}
"""The opening mark of each closing mark."""

_BEFORE_OPENING_MARK = re.compile(r"(?:^|[\s(（\[「『“‘—–/-])$")


def quotation_marks(passage: Passage) -> Iterator[Violation]:
    """Find double quotation marks that the house style does not use in this language."""
    (opening, closing), inner_marks = passage.language_style.quotes
    is_open = False
    for match in _DOUBLE.finditer(passage.plain):
        before = passage.plain[: match.start()]
        character = match[0]
        is_opening = character in "“「«〝„" or (
            character in '"＂' and (not is_open if passage.language.is_east_asian else bool(_BEFORE_OPENING_MARK.search(before)))
        )
        is_open = is_opening
        house_mark = opening if is_opening else closing
        if character not in (opening, closing, *inner_marks) and not (
            before[-1:].isdigit() and character == '"' and not is_opening
        ):
            style = passage.value_context.style.name
            yield Violation(
                f"{style} does not use the quotation mark {character}",
                (Highlight(passage, *match.span()),),
                f"write {house_mark}",
                house_mark,
                cause=_PAIRED.get(character, character),
            )
