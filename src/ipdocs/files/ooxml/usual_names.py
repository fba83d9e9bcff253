"""Find the parts of a Word file by their relationships, and the names that programs usually give to these parts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ipdocs.files.ooxml.names import MAIN_PART, qualified_name, strict_name
from ipdocs.files.ooxml.relationships import Relationship, read_relationships, relationships_part
from ipdocs.files.reading import UnsafeFile
from ipdocs.files.xml import parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

_SINGLE_PARTS = {kind: f"word/{kind}.xml" for kind in ("styles", "numbering", "settings", "footnotes", "endnotes", "comments")}
"""The usual name of each part that a Word file has at most once, keyed by the kind of relationship to it."""

_PART_PREFIXES = {kind: f"word/{kind}" for kind in ("header", "footer")}
"""How the names of the parts of a kind usually begin; a Word file may have several of them."""

_WORKBOOK = "xl/workbook.xml"
_MAIN_NAMES = {
    form(name): part
    for name, part in (("w:document", MAIN_PART), ("x:workbook", _WORKBOOK))
    for form in (qualified_name, strict_name)
}
"""The usual name of the main part, keyed by its root element."""


def usual_names(names: Mapping[str, str], parts: Mapping[str, bytes], path: Path) -> dict[str, str | None]:
    """Return the usual names of the main part and of the parts to which it has relationships.

    Args:
        names: The names of the parts, keyed by the name in lower case and without escapes.
        parts: The parts, keyed by name.
        path: The path of the file, for the locations of findings.

    Returns:
        The usual names, keyed as `names`. The value is None for a part that has a usual name although no relationship leads to
        it, so that no program would open it. The result is empty if no relationship leads to a main part.
    """
    main = next((entry.part for entry in _relationships("", names, parts, path) if entry.kind == "officeDocument"), None)
    if main is None or main not in names:
        return {}
    main_name = names[main] if names[main] in _MAIN_NAMES.values() else _main_name(names[main], parts, path)
    usual: dict[str, str | None] = {main: main_name} if main_name else {}
    if main_name == MAIN_PART:
        for entry in _relationships(main, names, parts, path):
            if entry.part is None or entry.part not in names or entry.part in usual:
                continue
            if (name := _SINGLE_PARTS.get(entry.kind)) and name not in usual.values():
                usual[entry.part] = name
            elif (prefix := _PART_PREFIXES.get(entry.kind)) and not names[entry.part].startswith(prefix):
                usual[entry.part] = f"{prefix}-{len(usual)}.xml"
    reserved = {MAIN_PART, *_SINGLE_PARTS.values()} if main_name == MAIN_PART else {main_name}
    return usual | dict.fromkeys(key for key in names if key in reserved and key not in usual)


def _relationships(source: str, names: Mapping[str, str], parts: Mapping[str, bytes], path: Path) -> list[Relationship]:
    """Return the relationships of a source; none if its relationships part is missing or broken, which is reported elsewhere."""
    name = names.get(relationships_part(source))
    root = _root(name, parts, path) if name is not None else None
    return list(read_relationships(relationships_part(source), root)) if root is not None else []


def _main_name(name: str, parts: Mapping[str, bytes], path: Path) -> str | None:
    root = _root(name, parts, path)
    return _MAIN_NAMES.get(str(root.tag)) if root is not None else None


def _root(name: str, parts: Mapping[str, bytes], path: Path) -> _Element | None:
    try:
        return parse_xml(parts[name], path, name)
    except UnsafeFile:
        return None
