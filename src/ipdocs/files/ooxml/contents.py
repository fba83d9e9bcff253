"""Detect active content in Office files, and references that programs fetch when they open the file.

The rules apply to letterheads, office templates, annexes, returned files, imports and verification. Links that a reader can
click are allowed. Every part that looks like XML is examined. Word and LibreOffice recognise a part by the relationship that
leads to it, not by its name or content type.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ipdocs.files.ooxml.fields import loading_fields
from ipdocs.files.ooxml.names import NAMESPACES, local_name, qualified_name, strict_name
from ipdocs.files.ooxml.relationships import (
    LINK,
    Relationship,
    is_relationships_part,
    read_relationships,
    relationship_references,
)
from ipdocs.files.reading import FileProblem, Reason, UnsafeFile
from ipdocs.files.xml import is_xml, parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

CONTENT_TYPES_PART = "[Content_Types].xml"
_ACTIVE_WORDS = ("vbaproject", "macroenabled", "activex", "oleobject")
"""Words in the names or content types of parts that contain programs."""

_PROGRAM_ENDINGS = (
    *(".exe", ".dll", ".com", ".scr", ".bat", ".cmd", ".ps1", ".js"),
    *(".jse", ".vbs", ".vbe", ".wsf", ".hta", ".lnk", ".jar"),
)
_EMBEDDED_FOLDER = "embeddings/"
_WORKBOOK_ENDING = ".xlsx"
_ACTIVE_KINDS = {"vbaProject", "wordVbaData", "oleObject", "control", "activeXControlBinary", "package"}
_LINK_ELEMENTS = {"hyperlink", "hlinkClick", "hlinkHover", "hlinkMouseOver"}
"""The only elements that may use a relationship that leads out of the file."""

_FORBIDDEN_ELEMENTS: dict[str, tuple[Reason, str]] = {
    "w:altChunk": ("external", "includes another document"),
    "w:subDoc": ("external", "includes another document"),
    "w:mailMerge": ("external", "fetches the data of a mail merge"),
    "x:ddeLink": ("external", "fetches data from another program"),
    "x:oleLink": ("external", "fetches data from another program"),
    "x:connection": ("external", "fetches data from another source"),
    "w:objectEmbed": ("active", "contains an object of another program"),
    "w:objectLink": ("active", "contains an object of another program"),
    "w:control": ("active", "contains a control that can run"),
    "x:oleObject": ("active", "contains an object of another program"),
    "x:control": ("active", "contains a control that can run"),
    "o:OLEObject": ("active", "contains an object of another program"),
}
"""The reason and message for each forbidden element, keyed by the name of the element with its prefix."""

_FORBIDDEN_TAGS = {qualified_name(name): problem for name, problem in _FORBIDDEN_ELEMENTS.items()} | {
    strict_name(name): problem for name, problem in _FORBIDDEN_ELEMENTS.items() if name[0] in "wx"
}
_HINTS = {
    "image": "embed the picture in the file",
    "attachedTemplate": "remove the attached template",
    "active": "save it as .docx or .xlsx without macros, and objects as pictures",
    "external": "embed it in the file, or remove the reference",
}
"""The hint for a problem, keyed by its reason or by the kind of relationship."""

_SVG = "http://www.w3.org/2000/svg"
MAX_PROBLEMS = 50
"""The number of problems after which the examination stops."""


def content_problems(
    parts: Mapping[str, bytes], path: Path, max_xml: int, ignored_kinds: Collection[str] = ()
) -> list[FileProblem]:
    """Return the problems that make an Office file unsafe.

    Args:
        parts: The parts of the file, keyed by name.
        path: The path of the file.
        max_xml: Maximum size of all XML together, in bytes.
        ignored_kinds: Kinds of relationships that may lead anywhere, since the caller removes them before use.
    """
    names = [name for name, content in parts.items() if name.lower().endswith((".xml", ".rels")) or is_xml(content)]
    if (size := sum(len(parts[name]) for name in names)) > max_xml:
        message = f"this file has {size:,} bytes of XML; the limit is {max_xml:,}"
        return [FileProblem("bomb", message, "split it into several files")]
    problems: list[FileProblem] = []
    relationships = [
        relationship
        for name, root in _roots(filter(is_relationships_part, names), parts, path, problems)
        for relationship in read_relationships(name, root)
    ]
    active = list(_active_parts(parts, content_types(parts, path, problems), relationships))
    problems += [FileProblem("active", f"it contains {name[:80]!r}, which can run", _HINTS["active"]) for name in active]
    problems += _external_problems(relationship for relationship in relationships if relationship.kind not in ignored_kinds)
    external_links = [relationship for relationship in relationships if relationship.is_external and relationship.kind == LINK]
    for name, root in _roots(
        (name for name in names if not is_relationships_part(name) and name != CONTENT_TYPES_PART), parts, path, problems
    ):
        problems += _part_problems(name, root, {link.id: link.target for link in external_links if link.source == name})
        if len(problems) > MAX_PROBLEMS:
            break
    return problems


def content_types(parts: Mapping[str, bytes], path: Path, problems: list[FileProblem]) -> dict[str, str]:
    """Return the known content types of parts, keyed by the name of the part; report a broken list of types in `problems`."""
    overrides: dict[str, str] = {}
    defaults: dict[str, str] = {}
    for _, root in _roots([CONTENT_TYPES_PART] if CONTENT_TYPES_PART in parts else [], parts, path, problems):
        for element in root.iter(qualified_name("ct:Override")):
            overrides[element.get("PartName", "").lstrip("/").lower()] = element.get("ContentType", "")
        for element in root.iter(qualified_name("ct:Default")):
            defaults[element.get("Extension", "").lower()] = element.get("ContentType", "")
    types = {name: overrides.get(name.lower(), defaults.get(name.rpartition(".")[2].lower())) for name in parts}
    return {name: content_type for name, content_type in types.items() if content_type}


def _roots(
    names: Iterable[str], parts: Mapping[str, bytes], path: Path, problems: list[FileProblem]
) -> Iterator[tuple[str, _Element]]:
    """Yield the name and root of each part that is valid XML, and add the problems of the others to `problems`."""
    for name in names:
        try:
            root = parse_xml(parts[name], path, name)
        except UnsafeFile as error:
            problems += error.problems
        else:
            yield name, root


def _active_parts(names: Iterable[str], types: Mapping[str, str], relationships: Iterable[Relationship]) -> Iterator[str]:
    """Yield the names of parts with programs, controls or objects, except workbooks of charts, which are not opened."""
    by_part: dict[str, list[Relationship]] = {}
    for relationship in relationships:
        if relationship.part is not None:
            by_part.setdefault(relationship.part, []).append(relationship)
    for name in names:
        lower_name, incoming = name.lower(), by_part.get(name.lower(), [])
        belongs_to_chart = all(relationship.kind == "package" and "/charts/" in relationship.source for relationship in incoming)
        if lower_name.endswith(_WORKBOOK_ENDING) and incoming and belongs_to_chart:
            continue
        has_active_name = any(word in lower_name or word in types.get(name, "").lower() for word in _ACTIVE_WORDS)
        has_active_kind = any(relationship.kind in _ACTIVE_KINDS for relationship in incoming)
        if has_active_name or has_active_kind or _EMBEDDED_FOLDER in lower_name or lower_name.endswith(_PROGRAM_ENDINGS):
            yield name


def _external_problems(relationships: Iterable[Relationship]) -> Iterator[FileProblem]:
    for relationship in relationships:
        kind = relationship.kind
        if relationship.is_external and kind != LINK:
            message = f"it would fetch {relationship.target[:80]!r} ({kind[:40]})"
            yield FileProblem("external", message, _HINTS.get(kind, _HINTS["external"]))


def _part_problems(name: str, root: _Element, links: Mapping[str, str]) -> Iterator[FileProblem]:
    """Yield the problems of the elements of a part.

    Args:
        name: The name of the part.
        root: The root element of the part.
        links: The addresses of the external links in the part, keyed by the id of the relationship.
    """
    for element in root.iter(*_FORBIDDEN_TAGS):
        reason, message = _FORBIDDEN_TAGS[str(element.tag)]
        yield FileProblem(reason, f"{name} {message} ({local_name(element)})", _HINTS[reason])
    for code in loading_fields(root):
        message = f"{name} has a field that fetches its content: {' '.join(code.split())[:80]}"
        yield FileProblem("external", message, "replace the field with its content: press Ctrl+Shift+F9 in Word")
    for address in (*_external_addresses(root), *_misused_links(root, links)):
        yield FileProblem("external", f"{name} would fetch {address[:80]!r}", _HINTS["image"])


def _external_addresses(root: _Element) -> Iterator[str]:
    """Yield the external addresses of pictures and schemas that elements state directly, not through a relationship."""
    for element in root.iter(f"{{{NAMESPACES['v']}}}*"):
        yield from _external_only(element.get(key) for key in ("src", qualified_name("o:href"), qualified_name("r:href")))
    for element in root.iter(f"{{{_SVG}}}*"):
        if local_name(element) != "a":
            yield from _external_only(element.get(key) for key in ("href", "{http://www.w3.org/1999/xlink}href"))
    for element in root.iter(qualified_name("sl:schema")):
        yield from _external_only(element.get(qualified_name(f"sl:{key}")) for key in ("schemaLocation", "manifestLocation"))


def _external_only(addresses: Iterable[str | None]) -> Iterator[str]:
    return (address for address in addresses if address and not address.strip().startswith(("#", "data:")))


def _misused_links(root: _Element, links: Mapping[str, str]) -> Iterator[str]:
    """Yield the addresses of links that other elements, such as pictures, use; programs would fetch these addresses."""
    for element, identifier in relationship_references(root) if links else ():
        if identifier in links and local_name(element) not in _LINK_ELEMENTS:
            yield links[identifier]
