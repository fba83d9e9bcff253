"""A Word file that documents of ours are built on: an office's letterhead, or its template."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ipdocs.files.ooxml.changes import count_changes
from ipdocs.files.ooxml.clean import hidden_styles, remove_unseen
from ipdocs.files.ooxml.contents import content_types
from ipdocs.files.ooxml.names import WORD_TYPE, local_name, qualified_name
from ipdocs.files.ooxml.package import Limits, Package, open_package, write_package
from ipdocs.files.ooxml.relationships import (
    LINK,
    is_relationships,
    missing_parts,
    relationship_uses,
    relationships,
    relationships_name,
)
from ipdocs.files.pictures.cleaning import strip_metadata
from ipdocs.files.pictures.picture import BadPicture
from ipdocs.files.reading import FileProblem, UnsafeFile
from ipdocs.files.xml import is_xml, parse_xml

MAX_BYTES = 10_000_000
LIMITS = Limits(parts=500, unpacked=60_000_000, xml=10_000_000)
"""The size of the file in bytes, and of what it unpacks to: many times what an office's letterhead has."""

_TYPE = f"{WORD_TYPE}document.main+xml"
_SAVE = "save it in Word as .docx"
_KINDS = {
    "officeDocument": ("w:document", _TYPE),
    "core-properties": ("cp:coreProperties", "application/vnd.openxmlformats-package.core-properties+xml"),
    "styles": ("w:styles", f"{WORD_TYPE}styles+xml"),
    "settings": ("w:settings", f"{WORD_TYPE}settings+xml"),
    "numbering": ("w:numbering", f"{WORD_TYPE}numbering+xml"),
    "fontTable": ("w:fonts", f"{WORD_TYPE}fontTable+xml"),
    "footnotes": ("w:footnotes", f"{WORD_TYPE}footnotes+xml"),
}
"""The first element and the content type of each part that a writer adds to, by the relationship that leads to it."""

_PREVIEW = "/metadata/thumbnail"
"""How the type of the relationship to a preview ends."""

_SCHEMES = ("http://", "https://", "mailto:", "tel:")


def open_base_document(data: bytes, path: Path, *, has_tags: bool = False) -> Any:
    """Return a Word file opened by python-docx, whose parts go into the files that are issued.

    It may hold less than a file that is only read: no data behind charts, no links but to the web and for mail, no tracked
    changes in its margins, and it must have every part that it refers to. Its pictures are decoded whole and lose their
    metadata and the names of their files. Hidden text and drawings are taken out, and so is the preview of its first page,
    which shows what once stood there.

    Args:
        data: the file's bytes.
        path: the file, for the locations of findings.
        has_tags: whether it has tags that are still to be filled in; they may be hidden, so that hidden text stays.

    Raises:
        UnsafeFile: what open_package refuses, or any of this, or a file that python-docx cannot open.
    """
    from docx import Document

    package = open_package(data, path, None, LIMITS)
    problems = list(_problems(package))
    seen = package.parts if has_tags else _without_hidden(package)
    parts = {name: _without_metadata(name, content, problems) for name, content in seen.items()}
    if problems:
        raise UnsafeFile(path, problems)
    try:
        document = Document(io.BytesIO(write_package(parts)))
    except Exception as error:  # python-docx trusts its files; those that lack something end in errors of every kind
        raise UnsafeFile(path, [FileProblem("damaged", f"this is no Word file that can be read: {error}", _SAVE)]) from error
    if document.element.find(qualified_name("body")) is None:
        raise UnsafeFile(path, [FileProblem("damaged", "its main part has no body", _SAVE)])
    relations = document.part.package.rels
    for number in [number for number, relation in relations.items() if relation.reltype.endswith(_PREVIEW)]:
        del relations[number]
    return document


def _without_hidden(package: Package) -> dict[str, bytes]:
    """Return the parts of a file without what is hidden and the names of pictures' files; a part that has none as it is."""
    from lxml import etree

    hidden = hidden_styles(package)
    parts = dict(package.parts)
    for name in [name for name, content in parts.items() if is_xml(content) and not is_relationships(name)]:
        removed: Counter[str] = Counter()
        root = parse_xml(parts[name], package.path, name)
        uses = {number for _, number in relationship_uses(root)}
        remove_unseen(root, hidden, removed)
        if removed.total():
            parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        listed = relationships_name(name)
        if (unused := uses - {number for _, number in relationship_uses(root)}) and listed in parts:
            parts[listed] = _without_relationships(package, listed, unused)
    return parts


