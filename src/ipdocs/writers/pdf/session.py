"""The session of a batch of PDFs, in which each document is laid out and written."""

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
from ipdocs.templating.weasyprint_errors import stylesheet_errors
from ipdocs.workspace import Workspace
from ipdocs.writers import draft
from ipdocs.writers.asset_fetcher import asset_fetcher
from ipdocs.writers.pdf import weasy
from ipdocs.writers.pdf.breaks import remove_break_marks
from ipdocs.writers.pdf.glyphs import batch_font_findings, fit_fonts, glyph_findings, source_place, unknown_family_findings
from ipdocs.writers.pdf.lines import number_lines
from ipdocs.writers.pdf.tags import fix_structure
from ipdocs.writers.pdf.tree_copy import copy_tree
from ipdocs.writers.pdf.unsupported_css import layout_errors, untagged_content_findings
from ipdocs.writers.pdf.weasyprint_log import collect_records, is_missing_glyph, layout_findings, stylesheet_findings
from ipdocs.writers.pdf.xmp import GENERATOR, format_created, rdf_metadata
from ipdocs.writers.written_file import Written

PRODUCER = f"WeasyPrint {weasyprint.VERSION}"
BASE = Stylesheet(Path(__file__).with_name("pdf.css"), Path(__file__).with_name("pdf.css").read_text("utf-8"))


