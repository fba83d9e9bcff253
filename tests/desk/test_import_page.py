"""The Import page in Chromium: files become pairs, an editor mends them, and the document opens."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.desk.accessibility import assert_accessible_everywhere
from tests.desk.import_files import CHINESE, ENGLISH, word_file

from ipdocs.source.open import open_source

pytestmark = pytest.mark.slow


def choose(page: Any, *files: tuple[str, bytes]) -> None:
    """Choose files in the page."""
    payload = [{"name": name, "mimeType": "application/octet-stream", "buffer": data} for name, data in files]
    page.locator("input[type=file]").set_input_files(payload)


@pytest.fixture
def import_page(desk: Any, open_page: Callable[..., Any]) -> Any:
    """The Import page with two Word files that were read."""
    page = open_page(desk, "/import", bypass_csp=True)
    choose(page, ("draft.docx", word_file(*ENGLISH)), ("稿.docx", word_file(*CHINESE)))
    page.locator("#make").wait_for()
    return page


def pairs(page: Any) -> list[list[str]]:
    """Return the words of each pair in the order of the document."""
    page.locator("#in-order").check()
    rows = page.locator(".pair").all()
    return [[" ".join(words.split()) for words in row.locator(".words").all_inner_texts()] for row in rows]


def test_word_pair_becomes_a_document(import_page: Any, workspace: Path) -> None:
    assert import_page.locator("h3").first.inner_text() == "1 pair to look at"
    assert import_page.locator(".pair .what").inner_text() == "Texts were joined, because the other language has one."
    assert import_page.locator(".pair").first.get_attribute("data-pair") == "1"  # doubts first
    import_page.locator(".proposed-facts label", has_text="stalls").click()
    import_page.locator("#import-name").fill("harbour")
    assert not (workspace / "harbour").exists()
    import_page.locator("#make").click()
    import_page.locator(".blocks [data-place='title'][data-lang='en']").wait_for()
    assert import_page.url.endswith("/d/harbour:release.yaml")
    source = open_source(workspace / "harbour/release.yaml", draft=True)
    assert "stalls" not in source.document.facts
    assert "36 new stalls" in source.text.text
    assert import_page.problems == []


def test_pairs_are_mended_with_the_keyboard(import_page: Any, workspace: Path) -> None:
    before = pairs(import_page)
    assert [bool(en and tc) for en, tc in before] == [True, True, True]
    import_page.locator("#split-1").press("Enter")
    import_page.locator("#take-back").wait_for()
    import_page.wait_for_function("() => document.querySelectorAll('.pair').length === 4")
    assert pairs(import_page)[2] == [ENGLISH[3], "nothing"]
    import_page.locator("[id='down-tc-1']").press("Enter")
    import_page.locator("[data-pair='1'] .words", has_text="nothing").wait_for()
    assert pairs(import_page)[1:3] == [[ENGLISH[2], "nothing"], [ENGLISH[3], CHINESE[2]]]
    import_page.locator("#take-back").press("Enter")
    import_page.wait_for_function("() => document.querySelector('[id=\"down-tc-1\"]')")
    import_page.locator("#join-1").press("Enter")
    import_page.wait_for_function("() => document.querySelectorAll('.pair').length === 3")
    assert pairs(import_page) == before
    import_page.reload()
    import_page.locator("#make").wait_for()
    assert pairs(import_page) == before
    import_page.locator("#make").click()
    import_page.locator(".blocks [data-place='title'][data-lang='en']").wait_for()
    body = open_source(workspace / "harbour-office-opens-a-second/release.yaml", draft=True).document.body
    assert len(body) == 3


def test_one_file_with_both_languages(desk: Any, open_page: Callable[..., Any]) -> None:
    page = open_page(desk, "/import")
    choose(page, ("both.docx", word_file(*ENGLISH, *CHINESE)))
    page.locator("#make").wait_for()
    assert len(pairs(page)) >= 3
    assert page.locator(".title-line").count() >= 1


def test_bad_file_is_told_and_another_chosen(desk: Any, open_page: Callable[..., Any], workspace: Path) -> None:
    page = open_page(desk, "/import")
    choose(page, ("scan.pdf", b"%PDF-1.7"))
    card = page.locator(".card.of-error")
    card.wait_for()
    assert "scan.pdf" in card.inner_text()
    assert "What to do" in card.inner_text()
    choose(page, ("draft.txt", "\n\n".join(ENGLISH).encode()))
    page.locator("#make").wait_for()
    page.get_by_role("button", name="Do not import").click()
    page.get_by_role("button", name="Choose files…").wait_for()
    assert {path.name for path in workspace.iterdir()} == {path.name for path in Path("fixtures").iterdir()}


def test_taken_name_is_told_beside_it(import_page: Any) -> None:
    import_page.locator("#import-name").fill("gd-hk-ip-17")
    import_page.locator("#make").click()
    import_page.locator(".told", has_text="choose another name").wait_for()
    assert import_page.evaluate("() => document.activeElement.id") == "import-name"


def test_import_and_files_are_accessible(import_page: Any, desk: Any, open_page: Callable[..., Any]) -> None:
    assert_accessible_everywhere(import_page)
    assert_accessible_everywhere(open_page(desk, "/d/gd-hk-ip-17:release.yaml/files", bypass_csp=True))
