"""Measure words with a Traditional form of their own: 齣 for plays, 隻 for animals, ships and funds, 伙 for homes."""

from __future__ import annotations

import re

from ipdocs.locale.conversion.characters import HAN

_NUMBER = "[0-9０-９一二兩三四五六七八九十百千萬多數幾每首該這那]"
_PERFORMANCE = (
    "劇(?![團院場本組])|曲目|戲(?![院曲])|戲曲(?!中心)|電影(?!院)|製作(?![公組人費團])"
    "|[語產俠作劇情怖難戰西影短畫錄歲色傳記舞武史默志愛罪疑悚港粵藝新舊獎長續]片(?![面段商場頭])"
)
_VERB_AFTER_OUT = (
    "口版現門席去來生發售產入車身任手動色線路場示事道閘租資名台局世於自了得就便即院獄境國港海擊球面力賽戰征逃走遊嫁家錯頭"
)
_PLAY = re.compile(f"(?<={_NUMBER})出(?![{_VERB_AFTER_OUT}])(?=(?:[{HAN}]{{1,14}}的)?[{HAN}]{{0,4}}(?:{_PERFORMANCE}))")
_KINDS = "大|小|野|活|死|幼|雄|雌|黑|白|藍籌|流浪|瀕危"
_COUNTED = "狗犬貓鳥雀鴿雞鴨鵝鵪豬牛羊馬驢猴猿鼠兔龜鱉蛇蛙蟹蝦蟲蚊蠅蜂蝶熊虎獅豹狼狐鯨豚鯊鹿鷹鷺船艇艦舢躉"
_MORE_COUNTED = (
    "基金|股份|股票|藍籌股|債券|寵物|動物|海豚|戒指|手指|手錶|手套|耳朵|眼睛|牙齒|貨櫃船|快艇|帆船|貨輪|郵輪"
    "|碗|碟|杯|筷子|鞋|襪|輪胎|箱子|股(?!東)"
)
_HEAD = re.compile(
    f"(?<={_NUMBER})只(?=(?:{_KINDS})*(?:[{_COUNTED}]|{_MORE_COUNTED}))|(?<=[0-9]{{2}})只(?=[至或及，。、；]|以[上下]|不等)"
)
_HOME = re.compile(r"(?:(?<=[0-9十百千萬])|(?<=[十百千萬][多餘])|(?<=[梯層][0-9一兩三四五六七八九十]))夥(?![人同計伴歹匪賊])")


def with_measure_words(text: str) -> str:
    """Return a text in Traditional characters with the measure words 齣, 隻 and 伙 where their nouns or numbers require them."""
    if "出" in text:
        text = _PLAY.sub("齣", text)
    if "夥" in text:
        text = _HOME.sub("伙", text)
    return _HEAD.sub("隻", text) if "只" in text else text
