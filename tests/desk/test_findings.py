"""Findings on the Write page: one click puts right what has one right answer, and nothing is left without a reason."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.desk.conftest import RunningDesk
from tests.desk.mendable import IN_LEGCO_STYLE, MENDABLE, QUOTATION_MARKS, Mendable, source_of

pytestmark = pytest.mark.slow
DOCUMENT = "mending.yaml"
MIXED = """\
# A note
schema: 1
kind: press-release
id: mixed
style: gia
issued: 2018-08-21
languages: [en, tc]
facts:
  city: {text: {en: "Leeds", tc: "列斯"}}
title: {en: "The hall opens", tc: "禮堂開放"}
body:
  - id: song   # kept
    paragraph: {en: "We sang “No no” in the hall.", tc: "我們在禮堂唱歌。"}
  - id: plain
    paragraph:
      en: "It opens."
      tc: "禮堂開放。"
  - id: hair
    paragraph: {en: "The hair was dry.", tc: "頭髮乾了。"}
  - id: town
    paragraph: {en: "It was held in {{ city }}.", tc: "活動舉行。"}
"""

Open = Callable[..., Any]


@pytest.fixture
def write(
    workspace: Path, open_desk: Callable[..., RunningDesk], open_page: Open
) -> Callable[[str], tuple[Any, Path, RunningDesk]]:
    """Open the Write page of a document with a text; return the page, the file and the desk."""

    def write_(text: str) -> tuple[Any, Path, RunningDesk]:
        path = workspace / DOCUMENT
        path.write_text(text, "utf-8")
        desk = open_desk(workspace)
        page = open_page(desk, f"/d/{DOCUMENT}")
        return page, path, desk

    return write_


def card(page: Any, row: str, text: str = "") -> Any:
    return page.locator(f'[data-row="{row}"] .card', has_text=text)


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds; fail after ten seconds."""
    for _ in range(200):
        if holds():
            return
        time.sleep(0.05)
    raise AssertionError("this never came")


def put_right(item: Mendable) -> Mendable:
    return Mendable(item.code, item.lang, item.after, item.after, item.block)


def test_each_fix_is_one_click_and_one_step(write: Any) -> None:
    items = list(MENDABLE)
    page, path, desk = write(source_of(*items))
    for index, item in enumerate(items):
        button = card(page, item.id).get_by_role("button").first
        button.click()
        items[index] = put_right(item)
        card(page, item.id).wait_for(state="detached")
        until(lambda: path.read_text("utf-8") == source_of(*items))
    page.wait_for_timeout(1500)
    assert page.locator("[data-finding]").count() == 0
    assert page.locator(".bad").count() == 0
    for _ in items:
        desk.post(f"/d/{DOCUMENT}/undo", {"id": str(time.time_ns()), "tab": "test"})
    assert path.read_text("utf-8") == source_of(*MENDABLE)
    assert page.problems == []


def test_fix_in_another_house_style_is_one_click(write: Any) -> None:
    page, path, _ = write(source_of(IN_LEGCO_STYLE, style="legco"))
    card(page, IN_LEGCO_STYLE.id).get_by_role("button").first.click()
    until(lambda: path.read_text("utf-8") == source_of(put_right(IN_LEGCO_STYLE), style="legco"))


def test_all_of_a_kind_are_fixed_in_one_step(write: Any) -> None:
    page, path, desk = write(source_of(QUOTATION_MARKS, *MENDABLE))
    page.get_by_role("button", name="Fix all of this kind (2)").first.click()
    until(lambda: path.read_text("utf-8") == source_of(put_right(QUOTATION_MARKS), *MENDABLE))
    desk.post(f"/d/{DOCUMENT}/undo", {"id": "back", "tab": "test"})
    assert path.read_text("utf-8") == source_of(QUOTATION_MARKS, *MENDABLE)


def test_leaving_words_asks_for_the_reason(write: Any) -> None:
    page, path, _ = write(MIXED)
    left = card(page, "song", "typed twice")
    left.get_by_role("button", name="Leave it, because…").click()
    field = left.get_by_role("textbox", name="Leave it, because")
    assert field.evaluate("element => element === document.activeElement")
    left.get_by_role("button", name="Leave it", exact=True).click()
    assert field.get_attribute("aria-invalid") == "true"
    assert path.read_text("utf-8") == MIXED
    field.fill('the title of a song: "No no"')
    field.press("Enter")
    left.wait_for(state="detached")
    expected = '  - id: song   # kept\n    allow: {doubled-word: "the title of a song: \\"No no\\""}\n'
    until(lambda: path.read_text("utf-8") == MIXED.replace("  - id: song   # kept\n", expected))


def test_escape_closes_the_question_and_keeps_the_reason(write: Any) -> None:
    page, path, _ = write(MIXED)
    left = card(page, "song", "typed twice")
    left.get_by_role("button", name="Leave it, because…").click()
    left.get_by_role("textbox").press("Escape")
    assert left.get_by_role("textbox").count() == 0
    assert left.get_by_role("button", name="Leave it, because…").evaluate("element => element === document.activeElement")
    assert path.read_text("utf-8") == MIXED


def test_fix_follows_words_that_are_not_sent_yet(write: Any) -> None:
    page, path, _ = write(source_of(MENDABLE[1]))
    page.wait_for_selector("[data-finding]")
    page.locator('[data-place][data-lang="tc"]').last.click()
    page.keyboard.press("Home")
    page.keyboard.type("舊")
    card(page, MENDABLE[1].id).get_by_role("button").first.click()
    expected = source_of(MENDABLE[1]).replace(MENDABLE[1].before, f"舊{MENDABLE[1].after}")
    until(lambda: path.read_text("utf-8") == expected)
    page.wait_for_timeout(1500)
    assert page.locator("[data-place] .cm-content").last.inner_text() == f"舊{MENDABLE[1].after}"
    assert page.locator("[data-finding]").count() == 0


