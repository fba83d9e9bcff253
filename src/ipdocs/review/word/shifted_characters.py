"""Stand-ins for characters in superscript and subscript, so that texts can be compared with their formatting.

Each character has one stand-in, a character for private use, so texts with and without stand-ins have the same length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.model.inline import ScriptPosition
from ipdocs.source.segment import Code, Segment, is_shift, join_words, shift_code

_OFFSETS: dict[str, int] = {"superscript": 0xF0000, "subscript": 0x100000}
"""The code point of the first stand-in for each position."""

_STAND_INS = re.compile("(?P<superscript>[\U000f0000-\U000ffffd]+)|(?P<subscript>[\U00100000-\U0010fffd]+)")


def with_stand_ins(text: str, position: str) -> str:
    """Return a text with stand-ins for all characters but spaces; `position` may also be the baseline or unknown."""
    offset = _OFFSETS.get(position)
    if offset is None:
        return text
    return "".join(
        chr(offset + ord(character)) if not character.isspace() and ord(character) < 0xFFFE else character for character in text
    )


def without_stand_ins(text: str) -> str:
    """Return a text with the characters themselves."""
    return "".join(words for words, _ in split_shifts(text))


def mark_shifts(parts: Segment) -> Segment:
    """Return a segment with stand-ins in place of the codes for superscript and subscript."""
    marked: list[str | Code] = []
    positions: list[str] = []
    for part in parts:
        if is_shift(part):
            if part.role == "open":
                positions.append(part.kind)
            elif positions:
                positions.pop()
        elif isinstance(part, str) and positions:
            marked.append(with_stand_ins(part, positions[-1]))
        elif isinstance(part, Code) and part.kind == "fact" and positions:
            marked.append(Code(part.kind, part.role, part.data, part.name, with_stand_ins(part.display, positions[-1])))
        else:
            marked.append(part)
    return join_words(tuple(marked))


def restore_shifts(parts: Segment) -> Segment:
    """Return a segment with codes for superscript and subscript in place of stand-ins."""
    restored: list[str | Code] = []
    for part in parts:
        if isinstance(part, str):
            for words, position in split_shifts(part):
                restored += [shift_code(position, "open"), words, shift_code(position, "close")] if position else [words]
        elif part.kind == "fact" and (match := _STAND_INS.search(part.display)):
            position = "superscript" if match["superscript"] else "subscript"
            fact = Code(part.kind, part.role, part.data, part.name, without_stand_ins(part.display))
            restored += [shift_code(position, "open"), fact, shift_code(position, "close")]
        else:
            restored.append(part)
    return join_words(tuple(restored))


def split_shifts(text: str) -> Iterator[tuple[str, ScriptPosition | None]]:
    """Yield the words of a text, without stand-ins, and their position."""
    end = 0
    for match in _STAND_INS.finditer(text):
        yield text[end : match.start()], None
        position: ScriptPosition = "superscript" if match["superscript"] else "subscript"
        yield "".join(chr(ord(character) - _OFFSETS[position]) for character in match[0]), position
        end = match.end()
    yield text[end:], None
