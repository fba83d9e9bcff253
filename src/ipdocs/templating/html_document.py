"""The input of every writer: semantic HTML with its stylesheets, pictures and properties.

Below <html lang class="serif|sans"> and <body>, the layout decides the structure. Sequential languages have an <article lang>
each. Stacked languages share one <article class="stacked"> of div.row. Parallel languages share one <div class="parallel">
of div.head and div.row with a div.cell[lang] for each language; the row of a picture has one div.cell[colspan].
Every top-level block of a language has data-block="tc:lead", an id, and data-place="path:line:column" where its place in the
source is known.
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
"""The elements that templates may use below <body>, and that every writer supports.

Writers know these classes: h1.title, hr.page-break, span.footnote, span.restricted-label, nav.contents.
"""

RESTRICTED_LABEL = "restricted-label"
"""The class of the label at the beginning of a restricted passage."""


@dataclass(frozen=True, slots=True)
class Stylesheet:
    """The text of a stylesheet and the file that it came from."""

    path: Path
    text: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """The properties of a file.

    Attributes:
        title: the title.
        identifier: the id of the source.
        created: the time of issue, with its time zone.
        issuer: the issuing body.
        subject: the subject.
        keywords: the keywords.
    """

    title: str
    identifier: str
    created: datetime
    issuer: str = ""
    subject: str = ""
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page that is kept for a page of an annex.

    Attributes:
        anchor: the id of the block on the page.
        annex: the label of the annex, with which its pages are numbered.
        is_first: whether it is the first page of the annex.
        above: the height at the top that the annex may not cover, in points.
        below: the height at the foot that the annex may not cover, in points.
        pdf: the PDF whose page is laid there; None for a picture or a withheld annex.
        number: the number of the page in the PDF, from 0.
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
    """A document ready to be written.

    Attributes:
        root: the <html> element.
        stylesheets: the stylesheets in the order of the cascade.
        languages: the languages in order of appearance; the first is the document's own.
        metadata: the properties of its files.
        draft: whether it is a draft.
        line_numbers: whether the lines of each page are numbered, for drafts that are discussed line by line.
        assets: every picture, cleaned, by the src of its img, so that a writer opens no file.
        letterhead: the office's letterhead for the Word file.
        attachment: the name and bytes of a file to attach to the PDF.
        word: the whole Word file, if an office's own template.docx made it.
        kept_pages: the pages that are kept for annexes in the PDF.
        version: the version at the top of every page, unless it is the whole document.
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
        """The <head> element."""
        return cast(HtmlElement, self.root.find("head"))

    @property
    def body(self) -> HtmlElement:
        """The <body> element."""
        return cast(HtmlElement, self.root.find("body"))

    def __reduce__(self) -> tuple[Callable[..., HtmlDocument], tuple[bytes, dict[str, Any]]]:
        """Pickle the document with its HTML as XML, since lxml elements cannot be pickled."""
        rest = {field.name: getattr(self, field.name) for field in fields(self) if field.name != "root"}
        return _unpickle, (etree.tostring(self.root, encoding="utf-8"), rest)


def _unpickle(root: bytes, rest: dict[str, Any]) -> HtmlDocument:
    return HtmlDocument(root=unpack_html(root), **rest)
