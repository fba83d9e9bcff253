"""What every page of the desk must be: without a violation that axe finds, in every appearance and width."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

_LIGHT = {"color_scheme": "light", "forced_colors": "none", "reduced_motion": "reduce"}
_COLOURS = ({"color_scheme": "dark", "forced_colors": "none"}, {"color_scheme": "light", "forced_colors": "active"})
_RULES_OF_COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules whose results depend on colours."""
_NARROW = {"width": 320, "height": 900}
_ZOOMED = {"width": 320, "height": 256}
"""What is left of 1280 × 1024 at 400 % zoom."""


def assert_accessible_everywhere(page: Any) -> None:
    """Fail if axe finds a violation on a page, or if the page is wider than the window, in any appearance and width.

    The context of the page needs the option `bypass_csp`, for axe itself.
    """
    page.emulate_media(**_LIGHT)
    assert_accessible(page)
    for colours in _COLOURS:
        page.emulate_media(**colours)
        assert_accessible(page, runOnly={"type": "rule", "values": _RULES_OF_COLOURS})
    page.emulate_media(**_LIGHT)
    for size in ({"width": 1024, "height": 768}, _NARROW, _ZOOMED):
        page.set_viewport_size(size)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= size["width"], f"{width} wide at {size}"
        if size == _ZOOMED:
            assert_accessible(page)


def assert_accessible(page: Any, **options: Any) -> None:
    """Fail with what axe says if it finds a violation on a page as it is."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe())
    rules = {} if options else {"rules": {"target-size": {"enabled": True}}}
    found = page.evaluate("(options) => axe.run(options)", {"resultTypes": ["violations"], **rules, **options})["violations"]
    report = [(rule["id"], rule["help"], [node["html"][:300] for node in rule["nodes"]]) for rule in found]
    assert not report, report


@cache
def _axe() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
