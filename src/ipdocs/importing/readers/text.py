"""Reader of plain text. Blank lines, short lines and the marks of list items separate paragraphs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ipdocs.files.reading import read_bytes, unsafe_file
from ipdocs.importing.paragraph import ImportedFile, ImportedParagraph
from ipdocs.importing.readers.marks import item_mark, split_run_together
from ipdocs.source.scalar import is_chinese

MAX_BYTES = 5_000_000
_MIN_WRAPPED, _MIN_WRAPPED_CHINESE = 55, 28
"""Length from which a line that does not end a sentence continues on the next line."""


def read(path: Path) -> ImportedFile:
    """Read the paragraphs of a text file.

    Raises:
        IpdocsError: the file is neither UTF-8 nor UTF-16.
    """
    data = read_bytes(path, MAX_BYTES)
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        hint = "save it as UTF-8; Chinese text is often in Big5 or GBK"
        raise unsafe_file("not-utf8", f"this text is not UTF-8: {error.reason}", path, hint) from error
    imported = ImportedFile()
    imported.paragraphs += _read_paragraphs(text, imported)
    return imported


def _read_paragraphs(text: str, imported: ImportedFile) -> Iterator[ImportedParagraph]:
    for line, words in _paragraphs(text):
        mark = item_mark(words)
        if mark is None:
            yield ImportedParagraph("paragraph", (words,), line)
            continue
        yield from items(words[mark[1] :], mark[0], line, imported)


def items(words: str, mark: str, line: int, imported: ImportedFile) -> Iterator[ImportedParagraph]:
    """Yield the list items of a line; a line with several is recorded in `imported.run_together`."""
    parts = split_run_together(words)
    if len(parts) > 1:
        imported.run_together.append((line, words))
    for part in parts:
        yield ImportedParagraph("item", (part,), line, mark=mark)


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Yield the first line number and the text of each paragraph; wrapped lines are joined."""
    start, parts = 0, [""]
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        stripped = " ".join(line.replace("\u3000", " ").split())
        if not stripped or item_mark(stripped) or not _continues(parts[-1]):
            if any(parts):
                yield start, _joined(parts)
            start, parts = number, [stripped]
        else:
            parts.append(stripped)
    if any(parts):
        yield start, _joined(parts)


def _continues(line: str) -> bool:
    min_length = _MIN_WRAPPED_CHINESE if is_chinese(line) else _MIN_WRAPPED
    return len(line) >= min_length and not line.endswith((".", ":", ";", "!", "?", "。", "：", "；", "！", "？", "」", "”", '"'))


def _joined(parts: list[str]) -> str:
    lines = [part for part in parts if part]
    return ("" if is_chinese("".join(lines)) else " ").join(lines)
