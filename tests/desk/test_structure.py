"""Structure on the Write page: blocks, items, tables and footnotes with keys, menus and the mouse; each step is undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.desk.conftest import RunningDesk

pytestmark = pytest.mark.slow

RELEASE = """\
schema: 1
kind: press-release
id: example
issued: 2018-08-21
languages: [en, tc]
title: {en: "Title", tc: "標題"}
body:
  # the lead
  - id: lead
    paragraph: {en: "First words. Second words.", tc: "第一句。第二句。"}  # kept

  - id: second
    paragraph: {en: "Second.", tc: "第二。"}

  - id: areas
    list:
      items:
        - {en: "One", tc: "一"}
        - {en: "Two", tc: "二"}
        - en: "Three"
          tc: "三"

  - id: grid
    table:
      head: [{en: "A", tc: "甲"}, {en: "B", tc: "乙"}]
      rows:
        - [{en: "1", tc: "1"}, {en: "2", tc: "2"}]
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "office"
    (folder / "locales").mkdir(parents=True)
    (folder / "small.yaml").write_text(RELEASE, "utf-8")
    return folder


@pytest.fixture
def page(desk: RunningDesk, open_page: Callable[..., Any]) -> Any:
    return open_page(desk, "/d/small.yaml")


def source(workspace: Path) -> str:
    return (workspace / "small.yaml").read_text("utf-8")


def saved(page: Any, workspace: Path, *parts: str, absent: str = "") -> str:
    """Wait until the file has parts of its text, and return it."""
    for _ in range(600):
        text = source(workspace)
        if all(part in text for part in parts) and (not absent or absent not in text):
            return text
        page.wait_for_timeout(50)
    raise AssertionError(source(workspace))


def caret(page: Any, place: str, lang: str, at: int) -> None:
    """Put the caret into a text."""
    page.locator(f"[data-place='{place}'][data-lang={lang}]").click()
    page.keyboard.press("Home")
    for _ in range(at):
        page.keyboard.press("ArrowRight")


def focused(page: Any) -> str:
    """The place and language of the text with the caret."""
    script = "(cell => cell ? `${cell.dataset.place} ${cell.dataset.lang}` : '')(document.activeElement.closest('[data-place]'))"
    return str(page.evaluate(script))


def wait_focused(page: Any, place: str) -> None:
    for _ in range(600):
        if focused(page) == place:
            return
        page.wait_for_timeout(50)
    assert focused(page) == place


def undo_all(page: Any, workspace: Path) -> None:
    """Take back all steps; the file is then as it was, byte for byte."""
    for _ in range(20):
        before = source(workspace)
        if before == RELEASE:
            break
        page.keyboard.press("Control+z")
        for _ in range(200):
            if source(workspace) != before:
                break
            page.wait_for_timeout(50)
    assert source(workspace) == RELEASE
    assert [problem for problem in page.problems if "503" not in problem] == []  # 503: the page could not be drawn in time


def choose(page: Any, *names: str) -> None:
    """Choose in menus by their words."""
    for name in names:
        page.get_by_role("menuitem", name=name, exact=False).first.click()


def test_enter_at_the_end_begins_a_paragraph(page: Any, workspace: Path) -> None:
    caret(page, "lead.paragraph", "en", 0)
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    wait_focused(page, "paragraph-2.paragraph en")
    page.keyboard.type("New words")
    page.keyboard.press("Control+s")
    text = saved(page, workspace, '  - id: paragraph-2\n    paragraph:\n      en: "New words"\n')
    assert text.replace('  - id: paragraph-2\n    paragraph:\n      en: "New words"\n\n', "") == RELEASE
    undo_all(page, workspace)


def test_enter_within_splits_one_language_and_then_the_other(page: Any, workspace: Path) -> None:
    caret(page, "lead.paragraph", "en", 12)
    page.keyboard.press("Enter")
    saved(page, workspace, 'en: "Second words."')
    wait_focused(page, "paragraph-2.paragraph en")
    card = page.locator("[data-row=lead] .card", has_text="Split here too")
    assert "繁體中文" in card.inner_text()
    caret(page, "lead.paragraph", "tc", 4)
    page.keyboard.press("Enter")
    saved(page, workspace, 'tc: "第二句。"', '{en: "First words.", tc: "第一句。"}')
    card.wait_for(state="detached")
    wait_focused(page, "paragraph-2.paragraph tc")
    caret(page, "paragraph-2.paragraph", "tc", 0)
    page.keyboard.press("Backspace")
    saved(page, workspace, 'tc: "第一句。第二句。"', "First words. Second words.", absent="paragraph-2")
    wait_focused(page, "lead.paragraph tc")
    undo_all(page, workspace)


