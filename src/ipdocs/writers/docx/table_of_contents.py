"""Write an HTML table of contents as a filled Word TOC field, with links and page numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from ipdocs.files.ooxml.elements import element, text, twips
from ipdocs.findings import Finding
from ipdocs.writers.docx import flow, inlines
from ipdocs.writers.docx.block_boxes import BlockBox
from ipdocs.writers.docx.container import Container
from ipdocs.writers.docx.context import DocxContext
from ipdocs.writers.docx.css_to_properties import ParagraphFormat
from ipdocs.writers.docx.paragraph_builder import ParagraphBuilder, RunFormat
from ipdocs.writers.docx.story import StoryParagraph
from ipdocs.writers.docx.style_names import CONTENTS_HEADING, HEADINGS

_LISTS = ("ol", "ul")
_LEVELS = {"h2": 1, "h3": 2, "h4": 3}
"""The level that Word gives each heading in a table of contents."""

_MAX_LEVEL = 3


@dataclass(slots=True)
class _Entries:
    """The entries of a table of contents, and the deepest heading level that Word lists when it updates the field."""

    paragraphs: list[StoryParagraph] = field(default_factory=list)
    max_level: int = 1


def write_nav(node: etree._Element, container: Container, context: DocxContext) -> None:
    """Write `nav.contents` as a TOC field whose entries are its links to blocks; write any other nav as a box.

    A side-by-side layout has no TOC field: each table of contents would list the headings of all languages, and
    LibreOffice would break the table. The page numbers of the entries are still fields.
    """
    if "contents" not in node.get("class", "").split():
        flow.write_box(node, container, context)
        return
    style = context.cascade.style(node)
    box = BlockBox(style, container, context)
    box.open()
    # Text that is not an entry is the heading of the table of contents.
    inner = replace(container.content_box(style), plain_style=CONTENTS_HEADING)
    entries = _Entries()
    for child in node:
        if child.tag in _LISTS:
            _write_list(child, inner, context, 1, entries)
        elif child.tag not in HEADINGS and any(map(_is_entry_link, child)):
            first_link = next(filter(_is_entry_link, child))
            _write_entry(child, inner, context, _heading_level(_target(first_link), context), entries)
        elif isinstance(child.tag, str):
            flow.write_block(child, inner, context)
    is_side_by_side = not container.story.sections
    if entries.paragraphs and not is_side_by_side:
        code = f' TOC \\o "1-{entries.max_level}" \\h \\z \\u '
        field_start = _runs(_field_char("begin"), element("instrText", text=code), _field_char("separate"))
        entries.paragraphs[0].content[:0] = field_start
        entries.paragraphs[-1].content += _runs(_field_char("end"))
    box.close()


def _is_entry_link(node: etree._Element) -> bool:
    """Whether an element is a link to a block."""
    return node.tag == "a" and node.get("href", "").startswith("#")


def _target(link: etree._Element) -> str:
    return link.get("href", "").removeprefix("#")


def _heading_level(target: str, context: DocxContext) -> int:
    """Return the level of the first heading in the block with the given id; level 1 is below the title."""
    block = next((node for node in context.html.root.iter(etree.Element) if node.get("id") == target), None)
    levels = [] if block is None else [_LEVELS[str(heading.tag)] for heading in block.iter(*_LEVELS)]
    return levels[0] if levels else 1


def _write_list(node: etree._Element, container: Container, context: DocxContext, level: int, entries: _Entries) -> None:
    """Write a list of entries, including nested lists."""
    style = context.cascade.style(node)
    box = BlockBox(style, container, context)
    box.open()
    for child in node.iterchildren("li"):
        _write_entry(child, container.content_box(style), context, level, entries)
    box.close()


def _write_entry(node: etree._Element, container: Container, context: DocxContext, level: int, entries: _Entries) -> None:
    """Write an entry: its text with a leader and a page number after each link, then its nested lists."""
    style = context.cascade.style(node)
    box = BlockBox(style, container, context)
    box.open()
    inner = container.content_box(style)
    paragraph_format = context.paragraph_format(style, inner)
    links = [child for child in node if _is_entry_link(child)]
    if links:
        tab_stop = {"tabs": f"right {twips(inner.left + inner.width)} {_leader(links[-1], context)}"}
        paragraph_format = ParagraphFormat(paragraph_format.paragraph | tab_stop, paragraph_format.run)
    builder = ParagraphBuilder(paragraph_format.run, inner.width)
    run_format = inlines.block_run_format(style, context)
    builder.add_text(node.text, run_format)
    for child in node:
        if child in links:
            _write_entry_link(child, builder, context)
        elif child.tag in context.inline_handlers:
            inlines.write_inline(child, builder, run_format, context)
        builder.add_text(child.tail, run_format)
    if content := builder.finish():
        style_name = f"TOC {min(level, _MAX_LEVEL)}"
        entries.paragraphs.append(context.add_paragraph(content, paragraph_format, inner, (style_name, ""), style))
        entries.max_level = max([level, entries.max_level, *(_heading_level(_target(link), context) for link in links)])
    for child in node:
        if child.tag in _LISTS:
            _write_list(child, inner, context, level + 1, entries)
    box.close()


def _write_entry_link(link: etree._Element, builder: ParagraphBuilder, context: DocxContext) -> None:
    """Write a link to a block, followed by its generated content, such as a leader and the page number."""
    target = _target(link)
    hyperlink = element("hyperlink", anchor=context.bookmarks.name_for_links(target), history="1")
    link_format = replace(inlines.block_run_format(context.cascade.style(link), context), link=hyperlink)
    builder.add_text(link.text, link_format)
    for child in link:
        inlines.write_inline(child, builder, link_format, context)
        builder.add_text(child.tail, link_format)
    for kind, value in _content_after(link, context):
        if kind == "string":
            builder.add_text(value, link_format)
        elif kind == "leader()":
            builder.add_element(element("tab"), link_format)
        elif kind == "target-counter()":
            _write_page_number(target, builder, link_format, context)


def _write_page_number(target: str, builder: ParagraphBuilder, link_format: RunFormat, context: DocxContext) -> None:
    """Write a PAGEREF field for the page of a block, with the page number if the layout is known."""
    page = context.page_numbers.get(target)
    if page is None:
        message = "the table of contents has no page numbers, because the layout of the PDF is not available"
        context.findings.append(
            Finding("no-page-numbers", message, None, "open the file in Word, then press Ctrl+A and F9", severity="warning")
        )
    for child in _page_reference(context.bookmarks.name_for_links(target), "" if page is None else str(page)):
        builder.add_element(child, link_format)


def _content_after(link: etree._Element, context: DocxContext) -> Sequence[tuple[str, Any]]:
    """Return the content after a link to a block: from the stylesheet, or by default dots and the page number."""
    after_style = context.cascade.pseudo_style(link, "after")
    if after_style is None or isinstance(after_style["content"], str):
        return (("leader()", ("string", ".")), ("target-counter()", ""))
    return tuple(after_style["content"])


def _leader(link: etree._Element, context: DocxContext) -> str:
    """Return the leader between an entry and its page number, in Word's terms: "dot" or "none"."""
    leaders = [value for kind, value in _content_after(link, context) if kind == "leader()"]
    return "dot" if leaders and "." in str(leaders[0]) else "none"


def _page_reference(bookmark: str, page: str) -> Iterator[etree._Element]:
    yield _field_char("begin")
    yield element("instrText", text=f" PAGEREF {bookmark} \\h ")
    yield _field_char("separate")
    yield text(page)
    yield _field_char("end")


def _field_char(kind: str) -> etree._Element:
    return element("fldChar", fldCharType=kind)


def _runs(*children: etree._Element) -> list[etree._Element]:
    return [element("r", child) for child in children]
