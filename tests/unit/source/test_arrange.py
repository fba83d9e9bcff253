"""Entries of a source are put in and taken out line by line; a list in one line is told, and left as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from ipdocs.findings import IpdocsError
from ipdocs.source.file import read_text
from ipdocs.source.rearrangement import insert_item, take_out

LISTED = 'body:\n  - id: areas\n    list:\n      items:\n        - {en: "One"}\n        - {en: "Two"}\n'
IN_ONE_LINE = 'body:\n  - id: areas\n    list:\n      items: [{en: "One"}, {en: "Two"}]\n'
ITEMS = ("body", 0, "list", "items")


def test_an_item_is_put_in_on_lines_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "release.yaml"
    path.write_text(LISTED, "utf-8")
    lines = insert_item(read_text(path), ITEMS, 1, {"en": "Between"}).splitlines()
    assert (lines[4], lines[-1]) == ('        - {en: "One"}', '        - {en: "Two"}')
    assert '"Between"' in lines[5]


def test_a_list_in_one_line_is_told_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "release.yaml"
    path.write_text(IN_ONE_LINE, "utf-8")
    told = (
        "error[one-line-list]: this list is written in one line, so its entries cannot be moved, put in or taken out\n"
        f"  --> {path}:4:14\n   = hint: write each entry on a line of its own, beginning with -"
    )
    for change in (lambda file: insert_item(file, ITEMS, 1, {"en": "Between"}), lambda file: take_out(file, (*ITEMS, 0))):
        with pytest.raises(IpdocsError) as error:
            change(read_text(path))
        assert str(error.value) == told
