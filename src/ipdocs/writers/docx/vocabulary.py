"""The handler for each element of the vocabulary, in a table of blocks and a table of inline elements."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from ipdocs.writers.docx import flow, footnotes, inlines, lists, pictures, table_of_contents, tables
from ipdocs.writers.docx.container import Container
from ipdocs.writers.docx.context import DocxContext
from ipdocs.writers.docx.paragraph_builder import ParagraphBuilder, RunFormat

BLOCKS: dict[str, Callable[[etree._Element, Container, DocxContext], None]] = {
    "article": flow.write_box,
    "aside": flow.write_box,
    "blockquote": flow.write_box,
    "dd": flow.write_box,
    "div": flow.write_box,
    "dl": flow.write_box,
    "dt": flow.write_box,
    "figcaption": flow.write_box,
    "figure": flow.write_box,
    "footer": flow.write_box,
    "h1": flow.write_box,
    "h2": flow.write_box,
    "h3": flow.write_box,
    "h4": flow.write_box,
    "header": flow.write_box,
    "hr": flow.write_rule,
    "li": lists.write_item,
    "nav": table_of_contents.write_nav,
    "ol": lists.write_list,
    "p": flow.write_box,
    "section": flow.write_box,
    "table": tables.write_table,
    "ul": lists.write_list,
}

INLINES: dict[str, Callable[[etree._Element, ParagraphBuilder, RunFormat, DocxContext], None]] = {
    "a": inlines.write_link,
    "br": inlines.write_line_break,
    "em": inlines.write_emphasis,
    "img": pictures.write_picture,
    "span": footnotes.write_span,
    "strong": inlines.write_emphasis,
    "sub": inlines.write_superscript_or_subscript,
    "sup": inlines.write_superscript_or_subscript,
}
