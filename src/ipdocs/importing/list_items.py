"""List items in imported paragraphs: those with typed markers, and those that form a list without markers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ipdocs.importing.paragraph import ImportedParagraph
from ipdocs.importing.readers.list_markers import find_list_marker, place_items
from ipdocs.locale.import_words import ImportWords


def with_list_items(paragraphs: Sequence[ImportedParagraph], words: ImportWords) -> list[ImportedParagraph]:
    """Return paragraphs with those that belong to a list as items, with their levels and list styles.

    Args:
        paragraphs: the paragraphs of one language.
        words: the words by which an import recognises lines; its conjunctions may stand at the end of an item.
    """
    return _with_levels(_with_unmarked_items(_with_typed_items(paragraphs), words))


def _with_typed_items(paragraphs: Sequence[ImportedParagraph]) -> list[ImportedParagraph]:
    """Return paragraphs with those that begin with a typed list marker as list items."""
    return [_with_typed_marker(paragraph) if paragraph.kind == "paragraph" else paragraph for paragraph in paragraphs]


def _with_typed_marker(paragraph: ImportedParagraph) -> ImportedParagraph:
    first = paragraph.content[0] if paragraph.content else ""
    found = find_list_marker(first) if isinstance(first, str) else None
    if found is None or not isinstance(first, str):
        return paragraph
    list_style, length = found
    content = (first[length:], *paragraph.content[1:])
    return replace(paragraph, kind="item", content=content, list_style=list_style, marker=first[:length].strip())


def _with_levels(paragraphs: Sequence[ImportedParagraph]) -> list[ImportedParagraph]:
    """Return paragraphs in which consecutive items with typed markers have the levels, styles and numbers that these state."""
    result = list(paragraphs)
    start = 0
    while start < len(result):
        end = start
        while (
            end < len(result) and result[end].kind == "item" and result[end].marker and result[end].level == result[start].level
        ):
            end += 1
        for index, place in zip(range(start, end), place_items([item.marker for item in result[start:end]]), strict=True):
            result[index] = replace(
                result[index],
                level=result[index].level + place.level,
                list_style=place.reading.list_style,
                number=place.reading.number if place.begins_list else 0,
            )
        start = max(end, start + 1)
    return result


def _is_paragraph(paragraphs: Sequence[ImportedParagraph], index: int) -> bool:
    return index < len(paragraphs) and paragraphs[index].kind == "paragraph"


def _with_unmarked_items(paragraphs: list[ImportedParagraph], words: ImportWords) -> list[ImportedParagraph]:
    """Return paragraphs with those that form a list without markers as list items.

    They follow a paragraph that ends in a colon; each ends in a semicolon, except the last.
    """
    result = list(paragraphs)
    item_end = re.compile(rf"[;；](?:\s*(?:{words.alternatives('conjunction')}))?$")
    for index, intro in enumerate(paragraphs):
        if intro.kind != "paragraph" or not intro.text.rstrip().endswith((":", "：")):
            continue
        end = index + 1
        while _is_paragraph(paragraphs, end) and item_end.search(paragraphs[end].text.rstrip()):
            end += 1
        if end > index + 1 and _is_paragraph(paragraphs, end):
            for number in range(index + 1, end + 1):
                result[number] = replace(paragraphs[number], kind="item")
    return result
