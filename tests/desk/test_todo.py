"""The To do page of a document in Chromium."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from tests.desk.conftest import RunningDesk
from tests.desk.screen_states import OPEN, OPEN_TEXTS

pytestmark = pytest.mark.slow


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace with a source that has open texts."""
    folder = tmp_path / "office"
    (folder / "locales").mkdir(parents=True)
    (folder / OPEN).write_text(OPEN_TEXTS, "utf-8")
    return folder


@pytest.fixture
def tasks(desk: RunningDesk, open_page: Callable[..., Any]) -> Any:
    return open_page(desk, f"/d/{OPEN}/todo")


def _links(page: Any, heading: str) -> list[str]:
    return [link.inner_text() for link in page.get_by_role("region", name=heading).get_by_role("link").all()]


def test_open_texts_stand_by_kind(tasks: Any) -> None:
    assert _links(tasks, "Missing") == ["Second · 繁體中文"]
    assert _links(tasks, "With an open gap") == ["Lead · 繁體中文"]
    assert _links(tasks, "Drafts") == ["Third · 繁體中文"]
    expect(tasks.get_by_role("region", name="To mend").get_by_role("link")).to_have_text(["Lead · English"])


def test_the_tab_counts_findings_and_open_texts(tasks: Any) -> None:
    count = tasks.locator(".tabs .count")
    expect(count).to_have_text("4")  # one to mend, one missing, one open gap, one draft
    assert count.get_attribute("aria-label") == "4 to do"
    tasks.get_by_role("link", name="Write").click()
    expect(tasks.locator(".block").first).to_be_visible()
    expect(count).to_have_text("4")
    tasks.get_by_role("link", name="Settings").click()
    expect(tasks.get_by_label("Time of issue")).to_be_visible()
    expect(count).to_have_text("4")


def test_link_puts_the_caret_into_the_text(tasks: Any) -> None:
    tasks.get_by_role("link", name="Second · 繁體中文").click()
    cell = tasks.locator("[data-place='second.paragraph'][data-lang=tc]")
    expect(cell.locator(":focus")).to_have_count(1)


def test_tasks_of_one_language_can_be_shown(tasks: Any) -> None:
    tasks.get_by_label("Language").select_option("en")
    assert tasks.get_by_role("region", name="Missing").count() == 0
    expect(tasks.get_by_role("region", name="To mend").get_by_role("link")).to_have_text(["Lead · English"])
