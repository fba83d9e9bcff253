"""Superscript and subscript in plain text."""

from __future__ import annotations

import re

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
    """Return a text with a superscript or subscript character of Unicode for each character.

    If any character has no such form, the text is returned as it is.
    """
    characters = _CHARACTERS[position]
    return text.translate(characters) if all(ord(character) in characters for character in text) else text


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
    raised = with_script_characters(text, position)
    if raised != text:
        return raised
    mark = "_" if position == "subscript" else SCRIPT_MARKS[position]
    return f"{mark}({text})" if len(text) > 1 else f"{mark}{text}"
