"""Splitting of an imported file by language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ipdocs.importing.paragraph import ImportedFile, ImportedParagraph
from ipdocs.locale.conversion.converter import converter
from ipdocs.source.scalar import is_chinese
from ipdocs.source.segment import to_display_text
from ipdocs.workspace import Workspace

_MIN_SHARE = 0.15
"""The share of a file's characters that a second language needs; with fewer it is only names in the text."""


def split_languages(imported: ImportedFile, workspace: Workspace) -> dict[str, ImportedFile]:
    """Split a file into one for each language code; its languages may stand side by side or one after the other."""
    paragraphs = imported.paragraphs
    chinese = [paragraph for paragraph in paragraphs if is_chinese(_text(paragraph))]
    english = [paragraph for paragraph in paragraphs if paragraph not in chinese]
    total = sum(len(_text(paragraph)) for paragraph in paragraphs)
    chinese_code = _script(chinese, workspace)
    if chinese and sum(len(_text(paragraph)) for paragraph in english) < _MIN_SHARE * total:
        return {chinese_code: imported}
    # A Chinese text has about a third of the characters of its English translation.
    if sum(len(_text(paragraph)) for paragraph in chinese) <= _MIN_SHARE / 3 * total:
        return {"en": imported}
    return {
        "en": replace(imported, paragraphs=_with_wordless(english, paragraphs)),
        chinese_code: ImportedFile(_with_wordless(chinese, paragraphs)),
    }


def _text(paragraph: ImportedParagraph) -> str:
    return paragraph.text + " ".join(to_display_text(cell) for row in paragraph.rows for cell in row)


def _with_wordless(chosen: list[ImportedParagraph], paragraphs: list[ImportedParagraph]) -> list[ImportedParagraph]:
    """Return the chosen paragraphs and those without words (pictures, rules), which belong to both languages."""
    return [paragraph for paragraph in paragraphs if paragraph in chosen or not _text(paragraph).strip()]


def _script(paragraphs: list[ImportedParagraph], workspace: Workspace) -> str:
    """Return "sc" if conversion to Traditional changes far more characters than conversion to Simplified, else "tc"."""
    text = "".join(map(_text, paragraphs))[:4000]
    changed_to_tc = _differing_characters(text, converter("sc", "tc", workspace).convert(text))
    changed_to_sc = _differing_characters(text, converter("tc", "sc", workspace).convert(text))
    return "sc" if changed_to_tc > 3 * changed_to_sc else "tc"


def _differing_characters(text: str, converted: str) -> int:
    return sum(before != after for before, after in zip(text, converted, strict=False))


def side_by_side(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the two columns of a table are a text in English and Chinese."""
    pairs = [row for row in rows if any(cell.strip() for cell in row)]
    if not pairs or any(len(row) != 2 for row in pairs):
        return False
    chinese = [(is_chinese(first), is_chinese(second)) for first, second in pairs if first.strip() and second.strip()]
    matching = max(chinese.count((True, False)), chinese.count((False, True)))
    return bool(chinese) and matching >= 0.9 * len(chinese)
