"""Typed and pasted characters: the file reads exactly as the words were typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.slow

TYPED = [
    "*",
    "**bold**",
    "5 * 3",
    "[x](y)",
    "[sic] (see above)",
    "[^1]",
    "[words]{keep}",
    "C:\\temp\\*",
    "^2^ and ~x~ and 10~20",
    "\"quoted\" and 'single'",
    "# not a comment",
    "key: value",
    "- item",
    "100 %",
    "{ brace }",
    "{% if %}",
    "{# note #}",
    "}}",
    "&amp; <b>",
    "😀 👩‍👩‍👧 𠮷",
    "，。「」｛｝＊",
    "Guangdong/Hong Kong、",
    "null",
    "true",
    "2018-08-21",
]


def test_the_file_reads_as_typed(write: Callable[..., Any], words_of: Any) -> None:
    writer = write()
    for number in range(0, len(TYPED), 5):
        words = " / ".join(TYPED[number : number + 5])
        writer.go("draft.paragraph")
        writer.press("Control+a", "Delete")
        writer.type(words)
        assert writer.shown("draft.paragraph") == words
        assert words_of(writer.saved("draft.paragraph")) == words


@pytest.mark.parametrize("words", ["{{", "｛｛"])
def test_two_braces_are_never_left_in_the_text(write: Callable[..., Any], words: str) -> None:
    writer = write()
    writer.go("draft.paragraph")
    writer.type(words)
    writer.press("Escape")
    assert writer.saved("draft.paragraph") == "Words in English."
    writer.go("draft.paragraph")
    writer.compose("x", commit=words)
    writer.press("Escape")
    assert writer.saved("draft.paragraph") == "Words in English."


def test_pasted_words_are_words(write: Callable[..., Any], words_of: Any) -> None:
    writer = write()
    writer.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    writer.go("draft.paragraph")
    pasted = "{{ met }} *a*\t[b](c) \\ ⟦x⟧"
    writer.page.evaluate("words => navigator.clipboard.writeText(words)", pasted)
    writer.press("Control+Shift+v")
    assert words_of(writer.saved("draft.paragraph")) == "{{ met }} *a* [b](c) \\ xWords in English."


def test_as_many_characters_as_a_text_may_have(write: Callable[..., Any]) -> None:
    writer = write()
    writer.go("draft.paragraph")
    words = "".join(chr(0x4E00 + number % 500) for number in range(19_900))
    writer.page.keyboard.insert_text(words)
    writer.type("end ")
    assert writer.saved("draft.paragraph") == f"{words}end Words in English."


def test_too_many_characters_are_kept_in_the_field(write: Callable[..., Any]) -> None:
    writer = write()
    writer.go("draft.paragraph")
    words = "".join(chr(0x4E00 + number % 500) for number in range(100_000))
    writer.page.keyboard.insert_text(words)
    with writer.page.expect_response(lambda answer: answer.status == 422, timeout=20_000):
        pass
    writer.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    writer.press("Control+a", "Control+c")
    assert writer.page.evaluate("navigator.clipboard.readText()") == f"{words}Words in English."
    writer.page.refused.clear()
    writer.press("Delete")
    writer.type("Few words.")
    assert writer.saved("draft.paragraph") == "Few words."


def test_an_emptied_text_loses_its_key(write: Callable[..., Any]) -> None:
    writer = write()
    writer.go("lead.paragraph", "tc")
    writer.press("Control+a", "Backspace")
    assert writer.cell("lead.paragraph", "tc").inner_text().strip() == "Write the paragraph"
    assert writer.saved("lead.paragraph", "tc") is None
    assert "研討會{{" not in writer.path.read_text("utf-8")
    assert writer.cell("lead.paragraph", "tc").inner_text().strip() == "Write the paragraph"


def test_a_mark_of_open_words_becomes_a_gap(write: Callable[..., Any]) -> None:
    writer = write()
    writer.go("draft.paragraph")
    for character in "⟦a*⟧c":
        writer.page.keyboard.insert_text(character)
    assert writer.saved("draft.paragraph") == "⟦a\\*⟧cWords in English."
    writer.go("draft.paragraph", steps=3)
    writer.press("Shift+ArrowRight", "Shift+ArrowRight")
    writer.page.keyboard.insert_text("⟦")
    assert writer.saved("draft.paragraph") == "⟦a\\*⟧c⟦Wo⟧rds in English."
    assert writer.page.get_by_text("One without the other was left out").count() == 0
    writer.go("marks.paragraph")
    writer.page.keyboard.insert_text("⟧x⟦y⟧")
    writer.page.get_by_text("One without the other was left out").wait_for()
    assert writer.saved("marks.paragraph").startswith("x⟦y⟧A [link]")


def test_a_character_with_a_variation_selector_is_one(write: Callable[..., Any]) -> None:
    writer = write()
    writer.go("draft.paragraph")
    for _ in range(2):
        writer.page.keyboard.insert_text("葛\U000e0100")
    writer.press("ArrowLeft", "x", "Control+Home", "Delete")
    assert writer.saved("draft.paragraph") == "x葛\U000e0100Words in English."
