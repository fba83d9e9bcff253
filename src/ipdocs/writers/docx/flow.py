"""Write block elements as paragraphs of a story: CSS boxes become indents, spacing and borders of paragraphs."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from ipdocs.files.ooxml.bookmarks import bookmark_name
from ipdocs.templating.cascade import Style
from ipdocs.writers.docx import block_boxes, headers_footers, inlines
from ipdocs.writers.docx.block_boxes import BlockBox
from ipdocs.writers.docx.container import Container
from ipdocs.writers.docx.context import DocxContext
from ipdocs.writers.docx.css_to_properties import ParagraphFormat, border, pixels
from ipdocs.writers.docx.element_kinds import kind_of
from ipdocs.writers.docx.paragraph_builder import ParagraphBuilder
from ipdocs.writers.docx.section import text_area_width
from ipdocs.writers.docx.story import Story, last_paragraph
from ipdocs.writers.docx.style_names import inner_names, outline_level, requested_styles

_AVOID = frozenset({"avoid", "avoid-page"})
"""Values that avoid a page break."""

_FORCE = frozenset({"page", "always", "left", "right", "recto", "verso"})
"""Values that force a page break."""


def write_block(node: etree._Element, container: Container, context: DocxContext) -> None:
    """Write a block with the handler for its element, including its page breaks and bookmarks."""
    style, story = context.cascade.style(node), container.story
    handler = context.block_handlers.get("table" if kind_of(node, context.cascade) == "table" else str(node.tag))
    if not handler:
        context.report_unknown_element(node)
        return
    if style["display"] == ("none",):
        return
    if style["break_before"] in _FORCE:
        story.break_page()
    elif style["break_before"] in _AVOID and story.items:
        last_paragraph(story.items[-1]).set_property("keepNext", "1")
    container = _container_on_page(style, container, context)
    for key, content in style["string_set"] if style["string_set"] != "none" else ():
        context.named_strings.setdefault(key, headers_footers.named_string(content, node))
    start = len(story.items)
    handler(node, container, context)
    _keep_together(style, story, start)
    if style["break_after"] in _FORCE:
        story.break_page()
    if block_id := node.get("data-block"):
        context.bookmarks.add(bookmark_name(block_id), story, start)
    if target_name := context.bookmarks.targets.get(node.get("id", "")):
        context.bookmarks.add(target_name, story, start)


def _container_on_page(style: Style, container: Container, context: DocxContext) -> Container:
    """Return the container for a block on the named page of its style; in the body, a new page name begins a section.

    The width is computed again, because the outer container may belong to pages of another width, such as landscape pages.
    """
    story, page = container.story, style["page"]
    if not story.sections:
        return container
    if page != story.sections[-1][1]:
        story.begin_section(page)
        context.text_width = text_area_width(context, page)
    return replace(container, width=context.text_width - container.left - container.right)


def _keep_together(style: Style, story: Story, start: int) -> None:
    """Set "keep with next" on paragraphs of a block if its style avoids page breaks within or after it."""
    paragraphs = [last_paragraph(item) for item in story.items[start:]]
    if style["break_inside"] in _AVOID:
        for paragraph in paragraphs[:-1]:
            paragraph.set_property("keepNext", "1")
    if paragraphs and style["break_after"] in _AVOID:
        paragraphs[-1].set_property("keepNext", "1")


def write_box(node: etree._Element, container: Container, context: DocxContext) -> None:
    """Write a block with its margins, borders, padding, text and nested blocks."""
    style = context.cascade.style(node)
    box = BlockBox(style, container, context)
    box.open()
    write_contents(node, container.content_box(style), context)
    box.close()


def write_contents(node: etree._Element, container: Container, context: DocxContext) -> None:
    """Write the contents of a block into its content box; each stretch of text between blocks becomes a paragraph."""
    style = context.cascade.style(node)
    block_format = context.paragraph_format(style, container)
    run_format = inlines.block_run_format(style, context)
    plain_style, enclosing_style = inner_names(node, container)
    inner = replace(container, plain_style=plain_style, enclosing_style=enclosing_style)
    builder = ParagraphBuilder(block_format.run, container.width)

    def end_paragraph(builder: ParagraphBuilder) -> ParagraphBuilder:
        if content := builder.finish():
            properties = builder.adjusted_format(block_format).paragraph | outline_level(node, container)
            paragraph_format = ParagraphFormat(properties, block_format.run)
            context.add_paragraph(content, paragraph_format, container, requested_styles(node, container), style)
        return ParagraphBuilder(block_format.run, container.width)

    inlines.write_generated(node, "before", builder, run_format, context)
    builder.add_text(node.text, run_format)
    for child in node:
        if child.tag in context.inline_handlers:
            inlines.write_inline(child, builder, run_format, context)
        elif isinstance(child.tag, str):
            builder = end_paragraph(builder)
            write_block(child, inner, context)
        builder.add_text(child.tail, run_format)
    inlines.write_generated(node, "after", builder, run_format, context)
    end_paragraph(builder)


def write_rule(node: etree._Element, container: Container, context: DocxContext) -> None:
    """Write a line across the page as the border of a thin paragraph; `hr.page-break` is a page break instead."""
    if "page-break" in node.get("class", "").split():
        container.story.break_page()
        return
    style = context.cascade.style(node)
    borders = [border(style, side) for side in ("top", "bottom")]
    border_text = next((text for text in borders if text != "nil"), None)
    if not border_text:
        return
    container.story.gap.add_margin(pixels(style["margin_top"], container.width))
    name, _ = requested_styles(node, container)
    block_boxes.add_line(border_text, style, container.content_box(style), context, name)
    container.story.gap.add_margin(pixels(style["margin_bottom"], container.width))
