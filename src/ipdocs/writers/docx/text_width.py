"""Widths of text, computed from tables of advance widths instead of font files.

The fonts of Word and PDF files have the same advance widths.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

CHARACTERS = "".join(map(chr, range(32, 127))) + "‘’“”–—…•"
"""Characters with known widths, in the order of the width tables."""

NON_BREAKING_HYPHEN = "\u2011"

_TABLES = {
    "Times New Roman": """
        250 333 408 500 500 833 778 180 333 333 500 564 250 333 250 278 500 500 500 500 500 500 500 500 500 500 278 278 564
        564 564 444 921 722 667 667 722 611 556 722 722 333 389 722 611 889 722 722 556 722 667 556 611 722 722 944 722 722
        611 333 278 333 469 500 333 444 500 444 500 444 333 500 500 278 278 500 278 778 500 500 500 500 333 389 278 500 500
        722 500 500 444 480 200 480 541 333 333 444 444 500 1000 1000 350""",
    "Times New Roman bold": """
        250 333 555 500 500 1000 833 278 333 333 500 570 250 333 250 278 500 500 500 500 500 500 500 500 500 500 333 333 570
        570 570 500 930 722 667 722 722 667 611 778 778 389 500 778 667 944 722 778 611 778 722 556 667 722 722 1000 722 722
        667 333 278 333 581 500 333 500 556 444 556 444 333 500 556 278 333 556 278 833 556 500 556 556 444 389 333 556 500
        722 500 500 444 394 220 394 520 333 333 500 500 500 1000 1000 350""",
    "Arial": """
        278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 584
        584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667
        611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500
        722 500 500 500 334 260 334 584 222 222 333 333 556 1000 1000 350""",
    "Arial bold": """
        278 333 474 556 556 889 722 238 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 333 333 584
        584 584 611 975 722 722 722 722 667 611 778 722 278 556 722 611 833 722 778 667 778 722 667 611 722 667 944 667 667
        611 333 278 333 584 556 333 556 611 556 611 556 333 611 611 278 278 556 278 889 611 611 611 611 389 556 333 611 556
        778 556 556 500 389 280 389 584 278 278 500 500 556 1000 1000 350""",
}
"""Advance widths in thousandths of the font size; Liberation Serif and Liberation Sans have the same widths."""

_WIDTHS = {font: dict(zip(CHARACTERS, map(int, table.split()), strict=True)) for font, table in _TABLES.items()}
_DEFAULT_ADVANCE = 500
_WORDS = re.compile(r"[^ \t\n-]*-+|[^ \t\n-]+")
"""Words, which may break after a hyphen."""

_WIDE = "\u2e80-\U0003ffff"
_OPEN, _CLOSE = "「『（【〈《“‘", "」』）】〉》、。，；：？！”’…—"
_CHINESE = re.compile(f"[{_OPEN}]*[{_WIDE}][{_CLOSE}]*|[^{_WIDE}]+")
"""A Chinese character with its punctuation, or text without Chinese characters."""


def text_width(text: str, size: float, font: str, *, bold: bool, chinese: bool) -> float:
    """Return the width of a line of text in the unit of `size`; an unknown font is measured as Times New Roman."""
    advances = _WIDTHS.get(f"{font} bold" if bold else font) or _WIDTHS["Times New Roman bold" if bold else "Times New Roman"]
    text = text.replace("\u00a0", " ").replace(NON_BREAKING_HYPHEN, "-")
    return sum(_advance(character, advances, chinese=chinese) for character in text) * size / 1000


def unbreakable_pieces(text: str) -> Iterator[str]:
    """Yield the pieces of a text within which no line breaks: words, and each Chinese character with its punctuation."""
    for word in _WORDS.findall(text):
        yield from _CHINESE.findall(word)


def _advance(character: str, advances: Mapping[str, int], *, chinese: bool) -> int:
    is_letter = unicodedata.category(character).startswith("L")
    if unicodedata.east_asian_width(character) in "WF" or (chinese and not character.isascii() and not is_letter):
        return 1000
    return advances.get(character, _DEFAULT_ADVANCE)
