"""What the Write page shows in Chromium when words cannot be saved, and that they are kept and saved later."""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .test_pictures import children
from .typing_help import DOCUMENT, EXAMPLE, saved, type_at_end, wait_for

pytestmark = pytest.mark.slow


@pytest.fixture
def write(desk: Any, open_page: Callable[..., Any]) -> Any:
    """The Write page of the example release, in a browser that may copy."""
    return open_page(desk, DOCUMENT, permissions=["clipboard-read", "clipboard-write"])


@pytest.fixture
def source(workspace: Path) -> Path:
    """The source of the example release."""
    return workspace / EXAMPLE


def test_saving_does_not_wait_for_pictures(desk: Any, write: Any, source: Path) -> None:
    write.wait_for_selector("figure:not([hidden]) img[src^='blob:']")
    (drawing,) = children(desk.process.pid)
    os.kill(drawing, signal.SIGSTOP)
    try:
        for number in range(5):
            type_at_end(write, "spokesman.paragraph", "en", f" {number}")
            write.keyboard.press("Control+s")
            wait_for(write, lambda number=number: f" {number}" in source.read_text("utf-8").split("and added:")[1][:20])
            write.wait_for_timeout(300)
        waiting = "performance.getEntriesByType('resource').filter(({responseEnd}) => !responseEnd).length"
        assert write.evaluate(waiting) <= 3
        assert Path(f"/proc/{drawing}/stat").read_text().split(") ")[1][0] == "T"
    finally:
        os.kill(drawing, signal.SIGCONT)


def test_words_that_cannot_be_written_are_told_and_kept(desk: Any, open_page: Callable[..., Any], source: Path) -> None:
    before = source.read_text("utf-8")
    write = open_page(desk, DOCUMENT, locale="zh-HK")
    type_at_end(write, "spokesman.paragraph", "tc", "")
    write.keyboard.insert_text("字" * 20_000)
    write.wait_for_selector(".of-refusal:has-text('內容太長或太大。')")
    assert "20,0" in write.locator(".of-refusal").inner_text()
    write.wait_for_selector("#saved[data-state='late']")
    assert source.read_text("utf-8") == before
    for _ in range(100):
        write.keyboard.press("Backspace")
    saved(write)
    assert write.locator(".of-refusal").count() == 0
    assert source.read_text("utf-8").count("字") == 19_900 + before.count("字")


def test_a_full_disk_is_told_with_its_reason(desk: Any, write: Any, source: Path) -> None:
    before = source.read_text("utf-8")
    limits = resource.prlimit(desk.process.pid, resource.RLIMIT_FSIZE, (10, resource.RLIM_INFINITY))
    type_at_end(write, "spokesman.paragraph", "en", " Full")
    type_at_end(write, "lead.paragraph", "tc", "滿")
    write.wait_for_selector(".trouble:has-text('File too large')")
    write.wait_for_selector("#saved[data-state='unsaved']")
    write.click(".trouble button:has-text('Copy all I wrote')")
    copied = write.evaluate("navigator.clipboard.readText()")
    assert "and added: Full" in copied
    assert "人參加。滿" in copied
    assert source.read_text("utf-8") == before
    resource.prlimit(desk.process.pid, resource.RLIMIT_FSIZE, limits)
    saved(write)
    assert write.locator(".trouble").count() == 0
    assert source.read_text("utf-8") == before.replace("and added:", "and added: Full").replace("人參加。", "人參加。滿")


def test_words_typed_while_the_file_is_gone_are_kept(write: Any, source: Path) -> None:
    before = source.read_text("utf-8")
    type_at_end(write, "spokesman.paragraph", "en", "")
    source.rename(source.with_name("renamed.yaml"))
    write.keyboard.type(" Kept")
    write.wait_for_selector(".trouble:has-text('deleted, moved or renamed')")
    assert not source.exists()
    write.click(".trouble button:has-text('Write the file again')")
    wait_for(write, lambda: source.exists() and source.read_text("utf-8") == before.replace("and added:", "and added: Kept"))
    assert source.with_name("renamed.yaml").read_text("utf-8") == before
    saved(write)


def test_an_unreadable_file_opens_in_an_editor(
    open_desk: Callable[..., Any], workspace: Path, open_page: Callable[..., Any]
) -> None:
    programs, source = workspace.parent / "programs", workspace / EXAMPLE
    programs.mkdir()
    (programs / "xdg-open").write_text(f'#!/bin/sh\necho "$1" > "{programs}/opened"\n')
    (programs / "xdg-open").chmod(0o755)
    write = open_page(open_desk(workspace, PATH=f"{programs}:{os.environ['PATH']}"), DOCUMENT)
    source.write_text(source.read_text("utf-8").replace("\nbody:", "\nbody: [\n"), "utf-8")
    write.click(".trouble button:has-text('Open in the editor of this computer')")
    wait_for(write, lambda: (programs / "opened").exists())
    assert (programs / "opened").read_text().strip() == str(source)


def test_a_desk_for_reading_shows_text_and_writes_nothing(
    open_desk: Callable[..., Any], workspace: Path, open_page: Callable[..., Any]
) -> None:
    source = workspace / EXAMPLE
    before = source.read_bytes()
    desk = open_desk(workspace, "--read-only")
    write = open_page(desk, DOCUMENT)
    write.wait_for_selector("#saved[data-state='read-only']:has-text('opened for reading only')")
    write.click("[data-row='spokesman'] .words >> nth=0")
    write.keyboard.type("nothing")
    assert write.locator("[contenteditable]").count() == 0
    change = {"type": "text", "place": "title", "lang": "en", "before": None, "after": "x"}
    assert desk.call("POST", f"{DOCUMENT}/step", {"id": "1", "tab": "t", "changes": [change]})[0] == 403
    assert desk.call("POST", f"{DOCUMENT}/undo", {"tab": "t"})[0] == 403
    assert source.read_bytes() == before
