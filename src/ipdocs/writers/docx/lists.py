"""Write lists as numbered paragraphs. A list is a <w:num>, and its nested lists are the deeper levels of the same <w:num>."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from ipdocs.files.ooxml.elements import difference, twips
from ipdocs.writers.docx import flow, numbering
from ipdocs.writers.docx.block_boxes import BlockBox
from ipdocs.writers.docx.container import Container
from ipdocs.writers.docx.context import DocxContext
from ipdocs.writers.docx.numbering import Level
from ipdocs.writers.docx.story import StoryParagraph

_MAX_STYLE_DEPTH = 5
"""The deepest level of Word's built-in list styles, such as List Bullet 5."""

_LISTS = ("ul", "ol")
_MARKER_SPACE = 0.25
"""Space between marker and text as a fraction of the font size, as in WeasyPrint."""


def write_list(node: etree._Element, container: Container, context: DocxContext) -> None:
    """Write a list.

    A nested list that starts at 1 is a level of the outer list if the outer list defines the same level at this depth. Any
    other list gets a new <w:num>, or shares the <w:num> of an earlier list whose numbers it continues.
    """
    style = context.cascade.style(node)
    box = BlockBox(style, container, context)
    box.open()
    inner = replace(container.content_box(style), list_depth=container.list_depth + 1)
    level = _level(node, inner, context)
    start = int(node.get("start", "1"))
    if start != 1 or level not in container.levels[container.list_depth : inner.list_depth]:
        levels = (*container.levels[: container.list_depth], *_levels(node, inner, context))
        item_count = sum(child.tag == "li" for child in node)
        language = context.language(style).code
        list_number = context.numbering.add_list(levels, container.list_depth, start, item_count, language)
        inner = replace(inner, levels=levels, list_number=list_number)
    item_style = _style_name("List Number" if level.is_numbered else "List Bullet", inner)
    for child in node:
        if isinstance(child.tag, str):
            flow.write_block(child, replace(inner, item_style=item_style), context)
    box.close()


def write_item(node: etree._Element, container: Container, context: DocxContext) -> None:
    """Write a list item: its first paragraph has the number, and the other paragraphs are aligned with its text."""
    style, story = context.cascade.style(node), container.story
    box, start = BlockBox(style, container, context), len(story.items)
    box.open()
    continuation_style = _style_name("List Continue", container)
    flow.write_contents(node, replace(container.content_box(style), plain_style=continuation_style), context)
    first_item = story.items[start] if len(story.items) > start else None
    box.close()
    if isinstance(first_item, StoryParagraph):
        first_item.direct.setdefault("numPr", f"{container.list_depth - 1} {container.list_number}")
        if first_item.requested_style == continuation_style:
            first_item.requested_style = container.item_style


def _style_name(kind: str, container: Container) -> str:
    depth = min(container.list_depth, _MAX_STYLE_DEPTH)
    return kind if depth == 1 else f"{kind} {depth}"


def _levels(node: etree._Element, inner: Container, context: DocxContext) -> Iterator[Level]:
    """Yield the level of a list, then the level of the first nested list at each depth; `inner` is the list's content box."""
    yield _level(node, inner, context)
    for child in node:
        nested_list = next((block for block in child if block.tag in _LISTS), None) if child.tag == "li" else None
        if nested_list is not None:
            nested_box = inner.content_box(context.cascade.style(child)).content_box(context.cascade.style(nested_list))
            yield from _levels(nested_list, replace(nested_box, list_depth=inner.list_depth + 1), context)
            return


def _level(node: etree._Element, inner: Container, context: DocxContext) -> Level:
    """Return the numbering level of a list, with the marker and indent of its first item; `inner` is its content box."""
    first_item = next((child for child in node if child.tag == "li"), node)
    style = context.cascade.style(first_item)
    item_run = context.run_properties(style)
    marker_style = context.cascade.pseudo_style(first_item, "marker")
    marker_run = context.run_properties(marker_style) if marker_style is not None else item_run
    number_format, text, has_space = numbering.marker(style["list_style_type"], inner.list_depth - 1, context.counters)
    changes = difference(marker_run, item_run)
    if number_format == "bullet":
        changes |= {f"rFonts@{slot}": item_run["rFonts@ascii"] for slot in ("ascii", "hAnsi", "eastAsia", "cs")}
    left = inner.content_box(style).left
    hanging = twips(style["font_size"] * _MARKER_SPACE) if has_space else 0
    return Level(number_format, text, twips(left), hanging, tuple(sorted(changes.items())))
