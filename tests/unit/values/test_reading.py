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
