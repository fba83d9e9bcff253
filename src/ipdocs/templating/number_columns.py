"""Find the table columns that contain numbers, so that templates align them right and keep each number on one line."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

_NUMBER = re.compile(r"(?:[-+−–(]|HK|US|[$£€¥])*\d[\d,.\s]*(?:%|[\u4e00-\u9fff]{1,2})?\)?")
"""Matches a number with its currency or unit, such as HK$1,200, (3.9%) or 36 179宗."""

_NO_VALUE = frozenset({"", "-", "–", "—", "…"})
"""The texts of cells without a value."""


def number_columns(rows: Sequence[Sequence[Any]]) -> frozenset[int]:
    """Return the indices of the columns in which every cell has a number or no value.

    A cell over several columns is ignored. If a cell spans several rows, no column is returned, because the columns of the
    cells below are not known.

    Args:
        rows: the rows of a table, without its header: texts, or cells with `text`, `rows` and `columns`.
    """
    texts_by_column: defaultdict[int, set[str]] = defaultdict(set)
    for row in rows:
        index = 0
        for cell in row:
            has_spans = hasattr(cell, "columns")
            if has_spans and cell.rows != "1":
                return frozenset()
            width = int(cell.columns) if has_spans else 1
            if width == 1:
                texts_by_column[index].add(str(cell.text if has_spans else cell).strip())
            index += width
    return frozenset(index for index, texts in texts_by_column.items() if _are_numbers(texts - _NO_VALUE))


def _are_numbers(texts: set[str]) -> bool:
    return bool(texts) and all(_NUMBER.fullmatch(text) for text in texts)
