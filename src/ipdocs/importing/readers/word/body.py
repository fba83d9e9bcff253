"""The blocks of a Word file: paragraphs, tables and text boxes, at any depth in content controls and other containers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from ipdocs.files.ooxml.names import qualified_name
from ipdocs.importing.paragraph import Image, ImportedFile, ImportedParagraph
from ipdocs.importing.readers.list_markers import find_list_marker
from ipdocs.importing.readers.text import read_list_items
from ipdocs.importing.readers.word.formats import BlockFormat, InlineFormat
from ipdocs.importing.readers.word.inline import (
    PARAGRAPH_OF_DRAWING,
    WORD_ART,
    FormattedPart,
    InlineContent,
    choose_alternative,
    read_inline,
    read_loose,
)
from ipdocs.importing.readers.word.segments import to_segment
from ipdocs.importing.readers.word.tables import TABLE, read_table
from ipdocs.importing.readers.word.word_file import WordFile
from ipdocs.source.segment import Segment

if TYPE_CHECKING:
    from lxml.etree import _Element

_PARAGRAPH = qualified_name("p")
_TEXT_BOX = qualified_name("txbxContent")
_ALTERNATIVES = qualified_name("mc:AlternateContent")
_BLOCKS = (_PARAGRAPH, TABLE)
_PROPERTIES = frozenset(map(qualified_name, ("sectPr", "sdtPr", "sdtEndPr", "customXmlPr", "tcPr", "pPr", "rPr")))
_QUOTATION_STYLES = frozenset(("quote", "intense quote", "block text"))


def read_blocks(container: _Element, file: WordFile) -> list[ImportedParagraph]:
    """Read the blocks in an element, such as the body, a table cell, a text box or a note."""
    result: list[ImportedParagraph] = []
    for child in container:
        tag = child.tag
        if not isinstance(tag, str) or tag in _PROPERTIES:
            continue
        if tag == _ALTERNATIVES:
            chosen = choose_alternative(child, file)
            result += read_blocks(chosen, file) if chosen is not None else []
        elif tag in _BLOCKS or next(child.iter(*_BLOCKS), None) is None:
            result += read_block(child, file)
        else:
            result += read_blocks(child, file)
    return result


def read_block(element: _Element, file: WordFile) -> list[ImportedParagraph]:
    """Read a paragraph, a table or a text box, or an element that contains none of them."""
    tag = element.tag
    if tag == TABLE:
        return read_table(element, file, read_blocks)
    if tag == _TEXT_BOX:
        return read_blocks(element, file)
    if tag == WORD_ART:
        content = InlineContent(file)
        content.add((element, "string"), element.get("string", ""), InlineFormat())
        return list(_paragraphs(content, BlockFormat(), file))
    if tag not in (_PARAGRAPH, PARAGRAPH_OF_DRAWING):
        return list(_paragraphs(read_loose(element, file), BlockFormat(), file))
    file.line = file.part.lines.get(element, file.line)
    paragraph_format = file.formats.paragraph(element) if tag == _PARAGRAPH else BlockFormat()
    return list(_paragraphs(read_inline(element, file), paragraph_format, file))


def _paragraphs(content: InlineContent, paragraph_format: BlockFormat, file: WordFile) -> Iterator[ImportedParagraph]:
    """Yield the paragraph with some content, between the pictures and text boxes that it contains."""
    line = file.line
    yield from _insets((inset for inset, is_before in content.insets if is_before), file, line)
    file.line = line
    yield from _styled_paragraphs(content.spans, paragraph_format, file)
    yield from _insets((inset for inset, is_before in content.insets if not is_before), file, line)


def _insets(insets: Iterable[Image | _Element], file: WordFile, line: int) -> Iterator[ImportedParagraph]:
    for inset in insets:
        if isinstance(inset, Image):
            yield ImportedParagraph("figure", (), line, image=inset)
        else:
            yield from (replace(paragraph, line=line) for paragraph in read_block(inset, file))


def _styled_paragraphs(spans: list[FormattedPart], paragraph_format: BlockFormat, file: WordFile) -> Iterator[ImportedParagraph]:
    """Yield the paragraph with some text; its kind depends on its style."""
    style, outline, line = paragraph_format.style, paragraph_format.outline, file.line
    is_title = style == "title" or (outline == 1 and not file.has_title)
    is_heading = 0 < outline < 10
    is_quotation, is_caption = style in _QUOTATION_STYLES, style == "caption"
    is_item = bool(paragraph_format.list_style)
    content = to_segment(spans, is_styled=not is_item and (is_title or is_heading or is_quotation or is_caption))
    if not content:
        return
    if is_item:
        level, list_style = paragraph_format.list_level, paragraph_format.list_style
        yield ImportedParagraph("item", content, line, level=level, list_style=list_style)
    elif is_title:
        file.has_title = True
        yield ImportedParagraph("title", content, line)
    elif is_heading:
        yield ImportedParagraph("heading", content, line, level=min(max(outline, 2), 4))
    elif is_quotation or is_caption:
        yield ImportedParagraph("quotation" if is_quotation else "caption", content, line)
    else:
        yield from _typed_paragraphs(content, file)


def _typed_paragraphs(content: Segment, file: WordFile) -> Iterator[ImportedParagraph]:
    """Yield a paragraph, or list items if the content begins with a typed list marker."""
    first = content[0]
    marker = find_list_marker(first) if isinstance(first, str) else None
    if marker is None or not isinstance(first, str):
        yield ImportedParagraph("paragraph", content, file.line)
        return
    style, length = marker
    if len(content) == 1:
        imported = ImportedFile()
        items = list(read_list_items(first[length:], style, file.line, imported))
        file.run_together += imported.run_together
    else:
        items = [ImportedParagraph("item", (first[length:], *content[1:]), file.line, list_style=style)]
    yield replace(items[0], marker=first[:length].strip())
    yield from items[1:]
