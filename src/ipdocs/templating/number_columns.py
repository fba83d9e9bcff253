"""A table's rows in, the columns of numbers out: those are set to the right, and no number parts over lines."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

_NUMBER = re.compile(r"(?:[-+−–(]|HK|US|[$£€¥])*\d[\d,.\s]*(?:%|[\u4e00-\u9fff]{1,2})?\)?")
"""A number with its currency or unit: HK$1,200, (3.9%), 36 179宗."""

_NOTHING = frozenset({"", "-", "–", "—", "…"})


def number_columns(rows: Sequence[Sequence[Any]]) -> frozenset[int]:
    """Return the places of the columns in which each cell holds a number and nothing else; one without a number may be empty.

    A cell over several columns belongs to none. Where one reaches down over rows, none is sure, and there are no such columns.
    """
    columns: defaultdict[int, set[str]] = defaultdict(set)
    for row in rows:
        at = 0
        for cell in row:
            spans = hasattr(cell, "columns")
            if spans and cell.rows != "1":
                return frozenset()
            width = int(cell.columns) if spans else 1
            if width == 1:
                columns[at].add(str(cell.text if spans else cell).strip())
            at += width
    return frozenset(at for at, texts in columns.items() if _are_numbers(texts - _NOTHING))


def _are_numbers(texts: set[str]) -> bool:
    return bool(texts) and all(_NUMBER.fullmatch(text) for text in texts)
