from __future__ import annotations

import csv
from pathlib import Path

import pytest

from ipdocs.findings import IpdocsError
from ipdocs.locale.conversion.converter import converter
from ipdocs.locale.conversion.engine import CONTEXT_COLUMNS
from ipdocs.locale.tables import merged_rows
from ipdocs.workspace import Workspace

FILE = "locales/zh-Hant-HK/contexts.csv"


def to_traditional(text: str, workspace: Workspace | None = None) -> str:
    return converter("sc", "tc", workspace or Workspace()).convert(text)


def test_every_example_of_a_word_boundary_converts_as_stated() -> None:
    rows = merged_rows(Workspace(), FILE, CONTEXT_COLUMNS, lambda row: row["text"])
    assert len(rows) > 50
    assert [row["text"] for row in rows if to_traditional(row["example"]) != row["result"]] == []
    assert [row["text"] for row in rows if row["text"].replace("|", "") not in row["example"]] == []


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("礼拜一出席，逐一出列", "禮拜一出席，逐一出列"),
        ("三出短剧及十五出粤剧", "三齣短劇及十五齣粵劇"),
        ("今季上演五出戏曲", "今季上演五齣戲曲"),
        ("首出音乐剧", "首齣音樂劇"),
        ("由三出版社出版", "由三出版社出版"),
        ("星期一出剧院时受伤", "星期一出劇院時受傷"),
        ("检获30只龟及6只小鸟", "檢獲30隻龜及6隻小鳥"),
        ("星期二十一只船到港", "星期二十一隻船到港"),
        ("五人中三人只养狗", "五人中三人只養狗"),
    ],
)
def test_measure_words_follow_number_and_noun(text: str, result: str) -> None:
    assert to_traditional(text) == result


def test_workspace_adds_word_boundaries(tmp_path: Path) -> None:
    (tmp_path / "workspace.yaml").write_text("")
    table = tmp_path / FILE
    table.parent.mkdir(parents=True)
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([CONTEXT_COLUMNS, ("甲乙|发廊", "", "", "")])
    assert to_traditional("甲乙发廊", Workspace(tmp_path)) == "甲乙髮廊"


@pytest.mark.parametrize("text", ["统一出口", "统一|出|口", "|"])
def test_row_without_one_boundary_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "workspace.yaml").write_text("")
    table = tmp_path / FILE
    table.parent.mkdir(parents=True)
    table.write_text(f"{','.join(CONTEXT_COLUMNS)}\n{text},,,\n", "utf-8")
    with pytest.raises(IpdocsError) as caught:
        to_traditional("出", Workspace(tmp_path))
    assert [finding.code for finding in caught.value.findings] == ["bad-rule"]


@pytest.mark.parametrize("half", ["dev", "held-out", "fresh"])
def test_at_most_one_own_line_in_forty_is_wrong(half: str) -> None:
    with (Path(__file__).parent / "own_lines.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["half"] == half]
    wrong = [row["simplified"] for row in rows if to_traditional(row["simplified"]) != row["traditional"]]
    assert len(rows) >= 60
    assert 40 * len(wrong) <= len(rows), wrong
