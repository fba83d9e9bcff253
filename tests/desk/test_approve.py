"""Approving in Chromium: read, remark, approve, and what changed since is told everywhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from tests.desk.conftest import RunningDesk

pytestmark = pytest.mark.slow
expect.set_options(timeout=60_000)

NAME = "approved.yaml"
RELEASE = """\
schema: 1
kind: press-release
id: approved
issued: 2018-08-21
languages: [en, tc]
facts:
  rise: {percent: "3.9"}
title: {en: "Filings", tc: "申請"}
body:
  # the lead
  - id: lead
    paragraph: {en: "Filings rose by {{ rise }}.", tc: "申請上升{{ rise }}。"}
  - id: second
    paragraph: {en: "Details follow.", tc: "詳情稍後公布。"}
  - id: end
    paragraph: {en: "The rise of {{ rise }} is the largest.", tc: "升幅{{ rise }}屬最大。"}
"""
ALL = ["title", "issued", "lead", "second", "end"]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace with one release."""
    folder = tmp_path / "office"
    (folder / "locales").mkdir(parents=True)
    (folder / NAME).write_text(RELEASE, "utf-8")
    return folder


@pytest.fixture
def approving(desk: RunningDesk, open_page: Callable[..., Any]) -> Any:
    return open_page(desk, f"/d/{NAME}/approve")


def _block(page: Any, row: str) -> Any:
    return page.locator(f'.blocks > .block[data-row="{row}"]')


def _unread(page: Any) -> list[str]:
    return [block.get_attribute("data-row") for block in page.locator(".block:has([data-act=read])").all()]


def _give_name(page: Any) -> None:
    page.get_by_label("Your name").fill("Chan Siu-ming")
    page.keyboard.press("Enter")


def _read_all_and_approve(page: Any) -> None:
    """With the keyboard alone."""
    page.keyboard.press("Control+Enter")
    _give_name(page)
    for count in range(1, len(ALL) + 1):
        expect(page.locator(".progress-words")).to_have_text(f"{count} of {len(ALL)} read")
        if count < len(ALL):
            page.keyboard.press("Control+Enter")
    expect(page.locator("#approve")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".approve-bar")).to_contain_text("Approved by Chan Siu-ming")


def _go(page: Any, name: str) -> None:
    page.get_by_role("navigation").get_by_role("link", name=name).click()
    page.wait_for_selector("main[data-ready]")


def test_every_block_is_read_in_all_languages_without_fields(approving: Any) -> None:
    assert [block.get_attribute("data-row") for block in approving.locator(".blocks > .block").all()] == ALL
    assert approving.locator("[role=textbox], .cm-editor").count() == 0
    expect(_block(approving, "lead").locator(".words")).to_have_count(3)
    expect(_block(approving, "lead").locator(".words").last).to_contain_text("申请上升")
    expect(approving.locator(".page-panel figure img")).to_be_visible(timeout=60_000)


def test_what_changed_since_the_approval_is_told_everywhere(approving: Any, workspace: Path) -> None:
    page = approving
    expect(page.locator("#approve")).to_have_attribute("aria-disabled", "true")
    _read_all_and_approve(page)
    assert (workspace / NAME).read_text("utf-8") == RELEASE
    state = (workspace / NAME).with_suffix(".state.yaml").read_text("utf-8")
    assert re.search(r"approvals:\n- by: Chan Siu-ming\n  at: '?20\d\d-", state)
    assert all(f"    {row}: " in state for row in ALL)
    assert page.locator("#approve").count() == 0

    _go(page, "Files")
    expect(page.locator(".approval-note")).to_contain_text("Approved by Chan Siu-ming")
    expect(page.locator(".approval-note")).not_to_contain_text("Changed")

    _go(page, "Write")
    page.locator('[data-place="second.paragraph"][data-lang="en"]').click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Soon.")
    expect(_block(page, "second").locator(".side .since")).to_have_text("Changed since approval")
    assert page.locator(".side .since").count() == 1

    _go(page, "To do")
    expect(page.get_by_role("region", name="Changed since approval").get_by_role("link")).to_have_text(["Second"])

    _go(page, "Files")
    expect(page.locator(".choose .approval-note")).to_contain_text("Changed since approval: Second")
    for format_ in ("docx", "pdf"):
        page.locator(f"#format-{format_}").uncheck()
    page.locator("#format-txt").check()
    page.get_by_role("button", name="Build", exact=True).click()
    expect(page.locator(".job .approval-note")).to_contain_text("Changed since approval: Second", timeout=60_000)
    expect(page.locator(".job .card")).to_have_class(re.compile("of-done"))

    _go(page, "Approve")
    assert _unread(page) == ["second"]
    page.get_by_role("button", name=re.compile("^Changed since [0-9]")).click()
    expect(page.locator(".blocks > .block:visible")).to_have_count(1)
    expect(page.locator("#approve")).to_have_attribute("aria-disabled", "true")

    page.get_by_role("link", name="All documents").click()
    expect(page.locator(".docs tbody")).to_contain_text("1 block changed since approval", timeout=60_000)
    expect(page.get_by_role("region", name="Waiting for you")).to_contain_text("Changed since approval")
    assert page.problems == []


