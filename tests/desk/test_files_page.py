"""The Files page in Chromium: choose, build, build again, cancel, and what is said when a document cannot be built."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ipdocs.pipeline.build import build
from ipdocs.pipeline.request import BuildRequest

pytestmark = pytest.mark.slow
DOC = "/d/gd-hk-ip-17:release.yaml"


def choose(page: Any, *wanted: str) -> None:
    """Tick these boxes and no others."""
    for box in page.locator(".choices input[id^=edition], .choices input[id^=format]").all():
        name = box.get_attribute("id")
        page.locator(f"[id='{name}']").set_checked(name.partition("-")[2] in wanted)


def test_build_then_change_then_build_again(desk: Any, open_page: Callable[..., Any], workspace: Path, tmp_path: Path) -> None:
    page = open_page(desk, f"{DOC}/files")
    choose(page, "en", "en+tc", "docx", "pdf")
    page.locator("#build").click()
    page.locator(".card.of-done").wait_for()
    assert page.locator(".card.of-done").inner_text().strip() == "4 files, read again and proved"
    assert page.locator(".files tbody tr").count() == 4
    assert "lines and" in page.locator(".files tbody tr").first.inner_text()
    page.get_by_role("link", name="Write", exact=True).click()
    page.locator("[data-place='coming.paragraph'][data-lang='en']").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" More will follow.")
    page.get_by_role("button", name="Build again").click()
    page.locator(".note", has_text="4 files, read again and proved").wait_for()
    out = workspace / "out/gd-hk-ip-17"
    source = workspace / "gd-hk-ip-17/release.yaml"
    assert "More will follow." in source.read_text("utf-8")
    build([source], tmp_path / "out", BuildRequest(editions=("en", "en+tc"), formats=("docx", "pdf")))
    for file in (tmp_path / "out/gd-hk-ip-17").iterdir():
        if file.suffix != ".json":  # which names the path of the source from the folder
            assert (out / file.name).read_bytes() == file.read_bytes()
    assert page.problems == []


def test_failure_leads_to_its_text(desk: Any, open_page: Callable[..., Any], workspace: Path) -> None:
    source = workspace / "gd-hk-ip-17/release.yaml"
    text = source.read_text("utf-8")
    chinese = text.index("tc:", text.index("  - id: review"))
    source.write_text(text[:chinese] + 'tc: "⟦draft: 未完成⟧"' + text[text.index("\n\n", chinese) :], "utf-8")
    page = open_page(desk, f"{DOC}/files")
    page.locator("#build").click()
    card = page.locator(".card.of-error")
    card.wait_for()
    assert card.locator("li").count() == 1
    card.get_by_role("link").click()
    page.wait_for_function("() => document.activeElement?.closest('[data-place]')?.dataset.place === 'review.paragraph'")
    assert page.evaluate("() => document.activeElement.closest('[data-place]').dataset.lang") == "tc"
    assert not (workspace / "out").exists()


def test_build_is_cancelled(desk: Any, open_page: Callable[..., Any], workspace: Path) -> None:
    page = open_page(desk, f"{DOC}/files")
    choose(page, "en", "tc", "sc", "en+tc", "en+sc", "tc+sc", "en+tc+sc", "docx", "pdf", "html", "txt")
    page.locator("#build").click()
    page.get_by_role("button", name="Cancel").click()
    page.locator(".job", has_text="Stopped").wait_for()
    assert not (workspace / "out").exists()
    choose(page)
    assert page.locator("#build").get_attribute("aria-disabled") == "true"
