"""English codes and the Chinese words for them, such as G20 and 二十國集團, CO2 and 二氧化碳."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.passage import Passage, Span
from ipdocs.values.numerals import read_chinese

_NUMERAL = "(?P<n>[一二三四五六七八九十]{1,3}|[0-9]{1,3})"
_COUNTERPARTS = tuple(
    (re.compile(rf"(?<![A-Za-z0-9])(?:{english})(?![A-Za-z0-9])"), re.compile(chinese))
    for english, chinese in (
        (r"LCQ ?(?P<n>[0-9]{1,2})", f"立法[會会]{_NUMERAL}[題题]"),
        (r"(?:Primary|P\.?) ?(?P<n>[1-6])", f"小(?:[學学])?{_NUMERAL}"),
        (r"(?:Secondary|Form|S\.?|F\.?) ?(?P<n>[1-7])", f"中(?:[學学])?{_NUMERAL}"),
        (r"Q(?P<n>[1-4])", f"第{_NUMERAL}季"),
        (r"(?:1H|H1)", "上半年"),
        (r"(?:2H|H2)", "下半年"),
        (r"G(?P<n>[0-9]{1,2})", f"{_NUMERAL}[國国]集[團团]|{_NUMERAL.replace('<n>', '<m>')}大工業國"),
        ("3D", "立[體体]|三[維维]"),
        ("2D", "平面|二[維维]"),
        ("24/7", "二十四小[時时]|24小[時时]|全天候"),
        (r"COVID-19", "新冠|新型冠[狀状]病毒|2019冠[狀状]病毒病"),
        (r"(?:B2B|B2C|C2C|O2O|P2P)", "[對对線线上點点]"),
        (r"(?:t)?CO2(?:[- ]?(?:e|eq))?", "二氧化碳"),
        ("NO2", "二氧化氮"),
        ("SO2", "二氧化硫"),
        ("N2O", "氧化[亞亚]氮"),
        ("O3", "臭氧"),
        ("CH4", "甲烷"),
        ("H2O", "水"),
        ("H2", "[氫氢]"),
        ("O2", "氧"),
        ("N2", "氮"),
        (r"PM ?2\.5|PM ?10", "[懸悬]浮粒子|微粒"),
    )
)
"""Patterns of codes in English and of the words that Chinese has in place of them; their numbers should be equal."""

_HAS_CODE = re.compile("[A-Za-z][0-9]|[0-9][A-Za-z]|[A-Z]-[0-9]|24/7|Primary|Secondary|Form|[PSF]\\. ?[1-7]")
"""What each English pattern contains; a quick search, because few texts contain a code."""


def counterparts(english: Passage, chinese: Passage) -> Iterator[tuple[Span, Span, bool]]:
    """Yield codes in an English passage, the words for them in a Chinese passage, and whether their numbers are equal."""
    if not english.language.is_english or not chinese.language.is_chinese or not _HAS_CODE.search(english.plain):
        return
    for english_pattern, chinese_pattern in _COUNTERPARTS:
        for code in english_pattern.finditer(english.plain):
            for words in chinese_pattern.finditer(chinese.plain):
                yield Span(*code.span()), Span(*words.span()), _number(code) == _number(words)


def _number(match: re.Match[str]) -> int | None:
    numbers = [text for text in match.groupdict().values() if text]
    return (int(numbers[0]) if numbers[0].isdecimal() else read_chinese(numbers[0])) if numbers else None
