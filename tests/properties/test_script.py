"""What holds of every conversion, whatever the text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipdocs.locale.conversion.characters import characters, wrong_script_characters
from ipdocs.locale.conversion.converter import Converter, converter
from ipdocs.locale.conversion.engine import DIRECTIONS
from ipdocs.locale.glossary import glossary
from ipdocs.locale.language import language
from ipdocs.workspace import Workspace

TRADITIONAL = (
    "粵港保護知識產權合作專責小組第十七次會議在廣州舉行透過資訊交流加強執法說明用戶閱覽啟動稅務脫離銳意布峰群床了解匯報干擾覆核暫准周三"
    "編製年報人事編制余范于岳郁鍾署長先生女士議員主席發展頭髮後皇后裏公里只隻系係關係製造制度註注並合併準批准乾淨幹事支援支持持份者帳戶質素"
    "數碼軟件甚麼占佔標籤簽署梁橋樑範圍厘釐定回復回覆一出路"
)
SIMPLIFIED = converter("tc", "sc", Workspace()).convert(TRADITIONAL)
PHRASES = {
    "tc": [
        "透過",
        "資訊科技",
        "覆核",
        "舉行會議",
        "通過會議紀錄",
        "編製年報",
        "人事編制",
        "余署長",
        "反覆核對",
        "數碼港",
        "「",
        "」",
    ],
    "sc": ["透过", "资讯科技", "覆核", "编制年报", "人事编制", "余署长", "反复核对", "于先生", "人参加", "记名表决", "局长发言"],
    "cn": ["通过", "信息技术", "复核", "召开会议", "通过会议纪录", "数字经济", "统计数字", "“", "”", "质量监督", "审议通过。"],
}
PROTECTED = st.sampled_from(
    ["{{ 說明 | 国语 }}", "[說明国]{keep}", "https://example.org/說明国?x=透過", "](国說.html)", "\ue123", "\U000f0abc"]
)
OUTSIDE = st.text(st.characters(exclude_categories=["Cs", "Cc"], max_codepoint=0x2FF), max_size=8)
CONVERTERS = [pytest.param(*direction, id="-".join(direction)) for direction in DIRECTIONS]


def converter_of(source: str, target: str) -> Converter:
    return converter(source, target, Workspace())


def texts(source: str, *more: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Texts of a language: its characters and phrases, punctuation, digits and Latin, in any order."""
    letters = st.text(TRADITIONAL if source == "tc" else SIMPLIFIED, max_size=6)
    names = st.sampled_from([term.text(source) for term in glossary(Workspace()).terms.values()])
    signs = st.sampled_from(["，", "。", "：", "（", "）", "、", "\n", " ", "2018", "IP", "**", "_", "；"])
    return st.lists(st.one_of(letters, st.sampled_from(PHRASES[source]), names, signs, *more), max_size=12).map("".join)


@pytest.mark.parametrize(("source", "target"), CONVERTERS)
@settings(max_examples=400, deadline=None)
@given(data=st.data())
def test_conversion_is_idempotent(source: str, target: str, data: st.DataObject) -> None:
    text = data.draw(texts(source, OUTSIDE, PROTECTED))
    once = converter_of(source, target).convert(text)
    assert converter_of(source, target).convert(once) == once


@pytest.mark.parametrize(("source", "target"), CONVERTERS)
@settings(max_examples=200, deadline=None)
@given(data=st.data(), span=PROTECTED)
def test_protected_spans_survive(source: str, target: str, data: st.DataObject, span: str) -> None:
    start, end = data.draw(texts(source)), data.draw(texts(source))
    assert span in converter_of(source, target).convert(f"{start}{span} {end}")


@pytest.mark.parametrize(("source", "target"), CONVERTERS)
@settings(max_examples=300, deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs", "Lo"], exclude_characters="「」『』“”‘’"), max_size=60))
def test_text_that_is_not_chinese_is_unchanged(source: str, target: str, text: str) -> None:
    assert converter_of(source, target).convert(text) == text


@pytest.mark.parametrize(("source", "target"), CONVERTERS)
@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_numbers_latin_and_markdown_keep_their_order(source: str, target: str, data: st.DataObject) -> None:
    text = data.draw(
        texts(source, st.sampled_from(["[", "](a/b.html)", "`", "# ", "- ", "|", "Cap. 559", "CB(2)768/05-06(01)", "%"]))
    )
    kept = re.compile(r"[\x00-\x7f]+")
    assert kept.findall(converter_of(source, target).convert(text)) == kept.findall(text)


@pytest.mark.parametrize(("source", "target"), CONVERTERS)
@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_result_has_no_character_of_the_other_script(source: str, target: str, data: st.DataObject) -> None:
    converted = converter_of(source, target).convert(data.draw(texts(source)))
    names = {character for term in glossary(Workspace()).terms.values() for character in term.text(target)}
    assert [entry for entry in wrong_script_characters(converted, language(target, Workspace())) if entry[1] not in names] == []


@pytest.mark.parametrize(("source", "target"), CONVERTERS)
@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_conversion_adds_no_taiwan_forms(source: str, target: str, data: st.DataObject) -> None:
    text = data.draw(texts(source))
    known = glossary(Workspace())
    if not known.find_forbidden(text, source):
        assert known.find_forbidden(converter_of(source, target).convert(text), target) == []


@settings(max_examples=300, deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_any_text_can_be_converted(text: str) -> None:
    for source, target in DIRECTIONS:
        converter_of(source, target).convert(text)


def test_every_standard_character_becomes_traditional() -> None:
    text = "\n".join(sorted(characters("simplified")))
    assert wrong_script_characters(converter_of("sc", "tc").convert(text), language("tc", Workspace())) == []
