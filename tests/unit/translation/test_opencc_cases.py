"""OpenCC's published cases for s2hk and hk2s hold in our conversion, except where one of our rules differs."""

from __future__ import annotations

from pathlib import Path

import pytest

from ipdocs.locale.conversion.converter import converter
from ipdocs.workspace import Workspace

CONFIGS = {"s2hk": ("sc", "tc"), "hk2s": ("tc", "sc")}
EXCEPTIONS = {
    ("hk2s", "慰藉著受傷的心靈 慰藉着受伤的心灵"): ("慰藉着受伤的心灵 慰藉着受伤的心灵", "the particle is 着 in Simplified"),
    ("s2hk", "为了核实这说法"): ("為了核實這說法", "說, where OpenCC writes 説"),
    ("s2hk", "失之毫厘谬以千里 立方厘米"): ("失之毫釐謬以千里 立方厘米", "厘米, as Hong Kong writes it"),
    ("s2hk", "有线新闻 无线新闻 无线新闻台 有線新聞 無線新聞 無線新聞台"): (
        "有線新聞 無綫新聞 無綫新聞台 有線新聞 無線新聞 無線新聞台",
        "Traditional text is left unchanged",
    ),
    ("s2hk", "恒生大学 恒生指数 观塘线 港岛线 恆生大學 恆生指數 觀塘線 港島線"): (
        "恒生大學 恒生指數 觀塘線 港島線 恆生大學 恆生指數 觀塘線 港島線",
        "線, as the Official Record names the lines; Traditional text is left unchanged",
    ),
}
LINES = (Path(__file__).parent / "opencc_cases.txt").read_text("utf-8").splitlines()
CASES = [line.split("\t") for line in LINES if not line.startswith("#")]


@pytest.mark.parametrize(("config", "text", "expected"), CASES)
def test_published_case_passes_or_is_a_listed_exception(config: str, text: str, expected: str) -> None:
    converted = converter(*CONFIGS[config], Workspace()).convert(text)
    assert converted == EXCEPTIONS.get((config, text), (expected, ""))[0]


def test_every_listed_exception_differs() -> None:
    expected = {(config, text): result for config, text, result in CASES}
    assert [case for case, (result, reason) in EXCEPTIONS.items() if result == expected[case] or not reason] == []
