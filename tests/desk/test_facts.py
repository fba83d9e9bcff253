"""Facts in Chromium: made of words in two languages, given other values, put in by their list, renamed and put back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ipdocs.source.inherited import inherit_facts, inherited_facts
from ipdocs.source.open import open_source
from ipdocs.source.update import update_source

RELEASE = """\
schema: 1
kind: press-release
id: seminar
style: gia-numerals
issued: 2018-08-21
languages: [en, tc]
title: {en: "Seminar held", tc: "研討會舉行"}
facts:
  rise: {percent: 3.9}
body:
- id: lead
  paragraph:
    en: "Applications rose by {{ rise | percent }}. It drew 140 participants."
    tc: "申請上升{{ rise | percent }}，吸引一百四十人參加。"
- id: next
  paragraph:
    en: "The next seminar will be held on December 5, 2019."
    tc: "下次研討會將於2019年12月5日舉行。"
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "press-office"
    (folder / "seminar").mkdir(parents=True)
    (folder / "locales").mkdir()
    (folder / "seminar/release.yaml").write_text(RELEASE, "utf-8")
    return folder


@pytest.fixture
def page(desk: Any, open_page: Callable[..., Any]) -> Any:
    return open_page(desk, "/d/seminar:release.yaml")


def cell(page: Any, place: str, lang: str) -> Any:
    return page.locator(f'[data-place="{place}"][data-lang="{lang}"]')


WORDS = """([place, lang, words]) => {
  const host = [...document.querySelectorAll(`[data-lang="${lang}"]`)].find((one) => one.dataset.place === place);
  const walker = document.createTreeWalker(host, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.textContent.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(walker.currentNode, at);
    range.setEnd(walker.currentNode, at + words.length);
    const [box] = range.getClientRects();
    return [box.x + box.width / 2, box.y + box.height / 2];
  }
}"""


def put_caret(page: Any, place: str, lang: str, words: str) -> None:
    """Click in the middle of words of a cell."""
    page.mouse.click(*page.evaluate(WORDS, [place, lang, words]))


def source(desk: Any) -> str:
    return (desk.workspace / "seminar/release.yaml").read_text("utf-8")  # type: ignore[no-any-return]


def chips(page: Any, name: str) -> list[str]:
    return page.locator(f'.chip[data-fact="{name}"]').all_inner_texts()  # type: ignore[no-any-return]


def wait_saved(page: Any, expression: str) -> None:
    page.wait_for_function(f"() => {expression}")


def test_a_fact_of_words_in_two_languages(page: Any, desk: Any) -> None:
    put_caret(page, "lead.paragraph", "tc", "一百四十")
    page.keyboard.press("F9")
    card = page.get_by_role("dialog", name="一百四十")
    assert "whole number" in card.inner_text()
    assert card.locator(".fact-lines li").count() == 2
    page.keyboard.press("Enter")
    page.wait_for_selector('tr[data-fact="participants"]')
    expected = RELEASE.replace("drew 140 part", "drew {{ participants | number }} part").replace(
        "一百四十", "{{ participants | number }}"
    )
    assert source(desk) == expected.replace("3.9}\n", "3.9}\n  participants: {integer: 140}\n")
    assert chips(page, "participants") == ["140", "一百四十", "一百四十"]
    assert page.problems == []


def test_three_languages_follow_a_value_as_it_is_typed(page: Any, desk: Any) -> None:
    field = page.get_by_role("textbox", name="rise")
    field.fill("百分之四點二")
    wait_saved(page, "[...document.querySelectorAll('.chip')].some((chip) => chip.textContent === '4.2 per cent')")
    assert chips(page, "rise") == ["4.2 per cent", "百分之四點二", "百分之四点二"]
    assert source(desk) == RELEASE
    field.press("Enter")
    wait_saved(page, "document.querySelector('tr[data-fact=rise] input').value === '4.2 %'")
    assert source(desk) == RELEASE.replace("percent: 3.9", "percent: 4.2")
    assert chips(page, "rise") == ["4.2 per cent", "百分之四點二", "百分之四点二"]
    page.locator("h1").click()
    page.keyboard.press("Control+z")
    wait_saved(page, "document.querySelector('tr[data-fact=rise] input').value === '3.9 %'")
    assert source(desk) == RELEASE


