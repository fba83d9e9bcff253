"""Non-breaking hyphens, in both formats."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipdocs.writers.hyphens import split_at_hyphens


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("the plan for 2018-19 and 2019-2020", ["the plan for 2018", "19 and 2019", "2020"]),
        ("COVID-19, F-16 and Cap. 1-2-3", ["COVID", "19, F", "16 and Cap. 1", "2", "3"]),
        ("Co-operation, re-export; non-local", ["Co", "operation, re", "export; non", "local"]),
        ("a 3-day visit of the Guangdong-Hong Kong group", ["a 3-day visit of the Guangdong-Hong Kong group"]),
        ("well-co-ordinated, -5, - and x-", ["well-co-ordinated, -5, - and x-"]),
        ("co-operation: https://example.org/re-use/2018-19", ["co", "operation: https://example.org/re-use/2018-19"]),
        ("write to co-op@example.org or www.e-x.org", ["write to co-op@example.org or www.e-x.org"]),
    ],
)
def test_english_keeps_years_and_short_prefixes_together(text: str, parts: list[str]) -> None:
    assert split_at_hyphens(text, chinese=False) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("2018-2019年度合作計劃", ["2018", "2019年度合作計劃"]),
        ("甲-1及e-HK", ["甲", "1及e-HK"]),
        ("網址為https://example.org/2018-19，2018-19年度", ["網址為https://example.org/2018-19，2018", "19年度"]),
    ],
)
def test_chinese_keeps_years_together(text: str, parts: list[str]) -> None:
    assert split_at_hyphens(text, chinese=True) == parts


@given(st.text("co-19 年/.:@w"), st.booleans())
def test_parts_joined_by_hyphens_are_the_text(text: str, chinese: bool) -> None:
    assert "-".join(split_at_hyphens(text, chinese=chinese)) == text
