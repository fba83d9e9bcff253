"""What every page of the desk must be: without a violation that axe finds, in every appearance and width."""

from __future__ import annotations

from typing import Any

_MEDIA = ({"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"})
_WIDTHS = (1440, 1024, 320)
_ZOOMED = {"width": 320, "height": 256}
"""What is left of 1280 × 1024 at 400 % zoom."""


def assert_accessible_everywhere(page: Any) -> None:
    """Fail if axe finds a violation on a page, or if the page is wider than the window, in any appearance and width.

    The context of the page needs the option `bypass_csp`, for axe itself.
    """
    for media in _MEDIA:
        page.emulate_media(**{"color_scheme": "light", "forced_colors": "none", "reduced_motion": "reduce", **media})
        for width in _WIDTHS if media == _MEDIA[0] else _WIDTHS[:1]:
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (media, width)
            assert_accessible(page)
    page.emulate_media(color_scheme="light", forced_colors="none")
    page.set_viewport_size(_ZOOMED)
    assert page.evaluate("document.documentElement.scrollWidth") <= _ZOOMED["width"]
    assert_accessible(page)


def assert_accessible(page: Any) -> None:
    """Fail with the report of axe if it finds a violation on a page as it is."""
    from axe_playwright_python.sync_playwright import Axe

    result = Axe().run(page)
    assert result.violations_count == 0, result.generate_report()
