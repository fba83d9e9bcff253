from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from decimal import Decimal as Number
from typing import Any

import pytest

from ipdocs.locale.language import language
from ipdocs.locale.style import house_style
from ipdocs.values import CannotRender, Setting, apply_filter, render_plain
from ipdocs.values.filters import Operand
from ipdocs.values.types import (
    HONG_KONG,
    Count,
    Date,
    DateTime,
    Integer,
    LinkValue,
    Money,
    Ordinal,
    Percent,
    PersonValue,
    Phone,
    TextValue,
    Time,
    TimeRange,
    Years,
)
from ipdocs.workspace import Workspace

ISSUED = DateTime(datetime(2018, 8, 22, 18, 30, tzinfo=HONG_KONG))


TODAY = Date(2018, 8, 22)


def setting(place: str, issued: Date | None = TODAY) -> Setting:
    style, short = place.split()
    return Setting(language(short, Workspace()), house_style(style, Workspace()), issued)


def written(name: str, value: Operand, place: str, *arguments: Any, **options: Any) -> str:
    return apply_filter(name, value, arguments, options, setting(place))


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("reprint en", "August 22 2018"),
        ("gia en", "August 22, 2018"),
        ("legco en", "22 August 2018"),
        ("gia tc", "二○一八年八月二十二日"),
        ("legco tc", "2018年8月22日"),
    ],
)
def test_the_issue_line_has_its_own_form_of_the_date(place: str, text: str) -> None:
    assert written("date", ISSUED, place, "issue-line") == text


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("gia en", "Wednesday, August 22, 2018 / HKT 18:30"),
        ("gia tc", "2018年8月22日（星期三） / 香港時間18時30分"),
        ("gia sc", "2018年8月22日（星期三） / 香港时间18时30分"),
    ],
)
def test_the_end_block_has_arabic_numerals_and_the_time_of_issue(place: str, text: str) -> None:
    assert f"{written('date', ISSUED, place, 'end-block')} / {written('time', ISSUED, place, 'end-block')}" == text


def test_the_end_blocks_minute_has_two_digits() -> None:
    assert written("time", Time(18, 5), "gia tc", "end-block") == "香港時間18時05分"


@pytest.mark.parametrize(
    ("day", "english", "chinese"),
    [
        (21, "yesterday (August 21)", "昨日（八月二十一日）"),
        (22, "today (August 22)", "今日（八月二十二日）"),
        (23, "tomorrow (August 23)", "明日（八月二十三日）"),
    ],
)
def test_today_is_seen_from_the_day_of_issue(day: int, english: str, chinese: str) -> None:
    assert written("today", Date(2018, 8, day), "gia en") == english
    assert written("today", Date(2018, 8, day), "gia tc") == chinese


@pytest.mark.parametrize(
    ("number", "english", "tc", "legco"), [(2, "two", "兩", "2"), (7, "seven", "七", "7"), (12, "12", "十二", "12")]
)
def test_a_count_is_in_words_up_to_nine_and_has_a_measure_word(number: int, english: str, tc: str, legco: str) -> None:
    for value in (Count(number), Integer(number), ["one"] * number):
        assert [written("count", value, place) for place in ("gia en", "gia tc", "legco tc")] == [english, tc, legco]


@pytest.mark.parametrize(
    ("number", "text"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (11, "11th"), (12, "12th"), (113, "113th"), (121, "121st")]
)
def test_english_ordinals_end_as_they_are_spoken(number: int, text: str) -> None:
    assert written("ordinal", Ordinal(number), "gia en") == text


@pytest.mark.parametrize(
    ("amount", "texts"),
    [
        (14_000_000, ["$14 million", "一千四百萬元", "1400萬元", "1400万港元"]),
        (29_200_000_000, ["$29.2 billion", "二百九十二億元", "292億元", "292亿港元"]),
        (1_234, ["$1,234", "一千二百三十四元", "1,234元", "1234港元"]),
        (123_456_789, ["$123,456,789", "一億二千三百四十五萬六千七百八十九元", "123,456,789元", "123456789港元"]),
    ],
)  # fmt: skip
def test_money_is_in_large_units_where_that_is_exact(amount: int, texts: list[str]) -> None:
    places = ("gia en", "gia tc", "legco tc", "gia cn")
    assert [written("money", Money("HKD", Number(amount)), place) for place in places] == texts


def test_a_currency_without_a_form_is_refused_with_those_that_have_one() -> None:
    with pytest.raises(CannotRender, match=r"^the house style has no form for CHF$") as refusal:
        written("money", Money("CHF", Number(1)), "gia en")
    assert refusal.value.hint == "it has HKD, USD, CNY, MOP, EUR, GBP, JPY; add yours under 'money'"


def test_times_are_as_the_style_has_them() -> None:
    afternoon = TimeRange(Time(12), Time(17, 5))
    assert written("time", afternoon, "gia en") == "noon to 5.05pm"
    assert written("time", afternoon, "legco en") == "12:00 noon to 5:05 pm"
    assert written("time", afternoon, "gia tc") == "中午十二時至下午五時零五分"
    assert written("time", afternoon, "legco tc") == "中午12時至下午5時05分"


def test_a_span_of_years_has_its_own_unit_where_one_is_given() -> None:
    assert written("years", Years(2018, 2019), "gia tc", "學年") == "二○一八至一九學年"
    assert written("years", Years(2018, 2019), "gia tc", unit="") == "二○一八至一九"
    assert written("years", Years(1999, 2000), "gia en") == "1999-2000"


