"""Chinese input: compositions before, after and between chips, at marks, in empty cells, and while other things arrive."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.slow

STAGES = ("n", "ni", "ni h", "ni hao")
ENGLISH = "On {{ met | day }} it **drew** many, {{ rise | percent }}{{ met | day }} *more*."
CHINESE = "研討會{{ met | day }}舉行，**反應**熱烈。"


def compose(writer: Any) -> None:
    writer.compose(*STAGES, commit="你好")


PLACES = [
    ("lead.paragraph", "tc", (9, 7, 4, 3, 0), "你好研討會你好{{ met | day }}你好舉行，你好**反應你好**熱烈。"),
    ("lead.paragraph", "en", (20, 19), ENGLISH.replace("{{ rise | percent }}", "你好{{ rise | percent }}你好")),
    ("marks.paragraph", "en", (14, 6, 4), "A [li你好nk](https://example.org/a)你好, x^2^, 5 你好\\* 3 and ⟦open⟧ words."),
    ("marks.paragraph", "tc", (0,), "你好"),
    ("chip.paragraph", "en", (1, 0), "你好{{ met | day }}你好"),
    ("chip.paragraph", "tc", (0,), "你好"),
    ("draft.paragraph", "tc", (3, 0), "⟦draft: memory 94 %⟧你好署方⟦發你好言⟧人"),
]
"""Cells, the places in them from the last to the first, and the text after a composition at each."""


def test_composed_words_stand_at_the_caret(write: Callable[..., Any]) -> None:
    writer = write()
    for place, lang, steps, expected in PLACES:
        for number in steps:
            writer.go(place, lang, number)
            compose(writer)
        assert writer.saved(place, lang) == expected


def test_undo_takes_back_a_whole_composition(write: Callable[..., Any]) -> None:
    writer = write()
    release = writer.hold_steps()
    writer.go("lead.paragraph", "tc", 4)
    compose(writer)
    writer.press("Control+z")
    assert writer.shown("lead.paragraph", "tc") == "研討會\ufffc舉行，反應熱烈。"
    release()
    assert writer.saved("lead.paragraph", "tc") == CHINESE


def test_composed_words_replace_a_selection_with_half_a_mark(write: Callable[..., Any]) -> None:
    writer = write()
    writer.go("lead.paragraph", "tc", 8)
    writer.press("Shift+ArrowRight", "Shift+ArrowRight")
    compose(writer)
    assert writer.saved("lead.paragraph", "tc") == "研討會{{ met | day }}舉行，**反你好**烈。"


def test_composed_characters_that_are_markup_are_words(write: Callable[..., Any], words_of: Any) -> None:
    writer = write()
    writer.go("lead.paragraph", "tc")
    writer.compose("x", commit="[*]\\~^")
    assert words_of(writer.saved("lead.paragraph", "tc")) == "[*]\\~^研討會\ufffc舉行，反應熱烈。"


def test_enter_during_a_composition_splits_nothing(write: Callable[..., Any]) -> None:
    writer = write()
    writer.go("lead.paragraph", "tc", 4)
    session = writer.page.context.new_cdp_session(writer.page)
    session.send("Input.imeSetComposition", {"text": "ni", "selectionStart": 2, "selectionEnd": 2})
    for key in ("Enter", "Escape", "1", " "):
        details = {"key": key, "code": key, "windowsVirtualKeyCode": 229, "nativeVirtualKeyCode": 229}
        session.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **details})
    session.send("Input.insertText", {"text": "你"})
    writer.page.wait_for_timeout(80)
    assert writer.saved("lead.paragraph", "tc") == CHINESE.replace("}}舉", "}}你舉")
    assert len(writer.desk.get(f"/d/{writer.path.name}")["rows"]) == 5


def test_changes_from_outside_wait_for_the_end_of_a_composition(write: Callable[..., Any]) -> None:
    writer = write()
    writer.go("lead.paragraph", "tc", 4)
    session = writer.page.context.new_cdp_session(writer.page)
    session.send("Input.imeSetComposition", {"text": "ni", "selectionStart": 2, "selectionEnd": 2})
    source = writer.path.read_text("utf-8")
    writer.path.write_text(source.replace("Words in English.", "Other words in English."), "utf-8")
    writer.page.wait_for_timeout(2500)
    assert "ni" in writer.shown("lead.paragraph", "tc")
    session.send("Input.imeSetComposition", {"text": "ni h", "selectionStart": 4, "selectionEnd": 4})
    session.send("Input.insertText", {"text": "你好"})
    writer.cell("draft.paragraph").get_by_text("Other words in English.").wait_for()
    assert writer.saved("lead.paragraph", "tc") == CHINESE.replace("}}舉", "}}你好舉")
    assert writer.saved("draft.paragraph", "en") == "Other words in English."


def test_answers_about_a_text_wait_for_the_end_of_a_composition(write: Callable[..., Any]) -> None:
    writer = write()
    writer.go("lead.paragraph", "tc", 4)
    writer.type(",")  # a finding is on its way
    session = writer.page.context.new_cdp_session(writer.page)
    for stage in ("n", "ni", "ni h"):
        session.send("Input.imeSetComposition", {"text": stage, "selectionStart": len(stage), "selectionEnd": len(stage)})
        writer.page.wait_for_timeout(200)
    session.send("Input.insertText", {"text": "你好"})
    writer.page.wait_for_timeout(100)
    assert writer.saved("lead.paragraph", "tc") == CHINESE.replace("}}舉", "}},你好舉")


def test_a_picture_of_the_page_arrives_during_a_composition(write: Callable[..., Any]) -> None:
    writer = write()
    writer.page.locator(".aside img").first.wait_for(state="attached", timeout=60_000)
    writer.go("lead.paragraph", "tc", 4)
    writer.type("又")
    session = writer.page.context.new_cdp_session(writer.page)
    with writer.page.expect_response(lambda answer: "/page/" in answer.url and answer.status == 200, timeout=60_000):
        writer.press("Control+s")
        session.send("Input.imeSetComposition", {"text": "ni", "selectionStart": 2, "selectionEnd": 2})
    writer.page.wait_for_timeout(300)
    session.send("Input.imeSetComposition", {"text": "ni h", "selectionStart": 4, "selectionEnd": 4})
    assert "ni h" in writer.shown("lead.paragraph", "tc")
    session.send("Input.insertText", {"text": "你好"})
    writer.page.wait_for_timeout(100)
    assert writer.saved("lead.paragraph", "tc") == CHINESE.replace("}}舉", "}}又你好舉")


def test_compositions_are_interrupted(write: Callable[..., Any]) -> None:
    writer = write()
    session = writer.page.context.new_cdp_session(writer.page)

    def compose_part(words: str) -> None:
        session.send("Input.imeSetComposition", {"text": words, "selectionStart": len(words), "selectionEnd": len(words)})
        writer.page.wait_for_timeout(20)

    writer.go("draft.paragraph", "en", 5)  # given up: nothing stays
    compose_part("ni")
    compose_part("")
    writer.page.wait_for_timeout(80)
    writer.type("a")
    compose_part("竹")  # a half that the input method leaves when another text is clicked
    compose_part("竹手")
    writer.cell("marks.paragraph").click(position={"x": 3, "y": 8})
    writer.page.wait_for_timeout(100)
    assert writer.saved("draft.paragraph") == "Wordsa竹手 in English."
    writer.go("lead.paragraph", "tc", 3)  # over a chip that is selected
    writer.press("Shift+ArrowRight")
    compose_part("ni")
    session.send("Input.insertText", {"text": "你"})
    compose_part("hao")
    session.send("Input.insertText", {"text": "好"})
    writer.page.wait_for_timeout(80)
    assert writer.saved("lead.paragraph", "tc") == CHINESE.replace("{{ met | day }}", "你好")
