"""Numbers beside the lines of a draft, as WeasyPrint 70.0 draws text: added to its pages once they are laid out.

Like weasy.py it leans on WeasyPrint's inside. A number is text of the page's foot, set anew in the left margin.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.text.line_break import split_first_line

GAP = 18.0
"""Pixels between a number and the text area."""
_SIDE_BY_SIDE = 0.4
"""Of the height of a line: how far apart the baselines of two lines may be that have one number."""


def number_lines(document: Any) -> None:
    """Number the lines of text on each page from 1, in its left margin; pages without a foot to take the type from have none."""
    for page in document.pages:
        foot = next(_feet(page._page_box), None)
        if foot is None:
            continue
        margin, line, text = foot
        left = page._page_box.content_box_x() - GAP
        made = [_line(str(number), baseline, left, line, text) for number, baseline in enumerate(_baselines(page._page_box), 1)]
        page._page_box.children = [*page._page_box.children, margin.copy_with_children(made)]


def _feet(page: Any) -> Iterator[tuple[Any, Any, Any]]:
    """Yield the boxes of the foot that hold text, each with its line and the text in it."""
    for margin in page.children:
        if isinstance(margin, boxes.MarginBox) and margin.at_keyword.startswith("@bottom"):
            for line in margin.descendants():
                if isinstance(line, boxes.LineBox):
                    for text in line.descendants():
                        if isinstance(text, boxes.TextBox):
                            yield margin, line, text


def _baselines(page: Any) -> list[float]:
    """Return where lines of text stand on a page, from top to bottom; lines side by side are one, a draft's mark is none.

    A raised digit is part of its line.
    """
    found: list[tuple[float, float]] = []
    for child in page.children:
        if not isinstance(child, boxes.MarginBox):
            lines = [box for box in child.descendants() if isinstance(box, boxes.LineBox) and _has_text(box)]
            found += [(line.position_y + line.baseline, line.height) for line in lines]
    kept: list[float] = []
    for baseline, height in sorted(found):
        if not kept or baseline - kept[-1] > _SIDE_BY_SIDE * height:
            kept.append(baseline)
    return kept


def _has_text(line: Any) -> bool:
    texts = (box for box in line.descendants() if isinstance(box, boxes.TextBox))
    return any(box.text.strip() and box.element_tag != "body::before" for box in texts)


def _line(number: str, baseline: float, right: float, line: Any, text: Any) -> Any:
    """Return a line with a number that ends at a place and stands on a baseline."""
    made = text.copy()
    made.text = number
    made.pango_layout, _, _, made.width, made.height, made.baseline = split_first_line(number, text.style, None, None, 0)
    made.position_x = right - made.width
    made.position_y = baseline - made.baseline
    around = line.copy_with_children([made])
    around.position_x, around.position_y = made.position_x, made.position_y
    return around
