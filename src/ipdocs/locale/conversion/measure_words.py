"""Measure words whose Traditional form depends on the noun that follows: 齣 for plays, 隻 for animals, ships and funds."""

from __future__ import annotations

import re

from ipdocs.locale.conversion.characters import HAN

_NUMBER = "[0-9０-９一二兩三四五六七八九十百千萬多數幾每首]"
_PLAY = re.compile(f"(?<=[這那{_NUMBER[1:]})出(?=[{HAN}]{{0,4}}(?:劇(?![目團院場本組])|戲(?![院曲])|戲曲(?!中心)|電影(?!院)))")
_KINDS = "大|小|野|活|死|幼|雄|雌|黑|白|藍籌|流浪|瀕危"
_COUNTED = "狗犬貓鳥雀鴿雞鴨鵝鵪豬牛羊馬驢猴猿鼠兔龜鱉蛇蛙蟹蝦蟲蚊蠅蜂蝶熊虎獅豹狼狐鯨豚鯊鹿鷹鷺船艇艦舢躉"
_MORE_COUNTED = "基金|股份|股票|藍籌股|債券|寵物|動物|海豚|戒指|手指|手錶|手套|耳朵|眼睛|牙齒|貨櫃船"
_HEAD = re.compile(f"(?<={_NUMBER})只(?=(?:{_KINDS})*(?:[{_COUNTED}]|{_MORE_COUNTED}))")


def with_measure_words(text: str) -> str:
    """Return a text in Traditional characters with 齣 and 隻 where a number stands before and a fitting noun behind."""
    if "出" in text:
        text = _PLAY.sub("齣", text)
    return _HEAD.sub("隻", text) if "只" in text else text