def test_lists_are_joined_as_the_language_does() -> None:
    places = ["甲", "乙", "丙"]
    assert written("list", places, "gia tc") == "甲、乙及丙"
    assert written("list", places, "gia sc") == "甲、乙及丙"
    assert written("list", places, "gia cn") == "甲、乙和丙"
    assert written("list", places[:2], "gia tc", "以及") == "甲以及乙"
    assert written("list", places[:1], "gia tc") == "甲"
    assert written("list", ["trade", TextValue("law"), Integer(3)], "reprint en") == "trade, law and 3"
    assert written("list", ["a {0}", "b"], "gia en", "or") == "a {0} or b"


def test_a_person_has_post_title_and_acting_where_the_language_has_them() -> None:
    english = PersonValue("X", "Mr", "Director of Intellectual Property")
    chinese = PersonValue("某某", "先生", "知識產權署署長", acting=True)
    assert written("person", english, "gia en") == "Director of Intellectual Property, Mr X"
    assert written("person", chinese, "gia tc") == "署理知識產權署署長某某"
    assert written("person", PersonValue("X", "", "Director"), "gia en") == "Director, X"
    assert written("person", PersonValue("某某", "先生"), "gia tc") == "某某先生"
    assert written("person", PersonValue("X"), "gia en") == "X"
    assert written("person", PersonValue("", post="Director", acting=True), "gia en") == "Acting Director"


def test_a_telephone_number_keeps_the_groups_its_owner_gives_it() -> None:
    assert [written("phone", Phone(number), "gia en") for number in ("29614500", "182 80 80", "+852 2961 4500")] == [
        "2961 4500",
        "182 80 80",
        "+852 2961 4500",
    ]


def test_an_expression_without_filter_has_the_usual_form() -> None:
    values: list[Operand] = [
        Ordinal(17), Count(7), Integer(1400), Percent(Number("3.90")), Date(2018, 8, 21), Date(2003, 8), Date(None, 8, 21),
        Years(2018, 2019), TextValue("Guangzhou"), "finished", LinkValue("mailto:a@example.org"),
    ]  # fmt: skip
    assert [render_plain(value, setting("gia en")) for value in values] == [
        "17th", "seven", "1,400", "3.9 per cent", "August 21, 2018", "August 2003", "August 21", "2018-19", "Guangzhou",
        "finished", "a@example.org",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value", "arguments", "message", "hint"),
    [
        ("ordnial", Integer(1), (), "there is no filter 'ordnial'", "did you mean 'ordinal'?"),
        ("day", Integer(17), (), "'day' does not take an integer", "write | ordinal or | number or | count or | percent"),
        ("day", Date(2003, 8), (), "the date is a month, and its form shows a day", None),
        ("date", Date(2018, 8, 21), ("issued-line",), "there is no form 'issued-line'", "did you mean 'issue-line'?"),
        ("today", Date(2018, 8, 19), (), "2018-08-19 is 3 days before the issue", "write | day or | date"),
        ("today", Date(2018, 8), (), "a month is not a day", "write | month"),
        ("today", Date(None, 8, 21), (), "the date has no year", "give the fact its year"),
        ("year", Date(None, 8, 21), (), "the date has no year", "give the fact its year"),
        ("year", Years(2018, 2019), (), "2018-2019 is more than one year", "write | years"),
        ("ordinal", Integer(0), (), "there is no ordinal of 0", "ordinals begin at 1"),
        ("list", [], (), "an empty list cannot be joined", None),
        ("short", PersonValue("X"), (), "X has no short form", "add 'short' to the fact, or write | name"),
        ("post", PersonValue("X"), (), "X has no post", "write | name"),
        ("name", PersonValue("", post="Director"), (), "Director has no name", "write | post"),
        ("short", PersonValue("", post="Director"), (), "Director has no short form", "add 'short' to the fact, or write | post"),
        ("person", PersonValue(""), (), "the person has no post", "give the fact a name, a post or both"),
        ("name", PersonValue("", "Mr"), (), "the person has no name", "give the fact a name, a post or both"),
        ("number", Integer(1), ("big",), "'number' takes no argument", "it writes a number, in figures in English"),
        ("years", Years(2018, 2019), (5,), "'years' takes no argument but unit, in quotation marks",
         'it writes a span of years; `years("學年")` with another unit'),
        ("date", Date(2018, 8, 21), ("full", "day"), "'date' takes no argument but form, in quotation marks",
         'it writes a full date; `date("end-block")` and `date("issue-line")` as the ends of a release show it'),
    ],
)  # fmt: skip
def test_a_filter_that_does_not_fit_says_what_would(
    name: str, value: Operand, arguments: tuple[Any, ...], message: str, hint: str | None
) -> None:
    with pytest.raises(CannotRender) as refusal:
        written(name, value, "gia en", *arguments)
    assert (refusal.value.message, refusal.value.hint) == (message, hint)


def test_without_a_day_of_issue_nothing_is_today() -> None:
    with pytest.raises(CannotRender, match=r"^without a date of issue no day is today$"):
        apply_filter("today", Date(2018, 8, 21), (), {}, setting("gia en", None))


def test_a_moment_alone_says_neither_date_nor_time() -> None:
    with pytest.raises(CannotRender, match=r"^a date and time has no form of its own$") as refusal:
        render_plain(ISSUED, setting("gia en"))
    assert refusal.value.hint == "say which part you mean: write | date or | time"


def test_a_list_alone_is_neither_joined_nor_counted() -> None:
    with pytest.raises(CannotRender, match=r"^a list has no form of its own$") as refusal:
        render_plain(["a", "b"], setting("gia en"))
    assert refusal.value.hint == "write | list or | count"


def test_loading_the_values_does_not_load_babel() -> None:
    script = "import sys, ipdocs.values; sys.exit('babel' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
