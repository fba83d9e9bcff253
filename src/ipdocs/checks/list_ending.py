"""Items of a list that do not end as items do: ； … ；以及 … 。"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.fault import Fault, Mark
from ipdocs.checks.passage import Passage
from ipdocs.checks.reading import Reading
from ipdocs.model.blocks import Items, ListBlock

_ENDING = re.compile(r"(?:[;；,，]\s*(?:and|or|以及|及|和|與|或|与)|[;；,，、.。])$")


def list_ending(reading: Reading) -> Iterator[Fault]:
    """Find items that end otherwise than the house style's, by their place; items without an ending get theirs in a build."""
    for block in reading.document.body:
        if isinstance(block, ListBlock):
            yield from _list(block.list, reading)


def _list(items: Items, reading: Reading) -> Iterator[Fault]:
    texts = [item if isinstance(item, dict) else item.text for item in items.items]
    units = [reading.unit(texts_of_one) for texts_of_one in texts]
    for name in {name for unit in units for name in unit.passages}:
        passages = [unit.passages[name] for unit in units if name in unit.passages]
        endings = [_ended(passage) for passage in passages]
        if any(endings) and not _are_sentences(passages):
            yield from _wrong(passages, endings, bool(items.intro))
    for item in items.items:
        if not isinstance(item, dict):
            yield from _list(item.list, reading)


def _ended(passage: Passage) -> str:
    found = _ENDING.search(passage.plain)
    return re.sub(r"\s+", " ", found[0]) if found else ""


def _are_sentences(passages: list[Passage]) -> bool:
    """Whether every item is a sentence or more, each with its full stop."""
    return all(re.search(r"[.。?？!！][”\"」）)]?$", passage.plain) for passage in passages)


def _wrong(passages: list[Passage], endings: list[str], introduced: bool) -> Iterator[Fault]:
    style = passages[0].section.items
    last = len(passages) - 1
    for index, (passage, ending) in enumerate(zip(passages, endings, strict=True)):
        right = style.last if index == last else style.last_but_one if index == last - 1 else style.each
        allowed = {right} | ({style.each} if index == last - 1 else set())
        same = ending in allowed or (ending[:1] == right[:1] and len(ending) > 1 and len(right) > 1)
        if same or (not ending and introduced):
            continue
        end = len(passage.plain)
        mark = Mark(passage, end - len(ending), end) if ending else Mark(passage, end - 1, end)
        where = "the last item" if index == last else "the last item but one" if index == last - 1 else "this item"
        yield Fault(
            f"{where} ends in {ending or 'nothing'}", (mark,), f"end it in {right}, or leave all endings to the house style"
        )
