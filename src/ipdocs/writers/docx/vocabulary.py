"""What each element of the vocabulary becomes in Word: the two tables that the writer works by."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from ipdocs.writers.docx import contents, flow, inlines, lists, notes, pictures, tables
from ipdocs.writers.docx.context import DocxContext
from ipdocs.writers.docx.paragraph_builder import ParagraphBuilder, RunFormat
from ipdocs.writers.docx.place import Place

BLOCKS: dict[str, Callable[[etree._Element, Place, DocxContext], None]] = {
    "article": flow.box,
    "aside": flow.box,
    "blockquote": flow.box,
    "dd": flow.box,
    "div": flow.box,
    "dl": flow.box,
    "dt": flow.box,
    "figcaption": flow.box,
    "figure": flow.box,
    "footer": flow.box,
    "h1": flow.box,
    "h2": flow.box,
    "h3": flow.box,
    "h4": flow.box,
    "header": flow.box,
    "hr": flow.rule,
    "li": lists.item,
    "nav": contents.contents,
    "ol": lists.listing,
    "p": flow.box,
    "section": flow.box,
    "table": tables.table,
    "ul": lists.listing,
}

INLINES: dict[str, Callable[[etree._Element, ParagraphBuilder, RunFormat, DocxContext], None]] = {
    "a": inlines.link,
    "br": inlines.line_break,
    "em": inlines.styled,
    "img": pictures.picture,
    "span": notes.span,
    "strong": inlines.styled,
    "sub": inlines.raised,
    "sup": inlines.raised,
}
