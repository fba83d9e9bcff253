"""Text in one language, as parts with their markup and origin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup, escape

from ipdocs.model.inline import ScriptPosition
from ipdocs.model.script_forms import plain_form

OriginKind = Literal["written", "catalog", "converted", "fact", "style", "missing", "withheld"]
"""The origin of text: the source, a catalog, conversion, a fact, or the house style, which adds endings to list items.

"missing" and "withheld" are the origins of the marks that replace missing and withheld texts.
"""


@dataclass(frozen=True, slots=True)
class Origin:
    """The origin of text; `source` is the code of the language from which the text was converted, or None."""

    kind: OriginKind
    source: str | None = None

    def __str__(self) -> str:
        return f"{self.kind} from {self.source}" if self.source else self.kind


@dataclass(frozen=True, slots=True)
class TextPart:
    """Text without markup; `fact` is the name of the fact that the text states, or None."""

    text: str
    origin: Origin
    fact: str | None = None


@dataclass(frozen=True, slots=True)
class Emphasised:
    """Text with emphasis or strong emphasis."""

    content: tuple[Part, ...]
    strong: bool


@dataclass(frozen=True, slots=True)
class Shifted:
    """Text in superscript or subscript."""

    content: tuple[Part, ...]
    position: ScriptPosition


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


Part = TextPart | Emphasised | Shifted | Linked | Footnote | LineBreak


def _html(part: Part) -> Markup:
    match part:
        case TextPart():
            return escape(display_text(part))
        case Emphasised():
            return Markup("<{0}>{1}</{0}>").format("strong" if part.strong else "em", _join_html(part.content))
        case Shifted():
            return Markup("<{0}>{1}</{0}>").format("sup" if part.position == "superscript" else "sub", _join_html(part.content))
        case Linked():
            return Markup('<a href="{}">{}</a>').format(part.href, _join_html(part.content))
        case Footnote():
            content = _join_html(part.content)
            return Markup('<span class="footnote">{}</span>').format(_mark_restricted(content) if part.restricted else content)
        case LineBreak():
            return Markup("<br>")


def _mark_restricted(content: Markup) -> Markup:
    """Return HTML that is marked as restricted."""
    return Markup('<span data-restricted="">{}</span>').format(content)


def display_text(part: TextPart) -> str:
    """Return a text without markup for display, with no-break spaces in facts and in endings of the house style."""
    return unbroken(part.text) if part.fact or part.origin.kind == "style" else part.text


def unbroken(text: str) -> str:
    """Return a text with no-break spaces: everywhere in a short text, and beside numbers in a longer text.

    This keeps a number with its unit, a day with its month, and the parts of "; and" on the same line.
    """
    return text.replace(" ", "\u00a0") if len(text) <= UNBROKEN_LENGTH else _SPACE_AT_NUMBER.sub("\u00a0", text)


UNBROKEN_LENGTH = 16
"""The maximum length of a short text in characters; examples are "3.9 per cent" and "21 August 2018"."""
_SPACE_AT_NUMBER = re.compile(r"(?<=\b\d) (?=[^\W\d])|(?<=\b\d\d) (?=[^\W\d])|(?<=[^\W\d]) (?=\d{1,2}\b)")


def _join_html(content: tuple[Part, ...]) -> Markup:
    return Markup("").join(map(_html, content))


def _has_restricted_note(content: tuple[Part, ...]) -> bool:
    """Whether parts refer to a restricted footnote."""
    return any(
        (isinstance(part, Footnote) and part.restricted)
        or (isinstance(part, Emphasised | Shifted | Linked | Footnote) and _has_restricted_note(part.content))
        for part in content
    )


def text_parts(content: tuple[Part, ...], *, notes: bool = True) -> Iterator[TextPart]:
    """Yield the parts without markup in reading order, at any depth; if `notes` is false, leave out the texts of footnotes."""
    for part in content:
        if isinstance(part, TextPart):
            yield part
        elif isinstance(part, Emphasised | Shifted | Linked) or (notes and isinstance(part, Footnote)):
            yield from text_parts(part.content, notes=notes)


def _plain_text(content: tuple[Part, ...], *, notes: bool, preceding: str = "") -> str:
    """Return parts as plain text; `preceding` is the text before them."""
    text = preceding
    for part in content:
        match part:
            case TextPart():
                text += part.text
            case Shifted():
                text += plain_form(_plain_text(part.content, notes=notes), part.position, text)
            case Emphasised() | Linked():
                text = _plain_text(part.content, notes=notes, preceding=text)
            case Footnote() if notes:
                text += _plain_text(part.content, notes=notes)
    return text


@dataclass(frozen=True, slots=True)
class LocalisedText:
    """A text in one language; templates render it as HTML, and `str()` returns its plain text.

    Attributes:
        restricted: whether the source marks the text as restricted.
    """

    content: tuple[Part, ...]
    restricted: bool = False

    def __html__(self) -> Markup:
        return _mark_restricted(_join_html(self.content)) if self.restricted else _join_html(self.content)

    def __str__(self) -> str:
        return _plain_text(self.content, notes=True)

    @property
    def has_withheld_text(self) -> bool:
        """Whether a mark replaces a withheld part of this text."""
        return any(part.origin.kind == "withheld" for part in self.text_parts())

    @property
    def has_restricted_text(self) -> bool:
        """Whether the text or one of its footnotes is restricted."""
        return self.restricted or _has_restricted_note(self.content)

    @property
    def running_text(self) -> str:
        """The plain text without footnotes and without spaces at its ends."""
        return _plain_text(self.content, notes=False).strip()

    def text_parts(self) -> Iterator[TextPart]:
        """Yield the parts without markup in reading order, including the texts of footnotes."""
        return text_parts(self.content)
