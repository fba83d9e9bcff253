"""Inline content: what a text is made of once its Markdown and its expressions are read."""

from __future__ import annotations

import re
from dataclasses import dataclass

Constant = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class FilterCall:
    """A filter of an expression, with its constant arguments."""

    name: str
    arguments: tuple[Constant, ...] = ()
    options: tuple[tuple[str, Constant], ...] = ()


@dataclass(frozen=True, slots=True)
class Plain:
    """Literal words; kept says that no script conversion may touch them."""

    text: str
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Expression:
    """A fact's place in a text: its name, attributes and filters, and where it stands in the text."""

    source: str
    name: str
    attributes: tuple[str, ...]
    filters: tuple[FilterCall, ...]
    offset: int


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Words with emphasis, or with strong emphasis."""

    content: tuple[Inline, ...]
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link: its target, which may hold expressions, and its words."""

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
    """Tell whether a link may go there: to the web, a mailbox, a telephone or an id of the document.

    What begins with an expression can only be told once its value is known, by asking again with that value.
    """
    if not href or isinstance(href[0], Expression):
        return bool(href)
    return _TARGET.fullmatch("".join(part.text if isinstance(part, Plain) else "x" for part in href)) is not None
