"""Collect the blocks and items that reviewers added, deleted or moved, and turn them into changes to the source."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from ipdocs.findings import Finding, Location
from ipdocs.model.document import Document
from ipdocs.review.word.shifted_characters import restore_shifts
from ipdocs.source.changes import Insertion, SourceChanges
from ipdocs.source.differences import compare
from ipdocs.source.rearrangement import BODY
from ipdocs.source.segment import to_source_text
from ipdocs.source.texts import Keys, iter_texts


@dataclass(frozen=True, slots=True)
class ReviewChange:
    """A change by a reviewer.

    Attributes:
        block: the id of the block.
        language: the code of the language.
        kind: "text changed", "item added", "block deleted" and so on.
        text: the new or deleted words.
        authors: the authors of tracked changes in the paragraph.
        keys: for an item that was deleted, its place.
    """

    block: str
    language: str
    kind: str
    text: str
    authors: tuple[str, ...] = ()
    keys: Keys = ()


@dataclass(slots=True)
class StructureEdits:
    """Added, deleted and moved blocks and items.

    Attributes:
        items: the text of each new item, keyed by language. The outer key is the list, the index where the item is inserted,
            and the item's number among the new items at this index.
        paragraphs: the text of each new paragraph, keyed by language. The outer key is the block before the paragraph, and
            the paragraph's number among the new paragraphs after this block.
        deleted_blocks: the languages in which each block was deleted.
        deleted_items: the languages in which each item was deleted.
        orders: the order of the blocks in each language of each file.
        new_order: the ids of the blocks in their new order, set by `resolve`; empty if no block was moved.
        used_numbers: the place, number and language of each new item or paragraph in the current language of the current file.
    """

    items: dict[tuple[Keys, int, int], dict[str, str]] = field(default_factory=dict)
    paragraphs: dict[tuple[str, int], dict[str, str]] = field(default_factory=dict)
    deleted_blocks: dict[str, set[str]] = field(default_factory=dict)
    deleted_items: dict[Keys, set[str]] = field(default_factory=dict)
    orders: list[list[str]] = field(default_factory=list)
    new_order: list[str] = field(default_factory=list)
    used_numbers: set[tuple[Keys | str, int, str]] = field(default_factory=set)

    def begin_file(self) -> None:
        """Begin another file or language; texts added in it may be equal to texts added in earlier files or languages."""
        self.used_numbers.clear()

    def add_item(self, keys: Keys, index: int, language: str, text: str) -> None:
        """Record a new list item in one language.

        Languages are matched in order: the first new item at an index in one language translates the first in another.
        """
        number = self._free_number((*keys, index), language, text, lambda number: self.items.get((keys, index, number), {}))
        self.items.setdefault((keys, index, number), {})[language] = to_source_text(restore_shifts((text,)))

    def add_paragraph(self, block: str, language: str, text: str) -> None:
        """Record a new paragraph after a block in one language; languages are matched as in `add_item`."""
        number = self._free_number(block, language, text, lambda number: self.paragraphs.get((block, number), {}))
        self.paragraphs.setdefault((block, number), {})[language] = to_source_text(restore_shifts((text,)))

    def _free_number(self, place: Keys | str, language: str, text: str, texts: Callable[[int], Mapping[str, str]]) -> int:
        """Return the number for a new text at a place.

        It is the first number that is unused in the current file, and for which other files have the same text or none.
        """
        source_text = to_source_text(restore_shifts((text,)))
        unused_numbers = (number for number in count() if (place, number, language) not in self.used_numbers)
        number = next(number for number in unused_numbers if texts(number).get(language, source_text) == source_text)
        self.used_numbers.add((place, number, language))
        return number

    def delete_block(self, block: str, language: str) -> None:
        """Record that a block was deleted in one language."""
        self.deleted_blocks.setdefault(block, set()).add(language)

    def delete_item(self, keys: Keys, language: str) -> None:
        """Record that an item was deleted in one language."""
        self.deleted_items.setdefault(keys, set()).add(language)

    def add_order(self, blocks: list[str]) -> None:
        """Record the order of the blocks in one language of a file."""
        self.orders.append(blocks)

    def resolve(self, document: Document, codes: Sequence[str], findings: list[Finding], path: Path) -> None:
        """Drop incomplete deletions, and set the new order of the blocks.

        Args:
            document: the document of the source.
            codes: the codes of the document's languages; a deletion must be made in all of them.
            findings: receives findings about problems.
            path: the path of the source file.
        """
        all_codes = set(codes)
        for block, deleted_in in list(self.deleted_blocks.items()):
            if deleted_in != all_codes:
                findings.append(_half_deleted_finding(f"the block '{block}'", deleted_in, all_codes - deleted_in, path))
                del self.deleted_blocks[block]
        for keys, deleted_in in list(self.deleted_items.items()):
            if deleted_in != all_codes:
                item = f"the item {_item_name(document, keys)}"
                findings.append(_half_deleted_finding(item, deleted_in, all_codes - deleted_in, path))
                del self.deleted_items[keys]
        for texts in (*self.items.values(), *self.paragraphs.values()):
            if missing := all_codes - texts.keys():
                message = f"“{next(iter(texts.values()))[:60]}” was added only in {' and '.join(texts)}"
                hint = f"add the text in {' and '.join(sorted(missing))}, too"
                findings.append(Finding("missing-translation", message, Location(path), hint, "warning"))
        self.new_order = _new_order(document, self.orders, findings, path)

    def is_made(self, change: ReviewChange) -> bool:
        """Whether a change is made in the source: a deletion only if it is in every language. Call `resolve` first."""
        if change.kind == "item deleted":
            return change.keys in self.deleted_items
        return change.kind != "block deleted" or change.block in self.deleted_blocks

    def moves(self, document: Document) -> list[ReviewChange]:
        """Return a change for each block that was moved, in all languages. Call `resolve` first."""
        blocks = [block for block in _block_ids(document) if block in self.new_order]
        codes = ", ".join(dict.fromkeys(map(str, document.languages)))
        return [
            ReviewChange(block, codes, "block moved", "")
            for kind, _, _, start, end in compare(blocks, self.new_order)
            if kind in ("insert", "replace")
            for block in self.new_order[start:end]
        ]

    def changes(self, document: Document) -> list[SourceChanges]:
        """Return the changes to the source, first the insertions, then the removals and the new order. Call `resolve` first."""
        block_ids = _block_ids(document)
        new_entries = [(keys, index, number, texts) for (keys, index, number), texts in self.items.items()]
        new_entries += [
            (BODY, _index_after(block_ids, block), number, texts) for (block, number), texts in self.paragraphs.items()
        ]
        new_entries.sort(key=lambda entry: entry[2])
        codes = [*dict.fromkeys(map(str, document.languages))]
        insertions = tuple(
            Insertion(keys, index, {code: texts[code] for code in codes if code in texts})
            for keys, index, _, texts in new_entries
        )
        removals = (
            *self.deleted_items,
            *((*BODY, block_ids.index(block)) for block in self.deleted_blocks if block in block_ids),
        )
        order = tuple(block_ids.index(block) for block in self.new_order)
        return [SourceChanges(insertions=insertions), SourceChanges(removals=removals, order=order)]


def _item_name(document: Document, keys: Keys) -> str:
    """Return the dotted name of an item, such as rules.list.items.1."""
    return next((place.name for place in iter_texts(document) if place.keys == keys), ".".join(map(str, keys)))


def _half_deleted_finding(subject: str, deleted_in: set[str], present_in: set[str], path: Path) -> Finding:
    message = f"{subject} was deleted in {' and '.join(sorted(deleted_in))} but not in {' and '.join(sorted(present_in))}"
    hint = "delete the text in every language, or restore it"
    return Finding("half-deleted", message, Location(path), hint, "warning")


def _block_ids(document: Document) -> list[str]:
    return [str(block.id or getattr(block, "boilerplate", None) or "") for block in document.body]


def _new_order(document: Document, orders: Sequence[list[str]], findings: list[Finding], path: Path) -> list[str]:
    """Return the new order of the blocks, or an empty list if they were not moved."""
    block_ids = _block_ids(document)
    new_orders = []
    for order in orders:
        known_ids = [block for block in order if block in block_ids]
        if known_ids != [block for block in block_ids if block in known_ids]:
            new_orders.append(known_ids)
    if any(order != new_orders[0] for order in new_orders[1:]):
        message = "the files have the blocks in different orders"
        findings.append(Finding("orders-differ", message, Location(path), "move the blocks in the source"))
        return []
    return new_orders[0] if new_orders else []


def _index_after(block_ids: list[str], block: str) -> int:
    """Return the index in the body after a block: 0 for the head, and the end of the body for a block that follows the body."""
    if block in block_ids:
        return block_ids.index(block) + 1
    return 0 if block in ("", "_head") else len(block_ids)
