"""Properties of all values, forms and texts: recognition is the inverse of rendering."""

from __future__ import annotations

import importlib.util
from decimal import Decimal as Number
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipdocs.locale.language import language
from ipdocs.values.filters import restate
from ipdocs.values.form import CannotRender
from ipdocs.values.notation import notation, parse_value
from ipdocs.values.numerals import read_chinese, write_chinese
from ipdocs.values.recognise import recognise
from ipdocs.values.render import render
from ipdocs.values.types import (
    Date,
    DateRange,
    Decimal,
    Integer,
    Money,
    Ordinal,
    Percent,
    Time,
    TimeRange,
    Value,
    Weekday,
    Years,
    integer_or_decimal,
)
from ipdocs.values.value_context import ValueContext
from ipdocs.workspace import Workspace


def _round_trip() -> ModuleType:
    """Load the sweep of tests/benchmarks, whose checks are applied here to fewer values."""
    path = Path(__file__).parents[1] / "benchmarks/values_round_trip.py"
    spec = importlib.util.spec_from_file_location("values_round_trip", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SWEEP = _round_trip()
SETTINGS = list(SWEEP.every_setting(Date(2018, 8, 21)))
amounts = st.integers(1, 10**13)
decimals = st.builds(lambda digits, places: Number(digits).scaleb(-places), st.integers(1, 10**6), st.integers(0, 4))
dates = st.dates(min_value=SWEEP.date(1997, 1, 1), max_value=SWEEP.date(2047, 12, 31)).map(
    lambda day: Date(day.year, day.month, day.day)
)
times = st.builds(Time, st.integers(0, 23), st.integers(0, 59))
spans = st.tuples(st.integers(1950, 2099), st.integers(1950, 2099)).map(lambda years: Years(min(years), max(years)))
values = st.one_of(
    amounts.map(Integer),
    decimals.map(integer_or_decimal),
    decimals.map(Percent),
    st.builds(Money, st.sampled_from(SWEEP.CURRENCIES), amounts.map(Number)),
    dates,
    dates.map(lambda day: Date(day.year, day.month)),
    spans,
    times,
    st.lists(times, min_size=2, max_size=2, unique=True).map(lambda pair: TimeRange(*sorted(pair))),
    st.integers(0, 6).map(Weekday),
)


@given(value=values)
@settings(max_examples=250, deadline=None)
def test_a_value_is_recognised_in_every_style(value: Value) -> None:
    issued = value if isinstance(value, Date) and value.day else Date(2018, 8, 21)
    for plain in SETTINGS:
        value_context = ValueContext(plain.language, plain.style, issued)
        for way, text in SWEEP.renderings(value, value_context):
            assert SWEEP.fault(value, way, text, value_context) is None, (
                value_context.style.name,
                value_context.language.code,
                way,
                text,
            )
            if SWEEP.second_reading(text):
                assert SWEEP.agrees(value, text) is not False, (text, SWEEP.second_reading(text))


@given(number=st.integers(0, 10**13), zero=st.sampled_from("零○〇"), two=st.sets(st.sampled_from("個千萬億")))
def test_chinese_numerals_read_back(number: int, zero: str, two: set[str]) -> None:
    assert read_chinese(write_chinese(number, zero, "".join(two))) == number


@given(text=st.text(alphabet="零○一二兩三九十百千萬億点两万亿廿", max_size=12))
def test_only_unambiguous_chinese_numerals_are_read(text: str) -> None:
    number = read_chinese(text)
    assert number is None or number < 10**17
    if number is not None:
        assert read_chinese(write_chinese(number)) == number


FRAGMENTS = (
    "2018-19 August 21 , 2018 7 14 $ million per cent % Tuesday 2.30 pm to and 17th seven Sixth Cap. - / : . HK ( ) No. 5 noon "
    "a dozen 一 二十 兩 三 十 百 千 萬 億 零 ○ 年 月 日 時 分 第 百分之 點 成 半 元 至 及 上午 星期 二 （ ） 今日 一帶一路 多"
)
PIECES = st.sampled_from([*FRAGMENTS.split(), " "])


@pytest.mark.parametrize("code", ["en", "tc", "sc", "cn"])
@given(pieces=st.lists(PIECES, max_size=14))
@settings(max_examples=300, deadline=None)
def test_every_span_renders_as_its_surface(code: str, pieces: list[str]) -> None:
    value_context = next(value_context for value_context in SETTINGS if value_context.language.code == code)
    text, end = "".join(pieces), 0
    for value_span in recognise(text, value_context):
        assert value_span.start >= end
        assert text[value_span.start : value_span.end] == value_span.surface != ""
        assert value_span.form is None or render(value_span.value, value_span.form) == value_span.surface
        end = value_span.end


@given(text=st.text(max_size=60))
def test_recognition_accepts_any_text(text: str) -> None:
    for code in ("en", "tc"):
        recognise(text, language(code, Workspace()))


SURFACES = {
    "en": "17th|sixth|seven|14|1,400|14 million|$14 million|3.9 per cent|August 21|Tuesday, August 21, 2018|21 August 2018|"
    "August 2003|2.30pm|9:05 am|18:30|9am to 4.30pm|2018-19|2018|Tuesday",
    "tc": "第十七|第17|七|兩|一百○五|1,400|14億|一千四百萬元|1,400萬元|百分之三點九|三成半|八月二十一日|2018年8月21日（星期二）|"
    "二○○三年八月|下午二時三十分|下午二時三十分至四時|晚上八時|18時30分|二○一八至一九年度|2018-19年度|二零一八年|星期二|周二",
}
BY_KIND = {
    "number": amounts.map(Integer),
    "ordinal": amounts.map(Ordinal),
    "percent": decimals.map(Percent),
    "money": amounts.map(lambda amount: Money("HKD", Number(amount))),
    "date": dates,
    "time": times,
    "times": st.tuples(times, times).map(lambda pair: TimeRange(*sorted(pair))),
    "years": spans,
    "weekday": st.integers(0, 6).map(Weekday),
}


@pytest.mark.parametrize(
    ("code", "surface"), [(code, surface) for code, surfaces in SURFACES.items() for surface in surfaces.split("|")]
)
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_restated_value_is_recognised(code: str, surface: str, data: st.DataObject) -> None:
    value_context = next(
        value_context for value_context in SETTINGS if value_context.language.code == code and value_context.style.name == "gia"
    )
    (value_span,) = recognise(surface, value_context)
    assert value_span.form
    value = data.draw(BY_KIND[value_span.form.kind])
    try:
        text = restate(value, value_span.form, value_context)
    except CannotRender:
        return
    issued = value if isinstance(value, Date) else value_context.issued
    (read,) = recognise(text, ValueContext(value_context.language, value_context.style, issued))
    expected = (
        Date(value.year, value.month)
        if isinstance(value, Date) and isinstance(read.value, Date) and not read.value.day
        else value
    )
    assert read.value == expected, text


@given(value=values | spans | dates.map(lambda day: Date(day.year, day.month)) | amounts.map(Ordinal))
def test_source_notation_is_parsed_back(value: Value) -> None:
    if isinstance(value, Weekday | DateRange):
        return
    kind = {"TimeRange": "time"}.get(type(value).__name__, type(value).__name__.lower())
    assert parse_value(kind, notation(value)) == value
    assert not isinstance(value, Decimal) or value.number % 1
