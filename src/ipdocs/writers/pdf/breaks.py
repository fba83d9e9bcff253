"""Add zero-width spaces and joiners to the text of a PDF, so that lines break where they break in Word."""

from __future__ import annotations

import re
import unicodedata

from ipdocs.writers.hyphens import split_at_hyphens

BREAK, JOIN = "\u200b", "\u2060"
"""The zero-width space and the word joiner."""

_CLOSING = "，。、；：？！）〕」』》〉】…—”’,.;:?!)"
_OPENING = "（〔「『《〈【“‘("
_IN_CHINESE = re.compile(
    rf"(?<=[”’])(?=[^\s{_CLOSING}])"  # after a closing quotation mark
    rf"|(?<=[^\s{_OPENING}])(?=[“‘])"  # before an opening quotation mark
    rf"|(?<=○)(?=○)"
)
"""Positions where a line of Chinese text may break, although UAX 14 forbids the break."""

_NO_SPACE_AFTER = f"-‐–—/\u00ad{BREAK}{JOIN}"
_SLASH = re.compile(r"(?<=[A-Za-z]/)(?=[A-Za-z])")


def add_break_marks(text: str, *, chinese: bool) -> str:
    """Return a text with invisible characters added, so that its lines break where they break in Word.

    UAX 14 forbids breaks beside “ and ” and between two ○, although Chinese typography allows them. UAX 14 allows a break
    after the slash in Guangdong/Hong, where Word has none, and after the hyphen in co-operation, where none is wanted.
    """
    text = f"-{JOIN}".join(split_at_hyphens(text, chinese=chinese))
    if "/" in text:
        text = _SLASH.sub(JOIN, text)
    return _IN_CHINESE.sub(BREAK, text) if chinese else text


def remove_break_marks(text: str) -> str:
    """Return a text without the characters that `add_break_marks` adds, for the outline of a PDF."""
    return text.replace(BREAK, "").replace(JOIN, "")


def needs_space(line: str, next_line: str) -> bool:
    """Whether a space belongs between two lines of a text: not beside Chinese characters, and not after a hyphen."""
    last_character, first_character = line[-1], next_line[0]
    return not (
        last_character.isspace()
        or last_character in _NO_SPACE_AFTER
        or unicodedata.east_asian_width(last_character) in "WF"
        or unicodedata.east_asian_width(first_character) in "WF"
    )
