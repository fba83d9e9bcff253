"""The tree every writer reads: semantic HTML, the stylesheets that lay it out, and what is said about the document.

Under <html lang class="serif|sans"> and <body>: one <article lang> a language, or one <article class="stacked"> of
div.row, or one <div class="parallel"> of div.head and div.row, each with a div.cell[lang] a language; a picture's row has
one div.cell[colspan] for all. Every block at the top of a language carries data-block="tc:lead", an id and, where it has
one, data-place="path:line:column".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from lxml import etree
from lxml.html import HtmlElement

from ipdocs.files.html import unpack_html
from ipdocs.files.pictures.picture import CleanPicture
from ipdocs.locale.language import Language

BLOCK_ELEMENTS = frozenset(
    {
        *("article", "aside", "blockquote", "caption", "dd", "div", "dl", "dt", "figcaption", "figure", "footer"),
        *("h1", "h2", "h3", "h4", "header", "hr", "li", "nav", "ol", "p", "section"),
        *("table", "tbody", "td", "th", "thead", "tr", "ul"),
    }
)
INLINE_ELEMENTS = frozenset({"a", "br", "em", "img", "span", "strong", "sub", "sup"})
ELEMENTS = BLOCK_ELEMENTS | INLINE_ELEMENTS
"""The vocabulary: what templates may use below <body>, and what every writer knows.

Classes that mean something to writers: h1.title, hr.page-break, span.footnote, span.restricted-label, nav.contents.
"""

RESTRICTED_LABEL = "restricted-label"
"""The class of the word at the beginning of a restricted passage."""


@dataclass(frozen=True, slots=True)
class Stylesheet:
    """A stylesheet's text, and the file it came from."""

    path: Path
    text: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the properties of a file say: title, issuer, when it was issued (with its zone), the source's id."""

    title: str
    identifier: str
    created: datetime
    issuer: str = ""
    subject: str = ""
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page kept for one of an annex.

    Attributes:
        anchor: the id of what stands on it.
        annex: the label of the annex, by which its pages are numbered.
        is_first: whether it is the annex's first.
        above: what is kept free at the head, in points.
        below: what is kept free at the foot, in points.
        pdf: the PDF whose page is laid there; None for a picture that is set, or an annex that is withheld.
        number: the number of that page, from 0.
    """

    anchor: str
    annex: str
    is_first: bool
    above: float
    below: float
    pdf: bytes | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class HtmlDocument:
    """One document ready to be written.

    The languages stand in the order in which they appear; the first is the
    document's own. `assets` holds every picture, cleaned, by the name its
    img has, so that a writer opens no file. A letterhead dresses the Word file;
    an attachment, a name and its bytes, goes into the PDF; word is the whole
    Word file where an office's own template.docx has made it. Lines are
    numbered on each page of a draft that people are to discuss line by line.
    A PDF has the pages of annexes on those kept for them. Every page says at its
    head which version of the document it is, where it is not the whole.
    """

    root: HtmlElement
    stylesheets: tuple[Stylesheet, ...]
    languages: tuple[Language, ...]
    metadata: Metadata
    draft: bool = False
    line_numbers: bool = False
    assets: Mapping[str, CleanPicture] = field(default_factory=dict)
    letterhead: Path | None = None
    attachment: tuple[str, bytes] | None = None
    word: bytes | None = None
    kept_pages: tuple[KeptPage, ...] = ()
    version: str = ""

    @property
    def head(self) -> HtmlElement:
        """The element that holds the title."""
        return cast(HtmlElement, self.root.find("head"))

    @property
    def body(self) -> HtmlElement:
        """The element that holds the articles."""
        return cast(HtmlElement, self.root.find("body"))

    def __reduce__(self) -> tuple[Callable[..., HtmlDocument], tuple[bytes, dict[str, Any]]]:
        """Let a tree go to another process: its elements as XML, since lxml's own cannot leave theirs."""
        rest = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "root"}
        return _arrived, (etree.tostring(self.root, encoding="utf-8"), rest)


def _arrived(root: bytes, rest: dict[str, Any]) -> HtmlDocument:
    return HtmlDocument(root=unpack_html(root), **rest)
