from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from decimal import Decimal as Number
from typing import Any

import pytest

from ipdocs.locale.language import language
from ipdocs.locale.style import house_style
from ipdocs.values.filters import FILTERS, Operand, apply_filter, render_plain
from ipdocs.values.form import CannotRender
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
from ipdocs.values.value_context import ValueContext
from ipdocs.workspace import Workspace

ISSUED = DateTime(datetime(2018, 8, 22, 18, 30, tzinfo=HONG_KONG))
TODAY = Date(2018, 8, 22)


def value_context(place: str, issued: Date | None = TODAY) -> ValueContext:
    style, code = place.split()
    return ValueContext(language(code, Workspace()), house_style(style, Workspace()), issued)


def filter_text(name: str, value: Operand, place: str, *arguments: Any, **options: Any) -> str:
    return apply_filter(name, value, arguments, options, value_context(place))


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
def test_the_issue_line_has_a_date_form(place: str, text: str) -> None:
    assert filter_text("date", ISSUED, place, "issue-line") == text


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("gia en", "Wednesday, August 22, 2018 / HKT 18:30"),
        ("gia tc", "2018年8月22日（星期三） / 香港時間18時30分"),
        ("gia sc", "2018年8月22日（星期三） / 香港时间18时30分"),
    ],
)
def test_the_end_block_has_date_and_time_in_figures(place: str, text: str) -> None:
    assert f"{filter_text('date', ISSUED, place, 'end-block')} / {filter_text('time', ISSUED, place, 'end-block')}" == text


def test_the_end_blocks_minute_has_two_digits() -> None:
    assert filter_text("time", Time(18, 5), "gia tc", "end-block") == "香港時間18時05分"


@pytest.mark.parametrize(
    ("day", "english", "chinese"),
    [
        (21, "yesterday (August 21)", "昨日（八月二十一日）"),
        (22, "today (August 22)", "今日（八月二十二日）"),
        (23, "tomorrow (August 23)", "明日（八月二十三日）"),
    ],
)
def test_today_is_relative_to_the_day_of_issue(day: int, english: str, chinese: str) -> None:
    assert filter_text("today", Date(2018, 8, day), "gia en") == english
    assert filter_text("today", Date(2018, 8, day), "gia tc") == chinese


@pytest.mark.parametrize(
    ("number", "english", "tc", "legco"),
    [(2, "two", "兩", "2"), (7, "seven", "七", "7"), (10, "10", "十", "10"), (12, "12", "12", "12")],
)
def test_a_count_up_to_nine_is_in_words(number: int, english: str, tc: str, legco: str) -> None:
    for value in (Count(number), Integer(number), ["one"] * number):
        assert [filter_text("count", value, place) for place in ("gia en", "gia tc", "legco tc")] == [english, tc, legco]


@pytest.mark.parametrize(
    ("number", "text"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (11, "11th"), (12, "12th"), (113, "113th"), (121, "121st")]
)
def test_english_ordinals_have_their_suffixes(number: int, text: str) -> None:
    assert filter_text("ordinal", Ordinal(number), "gia en") == text


@pytest.mark.parametrize(
    ("amount", "texts"),
    [
        (14_000_000, ["$14 million", "一千四百萬元", "1,400萬元", "1400万港元"]),
        (29_200_000_000, ["$29.2 billion", "二百九十二億元", "292億元", "292亿港元"]),
        (1_234, ["$1,234", "1\u00a0234元", "1,234元", "1234港元"]),
        (123_456_789, ["$123,456,789", "123\u00a0456\u00a0789元", "123,456,789元", "123456789港元"]),
    ],
)  # fmt: skip
def test_money_is_in_exact_large_units(amount: int, texts: list[str]) -> None:
    places = ("gia en", "gia tc", "legco tc", "gia cn")
    assert [filter_text("money", Money("HKD", Number(amount)), place) for place in places] == texts


