"""Give plain names to parts of Office files, and the usual names to those that every Word file has.

ISO/IEC 29500-2 writes a space in the name of a part as `%20`, both in the ZIP archive and in references. Many programs write a
plain space in either place. Programs compare the two spellings literally, so some programs find a part and others do not.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from itertools import count
from pathlib import Path

from ipdocs.files.ooxml.contents import CONTENT_TYPES_PART
from ipdocs.files.ooxml.names import qualified_name
from ipdocs.files.ooxml.relationships import (
    is_relationships_part,
    read_relationships,
    relationships_part,
    resolve_part,
    source_part,
)
from ipdocs.files.ooxml.usual_names import usual_names
from ipdocs.files.reading import FileProblem, UnsafeFile
from ipdocs.files.xml import parse_xml

_UNUSUAL_CHARACTER = re.compile(r"[^\w./\\()\[\]-]", re.ASCII)


def with_plain_names(parts: Mapping[str, bytes], path: Path, max_xml: int) -> dict[str, bytes]:
    """Give the parts of an Office file plain and usual names, and write these names into its relationships and content types.

    The main part of a Word file becomes word/document.xml, its styles word/styles.xml and so on, whatever the file calls them.
    The relationships decide which part is which.

    Args:
        parts: The parts, keyed by name.
        path: The path of the file, for the locations of findings.
        max_xml: Maximum size of the relationships and content types, in bytes. If they are larger, no part is renamed.

    Returns:
        The parts, keyed by their new names.

    Raises:
        UnsafeFile: Two names differ only in escapes or case.
    """
    reference_parts = {name for name in parts if is_relationships_part(_key(name)) or _key(name) == CONTENT_TYPES_PART.lower()}
    if sum(len(parts[name]) for name in reference_parts) > max_xml:
        return dict(parts)
    names = _original_names(parts, path)
    renamed = _new_names(names, usual_names(names, parts, path))
    return {
        renamed.get(_key(name), name): _with_new_references(name, content, path, names, renamed)
        if name in reference_parts
        else content
        for name, content in parts.items()
    }


def _key(name: str) -> str:
    """Return the name of a part without escapes and in lower case, for comparison with the targets of relationships."""
    return resolve_part("", name).lower()


def _original_names(parts: Mapping[str, bytes], path: Path) -> dict[str, str]:
    """Return the names of the parts, keyed by `_key`."""
    names: dict[str, str] = {}
    for name in parts:
        if names.setdefault(_key(name), name) != name:
            hint = "get the file again, or save it again in Word or LibreOffice"
            raise UnsafeFile(path, [FileProblem("unsafe-path", f"it has two parts named {name[:80]!r}", hint)])
    return names


def _new_names(names: Mapping[str, str], usual: Mapping[str, str | None]) -> dict[str, str]:
    """Return the new names of the parts to rename, keyed by `_key`; a part and its relationships are renamed together."""
    fixed = {key: name for key, name in usual.items() if name is not None}
    fixed[CONTENT_TYPES_PART.lower()] = CONTENT_TYPES_PART
    renamed = {key: name for key, name in fixed.items() if names.get(key, name) != name}
    taken = {name.lower() for name in (*names.values(), *fixed.values()) if not _UNUSUAL_CHARACTER.search(name)}
    numbers = count(2)

    def free_name(name: str) -> str:
        new_name = _UNUSUAL_CHARACTER.sub("_", resolve_part("", name)) or "_"
        stem, extension = posixpath.splitext(new_name)
        while not taken.isdisjoint(new_names := {new_name.lower(), relationships_part(new_name).lower()}):
            new_name = f"{stem}-{next(numbers)}{extension}"
        taken.update(new_names)
        return new_name

    for key, name in names.items():
        is_replaced = key in usual and usual[key] is None
        if key not in fixed and not is_relationships_part(key) and (is_replaced or _UNUSUAL_CHARACTER.search(name)):
            renamed[key] = free_name(name)
    for key, name in names.items():
        if is_relationships_part(key):
            source = source_part(key)
            own_name = renamed.get(source, names.get(source)) if source else ""
            if own_name is not None and name != relationships_part(own_name):
                renamed[key] = relationships_part(own_name)
    new_names = {name.lower() for name in renamed.values()}
    for key, name in names.items():
        if key not in renamed and (name.lower() in new_names or _UNUSUAL_CHARACTER.search(name)):
            renamed[key] = free_name(name)
    return renamed


def _with_new_references(name: str, content: bytes, path: Path, names: Mapping[str, str], renamed: Mapping[str, str]) -> bytes:
    """Return a relationships part or the list of content types, with the new names of renamed parts, in the case of the names.

    A part that is not XML is returned unchanged; the examination of the content reports it.
    """
    from lxml import etree

    try:
        root = parse_xml(content, path, name)
    except UnsafeFile:
        return content
    is_changed = False
    if not is_relationships_part(_key(name)):
        for override in root.iter(qualified_name("ct:Override")):
            if (key := _key(override.get("PartName", ""))) in renamed:
                override.set("PartName", f"/{renamed[key]}")
                is_changed = True
    else:
        relationships = read_relationships(resolve_part("", name), root)
        for element, relationship in zip(root.iter("{*}Relationship"), relationships, strict=True):
            source, part = _key(relationship.source) if relationship.source else "", relationship.part
            if part is None or part not in names:
                continue
            new_source, new_part = renamed.get(source, relationship.source), renamed.get(part, names[part])
            if resolve_part(new_source, relationship.target) != new_part:
                element.set("Target", posixpath.relpath(f"/{new_part}", posixpath.dirname(f"/{new_source}")))
                is_changed = True
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True) if is_changed else content
