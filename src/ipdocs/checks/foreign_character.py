"""Letters of scripts that the language does not use."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.locale.conversion.characters import HAN

_FOREIGN = re.compile(
    f"[^\\W\\d_\u0000-\u024f\u0370-\u03ff\u1e00-\u1eff\u2c60-\u2c7fＡ-Ｚａ-ｚ々〇{HAN}\u2e80-\u2fdf\u2070-\u2189]+"
)
_JAPANESE_DOT = re.compile("[・･]")


def foreign_character(passage: Passage) -> Iterator[Violation]:
    """Find kana, hangul, Cyrillic and other letters that are neither Latin, Greek nor Chinese; Japanese texts have kana."""
    if passage.language.script == "Jpan":
        return
    for match in _FOREIGN.finditer(passage.plain):
        neighbours = passage.plain[max(match.start() - 1, 0) : match.start()] + passage.plain[match.end() : match.end() + 1]
        if any(character.isascii() and character.isalpha() for character in neighbours) or match[0] in ("ー", "ㄧ"):
            continue
        script = unicodedata.name(match[0][0], "an unknown letter").split()[0].capitalize()
        message = f"{match[0]} is {script}, not {passage.language.in_english}"
        yield Violation(message, (Highlight(passage, *match.span()),), "translate the word, or correct it")
    if passage.language.is_chinese:
        for match in _JAPANESE_DOT.finditer(passage.plain):
            yield Violation(f"{match[0]} is the Japanese middle dot", (Highlight(passage, *match.span()),), "write ·", "·")
