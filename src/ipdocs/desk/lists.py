"""What a house style adds to the items of a list: the marker before each item and the ending after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ipdocs.desk.cells import DocumentContext
from ipdocs.locale.list_markers import parse_marker
from ipdocs.localisation.language_context import LanguageContext
from ipdocs.localisation.list_endings import complete_list
from ipdocs.localisation.localise import localise_value
from ipdocs.localisation.localised_text import LocalisedText
from ipdocs.model.blocks import Block, ListBlock
from ipdocs.source.texts import Keys

BULLET = "•"
"""The marker of an item without a number."""


@dataclass(frozen=True, slots=True)
class ItemMarks:
    """The marker and the ending of a list item in one language; the ending is empty if the style adds none."""

    marker: str
    ending: str


def item_marks(block: ListBlock, numbers: Mapping[str, int], context: DocumentContext) -> dict[str, dict[Keys, ItemMarks]]:
    """Return the marks of each item of a list, keyed by language and by the keys that lead from the list to the item's text.

    Args:
        block: the list.
        numbers: the number after the last item of each earlier list, keyed by id.
        context: the document.
    """
    return {
        code: dict(_marks(_completed(block, numbers, language_context), ("list",)))
        for code, language_context in {**context.written, **context.derived}.items()
    }


def _completed(block: ListBlock, numbers: Mapping[str, int], context: LanguageContext) -> Any:
    """Return the content of a list in a language, with its numbers, markers and endings."""
    content = localise_value(block.list, context)
    context.findings.clear()
    complete_list(content, numbers, context.value_context.language_style)
    return content


def _marks(content: Any, keys: Keys) -> Iterator[tuple[Keys, ItemMarks]]:
    marker = parse_marker(content.marker) if content.marker else None
    for index, item in enumerate(content.items):
        text = item if isinstance(item, LocalisedText) else item.text
        item_keys: Keys = (*keys, "items", index)
        mark = marker.text(content.first + index).strip() if marker else BULLET
        yield (item_keys if text is item else (*item_keys, "text")), ItemMarks(mark, _ending(text))
        if text is not item:
            yield from _marks(item.list, (*item_keys, "list"))


def _ending(text: LocalisedText) -> str:
    """Return the ending that the house style has added to a text."""
    last = next(reversed(tuple(text.text_parts())), None)
    return last.text if last and last.origin.kind == "style" else ""


def numbers_after_lists(body: Sequence[Block]) -> dict[str, int]:
    """Return the number after the last item of each list, with which a continuation of the list begins, keyed by id."""
    numbers: dict[str, int] = {}
    for block in body:
        if isinstance(block, ListBlock):
            first = int(block.list.start or numbers.get(block.list.after or "", 1))
            numbers[str(block.id or "")] = first + len(block.list.items)
    return numbers
