"""What all pages of the desk share: addresses, keys, the settings, and windows that were not let in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.slow


def test_a_window_without_a_code_shows_how_to_open(desk: Any, browser: Any) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"http://127.0.0.1:{desk.port}/d/example-gia:release.yaml")
    page.get_by_text("The desk is closed in this window").wait_for()
    assert "ipdocs desk" in page.locator("code").inner_text()
    assert [url for url in asked if "/api/" in url] == []
    context.close()


def test_without_javascript_the_page_says_what_is_needed(desk: Any, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{desk.port}/")
    assert "The desk needs JavaScript" in page.locator("body").inner_text()
    context.close()


def test_the_code_leaves_the_address_at_once(page: Any) -> None:
    assert "#" not in page.url
    assert page.evaluate("history.length") <= 2


def test_addresses_are_bookmarks(desk: Any, open_page: Callable[..., Any]) -> None:
    page = open_page(desk, "/desk")
    assert page.title() == "Settings of the desk · ipdocs desk"
    page.get_by_role("link", name="Documents").click()
    page.wait_for_selector("main.home[data-ready]")
    page.go_back()
    page.get_by_role("heading", name="Settings of the desk").wait_for()
    page.goto(f"http://127.0.0.1:{desk.port}/nowhere")
    page.get_by_role("heading", name="There is no such page").wait_for()
    assert desk.request("GET", "/nowhere")[0] == 404
    page.goto(f"http://127.0.0.1:{desk.port}/d/nothing.yaml")
    page.get_by_role("heading", name="This page cannot be shown").wait_for()


def test_the_keys_are_shown_from_their_table(page: Any) -> None:
    page.keyboard.press("F1")
    dialog = page.get_by_role("dialog", name="Keys")
    assert dialog.get_by_role("row", name="Show the keys F1").is_visible()
    assert dialog.get_by_role("row", name="Menu of the document F2").is_visible()
    page.keyboard.press("Escape")
    assert dialog.count() == 0


def test_the_language_of_the_interface_is_kept(desk: Any, open_page: Callable[..., Any]) -> None:
    page = open_page(desk, "/desk")
    page.get_by_label("繁體中文").check()
    page.wait_for_selector("html[lang='zh-Hant-HK']")
    assert page.get_by_role("link", name="文件").is_visible()
    page.get_by_label("简体中文").check()
    page.wait_for_selector("html[lang^='zh-Hans']")
    desk.kill()
    desk.start()
    desk.enter()
    again = open_page(desk)
    assert again.get_by_role("button", name="新建新闻稿").is_visible()


@pytest.mark.parametrize(
    ("locale", "heading"), [("zh-HK", "文件"), ("zh-TW", "文件"), ("zh-CN", "文档"), ("en-GB", "Documents"), ("fr", "Documents")]
)
def test_the_browser_chooses_the_first_language(desk: Any, open_page: Callable[..., Any], locale: str, heading: str) -> None:
    page = open_page(desk, locale=locale)
    assert page.locator("#documents").inner_text() == heading


def test_the_name_for_confirmations_is_kept(desk: Any, open_page: Callable[..., Any]) -> None:
    page = open_page(desk, "/desk")
    page.get_by_label("Your name").fill("Chan Siu-ming 陳小明")
    page.keyboard.press("Tab")
    page.get_by_text("Saved", exact=True).wait_for()
    assert desk.get("/desk")["name"] == "Chan Siu-ming 陳小明"
    assert desk.call("POST", "/desk/settings", {"name": "a\x07b"})[0] == 422
    assert desk.get("/desk")["name"] == "Chan Siu-ming 陳小明"


def test_the_desk_is_stopped_from_the_page(desk: Any, open_page: Callable[..., Any]) -> None:
    page = open_page(desk, "/desk")
    page.get_by_role("button", name="Stop the desk").click()
    page.get_by_role("dialog").get_by_role("button", name="Stop the desk").click()
    page.get_by_role("banner").get_by_text("The desk has stopped.").wait_for()
    assert desk.process.wait(timeout=30) == 0


def test_no_request_leaves_the_computer(desk: Any, open_page: Callable[..., Any]) -> None:
    page = open_page(desk)
    for path in ("/desk", "/", "/d/example-gia:release.yaml"):
        page.goto(f"http://127.0.0.1:{desk.port}{path}")
        page.wait_for_selector("main[data-ready]")
    assert page.problems == []


def test_a_document_that_was_never_readable_says_why(desk: Any, open_page: Callable[..., Any]) -> None:
    (desk.workspace / "broken").mkdir()
    (desk.workspace / "broken/release.yaml").write_text("schema: 1\nkind: press-release\nid: [\n", "utf-8")
    page = open_page(desk)
    for path in ("", "/todo", "/files"):
        page.goto(f"http://127.0.0.1:{desk.port}/d/broken:release.yaml{path}")
        page.get_by_role("heading", name="This page cannot be shown").wait_for()
        assert "Line 4: " in page.locator("main").inner_text()
    assert [problem for problem in page.problems if "422" not in problem] == []
