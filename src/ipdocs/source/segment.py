"""A text as translators get it: words, and codes for what in it is not theirs to change."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from ipdocs.model.inline import Anchor, Break, Emphasis, Expression, Inline, Note, Plain
from ipdocs.model.text import Text
from ipdocs.source.inline import examine

Kind = Literal["fact", "link", "emphasis", "strong", "keep", "note", "break"]
Role = Literal["alone", "open", "close"]


@dataclass(frozen=True, slots=True)
class Code:
    """A fact, a mark of emphasis or of a link: as a source writes it, and what the reader sees in its place.

    Codes of two languages that share kind and name are each other's translation: the same fact, a link to the same address.
    """

    kind: Kind
    role: Role
    data: str
    name: str
    shown: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Ref:
    """A code as a file has it: the id it was sent out with, and whether it opens, closes or stands alone."""

    id: str
    role: Role


Segment = tuple[str | Code, ...]
ReturnedSegment = tuple[str | Code | Ref, ...]
_ESCAPED = re.compile(r"[\\*\[\]]|\{\{|\}\}|\{%|\{#")
_IN_TARGET = re.compile(r"[\\()]")


def segment(text: str, render_expression: Callable[[str], str] = lambda expression: "") -> Segment:
    """Return a text of a source as words and codes; expressions are rendered with their braces."""
    return join_words(_flat(examine(Text(text))[0], render_expression))


def _flat(content: tuple[Inline, ...], render_expression: Callable[[str], str]) -> Iterator[str | Code]:
    for inline in content:
        match inline:
            case Plain(text, True):
                yield from (Code("keep", "open", "[", "keep"), text, Code("keep", "close", "]{keep}", "keep"))
            case Plain(text):
                yield text
            case Expression():
                yield Code("fact", "alone", inline.source, inline.name, render_expression(inline.source))
            case Emphasis():
                mark = "**" if inline.strong else "*"
                kind: Kind = "strong" if inline.strong else "emphasis"
                yield Code(kind, "open", mark, kind)
                yield from _flat(inline.content, render_expression)
                yield Code(kind, "close", mark, kind)
            case Anchor():
                target = "".join(_target(part) for part in inline.href)
                address = "".join(
                    part.text if isinstance(part, Plain) else render_expression(part.source) for part in inline.href
                )
                yield Code("link", "open", "[", target, address)
                yield from _flat(inline.content, render_expression)
                yield Code("link", "close", f"]({target})", target, address)
            case Note():
                yield Code("note", "alone", f"[^{inline.name}]", inline.name, "†")
            case Break():
                yield Code("break", "alone", "\n", "break", "¶")


def _target(part: Plain | Expression) -> str:
    return part.source if isinstance(part, Expression) else _IN_TARGET.sub(r"\\\g<0>", part.text)


def join_words(parts: Iterator[str | Code] | Segment) -> Segment:
    """Return a segment with neighbouring words made one, and no empty ones."""
    made: list[str | Code] = []
    for part in parts:
        if isinstance(part, str) and made and isinstance(before := made[-1], str):
            made[-1] = before + part
        elif part != "":
            made.append(part)
    return tuple(made)


def to_source_text(parts: Segment) -> str:
    """Return a segment as a source writes it; signs that would be taken for markup are written with a backslash."""
    bare = "".join(part if isinstance(part, str) else part.data for part in parts)
    if segment(bare) == parts:
        return bare
    return "".join(_escaped(part) if isinstance(part, str) else part.data for part in parts)


def _escaped(words: str) -> str:
    return _ESCAPED.sub(lambda sign: "".join(f"\\{one}" for one in sign[0]), words)


def to_display_text(parts: Segment) -> str:
    """Return a segment as it is read: facts with what they say."""
    return "".join(part if isinstance(part, str) else part.shown if part.kind == "fact" else "" for part in parts)


def codes(parts: Segment) -> list[Code]:
    """Return the codes of a segment in their order."""
    return [part for part in parts if isinstance(part, Code)]


def count_codes(parts: Segment) -> Counter[tuple[str, str, str]]:
    """Return how often each code stands in a segment, whatever filters of a language a fact goes through."""
    return Counter((code.kind, code.role, code.name) for code in codes(parts))


def is_balanced(parts: Segment) -> bool:
    """Whether every code that opens is closed, the last opened first."""
    open_: list[tuple[str, str]] = []
    for code in codes(parts):
        if code.role == "open":
            open_.append((code.kind, code.name))
        elif code.role == "close" and (not open_ or open_.pop() != (code.kind, code.name)):
            return False
    return not open_


def number_codes(source: Segment, target: Segment | None) -> tuple[list[tuple[str, Code]], list[tuple[str, Code]]]:
    """Return the codes of a source and of its translation, each with its id: what corresponds has the same, pairs share one."""
    ours = list(_ids(codes(source), []))
    return ours, list(_ids(codes(target or ()), ours))


def _ids(found: list[Code], known: list[tuple[str, Code]]) -> Iterator[tuple[str, Code]]:
    free = [pair for pair in known if pair[1].role != "close"]
    following = len(free)
    open_: list[str] = []
    for code in found:
        if code.role == "close":
            yield open_.pop(), code
            continue
        same = [pair for pair in free if (pair[1].kind, pair[1].name) == (code.kind, code.name)]
        if same:
            chosen = next((pair for pair in same if pair[1].data == code.data), same[0])
            free.remove(chosen)
            number = chosen[0]
        else:
            following += 1
            number = str(following)
        if code.role == "open":
            open_.append(number)
        yield number, code


def resolve_codes(raw: ReturnedSegment, source: Segment, target: Segment | None) -> tuple[Segment, list[Ref]]:
    """Return what came back with the codes that its ids stand for, and the ids that stand for none.

    A code that a format writes out is taken only if its like was sent: no file brings in a fact or an address.
    """
    ours, theirs = number_codes(source, target)
    table = {(number, code.role): code for number, code in [*ours, *theirs]}
    known = {(code.kind, code.role, code.name) for code in table.values()}
    parts: list[str | Code] = []
    unknown: list[Ref] = []
    for part in raw:
        if isinstance(part, Ref):
            found = table.get((part.id, part.role))
        elif isinstance(part, Code):
            found = part if (part.kind, part.role, part.name) in known else None
        else:
            parts.append(part)
            continue
        if found is not None:
            parts.append(found)
        else:
            unknown.append(part if isinstance(part, Ref) else Ref(part.data, part.role))
    return join_words(tuple(parts)), unknown


def tidy(parts: Segment) -> Segment:
    """Return a segment without line ends, tabs or doubled blanks in its words, and without blanks at its ends."""
    made = [re.sub(r"[ \t\r\n]+", " ", part) if isinstance(part, str) else part for part in parts]
    if made and isinstance(first := made[0], str):
        made[0] = first.lstrip(" ")
    if made and isinstance(last := made[-1], str):
        made[-1] = last.rstrip(" ")
    return join_words(tuple(made))


def copy_display(parts: Segment, known: Segment) -> Segment:
    """Return a segment whose facts say what they say in another."""
    said = {code.data: code.shown for code in codes(known)}
    return tuple(replace(part, shown=said.get(part.data, part.shown)) if isinstance(part, Code) else part for part in parts)
