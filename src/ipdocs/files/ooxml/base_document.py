"""Open the Word file that a document is built on: a letterhead, or an office's own .docx with template tags."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ipdocs.files.ooxml.changes import count_changes
from ipdocs.files.ooxml.clean import hidden_style_ids, remove_hidden_content
from ipdocs.files.ooxml.contents import content_types
from ipdocs.files.ooxml.names import WORD_TYPE_PREFIX, local_name, qualified_name
from ipdocs.files.ooxml.package import Limits, Package, open_package, write_package
from ipdocs.files.ooxml.relationships import (
    LINK,
    is_relationships_part,
    missing_parts,
    relationship_references,
    relationships_part,
)
from ipdocs.files.pictures.cleaning import strip_metadata
from ipdocs.files.pictures.picture import BadPicture
from ipdocs.files.reading import FileProblem, UnsafeFile
from ipdocs.files.xml import is_xml, parse_xml

MAX_BYTES = 10_000_000
"""Maximum size of the file, in bytes."""
LIMITS = Limits(part_count=500, total_bytes=60_000_000, xml_bytes=10_000_000)
"""Limits on what the file may unpack to: many times the size of a letterhead."""

_MAIN_TYPE = f"{WORD_TYPE_PREFIX}document.main+xml"
_SAVE_HINT = "save it in Word as .docx"
_EXTENDED_PARTS = {
    "officeDocument": ("w:document", _MAIN_TYPE),
    "core-properties": ("cp:coreProperties", "application/vnd.openxmlformats-package.core-properties+xml"),
    "styles": ("w:styles", f"{WORD_TYPE_PREFIX}styles+xml"),
    "settings": ("w:settings", f"{WORD_TYPE_PREFIX}settings+xml"),
    "numbering": ("w:numbering", f"{WORD_TYPE_PREFIX}numbering+xml"),
    "fontTable": ("w:fonts", f"{WORD_TYPE_PREFIX}fontTable+xml"),
    "footnotes": ("w:footnotes", f"{WORD_TYPE_PREFIX}footnotes+xml"),
}
"""The root element and content type of each part that a writer extends, keyed by the kind of relationship to the part."""

_PREVIEW_ENDING = "/metadata/thumbnail"
"""The end of the type of a relationship to a preview picture."""

_SCHEMES = ("http://", "https://", "mailto:", "tel:")


def open_base_document(data: bytes, path: Path, *, has_tags: bool = False) -> Any:
    """Open a Word file as a python-docx document that is safe to publish.

    The rules are stricter than for files that are only read. Chart data, tracked changes outside the main text
    and missing parts are not allowed. Links may lead only to web, mail and telephone addresses. Pictures are decoded fully and
    lose metadata and file names. Hidden text and hidden drawings are removed. The preview of the first page is removed, too,
    since it may show earlier text.

    Args:
        data: The content of the file.
        path: The file, for the locations of findings.
        has_tags: Whether the file has template tags. If so, hidden content and the file names of pictures stay, since
            tags may be hidden.

    Raises:
        UnsafeFile: The file is refused by `open_package`, breaks one of these rules, or cannot be opened by python-docx.
    """
    from docx import Document

    package = open_package(data, path, None, LIMITS)
    problems = list(_problems(package))
    visible_parts = package.parts if has_tags else _without_hidden_content(package)
    parts = {name: _without_metadata(name, content, problems) for name, content in visible_parts.items()}
    if problems:
        raise UnsafeFile(path, problems)
    try:
        document = Document(io.BytesIO(write_package(parts)))
    except Exception as error:  # python-docx raises errors of every kind for an incomplete file
        raise UnsafeFile(path, [FileProblem("damaged", f"this Word file cannot be read: {error}", _SAVE_HINT)]) from error
    if document.element.find(qualified_name("body")) is None:
        raise UnsafeFile(path, [FileProblem("damaged", "its main part has no body", _SAVE_HINT)])
    relationships = document.part.package.rels
    for key in [key for key, relationship in relationships.items() if relationship.reltype.endswith(_PREVIEW_ENDING)]:
        del relationships[key]
    return document


def _without_hidden_content(package: Package) -> dict[str, bytes]:
    """Return the parts of a file, without hidden content and without the file names of pictures."""
    from lxml import etree

    hidden_ids = hidden_style_ids(package)
    parts = dict(package.parts)
    for name in [name for name, content in parts.items() if is_xml(content) and not is_relationships_part(name)]:
        removed: Counter[str] = Counter()
        root = parse_xml(parts[name], package.path, name)
        ids_before = {identifier for _, identifier in relationship_references(root)}
        remove_hidden_content(root, hidden_ids, removed)
        if removed.total():
            parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        unused_ids = ids_before - {identifier for _, identifier in relationship_references(root)}
        relationships_name = relationships_part(name)
        if unused_ids and relationships_name in parts:
            parts[relationships_name] = _without_relationships(package, relationships_name, unused_ids)
    return parts


def _without_relationships(package: Package, name: str, ids: set[str]) -> bytes:
    """Return a relationships part without the relationships that have certain ids.

    python-docx then drops the parts to which only these relationships led, such as hidden pictures.
    """
    from lxml import etree

    root = parse_xml(package.parts[name], package.path, name)
    for element in [element for element in root.iter("{*}Relationship") if element.get("Id") in ids]:
        root.remove(element)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _without_metadata(name: str, content: bytes, problems: list[FileProblem]) -> bytes:
    """Return the content of a part, without metadata if it is a picture; add a problem if the picture is damaged."""
    try:
        return strip_metadata(content)
    except BadPicture as error:
        problems.append(FileProblem("damaged", f"its picture {name[:80]!r} cannot be used: {error.message}", error.hint))
        return content


def _problems(package: Package) -> Iterator[FileProblem]:
    """Yield a problem for each rule of `open_base_document` that a file breaks."""
    types = content_types(package.parts, package.path, [])
    main_parts = [name for name, content_type in types.items() if content_type == _MAIN_TYPE]
    if not main_parts:
        yield FileProblem("wrong-kind", "this is not a Word document", f"{_SAVE_HINT}, not as a template or with macros")
        return
    for name in package.parts:
        if "embeddings/" in name.lower():
            message = f"it contains {name[:80]!r}, which would be published with the file"
            yield FileProblem("active", message, "replace its charts and objects with pictures")
    relationships = package.relationships()
    for relationship in relationships:
        address = relationship.target
        if relationship.kind == LINK and relationship.is_external and not address.lower().startswith(_SCHEMES):
            yield FileProblem("external", f"it has a link to {address[:80]!r}", "link to a web address, or remove the link")
    if not all(relationship.id and relationship.kind for relationship in relationships):
        yield FileProblem("damaged", "one of its relationships has no id or no type", _SAVE_HINT)
    for part in missing_parts(relationships, package.parts):
        yield FileProblem("damaged", f"its part {part[:80]!r} is missing", _SAVE_HINT)
    names = {name.lower(): name for name in package.parts}
    for relationship in relationships:
        part = names.get(relationship.part or "", "")
        if part and relationship.kind != LINK:
            kind = relationship.kind if relationship.source in ("", *main_parts) else ""
            yield from _part_problems(part, kind, types.get(part, ""), package)
    for name, content in package.parts.items():
        root = package.root(name) if is_xml(content) and not is_relationships_part(name) else None
        ids = {relationship.id for relationship in relationships if relationship.source == name}
        references = () if root is None else relationship_references(root)
        if missing := next((identifier for _, identifier in references if identifier not in ids), None):
            message = f"its part {name[:80]!r} refers to {missing[:40]!r}, but has no such relationship"
            yield FileProblem("damaged", message, _SAVE_HINT)
    yield from _tracked_change_problems(package, main_parts)


def _tracked_change_problems(package: Package, main_parts: list[str]) -> Iterator[FileProblem]:
    """Yield a problem for each part with tracked changes, except the main part, whose text is replaced."""
    for name in package.parts:
        root = package.root(name) if name not in main_parts and is_xml(package.parts[name]) else None
        if root is not None and count_changes(root):
            hint = "accept or reject them in Word: every reader could see what was deleted, and by whom"
            yield FileProblem("damaged", f"its part {name[:80]!r} has tracked changes", hint)


def _part_problems(name: str, kind: str, content_type: str, package: Package) -> Iterator[FileProblem]:
    """Yield a problem if the type or root element of a part does not fit the kind of relationship that leads to it."""
    expected_root, expected_type = _EXTENDED_PARTS.get(kind, ("", ""))
    root = package.root(name) if expected_root else None
    if not content_type or (expected_type and content_type != expected_type):
        yield FileProblem("damaged", f"its part {name[:80]!r} has the content type {content_type[:80]!r}", _SAVE_HINT)
    elif root is not None and root.tag != qualified_name(expected_root):
        yield FileProblem("damaged", f"its part {name[:80]!r} begins with <{local_name(root)[:40]}>", _SAVE_HINT)
