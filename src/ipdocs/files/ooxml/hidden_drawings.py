"""Drawings of Word files that are switched off, as in Word's selection pane, and what they say of themselves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ipdocs.files.ooxml.names import NAMESPACES, local_name

if TYPE_CHECKING:
    from lxml.etree import _Element

_TRUE = frozenset(("1", "true", "on"))
_INVISIBLE = re.compile(r"(?:^|;)\s*visibility\s*:\s*hidden", re.IGNORECASE)


def remove_hidden_drawings(root: _Element) -> int:
    """Take out of a part, in place, the drawings and the shapes in drawings that are switched off; return how many.

    Where a program may choose between a drawing and an older form of it, the older form goes, too.
    """
    hidden = [
        *(element for element in root.iter("{*}docPr", "{*}cNvPr") if element.get("hidden") in _TRUE),
        *(element for element in root.iter(f"{{{NAMESPACES['v']}}}*") if _INVISIBLE.search(element.get("style", ""))),
    ]
    shapes = list(dict.fromkeys(map(_shape, hidden)))
    for shape in shapes:
        _remove(shape)
    return len(shapes)


def _shape(hidden: _Element) -> _Element:
    """Return what is removed for an element that says that it is hidden: a shape, or the whole drawing if it has no more."""
    name, parent = local_name(hidden), hidden.getparent()
    if name not in ("docPr", "cNvPr") or parent is None:
        return hidden
    holder = parent.getparent() if local_name(parent).startswith("nv") else parent
    shape = parent if holder is None else holder
    around = shape.getparent()
    is_whole = name == "docPr" or (around is not None and local_name(around) == "graphicData")
    drawings = (ancestor for ancestor in shape.iterancestors() if local_name(ancestor) == "drawing")
    return next(drawings, shape) if is_whole else shape


def _remove(shape: _Element) -> None:
    choices = [ancestor for ancestor in shape.iterancestors() if local_name(ancestor) == "Choice"]
    parent = shape.getparent()
    if parent is not None:
        parent.remove(shape)
    for choice in choices:
        for other in [other for other in choice.itersiblings() if local_name(other) == "Fallback"]:
            _remove(other)
