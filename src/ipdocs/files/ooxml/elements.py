"""Build WordprocessingML elements, with properties in the order of the schema.

Properties are a flat dict of strings. Such dicts can be compared, so a style needs to state only its differences from its base.
Examples of keys and values:

- "jc": "left" is <w:jc w:val="left"/>;
- "ind@left": "360" is the attribute w:left of <w:ind>;
- "pBdr/left": "single 6 4 808080" is a border in <w:pBdr> (kind, eighths of a point, space in points, colour);
- "tabs": "right 9000 dot" lists tab stops, separated by ", ";
- "numPr": "0 3" is level 0 of list 3.
"""

from __future__ import annotations

from functools import cache

from lxml import etree

from ipdocs.files.ooxml.names import NAMESPACES, qualified_name

Properties = dict[str, str]

_WORD_PREFIXES = {"w": NAMESPACES["w"]}
_DRAWING_PREFIXES = {prefix: NAMESPACES[prefix] for prefix in ("w", "r", "wp", "a", "pic")}
_VML_PREFIXES = {prefix: NAMESPACES[prefix] for prefix in ("w", "v", "o")}

_SCHEMA_ORDER = {
    "pPr": """pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs suppressAutoHyphens kinsoku overflowPunct
        autoSpaceDE autoSpaceDN snapToGrid spacing ind contextualSpacing jc outlineLvl rPr sectPr""",
    "rPr": """rStyle rFonts b bCs i iCs caps smallCaps strike noProof color spacing kern position sz szCs u shd vertAlign em
        lang""",
}
"""The children of pPr and rPr in the order of the schema; programs may refuse any other order."""

_POSITIONS = {kind: {name: index for index, name in enumerate(order.split())} for kind, order in _SCHEMA_ORDER.items()}

_TOGGLES = """b bCs i iCs caps smallCaps strike keepNext keepLines pageBreakBefore widowControl kinsoku overflowPunct autoSpaceDE
    autoSpaceDN snapToGrid contextualSpacing suppressAutoHyphens noProof"""
_GROUP_PREFIXES = ("pBdr/", "spacing@line", "shd@")
"""Prefixes of properties that must be stated together: without spacing@lineRule, Word reads spacing@line as a factor."""

TOGGLES = frozenset(_TOGGLES.split())
"""Properties that are on when they are present without a value."""


@cache
def _drawing_name(prefixed: str) -> str:
    """Return the full name of an attribute; an attribute without a prefix has no namespace."""
    prefix, _, local = prefixed.rpartition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if prefix else local


def element(tag: str, *children: etree._Element, text: str | None = None, **attributes: str) -> etree._Element:
    """Return an element such as <w:jc> with children and attributes. Attributes get the prefix w: `val="1"` becomes w:val="1"."""
    result = etree.Element(qualified_name(tag), {qualified_name(key): value for key, value in attributes.items()}, _WORD_PREFIXES)
    result.text = text
    result.extend(children)
    return result


def drawing(tag: str, attributes: dict[str, str] | None = None, *children: etree._Element) -> etree._Element:
    """Return an element of DrawingML or VML, such as a:blip; attributes without a prefix have no namespace."""
    prefixes = _VML_PREFIXES if tag.startswith(("v:", "o:")) else _DRAWING_PREFIXES
    result = etree.Element(
        qualified_name(tag), {_drawing_name(key): value for key, value in (attributes or {}).items()}, prefixes
    )
    result.extend(children)
    return result


def text(content: str) -> etree._Element:
    """Return a <w:t> element that preserves spaces."""
    result = element("t", text=content)
    result.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return result


def properties(kind: str, flat: Properties, *children: etree._Element) -> etree._Element | None:
    """Return <w:pPr> or <w:rPr>, or None if the element would be empty.

    Args:
        kind: The name of the element, "pPr" or "rPr".
        flat: The properties, as described in the docstring of this module.
        children: Further children. All children are put in the order of the schema.
    """
    by_name: dict[str, etree._Element] = {}
    for key, value in sorted(flat.items(), key=_side_order) if any("/" in key for key in flat) else flat.items():
        name, _, attribute = key.partition("@")
        if attribute:
            by_name.setdefault(name, element(name)).set(qualified_name(attribute), value)
        elif "/" in name:
            group, side = name.split("/")
            by_name.setdefault(group, element(group)).append(border_element(side, value))
        elif name == "tabs":
            by_name[name] = element("tabs", *(_tab(stop) for stop in value.split(", ")))
        elif name == "numPr":
            level, number = value.split()
            by_name[name] = element("numPr", element("ilvl", val=level), element("numId", val=number))
        elif name in TOGGLES and value == "1":
            by_name[name] = element(name)
        else:
            by_name[name] = element(name, val=value)
    parts = [*by_name.values(), *children]
    if not parts:
        return None
    positions = _POSITIONS[kind]
    return element(kind, *sorted(parts, key=lambda part: positions[etree.QName(part).localname]))


def _side_order(item: tuple[str, str]) -> int:
    return ("top", "left", "bottom", "right").index(side) if (side := item[0].partition("/")[2]) else -1


def border_element(side: str, value: str) -> etree._Element:
    """Return the element of a border, such as <w:left>, from the value of its property."""
    if value == "nil":
        return element(side, val="nil")
    kind, size, space, colour = value.split()
    return element(side, val=kind, sz=size, space=space, color=colour)


def _tab(stop: str) -> etree._Element:
    kind, position, *leader = stop.split()
    return element("tab", val=kind, pos=position, **({"leader": leader[0]} if leader else {}))


def difference(own: Properties, base: Properties) -> Properties:
    """Return the properties of `own` that a style based on `base` has to state.

    Properties that must be stated together (_GROUP_PREFIXES) are all returned if any of them differs.
    """
    changed = {key: value for key, value in own.items() if base.get(key) != value}
    for prefix in _GROUP_PREFIXES:
        if any(key.startswith(prefix) for key in changed):
            changed |= {key: value for key, value in own.items() if key.startswith(prefix)}
    return changed


def twips(pixels: float) -> int:
    """Convert CSS pixels to twentieths of a point."""
    return round(pixels * 15)


def points(pixels: float) -> int:
    """Convert CSS pixels to whole points."""
    return round(pixels * 0.75)


def emu(pixels: float) -> int:
    """Convert CSS pixels to English Metric Units, the unit of drawings."""
    return round(pixels * 9525)
