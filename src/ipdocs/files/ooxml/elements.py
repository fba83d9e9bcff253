"""WordprocessingML as Python writes it: elements, and properties as flat text in the order the schema wants them.

Properties are a dict of text: "jc": "left" is <w:jc w:val="left"/>, "ind@left": "360"
is the attribute of <w:ind>, "pBdr/left": "single 6 4 808080" is a border inside <w:pBdr>
(kind, eighths of a point, space in points, colour), "tabs" lists stops as "right 9000 dot",
and "numPr" is a level and a list as "0 3".
Flat text can be compared, so a style can hold what differs from the style it is based on.
"""

from __future__ import annotations

from functools import cache

from lxml import etree

from ipdocs.files.ooxml.names import NAMESPACES, qualified_name

Properties = dict[str, str]

_OWN = {"w": NAMESPACES["w"]}
_SHOWN = {prefix: NAMESPACES[prefix] for prefix in ("w", "r", "wp", "a", "pic")}
_OLD = {prefix: NAMESPACES[prefix] for prefix in ("w", "v", "o")}

_ORDER = {
    "pPr": """pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs suppressAutoHyphens kinsoku overflowPunct
        autoSpaceDE autoSpaceDN snapToGrid spacing ind contextualSpacing jc outlineLvl rPr sectPr""",
    "rPr": """rStyle rFonts b bCs i iCs caps smallCaps strike noProof color spacing kern position sz szCs u shd vertAlign em
        lang""",
}
"""The children of properties in the order of the schema; a reader may refuse any other."""

_PLACE = {kind: {one: at for at, one in enumerate(order.split())} for kind, order in _ORDER.items()}

_TOGGLES = """b bCs i iCs caps smallCaps strike keepNext keepLines pageBreakBefore widowControl kinsoku overflowPunct autoSpaceDE
    autoSpaceDN snapToGrid contextualSpacing suppressAutoHyphens noProof"""
_WHOLE = ("pBdr/", "spacing@line", "shd@")
"""Beginnings of properties that are one: Word takes a line's height without its rule for a multiple, whatever was inherited."""

TOGGLES = frozenset(_TOGGLES.split())
"""Properties that are on when they are there, and off when they say so."""


@cache
def _plain(prefixed: str) -> str:
    prefix, _, local = prefixed.rpartition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if prefix else local


def element(tag: str, *children: etree._Element, text: str | None = None, **attributes: str) -> etree._Element:
    """Return <w:tag> with its children; attributes are WordprocessingML's too (`val="1"` is w:val)."""
    made = etree.Element(qualified_name(tag), {qualified_name(key): value for key, value in attributes.items()}, _OWN)
    made.text = text
    made.extend(children)
    return made


def drawing(tag: str, attributes: dict[str, str] | None = None, *children: etree._Element) -> etree._Element:
    """Return an element of another vocabulary ('a:blip', 'v:shape'), whose attributes have no namespace unless prefixed."""
    shown = _OLD if tag.startswith(("v:", "o:")) else _SHOWN
    made = etree.Element(qualified_name(tag), {_plain(key): value for key, value in (attributes or {}).items()}, shown)
    made.extend(children)
    return made


def text(content: str) -> etree._Element:
    """Return <w:t> that keeps its spaces."""
    made = element("t", text=content)
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def properties(kind: str, flat: Properties, *children: etree._Element) -> etree._Element | None:
    """Return <w:pPr> or <w:rPr> for flat properties and ready-made children, in the schema's order; None when there are none."""
    made: dict[str, etree._Element] = {}
    for key, value in sorted(flat.items(), key=_side) if any("/" in key for key in flat) else flat.items():
        head, _, attribute = key.partition("@")
        if attribute:
            made.setdefault(head, element(head)).set(qualified_name(attribute), value)
        elif "/" in head:
            group, side = head.split("/")
            made.setdefault(group, element(group)).append(border_element(side, value))
        elif head == "tabs":
            made[head] = element("tabs", *(_tab(stop) for stop in value.split(", ")))
        elif head == "numPr":
            level, number = value.split()
            made[head] = element("numPr", element("ilvl", val=level), element("numId", val=number))
        elif head in TOGGLES and value == "1":
            made[head] = element(head)
        else:
            made[head] = element(head, val=value)
    parts = [*made.values(), *children]
    if not parts:
        return None
    place = _PLACE[kind]
    return element(kind, *sorted(parts, key=lambda part: place[etree.QName(part).localname]))


def _side(said: tuple[str, str]) -> int:
    return ("top", "left", "bottom", "right").index(side) if (side := said[0].partition("/")[2]) else -1


def border_element(side: str, value: str) -> etree._Element:
    """Return one border: <w:left> and the like."""
    if value == "nil":
        return element(side, val="nil")
    kind, size, space, colour = value.split()
    return element(side, val=kind, sz=size, space=space, color=colour)


def _tab(stop: str) -> etree._Element:
    kind, position, *leader = stop.split()
    return element("tab", val=kind, pos=position, **({"leader": leader[0]} if leader else {}))


def difference(own: Properties, base: Properties) -> Properties:
    """Return what of `own` a style based on `base` must say; what Word keeps as one thing is said whole."""
    changed = {key: value for key, value in own.items() if base.get(key) != value}
    for group in _WHOLE:
        if any(key.startswith(group) for key in changed):
            changed |= {key: value for key, value in own.items() if key.startswith(group)}
    return changed


def twips(pixels: float) -> int:
    """Return CSS pixels as twentieths of a point."""
    return round(pixels * 15)


def points(pixels: float) -> int:
    """Return CSS pixels as whole points."""
    return round(pixels * 0.75)


def emu(pixels: float) -> int:
    """Return CSS pixels as English Metric Units, which drawings are measured in."""
    return round(pixels * 9525)
