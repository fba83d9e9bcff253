"""Text as searches compare it: no difference of case, width, or Chinese script."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Any


def folded(text: str) -> str:
    """Return a text without differences of case, width or Chinese script."""
    return _to_simplified(unicodedata.normalize("NFKC", text).casefold())


def folding(texts: Iterable[str]) -> dict[str, str]:
    """Return the Traditional characters of some texts, each with its Simplified one, for a page that compares as `folded`."""
    characters = sorted({character for text in texts for character in text})
    return {character: simple for character in characters if (simple := _simplified_character(character)) != character}


@cache
def _simplified_character(character: str) -> str:
    return _to_simplified(character)


def _to_simplified(text: str) -> str:
    return str(_converter().convert(text)) if any(character > "\u2e7f" for character in text) else text


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")
