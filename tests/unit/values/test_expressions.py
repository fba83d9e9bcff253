"""The expressions of expressions.csv: each row states a value in a sentence, or a span that states no value."""

from __future__ import annotations

import csv
from itertools import groupby
from pathlib import Path

import pytest
from tests.unit.values.test_reading import value_text

from ipdocs.locale.language import language
from ipdocs.locale.style import house_style
from ipdocs.values.recognise import recognise
from ipdocs.values.types import Date
from ipdocs.values.value_context import ValueContext
from ipdocs.workspace import Workspace

with (Path(__file__).parent / "expressions.csv").open(encoding="utf-8", newline="") as stream:
    ROWS = list(csv.DictReader(stream))
SENTENCES = [
    (*key, [(row["kind"], row["value"], row["span"]) for row in rows])
    for key, rows in groupby(ROWS, key=lambda row: (row["sentence"], row["language"], row["style"]))
]


@pytest.mark.parametrize(("sentence", "code", "style", "rows"), SENTENCES, ids=lambda part: part if isinstance(part, str) else "")
def test_expressions_have_these_values(sentence: str, code: str, style: str, rows: list[tuple[str, str, str]]) -> None:
    workspace = Workspace()
    context = ValueContext(language(code, workspace), house_style(style, workspace), Date(2026, 1, 22))
    found = [
        (*value_text(value_span.value).split(" ", 1), sentence[value_span.start : value_span.end])
        for value_span in recognise(sentence, context)
    ]
    assert found == [row for row in rows if row[0] != "none"]
    assert all(span in sentence for _, _, span in rows)
