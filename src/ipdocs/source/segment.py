"""Convert texts to segments and back; in a segment, codes replace the parts that are not translated."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal, TypeGuard

from ipdocs.model.inline import (
    SCRIPT_MARKS,
    Anchor,
    BaselineShift,
    Break,
    Emphasis,
    Expression,
    Inline,
    NoteReference,
    Plain,
    ScriptPosition,
)
from ipdocs.model.script_forms import plain_form
from ipdocs.model.text import Text
from ipdocs.source.inline import parse_with_findings

Kind = Literal["fact", "link", "emphasis", "strong", "superscript", "subscript", "keep", "note", "break"]
Role = Literal["alone", "open", "close"]


@dataclass(frozen=True, slots=True)
class Code:
    """A placeholder in a segment for a fact or for markup, such as emphasis or a link.

    Codes in a source and its translation correspond if their kinds and names are equal: the same fact, or links to the same
    address.

    Attributes:
        kind: the kind of markup.
        role: whether the code opens a pair, closes a pair, or is not part of a pair.
        data: the markup as it is written in the source.
        name: the name of the fact or footnote, the address of the link, or the kind of other markup.
        display: the text that a reader sees in place of the code.
    """

    kind: Kind
    role: Role
    data: str
    name: str
    display: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference in a returned file to an exported code.

    Attributes:
        id: the id of the code.
        role: the role of the code.
        display: the text that the file shows in place of the code; None if the file shows none.
        data: the markup that the file keeps for the code; None if it keeps none.
    """

    id: str
    role: Role
    display: str | None = field(default=None, compare=False)
    data: str | None = field(default=None, compare=False)


Segment = tuple[str | Code, ...]
ReturnedSegment = tuple[str | Code | Ref, ...]
LINE_BREAK = Code("break", "alone", "\n", "break", "¶")
_ESCAPED = re.compile(r"[\\*\[\]^~]|\{\{|\}\}|\{%|\{#")
_IN_TARGET = re.compile(r"[\\()]")


def segment(text: str, render_expression: Callable[[str, str], str] = lambda expression, following: "") -> Segment:
    """Split a source text into words and codes; `render_expression` receives an expression with its braces, and what follows."""
    return join_words(_flatten(parse_with_findings(Text(text))[0], render_expression))


def _flatten(content: tuple[Inline, ...], render_expression: Callable[[str, str], str]) -> Iterator[str | Code]:
    following = [*(inline.text if isinstance(inline, Plain) else "" for inline in content[1:]), ""]
    for inline, words in zip(content, following, strict=False):
        match inline:
            case Plain(text, True):
                yield from (Code("keep", "open", "[", "keep"), text, Code("keep", "close", "]{keep}", "keep"))
            case Plain(text):
                yield text
            case Expression():
                yield Code("fact", "alone", inline.source, inline.name, render_expression(inline.source, words))
            case Emphasis():
                mark = "**" if inline.strong else "*"
                kind: Kind = "strong" if inline.strong else "emphasis"
                yield Code(kind, "open", mark, kind)
                yield from _flatten(inline.content, render_expression)
                yield Code(kind, "close", mark, kind)
            case BaselineShift(shifted, position):
                yield shift_code(position, "open")
                yield from _flatten(shifted, render_expression)
                yield shift_code(position, "close")
            case Anchor():
                target = "".join(_target(part) for part in inline.href)
                address = "".join(
                    part.text if isinstance(part, Plain) else render_expression(part.source, "") for part in inline.href
                )
                yield Code("link", "open", "[", target, address)
                yield from _flatten(inline.content, render_expression)
                yield Code("link", "close", f"]({target})", target, address)
            case NoteReference():
                yield Code("note", "alone", f"[^{inline.name}]", inline.name, "†")
            case Break():
                yield LINE_BREAK


def _target(part: Plain | Expression) -> str:
    return part.source if isinstance(part, Expression) else _IN_TARGET.sub(r"\\\g<0>", part.text)


def shift_code(position: ScriptPosition, role: Literal["open", "close"]) -> Code:
    """Return the code that opens or closes superscript or subscript."""
    return Code(position, role, SCRIPT_MARKS[position], position)


def is_shift(part: object) -> TypeGuard[Code]:
    """Whether a part of a segment opens or closes superscript or subscript."""
    return isinstance(part, Code) and part.kind in SCRIPT_MARKS


def join_words(parts: Iterator[str | Code] | Segment) -> Segment:
    """Join adjacent strings in a segment, and drop empty strings."""
    joined: list[str | Code] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(previous := joined[-1], str):
            joined[-1] = previous + part
        elif part != "":
            joined.append(part)
    return tuple(joined)


def characters_and_codes(parts: Segment) -> list[str | Code]:
    """Return each character and each code of a segment; `join_words` makes them a segment again."""
    return [item for part in parts for item in (part if isinstance(part, str) else (part,))]


