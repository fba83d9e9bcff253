"""Units in English and Chinese, such as days and 天: the table locales/units.csv."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ipdocs.locale.conversion.converter import converter
from ipdocs.locale.language import Language
from ipdocs.locale.tables import TableRow, merged_rows
from ipdocs.workspace import Workspace

FILE = "locales/units.csv"
COLUMNS = ("unit", "english", "chinese", "also_chinese", "unless", "note")
_BETWEEN_ENGLISH = r"[ \u00a0-]?(?:(?:consecutive|working|full|calendar|clear|straight|more|extra)[ -])*"
_BETWEEN_CHINESE = "(?:個|个|多|餘|余|整|連續|连续|工作|公眾|公众|曆|历)*"


@dataclass(frozen=True, slots=True)
class StatedUnit:
    """The unit after a number.

    Attributes:
        name: the name of the unit.
        is_certain: whether the word always means this unit; 歲 also stands where English has no unit, as in "aged 60".
    """

    name: str
    is_certain: bool


@dataclass(frozen=True, slots=True)
class _UnitWords:
    """A pattern for a number's unit, and the unit that each word means; None for a word that is no unit, such as 日本."""

    pattern: re.Pattern[str]
    by_word: dict[str, StatedUnit | None]


def unit_after(text: str, position: int, language: Language, workspace: Workspace) -> StatedUnit | None:
    """Return the unit that follows a number in a text, or None if it is no unit of the table.

    Args:
        text: the text.
        position: the offset after the number.
        language: the language of the text; the table has units in English and Chinese only.
        workspace: the workspace whose table is read.

    Raises:
        IpdocsError: the table is not valid.
    """
    if not (language.is_chinese or language.code == "en"):
        return None
    words = _unit_words(language.is_chinese, workspace)
    match = words.pattern.match(text, position)
    return words.by_word[match["unit"].lower()] if match else None


@cache
def _unit_words(is_chinese: bool, workspace: Workspace) -> _UnitWords:
    by_word: dict[str, StatedUnit | None] = {}
    for row in merged_rows(workspace, FILE, COLUMNS, lambda row: row["unit"]):
        for column in ("chinese", "also_chinese", "unless") if is_chinese else ("english",):
            for word in _words(row, column):
                # A letter such as m may be the beginning of m².
                is_certain = column == "chinese" or (column == "english" and len(word) > 1)
                unit = None if column == "unless" else StatedUnit(row["unit"], is_certain)
                by_word.setdefault(word, unit)
                if is_chinese:
                    by_word.setdefault(converter("tc", "sc", workspace).convert(word), unit)
    longest_first = sorted(by_word, key=lambda word: (-len(word), word))
    alternatives = "|".join(map(re.escape, longest_first)) or "(?!)"
    if is_chinese:
        return _UnitWords(re.compile(f"{_BETWEEN_CHINESE}(?P<unit>{alternatives})"), by_word)
    return _UnitWords(re.compile(rf"{_BETWEEN_ENGLISH}(?P<unit>{alternatives})\b", re.IGNORECASE), by_word)


def _words(row: TableRow, column: str) -> list[str]:
    return [word for word in (part.strip().lower() for part in row[column].split(";")) if word]
