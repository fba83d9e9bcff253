from __future__ import annotations

from pathlib import Path

from ipdocs.translation.memory import tmx_codec
from ipdocs.translation.memory.unit import MemoryUnit
from ipdocs.translation.memory.workspace_memory import check_memory
from ipdocs.values.types import Date
from ipdocs.workspace import Workspace


def findings(folder: Path, *texts: tuple[str, str], state: str = "approved") -> list[tuple[str, str, int]]:
    path = folder / "locales/memory/some.tmx"
    path.parent.mkdir(parents=True, exist_ok=True)
    units = [
        MemoryUnit("some", str(number), {"en": (english,), "tc": (chinese,)}, Date(2018, 8, 22), "gia", state)  # type: ignore[arg-type]
        for number, (english, chinese) in enumerate(texts)
    ]
    path.write_text("".join(tmx_codec.tmx_lines(units, Workspace(), tmx_codec.shared_properties(units))), "utf-8")
    found = check_memory(folder)
    assert all(one.severity == "warning" and one.hint for one in found)
    return [(one.code, one.message, one.location.line if one.location else 0) for one in found]


def test_a_clean_memory_has_no_findings(tmp_path: Path) -> None:
    assert (
        findings(tmp_path, ("The 17th meeting was held.", "第十七次會議已經舉行。"), ("14 firms joined.", "十四間公司參加。"))
        == []
    )


def test_one_text_with_two_translations(tmp_path: Path) -> None:
    found = findings(tmp_path, ("It was held.", "已經舉行。"), ("It ended.", "結束。"), ("It was held.", "經已舉行。"))
    message = "“It was held.” has two translations; another stands in some.tmx:10"
    assert found == [("memory-two-translations", message, 18)]


def test_a_text_that_stands_untranslated(tmp_path: Path) -> None:
    assert findings(tmp_path, ("Trade Marks Ordinance", "Trade Marks Ordinance"), ("2018", "2018")) == [
        ("memory-untranslated", "“Trade Marks Ordinance” stands untranslated", 10)
    ]


def test_numbers_that_disagree(tmp_path: Path) -> None:
    assert findings(tmp_path, ("It drew 140 people.", "有一百四十五人參加。")) == [
        ("memory-numbers-disagree", "“140” and “一百四十五” disagree", 10)
    ]
    assert findings(tmp_path, ("It is on August 21.", "八月二十二日舉行。")) == [
        ("memory-numbers-disagree", "“August 21” and “八月二十二日” disagree", 10)
    ]


def test_what_one_text_alone_says_is_no_disagreement(tmp_path: Path) -> None:
    assert findings(tmp_path, ("Both sides met on August 21.", "雙方八月二十一日會面，為期一天。")) == []


def test_a_small_number_that_is_known_from_one_unit_is_listed_until_another_bears_it_out(tmp_path: Path) -> None:
    one, other = ("The five winners shared it.", "五名得主共享。"), ("The eight winners shared it.", "八名得主共享。")
    message = "that “five” is “五” is known from one unit alone, so no other number takes its place"
    assert findings(tmp_path, one) == [("memory-guessed-number", message, 10)]
    assert findings(tmp_path, one, other) == []


def test_drafts_may_differ_from_what_is_approved(tmp_path: Path) -> None:
    assert findings(tmp_path, ("It was held.", "已經舉行。"), ("It was held.", "經已舉行。"), state="draft") == []


def test_a_file_that_is_no_tmx_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "locales/memory").mkdir(parents=True)
    (tmp_path / "locales/memory/bad.tmx").write_text("<tmx>", "utf-8")
    assert [one.code for one in check_memory(tmp_path)] == ["bad-tmx"]
