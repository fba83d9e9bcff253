"""Relationships in Office files: references from parts to other parts or to external addresses."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from ipdocs.files.ooxml.names import NAMESPACES, STRICT_NAMESPACES

if TYPE_CHECKING:
    from lxml.etree import _Element

LINK = "hyperlink"
"""The kind of relationship that a program follows only when a reader clicks."""

_REFERENCE_XPATH = (
    f"//@*[namespace-uri()='{NAMESPACES['r']}' or namespace-uri()='{STRICT_NAMESPACES['r']}' or local-name()='relid']"
)
_ABSOLUTE_ADDRESS = re.compile(r"\s*(?:[A-Za-z][A-Za-z0-9+.-]*:|[\\/]{2})")


@dataclass(frozen=True, slots=True)
class Relationship:
    """A reference from a part, or from the file itself, to a part or an external address.

    Attributes:
        source: The name of the part that has the relationship; empty for the file itself.
        id: The identifier by which the source uses the relationship.
        kind: The end of the relationship type, such as "styles".
        target: The address as written.
        part: The name of the target part in lower case, since Office ignores case; None for an external address.
    """

    source: str
    id: str
    kind: str
    target: str
    part: str | None

    @property
    def is_external(self) -> bool:
        """Whether the relationship leads out of the file."""
        return self.part is None


def is_relationships_part(name: str) -> bool:
    """Whether the name of a part is that of a relationships part."""
    return name.lower().endswith(".rels")


def relationships_part(source: str) -> str:
    """Return the name of the relationships part of a source; an empty source means the file itself."""
    folder, file = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def source_part(name: str) -> str:
    """Return the name of the part whose relationships a relationships part contains; empty for the file itself."""
    folder, file = posixpath.split(name)
    return posixpath.join(posixpath.dirname(folder), file[: -len(".rels")])


def read_relationships(name: str, root: _Element) -> Iterator[Relationship]:
    """Yield the relationships in a relationships part, such as word/_rels/document.xml.rels.

    A relationship is external if its mode is not "internal". A relationship other than a link is external, too,
    if its target is an absolute address.
    """
    source = source_part(name)
    for element in root.iter("{*}Relationship"):
        target = element.get("Target", "")
        mode = element.get("TargetMode", "internal").strip().lower()
        kind = element.get("Type", "").strip().rpartition("/")[2]
        is_external = mode != "internal" or (kind != LINK and _ABSOLUTE_ADDRESS.match(target) is not None)
        part = None if is_external else resolve_part(source, target).lower()
        yield Relationship(source, element.get("Id", ""), kind, target, part)


def resolve_part(source: str, target: str) -> str:
    """Resolve the target of a relationship of the part `source` to the name of a part, and decode its percent escapes."""
    path = posixpath.join("/", posixpath.dirname(source), unquote(target.strip()).replace("\\", "/"))
    return posixpath.normpath(path).lstrip("/")


def relationship_references(root: _Element) -> list[tuple[_Element, str]]:
    """Return the elements of a part that refer to a relationship, each with the id of the relationship."""
    references = [(value.getparent(), str(value)) for value in root.xpath(_REFERENCE_XPATH)]
    return [(element, identifier) for element, identifier in references if element is not None and identifier]


def missing_parts(relationships: Iterable[Relationship], names: Iterable[str]) -> list[str]:
    """Return the names of the missing parts to which relationships lead. Links do not count: they may lead to a bookmark."""
    existing = {name.lower() for name in names}
    parts = (relationship.part for relationship in relationships if relationship.kind != LINK and relationship.part is not None)
    return [part for part in dict.fromkeys(parts) if part not in existing]
