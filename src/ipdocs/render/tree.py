"""The tree every writer reads: semantic HTML, the stylesheets that lay it out, and what is said about the document.

The vocabulary, under <html lang><body>: one <article lang> a language, or one <div class="parallel"> for side by side.
Blocks: header (title block), h1–h4, p (.lead and other classes), ul, ol (type, start), li, table (caption, thead, tbody, tr,
th scope, td, colspan, rowspan), figure, img (alt), figcaption, blockquote, dl, dt, dd, hr, hr.page-break, section, footer, aside, div,
nav.contents, div.parallel > div.head|div.row > div.cell. Inline: em, strong, a, br, span (lang, .footnote), sup, sub.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from lxml.html import HtmlElement

from ipdocs.locale.language import Language


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
class Tree:
    """One document ready to be written.

    The languages stand in the order in which they appear; the first is the
    document's own. `assets` holds the bytes of every picture by the name its
    img has, so that a writer opens no file.
    """

    root: HtmlElement
    stylesheets: tuple[Stylesheet, ...]
    languages: tuple[Language, ...]
    metadata: Metadata
    design: str = "serif"
    draft: bool = False
    assets: Mapping[str, bytes] = field(default_factory=dict)
