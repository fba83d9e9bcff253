"""Lists in, numbered paragraphs out: a list is a <w:num>, its nested lists are deeper levels of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from ipdocs.files.ooxml.elements import difference, twips
from ipdocs.writers.docx import flow, numbering
from ipdocs.writers.docx.context import DocxContext
from ipdocs.writers.docx.frames import Frame
from ipdocs.writers.docx.numbering import Level
from ipdocs.writers.docx.place import Place
from ipdocs.writers.docx.story import Paragraph

_DEEPEST = 5
"""Word's own styles end at List Bullet 5."""

_LISTS = ("ul", "ol")
_SPACE = 0.25
"""Of the font's size: how far a mark stands from its text, which is the space WeasyPrint puts after it."""


def listing(node: etree._Element, place: Place, context: DocxContext) -> None:
    """Add a list: a level of the list around it where that has one like it, else a list of its own or the next part of one."""
    style = context.cascade.of(node)
    frame = Frame(style, place, context)
    frame.open()
    inner = replace(place.inside(style), depth=place.depth + 1)
    own = _level(node, inner, context)
    start = int(node.get("start", "1"))
    if start != 1 or own not in place.levels[place.depth : inner.depth]:
        levels = (*place.levels[: place.depth], *_levels(node, inner, context))
        count = sum(child.tag == "li" for child in node)
        language = context.language(style).code
        number = context.numbering.begin(levels, place.depth, start, count, language)
        inner = replace(inner, levels=levels, number=number)
    for child in node:
        if isinstance(child.tag, str):
            flow.write(child, replace(inner, item=_name("List Number" if own.counts else "List Bullet", inner)), context)
    frame.close()


def item(node: etree._Element, place: Place, context: DocxContext) -> None:
    """Add an item: its first paragraph has the number, the others stand under it."""
    style, story = context.cascade.of(node), place.story
    frame, since = Frame(style, place, context), len(story.items)
    frame.open()
    flow.contents(node, replace(place.inside(style), name=_name("List Continue", place)), context)
    first = story.items[since] if len(story.items) > since else None
    frame.close()
    if isinstance(first, Paragraph):
        first.direct.setdefault("numPr", f"{place.depth - 1} {place.number}")
        first.name = place.item if first.name == _name("List Continue", place) else first.name


def _name(kind: str, place: Place) -> str:
    depth = min(place.depth, _DEEPEST)
    return kind if depth == 1 else f"{kind} {depth}"


def _levels(node: etree._Element, inner: Place, context: DocxContext) -> Iterator[Level]:
    """Yield the level of a list and of the first list found at each depth below it."""
    yield _level(node, inner, context)
    for child in node:
        nested = next((one for one in child if one.tag in _LISTS), None) if child.tag == "li" else None
        if nested is not None:
            within = inner.inside(context.cascade.of(child)).inside(context.cascade.of(nested))
            yield from _levels(nested, replace(within, depth=inner.depth + 1), context)
            return


def _level(node: etree._Element, inner: Place, context: DocxContext) -> Level:
    """Return how a list's items are marked and indented, as its first item has it."""
    first = next((child for child in node if child.tag == "li"), node)
    style = context.cascade.of(first)
    run = context.run(style)
    marker = context.cascade.part(first, "marker")
    marked = context.run(marker) if marker is not None else run
    kind, text, spaced = numbering.mark(style["list_style_type"], inner.depth - 1, context.counters)
    changes = difference(marked, run)
    if kind == "bullet":
        changes |= {f"rFonts@{slot}": run["rFonts@ascii"] for slot in ("ascii", "hAnsi", "eastAsia", "cs")}
    left = inner.inside(style).left
    hanging = twips(style["font_size"] * _SPACE) if spaced else 0
    return Level(kind, text, twips(left), hanging, tuple(sorted(changes.items())))
