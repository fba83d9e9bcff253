"""The text of paragraphs of Word files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


MAIN = "word/document.xml"


_GONE = {"del", "moveFrom", "rPr", "pPr", "instrText", "delText", "Fallback"}


def qualified_name(local: str) -> str:
    """Return the full name of an element of WordprocessingML."""
    return f"{{{W}}}{local}"


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
