"""Fields of Word: the addresses of links, and complex fields whose code and result stand in several runs."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from ipdocs.files.ooxml.names import qualified_name
from ipdocs.importing.readers.word.equations import equation_text
from ipdocs.importing.readers.word.symbols import from_symbol_font

if TYPE_CHECKING:
    from lxml.etree import _Element

_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"?|“([^”]*)”?|(\\[A-Za-z*@#!]?)|([^\s"“\\]+)')
_SWITCHES_WITH_ARGUMENT = frozenset(("\\l", "\\o", "\\t"))


@dataclass(slots=True)
class OpenField:
    """A complex field that has begun and not yet ended.

    Attributes:
        code: the code read so far.
        code_keys: the keys of the pieces of the code.
        is_in_code: whether the result has not begun.
        link: the address, if the field is a link; empty otherwise.
        has_result: whether the result has any content.
    """

    code: list[str] = field(default_factory=list)
    code_keys: list[Hashable] = field(default_factory=list)
    is_in_code: bool = True
    link: str = ""
    has_result: bool = False


def link_address(code: str) -> str:
    """Return the address in the code of a HYPERLINK field; empty for other fields, and for links within the document.

    The code is described in ECMA-376 Part 1, 17.16.5.25: `HYPERLINK "address" \\l "place in the target"`.
    """
    tokens = list(_tokens(code))
    if not tokens or tokens[0].upper() != "HYPERLINK":
        return ""
    address = place = ""
    rest = iter(tokens[1:])
    for token in rest:
        switch = token.lower()
        if switch in _SWITCHES_WITH_ARGUMENT:
            argument = next(rest, "")
            place = argument if switch == "\\l" else place
        elif not token.startswith("\\") and not address:
            address = token
    return f"{address}#{place}" if address and place and "#" not in address else address


def computed_text(code: str) -> str:
    """Return the text that a field without a result shows, if its code states it: an equation or a symbol; empty otherwise."""
    tokens = list(_tokens(code))
    if not tokens or tokens[0].upper() != "SYMBOL":
        return equation_text(code)
    font = next((value for switch, value in pairwise(tokens) if switch.lower() == "\\f"), "")
    number = tokens[1] if len(tokens) > 1 else ""
    match = re.fullmatch("(0x)?([0-9a-f]{1,6})", number, re.IGNORECASE)
    if match is None or not (match[1] or match[2].isdecimal()):
        return number if len(number) == 1 else ""
    return from_symbol_font(font, int(match[2], 16 if match[1] else 10)) or ""


def _tokens(code: str) -> Iterator[str]:
    for match in _TOKEN.finditer(code):
        quoted, curly, switch, word = match.groups()
        if quoted is not None:
            yield re.sub(r"\\(.)", r"\1", quoted)
        else:
            yield curly or switch or word or ""


def unpaired_field_marks(root: _Element) -> set[_Element]:
    """Return the w:fldChar elements of complex fields that lack their beginning or end."""
    kind_name = qualified_name("fldCharType")
    open_marks: list[list[_Element]] = []
    unpaired: set[_Element] = set()
    for mark in root.iter(qualified_name("fldChar")):
        kind = mark.get(kind_name, "").strip().lower()
        if kind == "begin":
            open_marks.append([mark])
        elif not open_marks:
            unpaired.add(mark)
        elif kind == "end":
            open_marks.pop()
        else:
            open_marks[-1].append(mark)
    return unpaired.union(*open_marks)