def to_source_text(parts: Segment) -> str:
    """Return a segment as source text, with a backslash before characters that would be parsed as markup."""
    return "".join(to_source_parts(parts))


def to_source_parts(parts: Segment) -> list[str]:
    """Return the source text of each part of a segment; see `to_source_text`.

    Superscript and subscript cannot contain spaces, so they end before each space and begin again after it. Where a source cannot
    express them at all, such as for Chinese characters in subscript, the words become ordinary text.
    """
    parts = _split_shifts(parts)
    unescaped = [part if isinstance(part, str) else part.data for part in parts]
    if _parses_to("".join(unescaped), parts):
        return unescaped
    escaped = [escape_words(part) if isinstance(part, str) else part.data for part in parts]
    if any(map(is_shift, parts)) and not _parses_to("".join(escaped), parts):
        return to_source_parts(join_words(tuple(part for part in parts if not is_shift(part))))
    return escaped


def _parses_to(text: str, parts: Segment) -> bool:
    """Whether a source text has no wrong markup and is divided into the given parts."""
    content, findings = parse_with_findings(Text(text))
    return not findings and join_words(_flatten(content, lambda expression, following: "")) == parts


def _split_shifts(parts: Segment) -> Segment:
    """Return a segment without spaces in superscript and subscript, and without two pairs of their codes side by side."""
    if not any(map(is_shift, parts)):
        return parts
    result: list[str | Code] = []
    enclosing: list[Code] = []
    for part in parts:
        if isinstance(part, Code):
            last = result[-1] if result else None
            if is_shift(part) and isinstance(last, Code) and last.kind == part.kind and last.role != part.role:
                result.pop()
            else:
                result.append(part)
            if part.role == "open":
                enclosing.append(part)
            elif part.role == "close" and enclosing:
                enclosing.pop()
        elif enclosing and is_shift(enclosing[-1]):
            result += _split_at_spaces(part, enclosing[-1])
        else:
            result.append(part)
    return join_words(tuple(_without_empty_shifts(result)))


def _split_at_spaces(words: str, opening: Code) -> list[str | Code]:
    result: list[str | Code] = []
    for piece in re.split(r"(\s+)", words):
        result += [replace(opening, role="close"), piece, opening] if piece.isspace() else [piece]
    return result


def _without_empty_shifts(parts: list[str | Code]) -> list[str | Code]:
    result: list[str | Code] = []
    for part in parts:
        if not part:
            continue
        last = result[-1] if result else None
        if is_shift(part) and isinstance(last, Code) and last == replace(part, role="open"):
            result.pop()
        else:
            result.append(part)
    return result


def escape_words(words: str) -> str:
    """Return words as source text, with a backslash before each character that could be read as markup."""
    return _ESCAPED.sub(lambda match: "".join(f"\\{character}" for character in match[0]), words)


def to_display_text(parts: Segment) -> str:
    """Return a segment as plain text with the values of facts, and with superscript and subscript such as m²."""
    texts: list[str] = []
    starts: list[int] = []
    for part in parts:
        if isinstance(part, str) or part.kind == "fact":
            texts.append(part if isinstance(part, str) else part.display)
        elif part.kind == "superscript" or part.kind == "subscript":
            if part.role == "open":
                starts.append(len(texts))
            elif starts:
                start = starts.pop()
                texts[start:] = [plain_form("".join(texts[start:]), part.kind, "".join(texts[:start]))]
    return "".join(texts)


def codes(parts: Segment) -> list[Code]:
    """Return the codes of a segment, in the order of the text."""
    return [part for part in parts if isinstance(part, Code)]


def count_codes(parts: Segment) -> Counter[tuple[str, str, str]]:
    """Count the codes in a segment, keyed by (kind, role, name); the filters of a fact are ignored."""
    return Counter((code.kind, code.role, code.name) for code in codes(parts))


def is_balanced(parts: Segment) -> bool:
    """Whether the paired codes in a segment are properly nested."""
    open_: list[tuple[str, str]] = []
    for code in codes(parts):
        if code.role == "open":
            open_.append((code.kind, code.name))
        elif code.role == "close" and (not open_ or open_.pop() != (code.kind, code.name)):
            return False
    return not open_


def tidy(parts: Segment) -> Segment:
    """Return a segment with single spaces between words and without spaces at both ends."""
    cleaned = [re.sub(r"[ \t\r\n]+", " ", part) if isinstance(part, str) else part for part in parts]
    if cleaned and isinstance(first := cleaned[0], str):
        cleaned[0] = first.lstrip(" ")
    if cleaned and isinstance(last := cleaned[-1], str):
        cleaned[-1] = last.rstrip(" ")
    return join_words(tuple(cleaned))


def copy_display(parts: Segment, known: Segment) -> Segment:
    """Return a segment in which each code has the display text of the same code in the segment `known`."""
    displays = {code.data: code.display for code in codes(known)}
    return tuple(
        replace(part, display=displays.get(part.data, part.display)) if isinstance(part, Code) else part for part in parts
    )
