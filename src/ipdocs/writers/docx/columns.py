"""Widths of table columns, computed from the content of the cells as in CSS.

Word needs all widths in advance, and the layout of the PDF is not always
available. For the algorithm, see CSS Tables 3, "Distributing width to columns".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(slots=True)
class TableColumn:
    """A column with the widths of its content, in pixels.

    Attributes:
        min_content: the width of the content with all possible line breaks.
        max_content: the width of the content without line breaks.
        fixed: the width from the stylesheet in pixels, if it is a length.
        percent: the width from the stylesheet, if it is a percentage.
        padding_and_borders: pixels to add to a percentage, if `box-sizing` is `content-box`.
    """

    min_content: float = 0.0
    max_content: float = 0.0
    fixed: float | None = None
    percent: float | None = None
    padding_and_borders: float = 0.0


def auto_layout_widths(columns: Sequence[TableColumn], width: float | None, available: float) -> list[float]:
    """Return the column widths of a table with automatic layout, in pixels.

    If `width` is None, the table is as wide as its content, but at most `available`.
    """
    min_content = [column.min_content for column in columns]
    if width is None:
        width = max(sum(min_content), min(available, sum(column.max_content for column in columns)))
    width = max(width, sum(min_content))
    # CSS Tables 3 calls these lists the min-content percentage, min-content specified and max-content guesses.
    percentage_guess = [_percent_width(column, width, column.min_content) for column in columns]
    specified_guess = [
        column.max_content if column.fixed is not None and column.percent is None else column_width
        for column, column_width in zip(columns, percentage_guess, strict=True)
    ]
    max_content_guess = [_percent_width(column, width, column.max_content) for column in columns]
    lower = min_content
    for upper in (percentage_guess, specified_guess, max_content_guess):
        if sum(upper) > width:
            return _interpolate(lower, upper, width)
        lower = upper
    return _distribute(columns, max_content_guess, width - sum(max_content_guess))


def fixed_layout_widths(columns: Sequence[TableColumn], width: float) -> list[float]:
    """Return the column widths of a table with fixed layout, in pixels.

    Columns with a width in the stylesheet keep it, even if this makes the table wider; the other columns share the rest evenly.
    """
    specified_widths = [
        column.percent * width / 100 + column.padding_and_borders if column.percent is not None else column.fixed
        for column in columns
    ]
    unspecified_count = specified_widths.count(None)
    remaining_width = max(0.0, width - sum(column_width for column_width in specified_widths if column_width is not None))
    if not unspecified_count:
        return [(column_width or 0.0) + remaining_width / len(specified_widths) for column_width in specified_widths]
    return [remaining_width / unspecified_count if column_width is None else column_width for column_width in specified_widths]


def _percent_width(column: TableColumn, width: float, default: float) -> float:
    return default if column.percent is None else max(column.min_content, column.percent * width / 100)


def _interpolate(lower: Sequence[float], upper: Sequence[float], width: float) -> list[float]:
    difference = sum(upper) - sum(lower)
    ratio = (width - sum(lower)) / difference if difference else 0.0
    return [low + (high - low) * ratio for low, high in zip(lower, upper, strict=True)]


def _distribute(columns: Sequence[TableColumn], widths: list[float], excess: float) -> list[float]:
    """Add excess width to columns without a specified width, or else to columns with a length, or else to all columns."""
    for group in (
        [index for index, column in enumerate(columns) if column.percent is None and column.fixed is None],
        [index for index, column in enumerate(columns) if column.percent is None],
        [*range(len(columns))],
    ):
        total = sum(columns[index].max_content for index in group)
        if total:
            return [
                width + (excess * columns[index].max_content / total if index in group else 0.0)
                for index, width in enumerate(widths)
            ]
    return [width + excess / len(widths) for width in widths]
