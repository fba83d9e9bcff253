"""EQ fields of Word, which have no result: phonetic guides, enclosed characters, fractions and roots, as linear text.

Word and WPS write phonetic guides and enclosed characters as EQ fields. The fields are described in ECMA-376 Part 1, 17.16.5.17,
and their East Asian uses in "Word EQ Field and East Asian Formatting" (Murray Sargent, Microsoft, 2008).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ipdocs.importing.readers.word.math import in_brackets

_NAME = re.compile(r"\s*eq\b", re.IGNORECASE)
_GENERAL_SWITCH = re.compile(r'\\\*\s*(?:"[^"]*"|\S+)')
_SWITCH = re.compile(r"\\([a-z]{1,2})\s*(-?[0-9]*)\s*", re.IGNORECASE)
_ENCLOSURES = "○〇◯□△◇"
_CIRCLED = {str(number): chr(0x2460 + number - 1) for number in range(1, 21)}
_MAX_DEPTH = 20


def equation_text(code: str) -> str:
    """Return the code of an EQ field as linear text; empty if the field is not an EQ field, or has no text.

    A phonetic guide becomes the characters with the reading in brackets, and an enclosed number a circled number.
    """
    name = _NAME.match(code)
    if name is None:
        return ""
    text, _ = _text(_GENERAL_SWITCH.sub(" ", code[name.end() :]), 0, 0)
    return " ".join(text.split())


def _text(code: str, position: int, depth: int) -> tuple[str, int]:
    """Return the text from a position to the end of an argument, and the position of the character that ends it."""
    parts: list[str] = []
    switches: list[str] = []
    while position < len(code):
        character = code[position]
        if character == "\\" and code[position + 1 : position + 2] in ("\\", ",", ";", "(", ")"):
            parts.append(code[position + 1])
            position += 2
        elif character == "\\" and (switch := _SWITCH.match(code, position)):
            switches.append(switch[1].lower())
            position = switch.end()
        elif character == "(" and switches and depth < _MAX_DEPTH:
            arguments: list[str] = []
            while position < len(code) and code[position] in "(,;":
                argument, position = _text(code, position + 1, depth + 1)
                arguments.append(argument.strip())
            position += 1
            parts.append(_joined(switches, arguments))
            switches = []
        elif character in ",;)" and depth:
            break
        else:
            parts.append(character)
            position += 1
    return "".join(parts), position


def _joined(switches: Sequence[str], arguments: Sequence[str]) -> str:
    """Return the text of an element of an equation, from its switches and arguments."""
    match switches[0], arguments:
        case "f", [numerator, denominator]:
            return f"{in_brackets(numerator)}/{in_brackets(denominator)}"
        case "r", [radicand]:
            return f"√{in_brackets(radicand)}"
        case "r", [degree, radicand]:
            return f"{degree}√{in_brackets(radicand)}"
        case "b", _:
            return f"({', '.join(arguments)})"
        case "o", [shape, text] if shape in _ENCLOSURES and shape:
            return _CIRCLED.get(text, f"({text})") if shape in "○〇◯" else text
        case "o", [reading, base] if "ad" in switches:
            brackets = "()" if reading.isascii() else "（）"
            return f"{base}{brackets[0]}{reading}{brackets[1]}"
    return " ".join(filter(None, arguments))