def test_a_fact_changes_every_block_that_states_it(approving: Any, desk: RunningDesk) -> None:
    _read_all_and_approve(approving)
    change = {"type": "fact", "action": "put", "name": "rise", "notation": "4.1", "fact_type": "percent", "before": "3.9"}
    desk.post(f"/d/{NAME}/step", {"id": "elsewhere", "tab": "other", "changes": [change]})
    for row in ("lead", "end"):
        expect(_block(approving, row).locator(".since")).to_contain_text("Changed since")
    assert _unread(approving) == ["lead", "end"]
    approving.keyboard.press("Control+z")
    expect(approving.locator(".approve-bar")).to_contain_text("Approved by Chan Siu-ming")


def test_an_approval_is_taken_back(approving: Any) -> None:
    _read_all_and_approve(approving)
    approving.keyboard.press("Control+z")
    expect(approving.locator("#approve")).to_be_visible()
    assert _unread(approving) == []
    approving.keyboard.press("Control+z")
    expect(approving.locator(".progress-words")).to_have_text(f"{len(ALL) - 1} of {len(ALL)} read")


def test_all_is_read_and_approved_with_the_mouse(approving: Any) -> None:
    page = approving
    for row in ALL:
        _block(page, row).get_by_role("button", name=re.compile(": read$")).click()
        if row == ALL[0]:
            page.get_by_label("Your name").fill("Lee")
            page.get_by_role("dialog").get_by_role("button", name="Read").click()
        expect(_block(page, row).locator(".read")).to_contain_text("Read,")
    page.get_by_role("button", name="Approve the release").click()
    expect(page.locator(".approve-bar")).to_contain_text("Approved by Lee")


def test_a_remark_stands_at_its_block_until_it_is_settled(approving: Any) -> None:
    page = approving
    _block(page, "lead").get_by_role("button", name=re.compile("make a remark")).click()
    page.keyboard.type("Is the figure final?")
    page.get_by_label("About").select_option("tc")
    page.get_by_role("button", name="Make the remark").click()
    _give_name(page)
    expect(_block(page, "lead").locator(".of-remark")).to_contain_text("Is the figure final?")
    _go(page, "To do")
    expect(page.get_by_role("region", name="Remarks to settle")).to_contain_text("Is the figure final?")
    page.get_by_role("region", name="Remarks to settle").get_by_role("link").click()
    card = _block(page, "lead").locator(".of-remark")
    expect(card).to_contain_text("Chan Siu-ming")
    card.get_by_role("button", name="Settled").click()
    expect(page.locator(".of-remark")).to_have_count(0)
    _go(page, "Approve")
    expect(_block(page, "lead").locator(".of-remark")).to_contain_text("Settled by Chan Siu-ming")


@pytest.mark.parametrize("words", ["Details follow", "Filings rose"])
def test_an_open_remark_outlives_changes_of_the_document(approving: Any, workspace: Path, words: str) -> None:
    _block(approving, "lead").get_by_role("button", name=re.compile("make a remark")).click()
    approving.keyboard.type("Half a ")
    (workspace / NAME).write_text(RELEASE.replace(words, "Now more"), "utf-8")
    expect(approving.locator(".blocks")).to_contain_text("Now more")
    approving.keyboard.type("remark")
    expect(approving.locator(".remark-form textarea")).to_have_value("Half a remark")


def test_words_that_change_while_they_are_read_are_not_read(approving: Any, workspace: Path) -> None:
    _read_all_and_approve(approving)
    (workspace / NAME).write_text(RELEASE.replace("Details follow", "More follows"), "utf-8")
    expect(_block(approving, "second")).to_contain_text("More follows")
    assert _unread(approving) == ["second"]
