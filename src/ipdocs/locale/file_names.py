"""Words in the names of files and folders that state a language: the table locales/file-names.csv."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ipdocs.findings import Finding, nearest, raise_errors
from ipdocs.locale.conversion.engine import engine
from ipdocs.locale.language import languages
from ipdocs.locale.tables import merged_rows
from ipdocs.workspace import Workspace

FILE = "locales/file-names.csv"
COLUMNS = ("language", "text")
_SEPARATORS = r"[\s._\-–—()（）\[\]【】]"


@dataclass(frozen=True, slots=True)
class FileNameWords:
    """The words of the table.

    Attributes:
        codes: the code of the language, keyed by word in small letters.
        pattern: matches a name with a word at its beginning or end.
        inner_pattern: matches a name with a word between other words.
    """

    codes: Mapping[str, str]
    pattern: re.Pattern[str]
    inner_pattern: re.Pattern[str]

    def split(self, name: str) -> tuple[str, str]:
        """Return a name without its word for a language, and the code of the language, or "" if the name states none."""
        name = unicodedata.normalize("NFC", name)
        match = self.pattern.fullmatch(name)
        if match is None:
            return name, ""
        word = next(word for group, word in match.groupdict().items() if not group.startswith("rest") and word)
        return match["rest"] or match["rest_after"] or "", self._code(word)

    def split_inside(self, name: str) -> tuple[str, str]:
        """Return a name without a word for a language between other words, and its code, or "" if there is none."""
        name = unicodedata.normalize("NFC", name)
        match = self.inner_pattern.fullmatch(name)
        if match is None:
            return name, ""
        gap = match["gap_after"].lstrip(")）]】") or match["gap"].rstrip("(（[【")
        return f"{match['before']}{gap}{match['after']}", self._code(match["inner"])

    def _code(self, word: str) -> str:
        """Return the code of the language of a word in a name; spaces, underscores and hyphens in it are alike."""
        key = re.sub(r"[\s_-]+", lambda spaces: "-" if "-" in spaces[0] else " ", word.casefold())
        return self.codes.get(word.casefold()) or self.codes.get(key) or self.codes[key.replace(" ", "-")]

    def folder_language(self, name: str) -> str:
        """Return the code of the language that a folder is named after, or ""; a single letter names no language."""
        word = unicodedata.normalize("NFC", name).strip().casefold().replace("_", "-")
        return self.codes.get(word, "") if len(word) > 1 or not word.isascii() else ""


@cache
def file_name_words(workspace: Workspace) -> FileNameWords:
    """Return the shipped rows of the table, and those of a workspace, which replace rows with the same word.

    Raises:
        IpdocsError: the table is not valid, or a row has an unknown language or no word.
    """
    rows = merged_rows(workspace, FILE, COLUMNS, lambda row: row["text"].casefold())
    codes: dict[str, str] = {}
    findings: list[Finding] = []
    for row in rows:
        code, word = row["language"], unicodedata.normalize("NFC", row["text"].strip())
        if code not in languages(workspace):
            similar = nearest(code, languages(workspace))
            hint = f"did you mean {similar}?" if similar else f"write one of {', '.join(languages(workspace))}"
            findings.append(Finding("bad-file-name-word", f"there is no language {code!r:.40}", row.location, hint))
        elif not word:
            hint = "write the word in the column `text`"
            findings.append(Finding("bad-file-name-word", "the row has no word", row.location, hint))
        else:
            simplified = engine("tc", "sc", workspace).convert(word, change_words=False)
            codes |= {word.casefold(): code, simplified.casefold(): code}
    raise_errors(findings)
    return FileNameWords(codes, *_patterns(codes))


def _patterns(codes: Mapping[str, str]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of names with a word, set apart by separators, at one end and between other words.

    Chinese words of several characters need no separator, and a single letter may also follow a figure.
    """
    words = sorted(codes, key=lambda word: (-len(word), word))
    attached = [word for word in words if len(word) > 1 and not word.isascii()]
    latin = "|".join(re.escape(word).replace("\\ ", r"[\s_-]").replace("\\-", "[-_]") for word in words if word not in attached)
    chinese = "|".join(attached)
    letters = "|".join(word for word in words if len(word) == 1 and word.isascii())
    pattern = re.compile(
        rf"(?P<whole>{latin}|{chinese})"
        rf"|(?P<rest>.*?)(?:{_SEPARATORS}+(?P<last>{latin})|{_SEPARATORS}*(?P<chinese_last>{chinese})|(?<=\d)(?P<letter>{letters}))"
        rf"{_SEPARATORS}*"
        rf"|{_SEPARATORS}*(?:(?P<first>{latin}){_SEPARATORS}+|(?P<chinese_first>{chinese}){_SEPARATORS}+)(?P<rest_after>.+)",
        re.IGNORECASE,
    )
    inner_pattern = re.compile(
        rf"(?P<before>.+?)(?P<gap>{_SEPARATORS}+)(?P<inner>{latin}|{chinese})(?P<gap_after>{_SEPARATORS}+)(?P<after>.+)",
        re.IGNORECASE,
    )
    return pattern, inner_pattern
