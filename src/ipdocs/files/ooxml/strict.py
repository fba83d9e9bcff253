"""Rewrite files in the strict format of Office Open XML (ISO/IEC 29500 Strict) in the transitional format, which programs share.

Both formats have the same elements. They differ in the addresses of namespaces and relationship types, and in a few names:
the strict format says "start" and "end" where Word writes "left" and "right" in the transitional format. Lengths have units.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ipdocs.files.ooxml.contents import CONTENT_TYPES_PART
from ipdocs.files.ooxml.names import NAMESPACES, STRICT_PREFIX, TRANSITIONAL_PREFIX, local_name, qualified_name
from ipdocs.files.xml import is_xml, parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

_STRICT, _TRANSITIONAL = STRICT_PREFIX.encode(), TRANSITIONAL_PREFIX.encode()
_TAG = re.compile(rb"<[^<>]*%s[^<>]*>" % re.escape(_STRICT))
_ADDRESS = re.compile(rb'(\s(?:xmlns(?::[\w.-]+)?|Type|uri)=")%s([\w/-]*)(?=")' % re.escape(_STRICT))
"""A namespace, a relationship type, or the kind of a drawing, with an address of the strict format."""

_OTHER_ADDRESSES = {
    b"officeDocument/extendedProperties": b"officeDocument/2006/extended-properties",
    b"officeDocument/customProperties": b"officeDocument/2006/custom-properties",
    b"officeDocument/relationships/extendedProperties": b"officeDocument/2006/relationships/extended-properties",
    b"officeDocument/relationships/customProperties": b"officeDocument/2006/relationships/custom-properties",
}
"""The transitional addresses that differ from the strict ones in more than the year."""

_MEASURE = re.compile(r"(-?[0-9]{1,6}(?:\.[0-9]{1,6})?)(mm|cm|in|pt|pc|pi)")
_POINTS = {"mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0, "pt": 1.0, "pc": 12.0, "pi": 12.0}
_HALF_POINT_ELEMENTS = frozenset(("sz", "szCs", "kern", "position", "hps", "hpsRaise", "hpsBaseText"))
_LENGTH_ELEMENTS = frozenset(("spacing", "trHeight", "defaultTabStop"))
_LENGTHS = frozenset(
    (
        *("w", "h", "top", "right", "bottom", "left", "header", "footer", "gutter", "space", "before", "after", "line"),
        *("firstLine", "hanging", "pos", "linePitch", "hSpace", "vSpace", "x", "y"),
    )
)
"""The attributes of WordprocessingML with lengths in twentieths of a point."""

_METADATA = b"officeDocument/relationships/metadata/"
_SIDES = {"start": "left", "end": "right"}
_BORDERS = ("pBdr", "tblBorders", "tcBorders", "tblCellMar", "tcMar")


def in_transitional_form(parts: Mapping[str, bytes], path: Path) -> dict[str, bytes] | None:
    """Return the parts of a file in the transitional format; None if no part is in the strict format.

    Args:
        parts: The parts, keyed by name, which `content_problems` has found safe.
        path: The path of the file, for the locations of findings.

    Raises:
        UnsafeFile: A part is not XML.
    """
    changed = {
        name: _in_transitional_form(name, content, path)
        for name, content in parts.items()
        if name != CONTENT_TYPES_PART and _may_be_strict(content)
    }
    return {**parts, **changed} if changed else None


def _may_be_strict(content: bytes) -> bool:
    """Whether a part is XML that names the strict format; other encodings than UTF-8 show by their zero bytes."""
    return is_xml(content) and (_STRICT in content or b"\0" in content[:200])


def _in_transitional_form(name: str, content: bytes, path: Path) -> bytes:
    from lxml import etree

    written = etree.tostring(parse_xml(content, path, name), encoding="UTF-8", xml_declaration=True, standalone=True)
    root = parse_xml(_TAG.sub(lambda tag: _ADDRESS.sub(_transitional, tag[0]), written), path, name)
    root.attrib.pop(qualified_name("conformance"), None)
    _rename_sides(root)
    _convert_measures(root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def _convert_measures(root: _Element) -> None:
    """Write lengths with a unit, such as "12pt", as the whole numbers that programs write in the transitional format."""
    for element in root.iter(f"{{{NAMESPACES['w']}}}*"):
        is_half_points = local_name(element) in _HALF_POINT_ELEMENTS
        for key, value in element.attrib.items():
            name, measure = str(key).rpartition("}")[2], _MEASURE.fullmatch(str(value))
            if measure and (name in _LENGTHS or (name == "val" and (is_half_points or local_name(element) in _LENGTH_ELEMENTS))):
                points = float(measure[1]) * _POINTS[measure[2]]
                element.set(key, str(round(points * (2 if is_half_points else 20))))


def _transitional(match: re.Match[bytes]) -> bytes:
    """Return an attribute with the transitional address: the year 2006 follows the first word of the path."""
    strict = match[2]
    first, _, rest = strict.partition(b"/")
    address = _OTHER_ADDRESSES.get(strict, first + b"/2006/" + rest)
    if strict.startswith(_METADATA):
        address = b"package/2006/relationships/metadata/" + strict.removeprefix(_METADATA)
    return match[1] + _TRANSITIONAL + address


def _rename_sides(root: _Element) -> None:
    """Write "left" and "right" for "start" and "end" in indents, alignments, borders and margins of cells, in place."""
    for indent in root.iter(qualified_name("ind")):
        for key, value in list(indent.attrib.items()):
            local = str(key).rpartition("}")[2]
            side = next((side for side in _SIDES if local.startswith(side)), None)
            if side is not None:
                del indent.attrib[key]
                indent.set(qualified_name(local.replace(side, _SIDES[side], 1)), value)
    for element in root.iter(*map(qualified_name, ("jc", "lvlJc", "tab"))):
        value = element.get(qualified_name("val"), "")
        if value in _SIDES:
            element.set(qualified_name("val"), _SIDES[value])
    for group in root.iter(*map(qualified_name, _BORDERS)):
        for side, name in _SIDES.items():
            for border in group.findall(qualified_name(side)):
                border.tag = qualified_name(name)
