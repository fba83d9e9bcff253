"""Inline content: the result of parsing the markup and expressions in a text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Constant = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class FilterCall:
    """A call of a filter in an expression, with constant arguments.

    Attributes:
        name: the name of the filter.
        arguments: the positional arguments.
        options: the name and value of each keyword argument.
    """

    name: str
    arguments: tuple[Constant, ...] = ()
    options: tuple[tuple[str, Constant], ...] = ()


@dataclass(frozen=True, slots=True)
class Plain:
    """Literal text; `verbatim` excludes the text from conversion between the Chinese scripts."""

    text: str
    verbatim: bool = False


@dataclass(frozen=True, slots=True)
class Expression:
    """A reference to a fact, such as {{ meeting | ordinal }}.

    Attributes:
        source: the expression as written, with its braces.
        name: the name of the fact.
        attributes: the attributes after the name.
        filters: the calls of filters, in order.
        offset: the offset of the expression in the text.
    """

    source: str
    name: str
    attributes: tuple[str, ...]
    filters: tuple[FilterCall, ...]
    offset: int


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Emphasised content; `strong` means strong emphasis."""

    content: tuple[Inline, ...]
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link: the target, which may contain expressions, and the linked content."""

    href: tuple[Plain | Expression, ...]
    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class NoteReference:
    """A reference to a footnote, with the offset of the reference in the text."""

    name: str
    offset: int


@dataclass(frozen=True, slots=True)
class Break:
    """A line break within a paragraph."""


ScriptPosition = Literal["superscript", "subscript"]
"""The position of small characters: above or below the line."""

SCRIPT_MARKS: Mapping[ScriptPosition, str] = {"superscript": "^", "subscript": "~"}
"""The mark that stands before and after superscript and subscript."""


@dataclass(frozen=True, slots=True)
class BaselineShift:
    """Content in superscript or subscript, such as the 2 of m² and of CO₂."""

    content: tuple[Inline, ...]
    position: ScriptPosition


Inline = Plain | Expression | Emphasis | BaselineShift | Anchor | NoteReference | Break

_TARGET = re.compile(r"(https?://|mailto:|tel:)[^\s]*|#[^\s]+", re.IGNORECASE)


def is_allowed_target(href: tuple[Plain | Expression, ...]) -> bool:
    """Whether a link may have this target: a web address, mail address, telephone number or block of the document.

    A target that begins with an expression is accepted here; check the target again when the expression has a value.
    """
    if not href or isinstance(href[0], Expression):
        return bool(href)
    return _TARGET.fullmatch("".join(part.text if isinstance(part, Plain) else "x" for part in href)) is not None
