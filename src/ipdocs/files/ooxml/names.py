"""Names in Office Open XML: namespaces, elements, relationship types and content types."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "cx": "http://schemas.microsoft.com/office/drawing/2014/chartex",
    "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "rel": "http://schemas.openxmlformats.org/package/2006/relationships",
    "ct": "http://schemas.openxmlformats.org/package/2006/content-types",
    "sl": "http://schemas.openxmlformats.org/schemaLibrary/2006/main",
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dcterms": "http://purl.org/dc/terms/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}

STRICT_NAMESPACES = {
    "w": "http://purl.oclc.org/ooxml/wordprocessingml/main",
    "r": "http://purl.oclc.org/ooxml/officeDocument/relationships",
    "x": "http://purl.oclc.org/ooxml/spreadsheetml/main",
}
"""The namespaces that are different in the strict format (ISO/IEC 29500)."""

STRICT_PREFIX = "http://purl.oclc.org/ooxml/"
"""The prefix of all namespaces and relationship types of the strict format."""

TRANSITIONAL_PREFIX = "http://schemas.openxmlformats.org/"
"""The prefix of the namespaces and relationship types that the strict format changes."""

MAIN_PART = "word/document.xml"
"""The usual name of the main part of a Word file."""

RELATIONSHIP_PREFIX = f"{NAMESPACES['r']}/"
"""The prefix of the types of relationships between parts."""

WORD_TYPE_PREFIX = "application/vnd.openxmlformats-officedocument.wordprocessingml."
"""The prefix of the content types of parts of a Word file."""


@cache
def qualified_name(prefixed: str) -> str:
    """Return the full name of an element or attribute such as 'a:blip'; the default prefix is w."""
    prefix, _, local = prefixed.rpartition(":")
    return f"{{{NAMESPACES[prefix or 'w']}}}{local}"


@cache
def strict_name(prefixed: str) -> str:
    """Return the full name in the strict format of an element or attribute such as 'w:p' or 'r:id'."""
    prefix, _, local = prefixed.rpartition(":")
    return f"{{{STRICT_NAMESPACES[prefix]}}}{local}"


def local_name(element: _Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]
