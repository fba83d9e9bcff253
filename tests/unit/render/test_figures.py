from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from ipdocs.templating.number_columns import number_columns


def spanning(text: str, columns: int = 1, rows: int = 1) -> SimpleNamespace:
    return SimpleNamespace(text=text, columns=str(columns), rows=str(rows))


@pytest.mark.parametrize(
    "text", ["7", "36 179", "36\u00a0179", "1,200.50", "-4", "−4", "(4)", "3.9%", "$14", "HK$1,200", "36 179宗", "14百萬"]
)
def test_a_number_may_have_a_sign_a_currency_or_a_unit(text: str) -> None:
    assert number_columns([[text]]) == {0}


@pytest.mark.parametrize("text", ["", "–", "A1", "21 August", "2018年8月21日", "2018-19", "第17次", "17/1", "14 per cent of it"])
def test_dates_labels_and_words_are_not_numbers(text: str) -> None:
    assert number_columns([[text]]) == frozenset()


def test_number_column_may_have_cells_without_a_value() -> None:
    rows: list[list[Any]] = [["Trade marks", "36 179", "1", "–"], ["Patents", "", "none", "2"]]
    assert number_columns(rows) == {1, 3}


def test_cell_over_several_columns_belongs_to_none() -> None:
    assert number_columns([["Patents", "1", "2"], [spanning("Not counted", columns=2), "3"]]) == {1, 2}
    assert number_columns([[spanning("1"), spanning("2", columns=2)]]) == {0}


def test_table_with_a_row_span_has_no_number_columns() -> None:
    assert number_columns([[spanning("1", rows=2), "2"], ["3"]]) == frozenset()
