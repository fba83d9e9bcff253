"""The session for a batch of PDFs, and the functions that lay out and write a document."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pydyf
import weasyprint
from weasyprint.css.counters import CounterStyle

from ipdocs.findings import Finding, Location, Severity, raise_errors
from ipdocs.templating.html_document import HtmlDocument, Stylesheet
from ipdocs.templating.weasyprint_errors import report_stylesheet_errors
from ipdocs.workspace import Workspace
from ipdocs.writers import draft
from ipdocs.writers.asset_fetcher import asset_fetcher
from ipdocs.writers.pdf import weasy
from ipdocs.writers.pdf.breaks import remove_break_marks
from ipdocs.writers.pdf.glyphs import batch_font_findings, glyph_findings, subset_fonts, unknown_family_findings
from ipdocs.writers.pdf.line_numbers import number_lines
from ipdocs.writers.pdf.tags import fix_structure
from ipdocs.writers.pdf.tree_copy import copy_html
from ipdocs.writers.pdf.unsupported_css import report_layout_errors, untagged_content_findings
from ipdocs.writers.pdf.weasyprint_log import collect_records, layout_findings, reports_missing_glyph, stylesheet_findings
from ipdocs.writers.pdf.xmp import GENERATOR, format_created, rdf_metadata
from ipdocs.writers.written_file import WrittenFile

PRODUCER = f"WeasyPrint {weasyprint.VERSION}"
BASE = Stylesheet(Path(__file__).with_name("pdf.css"), Path(__file__).with_name("pdf.css").read_text("utf-8"))
"""The stylesheet of every PDF."""


@dataclass(slots=True)
class Session:
    """The state that the documents of a batch share, so that each stylesheet is parsed only once.

    Attributes:
        workspace: the workspace with the fonts for each language.
        counters: the counter styles of all stylesheets.
        sheets: WeasyPrint's parsed stylesheet and the findings from parsing it, keyed by stylesheet.
    """

    workspace: Workspace
    counters: Any = field(default_factory=CounterStyle)
    sheets: dict[Stylesheet, tuple[Any, list[Finding]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LaidOutDocument:
    """A document laid out in pages.

    Attributes:
        html: the HTML document.
        root: the copy of the HTML that was laid out.
        document: WeasyPrint's document with pages.
        findings: the findings from the layout.
    """

    html: HtmlDocument
    root: Element[str]
    document: Any
    findings: tuple[Finding, ...]

    @property
    def page_count(self) -> int:
        """The number of pages."""
        return len(self.document.pages)

    @property
    def has_missing_glyphs(self) -> bool:
        """Whether a character in the source has no glyph."""
        return any(finding.code == "no-glyph" for finding in self.findings)

    @property
    def anchors(self) -> dict[str, int]:
        """The page numbers from 1, keyed by the id of an element that begins on the page."""
        return {name: number for number, page in reversed([*enumerate(self.document.pages, 1)]) for name in page.anchors}

    @property
    def heading_pages(self) -> tuple[int, ...]:
        """The page numbers of all headings h1 to h4 in order; 0 for a heading that is not shown."""
        anchors = self.anchors
        return tuple(anchors.get(heading.get("id", ""), 0) for heading in _headings(self.root))


def prepare(documents: Iterable[HtmlDocument], workspace: Workspace) -> Session:
    """Return the session for a batch.

    Raises:
        IpdocsError: a font that a document needs is not installed.
    """
    raise_errors(batch_font_findings(documents, workspace))
    return Session(workspace)


def lay_out(html: HtmlDocument, session: Session) -> LaidOutDocument:
    """Lay out a document of the session's batch in pages."""
    refused_urls: list[str] = []
    document_fonts = subset_fonts(html, session.workspace, BASE.text + draft.STYLESHEET.text)
    font_config = weasy.font_configuration(tuple(document_fonts.files), tuple(document_fonts.families.items()))
    findings = [*glyph_findings(html, document_fonts), *_skipped_level_findings(html), *untagged_content_findings(html)]
    sheets = []
    for stylesheet in (BASE, draft.STYLESHEET, *html.stylesheets):
        css, sheet_findings = _parse(stylesheet, session)
        sheets.append(css)
        findings += sheet_findings
    root = copy_html(html.root)
    for number, heading in enumerate(_headings(root), 1):
        heading.set("id", heading.get("id", f"ipdocs-heading-{number}"))
        heading.set("data-label", remove_break_marks(" ".join("".join(_texts_without_notes(heading)).split())))
    if html.draft:
        draft.add_draft_class(root)
    with collect_records() as records, report_layout_errors(html):
        document = weasy.Html(root, asset_fetcher(html.assets, refused_urls)).render(
            font_config=font_config, counter_style=session.counters, stylesheets=sheets, presentational_hints=True
        )
    findings += layout_findings(records, refused_urls, _picture_locations(html), html.stylesheets)
    findings += [_moved_note_finding(*moved_note) for moved_note in weasy.moved_notes(document)]
    if html.line_numbers:
        number_lines(document)
    weasy.mark_artifacts(document)
    weasy.restore_spaces(document)
    return LaidOutDocument(html, root, document, tuple(findings))


