"""Assemble a bound pack as one HTML document: cover, table of contents, parts, and pages kept free for annexes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace

from lxml.html import HtmlElement, builder

from ipdocs.findings import raise_errors
from ipdocs.localisation.localised_document import LocalisedDocument
from ipdocs.templating.html_document import HtmlDocument, KeptPage, Stylesheet
from ipdocs.templating.layout import Column, Layout, arrange, parse_column, remove_dead_links, share_picture
from ipdocs.templating.render_html import assemble_document, missing_phrase_findings, template_class, title_and_version_label
from ipdocs.templating.restricted_marks import mark_restricted
from ipdocs.templating.template import render_fragment

EDGE, STAMP, BELOW = 18.0, 27.0, 42.0
"""Heights on the page of an annex in points: the top edge, a stamp of two lines with a gap, and the foot below the annex."""


def space_above(language_count: int) -> float:
    """Return the height above an annex on its page in points: the top edge, and a stamp for each language."""
    return EDGE + STAMP * language_count


@dataclass(frozen=True, slots=True)
class AnnexPage:
    """A page of the pack that is kept free for a page of an annex.

    Attributes:
        annex: the id of the annex.
        label: the label of the annex, such as A.
        number: the number of the page within the annex, from 1.
        count: the number of pages in the annex.
        size: the width and height of the page in points.
        picture: the name of the picture, if the annex is a picture.
        pdf: the PDF of the annex; None for a picture or a withheld annex.
        page_index: the index of the page in the PDF.
    """

    annex: str
    label: str
    number: int
    count: int
    size: tuple[int, int]
    picture: str = ""
    pdf: bytes | None = None
    page_index: int = 0

    @property
    def name(self) -> str:
        """The name of the block on the page. On the first page this is the id of the annex, so that links to the annex work."""
        return self.annex if self.number == 1 else f"{self.annex}-{self.number}"


def bind(
    documents: Sequence[LocalisedDocument],
    parts: Sequence[tuple[str, str]],
    annex_pages: Sequence[AnnexPage],
    *,
    layout: Layout,
) -> HtmlDocument:
    """Return the HTML of a bound pack; the PDF writer places the annexes on the kept pages.

    The entries of the table of contents are the headings of the parts, so no title is written twice.

    Args:
        documents: the document in each language.
        parts: the name and template of each part, in order.
        annex_pages: the pages kept for annexes, in order.
        layout: how several languages are arranged.

    Raises:
        IpdocsError: a template has a mistake, or a catalog lacks a phrase.
    """

    def render_columns(part: str, template: str) -> list[Column]:
        return [_marked_column(document, render_fragment(document, template), part) for document in documents]

    cover = render_columns("cover", "cover.html")
    bound_parts = [(template, render_columns(part, template)) for part, template in parts]
    stamps = [
        _marked_column(
            document, render_fragment(document, "annexes.html", pages=_stamp_records(document, annex_pages)), "annexes"
        )
        if annex_pages
        else Column(document.language, {})
        for document in documents
    ]
    contents = [
        parse_column(
            document.language,
            render_fragment(document, "contents.html", entries=[*_contents_entries(index, bound_parts, stamps)]),
            "contents",
        )
        for index, document in enumerate(documents)
    ]
    title, version_label = title_and_version_label(documents, cover)
    raise_errors(finding for document in documents for finding in missing_phrase_findings(document))
    all_parts = [("cover.html", cover), ("contents.html", contents), *bound_parts]
    remove_dead_links([column for _, columns in [*all_parts, ("", stamps)] for column in columns])
    sections = [
        builder.SECTION(*arrange(columns, layout), **{"class": f"part {template_class(template)}"})
        for template, columns in all_parts
    ]
    sections += [_annex_page(page, stamps) for page in annex_pages]
    html = _with_page_sizes(
        assemble_document(documents, sections, title, layout=layout, version_label=version_label), annex_pages
    )
    return replace(html, kept_pages=tuple(_kept_page(page, documents) for page in annex_pages))


def _marked_column(document: LocalisedDocument, html: str, part: str) -> Column:
    """Return the blocks of a part in one language, with restricted passages marked."""
    column = parse_column(document.language, html, part)
    mark_restricted(column, document)
    return column


def _kept_page(page: AnnexPage, documents: Sequence[LocalisedDocument]) -> KeptPage:
    anchor = f"{documents[0].language.code}-annexes-{page.name}"
    return KeptPage(anchor, page.label, page.number == 1, space_above(len(documents)), BELOW, page.pdf, page.page_index)


def _stamp_records(localised: LocalisedDocument, annex_pages: Sequence[AnnexPage]) -> list[SimpleNamespace]:
    """Return the data for each stamp in one language: the annex, the page, and the paper to which the annex belongs."""
    document = localised.document
    annexes_by_id = {annex.id: annex for annex in document.annexes}
    papers = {paper.annex: paper.number for paper in document.papers if paper.annex and paper.number}
    return [
        SimpleNamespace(
            name=page.name,
            annex=annexes_by_id[page.annex],
            number=page.number,
            count=page.count,
            first=page.number == 1,
            paper=papers.get(page.annex) or document.paper,
            picture=page.picture,
        )
        for page in annex_pages
    ]


def _contents_entries(
    index: int, parts: Sequence[tuple[str, Sequence[Column]]], stamps: Sequence[Column]
) -> Iterator[SimpleNamespace]:
    """Yield the entries of a table of contents: the parts, the items of the minutes, the annexes.

    Args:
        index: the index of the language among the columns.
        parts: the template and the columns of each part.
        stamps: the columns with the stamps of the annexes.
    """
    for template, columns in parts:
        yield from _heading_entries(columns[index], ("h1", "h2") if template == "document.html" else ("h1",))
    yield from _heading_entries(stamps[index], ("h1",))


def _heading_entries(column: Column, levels: tuple[str, ...]) -> Iterator[SimpleNamespace]:
    for block in column.blocks.values():
        for heading in block.iter(*levels):
            name = block.attrib["data-block"].partition(":")[2]
            yield SimpleNamespace(target=name, text=" ".join(heading.text_content().split()), level=levels.index(heading.tag) + 1)


def _annex_page(page: AnnexPage, stamps: Sequence[Column]) -> HtmlElement:
    """Return the HTML of a kept page: the stamp in each language, and the picture if the annex is a picture."""
    elements = [column.blocks[page.name] for column in stamps]
    for column, element in zip(stamps, elements, strict=True):
        element.attrib["lang"] = column.language.tag
    pictures = [picture for element in elements for picture in element.findall("figure")]
    for picture in pictures:
        picture.drop_tree()
    elements += share_picture(pictures)
    return builder.SECTION(*elements, **{"class": f"annex-page {_page_name(page)}"})


def _page_name(page: AnnexPage) -> str:
    return "annex-{}x{}".format(*page.size)


def _with_page_sizes(html: HtmlDocument, annex_pages: Sequence[AnnexPage]) -> HtmlDocument:
    """Return the HTML with one more stylesheet, which has an @page rule for each page size of the annexes."""
    rules = [
        f"@page {_page_name(page)} {{ size: {page.size[0]}pt {page.size[1]}pt; margin: {EDGE}pt 36pt {BELOW}pt 36pt; "
        f"@top-right {{ content: none }} }}\n"
        f".{_page_name(page)} {{ page: {_page_name(page)} }}"
        for page in {page.size: page for page in annex_pages}.values()
    ]
    return replace(html, stylesheets=(*html.stylesheets, Stylesheet(Path("annexes.css"), "\n".join(rules))))
