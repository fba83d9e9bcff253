"""LocalisedText: finished text of one language, each piece of which knows where it came from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup, escape

OriginKind = Literal["written", "catalog", "converted", "fact", "style", "missing", "withheld"]


@dataclass(frozen=True, slots=True)
class Origin:
    """How words came about, and from which language if they were converted."""

    kind: OriginKind
    source: str | None = None

    def __str__(self) -> str:
        return f"{self.kind} from {self.source}" if self.source else self.kind


@dataclass(frozen=True, slots=True)
class Piece:
    """Finished text; fact is the name of the fact it renders."""

    text: str
    origin: Origin
    fact: str | None = None


@dataclass(frozen=True, slots=True)
class Emphasised:
    """LocalisedText with emphasis, or with strong emphasis."""

    content: tuple[Part, ...]
    strong: bool


@dataclass(frozen=True, slots=True)
class Linked:
    """LocalisedText that stand for an address."""

    href: str
    content: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note at the foot of the page, called here; restricted is one that a public version leaves out."""

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
            return Markup("<{0}>{1}</{0}>").format("strong" if part.strong else "em", _join(part.content))
        case Linked():
            return Markup('<a href="{}">{}</a>').format(part.href, _join(part.content))
        case Footnote():
            content = _join(part.content)
            return Markup('<span class="footnote">{}</span>').format(_restricted(content) if part.restricted else content)
        case LineBreak():
            return Markup("<br>")


def _restricted(content: Markup) -> Markup:
    """Return the HTML of a restricted text, which is marked where it stands."""
    return Markup('<span data-restricted="">{}</span>').format(content)


def display_text(piece: Piece) -> str:
    """Return the text of a piece as a page has it: what a fact or the house style says is not parted where a line ends."""
    return unbroken(piece.text) if piece.fact or piece.origin.kind == "style" else piece.text


def unbroken(text: str) -> str:
    """Return words with spaces at which no line ends: between all that are short, and in others between number and word.

    So a number stays with its unit, a day with its month, "; and" whole.
    """
    return text.replace(" ", "\u00a0") if len(text) <= UNBROKEN else _NUMBERED.sub("\u00a0", text)


UNBROKEN = 16
"""Characters: "3.9 per cent", "$14 million", "21 August 2018"; a longer one may break before its year."""
_NUMBERED = re.compile(r"(?<=\b\d) (?=[^\W\d])|(?<=\b\d\d) (?=[^\W\d])|(?<=[^\W\d]) (?=\d{1,2}\b)")


def _join(content: tuple[Part, ...]) -> Markup:
    return Markup("").join(map(_html, content))


def _calls_restricted(content: tuple[Part, ...]) -> bool:
    """Whether a restricted note is called in some parts."""
    return any(
        (isinstance(part, Footnote) and part.restricted)
        or (isinstance(part, Emphasised | Linked | Footnote) and _calls_restricted(part.content))
        for part in content
    )


def pieces(content: tuple[Part, ...], *, notes: bool = True) -> Iterator[Piece]:
    """Yield the pieces of some parts in the order in which they are read, those of footnotes only if asked for."""
    for part in content:
        if isinstance(part, Piece):
            yield part
        elif isinstance(part, Emphasised | Linked) or (notes and isinstance(part, Footnote)):
            yield from pieces(part.content, notes=notes)


@dataclass(frozen=True, slots=True)
class LocalisedText:
    """A text of a view: as HTML in a template, as plain text through str(); restricted is a text marked so in the source."""

    content: tuple[Part, ...]
    restricted: bool = False

    def __html__(self) -> Markup:
        return _restricted(_join(self.content)) if self.restricted else _join(self.content)

    def __str__(self) -> str:
        return "".join(piece.text for piece in pieces(self.content))

    @property
    def has_withheld(self) -> bool:
        """Whether the mark of a public version stands in the place of some of its words."""
        return any(piece.origin.kind == "withheld" for piece in self.pieces())

    @property
    def has_restricted(self) -> bool:
        """Whether the whole of it is restricted, or a note that it calls."""
        return self.restricted or _calls_restricted(self.content)

    @property
    def running_text(self) -> str:
        """The text as it runs on: without the notes that it calls, and the spaces at its ends."""
        return "".join(piece.text for piece in pieces(self.content, notes=False)).strip()

    def pieces(self) -> Iterator[Piece]:
        """Yield the pieces in the order in which they are read."""
        return pieces(self.content)
