"""A word written twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.locale.conversion.characters import HAN

_LATIN = re.compile(r"\b([^\W\d_]+(?:['’][a-z]+)?)[ \n]+\1\b", re.IGNORECASE)
_MAY_REPEAT = {"that", "had", "bye", "ha", "hear", "very", "so", "knock", "cha", "yo", "pom", "sik", "nous", "vous"}
"""Words that may be repeated, as in "the form that that officer had had", Sik Sik Yuen and French "nous nous réunissons"."""

_PAIR = re.compile(f"([{HAN}]{{2,6}})\\1")
_PARTICLE = re.compile(r"([的了在和與及於是將會為等有以由對被把從並而或但已也到])\1")
_NEIGHBOURS = {
    "的": ("目標", "士確"),
    "了": ("為除", "解結然斷無"),
    "在": ("現正存所潛內外實", "在都顯説說反需"),
    "和": ("共溫緩調飽總", "平諧解睦氣約暖"),
    "與": ("參給賦", "會否其"),
    "及": ("以普提涉觸遍顧波危論", "時早格"),
    "於": ("由關對鑑基屬位至等處善忠過終敢勇", ""),
    "是": ("於但可正還就都只凡總若也要", "次日非否項以"),
    "將": ("即必終行", "軍來會於近至"),
    "會": ("委員社工商協議學機宴集開約聯誼大公研市國理", "議員見晤計長面社場章"),
    "為": ("因作成認以行", "了何免期數"),
    "等": ("同平均", "候待級於"),
    "有": ("所擁具持設享佔還沒固", "關效限意助機利人所"),
    "以": ("所可得足加予", "及下上外內便免往來"),
    "由": ("自理緣", "於此"),
    "對": ("相面核針反應校絕配", "於外方此"),
    "被": ("", "告動子"),
    "把": ("", "握關持"),
    "從": ("服", "事而來前業此"),
    "並": ("", "非且"),
    "而": ("然從因反", "且已是言"),
    "或": ("", "者許"),
    "但": ("不", "是凡"),
    "已": ("而不自早", "經"),
    "也": ("", ""),
    "到": ("達得直", "達底處訪期位"),
}
"""Characters that can end one word and begin the next, such as 了 in 為了了解.

Each has two strings: the characters that may precede the doubled character (為), and those that may follow it (解).
"""

_REDUPLICATED = {"研究", "討論", "考慮", "謝謝", "哈", "步步", "處處", "人人"}


def doubled_word(passage: Passage) -> Iterator[Violation]:
    """Find words that are written twice in a row, except words such as 常常, and neighbours such as 為了 and 了解."""
    if passage.language.is_latin:
        for match in _LATIN.finditer(passage.plain):
            if match[1].lower() not in _MAY_REPEAT:
                yield _violation(passage, match, match[1])
        return
    if not passage.language.is_chinese:
        return
    for match in _PAIR.finditer(passage.plain):
        word = match[1]
        if len(set(word)) > 1 and word not in _REDUPLICATED and not _is_reduplication(word):
            yield _violation(passage, match, word)
    for match in _PARTICLE.finditer(passage.plain):
        before, after = passage.plain[max(match.start() - 1, 0) : match.start()], passage.plain[match.end() : match.end() + 1]
        may_precede, may_follow = _NEIGHBOURS[match[1]]
        if not (before and before in may_precede) and not (after and after in may_follow):
            yield _violation(passage, match, match[1])


def _is_reduplication(word: str) -> bool:
    """Whether a word may be repeated in correct Chinese: a word that begins with 一, as in 一步一步, or a number."""
    return word[0] == "一" or all(character in "一二三四五六七八九十百千○零兩" for character in word)


def _violation(passage: Passage, match: re.Match[str], word: str) -> Violation:
    return Violation(f"{word} is written twice", (Highlight(passage, *match.span()),), "delete one of the two", word)
