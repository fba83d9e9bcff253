"""The Write page of a document in Chromium: its rows, and the order of focus."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from tests.desk.conftest import ROOT, RunningDesk

pytestmark = pytest.mark.slow

_PLACES = "[...document.querySelectorAll('.blocks [data-place]')].map(cell => [cell.dataset.place, cell.dataset.lang].join(' '))"
_LABEL = "(cell => `${cell?.dataset.place} ${cell?.dataset.lang}`)(document.activeElement.closest('[data-place][data-lang]'))"
_KEPT = "[...document.querySelectorAll('.block')].filter(row => row.kept === row.firstElementChild).map(row => row.dataset.row)"
_RELEASE = """\
schema: 1
kind: press-release
id: example
issued: 2018-08-21
languages: [en, tc]
title: {en: "Title", tc: "標題"}
facts:
  rise: {percent: 3.9}
body:
  - id: lead
    paragraph: {en: "It rose by **{{ rise | percent }}** \\\\*.", tc: "⟦draft: memory 94 %⟧升⟦了⟧{{ rise | percent }}。"}
  - id: second
    paragraph: {en: "Second."}
  - id: third
    paragraph: {en: "Third.", tc: "三。"}
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace with the sources that have everything, and a small one."""
    folder = tmp_path / "office"
    (folder / "locales").mkdir(parents=True)
    shutil.copytree(ROOT / "tests/everything", folder / "everything", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    (folder / "small.yaml").write_text(_RELEASE, "utf-8")
    return folder


@pytest.fixture
def small(desk: RunningDesk, open_page: Callable[..., Any]) -> Any:
    return open_page(desk, "/d/small.yaml")


@pytest.mark.parametrize("name", ["release", "minutes"])
def test_every_text_has_a_cell_on_the_page(desk: RunningDesk, open_page: Callable[..., Any], name: str) -> None:
    page = open_page(desk, f"/d/everything:{name}.yaml")
    view = desk.get(f"/d/everything:{name}.yaml")
    cells = [
        f"{cell['place']} {code}"
        for row in view["rows"]
        for line in row["lines"]
        for code, cell in line["cells"].items()
        if cell["state"]["kind"] != "absent"
    ]
    assert sorted(page.evaluate(_PLACES)) == sorted(cells)
    assert page.locator(".blocks > .block").count() == len(view["rows"])
    assert page.problems == []


def test_words_are_drawn_without_their_marks(small: Any) -> None:
    lead = small.locator("[data-place='lead.paragraph'][data-lang=en]")
    assert lead.inner_text() == "It rose by 3.9 per cent *."
    assert lead.locator("strong .chip").inner_text() == "3.9 per cent"
    assert small.locator("[data-place='lead.paragraph'][data-lang=tc] .gap").inner_text() == "了"
    assert small.locator("[data-derived-words='third.paragraph']").inner_text() == "三。"


def test_states_are_told_in_words(small: Any) -> None:
    states = small.locator("[data-row=lead] .state")
    assert [states.nth(index).inner_text() for index in range(2)] == [
        "Written",
        "Draft\nfrom memory, 94 % alike, with an open gap",
    ]
    assert small.locator("[data-row=second] .state").nth(1).inner_text() == "Missing"
    label = small.locator("[data-place='second.paragraph'][data-lang=tc]").get_attribute("aria-label")
    assert label == "Second, Traditional Chinese, Missing"


def test_tab_goes_through_the_cells_in_order(small: Any) -> None:
    small.locator("[data-place=title][data-lang=en]").focus()
    seen = []
    for _ in range(4):
        seen.append(small.evaluate(_LABEL))
        small.keyboard.press("Tab")
    assert seen == ["title en", "title tc", "lead.paragraph en", "lead.paragraph tc"]
    small.keyboard.press("Shift+Tab")
    assert small.evaluate(_LABEL) == "lead.paragraph tc"


def test_ctrl_and_arrows_go_from_block_to_block(small: Any) -> None:
    small.locator("[data-place='lead.paragraph'][data-lang=tc]").focus()
    small.keyboard.press("Control+ArrowDown")
    assert small.evaluate(_LABEL) == "second.paragraph tc"
    small.keyboard.press("Control+ArrowUp")
    small.keyboard.press("Control+ArrowUp")
    assert small.evaluate(_LABEL) == "title tc"
    assert small.locator(".block.here").get_attribute("data-row") == "title"


def test_only_open_texts_are_shown_on_request(small: Any) -> None:
    shown = "[...document.querySelectorAll('.block')].filter(row => row.offsetParent).map(row => row.dataset.row).join()"
    small.get_by_role("button", name="Only what is open").click()
    assert small.evaluate(shown) == "lead,second"
    small.get_by_role("button", name="Only what is open").click()
    assert small.evaluate(shown) == "title,lead,second,third"


def test_typed_words_change_only_their_row(small: Any, workspace: Path) -> None:
    small.evaluate("document.querySelectorAll('.block').forEach(row => row.kept = row.firstElementChild)")
    small.locator("[data-place='third.paragraph'][data-lang=en]").click()
    small.keyboard.press("End")
    small.keyboard.type(" More.")
    expect(small.locator("[data-row=third] [data-live]")).to_have_text("Third. More.")
    small.get_by_role("button", name="Undo: ").wait_for()
    assert small.evaluate(_KEPT) == ["title", "lead", "second", "third"]
    assert small.evaluate(_LABEL) == "third.paragraph en"
    changed = set((workspace / "small.yaml").read_text("utf-8").splitlines()) - set(_RELEASE.splitlines())
    assert changed == {'    paragraph: {en: "Third. More.", tc: "三。"}'}


def test_recurring_text_is_closed_until_asked_for(desk: RunningDesk, open_page: Callable[..., Any]) -> None:
    page = open_page(desk, "/d/everything:release.yaml")
    row = page.locator("[data-kind=boilerplate]")
    assert row.locator(".words:visible").count() == 0
    row.get_by_role("button", name="Recurring text: read it").click()
    assert row.locator(".words:visible").count() == 3
    assert row.locator("[role=textbox]").count() == 0


def test_file_marked_as_read_only_is_text(desk: RunningDesk, open_page: Callable[..., Any], workspace: Path) -> None:
    (workspace / "small.yaml").chmod(0o444)
    page = open_page(desk, "/d/small.yaml")
    assert page.locator("[role=textbox], .handle, .put").count() == 0
    assert "Third." in page.locator("[data-row=third]").inner_text()
    assert "Read only" in page.locator("#saved").inner_text()
