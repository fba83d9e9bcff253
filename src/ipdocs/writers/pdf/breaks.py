"""Where Word breaks lines and the PDF's line breaker would not: zero-width spaces and joiners, for the PDF alone."""

from __future__ import annotations

import re
import unicodedata

from ipdocs.writers.hyphens import parted

BREAK, JOIN = "\u200b", "\u2060"

_CLOSING = "，。、；：？！）〕」』》〉】…—”’,.;:?!)"
_OPENING = "（〔「『《〈【“‘("
_IN_CHINESE = re.compile(
    rf"(?<=[”’])(?=[^\s{_CLOSING}])"  # after a closing quotation mark
    rf"|(?<=[^\s{_OPENING}])(?=[“‘])"  # before an opening one
    rf"|(?<=○)(?=○)"
)
_TIED = f"-‐–—/\u00ad{BREAK}{JOIN}"
_SLASH = re.compile(r"(?<=[A-Za-z]/)(?=[A-Za-z])")


def breakable(text: str, *, chinese: bool) -> str:
    """Return a text with invisible characters that make lines end where Word ends them.

    UAX 14 glues “ and ” to both neighbours and ○ to ○, which Chinese does not, and lets a line end after the slash of
    Guangdong/Hong, which Word does not, and after the hyphen of co-operation, which neither is to do.
    """
    text = f"-{JOIN}".join(parted(text, chinese=chinese))
    if "/" in text:
        text = _SLASH.sub(JOIN, text)
    return _IN_CHINESE.sub(BREAK, text) if chinese else text


def unbroken(text: str) -> str:
    """Return a text without what breakable put into it: for outlines, which have no lines."""
    return text.replace(BREAK, "").replace(JOIN, "")


def are_words(line: str, following: str) -> bool:
    """Say whether a space parts what ends one line from what begins the next: not within Chinese, nor after a hyphen."""
    last, first = line[-1], following[0]
    return not (
        last.isspace()
        or last in _TIED
        or unicodedata.east_asian_width(last) in "WF"
        or unicodedata.east_asian_width(first) in "WF"
    )
