"""Values in texts that nobody writes: letters that only look like others, and long rows of numbers."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from ipdocs.locale.language import language
from ipdocs.locale.style import house_style
from ipdocs.values.recognise import recognise
from ipdocs.values.types import Date
from ipdocs.values.value_context import ValueContext
from ipdocs.workspace import Workspace

pytestmark = pytest.mark.slow

PORTUGUESE = Path(__file__).parents[2] / "portuguese"
MAX_SECONDS = 5
"""Each text takes less than a second; with a search time that is quadratic in its length, it takes a minute or more."""


def context(code: str) -> ValueContext:
    workspace = Workspace(PORTUGUESE)
    return ValueContext(language(code, workspace), house_style("gia", workspace), Date(2026, 12, 20))


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "the firſt meeting, with thirty-ſix members and ninety-fİve guests"),
        ("pt", "na ſexta-feira, ſeis pessoas e o quİnto curso"),
    ],
)
def test_unusual_letters_are_not_part_of_number_words(code: str, text: str) -> None:
    assert not [span.surface for span in recognise(text, context(code)) if not span.surface.isascii()]


@pytest.mark.parametrize("code", ["en", "tc", "pt"])
@pytest.mark.parametrize("suffix", ["", "th", "%", ".º", "元"])
def test_number_with_thousands_of_digits_is_not_a_value(code: str, suffix: str) -> None:
    assert recognise("7" * 6000 + suffix, context(code)) == []


@pytest.mark.parametrize(
    ("code", "row"),
    [
        *(("en", row) for row in ("{{", "4, ", "20, ", "1-", "+-1")),
        *(("tc", row) for row in ("{{", "一、", "一至", "3至", "第3至", "2018至", "5月5日、")),
        *(("pt", row) for row in ("{{", "4, ", "1+", "1-")),
    ],
)
def test_long_row_is_read_in_linear_time(code: str, row: str) -> None:
    start = time.process_time()
    recognise(row * (60_000 // len(row)), context(code))
    assert time.process_time() - start < MAX_SECONDS


@pytest.mark.parametrize("text", ["第3至" + "5" * 75 + "名", "第三至" + "一" * 75 + "名"])
def test_digits_after_a_section_are_read_in_linear_time(text: str) -> None:
    start = time.process_time()
    recognise(text, context("tc"))
    assert time.process_time() - start < MAX_SECONDS


def test_sections_in_a_row_are_labels() -> None:
    sections = [span.value for span in recognise("第3、5A及7條", context("tc"))]
    assert [str(getattr(section, "text", section)) for section in sections] == ["3", "5A", "7"]