@pytest.mark.parametrize(
    ("amount", "english", "chinese", "renminbi"),
    [
        ("16.50", "$16.50", "十六元五角", "人民幣十六元五角"),
        ("0.30", "$0.30", "三角", "人民幣三角"),
        ("0.05", "$0.05", "五分", "人民幣五分"),
        ("200.05", "$200.05", "二百元零五分", "人民幣二百元零五分"),
        ("8.25", "$8.25", "八元二角五分", "人民幣八元二角五分"),
        ("7.00", "$7.00", "七元", "人民幣七元"),
        ("0.125", "$0.125", "零點一二五元", "人民幣零點一二五元"),
    ],
)
def test_cents_in_chinese_numerals_follow_the_dollars(amount: str, english: str, chinese: str, renminbi: str) -> None:
    assert filter_text("money", Money("HKD", Number(amount)), "gia en") == english
    assert filter_text("money", Money("HKD", Number(amount)), "gia-numerals tc") == chinese
    assert filter_text("money", Money("CNY", Number(amount)), "gia-numerals tc") == renminbi
    assert filter_text("money", Money("USD", Number("16.5")), "gia-numerals tc") == "十六點五美元"


def test_zero_keeps_its_decimals_beside_a_plain_zero() -> None:
    texts = [filter_text("percent", Percent(Number(number)), "gia tc") for number in ("0", "0.0", "0.00", "0")]
    assert texts == ["0%", "0.0%", "0.00%", "0%"]


def test_a_currency_without_form_is_refused() -> None:
    with pytest.raises(CannotRender, match="CHF") as refusal:
        filter_text("money", Money("CHF", Number(1)), "gia en")
    assert all(currency in str(refusal.value.hint) for currency in ("HKD", "USD", "CNY", "MOP", "EUR", "GBP", "JPY"))


def test_times_follow_the_house_style() -> None:
    afternoon = TimeRange(Time(12), Time(17, 5))
    assert filter_text("time", afternoon, "gia en") == "noon to 5.05pm"
    assert filter_text("time", afternoon, "legco en") == "12:00 noon to 5:05 pm"
    assert filter_text("time", afternoon, "gia tc") == "中午十二時至下午五時零五分"
    assert filter_text("time", afternoon, "legco tc") == "中午12時至下午5時05分"


def test_a_percentage_takes_its_sign() -> None:
    places = ("gia en", "gia tc", "gia-numerals tc", "reprint en")
    assert [filter_text("percent", Percent(Number("-0.30")), place, "%") for place in places] == ["-0.30%"] * 4
    with pytest.raises(CannotRender, match="'pct'"):
        filter_text("percent", Percent(Number(3)), "gia en", "pct")


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (Time(14), Time(16, 30), "下午二時至四時三十分"),
        (Time(9), Time(11), "上午九時至十一時"),
        (Time(9), Time(15), "上午九時至下午三時"),
        (Time(23), Time(1), "下午十一時至翌日上午一時"),
    ],
)
def test_a_range_in_chinese_states_the_half_of_day_once(first: Time, last: Time, text: str) -> None:
    assert filter_text("time", TimeRange(first, last), "gia tc") == text


def test_a_span_of_years_takes_another_unit() -> None:
    assert filter_text("years", Years(2018, 2019), "gia tc", "學年") == "二○一八至一九學年"
    assert filter_text("years", Years(2018, 2019), "gia tc", unit="") == "二○一八至一九"
    assert filter_text("years", Years(1999, 2000), "gia en") == "1999-2000"


def test_lists_are_joined_by_the_rules_of_the_language() -> None:
    places = ["甲", "乙", "丙"]
    assert filter_text("list", places, "gia tc") == "甲、乙及丙"
    assert filter_text("list", places, "gia sc") == "甲、乙及丙"
    assert filter_text("list", places, "gia cn") == "甲、乙和丙"
    assert filter_text("list", places[:2], "gia tc", "以及") == "甲以及乙"
    assert filter_text("list", places[:1], "gia tc") == "甲"
    assert filter_text("list", ["trade", TextValue("law"), Integer(3)], "reprint en") == "trade, law and 3"
    assert filter_text("list", ["a {0}", "b"], "gia en", "or") == "a {0} or b"


def test_a_person_is_written_as_the_language_does() -> None:
    english = PersonValue("X", "Mr", "Director of Intellectual Property")
    chinese = PersonValue("某某", "先生", "知識產權署署長", acting=True)
    assert filter_text("person", english, "gia en") == "Director of Intellectual Property, Mr X"
    assert filter_text("person", chinese, "gia tc") == "署理知識產權署署長某某"
    assert filter_text("person", PersonValue("X", "", "Director"), "gia en") == "Director, X"
    assert filter_text("person", PersonValue("某某", "先生"), "gia tc") == "某某先生"
    assert filter_text("person", PersonValue("X"), "gia en") == "X"
    assert filter_text("person", PersonValue("", post="Director", acting=True), "gia en") == "Acting Director"


