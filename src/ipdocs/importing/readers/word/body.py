"""The blocks of a Word file: paragraphs, tables and text boxes, at any depth in content controls and other containers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from ipdocs.files.ledger import LeftOutReason
from ipdocs.files.ooxml.names import qualified_name
from ipdocs.importing.formatting import is_all_strong
from ipdocs.importing.paragraph import Image, ImportedFile, ImportedParagraph
from ipdocs.importing.readers.list_markers import find_list_marker
from ipdocs.importing.readers.text import read_list_items
from ipdocs.importing.readers.word.alternatives import choose_alternative
from ipdocs.importing.readers.word.formats import BlockFormat, FormattedPart, to_segment
from ipdocs.importing.readers.word.inline import (
    PARAGRAPH_OF_DRAWING,
    RECTANGLE,
    WORD_ART,
    read_inline,
    read_loose,
    read_own_text,
    read_word_art,
)
from ipdocs.importing.readers.word.inline_content import InlineContent
from ipdocs.importing.readers.word.tables import TABLE, read_table
from ipdocs.importing.readers.word.tabs import columns
from ipdocs.importing.readers.word.word_file import WordFile
from ipdocs.source.segment import Segment, join_words

if TYPE_CHECKING:
    from lxml.etree import _Element

_PARAGRAPH = qualified_name("p")
_TEXT_BOX = qualified_name("txbxContent")
_ALTERNATIVES = qualified_name("mc:AlternateContent")
_BLOCKS = (_PARAGRAPH, TABLE)
_PROPERTIES = frozenset(map(qualified_name, ("sectPr", "sdtPr", "sdtEndPr", "customXmlPr", "tcPr", "pPr", "rPr")))
_ODD_SPACES = re.compile("^ | $|  ")


def read_blocks(elements: Iterable[_Element], file: WordFile) -> list[ImportedParagraph]:
    """Read the blocks among some elements, such as the children of the body, of a table cell, of a text box or of a note."""
    return [block for child in elements for block in _read_child(child, file)]


def _read_child(element: _Element, file: WordFile) -> list[ImportedParagraph]:
    """Read an element that stands among blocks, with the blocks in it."""
    tag = element.tag
    if not isinstance(tag, str) or tag in _PROPERTIES:
        return []
    file.ledger.take((element, "cell"))  # a cell outside of rows
    if tag == _ALTERNATIVES:
        chosen = choose_alternative(element, file)
        return _read_child(chosen, file) if chosen is not None else []
    if tag == RECTANGLE and next(element.iter(*_BLOCKS), None) is None:
        return list(_paragraphs(read_loose(element, file), BlockFormat(), file))
    if tag in _BLOCKS or next(element.iter(*_BLOCKS), None) is None:
        return read_block(element, file)
    file.leave_out_itself(element, LeftOutReason.NOT_SHOWN)
    return [*_paragraphs(read_own_text(element, file), BlockFormat(), file), *read_blocks(element, file)]


def read_block(element: _Element, file: WordFile) -> list[ImportedParagraph]:
    """Read a paragraph, a table, a text box or a line across the page, or an element that contains none of them."""
    tag = element.tag
    if tag == TABLE:
        return read_table(element, file, read_blocks)
    if tag == _TEXT_BOX:
        return read_blocks(element, file)
    if tag == RECTANGLE:
        return [ImportedParagraph("rule", (), file.line)]
    if tag == WORD_ART:
        return list(_paragraphs(read_word_art(element, file), BlockFormat(), file))
    if tag not in (_PARAGRAPH, PARAGRAPH_OF_DRAWING):
        return list(_paragraphs(read_loose(element, file), BlockFormat(), file))
    file.line = file.part.lines.get(element, file.line)
    block = file.formats.block(element) if tag == _PARAGRAPH else BlockFormat()
    return list(_paragraphs(read_inline(element, file, block), block, file))


def _paragraphs(content: InlineContent, paragraph_format: BlockFormat, file: WordFile) -> Iterator[ImportedParagraph]:
    """Yield the paragraph with some content, between the pictures and text boxes that it contains."""
    line = file.line
    struck = "".join(part.part if isinstance(part.part, str) else " " for part in content.parts if part.format.is_struck)
    if struck.strip():
        file.struck.append((line, " ".join(struck.split())))
    yield from _insets((inset for inset, is_before in content.insets if is_before), file, line)
    file.line = line
    yield from _styled_paragraphs(content.parts, paragraph_format, file)
    yield from _insets((inset for inset, is_before in content.insets if not is_before), file, line)


def _insets(insets: Iterable[Image | _Element], file: WordFile, line: int) -> Iterator[ImportedParagraph]:
    for inset in insets:
        if isinstance(inset, Image):
            yield ImportedParagraph("figure", (), line, image=inset)
        else:
            yield from (replace(paragraph, line=line) for paragraph in read_block(inset, file))


def _styled_paragraphs(parts: list[FormattedPart], block: BlockFormat, file: WordFile) -> Iterator[ImportedParagraph]:
    """Yield the paragraph with some text; its kind depends on its style."""
    line = file.line
    content = to_segment(parts, is_styled=block.is_styled)
    if not content:
        if block.has_rule:
            yield ImportedParagraph("rule", (), line)
        return
    text = "".join(part.part if isinstance(part.part, str) else part.part.data for part in parts)
    if _ODD_SPACES.search(text):
        file.spaced.append((line, text))
    if block.kind == "item":
        yield ImportedParagraph("item", content, line, level=block.level, list_style=block.list_style, number=block.number)
    elif block.kind == "title" or (block.kind == "heading" and block.level == 1 and not file.has_title):
        file.has_title = True
        yield ImportedParagraph("title", _numbered(content, block), line)
    elif block.kind == "heading":
        yield ImportedParagraph("heading", _numbered(content, block), line, level=min(max(block.level, 2), 4))
    elif block.kind in ("quotation", "caption"):
        yield ImportedParagraph(block.kind, content, line)
    elif block.number_text:
        yield ImportedParagraph("paragraph", _numbered(content, block), line)
    else:
        lines = list(_typed_paragraphs(content, file))
        has_tabs = len(lines) == 1 and lines[0].kind == "paragraph" and any(part.part == "\t" for part in parts)
        yield from (replace(lines[0], columns=columns(parts)),) if has_tabs else lines


def _numbered(content: Segment, block: BlockFormat) -> Segment:
    """Return the text of a heading or paragraph after the number that Word shows before it; those of a source have none."""
    number = block.number_text.strip()
    space = "" if number and unicodedata.east_asian_width(number[-1]) in "WF" else " "
    return join_words((f"{number}{space}", *content)) if number else content


def _typed_paragraphs(content: Segment, file: WordFile) -> Iterator[ImportedParagraph]:
    """Yield a paragraph, or list items if the content begins with a typed list marker."""
    first = content[0]
    marker = find_list_marker(first) if isinstance(first, str) else None
    if marker is None or not isinstance(first, str):
        yield ImportedParagraph("paragraph", content, file.line, stands_alone=is_all_strong(content))
        return
    style, length = marker
    typed = first[:length].strip()
    if len(content) > 1:
        yield ImportedParagraph("item", (first[length:], *content[1:]), file.line, list_style=style, marker=typed)
        return
    imported = ImportedFile()
    yield from read_list_items(first[length:], style, file.line, imported, typed)
    file.run_together += imported.run_together