def test_lists_are_written_with_enter_and_levels(page: Any, workspace: Path) -> None:
    caret(page, "areas.list.items.2", "en", 5)
    page.keyboard.press("Enter")
    wait_focused(page, "areas.list.items.3 en")
    page.keyboard.type("Four")
    page.keyboard.press("Alt+Shift+ArrowRight")
    saved(page, workspace, '- text:\n            en: "Three"\n            tc: "三"\n          list:\n            items:\n')
    wait_focused(page, "areas.list.items.2.list.items.0 en")
    page.keyboard.press("Enter")
    wait_focused(page, "areas.list.items.2.list.items.1 en")
    page.keyboard.press("Enter")
    wait_focused(page, "areas.list.items.3 en")
    page.keyboard.press("Enter")
    saved(page, workspace, "- id: paragraph-3\n")
    wait_focused(page, "paragraph-3.paragraph en")
    undo_all(page, workspace)


def test_blocks_are_moved_deleted_and_changed_by_the_menu(page: Any, workspace: Path) -> None:
    caret(page, "second.paragraph", "en", 0)
    page.keyboard.press("Alt+Shift+ArrowUp")
    text = saved(page, workspace, "body:\n  - id: second\n")
    assert text.index("id: second") < text.index("# the lead") < text.index("# kept")
    wait_focused(page, "second.paragraph en")
    page.keyboard.press("F2")
    choose(page, "Make it: Heading")
    saved(page, workspace, 'heading: {en: "Second.", tc: "第二。"}')
    page.locator("[data-row=lead]").hover()
    page.locator("[data-row=lead] .handle").click()
    choose(page, "Delete")
    saved(page, workspace, absent="id: lead")
    page.locator(".note button").click()
    saved(page, workspace, "# the lead", "id: lead")
    undo_all(page, workspace)


KINDS = ["Paragraph", "Heading", "List", "Quotation", "Table", "Definitions", "Footnotes", "Line across", "New page"]


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_block_is_put_in(page: Any, workspace: Path, kind: str) -> None:
    page.locator("[data-row=second]").hover()
    page.locator("[data-row=second] .put").click()
    choose(page, kind)
    for _ in range(600):
        if source(workspace) != RELEASE:
            break
        page.wait_for_timeout(50)
    assert source(workspace).count("  - id: ") == 5
    undo_all(page, workspace)


def test_a_block_is_dragged_by_its_handle(page: Any, workspace: Path) -> None:
    page.locator("[data-row=areas] .handle").drag_to(page.locator("[data-row=lead]"), target_position={"x": 300, "y": 3})
    text = saved(page, workspace, "body:\n  - id: areas\n")
    assert text.index("id: areas") < text.index("# the lead") < text.index("id: second")
    undo_all(page, workspace)


def test_arrows_and_the_menu_work_in_a_table(page: Any, workspace: Path) -> None:
    caret(page, "grid.table.head.0", "en", 1)
    page.keyboard.press("ArrowRight")
    wait_focused(page, "grid.table.head.1 en")
    page.keyboard.press("ArrowDown")
    wait_focused(page, "grid.table.rows.0.1 en")
    page.keyboard.press("F2")
    choose(page, "Row below")
    saved(page, workspace, "⟦…⟧")
    wait_focused(page, "grid.table.rows.0.1 en")
    page.keyboard.press("ArrowLeft")
    wait_focused(page, "grid.table.rows.0.0 en")
    page.keyboard.press("F2")
    choose(page, "Join with the cell after it")
    saved(page, workspace, "columns: 2", 'en: "1 2"')
    page.keyboard.press("Escape")
    undo_all(page, workspace)


def test_a_footnote_opens_below(page: Any, workspace: Path) -> None:
    caret(page, "second.paragraph", "tc", 2)
    page.keyboard.press("Control+Alt+f")
    saved(page, workspace, 'tc: "第二[^note-1]。"', "footnotes:")
    wait_focused(page, "notes.footnotes.note-1 tc")
    page.keyboard.type("註")
    page.keyboard.press("Control+s")
    saved(page, workspace, 'tc: "註"')
    undo_all(page, workspace)


def test_a_block_is_left_out_of_a_language_with_a_reason(page: Any, workspace: Path) -> None:
    caret(page, "second.paragraph", "en", 0)
    page.keyboard.press("F2")
    choose(page, "Not in Traditional Chinese")
    page.keyboard.type("for local readers")
    page.keyboard.press("Enter")
    saved(page, workspace, 'absent:\n      tc: "for local readers"', '{en: "Second."}')
    page.locator("[data-row=second]", has_text="for local readers").wait_for()
    undo_all(page, workspace)
