"""Saving in Chromium: what is typed stands in the file, and nothing else of the file changes."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .typing_help import DOCUMENT, EXAMPLE, cell, saved, type_at_end, wait_for

pytestmark = pytest.mark.slow


@pytest.fixture
def write(desk: Any, open_page: Callable[..., Any]) -> Any:
    """The Write page of the example release."""
    return open_page(desk, DOCUMENT)


@pytest.fixture
def source(workspace: Path) -> Path:
    """The source of the example release."""
    return workspace / EXAMPLE


def test_typed_words_stand_in_the_file(write: Any, source: Path) -> None:
    before = source.read_text("utf-8")
    type_at_end(write, "spokesman.paragraph", "en", " Well")
    type_at_end(write, "spokesman.paragraph", "tc", "好")
    saved(write)
    assert source.read_text("utf-8") == before.replace("and added:", "and added: Well").replace("並說：", "並說：好")
    assert write.problems == []


def test_undo_takes_back_unsent_then_saved_words(write: Any, source: Path) -> None:
    before = source.read_text("utf-8")
    type_at_end(write, "spokesman.paragraph", "en", " One")
    write.keyboard.press("Control+s")
    saved(write)
    write.keyboard.type(" two")
    write.keyboard.press("Control+z")
    saved(write)
    assert source.read_text("utf-8") == before.replace("and added:", "and added: One")
    write.keyboard.press("Control+z")
    wait_for(write, lambda: source.read_text("utf-8") == before)
    write.keyboard.press("Control+y")
    wait_for(write, lambda: source.read_text("utf-8") == before.replace("and added:", "and added: One"))
    assert write.problems == []


def test_another_block_changed_outside_is_told(write: Any, source: Path) -> None:
    type_at_end(write, "spokesman.paragraph", "en", " Well")
    saved(write)
    source.write_text(source.read_text("utf-8").replace("吸引", "共吸引"), "utf-8")
    write.wait_for_selector(".note:has-text('Lead')")
    assert "共吸引" in cell(write, "lead.paragraph", "tc").inner_text()
    write.keyboard.type(" again")
    saved(write)
    assert "Well again" in source.read_text("utf-8")


@pytest.mark.parametrize(("button", "words"), [("Keep mine", "mine"), ("Take theirs", "theirs"), ("Both", "mine theirs")])
def test_the_same_cell_changed_outside_is_a_conflict(write: Any, source: Path, button: str, words: str) -> None:
    ending = "and added:"
    type_at_end(write, "spokesman.paragraph", "en", " mine")
    source.write_text(source.read_text("utf-8").replace(ending, f"{ending} theirs"), "utf-8")
    write.wait_for_selector(".of-conflict")
    write.wait_for_timeout(1500)
    assert f"{ending} theirs" in source.read_text("utf-8")
    assert "mine" in cell(write, "spokesman.paragraph", "en").inner_text()
    write.click(f".of-conflict button:has-text('{button}')")
    saved(write)
    assert write.locator(".of-conflict").count() == 0
    written = source.read_text("utf-8")
    if button == "Both":
        assert written.index(" mine") < written.index(" theirs")
    else:
        assert f"{ending} {words}" in written
        assert ("theirs" in written) == (button == "Take theirs")
    wait_for(write, lambda: words.split()[-1] in cell(write, "spokesman.paragraph", "en").inner_text())


def test_two_windows_write_in_different_cells(desk: Any, open_page: Callable[..., Any], source: Path) -> None:
    first, second = open_page(desk, DOCUMENT), open_page(desk, DOCUMENT)
    type_at_end(first, "spokesman.paragraph", "en", " First")
    type_at_end(second, "spokesman.paragraph", "tc", "第二")
    saved(first)
    saved(second)
    wait_for(second, lambda: "First" in cell(second, "spokesman.paragraph", "en").inner_text())
    wait_for(first, lambda: "第二" in cell(first, "spokesman.paragraph", "tc").inner_text())
    assert "First" in source.read_text("utf-8")
    assert "第二" in source.read_text("utf-8")


def test_a_file_that_cannot_be_read_can_go_back(write: Any, source: Path) -> None:
    before = source.read_text("utf-8")
    source.write_text(before.replace("\nbody:", "\nbody: [\n"), "utf-8")
    write.wait_for_selector(".trouble pre")
    assert write.locator("[data-place][data-lang]").count() == 0
    write.click(".trouble button:has-text('Go back to')")
    wait_for(write, lambda: write.locator("[data-place][data-lang]").count() > 0)
    assert source.read_text("utf-8") == before


def test_a_stopped_desk_keeps_the_words(desk: Any, write: Any, source: Path) -> None:
    type_at_end(write, "spokesman.paragraph", "en", " Before")
    saved(write)
    desk.kill()
    write.keyboard.type(" during")
    write.wait_for_selector(".trouble:has-text('The desk has stopped')")
    write.keyboard.type(" still")
    desk.start()
    saved(write)
    assert "Before during still" in source.read_text("utf-8")
    assert write.locator(".trouble").count() == 0


def test_old_unsent_words_do_not_overwrite_a_newer_file(desk: Any, open_page: Callable[..., Any], source: Path) -> None:
    first = open_page(desk, DOCUMENT)
    type_at_end(first, "spokesman.paragraph", "en", "")
    desk.process.send_signal(signal.SIGSTOP)
    first.keyboard.type(" last week")
    first.wait_for_timeout(300)
    first.goto("about:blank")
    desk.process.send_signal(signal.SIGKILL)
    desk.kill()
    newer = source.read_text("utf-8").replace("and added:", "and said today:")
    source.write_text(newer, "utf-8")
    desk.start()
    desk.enter()
    code = desk.post("/desk/entry", {})["code"]
    first.goto(f"http://127.0.0.1:{desk.port}{DOCUMENT}#c={code}")
    first.wait_for_selector(".of-conflict:has-text('last week')")
    assert source.read_text("utf-8") == newer
    assert "last week" not in cell(first, "spokesman.paragraph", "en").inner_text()
    first.click(".of-conflict button:has-text('Take theirs')")
    first.reload()
    first.wait_for_selector("main[data-ready]")
    assert first.locator(".of-conflict").count() == 0
    assert source.read_text("utf-8") == newer


def test_ten_windows_stay_alive(desk: Any, browser: Any, source: Path) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    try:
        pages = [context.new_page() for _ in range(10)]
        for page in pages:
            code = desk.post("/desk/entry", {})["code"]
            page.goto(f"http://127.0.0.1:{desk.port}{DOCUMENT}#c={code}")
            page.wait_for_selector("main[data-ready]")
        type_at_end(pages[3], "spokesman.paragraph", "en", " Everywhere")
        saved(pages[3])
        for page in pages:
            wait_for(page, lambda page=page: "Everywhere" in cell(page, "spokesman.paragraph", "en").inner_text())
    finally:
        context.close()


def test_words_of_a_page_that_is_left_are_saved(write: Any, source: Path) -> None:
    type_at_end(write, "spokesman.paragraph", "en", " Left")
    write.evaluate("document.querySelector(\"nav.tabs a[href$='/settings']\").click()")
    wait_for(write, lambda: "and added: Left" in source.read_text("utf-8"))
    write.click("text=Forget the history…")
    write.click("dialog button:has-text('Forget the history')")
    write.wait_for_selector("#tools button[aria-label^='Undo'][aria-disabled='true']")
    assert write.problems == []