@pytest.mark.parametrize(
    ("name", "value", "texts"),
    [
        ("percent", Percent(Number("3.0")), ["3.0 per cent", "3.0%", "3.0%", "3.0%"]),
        ("percent", Percent(Number("3")), ["3 per cent", "3%", "3%", "3%"]),
        ("percent", Percent(Number("-2.5")), ["-2.5 per cent", "-2.5%", "-2.5%", "-2.5%"]),
        ("money", Money("HKD", Number("12.50")), ["$12.50", "12.50元", "12.50元", "12.50港元"]),
        ("money", Money("HKD", Number("-5000")), ["-$5,000", "負五千元", "负五千元", "-5000港元"]),
        ("number", Integer(-12), ["-12", "-12", "-12", "-12"]),
        (
            "time",
            TimeRange(Time(18), Time(6)),
            ["6pm to 6am", "下午六時至翌日上午六時", "下午六时至翌日上午六时", "下午6时至翌日上午6时"],
        ),
    ],
)
def test_signs_decimals_and_nights_are_kept_in_every_language(name: str, value: Operand, texts: list[str]) -> None:
    assert [filter_text(name, value, f"gia {code}") for code in ("en", "tc", "sc", "cn")] == texts


@pytest.mark.parametrize(
    ("name", "argument", "value", "texts"),
    [
        ("number", "figures", Integer(7), ["7", "7"]),
        ("number", "words", Integer(12), ["twelve", "十二"]),
        ("ordinal", "words", Ordinal(4), ["fourth", "第四"]),
        ("ordinal", "figures", Ordinal(4), ["4th", "第4"]),
        ("time", "without-hour", Time(12), ["noon", "中午"]),
        ("time", "without-hour", Time(0), ["midnight", "午夜"]),
    ],
)
def test_arguments_choose_another_form_than_the_style(name: str, argument: str, value: Operand, texts: list[str]) -> None:
    assert [filter_text(name, value, f"gia {code}", argument) for code in ("en", "tc")] == texts


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("date", Date(2025, 1, 2), "二零二五年一月二日"),
        ("month", Date(2025, 12), "二零二五年十二月"),
        ("year", Years(2020, 2020), "二零二零年"),
    ],
)
def test_an_accepted_zero_is_written_in_years(name: str, value: Operand, text: str) -> None:
    assert filter_text(name, value, "gia tc", "零") == text
    with pytest.raises(CannotRender):
        filter_text(name, value, "gia en", "零")


def test_a_telephone_number_keeps_its_spacing() -> None:
    assert [filter_text("phone", Phone(number), "gia en") for number in ("29614500", "182 80 80", "+852 2961 4500")] == [
        "2961 4500",
        "182 80 80",
        "+852 2961 4500",
    ]


