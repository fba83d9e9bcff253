"""Chips, formats, links and the clipboard in cells."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.slow

LEAD = "On {{ met | day }} it **drew** many, {{ rise | percent }}{{ met | day }} *more*."


def select(writer: Any, steps: int) -> None:
    writer.press(*["Shift+ArrowRight"] * steps)


def test_the_caret_stands_where_the_cell_was_clicked(write: Callable[..., Any]) -> None:
    writer = write()
    cell = writer.cell("draft.paragraph")
    middle = cell.evaluate(
        """element => { const range = document.createRange(); const text = element.firstChild;
        range.setStart(text, 9); range.setEnd(text, 10); const box = range.getBoundingClientRect();
        return {x: box.left, y: box.top + box.height / 2}; }"""
    )
    writer.page.mouse.click(middle["x"], middle["y"])
    writer.type("X")
    assert writer.saved("draft.paragraph") == "Words in XEnglish."


def test_backspace_selects_a_chip_and_then_deletes_it(write: Callable[..., Any]) -> None:
    writer = write()
    writer.go("lead.paragraph", steps=4)
    writer.press("Backspace")
    assert writer.shown("lead.paragraph").count("\ufffc") == 3
    writer.press("Backspace")
    assert writer.saved("lead.paragraph") == LEAD.replace("{{ met | day }}", "", 1)


def test_the_card_of_a_chip_changes_its_form(write: Callable[..., Any]) -> None:
    writer = write()
    writer.go("lead.paragraph", steps=4)
    writer.press("Backspace", "Enter")
    card = writer.page.get_by_role("dialog")
    assert "met" in card.inner_text()
    card.get_by_role("button", name="Tuesday").click()
    assert "{{ met | weekday }}" in writer.saved("lead.paragraph")


def test_the_card_of_a_chip_puts_words_in_its_place(write: Callable[..., Any]) -> None:
    writer = write()
    writer.go("lead.paragraph", steps=4)
    writer.cell("lead.paragraph").locator(".chip").first.click()
    writer.cell("lead.paragraph").locator(".chip").first.click()
    writer.page.get_by_role("button", name="Words instead of fact").click()
    assert writer.saved("lead.paragraph") == LEAD.replace("{{ met | day }}", "August 21", 1)


def test_escape_closes_the_card_and_leaves_the_words(write: Callable[..., Any]) -> None:
    writer = write()
    writer.go("lead.paragraph", steps=4)
    writer.press("Backspace", "Enter", "Escape")
    assert writer.page.get_by_role("dialog").count() == 0
    writer.press("ArrowRight", "x")
    assert writer.saved("lead.paragraph") == LEAD.replace("}} it", "}}x it")


def test_a_copied_chip_becomes_the_other_languages_chip(write: Callable[..., Any]) -> None:
    writer = write()
    writer.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    writer.go("lead.paragraph")
    select(writer, 4)
    writer.press("Control+c")
    assert writer.page.evaluate("navigator.clipboard.readText()") == "On August 21"
    writer.go("draft.paragraph", "tc", 1)
    writer.press("Control+v")
    assert writer.shown("draft.paragraph", "tc") == "署On \ufffc方發言人"
    assert writer.cell("draft.paragraph", "tc").locator(".chip").inner_text() == "八月二十一日"
    assert writer.saved("draft.paragraph", "tc") == "⟦draft: memory 94 %⟧署On {{ met | day }}方⟦發言⟧人"


def test_cut_words_keep_marks_in_pairs(write: Callable[..., Any]) -> None:
    writer = write()
    writer.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    writer.go("lead.paragraph", steps=10)
    select(writer, 5)
    writer.press("Control+x")
    writer.go("draft.paragraph")
    writer.press("Control+v")
    assert writer.saved("lead.paragraph") == LEAD.replace("**drew** many", "**dr**ny")
    assert writer.saved("draft.paragraph") == "ew maWords in English."


@pytest.mark.parametrize(("key", "mark"), [("b", "**"), ("i", "*")])
def test_a_format_is_put_on_and_taken_off(write: Callable[..., Any], key: str, mark: str) -> None:
    writer = write()
    writer.go("draft.paragraph", steps=6)
    select(writer, 2)
    writer.press(f"Control+{key}")
    assert writer.saved("draft.paragraph") == f"Words {mark}in{mark} English."
    writer.go("draft.paragraph", steps=6)
    select(writer, 2)
    writer.press(f"Control+{key}")
    assert writer.saved("draft.paragraph") == "Words in English."


def test_bold_words_go_on_after_a_space(write: Callable[..., Any]) -> None:
    writer = write()
    writer.go("draft.paragraph", steps=5)
    writer.press("Control+b")
    writer.type(" of two parts")
    writer.press("Control+b")
    writer.type(" here")
    assert writer.saved("draft.paragraph") == "Words **of two parts** here in English."


def test_bold_over_a_part_of_a_link_stays_in_pairs(write: Callable[..., Any]) -> None:
    writer = write()
    writer.go("marks.paragraph", steps=4)
    select(writer, 6)
    writer.press("Control+b")
    text = writer.saved("marks.paragraph")
    assert text.startswith("A [li**nk**](https://example.org/a)**, x^2^**")


def test_a_link_is_put_in_changed_and_taken_away(write: Callable[..., Any]) -> None:
    writer = write()
    writer.go("draft.paragraph", steps=6)
    select(writer, 2)
    writer.press("Control+k")
    writer.type("example.org")
    writer.press("Enter")
    assert writer.page.get_by_role("alert").filter(has_text="Begin the address").count() == 1
    writer.press("Control+a")
    writer.type("https://example.org/(a)")
    writer.press("Enter")
    assert writer.saved("draft.paragraph") == "Words [in](https://example.org/\\(a\\)) English."
    writer.go("draft.paragraph", steps=7)
    writer.press("Control+k")
    assert writer.page.get_by_label("Address").input_value() == "https://example.org/(a)"
    writer.page.get_by_role("button", name="Take the link away").click()
    assert writer.saved("draft.paragraph") == "Words in English."


def test_shift_enter_begins_a_new_line(write: Callable[..., Any]) -> None:
    writer = write()
    writer.go("draft.paragraph", steps=5)
    writer.press("Shift+Enter", "Shift+Enter")
    assert writer.saved("draft.paragraph") == "Words\n in English."


def test_f8_goes_from_gap_to_gap(write: Callable[..., Any]) -> None:
    writer = write()
    writer.go("lead.paragraph")
    writer.press("F8")
    assert writer.page.evaluate("getSelection().toString()") == "open"
    writer.type("closed")
    writer.press("F8", "F8", "F8")
    assert writer.page.evaluate("getSelection().toString()") == "發言"
    writer.press("Shift+F8")
    writer.type("日")
    assert writer.saved("marks.paragraph").endswith("and closed words.")
    assert writer.saved("chip.paragraph", "tc") == "日"


def test_alt_f10_goes_to_the_bar(write: Callable[..., Any]) -> None:
    writer = write()
    writer.go("draft.paragraph", "tc", 2)
    select(writer, 2)
    writer.press("Alt+F10")
    bar = writer.page.get_by_role("toolbar", name="The selected words")
    names = [button.get_attribute("aria-label") for button in bar.get_by_role("button").all()]
    assert "Right as it stands" in names
    bar.get_by_role("button", name="Right as it stands").click()
    assert writer.saved("draft.paragraph", "tc") == "⟦draft: memory 94 %⟧署方發言人"


def test_words_not_yet_answered_are_taken_back_in_the_field(write: Callable[..., Any]) -> None:
    writer = write()
    release = writer.hold_steps()
    writer.go("draft.paragraph")
    writer.type("abc")
    writer.press("Control+z")
    assert writer.shown("draft.paragraph") == "Words in English."
    release()
    assert writer.saved("draft.paragraph") == "Words in English."


def test_at_most_six_fields_stay_alive(write: Callable[..., Any]) -> None:
    writer = write()
    for place in ("title", "lead.paragraph", "marks.paragraph", "chip.paragraph", "draft.paragraph"):
        for lang in ("en", "tc"):
            writer.go(place, lang)
            writer.press("x")
    assert 0 < writer.page.locator(".cm-editor").count() <= 6
    assert writer.shown("title").startswith("xSeminar")
    writer.press("Tab")
    assert writer.page.evaluate("document.activeElement.closest('[data-place]')?.dataset.place ?? ''") != "draft.paragraph"


def test_words_typed_over_a_link_stay_in_it(write: Callable[..., Any]) -> None:
    writer = write()
    writer.go("marks.paragraph", steps=2)
    select(writer, 4)
    writer.type("new words")
    assert writer.saved("marks.paragraph").startswith("A [new words](https://example.org/a), x")
    writer.go("marks.paragraph", steps=11)
    writer.type("!")
    assert writer.saved("marks.paragraph").startswith("A [new words](https://example.org/a)!, x")
