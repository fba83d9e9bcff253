"""What an Office file from elsewhere may not hold: what runs, and what is fetched or taken in when the file is opened.

This alone decides it for letterheads, office templates, annexes, returned files, imports and verification. Links that a
reader may click are allowed. Word and LibreOffice know a part by the relationship that leads to it, whatever its name or
content type say, so everything that looks like XML is read as such.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ipdocs.files.ooxml.fields import loading_fields
from ipdocs.files.ooxml.names import NAMESPACES, local_name, qualified_name, strict_name
from ipdocs.files.ooxml.relationships import LINK, Relationship, is_relationships, relationship_uses, relationships
from ipdocs.files.reading import FileProblem, Reason, UnsafeFile
from ipdocs.files.xml import is_xml, parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

TYPES = "[Content_Types].xml"
_ACTIVE = ("vbaproject", "macroenabled", "activex", "oleobject")
"""What the names or content types of parts have in them that run."""

_PROGRAMS = (
    *(".exe", ".dll", ".com", ".scr", ".bat", ".cmd", ".ps1", ".js"),
    *(".jse", ".vbs", ".vbe", ".wsf", ".hta", ".lnk", ".jar"),
)
_EMBEDDED = "embeddings/"
_WORKBOOK = ".xlsx"
_ACTIVE_KINDS = {"vbaProject", "wordVbaData", "oleObject", "control", "activeXControlBinary", "package"}
_CLICKED = {"hyperlink", "hlinkClick", "hlinkHover", "hlinkMouseOver"}
"""The elements that may use a relationship that leads out of the file."""

_ELEMENTS: dict[str, tuple[Reason, str]] = {
    "w:altChunk": ("external", "takes in another document"),
    "w:subDoc": ("external", "takes in another document"),
    "w:mailMerge": ("external", "fetches the data of a mail merge"),
    "x:ddeLink": ("external", "fetches data from another program"),
    "x:oleLink": ("external", "fetches data from another program"),
    "x:connection": ("external", "fetches data from elsewhere"),
    "w:objectEmbed": ("active", "holds an object of another program"),
    "w:objectLink": ("active", "holds an object of another program"),
    "w:control": ("active", "holds a control that can run"),
    "x:oleObject": ("active", "holds an object of another program"),
    "x:control": ("active", "holds a control that can run"),
    "o:OLEObject": ("active", "holds an object of another program"),
}
_FORBIDDEN = {qualified_name(name): problem for name, problem in _ELEMENTS.items()} | {
    strict_name(name): problem for name, problem in _ELEMENTS.items() if name[0] in "wx"
}
_HINTS = {
    "image": "put the picture into the file",
    "attachedTemplate": "take out the attached template",
    "active": "save it as .docx or .xlsx without macros, and objects as pictures",
    "external": "put what it would fetch into the file, or take it out",
}
_SVG = "http://www.w3.org/2000/svg"
MOST_PROBLEMS = 50


def content_problems(parts: Mapping[str, bytes], path: Path, most_xml: int, taken_out: Collection[str] = ()) -> list[FileProblem]:
    """Return what makes the parts of an Office file unsafe.

    Args:
        parts: its parts by name.
        path: the file.
        most_xml: how many bytes of XML there may be.
        taken_out: the kinds of relationships that are taken out before the file is used, and may lead anywhere.
    """
    names = [name for name, content in parts.items() if name.lower().endswith((".xml", ".rels")) or is_xml(content)]
    if (size := sum(len(parts[name]) for name in names)) > most_xml:
        message = f"this file has {size:,} bytes of XML; {most_xml:,} is the limit"
        return [FileProblem("bomb", message, "split it into several files")]
    problems: list[FileProblem] = []
    found = [
        relationship
        for name, root in _roots(filter(is_relationships, names), parts, path, problems)
        for relationship in relationships(name, root)
    ]
    active = list(_active_parts(parts, content_types(parts, path, problems), found))
    problems += [FileProblem("active", f"it holds {name[:80]!r}, which can run", _HINTS["active"]) for name in active]
    problems += _fetched(one for one in found if one.kind not in taken_out)
    for name, root in _roots((name for name in names if not is_relationships(name) and name != TYPES), parts, path, problems):
        links = {one.id: one.target for one in found if one.source == name and one.is_external and one.kind == LINK}
        problems += _part_problems(name, root, links)
        if len(problems) > MOST_PROBLEMS:
            break
    return problems


def content_types(parts: Mapping[str, bytes], path: Path, problems: list[FileProblem]) -> dict[str, str]:
    """Return the content type of each part that has one; what is wrong with the list of them is added to the problems."""
    overrides: dict[str, str] = {}
    defaults: dict[str, str] = {}
    for _, root in _roots([TYPES] if TYPES in parts else [], parts, path, problems):
        for element in root.iter(qualified_name("ct:Override")):
            overrides[element.get("PartName", "").lstrip("/").lower()] = element.get("ContentType", "")
        for element in root.iter(qualified_name("ct:Default")):
            defaults[element.get("Extension", "").lower()] = element.get("ContentType", "")
    known = {name: overrides.get(name.lower(), defaults.get(name.rpartition(".")[2].lower())) for name in parts}
    return {name: content_type for name, content_type in known.items() if content_type}


def _roots(
    names: Iterable[str], parts: Mapping[str, bytes], path: Path, problems: list[FileProblem]
) -> Iterator[tuple[str, _Element]]:
    """Yield parts by name as XML; what is wrong with those that are none is added to the problems."""
    for name in names:
        try:
            root = parse_xml(parts[name], path, name)
        except UnsafeFile as error:
            problems += error.problems
        else:
            yield name, root


def _active_parts(names: Iterable[str], types: Mapping[str, str], found: Iterable[Relationship]) -> Iterator[str]:
    """Yield the parts that hold programs, controls or objects; the workbook behind a chart is none, as nothing opens it."""
    inner: dict[str, list[Relationship]] = {}
    for one in found:
        if one.part is not None:
            inner.setdefault(one.part, []).append(one)
    for name in names:
        lower, to = name.lower(), inner.get(name.lower(), [])
        if lower.endswith(_WORKBOOK) and to and all(one.kind == "package" and "/charts/" in one.source for one in to):
            continue
        marked = any(mark in lower or mark in types.get(name, "").lower() for mark in _ACTIVE)
        if marked or _EMBEDDED in lower or lower.endswith(_PROGRAMS) or any(one.kind in _ACTIVE_KINDS for one in to):
            yield name


def _fetched(found: Iterable[Relationship]) -> Iterator[FileProblem]:
    for one in found:
        if one.is_external and one.kind != LINK:
            message = f"it would fetch {one.target[:80]!r} from elsewhere ({one.kind[:40]})"
            yield FileProblem("external", message, _HINTS.get(one.kind, _HINTS["external"]))


def _part_problems(name: str, root: _Element, links: Mapping[str, str]) -> Iterator[FileProblem]:
    """Yield what a part does with its elements; links are the relationships of it that a reader may click, by their ids."""
    for element in root.iter(*_FORBIDDEN):
        reason, message = _FORBIDDEN[str(element.tag)]
        yield FileProblem(reason, f"{name} {message} ({local_name(element)})", _HINTS[reason])
    for code in loading_fields(root):
        hint = "let the field become what it shows: Ctrl+Shift+F9 in Word"
        yield FileProblem("external", f"{name} fetches what a field shows: {' '.join(code.split())[:80]}", hint)
    for address in (*_addresses(root), *_misused_links(root, links)):
        yield FileProblem("external", f"{name} would fetch {address[:80]!r} from elsewhere", _HINTS["image"])


def _addresses(root: _Element) -> Iterator[str]:
    """Yield the addresses of pictures and schemas that stand in elements and not among the relationships."""
    for element in root.iter(f"{{{NAMESPACES['v']}}}*"):
        yield from _outside(element.get(key) for key in ("src", qualified_name("o:href"), qualified_name("r:href")))
    for element in root.iter(f"{{{_SVG}}}*"):
        if local_name(element) != "a":
            yield from _outside(element.get(key) for key in ("href", "{http://www.w3.org/1999/xlink}href"))
    for element in root.iter(qualified_name("sl:schema")):
        yield from _outside(element.get(qualified_name(f"sl:{key}")) for key in ("schemaLocation", "manifestLocation"))


def _outside(addresses: Iterable[str | None]) -> Iterator[str]:
    return (address for address in addresses if address and not address.strip().startswith(("#", "data:")))


def _misused_links(root: _Element, links: Mapping[str, str]) -> Iterator[str]:
    """Yield the addresses of links that something else than a link uses: a picture is fetched by any relationship."""
    for element, number in relationship_uses(root) if links else ():
        if number in links and local_name(element) not in _CLICKED:
            yield links[number]
