"""Inline content: the parsed Markdown and expressions of a text."""

from __future__ import annotations

import re
from dataclasses import dataclass

Constant = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class FilterCall:
    """The call of a filter in an expression, with its constant arguments."""

    name: str
    arguments: tuple[Constant, ...] = ()
    options: tuple[tuple[str, Constant], ...] = ()


@dataclass(frozen=True, slots=True)
class Plain:
    """Literal words; `verbatim` excludes them from conversion between the Chinese scripts."""

    text: str
    verbatim: bool = False


@dataclass(frozen=True, slots=True)
class Expression:
    """A reference to a fact: its source text with braces, the fact's name, attributes and filters, and its offset in the text."""

    source: str
    name: str
    attributes: tuple[str, ...]
    filters: tuple[FilterCall, ...]
    offset: int


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Words in emphasis or strong emphasis."""

    content: tuple[Inline, ...]
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link: its target, which may contain expressions, and its words."""

    href: tuple[Plain | Expression, ...]
    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """The call of a footnote."""

    name: str
    offset: int


@dataclass(frozen=True, slots=True)
class Break:
    """A line break within a paragraph."""


Inline = Plain | Expression | Emphasis | Anchor | Note | Break

_TARGET = re.compile(r"(https?://|mailto:|tel:)[^\s]*|#[^\s]+", re.IGNORECASE)


def is_target(href: tuple[Plain | Expression, ...]) -> bool:
    """Whether a link may have this target: the web, a mailbox, a telephone or an id of the document.

    A target that begins with an expression is accepted; check it again once the value of the expression is known.
    """
    if not href or isinstance(href[0], Expression):
        return bool(href)
    return _TARGET.fullmatch("".join(part.text if isinstance(part, Plain) else "x" for part in href)) is not None
