"""Plain text in, paragraphs out: a paragraph a line or between blank lines, items by their marks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ipdocs.files.reading import read_bytes, unsafe_file
from ipdocs.importing.paragraph import ImportedFile, ImportedParagraph
from ipdocs.importing.readers.marks import item_mark, run_together
from ipdocs.source.scalar import is_chinese

MAX_BYTES = 5_000_000
_WRAPPED, _WRAPPED_CHINESE = 55, 28
"""A line at least this long, and that ends no sentence, goes on in the next."""


def read(path: Path) -> ImportedFile:
    """Return the paragraphs of a text file; one that is not UTF-8 or UTF-16 is a finding."""
    data = read_bytes(path, MAX_BYTES)
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        hint = "save it as UTF-8; text from elsewhere may be in Big5 or GBK"
        raise unsafe_file("not-utf8", f"this is no text in UTF-8: {error.reason}", path, hint) from error
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
    """Yield an item, or the several that somebody has let run together in one line."""
    parts = run_together(words)
    if len(parts) > 1:
        imported.run_together.append((line, words))
    for one in parts:
        yield ImportedParagraph("item", (one,), line, mark=mark)


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Yield each paragraph with its first line; lines that a mail program or a person has broken are one again."""
    begun, parts = 0, [""]
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        stripped = " ".join(line.replace("\u3000", " ").split())
        if not stripped or item_mark(stripped) or not _goes_on(parts[-1]):
            if any(parts):
                yield begun, _joined(parts)
            begun, parts = number, [stripped]
        else:
            parts.append(stripped)
    if any(parts):
        yield begun, _joined(parts)


def _goes_on(line: str) -> bool:
    longest = _WRAPPED_CHINESE if is_chinese(line) else _WRAPPED
    return len(line) >= longest and not line.endswith((".", ":", ";", "!", "?", "。", "：", "；", "！", "？", "」", "”", '"'))


def _joined(parts: list[str]) -> str:
    found = [part for part in parts if part]
    return ("" if is_chinese("".join(found)) else " ").join(found)
