"""Insertion, removal and reordering of list entries; lists in one line are written as lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from ipdocs.findings import IpdocsError
from ipdocs.source.brackets import without_brackets
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


def test_an_item_is_inserted_on_its_own_line() -> None:
    lines = change(LISTED, [NewEntry(ITEMS, 1, {"en": "Between"})], []).splitlines()
    assert (lines[4], lines[-1]) == ('        - {en: "One"}', '        - {en: "Two"}')
    assert lines[5] == '        - en: "Between"'


def test_a_list_in_brackets_is_written_as_lines() -> None:
    file = SourceText(PATH, IN_ONE_LINE.replace("]\n", "]  # two\n"))
    root, _ = parse_nodes(file)
    assert root
    assert without_brackets(file, root, [ITEMS]) == LISTED.replace("items:", "items: # two")
    assert without_brackets(file, root, [("body",), ("body", 0)]) == file.text


def test_an_entry_replaces_a_removed_one() -> None:
    changed = change(LISTED, [NewEntry(ITEMS, 0, {"en": "Zero"})], [(*ITEMS, 0)])
    assert changed == LISTED.replace('- {en: "One"}', '- en: "Zero"')


def test_nested_entries_are_inserted_first_and_in_order() -> None:
    new = [NewEntry(BODY, 1, {"id": "added", "paragraph": {"en": "After"}}), *(NewEntry(ITEMS, 9, {"en": en}) for en in "ab")]
    changed = change(LISTED.rstrip("\n"), new, [])
    assert changed == LISTED + '        - en: "a"\n        - en: "b"\n\n  - id: added\n    paragraph:\n      en: "After"\n'


def test_the_hyphen_of_an_entry_may_be_above_it() -> None:
    text = "body:\n  -\n    # first\n    id: a\n    rule: true\n  -\n    id: b\n    rule: true\n"
    assert change(text, [], [("body", 1)]) == text[: text.index("  -\n    id: b")]
    assert change(text, [], [("body", 0)]) == "body:\n" + text[text.index("  -\n    id: b") :]


def test_windows_line_ends_are_kept() -> None:
    changed = change(LISTED.replace("\n", "\r\n"), [NewEntry(ITEMS, 2, {"en": "Three"})], [(*ITEMS, 0)])
    assert changed == (LISTED.replace('        - {en: "One"}\n', "") + '        - en: "Three"\n').replace("\n", "\r\n")


BLOCKS = "body:\n  - {id: a}   # kept\n\n  - {id: b}\n  - {id: c}\nafter: x\n"


def test_blocks_move_with_their_comments() -> None:
    assert reorder(BLOCKS, [2, 0]) == "body:\n  - {id: c}\n\n  - {id: a}   # kept\n  - {id: b}\nafter: x\n"


def test_insertions_after_a_block_move_with_it() -> None:
    new = [NewEntry(BODY, 3, {"id": "new", "paragraph": {"en": "N"}})]
    changed = reorder(BLOCKS, [2, 1, 0], new, [("body", 1)])
    assert changed.index("id: c") < changed.index("id: new") < changed.index("id: a")
    assert "id: b" not in changed
    assert changed.endswith("\nafter: x\n")


def test_unnamed_blocks_stay_after_their_predecessors() -> None:
    assert complete_order([2, 0], 5) == [2, 3, 4, 0, 1]
    assert complete_order([1], 3) == [0, 1, 2]
    with pytest.raises(ValueError, match="order"):
        complete_order([1, 1], 2)


def test_a_list_never_becomes_empty() -> None:
    both: list[Keys] = [(*ITEMS, 0), (*ITEMS, 1)]
    with pytest.raises(IpdocsError) as raised:
        change(LISTED, [], both)
    (finding,) = raised.value.findings
    assert (finding.code, str(finding.location)) == ("empty-list", f"{PATH}:5:9")
    assert '- en: "New"' in change(LISTED, [NewEntry(ITEMS, 0, {"en": "New"})], both)


def test_comments_above_an_entry_go_with_it() -> None:
    text = "body:\n  - id: a\n    rule: true\n    # in a\n\n  # above b\n  - id: b\n    rule: true\n"
    assert change(text, [], [("body", 1)]) == text[: text.index("\n  # above b")]
    assert change(text, [], [("body", 0)]) == "body:\n" + text[text.index("  # above b") :]


def test_new_blocks_follow_the_blank_lines_of_the_others() -> None:
    new = [NewEntry(BODY, 1, {"id": "new", "rule": "true"})]
    close = "body:\n- id: a\n  rule: true\n- id: b\n  rule: true\n"
    assert "- id: new\n  rule: true\n- id: b" in change(close, new, [])
    assert "- id: new\n  rule: true\n\n- id: b" in change(close.replace("- id: b", "\n- id: b"), new, [])


def test_the_first_cell_beside_another_hyphen_is_removed() -> None:
    text = 'rows:\n  - - {en: "1"}\n    - {en: "2"}\n  - - {en: "3"}\n    - {en: "4"}\n'
    assert change(text, [], [("rows", 0, 0)]) == text.replace('- - {en: "1"}\n    - ', "- - ")
    assert change(text, [NewEntry(("rows", 1), 0, {"en": "0"})], []) == text.replace(
        '- - {en: "3"}', '- - en: "0"\n    - {en: "3"}'
    )
