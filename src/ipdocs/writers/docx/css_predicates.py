"""Whether Word says a value: of those that are as good wherever they stand, and of those that depend on what is around."""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import Any

from lxml import etree

from ipdocs.templating.cascade import Style
from ipdocs.templating.declarations import has_initial_value
from ipdocs.writers.docx import headers_footers
from ipdocs.writers.docx.css_to_properties import SIDES, fill
from ipdocs.writers.docx.kinds import Case, kind_of

_UNITS = {"pt": 1.0, "px": 0.75, "mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0, "pc": 12.0, None: 1.0}
_SPECIAL = {"hr", "img", "nav", "ol", "table", "tbody", "thead", "tr", "ul"}
"""Elements whose handlers look for nothing before or after them."""

_WITHIN = {"rows": ("table",), "row": ("table", "rows"), "cell": ("table", "rows", "row")}
"""What the parts of a table stand in: elsewhere CSS makes the missing ones up, and Word has no table."""

_NATURAL = {
    **dict.fromkeys(("block", "list", "rule"), (("block", "flow"), ("none",))),
    **dict.fromkeys(("body", "html"), (("block", "flow"),)),
    **dict.fromkeys(("inline", "before"), (("inline", "flow"), ("none",))),
    "item": (("block", "flow", "list-item"), ("none",)),
    "note": (("inline", "flow"), ("block", "flow"), ("none",)),
    "picture": (("inline", "flow"), ("inline", "flow-root"), ("none",)),
}


def one_of(*values: Any) -> Callable[[Any], bool]:
    """Return what says whether a value is one of some."""
    return lambda value: not isinstance(value, set | list) and value in values


def up_to(most: float) -> Callable[[Any], bool]:
    """Return what says whether a length is between nothing and some points; one that its element decides is not known to be."""
    return lambda value: 0 <= _points(value) <= most


def is_nothing(value: Any) -> bool:
    """Whether a length is none."""
    return _points(value) == 0


def is_measured(value: Any) -> bool:
    """Whether a width is a length or a share, not a calculation."""
    return value == "auto" or hasattr(value, "unit")


def _points(value: Any) -> float:
    if isinstance(value, str):
        return 0.0
    number, unit = (
        (value, "px") if isinstance(value, int | float) else (getattr(value, "value", 1), getattr(value, "unit", "calc"))
    )
    if unit in _UNITS or not number:
        return float(number * _UNITS.get(unit, 1.0))
    return inf if number > 0 else -inf


def is_forward(value: Any) -> bool:
    """Whether a margin is a length that is not less than nothing."""
    return bool(hasattr(value, "unit") and value.value >= 0)


def is_whole(value: Any) -> bool:
    """Whether a width is all there is, or no limit."""
    return value == "auto" or (hasattr(value, "unit") and (value.value == inf or (value.unit == "%" and value.value >= 100)))


def is_kept(value: Any) -> bool:
    """Whether what string-set keeps is an element's text, its attributes or words."""
    said = [] if value == "none" else [part for _, parts in value for part in parts]
    return all(kind in {"string", "attr()"} or (kind == "content()" and what == "text") for kind, what in said)


def is_own(value: Any) -> bool:
    """Whether counters are a stylesheet's own: Word counts pages, items and notes by itself."""
    return value in ("auto", ()) or all(one[0] not in {"footnote", "list-item", "page", "pages"} for one in value)


def is_counted(value: Any) -> bool:
    """Whether all of what a margin box says is words, strings of the document, and the numbers of pages."""
    return isinstance(value[0], str) or all(
        kind in {"string", "string()"} or (kind == "counter()" and what[0] in headers_footers.FIELDS) for kind, what in value
    )


def is_number(value: Any) -> bool:
    """Whether all of what stands for a note is its number."""
    return isinstance(value[0], str) or [kind for kind, _ in value] == ["counter()"]


def is_bare(case: Case, name: str) -> bool:
    """Whether no border or background stands at the end of a padding: only there has Word a limit."""
    return is_undrawn(case, name) and fill(case.style) is None


def is_undrawn(case: Case, name: str) -> bool:
    """Whether the border of a side is not drawn."""
    return has_initial_value(case.style, f"border_{_side(name)}_width")


def _side(name: str) -> str:
    return name.split("_")[1]


def as_cells(case: Case, name: str) -> bool:
    """Whether a border of a table, or of rows, is one that its cells have already: of two that meet the wider is drawn."""
    if is_undrawn(case, name):
        return True
    width = f"border_{_side(name)}_width"
    cells = case.node.iter("td", "th")
    return case.style["border_collapse"] == "collapse" and all(
        case.cascade.of(cell)[width] >= case.style[width] for cell in cells
    )


def of_row(case: Case, name: str) -> bool:
    """Whether a row's border is said: those above and below, where cells share theirs."""
    return as_cells(case, name) or (_side(name) in {"top", "bottom"} and case.style["border_collapse"] == "collapse")


def of_rule(case: Case, name: str) -> bool:
    """Whether a rule's border is the one that Word makes a line of: the upper, or else the lower."""
    side = _side(name)
    return is_undrawn(case, name) or side == "top" or (side == "bottom" and is_undrawn(case, "border_top"))


def of_edge(case: Case, name: str) -> bool:
    """Whether a margin box's border is said: above and below, where the box is the first of its edge that says something."""
    edge, place = case.box.split("-")
    first = next(iter(headers_footers.boxes(dict(case.page or {}), edge)), place)
    return is_undrawn(case, name) or (_side(name) in {"top", "bottom"} and first == place)


def at_its_place(case: Case, name: str) -> bool:
    """Whether a margin box's text is aligned as its name says."""
    return bool(case.style[name] == case.box.split("-")[-1])


def is_apart(case: Case, name: str) -> bool:
    """Whether a margin is followed although it is less than nothing: with those that it touches it is not."""
    return case.style[name] == "auto" or not case.overlaps


def is_centred(case: Case, name: str) -> bool:
    """Whether a table stands at the left or in the middle."""
    return bool(case.style["margin_left"] != "auto" or case.style["margin_right"] == "auto")


def is_displayed(case: Case, name: str) -> bool:
    """Whether an element is laid out as Word lays it out: by its tag, or as a part of a table whose other parts are there."""
    display = case.style["display"]
    if case.kind == "table":
        return bool(display == ("block", "table"))
    if case.kind in _WITHIN or display == ("table-caption",):
        around = case.node.getparent()
        return around is not None and kind_of(around, case.cascade) in _WITHIN.get(case.kind, ("table",))
    if display == ("none",):
        return case.node.tag not in {"td", "th"}
    return display in _NATURAL[case.kind] or (case.kind == "picture" and display == ("block", "flow") and _is_alone(case.node))


def _is_alone(node: etree._Element) -> bool:
    """Whether a picture stands by itself in its block."""
    before, around = node.getprevious(), node.getparent()
    text = before.tail if before is not None else around.text if around is not None else ""
    beside = [one for one in (before, node.getnext()) if one is not None and one.tag in {"a", "em", "img", "span", "strong"}]
    return not beside and not (text or "").strip() and not (node.tail or "").strip()


def by_itself(case: Case, name: str) -> bool:
    """Whether a picture needs no place beside text."""
    return _is_alone(case.node)


def is_raised(case: Case, name: str) -> bool:
    """Whether text stands higher or lower by a length; what sup and sub do stays what they are for."""
    value = case.style[name]
    wanted = {"sup": 1, "sub": -1}.get(str(case.node.tag)) if case.kind == "inline" else None
    if isinstance(value, int | float):
        return wanted is None or value * wanted > 0
    return wanted is None and value == "baseline"


def is_as_high(case: Case, name: str) -> bool:
    """Whether a piece of a line is no higher than the line, which in Word has one height."""
    return "normal" in {case.style[name], case.above[name]} or _height(case.style) <= _height(case.above)


def _height(style: Style) -> float:
    value = style["line_height"]
    return float(value * style["font_size"] if isinstance(value, int | float) else value.value)


def is_unlined(case: Case, name: str) -> bool:
    """Whether nothing is underlined or struck out, so that it does not matter how; or it is as it would be."""
    return has_initial_value(case.style, "text_decoration_line") or has_initial_value(case.style, name)


def is_plainly_struck(case: Case, name: str) -> bool:
    """Whether nothing is struck out: for that Word has one line."""
    return "line-through" not in case.style["text_decoration_line"]


def is_resting(case: Case, name: str) -> bool:
    """Whether an element with a position is moved nowhere."""
    return case.style[name] == "relative" and all(case.style[side] == "auto" for side in SIDES)


def is_for_notes(case: Case, name: str) -> bool:
    """Whether what floats is a note."""
    return case.node.tag == "span"


def is_gathered(case: Case, name: str) -> bool:
    """Whether cells touch."""
    return bool(case.style["border_collapse"] == "collapse" or case.style[name] == (0, 0))


def is_without_picture(case: Case, name: str) -> bool:
    """Whether there is no picture behind an element, so that it does not matter how it lies there."""
    return has_initial_value(case.style, "background_image")


def is_plain_content(case: Case, name: str) -> bool:
    """Whether all that stands before or after an element is words or room; behind a link of a table of contents its page too."""
    content = case.style[name]
    listed = any("contents" in one.get("class", "").split() for one in case.node.iterancestors("nav"))
    known = {"string", "leader()", "target-counter()"} if listed and case.part == "after" else {"string", "attr()"}
    placed = case.node.tag not in _SPECIAL and (not listed or case.node.tag == "a")
    return isinstance(content, str) or (
        placed and all(kind in known or (kind == "leader()" and said[1] == " ") for kind, said in content)
    )
