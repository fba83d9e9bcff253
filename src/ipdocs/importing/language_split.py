"""Separation of the languages in an imported file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ipdocs.importing.paragraph import ImportedFile, ImportedParagraph
from ipdocs.locale.catalogs import distinctive_words, words_of
from ipdocs.locale.conversion.converter import converter
from ipdocs.source.scalar import is_chinese
from ipdocs.source.segment import to_display_text
from ipdocs.workspace import Workspace

_MIN_FRACTION = 0.15
"""The minimum fraction of a file's characters in a second language; a smaller fraction is probably only names."""


_WEB_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+")


def split_languages(imported: ImportedFile, workspace: Workspace) -> dict[str, ImportedFile]:
    """Split an imported file by language, and return the parts keyed by language code.

    The languages of the file may be side by side in columns, or one after the other.
    """
    paragraphs = imported.paragraphs
    chinese = [paragraph for paragraph in paragraphs if is_chinese(_text(paragraph))]
    english = [paragraph for paragraph in paragraphs if paragraph not in chinese]
    total = sum(len(_text(paragraph)) for paragraph in paragraphs)
    chinese_code, latin_code = _chinese_code(chinese, workspace), _latin_code(english, workspace)
    words = [_text(paragraph) for paragraph in english if not _WEB_ADDRESS.fullmatch(_text(paragraph).strip())]
    if chinese and sum(map(len, words)) < _MIN_FRACTION * total:
        return {chinese_code: imported}
    # A Chinese text has about a third as many characters as its English translation.
    if sum(len(_text(paragraph)) for paragraph in chinese) <= _MIN_FRACTION / 3 * total:
        return {latin_code: imported}
    return {
        latin_code: replace(imported, paragraphs=_with_wordless_paragraphs(english, paragraphs)),
        chinese_code: ImportedFile(_with_wordless_paragraphs(chinese, paragraphs)),
    }


def _text(paragraph: ImportedParagraph) -> str:
    return paragraph.text + " ".join(to_display_text(cell) for row in paragraph.rows for cell in row)


def _with_wordless_paragraphs(selected: list[ImportedParagraph], paragraphs: list[ImportedParagraph]) -> list[ImportedParagraph]:
    """Return the selected paragraphs together with paragraphs without words (pictures, rules), in document order."""
    return [paragraph for paragraph in paragraphs if paragraph in selected or not _text(paragraph).strip()]


def _latin_code(paragraphs: list[ImportedParagraph], workspace: Workspace) -> str:
    """Return the code of the language with Latin letters whose words the paragraphs have most often; English if in doubt."""
    words = distinctive_words(workspace)
    if len(words) == 1:
        return "en"
    counts = Counter(word for paragraph in paragraphs for word in words_of(_text(paragraph)))
    scores = {code: sum(counts[word] for word in own) for code, own in words.items()}
    return max(scores, key=lambda code: (scores[code], code == "en"))


def _chinese_code(paragraphs: list[ImportedParagraph], workspace: Workspace) -> str:
    """Return "sc" if conversion to Traditional changes far more characters than conversion to Simplified, else "tc"."""
    text = "".join(map(_text, paragraphs))[:4000]
    changed_to_tc = _count_differing_characters(text, converter("sc", "tc", workspace).convert(text))
    changed_to_sc = _count_differing_characters(text, converter("tc", "sc", workspace).convert(text))
    return "sc" if changed_to_tc > 3 * changed_to_sc else "tc"


def _count_differing_characters(text: str, converted: str) -> int:
    return sum(before != after for before, after in zip(text, converted, strict=False))


def is_side_by_side(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table has two columns with the same text in English and Chinese."""
    pairs = [row for row in rows if any(cell.strip() for cell in row)]
    if not pairs or any(len(row) != 2 for row in pairs):
        return False
    are_chinese = [(is_chinese(first), is_chinese(second)) for first, second in pairs if first.strip() and second.strip()]
    bilingual_row_count = max(are_chinese.count((True, False)), are_chinese.count((False, True)))
    return bool(are_chinese) and bilingual_row_count >= 0.9 * len(are_chinese)
