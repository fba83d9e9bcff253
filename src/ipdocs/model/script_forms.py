"""Superscript and subscript in plain text."""

from __future__ import annotations

import re
import unicodedata

from ipdocs.locale.conversion.characters import HAN
from ipdocs.model.inline import SCRIPT_MARKS, ScriptPosition

_CHARACTERS: dict[ScriptPosition, dict[int, int]] = {
    "superscript": str.maketrans("0123456789+-−=()in", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁱⁿ"),
    "subscript": str.maketrans("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ"),
}
_MARKS = {"TM": "™", "SM": "℠"}


SHIFTED_TEXT = re.compile(
    rf"(?<![\\^])\^(?P<superscript>[^\s\\^]+)\^(?!\^)|(?<![\\~/])~(?P<subscript>[^\s\\~{HAN}\u3000-\u303f\uff00-\uffef]+)~(?!~)"
)
"""Matches superscript and subscript in a source text, with their marks."""


def with_script_characters(text: str, position: ScriptPosition) -> str:
    """Return a text of the same length with a superscript or subscript character of Unicode for each character.

    If any character has no such form, only figures are replaced, so that they do not read as numbers.
    """
    characters = _CHARACTERS[position]
    if _has_forms(text, position):
        return text.translate(characters)
    return re.sub("[0-9]", lambda figure: figure[0].translate(characters), text)


def _has_forms(text: str, position: ScriptPosition) -> bool:
    """Whether each character has a superscript or subscript form in Unicode."""
    return all(ord(character) in _CHARACTERS[position] for character in text)


def plain_form(text: str, position: ScriptPosition, preceding: str) -> str:
    """Return superscript or subscript as plain text: m², CO₂, 17th, or e^(2x) if Unicode lacks a character.

    Args:
        text: the words in superscript or subscript.
        position: whether they are above or below the line.
        preceding: the text before them.
    """
    if not text.strip():
        return text
    if position == "superscript" and text in _MARKS:
        return _MARKS[text]
    if position == "superscript" and len(text) > 1 and text.isalpha() and preceding[-1:].isdigit():
        return text
    if _has_forms(text, position):
        return with_script_characters(text, position)
    mark = "_" if position == "subscript" else SCRIPT_MARKS[position]
    return f"{mark}({text})" if len(text) > 1 and text[0] not in "(（[" else f"{mark}{text}"


def bare_form(text: str) -> str:
    """Return a text in small letters on the line, for a search: co2 for CO₂, CO~2~ and CO2."""
    return re.sub("[*^~]", "", unicodedata.normalize("NFKC", text)).lower()
