"""Block elements in, paragraphs of a story out: the boxes of the layout become indents, spacing and borders of paragraphs."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from ipdocs.files.ooxml.bookmarks import bookmark_name
from ipdocs.templating.cascade import Style
from ipdocs.writers.docx import frames, headers_footers, inlines
from ipdocs.writers.docx.context import DocxContext
from ipdocs.writers.docx.css_to_properties import Look, border, pixels
from ipdocs.writers.docx.frames import Frame
from ipdocs.writers.docx.kinds import kind_of
from ipdocs.writers.docx.naming import name, outline, part
from ipdocs.writers.docx.paragraph_builder import ParagraphBuilder
from ipdocs.writers.docx.place import Place
from ipdocs.writers.docx.section import width
from ipdocs.writers.docx.story import Story, closing

_AVOIDED = frozenset({"avoid", "avoid-page"})
_FORCED = frozenset({"page", "always", "left", "right", "recto", "verso"})


def write(node: etree._Element, place: Place, context: DocxContext) -> None:
    """Add a block to the story at a place: what its handler makes of it, with page breaks and bookmarks around."""
    style, story = context.cascade.of(node), place.story
    handler = context.blocks.get("table" if kind_of(node, context.cascade) == "table" else str(node.tag))
    if not handler:
        context.unknown(node)
        return
    if style["display"] == ("none",):
        return
    if style["break_before"] in _FORCED:
        story.break_page()
    elif style["break_before"] in _AVOIDED and story.items:
        closing(story.items[-1]).say("keepNext", "1")
    place = _turn(style, place, context)
    for key, said in style["string_set"] if style["string_set"] != "none" else ():
        context.strings.setdefault(key, headers_footers.value(said, node))
    since = len(story.items)
    handler(node, place, context)
    _keep(style, story, since)
    if style["break_after"] in _FORCED:
        story.break_page()
    if mark := node.get("data-block"):
        context.marks.span(bookmark_name(mark), story, since)
    if target := context.marks.targets.get(node.get("id", "")):
        context.marks.span(target, story, since)


def _turn(style: Style, place: Place, context: DocxContext) -> Place:
    """Return the place on a page of the name that a block asks for: in the body, another name begins a section.

    What is around may stand on pages of another width: of two articles on pages
    laid across, only the first turns them.
    """
    story, page = place.story, style["page"]
    if not story.sections:
        return place
    if page != story.sections[-1][1]:
        story.begin_section(page)
        context.width = width(context, page)
    return replace(place, width=context.width - place.left - place.right)


def _keep(style: Style, story: Story, since: int) -> None:
    """Say that no page may end between the paragraphs of a block, or behind its last."""
    added = [closing(item) for item in story.items[since:]]
    if style["break_inside"] in _AVOIDED:
        for one in added[:-1]:
            one.say("keepNext", "1")
    if added and style["break_after"] in _AVOIDED:
        added[-1].say("keepNext", "1")


def box(node: etree._Element, place: Place, context: DocxContext) -> None:
    """Add a block with its margins, borders and padding: text of its own as paragraphs, and the blocks it holds."""
    style = context.cascade.of(node)
    frame = Frame(style, place, context)
    frame.open()
    contents(node, place.inside(style), context)
    frame.close()


def contents(node: etree._Element, place: Place, context: DocxContext) -> None:
    """Add what a block holds, a paragraph for each stretch of text between blocks; the place is inside the block already."""
    style = context.cascade.of(node)
    look = context.look(style, place)
    run_format = inlines.block_format(style, context)
    plain, around = part(node, place)
    inner = replace(place, name=plain, around=around)
    builder = ParagraphBuilder(look.run, place.width)

    def end(builder: ParagraphBuilder) -> ParagraphBuilder:
        if content := builder.finish():
            own = builder.look(look)
            own = Look(own.paragraph | outline(node, place), own.run)
            context.place(content, own, place, *name(node, place), style)
        return ParagraphBuilder(look.run, place.width)

    inlines.generated(node, "before", builder, run_format, context)
    builder.text(node.text, run_format)
    for child in node:
        if child.tag in context.inlines:
            inlines.write(child, builder, run_format, context)
        elif isinstance(child.tag, str):
            builder = end(builder)
            write(child, inner, context)
        builder.text(child.tail, run_format)
    inlines.generated(node, "after", builder, run_format, context)
    end(builder)


def rule(node: etree._Element, place: Place, context: DocxContext) -> None:
    """Add a line across the page: the border of a paragraph as thin as Word has them; hr.page-break ends the page instead."""
    if "page-break" in node.get("class", "").split():
        place.story.break_page()
        return
    style = context.cascade.of(node)
    drawn = next((line for side in ("top", "bottom") if (line := border(style, side)) != "nil"), None)
    if not drawn:
        return
    place.story.gap.margin(pixels(style["margin_top"], place.width))
    frames.rule(drawn, style, place.inside(style), context, name(node, place)[0])
    place.story.gap.margin(pixels(style["margin_bottom"], place.width))