def test_a_value_without_filter_has_the_usual_form() -> None:
    values: list[Operand] = [
        Ordinal(17), Count(7), Integer(1400), Percent(Number("3.90")), Date(2018, 8, 21), Date(2003, 8), Date(None, 8, 21),
        Years(2018, 2019), TextValue("Guangzhou"), "finished", LinkValue("mailto:a@example.org"),
    ]  # fmt: skip
    assert [render_plain(value, value_context("gia en")) for value in values] == [
        "17th", "seven", "1\u00a0400", "3.90 per cent", "August 21, 2018", "August 2003", "August 21", "2018-19", "Guangzhou",
        "finished", "a@example.org",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value", "arguments", "quoted", "suggested"),
    [
        ("ordnial", Integer(1), (), "'ordnial'", "'ordinal'"),
        ("day", Integer(17), (), "'day'", "| ordinal"),
        ("day", Date(2003, 8), (), "month", None),
        ("date", Date(2018, 8, 21), ("issued-line",), "'issued-line'", "'issue-line'"),
        ("today", Date(2018, 8, 19), (), "2018-08-19", "| day"),
        ("today", Date(2018, 8), (), "month", "| month"),
        ("today", Date(None, 8, 21), (), "year", "year"),
        ("year", Date(None, 8, 21), (), "year", "year"),
        ("year", Years(2018, 2019), (), "2018-2019", "| years"),
        ("ordinal", Integer(0), (), "0", "1"),
        ("list", [], (), "empty", None),
        ("short", PersonValue("X"), (), "X", "| name"),
        ("post", PersonValue("X"), (), "X", "| name"),
        ("name", PersonValue("", post="Director"), (), "Director", "| post"),
        ("short", PersonValue("", post="Director"), (), "Director", "| post"),
        ("person", PersonValue(""), (), "post", "name or a post"),
        ("name", PersonValue("", "Mr"), (), "name", "name or a post"),
        ("count", Count(1), ("big",), "'count'", FILTERS["count"].meaning),
        ("number", Integer(1), ("big",), "'big'", "figures or words"),
        ("month", Date(2025, 12), ("x",), "'x'", "leave the argument out"),
        ("time", Time(13), ("without-hour",), "noon and midnight", "| time"),
        ("years", Years(2018, 2019), (5,), "unit", FILTERS["years"].meaning),
        ("date", Date(2018, 8, 21), ("full", "day"), "form", FILTERS["date"].meaning),
    ],
)
def test_an_unsuitable_filter_is_refused_with_a_hint(
    name: str, value: Operand, arguments: tuple[Any, ...], quoted: str, suggested: str | None
) -> None:
    with pytest.raises(CannotRender) as refusal:
        filter_text(name, value, "gia en", *arguments)
    assert quoted in refusal.value.message
    assert suggested is None if refusal.value.hint is None else suggested and suggested in refusal.value.hint


def test_today_needs_a_day_of_issue() -> None:
    with pytest.raises(CannotRender) as refusal:
        apply_filter("today", Date(2018, 8, 21), (), {}, value_context("gia en", None))
    assert "`issued`" in str(refusal.value.hint)


def test_a_date_and_time_needs_a_filter() -> None:
    with pytest.raises(CannotRender) as refusal:
        render_plain(ISSUED, value_context("gia en"))
    assert all(f"| {name}" in str(refusal.value.hint) for name in ("date", "time"))


def test_a_list_needs_a_filter() -> None:
    with pytest.raises(CannotRender) as refusal:
        render_plain(["a", "b"], value_context("gia en"))
    assert all(f"| {name}" in str(refusal.value.hint) for name in ("list", "count"))


def test_loading_the_values_does_not_load_babel() -> None:
    script = "import sys, ipdocs.values.filters, ipdocs.values.recognise; sys.exit('babel' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


@pytest.mark.parametrize(
    ("person", "place", "later"),
    [
        (PersonValue("Chan Tai-man", "Mr"), "gia en", "Mr Chan"),
        (PersonValue("CHAN Tai Man", "Dr"), "legco en", "Dr Chan"),
        (PersonValue("Peter Chan Tai-man", "Mr"), "gia en", "Mr Chan"),
        (PersonValue("Ann Ho", "Ms", short_name="Ms Ho"), "gia en", "Ms Ho"),
        (PersonValue("陳大文", "先生", "公園署署長"), "gia tc", "陳大文"),
        (PersonValue("陳大文", "先生", short_name="陳署長"), "legco tc", "陳署長"),
        (PersonValue("欧阳明", "女士"), "gia sc", "欧阳明"),
    ],
)
def test_a_later_mention_has_the_form_of_the_style(person: PersonValue, place: str, later: str) -> None:
    assert filter_text("short", person, place) == later


@pytest.mark.parametrize("name", ["Ann Ho", "Ho", "Tai Man Chan", "Ho A.B.", "Ann CHAN LEE"])
def test_a_surname_that_the_name_does_not_show_is_not_guessed(name: str) -> None:
    with pytest.raises(CannotRender) as error:
        filter_text("short", PersonValue(name, "Ms"), "gia en")
    assert "add `short`" in str(error.value.hint)


def test_chinese_writes_post_and_name_without_a_title() -> None:
    assert filter_text("person", PersonValue("陳大文", "先生", "公園署署長"), "gia tc") == "公園署署長陳大文"
