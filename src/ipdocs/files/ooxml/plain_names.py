"""Give plain names to parts of Office files whose names have spaces, percent escapes or other unusual characters.

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
from ipdocs.files.reading import FileProblem, UnsafeFile
from ipdocs.files.xml import parse_xml

_UNUSUAL_CHARACTER = re.compile(r"[^\w./\\()\[\]-]", re.ASCII)


def with_plain_names(parts: Mapping[str, bytes], path: Path, max_xml: int) -> dict[str, bytes]:
    """Give the parts of an Office file plain names, and write these names into its relationships and content types.

    Args:
        parts: The parts, keyed by name.
        path: The path of the file, for the locations of findings.
        max_xml: Maximum size of the relationships and content types, in bytes. If they are larger, no part is renamed.

    Returns:
        The parts, keyed by their plain names.

    Raises:
        UnsafeFile: Two names differ only in escapes or case, or the relationships or content types are not XML.
    """
    reference_parts = {name for name in parts if is_relationships_part(_key(name)) or _key(name) == CONTENT_TYPES_PART.lower()}
    has_unusual_name = any(_UNUSUAL_CHARACTER.search(name) for name in parts)
    if not has_unusual_name or sum(len(parts[name]) for name in reference_parts) > max_xml:
        return dict(parts)
    renamed = _new_names(parts, path)
    return {
        renamed.get(_key(name), name): _with_new_references(name, content, path, renamed) if name in reference_parts else content
        for name, content in parts.items()
    }


def _key(name: str) -> str:
    """Return the name of a part without escapes and in lower case, for comparison with the targets of relationships."""
    return resolve_part("", name).lower()


def _new_names(parts: Mapping[str, bytes], path: Path) -> dict[str, str]:
    """Return the new names of the parts to rename, keyed by `_key`; a part and its relationships are renamed together."""
    original_names: dict[str, str] = {}
    for name in parts:
        if original_names.setdefault(_key(name), name) != name:
            hint = "get the file again, or save it again in Word or LibreOffice"
            raise UnsafeFile(path, [FileProblem("unsafe-path", f"it has two parts named {name[:80]!r}", hint)])
    taken = {name.lower() for name in parts if not _UNUSUAL_CHARACTER.search(name)}
    numbers = count(2)
    renamed: dict[str, str] = {}
    for key, name in sorted(original_names.items(), key=lambda entry: is_relationships_part(entry[0])):
        source = source_part(key) if is_relationships_part(key) else ""
        if source and source in renamed:
            renamed[key] = relationships_part(renamed[source])
        elif _UNUSUAL_CHARACTER.search(name):
            new_name = _UNUSUAL_CHARACTER.sub("_", resolve_part("", name)) or "_"
            stem, extension = posixpath.splitext(new_name)
            while not taken.isdisjoint(new_names := {new_name.lower(), relationships_part(new_name).lower()}):
                new_name = f"{stem}-{next(numbers)}{extension}"
            renamed[key] = new_name
            taken |= new_names
    return renamed


def _with_new_references(name: str, content: bytes, path: Path, renamed: Mapping[str, str]) -> bytes:
    """Return a relationships part or the list of content types, with the new names of renamed parts."""
    from lxml import etree

    root = parse_xml(content, path, name)
    if not is_relationships_part(_key(name)):
        for override in root.iter(qualified_name("ct:Override")):
            if (key := _key(override.get("PartName", ""))) in renamed:
                override.set("PartName", f"/{renamed[key]}")
    else:
        relationships = read_relationships(resolve_part("", name), root)
        for element, relationship in zip(root.iter("{*}Relationship"), relationships, strict=True):
            if relationship.part is not None and relationship.part in renamed:
                source = renamed.get(_key(relationship.source), relationship.source)
                folder = posixpath.dirname(f"/{source}")
                element.set("Target", posixpath.relpath(f"/{renamed[relationship.part]}", folder))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
