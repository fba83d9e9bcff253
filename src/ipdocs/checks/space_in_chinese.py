"""Spaces in Chinese text: between characters, and beside figures or Latin words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.locale.conversion.characters import HAN

_CHINESE = f"{HAN}\u3001-\u3011\uff01-\uff5e○〇"
_SPACE = re.compile(
    f"(?<=[{_CHINESE}])[ \u00a0\u2002-\u200a\u202f]+(?=\\S)|(?<=\\S)[ \u00a0\u2002-\u200a\u202f]+(?=[{_CHINESE}])"
)

_JOINING = re.compile(f"(?<=[{_CHINESE}]) [Xx×+&/] (?=[{_CHINESE}A-Z])")


def space_in_chinese(passage: Passage) -> Iterator[Violation]:
    """Find spaces beside Chinese characters, unless the house style has a space between Chinese and Latin.

    Ideographic spaces are accepted, because they widen names of two characters. Spaces on both sides of a single letter or sign
    that joins two names are accepted, too: 甲 X 乙.
    """
    if not passage.language.is_chinese:
        return
    has_latin_space = passage.language_style.cjk_latin_space
    for match in _SPACE.finditer(passage.plain):
        neighbours = passage.plain[match.start() - 1] + passage.plain[match.end()]
        if not (has_latin_space and any(character.isascii() and character.isalnum() for character in neighbours)):
            if any(joint.start() <= match.start() and match.end() <= joint.end() for joint in _JOINING.finditer(passage.plain)):
                continue
            yield Violation("there is a space beside a Chinese character", (Highlight(passage, *match.span()),), "delete it", "")
