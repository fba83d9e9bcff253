"""Writing in cells of the Write page, for tests."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

EXAMPLE = "example-gia/release.yaml"
DOCUMENT = "/d/example-gia:release.yaml"


def cell(page: Any, place: str, lang: str) -> Any:
    """Return the cell of a place in a language."""
    return page.locator(f"[data-place='{place}'][data-lang='{lang}']")


def type_at_end(page: Any, place: str, lang: str, words: str) -> None:
    """Put the caret at the end of a cell and type."""
    cell(page, place, lang).click()
    page.keyboard.press("Control+End")
    page.wait_for_timeout(50)
    page.keyboard.type(words)


def saved(page: Any) -> None:
    """Wait until the page says that all is saved."""
    page.wait_for_selector("#saved[data-state='saved']", timeout=60_000)


def wait_for(page: Any, condition: Callable[[], bool]) -> None:
    """Wait until a condition holds."""
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        page.wait_for_timeout(50)
