"""Reader of plain text, in which a blank line, a short line or a list marker separates paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from ipdocs.files.character_sets import decode_text
from ipdocs.files.ledger import Ledger, LeftOutReason
from ipdocs.files.reading import read_bytes
from ipdocs.importing.end_marks import is_end_mark, is_separator
from ipdocs.importing.paragraph import ImportedFile, ImportedParagraph
from ipdocs.importing.readers.list_markers import find_list_marker, split_list_items
from ipdocs.importing.readers.text_tables import table_at
from ipdocs.locale.import_words import ImportWords, import_words
from ipdocs.source.scalar import is_chinese
from ipdocs.source.segment import to_display_text
from ipdocs.workspace import find_workspace

MAX_BYTES = 5_000_000
_MIN_WRAPPED, _MIN_WRAPPED_CHINESE = 55, 28
"""Minimum length of a line that continues on the next line, in English and in Chinese."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a text file.

    Attributes:
        number: the number of the line.
        text: the text, with single spaces.
        indent: the number of spaces before the text; an ideographic space counts as two, and a tab as eight.
        has_columns: whether wide gaps divide the line into columns.
    """

    number: int
    text: str
    indent: int = 0
    has_columns: bool = False


def read(path: Path) -> ImportedFile:
    """Read the paragraphs of a text file.

    Raises:
        IpdocsError: the file is unsafe, its character set is unknown, or text would be lost.
    """
    decoded = decode_text(read_bytes(path, MAX_BYTES), path)
    imported = read_lines(decoded.text, path)
    imported.findings += decoded.findings
    return imported


def read_lines(text: str, path: Path) -> ImportedFile:
    """Read the paragraphs of plain text in memory; findings refer to `path`.

    Raises:
        IpdocsError: text would be lost.
    """
    ledger, imported = Ledger(path), ImportedFile()
    lines = _without_quotation_marks(_LINE_BREAK.split(text), ledger)
    for number, line in enumerate(lines, 1):
        ledger.enter(number, "text", line, number)
    table_end = 0
    for paragraph_lines in _paragraphs(lines, import_words(find_workspace(path))):
        for paragraph_line in paragraph_lines:
            ledger.take(paragraph_line.number)
        first = paragraph_lines[0].number
        if first <= table_end:
            continue
        if table := table_at(lines, first - 1):
            imported.paragraphs.append(table[0])
            table_end = first - 1 + table[1]
        else:
            imported.paragraphs += _imported_paragraphs(paragraph_lines, lines, imported)
    ledger.check()
    cells = (cell for paragraph in imported.paragraphs for row in paragraph.rows for cell in row)
    texts = (f"{paragraph.marker}{paragraph.text}" for paragraph in imported.paragraphs)
    ledger.check_arrival([*texts, *map(to_display_text, cells)])
    imported.left_out += ledger.left_out()
    return imported


_QUOTATION_MARKS = re.compile(r"(?:>[ \t]?)+(?=$|(?<=[ \t>])\S)")


def _without_quotation_marks(lines: Sequence[str], ledger: Ledger) -> list[str]:
    """Return lines without the marks ">" that e-mail puts before quoted lines, if several lines have them."""
    marks = {number: match[0] for number, line in enumerate(lines) if (match := _QUOTATION_MARKS.match(line))}
    if len(marks) < _MIN_QUOTED:
        return [*lines]
    ledger.enter("marks", "text", f"> × {len(marks)}", min(marks) + 1)
    ledger.leave_out("marks", LeftOutReason.QUOTATION_MARK)
    return [line[len(marks.get(number, "")) :] for number, line in enumerate(lines)]


_MIN_QUOTED = 2
"""The number of lines that begin with ">" from which this is a mark of quoted e-mail."""


_LINE_BREAK = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")


def _imported_paragraphs(
    paragraph_lines: Sequence[_Line], lines: Sequence[str], imported: ImportedFile
) -> Iterator[ImportedParagraph]:
    text, first = _join_lines([line.text for line in paragraph_lines]), paragraph_lines[0]
    if marker := find_list_marker(text):
        style, length = marker
        yield from read_list_items(text[length:], style, first.number, imported, text[:length].strip())
        return
    neighbours = [*lines[first.number - 2 : first.number - 1], *lines[first.number : first.number + 1]]
    stands_alone = len(paragraph_lines) == 1 and not first.has_columns and not any(map(str.strip, neighbours))
    yield ImportedParagraph("paragraph", (text,), first.number, stands_alone=stands_alone)


def read_list_items(text: str, style: str, line: int, imported: ImportedFile, marker: str = "") -> Iterator[ImportedParagraph]:
    """Yield the list items in a line, and record a line with several items in `imported.run_together`.

    Args:
        text: the line without the marker of its first item.
        style: the list style: bullet, number, letter or roman.
        line: the line number.
        imported: the file being imported.
        marker: the marker of the first item, as typed.
    """
    items = split_list_items(text)
    if len(items) > 1:
        imported.run_together.append((line, text))
    yield ImportedParagraph("item", (items[0][1],), line, list_style=style, marker=marker)
    for item_marker, item in items[1:]:
        yield ImportedParagraph("item", (item,), line, list_style=style, marker=item_marker)


def _paragraphs(lines: Sequence[str], words: ImportWords) -> Iterator[list[_Line]]:
    """Yield the lines of each paragraph."""
    paragraph: list[_Line] = []
    for number, text in enumerate(lines, 1):
        line = _line(number, text)
        if paragraph and not _continues(paragraph, line, words):
            yield paragraph
            paragraph = []
        if line.text:
            paragraph.append(line)
    if paragraph:
        yield paragraph


_CHINESE_MARKS = "，。、；：！？「」『』（）《》〈〉…—"
_COLUMNS = re.compile(r"\S(?:\t|[ \u00a0]{3,}|\u3000{2,})\S")
_IDEOGRAPHIC_SPACE = re.compile("(?<=[\u3001-\uffef])\u3000(?=[\u3001-\uffef])")


def _line(number: int, text: str) -> _Line:
    """Return a line with single spaces; an ideographic space between the parts of a Chinese heading is kept."""
    parts = (" ".join(part.split()) for part in _IDEOGRAPHIC_SPACE.split(text.strip()))
    space = text[: len(text) - len(text.lstrip())]
    indent = len(space) + space.count("\u3000") + 7 * space.count("\t")
    return _Line(number, "\u3000".join(parts), indent, _COLUMNS.search(text) is not None)


def _ends(paragraph: Sequence[_Line], words: ImportWords) -> bool:
    """Whether the last line of a paragraph ends a sentence or an item; "; and" within wrapped prose does not."""
    text = paragraph[-1].text
    match = re.search(rf"(?:[.:;!?。：；！？」”\"]|[;；,]\s*(?:{words.alternatives('conjunction')}))$", text, re.IGNORECASE)
    return match is not None and (len(match[0]) == 1 or len(paragraph) == 1 or find_list_marker(paragraph[0].text) is not None)


_MESSAGE = re.compile(r"\[[0-9]{1,4}[/.:\-][^\[\]]{3,30}\] ")
"""The day and time before a message that is copied from a chat: [1/12/2026, 10:15:03] Name: …"""


def _continues(paragraph: Sequence[_Line], line: _Line, words: ImportWords) -> bool:
    """Whether a line belongs to the paragraph before it."""
    last = paragraph[-1]
    if _MESSAGE.match(line.text):
        return False
    if not line.text or find_list_marker(line.text) or last.has_columns or line.has_columns or _ends(paragraph, words):
        return False
    if any(is_separator(text) or is_end_mark(text, words) for text in (last.text, line.text)):
        return False
    marker = find_list_marker(paragraph[0].text)
    if line.indent > last.indent:
        # A deeper line continues a list item; otherwise it is the first line of a paragraph.
        return marker is not None
    if marker and len(paragraph) > 1 and line.indent < last.indent:
        return False
    min_length = _MIN_WRAPPED_CHINESE if is_chinese(last.text) else _MIN_WRAPPED
    return len(last.text) >= min_length or (marker is not None and len(paragraph) > 1 and line.indent > paragraph[0].indent)


def _join_lines(lines: Sequence[str]) -> str:
    """Join the lines of a paragraph: with spaces, but not beside Chinese characters or after the hyphen of a divided word."""
    parts = [lines[0]]
    for before, line in pairwise(lines):
        is_divided = re.search(r"[a-z]-$", before[-2:]) and re.match("[a-z]", line)
        is_in_chinese = any(is_chinese(beside) or beside in _CHINESE_MARKS for beside in (before[-1], line[0]))
        parts.append(("" if is_divided or is_in_chinese else " ") + line)
    return "".join(parts)
