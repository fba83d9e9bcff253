"""Small counts that one document writes both in figures and in Chinese numerals, such as 7間 and 八間."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from ipdocs.checks.checked_document import CheckedDocument
from ipdocs.checks.violation import Highlight, Violation

_MEASURE_WORDS = "個个名宗項项間间所家份座輛辆位組组層层種种類类條条隻只張张幅部艘架輪轮"
_COUNT = re.compile(
    f"(?<![0-9.,第/])(?P<figure>[2-9]|10)[{_MEASURE_WORDS}]"
    f"|(?<![0-9第之、至零○〇一二三四五六七八九十百千萬万億亿兩两幾几數数分])[二兩两三四五六七八九十][{_MEASURE_WORDS}]"
)
_ROLES = ("paragraph", "quotation", "item", "intro")


def counts_two_ways(document: CheckedDocument) -> Iterator[Violation]:
    """Find counts from two to ten that have figures in one place and Chinese numerals in another, with the same measure word.

    The rarer kind of numerals is reported; tables and titles, where figures save space, are ignored.
    """
    kinds_by_measure_word: dict[tuple[str, str], dict[bool, list[Highlight]]] = defaultdict(lambda: {True: [], False: []})
    for passage in document.passages:
        if passage.role in _ROLES and passage.language.is_chinese:
            for match in _COUNT.finditer(passage.plain):
                if not passage.is_computed(match.start(), match.end() - 1):  # the style writes the numerals of facts
                    kinds = kinds_by_measure_word[passage.language.code, match[0][-1]]
                    kinds[match["figure"] is not None].append(Highlight(passage, *match.span()))
    for kinds in kinds_by_measure_word.values():
        rarer, commoner = sorted(kinds.values(), key=len)
        if rarer:
            message = f"{rarer[0].text} and {commoner[0].text} are written in different numerals"
            yield Violation(message, (rarer[0], commoner[0]), "write counts up to ten in the same numerals throughout")
