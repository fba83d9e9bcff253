"""Count and accept tracked changes in the parts of Word files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ipdocs.files.ooxml.names import NAMESPACES, STRICT_NAMESPACES, local_name

if TYPE_CHECKING:
    from lxml.etree import _Element

_NAMESPACES = (NAMESPACES["w"], STRICT_NAMESPACES["w"], "http://schemas.microsoft.com/office/word/2010/wordml")
_DELETIONS = frozenset(("del", "moveFrom", "conflictDel"))
_INSERTIONS = frozenset(("ins", "moveTo", "conflictIns"))
_CELL_CHANGES = frozenset(("cellIns", "cellDel", "cellMerge"))
_FORMAT_CHANGE_NAMES = """rPrChange pPrChange sectPrChange tblPrChange tblGridChange trPrChange tcPrChange tblPrExChange
    numberingChange"""
_FORMAT_CHANGES = frozenset(_FORMAT_CHANGE_NAMES.split())
"""The elements that hold the earlier format of a run, paragraph, section, table or number."""

_BOUNDARY_NAMES = """moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd customXmlInsRangeStart
    customXmlInsRangeEnd customXmlDelRangeStart customXmlDelRangeEnd customXmlMoveFromRangeStart customXmlMoveFromRangeEnd
    customXmlMoveToRangeStart customXmlMoveToRangeEnd customXmlConflictInsRangeStart customXmlConflictInsRangeEnd
    customXmlConflictDelRangeStart customXmlConflictDelRangeEnd delText delInstrText"""
_BOUNDARIES = frozenset(_BOUNDARY_NAMES.split())
"""The elements that mark the start or end of a change, or occur only in deleted content."""

_FLAGGED_PROPERTIES = frozenset(("rPr", "trPr", "numPr", "ctrlPr"))
"""The properties in which an empty element flags a whole paragraph, row, number or formula as inserted or deleted."""

_BLOCKS = frozenset(("p", "tbl", "sdt"))


def elements_named(root: _Element, names: frozenset[str]) -> Iterator[_Element]:
    """Yield the WordprocessingML elements with certain local names, in the transitional or the strict format."""
    return root.iter(*(f"{{{namespace}}}{name}" for namespace in _NAMESPACES for name in sorted(names)))


def child_named(element: _Element | None, name: str) -> _Element | None:
    """Return the first child with a certain local name, or None if there is no such child."""
    return None if element is None else next((child for child in element if local_name(child) == name), None)


def count_changes(root: _Element) -> int:
    """Return the number of tracked changes in a part: changes to text, paragraphs, tables, numbers and formats."""
    return sum(1 for _ in elements_named(root, _DELETIONS | _INSERTIONS | _CELL_CHANGES | _FORMAT_CHANGES))


def accept_changes(root: _Element) -> None:
    """Accept all tracked changes in a part, in place.

    A paragraph whose end was deleted is joined to the next paragraph. Deleted rows and cells are removed.
    """
    _accept_tables(root)
    to_join = [paragraph for paragraph in elements_named(root, frozenset(("p",))) if _has_deleted_end(paragraph)]
    for change in list(elements_named(root, _DELETIONS | _BOUNDARIES | _FORMAT_CHANGES)):
        _remove(change)
    for change in list(elements_named(root, _INSERTIONS)):
        if _is_flag(change):
            _remove(change)
        else:
            unwrap(change)
    for paragraph in reversed(to_join):
        join_to_next(paragraph)
    _complete_tables(root)


def unwrap(element: _Element) -> None:
    """Replace an element with its children."""
    parent = element.getparent()
    if parent is not None:
        index = parent.index(element)
        parent[index : index + 1] = list(element)


def _remove(element: _Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _is_flag(change: _Element) -> bool:
    """Whether a change is an empty element that flags a whole paragraph, row, number or formula."""
    parent = change.getparent()
    return parent is not None and local_name(parent) in _FLAGGED_PROPERTIES


def _accept_tables(root: _Element) -> None:
    """Accept the changes to cells, and remove deleted rows."""
    for change in list(elements_named(root, _CELL_CHANGES)):
        cell_properties = change.getparent()
        if local_name(change) == "cellDel" and cell_properties is not None and (cell := cell_properties.getparent()) is not None:
            _remove(cell)
        elif local_name(change) == "cellMerge" and cell_properties is not None:
            _merge(change, cell_properties)
        else:
            _remove(change)
    for properties in list(elements_named(root, frozenset(("trPr",)))):
        row = properties.getparent()
        if row is not None and any(child_named(properties, name) is not None for name in _DELETIONS):
            _remove(row)


def _merge(change: _Element, properties: _Element) -> None:
    """Replace the change of a merged cell with the property for a cell that continues or starts a vertical merge."""
    namespace = str(change.tag).rpartition("}")[0] + "}"
    state = {"cont": "continue", "rest": "restart"}.get(change.get(f"{namespace}vMerge", ""))
    index = properties.index(change)
    for merge in [child for child in properties if local_name(child) == "vMerge"]:
        _remove(merge)
    _remove(change)
    if state:
        merge = properties.makeelement(f"{namespace}vMerge", {f"{namespace}val": state})
        properties.insert(min(index, len(properties)), merge)


def _has_deleted_end(paragraph: _Element) -> bool:
    end_properties = child_named(child_named(paragraph, "pPr"), "rPr")
    return any(child_named(end_properties, name) is not None for name in _DELETIONS)


def join_to_next(paragraph: _Element) -> None:
    """Move the content of a paragraph to the start of the next paragraph, unless a section ends between the two."""
    if child_named(child_named(paragraph, "pPr"), "sectPr") is not None:
        return
    content = [child for child in paragraph if local_name(child) != "pPr"]
    next_block = paragraph.getnext()
    while next_block is not None and local_name(next_block) not in _BLOCKS:
        next_block = next_block.getnext()
    if next_block is not None and local_name(next_block) == "p":
        start = 0 if child_named(next_block, "pPr") is None else 1
        next_block[start:start] = content
        _remove(paragraph)
    elif not content and any(local_name(block) in _BLOCKS for block in paragraph.itersiblings()):
        _remove(paragraph)


def _complete_tables(root: _Element) -> None:
    """Remove empty rows and tables, and end each cell with a paragraph, which the schema requires."""
    for row in list(elements_named(root, frozenset(("tr",)))):
        if not any(local_name(cell) in ("tc", "sdt", "customXml") for cell in row):
            _remove(row)
    for table in list(elements_named(root, frozenset(("tbl",)))):
        if not any(local_name(row) in ("tr", "sdt", "customXml") for row in table):
            _remove(table)
    for cell in list(elements_named(root, frozenset(("tc",)))):
        if not len(cell) or local_name(cell[-1]) not in ("p", "sdt", "customXml"):
            cell.append(cell.makeelement(str(cell.tag).rpartition("}")[0] + "}p"))
