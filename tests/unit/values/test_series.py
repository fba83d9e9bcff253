"""Facts that are ranges, lists of days, parts of a year, fractions and decimals are written in each language and style."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ipdocs.locale.language import language
from ipdocs.locale.style import house_style
from ipdocs.model.facts import FACT_TYPES
from ipdocs.values.filters import apply_filter, describe, render_plain
from ipdocs.values.form import CannotRender
from ipdocs.values.notation import notation, parse_value
from ipdocs.values.recognise import recognise
from ipdocs.values.types import Date, Value
from ipdocs.values.value_context import ValueContext
from ipdocs.workspace import Workspace

README = (Path(__file__).parents[3] / "locales/README.md").read_text("utf-8")
README_ROWS = re.findall(r"^\| `(\w+): ([^`]+)` \| (.+) \| (.+) \| (.+) \|$", README, re.MULTILINE)


def context(place: str, following: str = "") -> ValueContext:
    style, code = place.split()
    return ValueContext(language(code, Workspace()), house_style(style, Workspace()), Date(2026, 1, 22), following)


def written(fact: str, place: str, filter_text: str = "", following: str = "") -> str:
    kind, _, text = fact.partition(": ")
    value = parse_value(kind, text)
    if not filter_text:
        return render_plain(value, context(place, following))
    name, _, argument = filter_text.partition(" ")
    return apply_filter(name, value, [argument] if argument else [], {}, context(place, following))


def test_the_readme_has_examples_of_ranges() -> None:
    assert len(README_ROWS) >= 12


@pytest.mark.parametrize("row", README_ROWS, ids=lambda row: f"{row[0]} {row[1]}")
def test_the_readme_shows_ranges_as_they_are_written(row: tuple[str, ...]) -> None:
    kind, text, *results = row
    assert [written(f"{kind}: {text}", place) for place in ("gia en", "gia tc", "legco en")] == results


@pytest.mark.parametrize(
    ("fact", "place", "filter_text", "text"),
    [
        ("date: 2026-04-29 to 2026-05-03", "gia en", "", "April 29 to May 3, 2026"),
        ("date: 2026-04-29 to 2026-05-03", "gia en", "day", "April 29 to May 3"),
        ("date: 2026-04-29 to 2026-05-03", "gia tc", "day", "四月二十九日至五月三日"),
        ("date: 2026-12-31 to 2027-01-01", "gia en", "", "December 31, 2026 to January 1, 2027"),
        ("date: 2026-12-31 to 2027-01-01", "gia tc", "", "二○二六年十二月三十一日至二○二七年一月一日"),
        ("date: 2026-05-05 to 2026-06-05", "gia tc", "", "二○二六年五月五日至六月五日"),
        ("date: 2026-05-05 to 2026-06-05", "legco en", "", "5 May to 5 June 2026"),
        ("date: 2026-05-05 and 2026-05-06", "gia cn", "", "2026年5月5日和6日"),
        ("date: 2026-05-05 and 2026-05-06", "gia sc", "", "二○二六年五月五日及六日"),
        ("date: 2026-02-11 and 2026-03-11 and 2026-04-11", "gia en", "", "February 11, March 11 and April 11, 2026"),
        ("date: 2026-02-11 and 2026-03-11 and 2026-04-11", "gia tc", "day", "二月十一日、三月十一日及四月十一日"),
        ("date: 2026-04 to 2026-06", "legco tc", "month", "2026年4月至6月"),
        ("date: 2026-10 to 2027-03", "gia en", "", "October 2026 to March 2027"),
        ("date: 2026-10 to 2027-03", "gia cn", "", "2026年10月至2027年3月"),
        ("date: 2026-05-04 to 2026-05-06", "gia en", "weekday", "Monday to Wednesday"),
        ("weekday: tuesday", "gia tc", "", "星期二"),
        ("weekday: Wednesday and Saturday and Sunday", "gia en", "", "Wednesday, Saturday and Sunday"),
        ("weekday: Wednesday and Saturday and Sunday", "gia tc", "", "星期三、六及日"),
        ("weekday: Tuesday to Sunday", "gia sc", "", "星期二至日"),
        ("percent: 12.50 to 15.0", "gia en", "", "12.50 to 15.0 per cent"),
        ("percent: 12.50 to 15.0", "gia en", "percent %", "12.50% to 15.0%"),
        ("percent: 7 to 9", "gia-numerals tc", "", "百分之七至九"),
        ("percent: 7 to 9", "gia-numerals sc", "", "百分之七至九"),
        ("percent: 60 to 70", "gia tc", "percent 成", "六至七成"),
        ("percent: 20 to 30", "gia sc", "percent 成", "两至三成"),
        ("percent: 25 to 40", "legco tc", "percent 成", "兩成半至四成"),
        ("percent: -3 to -1.5", "gia tc", "", "-3%至-1.5%"),
        ("money: HKD 2000000 to 3500000", "gia en", "", "$2 million to $3.5 million"),
        ("money: HKD 2000000 to 3500000", "gia tc", "", "二百萬元至三百五十萬元"),
        ("money: HKD 800 to 1250", "gia tc", "", "800元至1 250元"),
        ("money: USD 12.50 to 20", "gia cn", "", "12.50美元至20美元"),
        ("integer: 6 to 14", "gia tc", "count", "6至14"),
        ("integer: 6 to 14", "gia en", "count", "six to 14"),
        ("integer: 6 to 14", "gia-numerals tc", "count", "六至十四"),
        ("integer: 2 to 4", "gia tc", "count", "兩至四"),
        ("integer: 180000 to 220000", "gia sc", "number", "18万至22万"),
        ("decimal: 0.75", "gia en", "", "0.75"),
        ("decimal: 1.5 to 2.0", "gia tc", "", "1.5至2.0"),
        ("period: 2027-Q1", "gia cn", "", "2027年第一季度"),
        ("period: 2027-Q4", "gia en", "period without-year", "fourth quarter"),
        ("period: 2027-H2", "gia sc", "", "二○二七年下半年"),
        ("period: 2027-H2", "legco tc", "period without-year", "下半年"),
        ("period: 2010s", "gia tc", "", "二○一○年代"),
        ("period: 2010s", "legco sc", "", "2010年代"),
        ("fraction: 1/4", "gia en", "", "one quarter"),
        ("fraction: 5/8", "gia en", "", "5/8"),
        ("fraction: 5/8", "gia tc", "", "八分之五"),
        ("fraction: 1/2", "legco cn", "", "一半"),
        ("time: 22:30-05:15", "gia en", "", "10.30pm to 5.15am"),
        ("time: 22:30-05:15", "gia tc", "", "下午十時三十分至翌日上午五時十五分"),
        ("time: 20:00-00:00", "gia tc", "", "下午八時至午夜十二時"),
        ("time: 20:00-00:00", "gia en", "", "8pm to midnight"),
        ("integer: -12", "gia tc", "", "-12"),
        ("integer: -12", "gia-numerals tc", "", "負十二"),
    ],
)
def test_a_fact_is_written_in_its_style(fact: str, place: str, filter_text: str, text: str) -> None:
    assert written(fact, place, filter_text).replace("\u00a0", " ") == text


def test_a_measure_word_decides_on_both_ends_of_a_range() -> None:
    assert written("integer: 12 to 18", "gia tc", "number", "個月") == "十二至十八"
    assert written("integer: 12 to 18", "gia tc", "number", "宗") == "12至18"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("date", "2026-10 to 2026-12"),
        ("date", "2026-10-01 and 2026-10-03 and 2026-10-09"),
        ("weekday", "Saturday and Sunday"),
        ("weekday", "Saturday to Monday"),
        ("integer", "-5 to 3"),
        ("decimal", "2.50 to 3.0"),
        ("percent", "3 to 4.5"),
        ("money", "HKD 500 to 800.50"),
        ("period", "1990s"),
        ("period", "2026-H2"),
        ("fraction", "3/8"),
    ],
)
def test_the_notation_of_a_series_can_be_read_again(kind: str, text: str) -> None:
    assert kind in FACT_TYPES
    assert notation(parse_value(kind, text)) == text


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("date", "2026-05-03 to 2026-05-01"),
        ("date", "2026-05-03 to 2026-05-03"),
        ("date", "2026-05-03 to 2026-06"),
        ("date", "2026-05-03 and 2026-05-01"),
        ("date", "2026-05-01 to 2026-05-03 to 2026-05-05"),
        ("date", "2026-05-01 to 3"),
        ("weekday", "Funday"),
        ("weekday", "Monday to Monday"),
        ("integer", "5 to 3"),
        ("integer", "3 to 4 to 5"),
        ("percent", "3 to five"),
        ("money", "HKD 800 to 500"),
        ("money", "HKD 500 to USD 800"),
        ("money", "HKD 1 to 2 to 3"),
        ("period", "2026-Q5"),
        ("period", "1995s"),
        ("fraction", "3/2"),
        ("fraction", "1/0"),
        ("ordinal", "3 to 5"),
    ],
)
def test_a_wrong_range_is_refused(kind: str, text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text.split(" ")[-1])):
        parse_value(kind, text)


@pytest.mark.parametrize(
    ("fact", "place", "filter_text"),
    [
        ("percent: 80", "gia en", "percent 成"),
        ("percent: 83", "gia tc", "percent 成"),
        ("integer: 3 to 5", "gia en", "money"),
        ("money: HKD 3 to 5", "gia en", "number"),
        ("date: 2026-05-01 to 2026-05-03", "gia en", "today"),
        ("date: 2026-05-01 to 2026-05-03", "gia en", "year"),
        ("period: 1990s", "gia en", "period without-year"),
        ("period: 2026-Q1", "gia en", "period short"),
        ("date: 2026-05-01 and 2026-05-02", "gia en", "month"),
        ("date: 2026-05-01 to 2026-05-02", "gia tc", "month"),
    ],
)
def test_a_filter_that_cannot_write_a_series_says_so(fact: str, place: str, filter_text: str) -> None:
    with pytest.raises(CannotRender):
        written(fact, place, filter_text)


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        ("date: 2026-05-01 to 2026-05-03", "a range of dates"),
        ("weekday: Monday and Friday", "a list of days of the week"),
        ("percent: 3 to 5", "a range of percentages"),
    ],
)
def test_a_message_names_a_series(fact: str, words: str) -> None:
    kind, _, text = fact.partition(": ")
    value: Value = parse_value(kind, text)
    assert describe(value) == words


def test_a_range_of_dates_in_text_has_the_notation_of_a_fact() -> None:
    (span,) = recognise("from March 6 to 9, 2026", context("gia en"))
    assert notation(span.value) == "2026-03-06 to 2026-03-09"
    (span,) = recognise("from March 6 to 9", language("en", Workspace()))
    with pytest.raises(ValueError, match="no notation"):
        notation(span.value)
