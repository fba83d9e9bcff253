"""Relationships of Office files: the references of parts to other parts and to external addresses."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from ipdocs.files.ooxml.names import NAMESPACES, STRICT

if TYPE_CHECKING:
    from lxml.etree import _Element

LINK = "hyperlink"
"""The kind of relationship that is followed only if a reader clicks."""

_REFERENCES = f"//@*[namespace-uri()='{NAMESPACES['r']}' or namespace-uri()='{STRICT['r']}' or local-name()='relid']"
_ADDRESS = re.compile(r"\s*(?:[A-Za-z][A-Za-z0-9+.-]*:|[\\/]{2})")


@dataclass(frozen=True, slots=True)
class Relationship:
    """A reference of a part, or of the file itself.

    Attributes:
        source: The part that has the relationship; empty for the file itself.
        id: The identifier that the part uses.
        kind: The end of its type, such as "styles".
        target: The address as written.
        part: The part it leads to, in lower case, since Office ignores case; None for an external address.
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


def is_relationships(name: str) -> bool:
    """Whether a part contains relationships, by its name."""
    return name.lower().endswith(".rels")


def relationships_part(source: str) -> str:
    """Return the name of the part with the relationships of another part; for an empty name those of the file itself."""
    folder, file = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def source_part(name: str) -> str:
    """Return the part whose relationships are in the part with a given name; empty for those of the file itself."""
    folder, file = posixpath.split(name)
    return posixpath.join(posixpath.dirname(folder), file[: -len(".rels")])


def read_relationships(name: str, root: _Element) -> Iterator[Relationship]:
    """Yield the relationships in a part such as word/_rels/document.xml.rels.

    A relationship is external unless its mode is internal, and also if its target is an absolute address.
    """
    source = source_part(name)
    for element in root.iter("{*}Relationship"):
        target = element.get("Target", "")
        mode = element.get("TargetMode", "internal").strip().lower()
        kind = element.get("Type", "").strip().rpartition("/")[2]
        is_external = mode != "internal" or (kind != LINK and _ADDRESS.match(target) is not None)
        part = None if is_external else resolve_part(source, target).lower()
        yield Relationship(source, element.get("Id", ""), kind, target, part)


def resolve_part(source: str, target: str) -> str:
    """Return the name of the part that a target in another part leads to, without percent escapes."""
    path = posixpath.join("/", posixpath.dirname(source), unquote(target.strip()).replace("\\", "/"))
    return posixpath.normpath(path).lstrip("/")


def relationship_references(root: _Element) -> list[tuple[_Element, str]]:
    """Return the elements of a part that refer to a relationship, each with its id."""
    references = [(value.getparent(), str(value)) for value in root.xpath(_REFERENCES)]
    return [(element, identifier) for element, identifier in references if element is not None and identifier]


def missing_parts(relationships: Iterable[Relationship], names: Iterable[str]) -> list[str]:
    """Return the parts that relationships lead to but that are missing; a link may lead to a place in the text."""
    existing = {name.lower() for name in names}
    parts = (relationship.part for relationship in relationships if relationship.kind != LINK and relationship.part is not None)
    return [part for part in dict.fromkeys(parts) if part not in existing]
