"""Reader of plain text, in which a blank line, a short line or a list marker separates paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ipdocs.files.reading import read_bytes, unusable_file
from ipdocs.importing.paragraph import ImportedFile, ImportedParagraph
from ipdocs.importing.readers.list_markers import find_list_marker, split_list_items
from ipdocs.source.scalar import is_chinese

MAX_BYTES = 5_000_000
_MIN_WRAPPED, _MIN_WRAPPED_CHINESE = 55, 28
"""Minimum length of a line that continues on the next line, in English and in Chinese."""


def read(path: Path) -> ImportedFile:
    """Read the paragraphs of a text file.

    Raises:
        IpdocsError: the file is unsafe, or is not in UTF-8 or UTF-16.
    """
    data = read_bytes(path, MAX_BYTES)
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        hint = "save the file as UTF-8; older Chinese files are often in Big5 or GBK"
        raise unusable_file("not-utf8", "this is not UTF-8 text", path, hint) from error
    imported = ImportedFile()
    imported.paragraphs += _imported_paragraphs(text, imported)
    return imported


def _imported_paragraphs(text: str, imported: ImportedFile) -> Iterator[ImportedParagraph]:
    for line, paragraph in _paragraphs(text):
        marker = find_list_marker(paragraph)
        if marker is None:
            yield ImportedParagraph("paragraph", (paragraph,), line)
            continue
        yield from read_list_items(paragraph[marker[1] :], marker[0], line, imported)


def read_list_items(text: str, style: str, line: int, imported: ImportedFile) -> Iterator[ImportedParagraph]:
    """Yield the list items in a line, and record a line with several items in `imported.run_together`.

    Args:
        text: the line without the marker of its first item.
        style: the list style: bullet, number, letter or roman.
        line: the line number.
        imported: the file being imported.
    """
    items = split_list_items(text)
    if len(items) > 1:
        imported.run_together.append((line, text))
    for item in items:
        yield ImportedParagraph("item", (item,), line, list_style=style)


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Yield the number of the first line and the text of each paragraph, with wrapped lines joined."""
    start, lines = 0, [""]
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        stripped = _clean(line)
        if not stripped or find_list_marker(stripped) or not _continues(lines[-1]):
            if any(lines):
                yield start, _join_lines(lines)
            start, lines = number, [stripped]
        else:
            lines.append(stripped)
    if any(lines):
        yield start, _join_lines(lines)


_IDEOGRAPHIC_SPACE = re.compile("(?<=[\u3001-\uffef])\u3000(?=[\u3001-\uffef])")


def _clean(line: str) -> str:
    """Return a line with single spaces; an ideographic space between the parts of a Chinese heading is kept."""
    parts = (" ".join(part.split()) for part in _IDEOGRAPHIC_SPACE.split(line.strip()))
    return "\u3000".join(parts)


def _continues(line: str) -> bool:
    """Whether a line is so long that its paragraph probably continues on the next line."""
    min_length = _MIN_WRAPPED_CHINESE if is_chinese(line) else _MIN_WRAPPED
    return len(line) >= min_length and not line.endswith((".", ":", ";", "!", "?", "。", "：", "；", "！", "？", "」", "”", '"'))


def _join_lines(lines: list[str]) -> str:
    separator = "" if is_chinese("".join(lines)) else " "
    return separator.join(line for line in lines if line)
