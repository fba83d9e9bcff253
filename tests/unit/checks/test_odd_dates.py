"""Dates that do not exist, words with unusual letters and very long rows of numbers are checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from ipdocs.checks import values
from ipdocs.checks.equal_values import are_equal
from ipdocs.pipeline.check import check
from ipdocs.values.value_span import ValueSpan

SOURCE = """\
schema: 1
kind: press-release
id: hall
issued: 2026-12-20
languages: [en, tc]
title: {{en: "The hall", tc: "禮堂"}}
body:
  - {{id: a, paragraph: {{en: "{en}", tc: "{tc}"}}}}
"""


@pytest.mark.parametrize(
    ("en", "tc", "code"),
    [
        ("The hall closes on February 30 and opens the next day.", "禮堂於三月三日關閉。", "date-differs"),
        ("The hall closed thiſ year and laſt year.", "禮堂於二○二五年閉館。", "years-differ"),
    ],
)
def test_odd_dates_are_compared(en: str, tc: str, code: str, tmp_path: Path) -> None:
    (tmp_path / "locales").mkdir()
    (tmp_path / "checks.yaml").write_text("impossible-date: off\n", "utf-8")
    path = tmp_path / "release.yaml"
    path.write_text(SOURCE.format(en=en, tc=tc), "utf-8")
    assert code in {finding.code for finding in check([path])}


def test_a_long_row_of_one_number_is_compared_in_linear_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    count, calls = 3000, 0

    def counted(first: ValueSpan, second: ValueSpan) -> bool:
        nonlocal calls
        calls += 1
        return are_equal(first, second)

    monkeypatch.setattr(values, "are_equal", counted)
    (tmp_path / "locales").mkdir()
    path = tmp_path / "release.yaml"
    path.write_text(SOURCE.format(en="Lots " + "12 " * count + "and 5.", tc="批次" + "12 " * (count - 1) + "及5。"), "utf-8")
    findings = check([path])
    assert "number-differs" not in {finding.code for finding in findings}
    assert count < calls < 20 * count
