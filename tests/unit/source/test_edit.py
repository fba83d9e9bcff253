"""Edits of a source."""

from __future__ import annotations

from pathlib import Path

import pytest

from ipdocs.source.edits import Edit, splice
from ipdocs.source.file import SourceText


def test_edits_are_applied_in_any_order() -> None:
    file = SourceText(Path("a.yaml"), "\ufeffone two three\r\n")
    assert splice(file, [Edit(9, 14, "3"), Edit(1, 4, "1"), Edit(5, 5, "and ")]) == "\ufeff1 and two 3\r\n"


def test_overlapping_edits_are_an_error() -> None:
    with pytest.raises(ValueError, match="the edit at 2 overlaps"):
        splice(SourceText(Path("a.yaml"), "abcdef"), [Edit(0, 3, ""), Edit(2, 4, "")])
