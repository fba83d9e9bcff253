"""Splicing and replacing files."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from ipdocs.files.placing import write_atomically
from ipdocs.source.edits import Edit, splice
from ipdocs.source.file import SourceText


def test_edits_are_made_where_they_stand_in_any_order() -> None:
    file = SourceText(Path("a.yaml"), "\ufeffone two three\r\n")
    assert splice(file, [Edit(9, 14, "3"), Edit(1, 4, "1"), Edit(5, 5, "and ")]) == "\ufeff1 and two 3\r\n"


def test_edits_that_overlap_are_our_own_mistake() -> None:
    with pytest.raises(ValueError, match="the edit at 2 overlaps"):
        splice(SourceText(Path("a.yaml"), "abcdef"), [Edit(0, 3, ""), Edit(2, 4, "")])


def test_a_replaced_file_keeps_its_mode_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("old")
    path.chmod(0o640)
    write_atomically(path, b"new")
    assert path.read_text() == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_a_link_and_its_target_is_replaced(tmp_path: Path) -> None:
    target, link = tmp_path / "target.yaml", tmp_path / "link.yaml"
    target.write_text("old")
    link.symlink_to(target)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert target.read_text() == "new"


def test_a_write_that_fails_leaves_the_old_file_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("old")
    with pytest.raises(TypeError):
        write_atomically(path, "no bytes")  # type: ignore[arg-type]
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]
