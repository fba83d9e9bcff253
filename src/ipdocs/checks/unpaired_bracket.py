"""Brackets without their partner."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.locale.conversion.characters import HAN

_PAIRS = {"(": ")", "（": "）", "[": "]", "［": "］", "【": "】", "〔": "〕", "{": "}"}
_WIDE = str.maketrans("（）［］", "()[]")
_NUMBERING = re.compile(
    rf"(?:^|(?<=[\s;；，,。：:]))[0-9A-Za-z一二三四五六七八九十]{{1,4}}[)）]|(?<=[{HAN}])(?:[a-z]|[0-9]{{1,2}})[)）]"
)


def unpaired_bracket(passage: Passage) -> Iterator[Violation]:
    """Find opening brackets never closed and closing ones never opened; a) and 1) may number without an opening one."""
    numbering = {match.end() - 1 for match in _NUMBERING.finditer(passage.plain)}
    open_: list[tuple[int, str]] = []
    for offset, character in enumerate(passage.plain):
        narrow = character.translate(_WIDE)
        if character in _PAIRS:
            open_.append((offset, _PAIRS[character].translate(_WIDE)))
        elif narrow in ")]}】〕":
            if open_ and open_[-1][1] == narrow:
                open_.pop()
            elif offset not in numbering:
                yield Violation(f"{character} closes nothing", (Highlight(passage, offset, offset + 1),))
    for offset, _ in open_:
        yield Violation(f"{passage.plain[offset]} is never closed", (Highlight(passage, offset, offset + 1),))
