"""The text of paragraphs of Word files, and numbers in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_GONE = {"del", "moveFrom", "rPr", "pPr", "instrText", "delText", "Fallback"}


def whole_number(text: str | None) -> int | None:
    """Return the number that an attribute gives, or None: one that Word would take for none may stand there."""
    return int(text) if text and re.fullmatch(r"-?[0-9]{1,9}", text) else None


def paragraph_text(element: _Element) -> str:
    """Return the text of a paragraph or a part of it, changes accepted: what was inserted is there, what was deleted is not."""
    return "".join(_words(element))


def _words(element: _Element) -> Iterator[str]:
    todo = [element]
    while todo:
        one = todo.pop()
        local = str(one.tag).rpartition("}")[2]
        if local == "t":
            yield one.text or ""
        elif local in ("br", "cr"):
            yield "\n"
        elif local == "tab":
            yield "\t"
        elif local == "noBreakHyphen":
            yield "-"
        elif local not in _GONE:
            todo += reversed([child for child in one if isinstance(child.tag, str)])
