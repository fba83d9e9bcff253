"""Blocks and items that reviewers added, deleted or moved, collected from all files into changes of the source."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from ipdocs.findings import Finding, Location
from ipdocs.model.document import Document
from ipdocs.source.changes import Insertion, SourceChanges
from ipdocs.source.rearrangement import BODY
from ipdocs.source.segment import to_source_text
from ipdocs.source.texts import Keys


@dataclass(slots=True)
class StructureEdits:
    """Added, deleted and moved blocks and items.

    Attributes:
        items: new items by list, index of the item that follows, and number among the new items there; by language.
        paragraphs: new paragraphs by the block before them and number among the new paragraphs there; by language.
        deleted_blocks: the languages in which each block was deleted.
        deleted_items: the languages in which each item was deleted.
        orders: the order of the blocks in each language of each file.
        moved: the new order of blocks, once `resolve` has been called.
        used: the new items and paragraphs of the current file and language.
    """

    items: dict[tuple[Keys, int, int], dict[str, str]] = field(default_factory=dict)
    paragraphs: dict[tuple[str, int], dict[str, str]] = field(default_factory=dict)
    deleted_blocks: dict[str, set[str]] = field(default_factory=dict)
    deleted_items: dict[Keys, set[str]] = field(default_factory=dict)
    orders: list[list[str]] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    used: set[tuple[Keys | str, int, str]] = field(default_factory=set)

    def begin_file(self) -> None:
        """Begin another file or language; its additions may equal those of an earlier one."""
        self.used.clear()

    def add_item(self, keys: Keys, index: int, language: str, text: str) -> None:
        """Record a new item of a list in one language.

        The first new items at a place in each language are one item, the second ones another, and so on.
        """
        number = self._number((*keys, index), language, text, lambda number: self.items.get((keys, index, number), {}))
        self.items.setdefault((keys, index, number), {})[language] = to_source_text((text,))

    def add_paragraph(self, block: str, language: str, text: str) -> None:
        """Record a new paragraph after a block in one language; languages are matched as in `add_item`."""
        number = self._number(block, language, text, lambda number: self.paragraphs.get((block, number), {}))
        self.paragraphs.setdefault((block, number), {})[language] = to_source_text((text,))

    def _number(self, place: Keys | str, language: str, text: str, texts: Callable[[int], Mapping[str, str]]) -> int:
        """Return the first number at a place that the file has not used and that has no different text in the language."""
        new = to_source_text((text,))
        free = (number for number in count() if (place, number, language) not in self.used)
        number = next(number for number in free if texts(number).get(language, new) == new)
        self.used.add((place, number, language))
        return number

    def delete_block(self, block: str, language: str) -> None:
        """Record a block that was deleted in one language."""
        self.deleted_blocks.setdefault(block, set()).add(language)

    def delete_item(self, keys: Keys, language: str) -> None:
        """Record an item that was deleted in one language."""
        self.deleted_items.setdefault(keys, set()).add(language)

    def add_order(self, blocks: list[str]) -> None:
        """Record the order of the blocks in one language of a file."""
        self.orders.append(blocks)

    def resolve(self, document: Document, codes: Sequence[str], findings: list[Finding], path: Path) -> None:
        """Drop deletions that are not made in every language, work out the new order, and add findings on problems."""
        all_codes = set(codes)
        for name, deleted_in in list(self.deleted_blocks.items()):
            if deleted_in != all_codes:
                findings.append(_half_deleted(f"the block '{name}'", deleted_in, all_codes - deleted_in, path))
                del self.deleted_blocks[name]
        for keys, deleted_in in list(self.deleted_items.items()):
            if deleted_in != all_codes:
                findings.append(_half_deleted(f"the item {'.'.join(map(str, keys))}", deleted_in, all_codes - deleted_in, path))
                del self.deleted_items[keys]
        for texts in (*self.items.values(), *self.paragraphs.values()):
            if missing := all_codes - texts.keys():
                message = f"“{next(iter(texts.values()))[:60]}” was added only in {' and '.join(texts)}"
                hint = f"add it in {' and '.join(sorted(missing))}, too"
                findings.append(Finding("missing-translation", message, Location(path), hint, "warning"))
        self.moved = _order(document, self.orders, findings, path)

    def changes(self, document: Document) -> list[SourceChanges]:
        """Return the changes of the source, after `resolve`: first the insertions, then removals and the new order."""
        names = _names(document)
        new = [(keys, index, number, texts) for (keys, index, number), texts in self.items.items()]
        new += [(BODY, _index_after(names, block), number, texts) for (block, number), texts in self.paragraphs.items()]
        new.sort(key=lambda entry: entry[2])
        codes = [*dict.fromkeys(map(str, document.languages))]
        insertions = tuple(
            Insertion(keys, index, {code: texts[code] for code in codes if code in texts}) for keys, index, _, texts in new
        )
        removals = (*self.deleted_items, *((*BODY, names.index(name)) for name in self.deleted_blocks if name in names))
        order = tuple(names.index(name) for name in self.moved)
        return [SourceChanges(insertions=insertions), SourceChanges(removals=removals, order=order)]


def _half_deleted(name: str, deleted_in: set[str], kept_in: set[str], path: Path) -> Finding:
    message = f"{name} was deleted in {' and '.join(sorted(deleted_in))} but not in {' and '.join(sorted(kept_in))}"
    return Finding("half-deleted", message, Location(path), "delete it in every language, or restore it", "warning")


def _names(document: Document) -> list[str]:
    return [str(block.id or getattr(block, "boilerplate", None) or "") for block in document.body]


def _order(document: Document, orders: Sequence[list[str]], findings: list[Finding], path: Path) -> list[str]:
    """Return the new order of the blocks, or an empty list if they were not moved."""
    names = _names(document)
    moved = []
    for order in orders:
        present = [name for name in order if name in names]
        if present != [name for name in names if name in present]:
            moved.append(present)
    if any(order != moved[0] for order in moved[1:]):
        findings.append(
            Finding(
                "orders-differ", "the files have the blocks in different orders", Location(path), "move the blocks in the source"
            )
        )
        return []
    return moved[0] if moved else []


def _index_after(names: list[str], block: str) -> int:
    """Return the index after a block: 0 after the head, the last index after parts that follow the body."""
    if block in names:
        return names.index(block) + 1
    return 0 if block in ("", "head") else len(names)
