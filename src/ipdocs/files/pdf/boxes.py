"""The part of a PDF page that is seen."""

from __future__ import annotations

from typing import Any

Box = tuple[float, float, float, float]
"""Left, bottom, right and top, in points."""

MAX_SIDE = 14_400
"""The longest side of a page in points that readers have to cope with (ISO 32000-1, annex C)."""


def show_only_visible(page: Any) -> Box:
    """Let all boxes of a page be the part that a viewer shows, its CropBox within its MediaBox, and return that.

    Inherited entries are written on the page.

    Raises:
        ValueError: the page has no size.
    """
    import pikepdf

    paper = _box(_inherited(page, "/MediaBox")) or (0.0, 0.0, 612.0, 792.0)
    crop = _box(_inherited(page, "/CropBox")) or paper
    seen = (max(paper[0], crop[0]), max(paper[1], crop[1]), min(paper[2], crop[2]), min(paper[3], crop[3]))
    if not _has_size(seen):
        seen = paper
    if not _has_size(seen):
        raise ValueError("a page has no size")
    rotation = _inherited(page, "/Rotate")
    for key in ("/BleedBox", "/TrimBox", "/ArtBox"):
        if key in page:
            del page[key]
    page.MediaBox = page.CropBox = pikepdf.Array([round(side, 4) for side in seen])
    page.Rotate = int(rotation) // 90 * 90 % 360 if isinstance(rotation, int) else 0
    return seen


def page_size(page: Any) -> tuple[int, int]:
    """Return how wide and high a page is as it is seen, in whole points."""
    left, bottom, right, top = (float(side) for side in page.CropBox)
    across, down = round(right - left), round(top - bottom)
    return (down, across) if page.Rotate % 180 else (across, down)


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
