"""Writers turn HTML documents into the bytes of files; each format has one writer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from ipdocs.findings import Finding, IpdocsError, collect, raise_errors
from ipdocs.templating.html_document import HtmlDocument
from ipdocs.workspace import Workspace
from ipdocs.writers.written_file import WrittenFile


def _write_docx(documents: Sequence[HtmlDocument], workspace: Workspace) -> list[WrittenFile]:
    from ipdocs.writers import docx

    def write(document: HtmlDocument) -> WrittenFile:
        glyph_findings = _missing_glyph_findings(document, workspace)
        if document.word:
            written_file = docx.write_from_template(document)
        else:
            written_file = docx.write(document, workspace, document.letterhead, _page_numbers(document, workspace))
        return WrittenFile(written_file.data, (*written_file.findings, *glyph_findings))

    return collect(write, documents)


def _missing_glyph_findings(document: HtmlDocument, workspace: Workspace) -> list[Finding]:
    """Return findings about characters that no font has; for a draft they are warnings.

    Raises:
        IpdocsError: The document is final and has such a character. The reader's computer may lack a glyph for it, too.
    """
    from ipdocs.writers.pdf.glyphs import missing_glyph_findings

    findings = missing_glyph_findings(document, workspace)
    return [replace(finding, severity="warning") for finding in findings] if document.draft else raise_errors(findings)


def _page_numbers(document: HtmlDocument, workspace: Workspace) -> dict[str, int]:
    """Return the page numbers in the PDF, keyed by element id, for the table of contents in the Word file.

    The result is empty if there is no table of contents or the layout fails. The Word writer reports missing page numbers.
    """
    if not document.body.find_class("contents"):
        return {}
    from ipdocs.writers import docx, pdf

    if document.letterhead:
        document = docx.with_letterhead_pages(document, document.letterhead)
    try:
        return pdf.lay_out(document, pdf.prepare([document], workspace)).anchors
    except IpdocsError:
        return {}


def _write_pdf(documents: Sequence[HtmlDocument], workspace: Workspace) -> list[WrittenFile]:
    from ipdocs.writers import pdf

    session = pdf.prepare(documents, workspace)
    return collect(lambda document: pdf.write(document, session), documents)


def _write_html(documents: Sequence[HtmlDocument], workspace: Workspace) -> list[WrittenFile]:
    from ipdocs.writers import html

    return collect(lambda document: html.write(document, workspace), documents)


def _write_txt(documents: Sequence[HtmlDocument], workspace: Workspace) -> list[WrittenFile]:
    from ipdocs.writers import txt

    return collect(txt.write, documents)


WRITERS: dict[str, Callable[[Sequence[HtmlDocument], Workspace], list[WrittenFile]]] = {
    "docx": _write_docx,
    "pdf": _write_pdf,
    "html": _write_html,
    "txt": _write_txt,
}
"""The writer for each format. A writer takes a batch of documents, so that costly preparations are shared."""


def load_writers(formats: Sequence[str]) -> None:
    """Import the libraries for the given formats before the first document is written.

    Raises:
        IpdocsError: A library is missing.
    """
    if "docx" in formats:
        from ipdocs.writers import docx  # noqa: F401
    if "pdf" in formats:
        from ipdocs.writers import pdf

        pdf.load()
