"""Blocks and items that reviewers put in, took out or moved: gathered from all files, then done in the source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from ipdocs.findings import Finding, Location
from ipdocs.model.document import Document
from ipdocs.source.file import SourceText
from ipdocs.source.rearrangement import insert_item, insert_paragraph, reorder, take_out
from ipdocs.source.segment import written
from ipdocs.source.shape import Path as Keys


@dataclass(slots=True)
class Structure:
    """What changes in the order and number of blocks and items, by language.

    New items stand before the index they name; new paragraphs behind the block they name.
    """

    items: dict[tuple[Keys, int, int], dict[str, str]] = field(default_factory=dict)
    paragraphs: dict[tuple[str, int], dict[str, str]] = field(default_factory=dict)
    gone_blocks: dict[str, set[str]] = field(default_factory=dict)
    gone_items: dict[Keys, set[str]] = field(default_factory=dict)
    orders: dict[str, list[str]] = field(default_factory=dict)
    moved: list[str] = field(default_factory=list)

    @property
    def changes(self) -> bool:
        """Whether anything changes."""
        return bool(self.items or self.paragraphs or self.gone_blocks or self.gone_items or self.moved)

    def item(self, keys: Keys, index: int, language: str, text: str) -> None:
        """Note a new item of a list in one language; the first of each language at a place are one, and so on."""
        number = next(one for one in count() if language not in self.items.get((keys, index, one), {}))
        self.items.setdefault((keys, index, number), {})[language] = written((text,))

    def paragraph(self, block: str, language: str, text: str) -> None:
        """Note a new paragraph behind a block in one language."""
        number = next(one for one in count() if language not in self.paragraphs.get((block, one), {}))
        self.paragraphs.setdefault((block, number), {})[language] = written((text,))

    def gone(self, block: str, language: str) -> None:
        """Note a block that is gone in one language."""
        self.gone_blocks.setdefault(block, set()).add(language)

    def gone_item(self, keys: Keys, language: str) -> None:
        """Note an item that is gone in one language."""
        self.gone_items.setdefault(keys, set()).add(language)

    def order(self, language: str, blocks: list[str]) -> None:
        """Note in which order the blocks stand in one language."""
        self.orders[language] = blocks

    def settle(self, document: Document, written: Sequence[str], findings: list[Finding], path: Path) -> None:
        """Keep what all languages agree on; what is gone in one language alone is a finding and stays."""
        everyone = set(written)
        for name, shorts in list(self.gone_blocks.items()):
            if shorts != everyone:
                findings.append(_half(f"the block '{name}'", shorts, everyone - shorts, path))
                del self.gone_blocks[name]
        for keys, shorts in list(self.gone_items.items()):
            if shorts != everyone:
                findings.append(_half(f"the item {'.'.join(map(str, keys))}", shorts, everyone - shorts, path))
                del self.gone_items[keys]
        for texts in (*self.items.values(), *self.paragraphs.values()):
            if missing := everyone - texts.keys():
                said = next(iter(texts.values()))
                message = f"“{said[:60]}” is new in {' and '.join(texts)} alone"
                hint = f"write it in {' and '.join(sorted(missing))} too"
                findings.append(Finding("missing-translation", message, Location(path), hint, "warning"))
        self.moved = _order(document, self.orders, findings, path)


def _half(what: str, gone: set[str], left: set[str], path: Path) -> Finding:
    message = f"{what} is gone in {' and '.join(sorted(gone))}, and stands in {' and '.join(sorted(left))}"
    return Finding("half-deleted", message, Location(path), "delete it in the source, or in the other file too", "warning")


def _names(document: Document) -> list[str]:
    return [str(block.id or getattr(block, "boilerplate", None) or "") for block in document.body]


def _order(document: Document, orders: dict[str, list[str]], findings: list[Finding], path: Path) -> list[str]:
    """Return the order of blocks that files show, or nothing where it is the source's."""
    known = _names(document)
    found = []
    for order in orders.values():
        own = [name for name in order if name in known]
        if own != [name for name in known if name in own]:
            found.append(own)
    if any(one != found[0] for one in found[1:]):
        findings.append(
            Finding("orders-differ", "blocks were moved otherwise in each language", Location(path), "move them in the source")
        )
        return []
    return found[0] if found else []


def restructured(file: SourceText, made: Structure, document: Document) -> str:
    """Return a source with its blocks and items as reviewers left them; what stands last is done first, so that places hold."""
    names = _names(document)
    text = file.text

    def again() -> SourceText:
        return SourceText(file.path, text)

    def place(keys: Keys) -> tuple[int, ...]:
        return tuple(one for one in keys if isinstance(one, int))

    edits = [((*place(keys), index, 1, number), keys, index, texts) for (keys, index, number), texts in made.items.items()]
    removals = [((*place(keys), 0, 0), keys, None, None) for keys in made.gone_items]
    for _, keys, index, texts in sorted([*edits, *removals], key=lambda one: one[0], reverse=True):
        text = take_out(again(), keys) if index is None or texts is None else insert_item(again(), keys, index, texts)
    for (block, _), texts in sorted(made.paragraphs.items(), key=lambda one: (-_index(names, one[0][0]), -one[0][1])):
        index = _index(names, block) + 1
        text = insert_paragraph(again(), index, _free(names), texts)
        names.insert(index, _free(names))
    for name in made.gone_blocks:
        if name in names:
            text = take_out(again(), ("body", names.index(name)))
            names.remove(name)
    if made.moved:
        text = reorder(again(), _places(names, made.moved))
    return text


def _index(names: list[str], block: str) -> int:
    return names.index(block) if block in names else -1 if block == "head" or not block else len(names) - 1


def _free(names: list[str]) -> str:
    return next(f"added-{number}" for number in count(1) if f"added-{number}" not in names)


def _places(names: list[str], order: list[str]) -> list[int]:
    """Return the number of each block in its new order; blocks that files do not show stay behind those they stood behind."""
    wanted = [name for name in order if name in names]
    made: list[str] = list(wanted)
    for index, name in enumerate(names):
        if name not in made:
            made.insert(made.index(names[index - 1]) + 1 if index else 0, name)
    return [names.index(name) for name in made]