def test_reason_is_kept_while_the_desk_is_away(write: Any) -> None:
    page, path, desk = write(MIXED)
    left = card(page, "song", "typed twice")
    left.get_by_role("button", name="Leave it, because…").click()
    left.get_by_role("textbox").fill("the title of a song")
    desk.stop()
    left.get_by_role("textbox").press("Enter")
    page.wait_for_selector(".note")
    assert left.get_by_role("textbox").input_value() == "the title of a song"
    assert path.read_text("utf-8") == MIXED


def test_form_of_converted_words_is_kept(write: Any) -> None:
    page, path, _ = write(MIXED)
    word = card(page, "hair")
    word.get_by_role("button", name="Keep").click()
    word.wait_for(state="detached")
    state = path.with_suffix(".state.yaml")
    until(lambda: state.is_file() and "form: 干" in state.read_text("utf-8"))
    assert path.read_text("utf-8") == MIXED


def test_missing_fact_is_put_in_at_the_caret(write: Any) -> None:
    page, path, _ = write(MIXED)
    page.locator('[data-place="town.paragraph"][data-lang="tc"]').click()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    card(page, "town", "missing").get_by_role("button", name="Insert 「列斯」").click()
    until(lambda: 'tc: "活動{{ city }}舉行。"' in path.read_text("utf-8"))
    card(page, "town").wait_for(state="detached")


def test_new_findings_wait_and_mended_ones_go_at_once(write: Any) -> None:
    page, _, _ = write(MIXED)
    page.locator('[data-place="plain.paragraph"][data-lang="tc"]').click()
    page.keyboard.press("End")
    page.evaluate(
        """() => { window.log = []; new MutationObserver(() => {
            const count = document.querySelectorAll('[data-row="plain"] [data-finding]').length;
            if (count !== window.log.at(-1)?.count) window.log.push({ count, at: performance.now() });
        }).observe(document.querySelector('.blocks'), { subtree: true, childList: true }); }"""
    )
    page.keyboard.type(",")
    typed = page.evaluate("performance.now()")
    page.wait_for_selector('[data-row="plain"] [data-finding]')
    assert page.evaluate("window.log.at(-1).at") - typed > 600
    assert page.locator('[data-row="plain"] .cm-content .bad').inner_text() == ","
    page.keyboard.press("Backspace")
    page.wait_for_selector('[data-row="plain"] [data-finding]', state="detached")
    assert page.locator('[data-row="plain"] .bad').count() == 0


def test_keys_go_to_findings_and_press_the_first_button(write: Any) -> None:
    items = MENDABLE[:3]
    page, path, _ = write(source_of(*items))
    page.wait_for_selector("[data-finding]")
    rows = []
    for key in ("F7", "F7", "F7", "F7", "Shift+F7"):
        page.keyboard.press(key)
        rows.append(page.evaluate("document.activeElement.closest('[data-row]').dataset.row"))
    ids = [item.id for item in items]
    assert rows == [*ids, ids[0], ids[2]]
    page.keyboard.press("Alt+Enter")
    until(lambda: path.read_text("utf-8") == source_of(*items[:2], put_right(items[2])))


def test_counts_and_descriptions_follow(write: Any) -> None:
    page, _, _ = write(source_of(*MENDABLE[:2]))
    page.wait_for_selector("[data-finding]")
    first = page.locator(f'[data-row="{MENDABLE[0].id}"] [data-place]')
    assert first.get_attribute("aria-label").endswith(", 1 to mend")
    described = first.get_attribute("aria-describedby")
    assert "as wide as Chinese" in page.locator(f"#{described}").inner_text()
    assert page.locator(".tabs .count").inner_text() == "2"
    assert page.locator(f'[data-row="{MENDABLE[0].id}"] .state').first.inner_text().startswith("1 to mend")
    card(page, MENDABLE[0].id).get_by_role("button").first.click()
    until(lambda: page.locator(".tabs .count").inner_text() == "1")
    assert not re.search("mend", first.get_attribute("aria-label"))


def test_errors_and_warnings_are_told_apart(write: Any) -> None:
    page, _, _ = write(MIXED)
    page.wait_for_selector("[data-finding]")
    signs = {
        row: [card(page, row).locator(".sign").inner_text(), page.locator(f"[data-row={row}] .to-mend .word").inner_text()]
        for row in ("song", "hair")
    }
    assert signs == {"song": ["To mend:", "1 to mend"], "hair": ["To look at:", "1 to look at"]}
    paths = page.evaluate("['song', 'hair'].map((row) => document.querySelector(`[data-row=${row}] .sign svg`).innerHTML)")
    assert paths[0] != paths[1]
    label = page.locator('[data-place="hair.paragraph"][data-lang=tc]').get_attribute("aria-label")
    assert label == "Hair, Traditional Chinese, Written, 1 to look at"


def test_what_comes_and_goes_in_the_cell_is_said_once(write: Any) -> None:
    page, _, _ = write(MIXED)
    page.locator('[data-place="plain.paragraph"][data-lang="tc"]').click()
    page.keyboard.press("End")
    page.evaluate(
        """() => { window.told = []; const region = document.querySelector('[role=status][aria-live=polite]');
            const note = () => window.told.push(region.textContent);
            new MutationObserver(note).observe(region, { childList: true, characterData: true, subtree: true }); }"""
    )
    page.keyboard.type(",")
    until(lambda: page.evaluate("window.told.length") == 1)
    page.keyboard.press("Backspace")
    until(lambda: page.evaluate("window.told.length") == 2)
    assert page.evaluate("window.told") == ["1 to mend: “,” is half as wide as Chinese.", "Mended"]