def _without_relationships(package: Package, name: str, unused: set[str]) -> bytes:
    """Return a part of relationships without some, so that what only they lead to, such as a hidden picture, is left behind."""
    from lxml import etree

    root = parse_xml(package.parts[name], package.path, name)
    for element in [element for element in root.iter("{*}Relationship") if element.get("Id") in unused]:
        root.remove(element)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _without_metadata(name: str, content: bytes, problems: list[FileProblem]) -> bytes:
    """Return a part, a picture without what it tells of people and places; one that is damaged is added to the problems."""
    try:
        return strip_metadata(content)
    except BadPicture as error:
        problems.append(FileProblem("damaged", f"its picture {name[:80]!r} cannot be used: {error.message}", error.hint))
        return content


def _problems(package: Package) -> Iterator[FileProblem]:
    types = content_types(package.parts, package.path, [])
    mains = [name for name, content_type in types.items() if content_type == _TYPE]
    if not mains:
        yield FileProblem("wrong-kind", "its main part is no Word document", f"{_SAVE}, not as a template or with macros")
        return
    for name in package.parts:
        if "embeddings/" in name.lower():
            yield FileProblem("active", f"it holds {name[:80]!r}, which would be issued too", "turn its charts into pictures")
    found = [
        one
        for name in package.parts
        if is_relationships(name)
        for one in relationships(name, parse_xml(package.parts[name], package.path, name))
    ]
    for one in found:
        if one.kind == LINK and one.is_external and not one.target.lower().startswith(_SCHEMES):
            yield FileProblem("external", f"it has a link to {one.target[:80]!r}", "let it lead to the web, or take it out")
    if not all(one.id and one.kind for one in found):
        yield FileProblem("damaged", "one of its relationships has no name or no type", _SAVE)
    for part in missing_parts(found, package.parts):
        yield FileProblem("damaged", f"its part {part[:80]!r} is missing", _SAVE)
    known = {name.lower(): name for name in package.parts}
    for one in found:
        part = known.get(one.part or "", "")
        if part and one.kind != LINK:
            yield from _part_problems(part, one.kind if one.source in ("", *mains) else "", types.get(part, ""), package)
    for name, content in package.parts.items():
        root = package.root(name) if is_xml(content) and not is_relationships(name) else None
        ids = {one.id for one in found if one.source == name}
        if root is not None and (lost := next((number for _, number in relationship_uses(root) if number not in ids), None)):
            yield FileProblem("damaged", f"its part {name[:80]!r} refers to {lost[:40]!r}, which is no relationship of it", _SAVE)
    yield from _tracked_changes(package, mains)


def _tracked_changes(package: Package, mains: list[str]) -> Iterator[FileProblem]:
    """Yield the parts with tracked changes, but for the main part, whose text is not kept."""
    for name in package.parts:
        root = package.root(name) if name not in mains and is_xml(package.parts[name]) else None
        if root is not None and count_changes(root):
            hint = "accept or reject them in Word: whoever gets the file could read what was deleted, and by whom"
            yield FileProblem("damaged", f"its part {name[:80]!r} has tracked changes", hint)


def _part_problems(name: str, kind: str, content_type: str, package: Package) -> Iterator[FileProblem]:
    """Yield what keeps a part from being what a relationship of a kind says that it is."""
    wanted_root, wanted_type = _KINDS.get(kind, ("", ""))
    root = package.root(name) if wanted_root else None
    if not content_type or (wanted_type and content_type != wanted_type):
        yield FileProblem("damaged", f"its part {name[:80]!r} is listed as {content_type[:80]!r}", _SAVE)
    elif root is not None and root.tag != qualified_name(wanted_root):
        yield FileProblem("damaged", f"its part {name[:80]!r} begins with <{local_name(root)[:40]}>", _SAVE)