def write(laid_out: LaidOutDocument, attachment: tuple[str, bytes] | None = None) -> WrittenFile:
    """Return the PDF of a laid-out document: PDF/UA-1 and PDF/A-2a, or PDF/A-3a if the source is attached.

    The same document always gives the same bytes: the dates come from the document, and the file identifier from the
    content.

    Args:
        laid_out: the laid-out document.
        attachment: the name and bytes of the source, if it is to be attached.

    Raises:
        IpdocsError: the findings include an error, and the document is not a draft.
    """
    html, document = laid_out.html, laid_out.document
    metadata = html.metadata
    language_tags = tuple(language.tag for language in html.languages)
    document.metadata = weasy.PdfMetadata(
        lambda part: rdf_metadata(metadata, language_tags, part, PRODUCER),
        title=metadata.title,
        authors=[metadata.issuer] if metadata.issuer else [],
        description=metadata.subject or None,
        keywords=list(metadata.keywords),
        generator=GENERATOR,
        created=format_created(metadata),
        modified=format_created(metadata),
        lang=html.root.get("lang"),
    )
    with collect_records() as records, report_stylesheet_errors(html.stylesheets):
        data = document.write_pdf(
            finisher=lambda _, pdf: _finish(pdf),
            pdf_variant="pdf/a-3a" if attachment else "pdf/a-2a",
            attachments=[_weasyprint_attachment(*attachment, metadata.created)] if attachment else None,
        )
    # Missing glyphs in the source were already reported with their locations, before the layout.
    new_records = [record for record in records if not reports_missing_glyph(record) or not laid_out.has_missing_glyphs]
    findings = [*laid_out.findings, *layout_findings(new_records, (), _picture_locations(html), html.stylesheets)]
    if html.draft:
        findings = [replace(finding, severity="warning") for finding in findings]
    return WrittenFile(data, tuple(raise_errors(findings)))


def _picture_locations(html: HtmlDocument) -> dict[str, Location | None]:
    """Return the location of each picture in the source, keyed by the src of its <img>."""
    return {image.get("src", ""): html.location_of(image) for image in html.root.iter("img")}


def _moved_note_finding(note: Element[str], note_page: int, call_page: int) -> Finding:
    """Return the finding about a footnote that is not on the page of its call; `note_page` is 0 if it is on no page."""
    note_text = " ".join("".join(note.itertext()).split())
    position = f"on page {note_page}" if note_page else "on no page"
    message = f"the note {note_text[:40]!r} is {position}, but it is called on page {call_page}"
    severity: Severity = "warning" if note_page else "error"
    return Finding("note-moved", message, None, "shorten the note, or call fewer notes on this page", severity)


def _headings(root: Element[str]) -> list[Element[str]]:
    return [element for element in root.iter() if element.tag in {"h1", "h2", "h3", "h4"}]


def _texts_without_notes(element: Element[str]) -> Iterator[str]:
    """Yield the texts in an element, except texts in footnotes."""
    yield element.text or ""
    for child in element:
        if child.get("class") != "footnote":
            yield from _texts_without_notes(child)
        yield child.tail or ""


def _skipped_level_findings(html: HtmlDocument) -> list[Finding]:
    """Return a finding for each heading that skips a level (PDF/UA-1, 7.4.2)."""
    findings, previous = [], 0
    for heading in html.root.iter("h1", "h2", "h3", "h4"):
        level = int(str(heading.tag)[1])
        if level > previous + 1:
            position = f"follows a heading of level {previous}" if previous else "is the first heading"
            message = f"the heading {heading.text_content().strip()!r} has level {level}, but {position}"
            findings.append(Finding("skipped-heading", message, html.location_of(heading), f"make it level {previous + 1}"))
        previous = level
    return findings


def _finish(pdf: Any) -> None:
    """Correct the structure tree, label the pages from 1 and compress the streams."""
    fix_structure(pdf)
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array([0, pydyf.Dictionary({"S": "/D"})])})
    for stream in pdf.objects:
        if isinstance(stream, pydyf.Stream) and stream.compress:
            _compress(stream)


def _compress(stream: Any) -> None:
    """Compress a stream once, because pydyf would compress it twice: for the file and for the file identifier."""
    stream.compress = False
    content = stream.data.partition(b"\nstream\n")[2].removesuffix(b"\nendstream")
    stream.stream = [zlib.compress(content, 9)]
    stream.extra["Filter"] = "/FlateDecode"


def _weasyprint_attachment(name: str, data: bytes, created: datetime) -> weasyprint.Attachment:
    return weasyprint.Attachment(string=data, name=name, created=created, modified=created, relationship="Source")


def _parse(stylesheet: Stylesheet, session: Session) -> tuple[Any, list[Finding]]:
    """Return a parsed stylesheet with its findings; each stylesheet is parsed once in a session."""
    if stylesheet not in session.sheets:
        refused_urls: list[str] = []
        with collect_records() as records, report_stylesheet_errors([stylesheet]):
            css = weasyprint.CSS(
                string=stylesheet.text,
                base_url="asset:",
                url_fetcher=asset_fetcher({}, refused_urls),
                counter_style=session.counters,
            )
        findings = [*stylesheet_findings(records, stylesheet.path), *unknown_family_findings(stylesheet)]
        session.sheets[stylesheet] = css, findings
    return session.sheets[stylesheet]
