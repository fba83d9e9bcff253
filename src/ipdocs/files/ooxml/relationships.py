"""Relationships: what the parts of an Office file refer to, within it and outside it."""

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
"""The kind of relationship that leads a reader somewhere who clicks, and does nothing by itself."""

_USES = f"//@*[namespace-uri()='{NAMESPACES['r']}' or namespace-uri()='{STRICT['r']}' or local-name()='relid']"
_ADDRESS = re.compile(r"\s*(?:[A-Za-z][A-Za-z0-9+.-]*:|[\\/]{2})")


@dataclass(frozen=True, slots=True)
class Relationship:
    """What a part refers to: its source is that part, or nothing for the file itself; its kind the end of its type.

    The part it leads to is given without regard to capitals, as Office compares names; there is none outside the file.
    """

    source: str
    id: str
    kind: str
    target: str
    part: str | None

    @property
    def is_external(self) -> bool:
        """Whether it leads out of the file."""
        return self.part is None


def is_relationships(name: str) -> bool:
    """Whether a part of some name holds relationships."""
    return name.lower().endswith(".rels")


def relationships_name(source: str) -> str:
    """Return the name of the part that holds the relationships of a part, or without one those of the file itself."""
    folder, file = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def relationships(name: str, root: _Element) -> Iterator[Relationship]:
    """Yield the relationships in a part such as word/_rels/document.xml.rels.

    Whatever does not say that it stays within the file leads out of it, and so does any address.
    """
    folder, file = posixpath.split(name)
    source = posixpath.join(posixpath.dirname(folder), file[: -len(".rels")])
    for element in root.iter("{*}Relationship"):
        target = element.get("Target", "")
        mode = element.get("TargetMode", "internal").strip().lower()
        kind = element.get("Type", "").strip().rpartition("/")[2]
        leads_out = mode != "internal" or (kind != LINK and _ADDRESS.match(target) is not None)
        yield Relationship(source, element.get("Id", ""), kind, target, None if leads_out else _part(source, target))


def _part(source: str, target: str) -> str:
    path = posixpath.join("/", posixpath.dirname(source), unquote(target.strip()).replace("\\", "/"))
    return posixpath.normpath(path).lstrip("/").lower()


def relationship_uses(root: _Element) -> list[tuple[_Element, str]]:
    """Return the elements of a part that name a relationship, each with its id."""
    found = [(value.getparent(), str(value)) for value in root.xpath(_USES)]
    return [(element, number) for element, number in found if element is not None and number]


def missing_parts(found: Iterable[Relationship], names: Iterable[str]) -> list[str]:
    """Return the parts that relationships lead to and that are not there; a link may lead to a place in the text."""
    known = {name.lower() for name in names}
    parts = (one.part for one in found if one.kind != LINK and one.part is not None)
    return [part for part in dict.fromkeys(parts) if part not in known]
