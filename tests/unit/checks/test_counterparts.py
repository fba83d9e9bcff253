"""English codes and the Chinese words for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from ipdocs.findings import IpdocsError
from ipdocs.locale.counterparts import read_counterparts
from ipdocs.pipeline.check import check
from ipdocs.workspace import Workspace

HEAD = """\
schema: 1
kind: press-release
id: any
issued: 2026-03-02
languages: [en, tc]
title: {en: "A title", tc: "題目"}
body:
"""


def codes(folder: Path, en: str, tc: str, table: str = "") -> list[str]:
    """Check one paragraph in a new workspace, and return the codes of the findings."""
    (folder / "locales").mkdir(parents=True)
    if table:
        (folder / "locales/counterparts.csv").write_text(f"english,chinese,note\n{table}\n", "utf-8")
    path = folder / "source.yaml"
    path.write_text(f'{HEAD}- {{id: lead, paragraph: {{en: "{en}", tc: "{tc}"}}}}\n', "utf-8")
    return [finding.code for finding in check([path])]


@pytest.mark.parametrize(
    ("en", "tc"),
    [
        ("Pupils of Primary 3 sang.", "小三學生唱歌。"),
        ("Pupils of P.3 sang.", "小三學生唱歌。"),
        ("The levels of SO2 and PM 2.5 fell.", "二氧化硫及微粒濃度下降。"),
        ("The G7 met.", "七大工業國開會。"),
        ("The 3D film ran.", "立體電影上映。"),
    ],
)
def test_chinese_words_equal_a_code(tmp_path: Path, en: str, tc: str) -> None:
    assert codes(tmp_path, en, tc) == []


def test_another_number_is_a_difference(tmp_path: Path) -> None:
    assert codes(tmp_path, "The G7 met.", "八大工業國開會。") != []


def test_workspace_adds_a_code_with_a_number(tmp_path: Path) -> None:
    pair = ("A tunnel of class T4 opened.", "丁級四類隧道啟用。")
    assert codes(tmp_path / "shipped", *pair) != []
    assert codes(tmp_path / "own", *pair, table="T {n},丁級{n}類,") == []


def test_words_are_converted_to_simplified(tmp_path: Path) -> None:
    rows = read_counterparts(Workspace(tmp_path)).rows
    assert any(row.chinese.fullmatch("二十国集团") and row.english.fullmatch("G20") for row in rows)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("T{n},丁級,", "only some forms"),
        ("T{x},{n}級,", "{x} is not a number"),
        ("T{6-1},{n}級,", "{6-1} is not a number"),
        ("T{n}{n},{n}級,", "braces that are no number"),
        ("T{n,{n}級,", "braces that are no number"),
        ("T,,", "nothing in the column 'chinese'"),
        (";,級,", "nothing in the column 'english'"),
        ("{n},{n}級,", "has no word"),
    ],
)
def test_bad_row_is_a_finding_at_its_line(tmp_path: Path, row: str, message: str) -> None:
    (tmp_path / "locales").mkdir()
    (tmp_path / "locales/counterparts.csv").write_text(f"english,chinese,note\n{row}\n", "utf-8")
    with pytest.raises(IpdocsError) as caught:
        read_counterparts(Workspace(tmp_path))
    (finding,) = caught.value.findings
    assert (finding.code, message in finding.message) == ("bad-counterpart", True)
    assert finding.location is not None
    assert finding.location.line == 2
