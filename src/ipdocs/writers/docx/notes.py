"""Spans in, among them footnotes: real Word footnotes whose text stands in a part of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lxml import etree

from ipdocs.files.ooxml.elements import Properties, difference, element, properties, twips
from ipdocs.templating.cascade import Style
from ipdocs.writers.docx import flow, inlines
from ipdocs.writers.docx.context import DocxContext
from ipdocs.writers.docx.css_to_properties import pixels
from ipdocs.writers.docx.paragraph_builder import ParagraphBuilder, RunFormat
from ipdocs.writers.docx.place import Place
from ipdocs.writers.docx.story import Story, leading
from ipdocs.writers.docx.writing import elements

_RULES = (("-1", "separator"), ("0", "continuationSeparator"))
"""The two notes that every file with notes begins with: the line above them, on the first page and on further ones."""

_NUMBER = "Footnote Characters"
"""The style of the number before a note: LibreOffice raises numbers unless a style of this name says where they stand."""


def span(node: etree._Element, builder: ParagraphBuilder, above: RunFormat, context: DocxContext) -> None:
    """A span: a footnote, text with a character style of its class, or text in another language."""
    style = context.cascade.of(node)
    if style["float"] == "footnote":
        _call(node, builder, above, context)
        return
    own = inlines.inline_format(style, above, context)
    if named := node.get("class"):
        own = inlines.character(f"ip-{'-'.join(named.split())}", own, builder, context)
    inlines.contents(node, builder, own, context)


def _call(node: etree._Element, builder: ParagraphBuilder, above: RunFormat, context: DocxContext) -> None:
    """Put the number of a note into a paragraph, and the note among the notes."""
    story = Story()
    flow.contents(node, Place(story, context.width), context)
    if not story.items:
        return
    context.notes.append(story)
    changes = _mark(context.cascade.part(node, "footnote-call"), builder.base, context)
    called = replace(above, character=context.styles.character("Footnote Reference", changes), said={})
    builder.put(element("footnoteReference", id=str(context.first_note + len(context.notes) - 1)), called)
    marker = context.cascade.part(node, "footnote-marker")
    first = leading(story.items[0])
    numbered = ParagraphBuilder(first.look.run)
    run_format = inlines.block_format(context.cascade.of(node), context)
    place = {"vertAlign": "superscript" if marker is not None and _raised(marker) else "baseline"}
    style = context.styles.character(_NUMBER, place)
    run_format = replace(run_format, run=run_format.run | place, character=style, said=place)
    for kind, value in _content(marker):
        if kind == "string":
            numbered.text(value, run_format)
        elif kind == "counter()":
            numbered.put(element("footnoteRef"), run_format)
    first.content[:0] = numbered.finish(trim=False)


def _content(marker: Style | None) -> list[tuple[str, Any]]:
    if marker is None or isinstance(marker["content"], str):
        return [("counter()", ("footnote", "decimal")), ("string", " ")]
    return list(marker["content"])


def _mark(style: Style | None, base: Properties, context: DocxContext) -> Properties:
    """Return what a note's number says of itself: superior, unless the stylesheet leaves it on the line; Word makes it small."""
    if style is None:
        return {"vertAlign": "superscript"}
    own = {key: value for key, value in difference(context.run(style), base).items() if key in {"b", "bCs", "i", "iCs", "color"}}
    return own | ({"vertAlign": "superscript"} if _raised(style) else {})


def _raised(style: Style) -> bool:
    return pixels(style["vertical_align"]) > 0


def fill(context: DocxContext) -> None:
    """Write the notes into their part, and tell the settings about the lines above them."""
    if not context.notes:
        return
    part = context.package.part("footnotes", "footnotes")
    if not len(part):
        height = _apart(context)
        part.extend(_separator(number, kind, height) for number, kind in _RULES)
        context.package.set("footnotePr", *(element("footnote", id=number) for number, _ in _RULES))
    for number, story in enumerate(context.notes, context.first_note):
        part.append(element("footnote", *elements(story), id=str(number)))
    context.package.adopt(part)


def _apart(context: DocxContext) -> int:
    """Return how far notes stand from the text, in twips: what @footnote has above them, its line with it; at least a point."""
    area = context.cascade.page()["footnote"]
    return max(20, twips(sum(pixels(area[key]) for key in ("margin_top", "border_top_width", "padding_top"))))


def _separator(number: str, kind: str, height: int) -> etree._Element:
    said = properties(
        "pPr", {"spacing@before": "0", "spacing@after": "0", "spacing@line": str(height), "spacing@lineRule": "exact"}
    )
    line = element("p", *([said] if said is not None else []), element("r", element(kind)))
    return element("footnote", line, type=kind, id=number)