@dataclass(slots=True)
class Session:
    """The workspace of a batch, whose fonts it uses, and the stylesheets, each parsed once.

    Attributes:
        workspace: the workspace.
        counters: the counter styles of all stylesheets.
        sheets: each parsed stylesheet with its findings.
    """

    workspace: Workspace
    counters: Any = field(default_factory=CounterStyle)
    sheets: dict[Stylesheet, tuple[Any, list[Finding]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LaidOutDocument:
    """A document laid out in pages.

    Attributes:
        html: the document.
        root: the copy of its HTML that was laid out.
        document: WeasyPrint's document.
        findings: findings of the layout.
    """

    html: HtmlDocument
    root: Element[str]
    document: Any
    findings: tuple[Finding, ...]

    @property
    def pages(self) -> int:
        """The number of pages."""
        return len(self.document.pages)

    @property
    def has_missing_glyphs(self) -> bool:
        """Whether the source has a character without a glyph."""
        return any(finding.code == "no-glyph" for finding in self.findings)

    @property
    def anchors(self) -> dict[str, int]:
        """The page on which each id begins, from 1."""
        return {name: number for number, page in reversed([*enumerate(self.document.pages, 1)]) for name in page.anchors}

    @property
    def headings(self) -> tuple[int, ...]:
        """The page of each heading from h1 to h4 in order, or 0 for a heading that is not shown."""
        anchors = self.anchors
        return tuple(anchors.get(heading.get("id", ""), 0) for heading in _headings(self.root))


def prepare(documents: Iterable[HtmlDocument], workspace: Workspace) -> Session:
    """Return the session of a batch.

    Raises:
        IpdocsError: a font that one of the documents needs is not installed.
    """
    raise_errors(batch_font_findings(documents, workspace))
    return Session(workspace)


def lay_out(html: HtmlDocument, session: Session) -> LaidOutDocument:
    """Return a document of the session's batch laid out in pages."""
    refused: list[str] = []
    document_fonts = fit_fonts(html, session.workspace, BASE.text + draft.STYLESHEET.text)
    font_config = weasy.fonts_of(tuple(document_fonts.files), tuple(document_fonts.families.items()))
    findings = [*glyph_findings(html, document_fonts), *_skipped_levels(html), *untagged_content_findings(html)]
    sheets = []
    for stylesheet in (BASE, draft.STYLESHEET, *html.stylesheets):
        css, sheet_findings = _parse(stylesheet, session)
        sheets.append(css)
        findings += sheet_findings
    root = copy_tree(html.root)
    for number, heading in enumerate(_headings(root), 1):
        heading.set("id", heading.get("id", f"ipdocs-heading-{number}"))
        heading.set("data-label", remove_break_marks(" ".join("".join(_words(heading)).split())))
    if html.draft:
        draft.add_draft_class(root)
    with collect_records() as records, layout_errors(html):
        document = weasy.Html(root, asset_fetcher(html.assets, refused)).render(
            font_config=font_config, counter_style=session.counters, stylesheets=sheets, presentational_hints=True
        )
    findings += layout_findings(records, refused, _picture_places(html), html.stylesheets)
    findings += [_moved_note_finding(*moved) for moved in weasy.moved_notes(document)]
    if html.line_numbers:
        number_lines(document)
    weasy.mark_artifacts(document)
    weasy.separate_words(document)
    return LaidOutDocument(html, root, document, tuple(findings))


def write(laid_out: LaidOutDocument, attach: tuple[str, bytes] | None = None) -> Written:
    """Return the PDF of a laid out document: PDF/UA-1 and PDF/A-2a, or PDF/A-3a when its source is attached.

    The same document gives the same bytes: the dates are those of the document, and the file's identifier depends on
    its content.

    Args:
        laid_out: the document.
        attach: the name and bytes of its source.

    Raises:
        IpdocsError: a finding is an error, and the document is not a draft.
    """
    html, document = laid_out.html, laid_out.document
    metadata = html.metadata
    tags = tuple(language.tag for language in html.languages)
    document.metadata = weasy.PdfMetadata(
        lambda part: rdf_metadata(metadata, tags, part, PRODUCER),
        title=metadata.title,
        authors=[metadata.issuer] if metadata.issuer else [],
        description=metadata.subject or None,
        keywords=list(metadata.keywords),
        generator=GENERATOR,
        created=format_created(metadata),
        modified=format_created(metadata),
        lang=html.root.get("lang"),
    )
    with collect_records() as records, stylesheet_errors(html.stylesheets):
        data = document.write_pdf(
            finisher=lambda _, pdf: _finish(pdf),
            pdf_variant="pdf/a-3a" if attach else "pdf/a-2a",
            attachments=[_attachment(*attach, metadata.created)] if attach else None,
        )
    # Missing glyphs of the source were reported with their places before the layout.
    new_records = [record for record in records if not is_missing_glyph(record) or not laid_out.has_missing_glyphs]
    findings = [*laid_out.findings, *layout_findings(new_records, (), _picture_places(html), html.stylesheets)]
    if html.draft:
        findings = [replace(finding, severity="warning") for finding in findings]
    return Written(data, tuple(raise_errors(findings)))


def _picture_places(html: HtmlDocument) -> dict[str, Location | None]:
    """Return where the source names each picture, by the src of its img."""
    return {image.get("src", ""): source_place(image) for image in html.root.iter("img")}


def _moved_note_finding(note: Element[str], note_page: int, call_page: int) -> Finding:
    """Return the finding for a note that is not on the page of its call, or on no page (0)."""
    words = " ".join("".join(note.itertext()).split())
    place = f"on page {note_page}" if note_page else "on no page"
    message = f"the note {words[:40]!r} is {place}, but it is called on page {call_page}"
    severity: Severity = "warning" if note_page else "error"
    return Finding("note-moved", message, None, "shorten the note, or call fewer notes on this page", severity)


def _headings(root: Element[str]) -> list[Element[str]]:
    return [element for element in root.iter() if element.tag in {"h1", "h2", "h3", "h4"}]


def _words(element: Element[str]) -> Iterator[str]:
    """Yield the text of an element without its notes."""
    yield element.text or ""
    for child in element:
        if child.get("class") != "footnote":
            yield from _words(child)
        yield child.tail or ""


def _skipped_levels(html: HtmlDocument) -> list[Finding]:
    """Return a finding for each heading that skips a level (PDF/UA-1, 7.4.2)."""
    findings, previous = [], 0
    for heading in html.root.iter("h1", "h2", "h3", "h4"):
        level = int(str(heading.tag)[1])
        if level > previous + 1:
            position = f"follows one of level {previous}" if previous else "comes first"
            message = f"the heading {heading.text_content().strip()!r} of level {level} {position}"
            findings.append(Finding("skipped-heading", message, source_place(heading), f"make it level {previous + 1}"))
        previous = level
    return findings


def _finish(pdf: Any) -> None:
    """Fix the structure, number the pages from 1 and compress the streams."""
    fix_structure(pdf)
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array([0, pydyf.Dictionary({"S": "/D"})])})
    for stream in pdf.objects:
        if isinstance(stream, pydyf.Stream) and stream.compress:
            _compress(stream)


def _compress(stream: Any) -> None:
    """Replace a stream by its compressed data; pydyf would compress it twice, for the file and for its identifier."""
    stream.compress = False
    content = stream.data.partition(b"\nstream\n")[2].removesuffix(b"\nendstream")
    stream.stream = [zlib.compress(content, 9)]
    stream.extra["Filter"] = "/FlateDecode"


def _attachment(name: str, data: bytes, created: datetime) -> weasyprint.Attachment:
    return weasyprint.Attachment(string=data, name=name, created=created, modified=created, relationship="Source")


def _parse(stylesheet: Stylesheet, session: Session) -> tuple[Any, list[Finding]]:
    """Return a stylesheet parsed by WeasyPrint, once a session, and findings for what it ignores."""
    if stylesheet not in session.sheets:
        refused: list[str] = []
        with collect_records() as records, stylesheet_errors([stylesheet]):
            css = weasyprint.CSS(
                string=stylesheet.text,
                base_url="asset:",
                url_fetcher=asset_fetcher({}, refused),
                counter_style=session.counters,
            )
        findings = [*stylesheet_findings(records, stylesheet.path), *unknown_family_findings(stylesheet)]
        session.sheets[stylesheet] = css, findings
    return session.sheets[stylesheet]
