"""The cases of cases.yaml: what is read in text, and what another value becomes in its place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from ipdocs.locale.language import language
from ipdocs.locale.style import house_style
from ipdocs.values import CannotRender, Setting, Slot, Value, notation, parse_value, recognise, restate
from ipdocs.values.types import Date, DateRange, Decimal, Integer, Label, RelativeDay, TimeRange, Weekday
from ipdocs.workspace import Workspace

CASES = YAML(typ="safe", pure=True).load((Path(__file__).parent / "cases.yaml").read_text("utf-8"))


def setting(case: dict[str, Any]) -> Setting:
    workspace = Workspace()
    style = house_style(case.get("style", "gia"), workspace)
    return Setting(language(case["in"], workspace), style, Date(2018, 8, 22))


def shown(value: Value) -> str:
    """A value as cases write it: the notation of sources, and for what only text states a notation alike."""
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


def stated(text: str) -> Value:
    kind, _, rest = text.partition(" ")
    if kind == "day":
        return RelativeDay(int(rest))
    if kind == "dates":
        first, joined, last = rest.split()
        return DateRange(stated(f"date {first}"), stated(f"date {last}"), joined)  # type: ignore[arg-type]
    if rest.startswith("--"):
        month, day = rest[2:].split("-")
        return Date(None, int(month), int(day))
    return parse_value({"times": "time"}.get(kind, kind), rest)


def described(slot: Slot) -> str:
    return f"{slot.surface} = {shown(slot.value)}" + (" !" if slot.is_frozen else "")


@pytest.mark.parametrize("case", CASES["read"], ids=lambda case: f"{case['in']} {case['text']}")
def test_text_is_read_as_its_values(case: dict[str, Any]) -> None:
    slots = recognise(case["text"], setting(case))
    assert [described(slot) for slot in slots] == case["slots"]
    assert all(case["text"][slot.start : slot.end] == slot.surface for slot in slots)


@pytest.mark.parametrize("case", CASES["change"], ids=lambda case: f"{case['in']} {case['text']} to {case['to']}")
def test_another_value_takes_the_place_of_a_value(case: dict[str, Any]) -> None:
    (slot,) = recognise(case["text"], setting(case))
    assert slot.form is not None
    if case["gives"] == "refused":
        with pytest.raises(CannotRender):
            restate(stated(case["to"]), slot.form, setting(case))
    else:
        assert restate(stated(case["to"]), slot.form, setting(case)) == case["gives"]


def test_without_a_style_the_language_alone_is_enough() -> None:
    english, chinese = (language(short, Workspace()) for short in ("en", "tc"))
    assert [shown(slot.value) for slot in recognise("August 21", english)] == ["date --08-21"]
    assert [shown(slot.value) for slot in recognise("八月二十一日", chinese)] == ["date --08-21"]


@pytest.mark.parametrize(
    ("issued", "text", "read"),
    [
        (Date(2019, 1, 3), "December 30", "date 2018-12-30"),
        (Date(2018, 12, 28), "January 5", "date 2019-01-05"),
        (Date(2018, 8, 22), "August 21", "date 2018-08-21"),
        (Date(2020, 2, 1), "February 29", "date 2020-02-29"),
    ],
)
def test_a_missing_year_is_that_of_the_issue_unless_months_away(issued: Date, text: str, read: str) -> None:
    where = Setting(language("en", Workspace()), house_style("gia", Workspace()), issued)
    assert [shown(slot.value) for slot in recognise(text, where)] == [read]
