"""Blocks and items that reviewers put in, took out or moved: gathered from all files, then one change of the source."""

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
class Structure:
    """What changes in the order and number of blocks and items, by language.

    New items stand before the index they name; new paragraphs behind the block they name.
    """

    items: dict[tuple[Keys, int, int], dict[str, str]] = field(default_factory=dict)
    paragraphs: dict[tuple[str, int], dict[str, str]] = field(default_factory=dict)
    gone_blocks: dict[str, set[str]] = field(default_factory=dict)
    gone_items: dict[Keys, set[str]] = field(default_factory=dict)
    orders: list[list[str]] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    noted: set[tuple[Keys | str, int, str]] = field(default_factory=set)

    def begin(self) -> None:
        """Begin with another file or language: what it adds may have been added by an earlier one, too."""
        self.noted.clear()

    def item(self, keys: Keys, index: int, language: str, text: str) -> None:
        """Note a new item of a list in one language; the first of each language at a place are one, and so on."""
        number = self._number((*keys, index), language, text, lambda number: self.items.get((keys, index, number), {}))
        self.items.setdefault((keys, index, number), {})[language] = to_source_text((text,))

    def paragraph(self, block: str, language: str, text: str) -> None:
        """Note a new paragraph behind a block in one language; see `item`."""
        number = self._number(block, language, text, lambda number: self.paragraphs.get((block, number), {}))
        self.paragraphs.setdefault((block, number), {})[language] = to_source_text((text,))

    def _number(self, place: Keys | str, language: str, text: str, texts: Callable[[int], Mapping[str, str]]) -> int:
        """Return the first number at a place that has no other text in a language, and that this file has not used."""
        new = to_source_text((text,))
        free = (number for number in count() if (place, number, language) not in self.noted)
        number = next(number for number in free if texts(number).get(language, new) == new)
        self.noted.add((place, number, language))
        return number

    def gone(self, block: str, language: str) -> None:
        """Note a block that is gone in one language."""
        self.gone_blocks.setdefault(block, set()).add(language)

    def gone_item(self, keys: Keys, language: str) -> None:
        """Note an item that is gone in one language."""
        self.gone_items.setdefault(keys, set()).add(language)

    def order(self, blocks: list[str]) -> None:
        """Note in which order the blocks stand in one language of a file."""
        self.orders.append(blocks)

    def settle(self, document: Document, written: Sequence[str], findings: list[Finding], path: Path) -> None:
        """Keep what all languages agree on; what is gone in one language alone is a finding and stays."""
        everyone = set(written)
        for name, codes in list(self.gone_blocks.items()):
            if codes != everyone:
                findings.append(_half(f"the block '{name}'", codes, everyone - codes, path))
                del self.gone_blocks[name]
        for keys, codes in list(self.gone_items.items()):
            if codes != everyone:
                findings.append(_half(f"the item {'.'.join(map(str, keys))}", codes, everyone - codes, path))
                del self.gone_items[keys]
        for texts in (*self.items.values(), *self.paragraphs.values()):
            if missing := everyone - texts.keys():
                message = f"“{next(iter(texts.values()))[:60]}” is new in {' and '.join(texts)} alone"
                hint = f"write it in {' and '.join(sorted(missing))} too"
                findings.append(Finding("missing-translation", message, Location(path), hint, "warning"))
        self.moved = _order(document, self.orders, findings, path)

    def changes(self, document: Document) -> list[SourceChanges]:
        """Return what changes in a source, once it is settled: what is put in, and what is taken out and moved."""
        names = _names(document)
        new = [(keys, index, number, texts) for (keys, index, number), texts in self.items.items()]
        new += [(BODY, _index_behind(names, block), number, texts) for (block, number), texts in self.paragraphs.items()]
        new.sort(key=lambda entry: entry[2])
        written_in = [*dict.fromkeys(map(str, document.languages))]
        insertions = tuple(
            Insertion(keys, index, {code: texts[code] for code in written_in if code in texts}) for keys, index, _, texts in new
        )
        removals = (*self.gone_items, *((*BODY, names.index(name)) for name in self.gone_blocks if name in names))
        order = tuple(names.index(name) for name in self.moved)
        return [SourceChanges(insertions=insertions), SourceChanges(removals=removals, order=order)]


def _half(what: str, gone: set[str], left: set[str], path: Path) -> Finding:
    message = f"{what} is gone in {' and '.join(sorted(gone))}, and stands in {' and '.join(sorted(left))}"
    return Finding("half-deleted", message, Location(path), "delete it in the source, or in the other file too", "warning")


def _names(document: Document) -> list[str]:
    return [str(block.id or getattr(block, "boilerplate", None) or "") for block in document.body]


def _order(document: Document, orders: Sequence[list[str]], findings: list[Finding], path: Path) -> list[str]:
    """Return the order of blocks that files show, or nothing where it is the source's."""
    known = _names(document)
    moved = []
    for order in orders:
        own = [name for name in order if name in known]
        if own != [name for name in known if name in own]:
            moved.append(own)
    if any(order != moved[0] for order in moved[1:]):
        findings.append(
            Finding("orders-differ", "blocks were moved in different ways", Location(path), "move them in the source")
        )
        return []
    return moved[0] if moved else []


def _index_behind(names: list[str], block: str) -> int:
    """Return the index behind a block: the first behind the head, the last behind what follows the body."""
    if block in names:
        return names.index(block) + 1
    return 0 if block in ("", "head") else len(names)
