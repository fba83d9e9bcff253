"""Home in Chromium: the list, the search, and the ways to begin a document."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ipdocs.values.types import HONG_KONG

pytestmark = pytest.mark.slow

SEMINAR = "example-gia:release.yaml"


def issue_today(workspace: Path) -> None:
    """Let the release of the seminar go out at the end of today, with a fault."""
    path = workspace / "example-gia/release.yaml"
    text = re.sub("^issued: .*", f"issued: {datetime.now(HONG_KONG).date()}T23:59+08:00", path.read_text("utf-8"), flags=re.M)
    path.write_text(text.replace("參加。", "參加,", 1), "utf-8")


def row(page: Any, name: str) -> Any:
    return page.locator(f"tr[data-document='{name}']")


def test_home_lists_titles_languages_and_findings(page: Any) -> None:
    seminar = row(page, SEMINAR)
    seminar.get_by_text("none", exact=True).wait_for(timeout=60_000)
    assert seminar.get_by_role("link").inner_text() == "Seminar on trade mark protection held for small and medium enterprises"
    assert "中小企業商標保護研討會順利舉行" in seminar.inner_text()
    assert seminar.locator(".langs li").all_inner_texts() == ["EN\nwritten", "繁\nwritten", "简\nfollows 繁"]
    assert "21 Aug 2018, 18:30" in seminar.inner_text()
    assert page.title() == "Documents · ipdocs desk"
    assert page.problems == []


def test_what_goes_out_today_is_waiting(open_desk: Callable[..., Any], open_page: Callable[..., Any], workspace: Path) -> None:
    issue_today(workspace)
    page = open_page(open_desk(workspace))
    card = page.locator(".todo")
    card.get_by_text("to mend").wait_for(timeout=60_000)
    assert "Goes out today, 23:59" in card.inner_text()
    assert page.get_by_text("1 release goes out today.").is_visible()


def test_a_search_is_kept_in_the_address(page: Any) -> None:
    row(page, SEMINAR).get_by_text("written").first.wait_for(timeout=60_000)
    page.get_by_label("Find a document").fill("商标")
    page.wait_for_function("() => document.querySelectorAll('.docs tbody tr:not([hidden])').length === 1")
    assert row(page, SEMINAR).is_visible()
    assert "q=" in page.url
    page.reload()
    page.wait_for_selector("main[data-ready]")
    assert page.locator(".docs tbody tr:not([hidden])").count() == 1
    page.get_by_label("Find a document").fill("nowhere at all")
    page.get_by_text("No document has these words.").wait_for()


def test_a_new_release_opens_for_writing(desk: Any, page: Any) -> None:
    page.get_by_role("button", name="New release").click()
    page.keyboard.type("Open Day!")
    page.keyboard.press("Enter")
    page.get_by_text("Write small letters, figures and hyphens only").wait_for()
    page.get_by_label("Name of its folder").fill("open-day")
    page.keyboard.press("Enter")
    page.wait_for_url("**/d/open-day:release.yaml")
    assert (desk.workspace / "open-day/release.yaml").is_file()


def test_a_taken_name_is_refused_and_kept(desk: Any, page: Any) -> None:
    before = (desk.workspace / "example-gia/release.yaml").read_bytes()
    page.get_by_role("button", name="New release").click()
    page.keyboard.type("example-gia")
    page.keyboard.press("Enter")
    page.get_by_text("There is a document of this name already").wait_for()
    assert page.get_by_label("Name of its folder").input_value() == "example-gia"
    assert (desk.workspace / "example-gia/release.yaml").read_bytes() == before


def test_a_release_begins_from_last_years(desk: Any, page: Any) -> None:
    row(page, SEMINAR).get_by_text("written").first.wait_for(timeout=60_000)
    page.get_by_role("button", name="From last year’s…").click()
    titles = page.locator(".pick-title").all_inner_texts()
    assert titles[0] == "Guangdong/Hong Kong IP Meeting Held in Shenzhen"  # the newest first
    page.get_by_role("dialog").get_by_role("button", name=re.compile("Seminar on trade mark")).click()
    page.get_by_label("Name of its folder").fill("seminar-next")
    page.keyboard.press("Enter")
    page.wait_for_url("**/d/seminar-next:release.yaml")
    facts = desk.get("/d/seminar-next:release.yaml")["facts"]
    assert facts
    assert all(fact["inherited"] for fact in facts)


def test_a_meeting_follows_the_last(desk: Any, page: Any) -> None:
    row(page, "gd-hk-ip-17-minutes:minutes.yaml").get_by_text("written").first.wait_for(timeout=60_000)
    page.get_by_role("button", name="New meeting").click()
    assert "Expert Group" in page.get_by_label("It follows the meeting").locator("option:checked").inner_text()
    page.get_by_label("Name of its folder").fill("meeting-18")
    page.get_by_role("button", name="Make the agenda").click()
    page.wait_for_url("**/d/meeting-18:minutes.yaml")


def test_a_document_goes_to_the_archive_and_back(desk: Any, page: Any) -> None:
    row(page, SEMINAR).get_by_role("link").focus()
    page.keyboard.press("F2")
    page.get_by_role("menuitem", name="Move to the archive").click()
    row(page, SEMINAR).wait_for(state="detached")
    assert (desk.workspace / "archive/example-gia/seminar.png").is_file()
    page.get_by_role("button", name="Undo").click()
    row(page, SEMINAR).wait_for()
    assert (desk.workspace / "example-gia/release.yaml").is_file()


def test_the_menu_is_used_with_the_keyboard(page: Any) -> None:
    row(page, SEMINAR).get_by_role("link").focus()
    page.keyboard.press("F2")
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == "Duplicate…"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.closest('tr').dataset.document") == SEMINAR
    assert page.locator(".menu").count() == 0


def test_a_change_from_elsewhere_appears(desk: Any, page: Any) -> None:
    row(page, SEMINAR).get_by_text("written").first.wait_for(timeout=60_000)
    made = desk.post("/documents", {"kind": "press-release", "name": "from-elsewhere"})["document"]
    desk.post("/documents/archive", {"document": "gd-hk-ip-16:release.yaml"})
    row(page, made).get_by_text("Press release").wait_for(timeout=60_000)
    assert row(page, "gd-hk-ip-16:release.yaml").count() == 0


def test_an_empty_folder_says_how_to_begin(open_desk: Callable[..., Any], open_page: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    page = open_page(open_desk(tmp_path / "empty"))
    assert page.get_by_text("This folder has no documents yet").is_visible()
    assert not page.locator("table.docs").is_visible()
    assert page.get_by_role("button", name="New release").is_visible()


def test_a_meeting_this_week_is_waiting(open_desk: Callable[..., Any], open_page: Callable[..., Any], workspace: Path) -> None:
    desk = open_desk(workspace)
    made = desk.post("/documents", {"kind": "minutes", "name": "soon"})["document"]
    path = workspace / made.replace(":", "/")
    day = (datetime.now(HONG_KONG) + timedelta(days=1)).date()
    text = re.sub(r"(meeting:.*?date: )[\d-]+", rf"\g<1>{day}", path.read_text("utf-8"), count=1, flags=re.S)
    path.write_text(text, "utf-8")
    page = open_page(desk)
    page.locator(".todo").get_by_text("Meeting tomorrow").wait_for(timeout=60_000)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 320])
def test_home_and_its_dialogs_are_accessible(desk: Any, open_page: Callable[..., Any], scheme: str, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = open_page(desk, color_scheme=scheme, viewport={"width": width, "height": 900})
    row(page, SEMINAR).get_by_text("none", exact=True).wait_for(timeout=60_000)
    assert page.evaluate("document.documentElement.scrollWidth") <= width

    def check() -> None:
        result = Axe().run(page)
        assert result.violations_count == 0, result.generate_report()

    check()
    for button in ("New release", "New meeting", "From last year’s…"):
        page.get_by_role("button", name=button).click()
        check()
        page.keyboard.press("Escape")
    row(page, SEMINAR).locator(".more").click()
    check()
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Settings").click()
    page.get_by_label("Your name").wait_for()
    check()
    page.keyboard.press("F1")
    page.get_by_role("dialog", name="Keys").wait_for()
    check()
