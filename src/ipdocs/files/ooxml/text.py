"""Read text and numbers from elements of Word files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from ipdocs.files.ooxml.names import qualified_name

if TYPE_CHECKING:
    from lxml.etree import _Element

STRIKE_HINT = "delete the words if they are unwanted; a line through them changes nothing"
_SKIPPED_ELEMENTS = {"del", "moveFrom", "rPr", "pPr", "instrText", "delText", "Fallback"}


def parse_whole_number(text: str | None) -> int | None:
    """Parse an attribute as a whole number; return None if it is missing or is not a whole number."""
    return int(text) if text and re.fullmatch(r"-?[0-9]{1,9}", text) else None


def child_value(element: _Element | None, name: str) -> str:
    """Return the attribute `w:val` of a child such as "pStyle"; empty if the element, the child or the attribute is missing."""
    child = element.find(qualified_name(name)) if element is not None else None
    return child.get(qualified_name("val"), "") if child is not None else ""


def is_on(toggle: _Element) -> bool:
    """Return the state of an element that is on unless it states a value that means off."""
    return toggle.get(qualified_name("val"), "1").strip().lower() not in ("0", "false", "off", "none")


def paragraph_text(element: _Element, mark_position: Callable[[str, str], str] | None = None) -> str:
    """Return the text in a paragraph, or in an element of a paragraph, with tracked changes accepted.

    The text of a text box is not part of the paragraph to which the box belongs.

    Args:
        element: the paragraph or element.
        mark_position: a function that marks text in superscript or subscript. It takes the text and Word's name of the position.
    """
    if mark_position is None:
        return "".join(text for text, _ in _pieces(element))
    return "".join(mark_position(text, _position(parent)) for text, parent in _pieces(element))


def text_with_property(element: _Element, *names: str) -> str:
    """Return the text of the runs that have one of some properties, such as "strike" or "vanish"; deleted words are not text."""
    return "".join(text for text, run in _pieces(element) if run is not None and _has_property(run, names)).strip()


def _has_property(run: _Element, names: Sequence[str]) -> bool:
    properties = run.find(qualified_name("rPr"))
    marks = [properties.find(qualified_name(name)) for name in names] if properties is not None else []
    return any(mark is not None and mark.get(qualified_name("val"), "true") not in ("0", "false", "off") for mark in marks)


def _position(run: _Element | None) -> str:
    """Return the vertical position of the text of a run, such as "superscript", or "" for the baseline."""
    return child_value(run.find(qualified_name("rPr")), "vertAlign") if run is not None else ""


def _pieces(element: _Element) -> Iterator[tuple[str, _Element | None]]:
    """Yield each text in an element, and the run that contains it."""
    pending = [element]
    while pending:
        current = pending.pop()
        name = str(current.tag).rpartition("}")[2]
        if name == "t":
            yield current.text or "", current.getparent()
        elif name in ("br", "cr"):
            yield "\n", None
        elif name == "tab":
            yield "\t", None
        elif name == "noBreakHyphen":
            yield "-", current.getparent()
        elif name not in _SKIPPED_ELEMENTS and (name != "txbxContent" or current is element):
            pending += reversed([child for child in current if isinstance(child.tag, str)])
