"""Entries of a source are put in and taken out line by line; a list in one line is told, and left as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from ipdocs.findings import IpdocsError
from ipdocs.source.edits import splice
from ipdocs.source.file import SourceText
from ipdocs.source.rearrangement import BODY, NewEntry, complete_order, list_edits, reorder_blocks
from ipdocs.source.texts import Keys
from ipdocs.source.yaml import parse_nodes

LISTED = 'body:\n  - id: areas\n    list:\n      items:\n        - {en: "One"}\n        - {en: "Two"}\n'
IN_ONE_LINE = 'body:\n  - id: areas\n    list:\n      items: [{en: "One"}, {en: "Two"}]\n'
ITEMS: Keys = ("body", 0, "list", "items")
PATH = Path("release.yaml")


def change(text: str, new: list[NewEntry], removed: list[Keys]) -> str:
    file = SourceText(PATH, text)
    root, findings = parse_nodes(file)
    assert root
    assert not findings
    return splice(file, list_edits(file, root, new, removed))


def reorder(text: str, order: list[int], new: list[NewEntry] | None = None, removed: list[Keys] | None = None) -> str:
    file = SourceText(PATH, text)
    root, _ = parse_nodes(file)
    assert root
    return reorder_blocks(file, root, list_edits(file, root, new or [], removed or []), order)


def test_an_item_is_put_in_on_lines_of_its_own() -> None:
    lines = change(LISTED, [NewEntry(ITEMS, 1, {"en": "Between"})], []).splitlines()
    assert (lines[4], lines[-1]) == ('        - {en: "One"}', '        - {en: "Two"}')
    assert lines[5] == '        - en: "Between"'


@pytest.mark.parametrize(
    ("new", "removed"), [([NewEntry(ITEMS, 1, {"en": "Between"})], []), ([], [(*ITEMS, 0)])], ids=["put in", "taken out"]
)
def test_a_list_in_one_line_is_told_with_its_place(new: list[NewEntry], removed: list[Keys]) -> None:
    told = (
        "error[one-line-list]: this list is written in one line, so its entries cannot be moved, put in or taken out\n"
        f"  --> {PATH}:4:14\n   = hint: write each entry on a line of its own, beginning with -"
    )
    with pytest.raises(IpdocsError) as error:
        change(IN_ONE_LINE, new, removed)
    assert str(error.value) == told


def test_an_entry_takes_the_place_of_one_that_is_taken_out() -> None:
    changed = change(LISTED, [NewEntry(ITEMS, 0, {"en": "Zero"})], [(*ITEMS, 0)])
    assert changed == LISTED.replace('- {en: "One"}', '- en: "Zero"')


def test_several_entries_at_one_place_keep_their_order_inner_lists_first() -> None:
    new = [NewEntry(BODY, 1, {"id": "added", "paragraph": {"en": "After"}}), *(NewEntry(ITEMS, 9, {"en": en}) for en in "ab")]
    changed = change(LISTED.rstrip("\n"), new, [])
    assert changed == LISTED + '        - en: "a"\n        - en: "b"\n\n  - id: added\n    paragraph:\n      en: "After"\n'


def test_the_hyphen_of_an_entry_may_stand_above_it() -> None:
    text = "body:\n  -\n    # first\n    id: a\n    rule: true\n  -\n    id: b\n    rule: true\n"
    assert change(text, [], [("body", 1)]) == text[: text.index("  -\n    id: b")]
    assert change(text, [], [("body", 0)]) == "body:\n" + text[text.index("  -\n    id: b") :]


def test_line_ends_of_windows_stay() -> None:
    changed = change(LISTED.replace("\n", "\r\n"), [NewEntry(ITEMS, 2, {"en": "Three"})], [(*ITEMS, 0)])
    assert changed == (LISTED.replace('        - {en: "One"}\n', "") + '        - en: "Three"\n').replace("\n", "\r\n")


BLOCKS = "body:\n  - {id: a}   # kept\n\n  - {id: b}\n  - {id: c}\nafter: x\n"


def test_blocks_move_with_their_comments_and_blank_lines_stay() -> None:
    assert reorder(BLOCKS, [2, 0]) == "body:\n  - {id: c}\n\n  - {id: a}   # kept\n  - {id: b}\nafter: x\n"


def test_what_is_put_in_behind_a_block_moves_with_it() -> None:
    new = [NewEntry(BODY, 3, {"id": "new", "paragraph": {"en": "N"}})]
    changed = reorder(BLOCKS, [2, 1, 0], new, [("body", 1)])
    assert changed.index("id: c") < changed.index("id: new") < changed.index("id: a")
    assert "id: b" not in changed
    assert changed.endswith("\nafter: x\n")


def test_blocks_that_an_order_does_not_name_stay_behind_the_ones_before_them() -> None:
    assert complete_order([2, 0], 5) == [2, 3, 4, 0, 1]
    assert complete_order([1], 3) == [0, 1, 2]
    with pytest.raises(ValueError, match="names each block once"):
        complete_order([1, 1], 2)


def test_a_list_is_not_left_without_entries() -> None:
    both: list[Keys] = [(*ITEMS, 0), (*ITEMS, 1)]
    with pytest.raises(IpdocsError) as error:
        change(LISTED, [], both)
    assert str(error.value) == (
        "error[empty-list]: every entry of this list would be taken out\n"
        f"  --> {PATH}:5:9\n   = hint: take the list itself out of the source"
    )
    assert '- en: "New"' in change(LISTED, [NewEntry(ITEMS, 0, {"en": "New"})], both)
