"""Add line numbers in the margin of pages that WeasyPrint 70.0 has laid out.

Like `weasy.py`, this module depends on WeasyPrint's internals. Line numbers have the style of the footer's text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.text.line_break import split_first_line

GAP = 18.0
"""Pixels between a number and the text area."""
_SAME_LINE = 0.4
"""Maximum distance between baselines that count as one, as a fraction of the line's height."""


def number_lines(document: Any) -> None:
    """Number the lines of text on each page from 1 in the left margin; pages without a footer get no numbers."""
    for page in document.pages:
        footer = next(_footer_texts(page._page_box), None)
        if footer is None:
            continue
        margin_box, line_box, text_box = footer
        right = page._page_box.content_box_x() - GAP
        number_boxes = [
            _number_box(str(number), baseline, right, line_box, text_box)
            for number, baseline in enumerate(_baselines(page._page_box), 1)
        ]
        page._page_box.children = [*page._page_box.children, margin_box.copy_with_children(number_boxes)]


def _footer_texts(page: Any) -> Iterator[tuple[Any, Any, Any]]:
    """Yield each text of a page's footer as its margin box, line box and text box."""
    for margin_box in page.children:
        if isinstance(margin_box, boxes.MarginBox) and margin_box.at_keyword.startswith("@bottom"):
            for line_box in margin_box.descendants():
                if isinstance(line_box, boxes.LineBox):
                    for text_box in line_box.descendants():
                        if isinstance(text_box, boxes.TextBox):
                            yield margin_box, line_box, text_box


def _baselines(page: Any) -> list[float]:
    """Return the baselines of the lines on a page from top to bottom, ignoring the draft watermark.

    Lines side by side count as one line, and raised digits belong to the line beside them.
    """
    positions: list[tuple[float, float]] = []
    for child in page.children:
        if not isinstance(child, boxes.MarginBox):
            lines = [box for box in child.descendants() if isinstance(box, boxes.LineBox) and _has_text(box)]
            positions += [(line.position_y + line.baseline, line.height) for line in lines]
    baselines: list[float] = []
    for baseline, height in sorted(positions):
        if not baselines or baseline - baselines[-1] > _SAME_LINE * height:
            baselines.append(baseline)
    return baselines


def _has_text(line: Any) -> bool:
    texts = (box for box in line.descendants() if isinstance(box, boxes.TextBox))
    return any(box.text.strip() and box.element_tag != "body::before" for box in texts)


def _number_box(number: str, baseline: float, right: float, line_box: Any, text_box: Any) -> Any:
    """Return a copy of a footer's line box that contains a copy of `text_box` with a number as its text.

    The number is on the given baseline and ends at the x position `right`.
    """
    copy = text_box.copy()
    copy.text = number
    copy.pango_layout, _, _, copy.width, copy.height, copy.baseline = split_first_line(number, text_box.style, None, None, 0)
    copy.position_x = right - copy.width
    copy.position_y = baseline - copy.baseline
    number_line = line_box.copy_with_children([copy])
    number_line.position_x, number_line.position_y = copy.position_x, copy.position_y
    return number_line
