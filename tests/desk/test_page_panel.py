"""The picture of the page beside the words, in Chromium: it follows what is written, frames the block, and can be clicked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow
DOC = "/d/gd-hk-ip-17:release.yaml"


@pytest.fixture
def write_page(desk: Any, open_page: Callable[..., Any]) -> Any:
    """The Write page of a release, with its picture."""
    page = open_page(desk, DOC)
    page.wait_for_selector(".sheet img[src^='blob:']")
    return page


def cell(page: Any, place: str, lang: str) -> Any:
    return page.locator(f".blocks [data-place='{place}'][data-lang='{lang}']")


def picture(page: Any) -> str:
    return str(page.locator(".sheet img").get_attribute("src"))


def test_picture_follows_what_is_typed(write_page: Any) -> None:
    before = picture(write_page)
    cell(write_page, "lead.paragraph", "en").click()
    write_page.keyboard.press("Control+End")
    write_page.keyboard.type(" Penguins attended.")
    write_page.wait_for_function("before => document.querySelector('.sheet img').src !== before", arg=before)
    write_page.wait_for_function("() => document.getElementById('page-words').textContent.includes('Penguins')")
    assert write_page.evaluate("document.activeElement.closest('[data-place]').dataset.place") == "lead.paragraph"
    assert write_page.problems == []


def test_block_of_the_caret_is_framed(write_page: Any) -> None:
    spot = write_page.locator(".sheet .spot")
    assert not spot.is_visible()
    cell(write_page, "lead.paragraph", "en").click()
    spot.wait_for()
    lead = spot.bounding_box()
    cell(write_page, "areas.list.items.1", "tc").click()
    write_page.wait_for_function("top => document.querySelector('.spot').getBoundingClientRect().top > top", arg=lead["y"])
    assert spot.bounding_box()["width"] > 200  # both languages, which stand side by side


def test_frame_turns_to_page_of_the_block(write_page: Any) -> None:
    assert write_page.locator(".pages").inner_text() == "1 of 3"
    cell(write_page, "enforcement.paragraph", "en").click()
    write_page.wait_for_function("() => document.querySelector('.pages').textContent !== '1 of 3'")
    write_page.locator(".sheet .spot").wait_for()


def test_click_in_the_picture_puts_the_caret(write_page: Any) -> None:
    places = write_page.evaluate(
        """async () => (await (await fetch('/api/d/gd-hk-ip-17:release.yaml/places?edition=en%2Btc',
        {headers: {Authorization: 'Bearer ' + sessionStorage.getItem('ipdocs-secret')}})).json()).boxes"""
    )
    for row, lang, piece, place in (
        ("areas", "tc", 3, "areas.list.items.2"),
        ("lead", "en", 0, "lead.paragraph"),
        ("title", "tc", None, "title"),
    ):
        box = next(box for box in places if (box["row"], box["lang"], box["piece"]) == (row, lang, piece))
        write_page.locator(".sheet").evaluate("(sheet, y) => (sheet.scrollTop = y * sheet.scrollHeight - 100)", box["y"])
        image = write_page.locator(".sheet img").bounding_box()
        x = image["x"] + (box["x"] + box["w"] / 2) * image["width"]
        y = image["y"] + (box["y"] + box["h"] / 2) * image["height"]
        write_page.mouse.click(x, y)
        write_page.wait_for_function(
            "cell => [document.activeElement.closest('[data-place]')?.dataset].some(at => at?.place + at?.lang === cell)",
            arg=place + lang,
        )


def test_click_on_derived_words_goes_to_origin(write_page: Any) -> None:
    write_page.select_option("#edition", "sc parallel")
    write_page.wait_for_function("() => document.querySelector('.sheet img').alt.includes('简体')")
    image = write_page.locator(".sheet img").bounding_box()
    write_page.mouse.click(image["x"] + image["width"] / 2, image["y"] + image["height"] * 0.2)
    write_page.wait_for_function("() => document.activeElement.closest('[data-place]')?.dataset.lang === 'tc'")


def test_edition_and_page_are_chosen(write_page: Any) -> None:
    write_page.select_option("#edition", "en parallel")
    write_page.wait_for_function("() => document.querySelector('.pages').textContent === '1 of 2'")
    write_page.get_by_role("button", name="Next page").click()
    write_page.wait_for_function("() => document.querySelector('.pages').textContent === '2 of 2'")
    before = write_page.locator(".sheet img").bounding_box()["width"]
    write_page.get_by_role("button", name="Show the page in its real size").click()
    write_page.wait_for_function("before => document.querySelector('.sheet img').clientWidth > before * 1.5", arg=before)
    write_page.reload()
    write_page.wait_for_selector(".sheet img[src^='blob:']")
    assert write_page.locator("#edition").input_value() == "en parallel"


def test_old_picture_stays_with_the_reason(write_page: Any, workspace: Path) -> None:
    style = workspace / "templates/press-release/style.css"
    style.parent.mkdir(parents=True)
    style.write_text(
        "p { width: expression(1) url(http://example.org/x.png) }\n@import url(http://example.org/x.css);\n", "utf-8"
    )
    before = picture(write_page)
    cell(write_page, "lead.paragraph", "en").click()
    write_page.keyboard.type("Now ")
    note = write_page.locator(".page-note")
    note.wait_for()
    assert "This page is from" in note.inner_text()
    assert "because" in note.inner_text()
    assert picture(write_page) == before
    style.unlink()
    write_page.keyboard.type("then ")
    note.wait_for(state="hidden")


def test_drawer_opens_where_there_is_no_room(desk: Any, open_page: Callable[..., Any]) -> None:
    page = open_page(desk, DOC, viewport={"width": 800, "height": 700})
    assert not page.locator("#aside").is_visible()
    page.get_by_role("button", name="Page", exact=True).click()
    page.wait_for_selector(".sheet img[src^='blob:']")
    page.keyboard.press("Escape")
    assert not page.locator("#aside").is_visible()
    assert page.evaluate("document.activeElement.dataset.panel") == "page"
