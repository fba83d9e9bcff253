"""The keys of the table that F1 shows: each does what it says, on every page on which it can be pressed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect
from tests.desk.conftest import RunningDesk, desks
from tests.desk.screen_states import OPEN, OPEN_TEXTS

pytestmark = pytest.mark.slow
WRITE = f"/d/{OPEN}"
PARTS = ["#main", "#panel-page", "#panel-facts", "header.bar"]
PART = f"{PARTS}.find((part) => document.activeElement.closest(part))"
PLACE = "(({ place, lang }) => `${place} ${lang}`)(document.activeElement.closest('[data-place][data-lang]')?.dataset ?? {})"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A desk with a document that has open texts; nothing is changed in it."""
    folder = tmp_path_factory.mktemp("keys")
    (folder / "office/locales").mkdir(parents=True)
    (folder / "office" / OPEN).write_text(OPEN_TEXTS, "utf-8")
    with desks(folder) as start:
        yield start(folder / "office")


@pytest.fixture
def write(desk: RunningDesk, open_page: Callable[..., Any]) -> Any:
    page = open_page(desk, WRITE)
    page.wait_for_selector("[data-finding]")
    return page


def lead(page: Any, lang: str = "en") -> Any:
    return page.locator(f"[data-place='lead.paragraph'][data-lang={lang}]")


@pytest.mark.parametrize("control", ["", "Control+"])
def test_f6_goes_through_the_parts_of_the_page(write: Any, control: str) -> None:
    lead(write).click()
    parts = []
    for _ in range(4):
        write.keyboard.press(f"{control}F6")
        parts.append(write.evaluate(PART))
    assert parts == ["#panel-page", "#panel-facts", "header.bar", "#main"]
    assert write.evaluate(PLACE) == "lead.paragraph en"
    write.keyboard.press(f"{control}Shift+F6")
    assert write.evaluate(PART) == "header.bar"


def test_escape_goes_back_to_the_words(write: Any) -> None:
    lead(write, "tc").click()
    write.keyboard.press("Control+F6")
    write.keyboard.press("Escape")
    assert write.evaluate(PLACE) == "lead.paragraph tc"
    write.locator("[data-row=lead] .card button").first.focus()
    write.keyboard.press("Escape")
    assert write.evaluate(PLACE) == "lead.paragraph tc"


def test_f8_goes_to_open_texts_and_gaps(write: Any) -> None:
    places = []
    for key in ("F8", "F8", "F8", "F8", "Shift+F8"):
        write.keyboard.press(key)
        places.append(write.evaluate(PLACE))
    assert places == ["lead.paragraph tc", "second.paragraph tc", "third.paragraph tc", "lead.paragraph tc", "third.paragraph tc"]
    write.keyboard.press("F8")
    assert write.evaluate("getSelection().toString()") == "了"


def test_f2_opens_the_menu_also_after_home(write: Any) -> None:
    write.get_by_role("link", name="All documents").click()
    write.wait_for_selector("tr[data-document]")
    write.locator("tr[data-document] a").first.focus()
    write.keyboard.press("F2")
    expect(write.get_by_role("menuitem", name="Open")).to_be_visible()
    write.keyboard.press("Escape")
    write.locator("tr[data-document] a").first.click()
    lead(write).click()
    write.keyboard.press("F2")
    expect(write.get_by_role("menu", name="Menu of the block")).to_be_visible()
    write.keyboard.press("Escape")
    assert write.evaluate(PLACE) == "lead.paragraph en"


def test_alt_f10_goes_to_the_bar_of_the_selection(write: Any) -> None:
    lead(write).click()
    write.keyboard.press("Control+a")
    write.wait_for_selector(".selection-bar")
    write.keyboard.press("Alt+F10")
    assert write.evaluate("document.activeElement.closest('.selection-bar') !== null")
    write.keyboard.press("Escape")
    assert write.evaluate(PLACE) == "lead.paragraph en"


def test_f1_shows_every_key_and_closes(write: Any) -> None:
    lead(write).click()
    write.keyboard.press("F1")
    keys = write.locator("dialog kbd").all_inner_texts()
    wanted = (
        "F1 F2 F6 Ctrl+F6 Shift+F6 F7 Shift+F7 F8 Shift+F8 F9 Ctrl+Enter Alt+Enter Alt+F10 Ctrl+↑ Ctrl+↓ Ctrl+Z Ctrl+Y Ctrl+S"
    )
    assert set(wanted.split()) | {"Alt+Shift+↑", "Alt+Shift+→", "Ctrl+B", "Ctrl+I", "Ctrl+K", "Ctrl+Alt+F", "Escape"} <= set(keys)
    write.keyboard.press("Escape")
    assert write.evaluate(PLACE) == "lead.paragraph en"


def test_tab_leaves_cells_and_cards_by_both_ways(write: Any) -> None:
    lead(write).click()
    seen = []
    for key in ("Tab", "Tab", "Tab", "Shift+Tab", "Shift+Tab"):
        write.keyboard.press(key)
        seen.append(
            write.evaluate("document.activeElement.closest('[data-place]')?.dataset.lang ?? document.activeElement.textContent")
        )
    assert seen == ["tc", "Change to “the”", "Leave it, because…", "Change to “the”", "tc"]
    for _ in range(80):  # through the whole page, and out of it
        write.keyboard.press("Tab")
        if write.evaluate("document.activeElement === document.body"):
            break
    else:
        raise AssertionError("the focus never left the page")
