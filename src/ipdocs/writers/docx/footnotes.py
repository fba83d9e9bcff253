"""Write spans, some of which are footnotes; the texts of Word footnotes are in a separate part of the file."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lxml import etree

from ipdocs.files.ooxml.elements import Properties, difference, element, properties, twips
from ipdocs.templating.cascade import Style
from ipdocs.writers.docx import flow, inlines
from ipdocs.writers.docx.container import Container
from ipdocs.writers.docx.context import DocxContext
from ipdocs.writers.docx.css_to_properties import pixels
from ipdocs.writers.docx.paragraph_builder import ParagraphBuilder, RunFormat
from ipdocs.writers.docx.story import Story, first_paragraph
from ipdocs.writers.docx.story_xml import story_elements

_SEPARATORS = (("-1", "separator"), ("0", "continuationSeparator"))
"""The id and type of the first two <w:footnote> of a file: the lines above new footnotes and above continued footnotes."""

_NUMBER_STYLE = "Footnote Characters"
"""The style of the number before a footnote. If no style of this name sets a position, LibreOffice raises the number."""


def write_span(node: etree._Element, builder: ParagraphBuilder, parent_format: RunFormat, context: DocxContext) -> None:
    """Write a span: a footnote, text in the character style for its class, or text in another language."""
    style = context.cascade.style(node)
    if style["float"] == "footnote":
        _write_footnote(node, builder, parent_format, context)
        return
    run_format = inlines.inline_format(style, parent_format, context)
    if classes := node.get("class"):
        run_format = inlines.with_character_style(f"ip-{'-'.join(classes.split())}", run_format, builder, context)
    inlines.write_contents(node, builder, run_format, context)


def _write_footnote(node: etree._Element, builder: ParagraphBuilder, parent_format: RunFormat, context: DocxContext) -> None:
    """Write the reference to a footnote into a paragraph, and the text of the footnote into a new story."""
    story = Story()
    flow.write_contents(node, Container(story, context.text_width), context)
    if not story.items:
        return
    context.footnotes.append(story)
    changes = _reference_properties(context.cascade.pseudo_style(node, "footnote-call"), builder.base, context)
    reference_style = context.styles.character_style("Footnote Reference", changes)
    reference_format = replace(parent_format, character_style=reference_style, style_properties={})
    footnote_id = str(context.first_footnote_id + len(context.footnotes) - 1)
    builder.add_element(element("footnoteReference", id=footnote_id), reference_format)

    marker_style = context.cascade.pseudo_style(node, "footnote-marker")
    opening_paragraph = first_paragraph(story.items[0])
    marker_builder = ParagraphBuilder(opening_paragraph.format.run)
    run_format = inlines.block_run_format(context.cascade.style(node), context)
    alignment = {"vertAlign": "superscript" if marker_style is not None and _is_raised(marker_style) else "baseline"}
    number_style = context.styles.character_style(_NUMBER_STYLE, alignment)
    run_format = replace(run_format, run=run_format.run | alignment, character_style=number_style, style_properties=alignment)
    for kind, value in _marker_content(marker_style):
        if kind == "string":
            marker_builder.add_text(value, run_format)
        elif kind == "counter()":
            marker_builder.add_element(element("footnoteRef"), run_format)
    opening_paragraph.content[:0] = marker_builder.finish(trim=False)


def _marker_content(marker_style: Style | None) -> list[tuple[str, Any]]:
    if marker_style is None or isinstance(marker_style["content"], str):
        return [("counter()", ("footnote", "decimal")), ("string", " ")]
    return list(marker_style["content"])


def _reference_properties(style: Style | None, base: Properties, context: DocxContext) -> Properties:
    """Return the run properties of a footnote reference, without a size, since Word reduces superscript by itself."""
    if style is None:
        return {"vertAlign": "superscript"}
    changes = difference(context.run_properties(style), base)
    changes = {key: value for key, value in changes.items() if key in {"b", "bCs", "i", "iCs", "color"}}
    return changes | ({"vertAlign": "superscript"} if _is_raised(style) else {})


def _is_raised(style: Style) -> bool:
    return pixels(style["vertical_align"]) > 0


def write_footnotes(context: DocxContext) -> None:
    """Write the footnotes and the lines above them into the footnotes part, and list these lines in the settings."""
    if not context.footnotes:
        return
    root = context.package.part_root("footnotes", "footnotes")
    if not len(root):
        height = _separator_height(context)
        root.extend(_separator(number, kind, height) for number, kind in _SEPARATORS)
        context.package.add_setting("footnotePr", *(element("footnote", id=number) for number, _ in _SEPARATORS))
    for footnote_id, story in enumerate(context.footnotes, context.first_footnote_id):
        root.append(element("footnote", *story_elements(story), id=str(footnote_id)))
    context.package.copy_relationships(root)


def _separator_height(context: DocxContext) -> int:
    """Return the height of the line above footnotes in twips: the margin, border and padding of @footnote, at least one point."""
    area = context.cascade.page_styles()["footnote"]
    return max(20, twips(sum(pixels(area[key]) for key in ("margin_top", "border_top_width", "padding_top"))))


def _separator(footnote_id: str, kind: str, height: int) -> etree._Element:
    spacing = properties(
        "pPr", {"spacing@before": "0", "spacing@after": "0", "spacing@line": str(height), "spacing@lineRule": "exact"}
    )
    paragraph = element("p", *([spacing] if spacing is not None else []), element("r", element(kind)))
    return element("footnote", paragraph, type=kind, id=footnote_id)
