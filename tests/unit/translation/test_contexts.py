from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from ipdocs.findings import IpdocsError
from ipdocs.locale.conversion.converter import converter
from ipdocs.locale.conversion.engine import CONTEXT_COLUMNS, context_texts
from ipdocs.locale.tables import merged_rows
from ipdocs.workspace import Workspace

FILE = "locales/zh-Hant-HK/contexts.csv"


def to_traditional(text: str, workspace: Workspace | None = None) -> str:
    return converter("sc", "tc", workspace or Workspace()).convert(text)


def test_every_example_of_a_word_boundary_converts_as_stated() -> None:
    rows = merged_rows(Workspace(), FILE, CONTEXT_COLUMNS, lambda row: row["text"])
    assert len(rows) > 50
    assert [row["text"] for row in rows if to_traditional(row["example"]) != row["result"]] == []
    texts = [(row, [text.replace("|", "") for text in context_texts(row["text"])]) for row in rows]
    assert [row["text"] for row, words in texts if not any(word in row["example"] for word in words)] == []
    counts = Counter(word for _, words in texts for word in words)
    assert [word for word, count in counts.items() if count > 1] == []


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
        ("该只帆船及每只碗", "該隻帆船及每隻碗"),
        ("候鸟由800只至1 200只，部分只停留一天", "候鳥由800隻至1 200隻，部分只停留一天"),
        ("一出由学生改编的短剧", "一齣由學生改編的短劇"),
        ("重映六出喜剧片及首出舞台制作", "重映六齣喜劇片及首齣舞台製作"),
        ("由一出口商赞助的影片", "由一出口商贊助的影片"),
        ("新厦提供二百伙", "新廈提供二百伙"),
        ("五百多伙住宅", "五百多伙住宅"),
        ("三出剧目及首出曲目", "三齣劇目及首齣曲目"),
        ("三百伙伴及三伙贼", "三百夥伴及三夥賊"),
    ],
)
def test_measure_words_follow_number_and_noun(text: str, result: str) -> None:
    assert to_traditional(text) == result


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("十二天后及3天后", "十二天後及3天後"),
        ("逢星期四只收现金", "逢星期四只收現金"),
        ("要冲洗，会冲走", "要沖洗，會沖走"),
        ("管制药物及管制程序", "管制藥物及管制程序"),
        ("若干线索，抽签订明", "若干線索，抽籤訂明"),
        ("已将若干事项交由宿舍得主", "已將若干事項交由宿舍得主"),
    ],
)
def test_brackets_and_numerals_stand_for_many_texts(text: str, result: str) -> None:
    assert to_traditional(text) == result


def test_row_stands_for_each_character_in_brackets() -> None:
    assert context_texts("[甲乙]|[丙丁]") == ["甲|丙", "甲|丁", "乙|丙", "乙|丁"]
    assert context_texts("#|天")[:2] == ["0|天", "1|天"]


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


@pytest.mark.parametrize("half", ["dev", "held-out", "fresh", "second dev", "second kept aside", "second fresh", "third fresh"])
def test_at_most_one_own_line_in_forty_is_wrong(half: str) -> None:
    with (Path(__file__).parent / "own_lines.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["half"] == half]
    wrong = [row["simplified"] for row in rows if to_traditional(row["simplified"]) != row["traditional"]]
    assert len(rows) >= 60
    assert 40 * len(wrong) <= len(rows), wrong
