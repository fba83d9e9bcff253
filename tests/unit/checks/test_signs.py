"""The sign before a shared fact, and the words for a rise or fall in the other language."""

from __future__ import annotations

from pathlib import Path

import pytest

from ipdocs.pipeline.check import check

SOURCE = """\
schema: 1
kind: press-release
id: signs
style: gia
issued: 2026-03-02
languages: [en, tc]
facts:
  sales: {{percent: 2.6}}
  rents: {{percent: 3.1}}
title: {{en: "Retail figures", tc: "零售數字"}}
body:
  - id: lead
    paragraph:
      en: "{en}"
      tc: "{tc}"
"""


def codes(folder: Path, en: str, tc: str) -> list[str]:
    path = folder / "source.yaml"
    path.write_text(SOURCE.format(en=en, tc=tc), encoding="utf-8")
    return [finding.code for finding in check([path]) if finding.code != "unused-fact"]


@pytest.mark.parametrize(
    ("en", "tc"),
    [
        ("Sales: -{{ sales }} this month.", "本月銷售額下跌{{ sales }}。"),
        ("Sales: -{{ sales }}; rents: -{{ rents }}.", "銷售額下跌{{ sales }}；租金下跌{{ rents }}。"),
        ("Sales: -{{ sales }}; rents: {{ rents }}.", "銷售額下跌{{ sales }}；租金上升{{ rents }}。"),
        ("Sales and rents: -{{ sales }} and -{{ rents }}.", "銷售額及租金分別下跌{{ sales }}及{{ rents }}。"),
        ("Sales (-{{ sales }}) changed little.", "銷售額錄得負增長{{ sales }}。"),
        ("Sales fell by {{ sales }}.", "銷售額：-{{ sales }}。"),
        ("Sales: -{{ sales }} this month.", "本月銷售額：-{{ sales }}。"),
    ],
)
def test_a_minus_is_a_fall_in_words(en: str, tc: str, tmp_path: Path) -> None:
    assert codes(tmp_path, en, tc) == []


@pytest.mark.parametrize(
    ("en", "tc"),
    [
        ("Sales: -{{ sales }} this month.", "本月銷售額上升{{ sales }}。"),
        ("Sales: -{{ sales }} this month.", "本月銷售額變動{{ sales }}。"),
        ("Sales: -{{ sales }}; rents: -{{ rents }}.", "銷售額下跌{{ sales }}；租金上升{{ rents }}。"),
        ("Sales grew by {{ sales }}.", "銷售額：-{{ sales }}。"),
    ],
)
def test_a_minus_is_not_a_rise_in_words(en: str, tc: str, tmp_path: Path) -> None:
    assert "percent-differs" in codes(tmp_path, en, tc)
