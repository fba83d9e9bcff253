"""Facts proposed for values that both languages state: forms, names, and which equal values are the same thing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ipdocs.importing.fact_proposals import ProposedFacts, ProposedTexts, propose_facts, with_facts_of
from ipdocs.importing.stated_values import stated_values
from ipdocs.locale.language import language
from ipdocs.locale.style import house_style
from ipdocs.source.format import new_block_id
from ipdocs.source.segment import Segment, segment, to_source_text
from ipdocs.values.types import Date
from ipdocs.values.value_context import ValueContext
from ipdocs.workspace import Workspace

WORKSPACE = Workspace()
ISSUED = Date(2026, 3, 5)
SETTINGS = (
    ValueContext(language("en", WORKSPACE), house_style("gia", WORKSPACE), ISSUED),
    ValueContext(language("tc", WORKSPACE), house_style("gia", WORKSPACE), ISSUED),
)


def proposed(english: str, chinese: str, facts: ProposedFacts | None = None) -> ProposedTexts:
    return propose_facts((english,), (chinese,), SETTINGS, facts or ProposedFacts(), WORKSPACE)


def texts(result: ProposedTexts) -> tuple[str, str]:
    return to_source_text(result.first), to_source_text(result.second)


def stated(text: Segment) -> str:
    """Return a text with the values of its facts."""
    return "".join(part if isinstance(part, str) else part.display for part in text)


@pytest.mark.parametrize(
    ("english", "chinese", "in_english", "in_chinese"),
    [
        ("up 60 per cent", "上升六成", "up {{ share }}", '上升{{ share | percent("成") }}'),
        ("seven piers closed", "7個碼頭關閉", "{{ piers | count }} piers closed", '{{ piers | number("figures") }}個碼頭關閉'),
        ("the fourth pier", "第四個碼頭", 'the {{ pier | ordinal("words") }} pier', '{{ pier | ordinal("words") }}個碼頭'),
        ("the Eighth Council", "第八屆議會", 'the {{ council | ordinal("words") | capital }} Council', "{{ council }}屆議會"),
        ("until noon", "至中午", 'until {{ time | time("without-hour") }}', '至{{ time | time("without-hour") }}'),
        ("since May 2020", "二零二零年五月起", "since {{ month }}", '{{ month | date("零") }}起'),
        ("in the year 2020", "在二零二零年", "in the year {{ year }}", '在{{ year | year("零") }}'),
        ("It rose by 1.4 per cent.", "上升1.4%。", "It rose by {{ share | percent }}.", "上升{{ share | percent }}。"),
        ("costs $24.4 million", "費用二千四百四十萬元", "costs {{ amount | money }}", "費用{{ amount | money }}"),
        (
            "a plan of US$3.5 billion",
            "35億美元的計劃",
            'a plan of {{ plan | money("figures") }}',
            '{{ plan | money("figures") }}的計劃',
        ),
        ("costs HK$200 million", "費用二億元", "costs HK{{ amount | money }}", "費用{{ amount }}"),
        ("index of 102.8", "指數為一百零二點八", "index of {{ index }}", '指數為{{ index | number("words") }}'),
        ("two-thirds of it", "其中三分之二", "{{ fraction | fraction }} of it", "其中{{ fraction | fraction }}"),
        ("today (March 5)", "今日（三月五日）", "{{ issued | today }}", "{{ issued | today }}"),
        ("Call 2000 4321 for help.", "請致電2000 4321。", "Call {{ phone | phone }} for help.", "請致電{{ phone | phone }}。"),
        ("open from Monday to Friday", "星期一至五開放", "open from {{ weekday | weekday }}", "{{ weekday | weekday }}開放"),
        (
            "a fall (-2.5%) in May",
            "五月下跌2.5%",
            'a fall (-{{ share | percent("%") }}) in May',
            '五月下跌{{ share | percent("%") }}',
        ),
        ("for two hours", "為時兩小時", "for {{ hours | count }} hours", "為時{{ hours | count }}小時"),
        ("children aged 60", "60歲長者", "children aged {{ count | number }}", "{{ count | number }}歲長者"),
    ],
)
def test_values_become_facts_in_their_own_forms(english: str, chinese: str, in_english: str, in_chinese: str) -> None:
    result = proposed(english, chinese)
    assert texts(result) == (in_english, in_chinese)
    assert (stated(result.first), stated(result.second), result.doubtful) == (english, chinese, ())


def test_a_date_and_its_weekday_are_two_expressions_of_one_fact() -> None:
    result = proposed("It opens on Saturday, March 7, 2026.", "二○二六年三月七日（星期六）開幕。")
    assert texts(result) == (
        "It opens on {{ day | weekday }}, {{ day | date }}.",
        "{{ day | date }}（{{ day | weekday }}）開幕。",
    )


def test_equal_numbers_are_paired_by_their_units() -> None:
    facts = ProposedFacts()
    result = proposed("The 5 stalls stay for 5 days.", "市集為期5天，設有5個攤位。", facts)
    assert texts(result) == (
        'The {{ stalls | number("figures") }} stalls stay for {{ days | number("figures") }} days.',
        '市集為期{{ days | number("figures") }}天，設有{{ stalls | number("figures") }}個攤位。',
    )
    assert facts.by_name == {"stalls": ("integer", "5"), "days": ("integer", "5")}
    assert not result.doubtful


@pytest.mark.parametrize(
    ("english", "chinese", "count"),
    [
        ("It lasts five days.", "設有五個攤位。", 1),  # two units
        ("There are five stalls and five tents.", "設有五個帳篷和五個攤位。", 2),  # nothing shows the order
        ("There are five stalls and five tents.", "設有五個項目。", 1),  # one of two
        ("The fine is $5,000 and the fee $5,000.", "費用為五千元，罰款為五千元。", 2),  # nothing shows the order
    ],
)
def test_doubtful_values_stay_text(english: str, chinese: str, count: int) -> None:
    result = proposed(english, chinese)
    assert texts(result) == (english, chinese)
    assert len(result.doubtful) == count


def test_a_value_stated_once_more_stays_text_there() -> None:
    english = "The 36 stalls opened on May 2. All 36 stalls are new."
    result = proposed(english, "36個攤位於五月二日開放，全屬新設。")
    assert to_source_text(result.first).count("{{ stalls") == to_source_text(result.second).count("{{ stalls") == 1
    assert stated(result.first) == english


def test_percentages_in_a_list_are_paired_in_order() -> None:
    facts = ProposedFacts()
    result = proposed("They rose by 1.4%, 1.2% and 1.2%.", "分別上升1.4%、1.2%及1.2%。", facts)
    assert texts(result)[1] == '分別上升{{ share | percent("%") }}、{{ share_2 | percent("%") }}及{{ share_3 | percent("%") }}。'


def test_one_quantity_is_one_fact_in_all_paragraphs() -> None:
    facts = ProposedFacts()
    proposed("The 5 stalls open on May 2.", "五個攤位五月二日開放。", facts)
    proposed("They close after 5 days; the five stalls are new.", "五個新攤位於五天後關閉。", facts)
    proposed("Stalls open on May 2 at 5pm.", "攤位五月二日下午五時開放。", facts)
    assert [*facts.by_name] == ["stalls", "day", "days", "time"]


def test_other_equal_percentages_are_facts_of_their_own() -> None:
    facts = ProposedFacts()
    proposed("Rents rose by 1.2%.", "租金上升1.2%。", facts)
    proposed("Fares rose by 1.2%.", "車費上升1.2%。", facts)
    assert [*facts.by_name] == ["share", "share_2"]


def test_amounts_are_named_after_what_they_measure() -> None:
    facts = ProposedFacts()
    proposed("a fine of $5,000 and transport (4.3%)", "罰款五千元，交通（4.3%）", facts)
    assert [*facts.by_name] == ["fine", "transport"]


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("one stall", "一個攤位"),
        ("two stalls", "兩個攤位"),
        ("Mobile Library 6", "流動圖書館六"),
        ("under Cap. 599", "根據第599章"),
    ],
)
def test_small_counts_and_numbers_in_names_stay_text(english: str, chinese: str) -> None:
    assert texts(proposed(english, chinese)) == (english, chinese)


def test_the_figures_of_powers_are_no_values() -> None:
    english = segment("They have 36 m^3^ and 10^6^ grains.")
    chinese = segment("有36立方米（m^3^）及10^6^粒。")
    result = propose_facts(english, chinese, SETTINGS, ProposedFacts(), WORKSPACE)
    assert [to_source_text(result.first), to_source_text(result.second)] == [
        "They have {{ count | number }} m^3^ and 10^6^ grains.",
        "有{{ count | number }}立方米（m^3^）及10^6^粒。",
    ]


def test_an_empty_text_has_no_values() -> None:
    context = ValueContext(language("tc", Workspace()), house_style("gia", Workspace()), Date(2026, 1, 22))
    assert list(stated_values((), context)) == []


def test_a_third_language_has_the_facts_of_the_first() -> None:
    english, chinese, other = ("Rain fell on 36 days; 40 trees fell.",), ("36日有雨，40棵樹倒下。",), ("36日有雨，五棵树倒下。",)
    facts = propose_facts(english, chinese, SETTINGS, ProposedFacts(), WORKSPACE)
    simplified = replace(SETTINGS[1], language=language("sc", WORKSPACE))
    found = with_facts_of(english, facts.names, other, (SETTINGS[0], simplified), WORKSPACE)
    assert to_source_text(facts.first) == "Rain fell on {{ days | number }} days; {{ trees | number }} trees fell."
    assert to_source_text(found) == "{{ days | number }}日有雨，五棵树倒下。"


def test_the_id_of_a_heading_has_no_names_of_facts() -> None:
    assert new_block_id("heading", 1, "Tel: {{ phone | phone }}", ()) == "tel"


def test_the_word_of_a_large_number_names_no_fact() -> None:
    facts = ProposedFacts()
    proposed("a rise of $38.2 billion (10.2 per cent)", "增加382億元（10.2%）", facts)
    assert "billion" not in facts.by_name
