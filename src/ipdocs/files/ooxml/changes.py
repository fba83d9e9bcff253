"""Tracked changes in parts of Word files: how many there are, and a part as it reads once they are accepted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ipdocs.files.ooxml.names import NAMESPACES, STRICT, local_name

if TYPE_CHECKING:
    from lxml.etree import _Element

_NAMESPACES = (NAMESPACES["w"], STRICT["w"], "http://schemas.microsoft.com/office/word/2010/wordml")
_REMOVED = frozenset(("del", "moveFrom", "conflictDel"))
_ADDED = frozenset(("ins", "moveTo", "conflictIns"))
_CELLS = frozenset(("cellIns", "cellDel", "cellMerge"))
_PROPERTY_CHANGES = (
    """rPrChange pPrChange sectPrChange tblPrChange tblGridChange trPrChange tcPrChange tblPrExChange numberingChange"""
)
_PROPERTIES = frozenset(_PROPERTY_CHANGES.split())
_BOUNDARY_NAMES = """moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd customXmlInsRangeStart
    customXmlInsRangeEnd customXmlDelRangeStart customXmlDelRangeEnd customXmlMoveFromRangeStart customXmlMoveFromRangeEnd
    customXmlMoveToRangeStart customXmlMoveToRangeEnd customXmlConflictInsRangeStart customXmlConflictInsRangeEnd
    customXmlConflictDelRangeStart customXmlConflictDelRangeEnd delText delInstrText"""
_BOUNDARIES = frozenset(_BOUNDARY_NAMES.split())
"""What stands at the ends of changes, or only within what is deleted."""

_HOLDERS = frozenset(("rPr", "trPr", "numPr", "ctrlPr"))
"""The properties in which a change is a mark of a paragraph, row, number or formula, and holds nothing itself."""

_BLOCKS = frozenset(("p", "tbl", "sdt"))


def elements_named(root: _Element, names: frozenset[str]) -> Iterator[_Element]:
    """Yield the elements of WordprocessingML of some local names, in both forms of the format."""
    return root.iter(*(f"{{{namespace}}}{name}" for namespace in _NAMESPACES for name in sorted(names)))


def child_named(element: _Element | None, name: str) -> _Element | None:
    """Return the first child of a local name, or None."""
    return None if element is None else next((child for child in element if local_name(child) == name), None)


def count_changes(root: _Element) -> int:
    """Return how many tracked changes a part has, of text, paragraphs, tables, numbers and formats."""
    return sum(1 for _ in elements_named(root, _REMOVED | _ADDED | _CELLS | _PROPERTIES))


def accept_changes(root: _Element) -> None:
    """Make a part what it reads once all changes are accepted: what was inserted is there, what was deleted is gone.

    A paragraph whose end was deleted goes on as the one behind it; rows and cells that were deleted go whole.
    """
    _accept_tables(root)
    joined = [paragraph for paragraph in elements_named(root, frozenset(("p",))) if _has_deleted_end(paragraph)]
    for change in list(elements_named(root, _REMOVED | _BOUNDARIES | _PROPERTIES)):
        _remove(change)
    for change in list(elements_named(root, _ADDED)):
        if _is_mark(change):
            _remove(change)
        else:
            unwrap(change)
    for paragraph in reversed(joined):
        _join(paragraph)
    _complete_tables(root)


def unwrap(element: _Element) -> None:
    """Put what an element holds in its place."""
    parent = element.getparent()
    if parent is not None:
        at = parent.index(element)
        parent[at : at + 1] = list(element)


def _remove(element: _Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _is_mark(change: _Element) -> bool:
    parent = change.getparent()
    return parent is not None and local_name(parent) in _HOLDERS


def _accept_tables(root: _Element) -> None:
    for mark in list(elements_named(root, _CELLS)):
        cell = mark.getparent()
        if local_name(mark) == "cellDel" and cell is not None and (cell := cell.getparent()) is not None:
            _remove(cell)
        elif local_name(mark) == "cellMerge" and cell is not None:
            _merge(mark, cell)
        else:
            _remove(mark)
    for properties in list(elements_named(root, frozenset(("trPr",)))):
        row = properties.getparent()
        if row is not None and any(child_named(properties, name) is not None for name in _REMOVED):
            _remove(row)


def _merge(mark: _Element, properties: _Element) -> None:
    """Let a cell be one with the cells above it, or begin such cells, as its mark says."""
    namespace = str(mark.tag).rpartition("}")[0] + "}"
    state = {"cont": "continue", "rest": "restart"}.get(mark.get(f"{namespace}vMerge", ""))
    at = properties.index(mark)
    for merged in [child for child in properties if local_name(child) == "vMerge"]:
        _remove(merged)
    _remove(mark)
    if state:
        merged = properties.makeelement(f"{namespace}vMerge", {f"{namespace}val": state})
        properties.insert(min(at, len(properties)), merged)


def _has_deleted_end(paragraph: _Element) -> bool:
    mark = child_named(child_named(paragraph, "pPr"), "rPr")
    return any(child_named(mark, name) is not None for name in _REMOVED)


def _join(paragraph: _Element) -> None:
    """Put what is left of a paragraph before what the next one holds; a section's last paragraph stays."""
    if child_named(child_named(paragraph, "pPr"), "sectPr") is not None:
        return
    rest = [child for child in paragraph if local_name(child) != "pPr"]
    following = paragraph.getnext()
    while following is not None and local_name(following) not in _BLOCKS:
        following = following.getnext()
    if following is not None and local_name(following) == "p":
        at = 0 if child_named(following, "pPr") is None else 1
        following[at:at] = rest
        _remove(paragraph)
    elif not rest and any(local_name(block) in _BLOCKS for block in paragraph.itersiblings()):
        _remove(paragraph)


def _complete_tables(root: _Element) -> None:
    """Take out rows and tables that have nothing left, and give each cell the paragraph that it must have."""
    for row in list(elements_named(root, frozenset(("tr",)))):
        if not any(local_name(cell) in ("tc", "sdt", "customXml") for cell in row):
            _remove(row)
    for table in list(elements_named(root, frozenset(("tbl",)))):
        if not any(local_name(row) in ("tr", "sdt", "customXml") for row in table):
            _remove(table)
    for cell in list(elements_named(root, frozenset(("tc",)))):
        if not len(cell) or local_name(cell[-1]) not in ("p", "sdt", "customXml"):
            cell.append(cell.makeelement(str(cell.tag).rpartition("}")[0] + "}p"))
