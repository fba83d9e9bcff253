from __future__ import annotations

from pathlib import Path

from ipdocs.translation.memory import tmx_codec
from ipdocs.translation.memory.unit import MemoryUnit
from ipdocs.translation.memory.workspace_memory import check_memory
from ipdocs.values.types import Date
from ipdocs.workspace import Workspace


def findings(folder: Path, *texts: tuple[str, str], state: str = "approved") -> list[tuple[str, str, int]]:
    """Return code, message and line of the findings on a memory with some English and Chinese texts."""
    path = folder / "locales/memory/some.tmx"
    path.parent.mkdir(parents=True, exist_ok=True)
    units = [
        MemoryUnit("some", str(number), {"en": (english,), "tc": (chinese,)}, Date(2018, 8, 22), "gia", state)  # type: ignore[arg-type]
        for number, (english, chinese) in enumerate(texts)
    ]
    path.write_text("".join(tmx_codec.tmx_lines(units, Workspace(), tmx_codec.shared_properties(units))), "utf-8")
    result = check_memory(folder)
    assert all(finding.severity == "warning" and finding.hint for finding in result)
    return [(finding.code, finding.message, finding.location.line if finding.location else 0) for finding in result]


def assert_finding(result: list[tuple[str, str, int]], code: str, line: int, *quoted: str) -> None:
    """Check that there is one finding, with a code and line, whose message quotes some words."""
    ((actual_code, message, actual_line),) = result
    assert (actual_code, actual_line) == (code, line)
    assert all(words in message for words in quoted)


def test_a_clean_memory_has_no_findings(tmp_path: Path) -> None:
    texts = ("The 17th meeting was held.", "第十七次會議已經舉行。"), ("14 firms joined.", "十四間公司參加。")
    assert findings(tmp_path, *texts) == []


def test_two_translations_of_one_text_are_reported(tmp_path: Path) -> None:
    result = findings(tmp_path, ("It was held.", "已經舉行。"), ("It ended.", "結束。"), ("It was held.", "經已舉行。"))
    assert_finding(result, "memory-two-translations", 18, "“It was held.”", "some.tmx:10")


def test_an_untranslated_text_is_reported(tmp_path: Path) -> None:
    result = findings(tmp_path, ("Trade Marks Ordinance", "Trade Marks Ordinance"), ("2018", "2018"))
    assert_finding(result, "memory-untranslated", 10, "“Trade Marks Ordinance”")


def test_numbers_that_disagree_are_reported(tmp_path: Path) -> None:
    result = findings(tmp_path, ("It drew 140 people.", "有一百四十五人參加。"))
    assert_finding(result, "memory-numbers-disagree", 10, "“140”", "“一百四十五”")
    result = findings(tmp_path, ("It is on August 21.", "八月二十二日舉行。"))
    assert_finding(result, "memory-numbers-disagree", 10, "“August 21”", "“八月二十二日”")


def test_a_value_in_only_one_text_is_not_reported(tmp_path: Path) -> None:
    assert findings(tmp_path, ("Both sides met on August 21.", "雙方八月二十一日會面，為期一天。")) == []


def test_a_guessed_number_is_reported_until_confirmed(tmp_path: Path) -> None:
    five, eight = ("The five winners shared it.", "五名得主共享。"), ("The eight winners shared it.", "八名得主共享。")
    assert_finding(findings(tmp_path, five), "memory-guessed-number", 10, "“five”", "“五”")
    assert findings(tmp_path, five, eight) == []


def test_drafts_may_have_different_translations(tmp_path: Path) -> None:
    assert findings(tmp_path, ("It was held.", "已經舉行。"), ("It was held.", "經已舉行。"), state="draft") == []


def test_file_that_is_not_tmx_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "locales/memory").mkdir(parents=True)
    (tmp_path / "locales/memory/bad.tmx").write_text("<tmx>", "utf-8")
    assert [finding.code for finding in check_memory(tmp_path)] == ["bad-tmx"]
