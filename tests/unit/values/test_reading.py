"""The cases of cases.yaml: the values in texts, and other values in their place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from ipdocs.locale.language import language
from ipdocs.locale.style import house_style
from ipdocs.values.filters import restate
from ipdocs.values.form import CannotRender
from ipdocs.values.notation import notation, parse_value
from ipdocs.values.recognise import recognise
from ipdocs.values.render import render
from ipdocs.values.types import Date, DateRange, Decimal, Integer, Label, RelativeDay, TimeRange, Value, Weekday
from ipdocs.values.value_context import ValueContext
from ipdocs.values.value_span import ValueSpan
from ipdocs.workspace import Workspace

CASES = YAML(typ="safe", pure=True).load((Path(__file__).parent / "cases.yaml").read_text("utf-8"))


def value_context(case: dict[str, Any]) -> ValueContext:
    workspace = Workspace()
    style = house_style(case.get("style", "gia"), workspace)
    return ValueContext(language(case["in"], workspace), style, Date(2018, 8, 22))


def value_text(value: Value) -> str:
    """Return a value in the notation of cases, which extends that of sources to values in text alone."""
    match value:
        case Label():
            return f"label {value.text}"
        case RelativeDay():
            return f"day {value.offset}"
        case Weekday():
            return f"weekday {value.number}"
        case DateRange():
            return f"dates {date(value.first)} {value.joined} {date(value.last)}"
        case Date():
            return f"date {date(value)}"
        case TimeRange():
            return f"times {notation(value)}"
        case Decimal() | Integer():
            return f"{type(value).__name__.lower()} {notation(value)}"
        case _:
            return f"{type(value).__name__.lower()} {notation(value)}"


def date(value: Date) -> str:
    year = f"{value.year:04}" if value.year else "-"
    return f"{year}-{value.month:02}" + (f"-{value.day:02}" if value.day else "")


def parse_case_value(text: str) -> Value:
    kind, _, rest = text.partition(" ")
    if kind == "day":
        return RelativeDay(int(rest))
    if kind == "dates":
        first, joined, last = rest.split()
        return DateRange(parse_case_value(f"date {first}"), parse_case_value(f"date {last}"), joined)  # type: ignore[arg-type]
    if rest.startswith("--"):
        month, day = rest[2:].split("-")
        return Date(None, int(month), int(day))
    return parse_value({"times": "time"}.get(kind, kind), rest)


def span_text(value_span: ValueSpan) -> str:
    return f"{value_span.surface} = {value_text(value_span.value)}" + (" !" if value_span.is_frozen else "")


@pytest.mark.parametrize("case", CASES["read"], ids=lambda case: f"{case['in']} {case['text']}")
def test_values_are_recognised_in_text(case: dict[str, Any]) -> None:
    value_spans = recognise(case["text"], value_context(case))
    assert [span_text(value_span) for value_span in value_spans] == case["slots"]
    assert all(case["text"][value_span.start : value_span.end] == value_span.surface for value_span in value_spans)


@pytest.mark.parametrize("case", CASES["change"], ids=lambda case: f"{case['in']} {case['text']} to {case['to']}")
def test_another_value_is_written_in_the_same_form(case: dict[str, Any]) -> None:
    (value_span,) = recognise(case["text"], value_context(case))
    assert value_span.form is not None
    if case["gives"] == "refused":
        with pytest.raises(CannotRender):
            restate(parse_case_value(case["to"]), value_span.form, value_context(case))
    else:
        assert restate(parse_case_value(case["to"]), value_span.form, value_context(case)) == case["gives"]


def test_values_are_recognised_without_a_style() -> None:
    english, chinese = (language(code, Workspace()) for code in ("en", "tc"))
    assert [value_text(value_span.value) for value_span in recognise("August 21", english)] == ["date --08-21"]
    assert [value_text(value_span.value) for value_span in recognise("八月二十一日", chinese)] == ["date --08-21"]


@pytest.mark.parametrize(
    ("issued", "text", "expected"),
    [
        (Date(2019, 1, 3), "December 30", "date 2018-12-30"),
        (Date(2018, 12, 28), "January 5", "date 2019-01-05"),
        (Date(2018, 8, 22), "August 21", "date 2018-08-21"),
        (Date(2020, 2, 1), "February 29", "date 2020-02-29"),
    ],
)
def test_a_missing_year_is_nearest_to_the_issue(issued: Date, text: str, expected: str) -> None:
    context = ValueContext(language("en", Workspace()), house_style("gia", Workspace()), issued)
    assert [value_text(value_span.value) for value_span in recognise(text, context)] == [expected]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "two to three million trips, $3 to 5 million, 3 to 5 per cent of both groups, half the fee"),
        ("en", "on March 4, 15 and 23, 2026, and on May 7 (Thursday) and 9 (Saturday)"),
        ("en", "Both teams, two hundred people, one million dollars, about a dozen"),
        ("tc", "撥款三至五萬港元，兩至三萬人，八至九成半，3至5萬元，1.5至2億元"),
        ("tc", "百分之十多，三十餘名，14億多元，21世紀，一成七的人，百分之百，首批，雙方，近百名，近百萬元，半年"),
        ("tc", "三月四日、十五日及二十三日，五月七日（星期四）及九日（星期六），十五五規劃"),
        ("sc", "两至三万人，二十余名，双方，首批，半年，近百万元"),
    ],
)
def test_forms_write_values_as_in_the_text(code: str, text: str) -> None:
    context = ValueContext(language(code, Workspace()), house_style("gia", Workspace()), Date(2026, 1, 22))
    spans = [span for span in recognise(text, context) if not isinstance(span.value, Label)]
    assert len(spans) >= 4
    assert [span.surface for span in spans if not span.form or render(span.value, span.form) != span.surface] == []


def test_a_fixed_form_fits_one_value_only() -> None:
    context = ValueContext(language("tc", Workspace()), house_style("gia", Workspace()))
    (both,) = recognise("雙方", context)
    assert both.form
    assert both.is_frozen
    with pytest.raises(CannotRender, match="雙"):
        render(Integer(3), both.form)
