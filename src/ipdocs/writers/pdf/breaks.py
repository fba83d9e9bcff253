"""Where Word breaks lines and the PDF's line breaker would not: zero-width spaces and joiners, for the PDF alone."""

from __future__ import annotations

import re

BREAK, JOIN = "\u200b", "\u2060"

_CLOSING = "，。、；：？！）〕」』》〉】…—”’,.;:?!)"
_OPENING = "（〔「『《〈【“‘("
_IN_CHINESE = re.compile(
    rf"(?<=[”’])(?=[^\s{_CLOSING}])"  # after a closing quotation mark
    rf"|(?<=[^\s{_OPENING}])(?=[“‘])"  # before an opening one
    rf"|(?<=○)(?=○)"
)
_SLASH = re.compile(r"(?<=[A-Za-z]/)(?=[A-Za-z])")


def breakable(text: str, *, chinese: bool) -> str:
    """Return a text with invisible characters that make lines end where Word ends them.

    UAX 14 glues “ and ” to both neighbours and ○ to ○, which Chinese does not, and lets a line end after the slash of
    Guangdong/Hong, which Word does not.
    """
    if "/" in text:
        text = _SLASH.sub(JOIN, text)
    return _IN_CHINESE.sub(BREAK, text) if chinese else text
