"""The visible part of PDF pages."""

from __future__ import annotations

from typing import Any

Box = tuple[float, float, float, float]
"""Left, bottom, right and top, in points."""

MAX_SIDE = 14_400
"""The longest side of a page that every viewer supports, in points (ISO 32000-1, annex C)."""


def set_visible_box(page: Any) -> Box:
    """Set the boxes of a page to its visible part, which is the CropBox within the MediaBox, and return the visible part.

    Entries that the page inherits are written into the page.

    Raises:
        ValueError: The page has no size.
    """
    import pikepdf

    media = _box(_inherited(page, "/MediaBox")) or (0.0, 0.0, 612.0, 792.0)
    crop = _box(_inherited(page, "/CropBox")) or media
    visible = (max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))
    if not _has_size(visible):
        visible = media
    if not _has_size(visible):
        raise ValueError("a page has no size")
    rotation = _inherited(page, "/Rotate")
    for key in ("/BleedBox", "/TrimBox", "/ArtBox"):
        if key in page:
            del page[key]
    page.MediaBox = page.CropBox = pikepdf.Array([round(side, 4) for side in visible])
    page.Rotate = int(rotation) // 90 * 90 % 360 if isinstance(rotation, int) else 0
    return visible


def page_size(page: Any) -> tuple[int, int]:
    """Return the width and height of the visible part of a page as displayed, in whole points."""
    left, bottom, right, top = (float(side) for side in page.CropBox)
    width, height = round(right - left), round(top - bottom)
    return (height, width) if page.Rotate % 180 else (width, height)


def _has_size(box: Box) -> bool:
    return all(1 <= side <= MAX_SIDE for side in (box[2] - box[0], box[3] - box[1]))


def _box(value: Any) -> Box | None:
    import pikepdf

    if not isinstance(value, pikepdf.Array) or len(value) != 4:
        return None
    try:
        left, bottom, right, top = (float(side) for side in value)
    except (TypeError, ValueError):
        return None
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def _inherited(page: Any, key: str) -> Any:
    import pikepdf

    for _ in range(50):
        if key in page:
            return page[key]
        page = page.get("/Parent")
        if not isinstance(page, pikepdf.Dictionary):
            break
    return None
