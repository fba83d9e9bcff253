"""Where the blocks of a document stand on the pages that WeasyPrint 70.0 has laid out.

Like `weasy.py`, this module depends on WeasyPrint's internals.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.formatting_structure import boxes

PIECES = frozenset({"p", "h1", "h2", "h3", "h4", "li", "caption", "figcaption", "th", "td", "dt", "dd"})
"""The elements that hold one text of a block."""

_MARGIN = 1.0
"""The width in pixels by which the box of a text is enlarged, because glyphs can be wider than their advance."""


@dataclass(frozen=True, slots=True)
class PlacedBlock:
    """The rectangle on one page of a block in one language, or of one of its pieces; a block on two pages has two boxes.

    Positions and sizes are fractions of the width and height of the page, from its upper left corner.

    Attributes:
        block: the name of the block, such as "tc:lead", or "tc:_head" for the head.
        piece: the number of the piece within the block, in reading order from 0; None for the whole block.
        of: the class of the piece, or its element if it has none; "" for the whole block.
        note: whether this is a footnote of the block.
        page: the number of the page, from 1.
    """

    block: str
    piece: int | None
    of: str
    note: bool
    page: int
    x: float
    y: float
    width: float
    height: float


_Key = tuple[str, int | None, str, bool]
_Edges = tuple[float, float, float, float]
"""Left, top, right and bottom in pixels."""


def block_boxes(root: Element[str], document: Any) -> list[PlacedBlock]:
    """Return the boxes of all blocks on all pages of a laid-out document.

    Args:
        root: the HTML that was laid out.
        document: WeasyPrint's document with pages.
    """
    keys = {element: tuple(element_keys) for element, element_keys in _keys_by_element(root)}
    result: list[PlacedBlock] = []
    for number, page in enumerate(document.pages, 1):
        edges: dict[_Key, _Edges] = {}
        for area in page._page_box.children:
            if isinstance(area, boxes.MarginBox) or not isinstance(area, boxes.ParentBox):
                continue
            in_notes = isinstance(area, boxes.FootnoteAreaBox)
            for box in area.descendants(placeholders=True):
                if not isinstance(box, boxes.TableColumnBox | boxes.TableColumnGroupBox):
                    for block, piece, of in keys.get(box.element, ()):
                        _add(edges, (block, piece, of, in_notes), box)
        width, height = page._page_box.margin_width(), page._page_box.margin_height()
        for (block, piece, of, note), (left, top, right, bottom) in edges.items():
            size = ((right - left) / width, (bottom - top) / height)
            result.append(PlacedBlock(block, piece, of, note, number, left / width, top / height, *size))
    return result


def _keys_by_element(root: Element[str]) -> Iterator[tuple[Element[str], list[tuple[str, int | None, str]]]]:
    """Yield each element within a block, with the block and the pieces that contain the element."""
    count = 0

    def walk(element: Element[str], owners: list[tuple[str, int | None, str]]) -> Iterator[Any]:
        nonlocal count
        if block := element.get("data-block"):
            owners, count = [(block, None, "")], 0
        if owners and element.tag in PIECES:
            name = (element.get("class") or element.tag).split()[0]
            owners = [*owners, (owners[0][0], count, name)]
            count += 1
        if owners:
            yield element, owners
        for child in element:
            yield from walk(child, owners)

    yield from walk(root, [])


def _add(edges: dict[_Key, _Edges], key: _Key, box: Any) -> None:
    """Enlarge the rectangle of a key by a box."""
    if isinstance(box, boxes.TextBox):
        left, top, width, height = box.position_x - _MARGIN, box.position_y, box.width + 2 * _MARGIN, box.height
    elif isinstance(box, boxes.BlockLevelBox | boxes.TableCellBox | boxes.ReplacedBox):
        left, top, width, height = box.border_box_x(), box.border_box_y(), box.border_width(), box.border_height()
    else:
        return
    others = edges.get(key, (left, top, left, top))
    edges[key] = (min(others[0], left), min(others[1], top), max(others[2], left + width), max(others[3], top + height))
