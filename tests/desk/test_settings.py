"""The Settings page of a document in Chromium."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from tests.desk.conftest import ROOT, RunningDesk

pytestmark = pytest.mark.slow


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace with the sources that have everything."""
    folder = tmp_path / "office"
    (folder / "locales").mkdir(parents=True)
    shutil.copytree(ROOT / "tests/everything", folder / "everything", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return folder


@pytest.fixture
def settings(desk: RunningDesk, open_page: Callable[..., Any]) -> Any:
    return open_page(desk, "/d/everything:release.yaml/settings")


def _lines(workspace: Path) -> list[str]:
    return (workspace / "everything/release.yaml").read_text("utf-8").splitlines()


def test_changed_time_is_saved_and_can_be_undone(settings: Any, workspace: Path) -> None:
    before = _lines(workspace)
    settings.get_by_label("Time of issue").fill("23 August 2018, 9:30 am")
    settings.keyboard.press("Tab")
    expect(settings.get_by_label("Time of issue")).to_have_value("23 Aug 2018, 09:30")
    assert [line for line in _lines(workspace) if line not in before] == ['issued: "2018-08-23T09:30+08:00"']
    settings.get_by_role("button", name="Undo: changed").click()
    expect(settings.get_by_label("Time of issue")).to_have_value("21 Aug 2018, 18:30")
    assert _lines(workspace) == before


def test_wrong_value_is_told_at_its_field(settings: Any, workspace: Path) -> None:
    before = _lines(workspace)
    settings.get_by_label("Time of issue").fill("next week")
    settings.keyboard.press("Tab")
    settings.locator("[data-problem=issued]:not(:empty)").wait_for()
    assert settings.get_by_label("Time of issue").get_attribute("aria-invalid") == "true"
    assert settings.get_by_label("Time of issue").input_value() == "next week"
    assert _lines(workspace) == before


def test_field_that_is_not_there_is_put_in(settings: Any, workspace: Path) -> None:
    settings.get_by_label("Who may read it").select_option("confidential")
    settings.get_by_role("button", name="Undo: changed").wait_for()
    assert "classification: confidential" in _lines(workspace)


def test_record_is_removed_and_put_in_again(settings: Any, workspace: Path) -> None:
    settings.get_by_role("button", name="Remove Correction").click()
    group = settings.locator("[data-group=correction]")
    group.get_by_role("button", name="Put in").wait_for(state="attached")
    assert not any(line.startswith("correction:") for line in _lines(workspace))
    group.evaluate("part => part.open = true")
    group.get_by_label("Time of the correction").fill("24 Aug 2018")
    group.get_by_label("English").fill("a name")
    group.get_by_label("繁體中文").fill("一個名字")
    group.get_by_role("button", name="Put in").click()
    group.get_by_role("button", name="Remove Correction").wait_for()
    lines = _lines(workspace)
    assert lines[lines.index("correction:") + 1] == "  issued: 2018-08-24"


def test_texts_with_facts_are_changed_where_they_are_written(settings: Any) -> None:
    assert "{{" not in settings.locator("main").inner_text()
    settings.get_by_role("link", name="Change it on the page Write").first.click()
    settings.locator("[data-place=title]").first.wait_for()
