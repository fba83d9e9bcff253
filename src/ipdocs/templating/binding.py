"""Several parts of one source, bound into one HTML document: a cover, a table of contents, the parts, pages kept for annexes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace

from lxml.html import HtmlElement, builder

from ipdocs.findings import raise_errors
from ipdocs.localisation.localised_document import LocalisedDocument
from ipdocs.templating.html_document import HtmlDocument, KeptPage, Stylesheet
from ipdocs.templating.layout import Column, Layout, arrange, column, connect, share_picture
from ipdocs.templating.render_html import html_document, missing_phrases, of, titles
from ipdocs.templating.restricted_marks import mark_restricted
from ipdocs.templating.template import render_fragment

EDGE, STAMP, BELOW = 18.0, 27.0, 42.0
"""Points of an annex's page: from the end of the paper to the stamp, two lines of that and a gap, what is kept at the foot."""


def above(languages: int) -> float:
    """Return the points kept free above what is bound in: the stamp of each language has a line, or two when it is long."""
    return EDGE + STAMP * languages


@dataclass(frozen=True, slots=True)
class AnnexPage:
    """A page kept for one of an annex.

    Attributes:
        annex: the id of the annex.
        label: its label: A.
        number: which of its pages it is, from 1.
        count: how many it has.
        size: width and height of the page in points.
        picture: the name of the picture, if it is one.
        pdf: the PDF whose page is laid there; None for a picture, or an annex that is withheld.
        source: the number of that page, from 0.
    """

    annex: str
    label: str
    number: int
    count: int
    size: tuple[int, int]
    picture: str = ""
    pdf: bytes | None = None
    source: int = 0

    @property
    def name(self) -> str:
        """The block that stands on the page: the first goes by the annex's own id, so that links lead there."""
        return self.annex if self.number == 1 else f"{self.annex}-{self.number}"


def bind(
    documents: Sequence[LocalisedDocument],
    parts: Sequence[tuple[str, str]],
    annexes: Sequence[AnnexPage],
    *,
    layout: Layout,
) -> HtmlDocument:
    """Return the HTML of a pack; what is foreign is laid on the annexes' pages later.

    The contents are made of the headings of the parts, so that no title is written twice.

    Args:
        documents: one document in each of the languages.
        parts: names and templates of the parts, in order.
        annexes: the pages kept for annexes, in order.
        layout: how several languages are arranged.
    """

    def columns_of(part: str, template: str) -> list[Column]:
        return [_marked(document, render_fragment(document, template), part) for document in documents]

    cover = columns_of("cover", "cover.html")
    inner = [(template, columns_of(part, template)) for part, template in parts]
    stamps = [
        _marked(document, render_fragment(document, "annexes.html", pages=_stamped(document, annexes)), "annexes")
        if annexes
        else Column(document.language, {})
        for document in documents
    ]
    contents = [
        column(document.language, render_fragment(document, "contents.html", entries=[*_entries(at, inner, stamps)]), "contents")
        for at, document in enumerate(documents)
    ]
    title, version = titles(documents, cover)
    raise_errors(finding for document in documents for finding in missing_phrases(document))
    every = [("cover.html", cover), ("contents.html", contents), *inner]
    connect([one for _, columns in [*every, ("", stamps)] for one in columns])
    content = [builder.SECTION(*arrange(columns, layout), **{"class": f"part {of(template)}"}) for template, columns in every]
    content += [_annex_page(page, stamps) for page in annexes]
    html = _with_sizes(html_document(documents, content, title, layout=layout, version=version), annexes)
    return replace(html, kept_pages=tuple(_kept(page, documents) for page in annexes))


def _marked(document: LocalisedDocument, html: str, part: str) -> Column:
    """Return the blocks of a part, the restricted ones marked."""
    made = column(document.language, html, part)
    mark_restricted(made, document)
    return made


def _kept(page: AnnexPage, documents: Sequence[LocalisedDocument]) -> KeptPage:
    anchor = f"{documents[0].language.code}-annexes-{page.name}"
    return KeptPage(anchor, page.label, page.number == 1, above(len(documents)), BELOW, page.pdf, page.source)


def _stamped(localised: LocalisedDocument, annexes: Sequence[AnnexPage]) -> list[SimpleNamespace]:
    """Return what the stamps of a language say: the annex with its title, the page, and the paper it belongs to."""
    document = localised.document
    by_id = {annex.id: annex for annex in document.annexes}
    papers = {paper.annex: paper.number for paper in document.papers if paper.annex and paper.number}
    return [
        SimpleNamespace(
            name=page.name,
            annex=by_id[page.annex],
            number=page.number,
            count=page.count,
            first=page.number == 1,
            paper=papers.get(page.annex) or document.paper,
            picture=page.picture,
        )
        for page in annexes
    ]


def _entries(at: int, parts: Sequence[tuple[str, Sequence[Column]]], stamps: Sequence[Column]) -> Iterator[SimpleNamespace]:
    """Yield the entries of one language's contents: each part, the items of the minutes, each annex."""
    for template, columns in parts:
        yield from _headings(columns[at], ("h1", "h2") if template == "document.html" else ("h1",))
    yield from _headings(stamps[at], ("h1",))


def _headings(column: Column, levels: tuple[str, ...]) -> Iterator[SimpleNamespace]:
    for block in column.blocks.values():
        for heading in block.iter(*levels):
            name = block.attrib["data-block"].partition(":")[2]
            yield SimpleNamespace(target=name, text=" ".join(heading.text_content().split()), level=levels.index(heading.tag) + 1)


def _annex_page(page: AnnexPage, stamps: Sequence[Column]) -> HtmlElement:
    """Return the page kept for one of an annex: each language's stamp, one under the other, then the picture if it is one."""
    elements = [one.blocks[page.name] for one in stamps]
    for one, element in zip(stamps, elements, strict=True):
        element.attrib["lang"] = one.language.tag
    pictures = [picture for element in elements for picture in element.findall("figure")]
    for picture in pictures:
        picture.drop_tree()
    elements += share_picture(pictures)
    return builder.SECTION(*elements, **{"class": f"annex-page {_size_name(page)}"})


def _size_name(page: AnnexPage) -> str:
    return "annex-{}x{}".format(*page.size)


def _with_sizes(html: HtmlDocument, annexes: Sequence[AnnexPage]) -> HtmlDocument:
    """Return the HTML with a page of the stylesheet for each size of paper among the annexes."""
    rules = [
        f"@page {_size_name(page)} {{ size: {page.size[0]}pt {page.size[1]}pt; margin: {EDGE}pt 36pt {BELOW}pt 36pt; "
        f"@top-right {{ content: none }} }}\n"
        f".{_size_name(page)} {{ page: {_size_name(page)} }}"
        for page in {page.size: page for page in annexes}.values()
    ]
    return replace(html, stylesheets=(*html.stylesheets, Stylesheet(Path("annexes.css"), "\n".join(rules))))
