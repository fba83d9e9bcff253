"""The review page in Chromium: accessibility, speed with many blocks, filters and keys."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ipdocs.review.page.review_page import render_review_page

pytestmark = pytest.mark.slow

CHROMIUM = "/usr/bin/chromium"
CHROMIUM_OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SOURCE = """\
schema: 1
kind: press-release
id: reviewed
style: legco
issued: 2018-08-21
languages: [en, tc]
facts:
  cases: {integer: 14}
title:
  en: "Seminar to be held"
  tc: "研討會將舉行"
body:
"""
BLOCK = """\
  - id: block-{number}
    paragraph:
      en: "The department received {{{{ cases | number }}}} applications and {english} enquiries."
      tc: "署方接獲{{{{ cases | number }}}}宗申請及{chinese}宗查詢。"
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(CHROMIUM_OPTIONS))
        yield chromium
        chromium.close()


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Open the review page of a source with some blocks, every tenth of which has a finding."""
    contexts = []

    def open_page(blocks: int = 30, **options: Any) -> Any:
        source = tmp_path / "release.yaml"
        numbers = [(number, 1000 + number, 1000 + number + (0 if number % 10 else 9000)) for number in range(blocks)]
        texts = [BLOCK.format(number=number, english=english, chinese=chinese) for number, english, chinese in numbers]
        source.write_text(SOURCE + "".join(texts), "utf-8")
        page_path = tmp_path / "review.html"
        page_path.write_text(render_review_page(source), "utf-8")
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.problems = []
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.on("console", lambda message: page.problems.append(message.text))
        page.on("request", lambda request: request.url.startswith("file:") or page.problems.append(request.url))
        page.goto(page_path.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible_and_fetches_nothing(opened: Callable[..., Any], scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = opened(color_scheme=scheme)
    result = Axe().run(page)
    assert result.violations_count == 0, result.generate_report()
    assert page.problems == []


def test_five_hundred_blocks_are_filtered_quickly(opened: Callable[..., Any]) -> None:
    page = opened(500)
    assert page.locator(".row:not(.head)").count() == 501
    milliseconds = page.evaluate(
        """() => { const start = performance.now(); const which = document.getElementById('which');
        which.value = 'findings'; which.dispatchEvent(new Event('input', {bubbles: true})); return performance.now() - start; }"""
    )
    assert page.locator("#shown").inner_text() == "50 of 501 texts"
    assert milliseconds < 500


def test_keys_move_from_finding_to_finding(opened: Callable[..., Any]) -> None:
    page = opened()
    page.keyboard.press("n")
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.querySelector('.block').textContent") == "block-10"
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.querySelector('.block').textContent") == "block-11"
    page.keyboard.press("p")
    assert page.evaluate("document.activeElement.querySelector('.block').textContent") == "block-10"


def test_a_language_can_be_hidden(opened: Callable[..., Any]) -> None:
    page = opened()
    page.get_by_label("简体中文").uncheck()
    assert not page.locator('[role=cell][data-language="sc"]').first.is_visible()
    assert page.locator('[role=cell][data-language="tc"]').first.is_visible()


def test_a_fact_is_highlighted_in_every_language(opened: Callable[..., Any]) -> None:
    page = opened(1)
    page.locator('#r2 [data-fact="cases"]').first.hover()
    assert page.locator("#r2 .fact.lit").count() == 3


def test_a_finding_has_the_same_number_in_both_languages(opened: Callable[..., Any]) -> None:
    page = opened(1)
    marks = page.locator("#r2 mark[data-number]")
    assert marks.all_inner_texts() == ["1000", "10000"]
    assert {mark.get_attribute("data-number") for mark in marks.all()} == {"1"}
    notes = page.locator("#r2 .notes").inner_text()
    assert "10000" in notes
    assert "number-differs" in notes


def test_the_filters_are_not_printed(opened: Callable[..., Any]) -> None:
    page = opened(1)
    page.emulate_media(media="print")
    assert not page.locator("form").is_visible()
    assert page.locator("#r2 .text").first.is_visible()


def test_changes_since_the_approved_version_are_marked(browser: Any, tmp_path: Path, root: Path) -> None:
    approved = tmp_path / "approved.yaml"
    shutil.copy(root / "fixtures/example-gia/release.yaml", approved)
    shutil.copy(root / "fixtures/example-gia/seminar.png", tmp_path)
    changed = tmp_path / "release.yaml"
    changed.write_text(approved.read_text("utf-8").replace("{percent: 3.9}", "{percent: 4.2}"), "utf-8")
    page = browser.new_page()
    page.set_content(render_review_page(changed, approved))
    assert page.locator("del").all_inner_texts()[0] == "3.9"
    assert page.locator("ins").all_inner_texts()[0] == "4.2"
    assert page.locator(".row.changed").count() == 1
    page.close()
