"""CSV tables: a spreadsheet runs no cell, and every text is read back unchanged."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipdocs.files.csv_table import parse_csv, quote_formula, unquote_formula, write_csv

FORMULAS = [
    "=1+1",
    "+852 2345 6789",
    "-ed",
    "@SUM(A1)",
    "\t=1",
    "\rx",
    "\n=1",
    " =1",
    "\u3000＝1",
    "＋1",
    "－1",
    "＠a",
    "\u200b=1",
    "\u00a0-1",
]
PLAIN = ["", "Lantern Committee", "co-operation", "a=b", "'tis the season", "'", "「＋」", "1-2", "電郵 a@b"]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_begins_a_formula(text: str) -> None:
    ((cell,),) = csv.reader(io.StringIO(write_csv([[text]]), newline=""))
    assert cell == f"'{text}"


@pytest.mark.parametrize("text", PLAIN)
def test_other_texts_are_not_quoted(text: str) -> None:
    assert quote_formula(text) == text
    assert unquote_formula(text) == text


@pytest.mark.parametrize("text", [*FORMULAS, *PLAIN, "'=1", "''-ed", "' =1", 'he said "="'])
def test_a_cell_is_read_back_unchanged(text: str) -> None:
    assert [cells for _, cells in parse_csv(write_csv([["x", text]]))] == [["x", text]]


@given(st.text(st.sampled_from("='+-@＝\t\r\n \u3000\u200b\ufeffa")))
def test_quoting_loses_nothing(text: str) -> None:
    quoted = quote_formula(text)
    assert unquote_formula(quoted) == text
    assert quote_formula(quoted) != quoted or quoted == text


@pytest.mark.parametrize("text", ["+852 2345 6789", "-ed", "=1"])
def test_a_formula_without_an_apostrophe_is_read_as_text(text: str) -> None:
    assert list(parse_csv(f"\ufeffa,b\n x ,{text}\n")) == [(1, ["a", "b"]), (2, ["x", text])]


def test_a_text_that_is_not_csv_is_refused() -> None:
    with pytest.raises(ValueError, match="unexpected end of data"):
        list(parse_csv('a,"b'))