def test_escape_leaves_a_value_as_it_was(page: Any, desk: Any) -> None:
    field = page.get_by_role("textbox", name="rise")
    field.fill("soon")
    page.wait_for_selector("tr[data-fact=rise] .said:not([hidden])")
    assert "3.9 %" in page.locator("tr[data-fact=rise] .said").inner_text()
    field.press("Escape")
    assert field.input_value() == "3.9 %"
    assert source(desk) == RELEASE


def test_other_forms_are_shown_before_words_change(page: Any, desk: Any) -> None:
    put_caret(page, "next.paragraph", "en", "December")
    page.keyboard.press("F9")
    card = page.locator(".popup")
    card.wait_for()
    assert "2019年12月5日 will read 二○一九年十二月五日" in card.locator("li", has_text="繁").inner_text().replace("\n", " ")
    assert not card.get_by_role("checkbox").is_checked()
    page.keyboard.press("Escape")
    assert source(desk) == RELEASE
    assert page.evaluate("document.activeElement.closest('[data-place]').dataset.place") == "next.paragraph"


def test_braces_open_the_list_of_facts(page: Any, desk: Any) -> None:
    cell(page, "next.paragraph", "tc").click()
    page.keyboard.press("Control+End")
    page.keyboard.type("另{{")
    page.wait_for_selector(".popup")
    page.keyboard.type("三點九")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+s")
    page.wait_for_function("() => document.querySelectorAll('.chip[data-fact=rise]').length === 5")
    page.wait_for_timeout(1200)
    assert "舉行。另{{ rise }}" in source(desk) or "舉行。另{{ rise | percent }}" in source(desk)
    assert "{{另" not in source(desk)


def test_the_list_of_facts_finds_either_script(page: Any, desk: Any) -> None:
    cell(page, "next.paragraph", "en").click()
    page.keyboard.press("Home")
    page.keyboard.press("F9")
    filter_ = page.locator(".popup").get_by_role("combobox")
    for words in ("百分之三点九", "百分之三點九", "３.9"):
        filter_.fill(words)
        assert page.locator(".fact-list [role=option]").count() == 1, words
    filter_.fill("百分之四")
    assert page.locator(".fact-list [role=option]").count() == 0


def test_the_caret_beside_a_chip_says_its_fact(page: Any) -> None:
    region = page.locator("[role=status][aria-live=polite]")
    cell(page, "lead.paragraph", "tc").click()
    page.keyboard.press("Home")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.querySelector('[role=status][aria-live=polite]').textContent.trim() === 'fact rise'")
    page.wait_for_timeout(400)
    said = region.text_content()
    for _ in range(2):  # to its other edge, and away
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(400)
    assert region.text_content() == said


def test_a_fact_is_renamed_and_put_back(page: Any, desk: Any) -> None:
    page.get_by_role("button", name="rise, used").click()
    page.get_by_role("menuitem", name="Rename").click()
    page.get_by_role("dialog").get_by_role("textbox").fill("growth")
    page.keyboard.press("Enter")
    page.wait_for_selector('tr[data-fact="growth"]')
    assert source(desk) == RELEASE.replace("rise", "growth")
    page.get_by_role("button", name="growth, used").click()
    page.get_by_role("menuitem", name="Put its words back").click()
    page.wait_for_selector('tr[data-fact="growth"]', state="detached")
    words = RELEASE.replace("facts:\n  rise: {percent: 3.9}\n", "")
    assert source(desk) == words.replace("by {{ rise | percent }}", "by 3.9 per cent").replace(
        "{{ rise | percent }}", "百分之三點九"
    )


def test_a_proposed_fact_is_made_by_one_press(page: Any, desk: Any) -> None:
    offer = page.locator(".offer")
    offer.wait_for()
    assert offer.locator("p").inner_text() == "Both languages say 140 in “Lead”."
    offer.get_by_role("button", name="Make it a fact").click()
    page.wait_for_selector('tr[data-fact="participants"]')
    assert "{{ participants | number }}人參加" in source(desk)


def test_a_fact_of_last_year_is_kept_by_one_press(
    open_desk: Callable[..., Any], open_page: Callable[..., Any], workspace: Path
) -> None:
    path = workspace / "seminar/release.yaml"
    update_source(path, inherit_facts)
    desk = open_desk(workspace)
    page = open_page(desk, "/d/seminar:release.yaml")
    row = page.locator('tr[data-fact="rise"]')
    assert "from last year" in row.inner_text()
    page.get_by_role("button", name="Keep the value of rise").click()
    page.wait_for_selector('tr[data-fact="rise"]:not(.inherited)')
    assert inherited_facts(open_source(path, draft=True)) == []
    assert source(desk) == RELEASE
