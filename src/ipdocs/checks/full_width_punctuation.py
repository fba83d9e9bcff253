"""Full-width punctuation in English."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.locale.conversion.characters import HAN

_HALF_WIDTH = dict(zip("，、。；：！？（）／％～－＆＋＝．", ",,.;:!?()/%~-&+=.", strict=True))
_MARK = re.compile(f"[{''.join(_HALF_WIDTH)}]")
_CHINESE = re.compile(f"[{HAN}]")


def full_width_punctuation(passage: Passage) -> Iterator[Violation]:
    """Find full-width marks in languages with Latin letters, except beside Chinese characters."""
    if not passage.language.is_latin:
        return
    for match in _MARK.finditer(passage.plain):
        neighbours = passage.plain[max(match.start() - 1, 0) : match.start()] + passage.plain[match.end() : match.end() + 1]
        if not _CHINESE.search(neighbours):
            half_width = _HALF_WIDTH[match[0]]
            space = " " if half_width in ",;:!?." and passage.plain[match.end() : match.end() + 1].strip() else ""
            yield Violation(
                f"{match[0]} is Chinese punctuation in {passage.language.with_article} text",
                (Highlight(passage, *match.span()),),
                f"write {half_width}",
                half_width + space,
            )
