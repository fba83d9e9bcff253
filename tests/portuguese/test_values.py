"""Values in Portuguese text are recognised from the style of a workspace, without code for the language."""

from __future__ import annotations

import decimal
from pathlib import Path
from typing import Any

import pytest

from ipdocs.files.yaml import read_yaml
from ipdocs.locale.language import language
from ipdocs.locale.style import house_style
from ipdocs.values import style_forms
from ipdocs.values.filters import Operand, apply_filter
from ipdocs.values.notation import notation, parse_value
from ipdocs.values.recognise import recognise
from ipdocs.values.render import render
from ipdocs.values.types import (
    Date,
    DateRange,
    Decimal,
    Integer,
    Label,
    Money,
    Ordinal,
    Percent,
    RelativeDay,
    Time,
    TimeRange,
    Value,
    Weekday,
    Years,
)
from ipdocs.values.value_context import ValueContext
from ipdocs.workspace import Workspace

HERE = Path(__file__).parent
CASES: list[dict[str, Any]] = read_yaml(HERE / "values.yaml")


@pytest.fixture(scope="module")
def context() -> ValueContext:
    workspace = Workspace(HERE)
    return ValueContext(language("pt", workspace), house_style("gia", workspace), Date(2026, 12, 20))


def written(value: Value) -> str:
    match value:
        case Label(text):
            return f"~{text}"
        case RelativeDay(0):
            return "today"
        case Weekday(1):
            return "Tuesday"
        case Percent(number):
            return f"{number}%"
        case DateRange(first, last, joined):
            return f"{notation(first)} {joined} {notation(last)}"
    return notation(value)


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_values_are_recognised(case: dict[str, Any], context: ValueContext) -> None:
    spans = recognise(case["text"], context)
    assert [written(span.value) for span in spans] == case["values"]
    assert all(case["text"][span.start : span.end] == span.surface for span in spans)
    assert all(render(span.value, span.form) == span.surface for span in spans if span.form)


@pytest.mark.parametrize(
    "text", ["20 de Dezembro de 2026", "das 9h00 às 17h30", "3,5%", "17.ª", "2024-2025", "20 a 22 de Dezembro"]
)
def test_form_of_a_value_can_be_used_again(text: str, context: ValueContext) -> None:
    assert [span.is_frozen for span in recognise(text, context)] == [False]


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("number", Integer(1234567), "1.234.567"),
        ("number", Decimal(decimal.Decimal("12345.60")), "12.345,60"),
        ("money", Money("MOP", decimal.Decimal("1234.50")), "MOP 1.234,50"),
        ("percent", Percent(decimal.Decimal("3.5")), "3,5%"),
        ("date", Date(2026, 12, 20), "20 de Dezembro de 2026"),
        ("weekday", Date(2026, 12, 20), "domingo"),
        ("time", Time(16, 30), "16h30"),
        ("time", Time(12), "12h00"),
        ("time", TimeRange(Time(9), Time(17, 30)), "9h00 às 17h30"),
        ("years", Years(2026, 2027), "2026-2027"),
        ("list", ("Taipa", "Coloane", "Macau"), "Taipa, Coloane e Macau"),
    ],
)
def test_values_are_written_as_the_style_says(name: str, value: Operand, text: str, context: ValueContext) -> None:
    assert apply_filter(name, value, [], {}, context) == text


@pytest.mark.parametrize(
    ("name", "kind", "value", "text"),
    [
        ("date", "date", "2026-03-04 to 2026-03-06", "4 a 6 de Março de 2026"),
        ("day", "date", "2026-03-04 and 2026-03-06 and 2026-03-09", "4, 6 e 9 de Março"),
        ("date", "date", "2026-03-30 to 2026-04-02", "30 de Março a 2 de Abril de 2026"),
        ("month", "date", "2025-11 to 2026-02", "Novembro de 2025 a Fevereiro de 2026"),
        ("percent", "percent", "3 to 4.5", "3% a 4,5%"),
        ("number", "integer", "1200 to 1500", "1.200 a 1.500"),
        ("weekday", "weekday", "Monday to Friday", "segunda-feira a sexta-feira"),
        ("period", "period", "2026-Q3", "3.º trimestre de 2026"),
        ("period", "period", "1990s", "década de 1990"),
        ("fraction", "fraction", "2/3", "dois terços"),
        ("fraction", "fraction", "3/8", "3/8"),
    ],
)
def test_ranges_are_written_as_the_style_says(name: str, kind: str, value: str, text: str, context: ValueContext) -> None:
    assert apply_filter(name, parse_value(kind, value), [], {}, context) == text


def test_large_numbers_have_the_words_of_the_language(context: ValueContext) -> None:
    millions = style_forms.number_form(context.language_style.model_copy(update={"large": ("million",)}), Integer(1_500_000))
    assert render(Integer(1_500_000), millions) == "1,5 milhões"
    assert render(Integer(1_000_000), millions) == "1 milhão"


def test_ordinals_have_genders(context: ValueContext) -> None:
    assert apply_filter("ordinal", Ordinal(17), [], {}, context) == "17.º"
    assert apply_filter("ordinal", Ordinal(17), ["feminine"], {}, context) == "17.ª"


def test_a_language_without_a_style_has_no_values() -> None:
    assert recognise("20 de Dezembro de 2026", language("pt", Workspace(HERE))) == []
