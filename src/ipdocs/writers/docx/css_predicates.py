"""Predicates for the table of supported CSS. Some test a value alone, others a property of a box in its context."""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import Any

from lxml import etree

from ipdocs.templating.cascade import Style
from ipdocs.templating.declarations import has_initial_value
from ipdocs.writers.docx import headers_footers
from ipdocs.writers.docx.css_to_properties import SIDES, background
from ipdocs.writers.docx.element_kinds import StyledBox, kind_of

_UNITS = {"pt": 1.0, "px": 0.75, "mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0, "pc": 12.0, None: 1.0}
"""Points in each unit."""

_WITHOUT_GENERATED_TEXT = {"hr", "img", "nav", "ol", "table", "tbody", "thead", "tr", "ul"}
"""Elements whose handlers do not write ::before and ::after."""

_PARENTS = {"rows": ("table",), "row": ("table", "rows"), "cell": ("table", "rows", "row")}
"""Required parents of rows and cells. Elsewhere CSS generates the missing boxes, but Word has no table."""

_DISPLAYS = {
    **dict.fromkeys(("block", "list", "rule"), (("block", "flow"), ("none",))),
    **dict.fromkeys(("body", "html"), (("block", "flow"),)),
    **dict.fromkeys(("inline", "before"), (("inline", "flow"), ("none",))),
    "item": (("block", "flow", "list-item"), ("none",)),
    "note": (("inline", "flow"), ("block", "flow"), ("none",)),
    "picture": (("inline", "flow"), ("inline", "flow-root"), ("none",)),
}
"""The supported display values for each kind of element."""


def one_of(*values: Any) -> Callable[[Any], bool]:
    """Return a predicate that is true for the given values."""
    return lambda value: not isinstance(value, set | list) and value in values


def up_to(limit: float) -> Callable[[Any], bool]:
    """Return a predicate that is true for lengths from 0 to `limit` points; it is false for relative lengths."""
    return lambda value: 0 <= _points(value) <= limit


def is_zero(value: Any) -> bool:
    """Whether a length is zero."""
    return _points(value) == 0


def is_length_or_percentage(value: Any) -> bool:
    """Whether a width is auto, a length or a percentage, but not a calculation."""
    return value == "auto" or hasattr(value, "unit")


def _points(value: Any) -> float:
    if isinstance(value, str):
        return 0.0
    if isinstance(value, int | float):
        number, unit = value, "px"
    else:
        number, unit = getattr(value, "value", 1), getattr(value, "unit", "calc")
    if unit in _UNITS or not number:
        return float(number * _UNITS.get(unit, 1.0))
    return inf if number > 0 else -inf


def is_non_negative(value: Any) -> bool:
    """Whether a margin is a length or percentage of at least zero."""
    return bool(hasattr(value, "unit") and value.value >= 0)


def is_full_width(value: Any) -> bool:
    """Whether a width fills the available space, or a maximum width has no effect."""
    return value == "auto" or (hasattr(value, "unit") and (value.value == inf or (value.unit == "%" and value.value >= 100)))


def is_supported_string_set(value: Any) -> bool:
    """Whether string-set uses only an element's text, its attributes and strings."""
    parts = [] if value == "none" else [part for _, content in value for part in content]
    return all(kind in {"string", "attr()"} or (kind == "content()" and argument == "text") for kind, argument in parts)


def are_custom_counters(value: Any) -> bool:
    """Whether all counters are custom counters of the stylesheet; Word counts pages, list items and footnotes by itself."""
    return value in ("auto", ()) or all(counter[0] not in {"footnote", "list-item", "page", "pages"} for counter in value)


def is_supported_margin_content(value: Any) -> bool:
    """Whether a margin box holds only strings, named strings and page numbers."""
    return isinstance(value[0], str) or all(
        kind in {"string", "string()"} or (kind == "counter()" and argument[0] in headers_footers.FIELDS)
        for kind, argument in value
    )


def is_counter_only(value: Any) -> bool:
    """Whether the call of a footnote consists of its number alone."""
    return isinstance(value[0], str) or [kind for kind, _ in value] == ["counter()"]


def is_unbordered(box: StyledBox, name: str) -> bool:
    """Whether a side has no border and the box has no background; Word limits only padding next to a border or background."""
    return is_border_hidden(box, name) and background(box.style) is None


def is_border_hidden(box: StyledBox, name: str) -> bool:
    """Whether no border is drawn on a side; the side is part of the property's name."""
    return has_initial_value(box.style, f"border_{_side(name)}_width")


def _side(name: str) -> str:
    return name.split("_")[1]


def is_border_drawn_by_cells(box: StyledBox, name: str) -> bool:
    """Whether the cells draw the border of a table or row anyway: where collapsed borders meet, the wider border wins."""
    if is_border_hidden(box, name):
        return True
    width = f"border_{_side(name)}_width"
    cells = box.node.iter("td", "th")
    return box.style["border_collapse"] == "collapse" and all(
        box.cascade.style(cell)[width] >= box.style[width] for cell in cells
    )


def is_row_border_drawn(box: StyledBox, name: str) -> bool:
    """Whether Word draws a row's border: it draws only collapsed borders above and below the row."""
    return is_border_drawn_by_cells(box, name) or (
        _side(name) in {"top", "bottom"} and box.style["border_collapse"] == "collapse"
    )


def is_rule_border_drawn(box: StyledBox, name: str) -> bool:
    """Whether a border of <hr> is drawn as a line in Word: the top border, or else the bottom border."""
    side = _side(name)
    return is_border_hidden(box, name) or side == "top" or (side == "bottom" and is_border_hidden(box, "border_top"))


def is_margin_box_border_drawn(box: StyledBox, name: str) -> bool:
    """Whether Word draws a margin box's border: only above and below the first margin box with content at an edge."""
    edge, position = box.margin_box.split("-")
    first_position = next(iter(headers_footers.margin_boxes(dict(box.page or {}), edge)), position)
    return is_border_hidden(box, name) or (_side(name) in {"top", "bottom"} and first_position == position)


def is_aligned_by_name(box: StyledBox, name: str) -> bool:
    """Whether the alignment of a margin box agrees with its name, such as "top-center"."""
    return bool(box.style[name] == box.margin_box.split("-")[-1])


def is_negative_margin_supported(box: StyledBox, name: str) -> bool:
    """Whether Word can show a negative margin: it cannot in a file where margins add up to less than zero."""
    return box.style[name] == "auto" or not box.has_negative_gap


def is_left_or_centred(box: StyledBox, name: str) -> bool:
    """Whether a table is aligned to the left or centred."""
    return bool(box.style["margin_left"] != "auto" or box.style["margin_right"] == "auto")


def is_natural_display(box: StyledBox, name: str) -> bool:
    """Whether an element has the display value that Word supports for its tag, or is part of a complete table."""
    display = box.style["display"]
    if box.kind == "table":
        return bool(display == ("block", "table"))
    if box.kind in _PARENTS or display == ("table-caption",):
        parent = box.node.getparent()
        return parent is not None and kind_of(parent, box.cascade) in _PARENTS.get(box.kind, ("table",))
    if display == ("none",):
        return box.node.tag not in {"td", "th"}
    return display in _DISPLAYS[box.kind] or (
        box.kind == "picture" and display == ("block", "flow") and _is_alone_on_line(box.node)
    )


def _is_alone_on_line(node: etree._Element) -> bool:
    """Whether a picture has no text or inline element beside it."""
    previous, parent = node.getprevious(), node.getparent()
    text = previous.tail if previous is not None else parent.text if parent is not None else ""
    inlines = {"a", "em", "img", "span", "strong"}
    neighbours = [sibling for sibling in (previous, node.getnext()) if sibling is not None and sibling.tag in inlines]
    return not neighbours and not (text or "").strip() and not (node.tail or "").strip()


def is_picture_alone(box: StyledBox, name: str) -> bool:
    """Whether there is no text beside a picture, so that the picture's vertical alignment does not matter."""
    return _is_alone_on_line(box.node)


def is_supported_raise(box: StyledBox, name: str) -> bool:
    """Whether text is raised or lowered by a length; <sup> may only be raised, and <sub> only lowered."""
    value = box.style[name]
    direction = {"sup": 1, "sub": -1}.get(str(box.node.tag)) if box.kind == "inline" else None
    if isinstance(value, int | float):
        return direction is None or value * direction > 0
    return direction is None and value == "baseline"


def is_within_line_height(box: StyledBox, name: str) -> bool:
    """Whether an inline element fits the height of its line; in Word all lines of a paragraph have the same height."""
    heights = {box.style[name], box.parent_style[name]}
    return "normal" in heights or _line_height(box.style) <= _line_height(box.parent_style)


def _line_height(style: Style) -> float:
    value = style["line_height"]
    return float(value * style["font_size"] if isinstance(value, int | float) else value.value)


def is_undecorated(box: StyledBox, name: str) -> bool:
    """Whether text has no underline or strike-through, or the property has its initial value."""
    return has_initial_value(box.style, "text_decoration_line") or has_initial_value(box.style, name)


def is_not_struck_through(box: StyledBox, name: str) -> bool:
    """Whether the text is not struck through; Word has only one line style for strike-through."""
    return "line-through" not in box.style["text_decoration_line"]


def has_no_offsets(box: StyledBox, name: str) -> bool:
    """Whether an element with `position: relative` has no offsets, so that it does not move."""
    return box.style[name] == "relative" and all(box.style[side] == "auto" for side in SIDES)


def is_footnote_span(box: StyledBox, name: str) -> bool:
    """Whether a floating element is a span, which becomes a footnote."""
    return box.node.tag == "span"


def has_no_cell_spacing(box: StyledBox, name: str) -> bool:
    """Whether the cells of a table have no spacing between them."""
    return bool(box.style["border_collapse"] == "collapse" or box.style[name] == (0, 0))


def has_no_background_image(box: StyledBox, name: str) -> bool:
    """Whether an element has no background image, so that properties of the image do not matter."""
    return has_initial_value(box.style, "background_image")


def is_supported_generated_content(box: StyledBox, name: str) -> bool:
    """Whether generated content has only text and leaders, and after a link in a table of contents also the page number."""
    content = box.style[name]
    in_contents = any("contents" in nav.get("class", "").split() for nav in box.node.iterancestors("nav"))
    is_after_entry = in_contents and box.pseudo_element == "after"
    supported = {"string", "leader()", "target-counter()"} if is_after_entry else {"string", "attr()"}
    has_handler = box.node.tag not in _WITHOUT_GENERATED_TEXT and (not in_contents or box.node.tag == "a")
    return isinstance(content, str) or (
        has_handler and all(kind in supported or (kind == "leader()" and value[1] == " ") for kind, value in content)
    )
