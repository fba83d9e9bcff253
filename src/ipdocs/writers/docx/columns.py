"""How wide the columns of a table are: the widths that its cells ask for and could do with, divided as CSS divides them.

Word wants every width beforehand, and the PDF's layout is not always there to
ask; this follows the same algorithm (CSS Tables 3, distributing width to columns).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(slots=True)
class Column:
    """A column: the least it needs, what it would need to break no line, and what the stylesheet says, in pixels or percent.

    `sides` is the padding and border that a percentage does not hold, where the box is sized by its content.
    """

    least: float = 0.0
    most: float = 0.0
    fixed: float | None = None
    percent: float | None = None
    sides: float = 0.0


def divide(columns: Sequence[Column], width: float | None, available: float) -> list[float]:
    """Return the width of each column of a table so wide, or as wide as it needs within what is available."""
    least = [column.least for column in columns]
    if width is None:
        width = max(sum(least), min(available, sum(column.most for column in columns)))
    width = max(width, sum(least))
    share = [_percentage(column, width, column.least) for column in columns]
    said = [
        column.most if column.fixed is not None and column.percent is None else at
        for column, at in zip(columns, share, strict=True)
    ]
    most = [_percentage(column, width, column.most) for column in columns]
    lower = least
    for upper in (share, said, most):
        if sum(upper) > width:
            return _between(lower, upper, width)
        lower = upper
    return _spread(columns, most, width - sum(most))


def even(columns: Sequence[Column], width: float) -> list[float]:
    """Return the widths of a table of fixed layout: what is said, even beyond the table's width, and the rest divided evenly."""
    said = [column.percent * width / 100 + column.sides if column.percent is not None else column.fixed for column in columns]
    missing = sum(one is None for one in said)
    rest = max(0.0, width - sum(one for one in said if one is not None))
    if not missing:
        return [(one or 0.0) + rest / len(said) for one in said]
    return [rest / missing if one is None else one for one in said]


def _percentage(column: Column, width: float, otherwise: float) -> float:
    return otherwise if column.percent is None else max(column.least, column.percent * width / 100)


def _between(lower: Sequence[float], upper: Sequence[float], width: float) -> list[float]:
    more = sum(upper) - sum(lower)
    ratio = (width - sum(lower)) / more if more else 0.0
    return [low + (high - low) * ratio for low, high in zip(lower, upper, strict=True)]


def _spread(columns: Sequence[Column], widths: list[float], excess: float) -> list[float]:
    """Return widths with what is left over: for columns of which nothing is said, else those of a length, else all."""
    for group in (
        [at for at, one in enumerate(columns) if one.percent is None and one.fixed is None],
        [at for at, one in enumerate(columns) if one.percent is None],
        [*range(len(columns))],
    ):
        whole = sum(columns[at].most for at in group)
        if whole:
            return [one + (excess * columns[at].most / whole if at in group else 0.0) for at, one in enumerate(widths)]
    return [one + excess / len(widths) for one in widths]
