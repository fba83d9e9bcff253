"""Words by which an import recognises what surrounds the text of a release: the table locales/import.csv."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from ipdocs.findings import Finding, nearest, raise_errors
from ipdocs.locale.conversion.engine import engine
from ipdocs.locale.tables import TableRow, merged_rows
from ipdocs.workspace import Workspace

FILE = "locales/import.csv"
COLUMNS = ("language", "kind", "text", "note")
KINDS = {
    "masthead": (),
    "end-mark": (),
    "end-mark-in-dashes": (),
    "issued-line": ("date",),
    "issue-time": ("time",),
    "reference": ("text",),
    "event-label": (),
    "title-note": (),
    "salutation": (),
    "conjunction": (),
    "back-link": (),
    "related-heading": (),
    "contents-heading": (),
    "sharing-link": (),
    "navigation": (),
    "language-switch": (),
    "page-footer": (),
    "copyright": (),
}
"""The kinds of row, each with the placeholders that its texts must have."""

_PLACEHOLDERS = {
    "date": "(?P<date>.{4,60})",
    "time": r"(?P<time>\d{1,2} ?[:.時时]? ?\d{2}) ?分?",
    "text": "(?P<text>.{1,120}?)",
    "year": "(?:19|20)[0-9]{2}(?: ?[-–] ?[0-9]{2,4})?",
}
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_MAX_LENGTH = 200
"""The maximum length of a line that can consist of such words."""

_BETWEEN = r"[\s:|/·>›»•]*"
"""What may stand between several words on one line, such as the links 繁 | 简 | ENG."""


@dataclass(frozen=True, slots=True)
class ImportWords:
    """The words of the table, as patterns.

    Attributes:
        patterns: the patterns of texts with a placeholder, keyed by kind.
        plain: the pattern of a line of one or more texts without placeholders, keyed by kind.
        texts: the texts in lower case and half-width forms, keyed by kind.
    """

    patterns: Mapping[str, tuple[re.Pattern[str], ...]]
    plain: Mapping[str, re.Pattern[str]]
    texts: Mapping[str, frozenset[str]]

    def match(self, kind: str, line: str) -> dict[str, str] | None:
        """Return what a whole line has in place of the placeholders of a text of a kind; None if the line is no such text."""
        if len(line) > _MAX_LENGTH:
            return None
        text = " ".join(line.split())
        comparable = half_width(text)
        for pattern in self.patterns[kind]:
            if match := pattern.fullmatch(comparable):
                return {name: text[match.start(name) : match.end(name)] for name in match.groupdict()}
        return None

    def is_line_of(self, kind: str, line: str) -> bool:
        """Whether a line consists of one or more texts of a kind and nothing else."""
        if len(line) > _MAX_LENGTH or not line.strip():
            return False
        return self.plain[kind].fullmatch(half_width(" ".join(line.split()))) is not None or self.match(kind, line) is not None

    def is_text_of(self, kind: str, text: str) -> bool:
        """Whether a text is exactly one of the texts of a kind; the case of letters does not matter."""
        return half_width(" ".join(text.split())).casefold() in self.texts[kind]

    def alternatives(self, kind: str) -> str:
        """Return a pattern of any text of a kind, in Latin letters as a whole word; nothing matches it if there is none."""
        longest_first = sorted(self.texts[kind], key=lambda text: (-len(text), text))
        return "|".join(rf"\b{re.escape(text)}\b" if text.isascii() else re.escape(text) for text in longest_first) or "(?!)"

    def begins_with_label(self, kind: str, line: str) -> bool:
        """Whether a line begins with a text of a kind and a colon."""
        label, colon, _ = half_width(line[:_MAX_LENGTH]).partition(":")
        return bool(colon) and self.is_text_of(kind, label)


_HALF_WIDTH: dict[int, int | str] = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012–—―\u2212\ufe63"), "-"),
    ord("\ufe30"): ":",
}


def half_width(text: str) -> str:
    """Return a text of the same length with half-width letters and marks, and hyphens for dashes."""
    return text.translate(_HALF_WIDTH)


@cache
def import_words(workspace: Workspace) -> ImportWords:
    """Return the shipped rows of the table, and those of a workspace, which replace rows with the same kind and text.

    Raises:
        IpdocsError: the table is not valid, or a row has an unknown kind, no text or a wrong placeholder.
    """
    rows = merged_rows(workspace, FILE, COLUMNS, lambda row: (row["kind"], row["text"]))
    raise_errors(finding for row in rows for finding in _row_findings(row))
    texts: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        simplified = engine("tc", "sc", workspace).convert(row["text"], change_words=False)
        texts[row["kind"]] |= {half_width(" ".join(text.split())) for text in (row["text"], simplified)}
    patterns = {
        kind: [re.compile(_pattern(text), re.IGNORECASE) for text in sorted(texts[kind]) if "{" in text] for kind in KINDS
    }
    plain = {kind: _plain_pattern([text for text in texts[kind] if "{" not in text]) for kind in KINDS}
    return ImportWords(
        {kind: tuple(listed) for kind, listed in patterns.items()},
        plain,
        {kind: frozenset(text.casefold() for text in texts[kind]) for kind in KINDS},
    )


def _row_findings(row: TableRow) -> Iterator[Finding]:
    kind, names = row["kind"], _PLACEHOLDER.findall(row["text"])
    if kind not in KINDS:
        similar = nearest(kind, KINDS)
        hint = f"did you mean {similar}?" if similar else f"use one of the kinds {', '.join(KINDS)}"
        yield Finding("bad-import-word", f"{kind!r:.60} is not a kind of word", row.location, hint)
        return
    if not _PLACEHOLDER.sub("", row["text"]).strip(" .:") or any(mark in _PLACEHOLDER.sub("", row["text"]) for mark in "{}"):
        yield Finding("bad-import-word", "the row has no words", row.location, "write the words in the column `text`")
    elif unknown := [name for name in names if name not in _PLACEHOLDERS]:
        hint = f"write one of {', '.join(f'{{{name}}}' for name in _PLACEHOLDERS)}"
        yield Finding("bad-import-word", f"{{{unknown[0]:.60}}} is not a placeholder", row.location, hint)
    elif len(set(names)) < len(names):
        yield Finding(
            "bad-import-word", f"{row['text']!r:.80} has a placeholder twice", row.location, "write each placeholder once"
        )
    elif missing := [name for name in KINDS[kind] if name not in names]:
        hint = f"write {{{missing[0]}}} where the text has it"
        yield Finding("bad-import-word", f"a text of the kind {kind} needs {{{missing[0]}}}", row.location, hint)


def _pattern(text: str) -> str:
    """Return the pattern of a text with placeholders; spaces beside a colon are optional."""
    parts = _PLACEHOLDER.split(text)
    return "".join(_PLACEHOLDERS[part] if index % 2 else _literal(part) for index, part in enumerate(parts))


def _literal(text: str) -> str:
    return re.sub(r"(?:\\ )*:(?:\\ )*", " ?: ?", re.escape(text))


def _plain_pattern(texts: list[str]) -> re.Pattern[str]:
    alternatives = "|".join(re.escape(text) for text in sorted(texts, key=lambda text: (-len(text), text)))
    return re.compile(f"(?:(?:{alternatives}){_BETWEEN})+" if alternatives else "(?!)", re.IGNORECASE)
