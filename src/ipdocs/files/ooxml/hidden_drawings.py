"""Remove drawings that are hidden, for example in Word's selection pane."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ipdocs.files.ooxml.names import NAMESPACES, local_name

if TYPE_CHECKING:
    from lxml.etree import _Element

_TRUE_VALUES = frozenset(("1", "true", "on"))
_HIDDEN_STYLE = re.compile(r"(?:^|;)\s*visibility\s*:\s*hidden", re.IGNORECASE)


def remove_hidden_drawings(root: _Element) -> int:
    """Remove hidden drawings and hidden shapes of drawings from a part, in place, and return their number.

    The fallback of a drawing, for programs that do not support its newer format, is removed together with the drawing.
    """
    hidden = [
        *(element for element in root.iter("{*}docPr", "{*}cNvPr") if element.get("hidden") in _TRUE_VALUES),
        *(element for element in root.iter(f"{{{NAMESPACES['v']}}}*") if _HIDDEN_STYLE.search(element.get("style", ""))),
    ]
    shapes = list(dict.fromkeys(map(_shape, hidden)))
    for shape in shapes:
        _remove(shape)
    return len(shapes)


def _shape(hidden: _Element) -> _Element:
    """Return the shape that an element marks as hidden, or the whole drawing if that is its only shape."""
    name, parent = local_name(hidden), hidden.getparent()
    if name not in ("docPr", "cNvPr") or parent is None:
        return hidden
    holder = parent.getparent() if local_name(parent).startswith("nv") else parent
    shape = parent if holder is None else holder
    container = shape.getparent()
    is_whole_drawing = name == "docPr" or (container is not None and local_name(container) == "graphicData")
    drawings = (ancestor for ancestor in shape.iterancestors() if local_name(ancestor) == "drawing")
    return next(drawings, shape) if is_whole_drawing else shape


def _remove(shape: _Element) -> None:
    """Remove a shape, and the mc:Fallback beside each mc:Choice that contains the shape."""
    choices = [ancestor for ancestor in shape.iterancestors() if local_name(ancestor) == "Choice"]
    parent = shape.getparent()
    if parent is not None:
        parent.remove(shape)
    for choice in choices:
        for fallback in [sibling for sibling in choice.itersiblings() if local_name(sibling) == "Fallback"]:
            _remove(fallback)
