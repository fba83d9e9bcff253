"""HTML documents, the input of every writer: semantic HTML with stylesheets, pictures and properties.

The root is <html lang class="serif|sans">. The structure of <body> depends on the layout:

- sequential: each language has an <article lang>.
- stacked: all languages share an <article class="stacked">, which contains div.row.
- parallel: all languages share a <div class="parallel">, which contains div.head and div.row. Each row has a div.cell[lang]
  for each language; the row of a picture has a single div.cell[colspan].

Every top-level block of a language has an id and a data-block such as "tc:lead". If its location in the source is known, the
block also has data-place="path:line:column".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from lxml import etree
from lxml.html import HtmlElement

from ipdocs.files.html import unpack_html
from ipdocs.files.pictures.picture import CleanPicture
from ipdocs.findings import Location
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

Writers give a meaning to these classes: h1.title, hr.page-break, span.footnote, span.restricted-label, nav.contents.
"""

_PLACE = re.compile(r"(.+):(\d+):(\d+)")
"""The form of data-place: path, line and column."""

RESTRICTED_LABEL = "restricted-label"
"""The class of the label at the beginning of a restricted passage."""


@dataclass(frozen=True, slots=True)
class Stylesheet:
    """The text of a stylesheet, and the file it was read from."""

    path: Path
    text: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """The title, author and other properties of a file.

    Attributes:
        identifier: the id of the source.
        created: the time of issue with a time zone.
        issuer: the issuing body, which is the author of the file.
    """

    title: str
    identifier: str
    created: datetime
    issuer: str = ""
    subject: str = ""
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page of a pack that is kept free for a page of an annex.

    Attributes:
        anchor: the id of the block on the page.
        label: the label of the annex, such as B; the page numbers of the annex begin with it, as in B-1.
        is_first: whether this is the first page of the annex.
        above: the height at the top that the annex may not cover, in points.
        below: the height at the foot that the annex may not cover, in points.
        pdf: the PDF of the annex; None for a picture or a withheld annex.
        page_index: the index of the page in the PDF.
    """

    anchor: str
    label: str
    is_first: bool
    above: float
    below: float
    pdf: bytes | None = None
    page_index: int = 0


@dataclass(frozen=True, slots=True)
class HtmlDocument:
    """A document that is ready for the writers.

    Attributes:
        root: the <html> element.
        stylesheets: the stylesheets in the order of the cascade.
        languages: the languages in order of appearance; the first is the main language.
        metadata: the properties of the document's files.
        draft: whether the document is a draft.
        line_numbers: whether the lines of each page are numbered, for discussing a draft line by line.
        assets: every picture, cleaned, keyed by the src of its <img>, so that writers open no files.
        letterhead: the office's letterhead for the Word file.
        attachment: the name and bytes of a file to attach to the PDF.
        word: the complete Word file, if it was made from an office's own template.docx.
        brackets: the round brackets of the house style, keyed by language tag; without them, those of the script.
        kept_pages: the pages that are kept free for annexes in the PDF.
        version_label: the label at the top of every page, such as "Public version"; "" for the whole document.
        template: the file of the template, which is the location of elements that are not from a source.
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
    brackets: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    kept_pages: tuple[KeptPage, ...] = ()
    version_label: str = ""
    template: Path | None = None

    @property
    def head(self) -> HtmlElement:
        """The <head> element."""
        return cast(HtmlElement, self.root.find("head"))

    @property
    def body(self) -> HtmlElement:
        """The <body> element."""
        return cast(HtmlElement, self.root.find("body"))

    def in_brackets(self, text: str, lang: str) -> str:
        """Return a text, such as the address of a link in a text file, in the brackets of a language, after a space if needed."""
        before, after = self.brackets.get(lang) or (("（", "）") if lang.startswith(("zh", "ja")) else ("(", ")"))
        space = "" if lang.startswith(("zh", "ja")) else " "
        return f"{space}{before}{text}{after}"

    def location_of(self, element: etree._Element) -> Location | None:
        """Return the location of an element in its source, or, if that is unknown, the template."""
        for ancestor in (element, *element.iterancestors()):
            if place := _PLACE.fullmatch(ancestor.get("data-place", "")):
                return Location(Path(place[1]), int(place[2]), int(place[3]))
        return Location(self.template) if self.template else None

    def __reduce__(self) -> tuple[Callable[..., HtmlDocument], tuple[bytes, dict[str, Any]]]:
        """Pickle the document with the HTML as XML, because lxml elements cannot be pickled."""
        attributes = {field.name: getattr(self, field.name) for field in fields(self) if field.name != "root"}
        return _unpickle, (etree.tostring(self.root, encoding="utf-8"), attributes)


def _unpickle(root: bytes, attributes: dict[str, Any]) -> HtmlDocument:
    return HtmlDocument(root=unpack_html(root), **attributes)
