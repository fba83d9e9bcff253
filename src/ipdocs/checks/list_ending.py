"""Items of a list that do not end as items do: ； … ；以及 … 。"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.checked_document import CheckedDocument
from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.localisation.list_endings import ENDING, endings, inner_ending
from ipdocs.model.blocks import Items, ListBlock


def list_ending(document: CheckedDocument) -> Iterator[Violation]:
    """Find items that end otherwise than the house style's, by their place; items without an ending get theirs in a build."""
    for block in document.source.document.body:
        if isinstance(block, ListBlock):
            for name in dict.fromkeys(passage.language.code for passage in document.passages):
                yield from _list(block.list, name, document)


def _list(items: Items, name: str, document: CheckedDocument, last: str | None = None) -> Iterator[Violation]:
    """Find the wrong endings of a list and of those within its items; `last` closes the last item of one within an item."""
    units = [(item, document.unit(item if isinstance(item, dict) else item.text)) for item in items.items]
    found = [(item, unit.passages[name]) for item, unit in units if name in unit.passages]
    if not found:
        return
    style = found[0][1].section.items
    introduced = last is not None or items.intro is not None
    right = endings(found, style, style.last if last is None else last)
    plain = [passage for item, passage in found if isinstance(item, dict)]
    closed = any(_ended(passage) for passage in plain)
    for index, (item, passage) in enumerate(found):
        if not isinstance(item, dict):
            own = right[index] if introduced or closed else None
            yield from _list(item.list, name, document, inner_ending(passage.plain, item.list.intro is not None, own, style))
        elif closed and not _are_sentences(plain):
            where = _WHERE.get(len(found) - index, "this item")
            yield from _wrong(passage, where, right[index], introduced)


_WHERE = {1: "the last item", 2: "the last item but one"}


def _ended(passage: Passage) -> str:
    found = ENDING.search(passage.plain)
    return re.sub(r"\s+", " ", found[0]) if found else ""


def _are_sentences(passages: list[Passage]) -> bool:
    """Whether every item is a sentence or more, each with its full stop."""
    return all(re.search(r"[.。?？!！][”\"」）)]?$", passage.plain) for passage in passages)


def _wrong(passage: Passage, where: str, right: str, introduced: bool) -> Iterator[Violation]:
    style, ending = passage.section.items, _ended(passage)
    allowed = {right} | ({style.each} if right == style.last_but_one else set())
    same = ending in allowed or (ending[:1] == right[:1] and len(ending) > 1 and len(right) > 1)
    if same or (not ending and introduced):
        return
    end = len(passage.plain)
    mark = Highlight(passage, end - len(ending), end) if ending else Highlight(passage, end - 1, end)
    yield Violation(
        f"{where} ends in {ending or 'nothing'}", (mark,), f"end it in {right}, or leave all endings to the house style"
    )
