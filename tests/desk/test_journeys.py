"""The journeys of a press officer and a secretary, each with the keyboard alone and with the mouse alone."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
import pytest
from tests.desk.typing_help import cell, saved, wait_for
from tests.desk.walking import HANDS, assert_focus

from ipdocs.source.open import open_source

pytestmark = pytest.mark.slow
both_hands = pytest.mark.parametrize("kind", HANDS)

ENGLISH = [
    "Pier's new gallery opens",
    "The Harbour Office opened a gallery with 48 pictures on March 6, 2018.",
    "Entry is free of charge. It is open to all.",
    "It drew 120 people.",
]
CHINESE = [
    "碼頭新畫廊啟用",
    "海港處在二○一八年三月六日啟用畫廊，展出48幅畫,免費入場。",
    "入場費用全免。任何人均可入場。",
    "有120人到場。",
]
TABLE = {"en": [["Group", "Fee"], ["Schools", "$20"]], "tc": [["團體", "費用"], ["學校", "20元"]]}


def draft(title_and_paragraphs: list[str], rows: list[list[str]]) -> bytes:
    """Return a Word file of a title, paragraphs and a table."""
    document = docx.Document()
    document.add_heading(title_and_paragraphs[0], 0)
    for paragraph in title_and_paragraphs[1:]:
        document.add_paragraph(paragraph)
    table = document.add_table(rows=len(rows), cols=2)
    for row, words in enumerate(rows):
        for column, text in enumerate(words):
            table.cell(row, column).text = text
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def link(page: Any, name: str) -> Any:
    return page.locator("nav.tabs").get_by_role("link", name=name)


@both_hands
def test_a_release_is_made_of_a_word_draft(kind: str, page: Any, workspace: Path) -> None:
    hands = HANDS[kind](page)
    with page.expect_file_chooser() as chooser:
        hands.press(page.get_by_role("button", name="Choose files…"))
    files = [("draft.docx", draft(ENGLISH, TABLE["en"])), ("稿.docx", draft(CHINESE, TABLE["tc"]))]
    chooser.value.set_files([{"name": name, "mimeType": "application/octet-stream", "buffer": data} for name, data in files])
    make = page.locator("#make")
    make.wait_for()
    assert_focus(page)
    pairs = page.locator(".pair").count()
    hands.press(page.locator("#split-1"))
    wait_for(page, lambda: page.locator(".pair").count() > pairs)
    assert_focus(page)
    hands.press(page.locator("#take-back"))
    wait_for(page, lambda: page.locator(".pair").count() == pairs)
    assert_focus(page)
    hands.press(page.locator(".proposed-facts li", has_text="pictures").locator("input"))
    hands.write(page.locator("#import-name"), "gallery")
    hands.press(make)
    cell(page, "title", "en").wait_for()
    assert_focus(page)
    source = workspace / "gallery/release.yaml"
    assert "pictures" not in open_source(source, draft=True).document.facts

    hands.press(link(page, "To do"))
    hands.press(page.locator(".tasks section", has_text="To mend").get_by_role("link").first)
    cell(page, "lead.paragraph", "tc").locator(".cm-content").wait_for()
    hands.press(page.locator("[data-finding]").get_by_role("button", name="Change to").first)
    wait_for(page, lambda: "畫，免費" in source.read_text("utf-8"))
    assert_focus(page)
    picture = page.locator(".sheet img")
    page.wait_for_selector(".sheet figure:not([hidden])")
    before = picture.get_attribute("src")
    hands.write(cell(page, "title", "en"), "Gallery at the pier opens")
    wait_for(page, lambda: picture.get_attribute("src") != before)
    saved(page)
    assert "Gallery at the pier opens" in source.read_text("utf-8")

    hands.press(page.locator("#tools").get_by_role("link", name="Build…").or_(page.get_by_role("button", name="Build…")))
    for name in ("Word", "PDF", "Plain text"):
        hands.press(page.get_by_label(name, exact=True))
    hands.press(page.locator("#build"))
    page.locator(".of-done").wait_for(timeout=90_000)
    assert_focus(page)
    text = workspace / "out/gallery/gallery.en.txt"
    assert "120 people" in text.read_text("utf-8")

    hands.press(link(page, "Write"))
    hands.write(page.locator("#panel-facts tr", has_text="people").locator("input"), "135")
    page.keyboard.press("Enter")
    wait_for(page, lambda: "135" in source.read_text("utf-8"))
    assert_focus(page)
    hands.press(page.get_by_role("button", name="Build again"))
    page.locator(".note", has_text="read again and proved").wait_for(timeout=90_000)
    assert "135 people" in text.read_text("utf-8")
    assert "135人" in text.with_name("gallery.tc.txt").read_text("utf-8")
    assert page.problems == []


@both_hands
def test_minutes_are_written_for_a_new_meeting(kind: str, page: Any, workspace: Path) -> None:
    hands = HANDS[kind](page)
    hands.press(page.get_by_role("button", name="New meeting"))
    page.locator("dialog option", has_text="Expert Group").wait_for(state="attached", timeout=20_000)  # read meanwhile
    hands.write(page.get_by_label("Name of its folder"), "meeting-18")
    hands.press(page.get_by_role("button", name="Make the agenda"))
    block = page.locator(".block[data-row='arising']")
    block.wait_for()
    source = workspace / "meeting-18/minutes.yaml"
    hands.menu(block, block.locator(".handle"))
    hands.press(page.get_by_role("menuitem", name="Put in after…"))
    hands.press(page.get_by_role("menuitem", name="Agenda item"))
    row = ""
    for number, (name, words) in enumerate(
        [
            ("", "Talks for schools"),
            ("Paragraph", "Members heard of the talks."),
            ("Decision", "The talks go on."),
            ("Action", "Write to the schools."),
        ]
    ):
        if number:
            block = page.locator(f".block[data-row='{row}']")
            hands.menu(block, block.locator("[data-lang=en][data-place]").first)
            hands.press(page.get_by_role("menuitem", name="Put in after…"))
            hands.press(page.get_by_role("menuitem", name=name, exact=True))
        page.wait_for_function("before => document.querySelector('.block.here')?.dataset.row !== before", arg=row or "arising")
        assert_focus(page)
        page.keyboard.type(words)
        saved(page)
        row = page.locator(".block.here").get_attribute("data-row")
        assert words in source.read_text("utf-8")
    page.keyboard.press("Control+z")
    wait_for(page, lambda: "Write to the schools." not in source.read_text("utf-8"))
    assert_focus(page)
    assert page.problems == []


@both_hands
def test_next_years_release_begins_from_the_last(kind: str, page: Any, workspace: Path) -> None:
    hands = HANDS[kind](page)
    hands.press(page.get_by_role("button", name="From last year’s…"))
    hands.press(page.locator(".pick", has_text="Seminar on trade mark"))
    hands.write(page.get_by_label("Name of its folder"), "seminar-next")
    hands.press(page.get_by_role("button", name="Begin from this"))
    cell(page, "title", "en").wait_for()
    source = workspace / "seminar-next/release.yaml"
    inherited = len(open_source(source, draft=True).state.inherited)
    assert inherited
    hands.press(page.locator("#panel-facts").get_by_role("button", name="Keep").first)
    wait_for(page, lambda: len(open_source(source, draft=True).state.inherited) == inherited - 1)
    assert_focus(page)
    hands.write(cell(page, "title", "en"), "Seminar on trade marks held again")
    saved(page)
    # the page is refused while the text says "today" of a day of last year
    assert [problem for problem in page.problems if "422" not in problem] == []
