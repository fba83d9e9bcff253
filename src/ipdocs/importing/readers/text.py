"""Reader of plain text, in which a blank line, a short line or a list marker separates paragraphs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ipdocs.files.reading import read_bytes, unusable_file
from ipdocs.importing.paragraph import ImportedFile, ImportedParagraph
from ipdocs.importing.readers.list_markers import find_list_marker, split_run_together
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
        yield from list_items(paragraph[marker[1] :], marker[0], line, imported)


def list_items(text: str, style: str, line: int, imported: ImportedFile) -> Iterator[ImportedParagraph]:
    """Yield the list items in a line, and record a line with several items in `imported.run_together`.

    Args:
        text: the line without the marker of its first item.
        style: the list style: bullet, number, letter or roman.
        line: the line number.
        imported: the file being imported.
    """
    parts = split_run_together(text)
    if len(parts) > 1:
        imported.run_together.append((line, text))
    for part in parts:
        yield ImportedParagraph("item", (part,), line, list_style=style)


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Yield the number of the first line and the text of each paragraph, with wrapped lines joined."""
    start, parts = 0, [""]
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        stripped = " ".join(line.replace("\u3000", " ").split())
        if not stripped or find_list_marker(stripped) or not _continues(parts[-1]):
            if any(parts):
                yield start, _join_lines(parts)
            start, parts = number, [stripped]
        else:
            parts.append(stripped)
    if any(parts):
        yield start, _join_lines(parts)


def _continues(line: str) -> bool:
    min_length = _MIN_WRAPPED_CHINESE if is_chinese(line) else _MIN_WRAPPED
    return len(line) >= min_length and not line.endswith((".", ":", ";", "!", "?", "。", "：", "；", "！", "？", "」", "”", '"'))


def _join_lines(parts: list[str]) -> str:
    lines = [part for part in parts if part]
    return ("" if is_chinese("".join(lines)) else " ").join(lines)
