"""Text in one language, with the origin of each piece."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup, escape

OriginKind = Literal["written", "catalog", "converted", "fact", "style", "missing", "withheld"]
"""The origin of text: written in the source, taken from a catalog, converted, a fact, an ending of the house style, or a mark.

Marks take the place of missing and of withheld texts.
"""


@dataclass(frozen=True, slots=True)
class Origin:
    """The origin of text; `source` is the language from which it was converted, if any."""

    kind: OriginKind
    source: str | None = None

    def __str__(self) -> str:
        return f"{self.kind} from {self.source}" if self.source else self.kind


@dataclass(frozen=True, slots=True)
class Piece:
    """Text without markup; `fact` is the name of the fact that the text renders, if any."""

    text: str
    origin: Origin
    fact: str | None = None


@dataclass(frozen=True, slots=True)
class Emphasised:
    """Text with emphasis or strong emphasis."""

    content: tuple[Part, ...]
    strong: bool


@dataclass(frozen=True, slots=True)
class Linked:
    """Text that links to an address."""

    href: str
    content: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Footnote:
    """A reference to a footnote, with the text of the footnote; public versions leave out restricted footnotes."""

    content: tuple[Part, ...]
    restricted: bool = False


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A new line within a paragraph."""


Part = Piece | Emphasised | Linked | Footnote | LineBreak


def _html(part: Part) -> Markup:
    match part:
        case Piece():
            return escape(display_text(part))
        case Emphasised():
            return Markup("<{0}>{1}</{0}>").format("strong" if part.strong else "em", _join_html(part.content))
        case Linked():
            return Markup('<a href="{}">{}</a>').format(part.href, _join_html(part.content))
        case Footnote():
            content = _join_html(part.content)
            return Markup('<span class="footnote">{}</span>').format(_restricted(content) if part.restricted else content)
        case LineBreak():
            return Markup("<br>")


def _restricted(content: Markup) -> Markup:
    """Return HTML that is marked as restricted."""
    return Markup('<span data-restricted="">{}</span>').format(content)


def display_text(piece: Piece) -> str:
    """Return the text of a piece for display, with no-break spaces in facts and in endings of the house style."""
    return unbroken(piece.text) if piece.fact or piece.origin.kind == "style" else piece.text


def unbroken(text: str) -> str:
    """Return a text with no-break spaces: everywhere in a short text, and beside numbers in a longer text.

    This keeps a number with its unit, a day with its month, and the parts of "; and" on the same line.
    """
    return text.replace(" ", "\u00a0") if len(text) <= UNBROKEN_LENGTH else _SPACE_AT_NUMBER.sub("\u00a0", text)


UNBROKEN_LENGTH = 16
"""The largest number of characters of a short text, such as "3.9 per cent" or "21 August 2018"."""
_SPACE_AT_NUMBER = re.compile(r"(?<=\b\d) (?=[^\W\d])|(?<=\b\d\d) (?=[^\W\d])|(?<=[^\W\d]) (?=\d{1,2}\b)")


def _join_html(content: tuple[Part, ...]) -> Markup:
    return Markup("").join(map(_html, content))


def _has_restricted_note(content: tuple[Part, ...]) -> bool:
    """Whether parts refer to a restricted footnote."""
    return any(
        (isinstance(part, Footnote) and part.restricted)
        or (isinstance(part, Emphasised | Linked | Footnote) and _has_restricted_note(part.content))
        for part in content
    )


def pieces(content: tuple[Part, ...], *, notes: bool = True) -> Iterator[Piece]:
    """Yield the pieces of parts in reading order; if `notes` is false, leave out the texts of footnotes."""
    for part in content:
        if isinstance(part, Piece):
            yield part
        elif isinstance(part, Emphasised | Linked) or (notes and isinstance(part, Footnote)):
            yield from pieces(part.content, notes=notes)


@dataclass(frozen=True, slots=True)
class LocalisedText:
    """A text in one language; templates render it as HTML, and `str()` returns its plain text.

    Attributes:
        restricted: whether the source marks the text as restricted.
    """

    content: tuple[Part, ...]
    restricted: bool = False

    def __html__(self) -> Markup:
        return _restricted(_join_html(self.content)) if self.restricted else _join_html(self.content)

    def __str__(self) -> str:
        return "".join(piece.text for piece in pieces(self.content))

    @property
    def has_withheld(self) -> bool:
        """Whether the mark for withheld text replaces a part of this text."""
        return any(piece.origin.kind == "withheld" for piece in self.pieces())

    @property
    def has_restricted(self) -> bool:
        """Whether the text or one of its footnotes is restricted."""
        return self.restricted or _has_restricted_note(self.content)

    @property
    def running_text(self) -> str:
        """The plain text without footnotes and without spaces at its ends."""
        return "".join(piece.text for piece in pieces(self.content, notes=False)).strip()

    def pieces(self) -> Iterator[Piece]:
        """Yield the pieces in reading order."""
        return pieces(self.content)
