"""Write HTML documents as PDFs that are PDF/UA-1 and PDF/A-2a, laid out by WeasyPrint with subset fonts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import ModuleType
from typing import TYPE_CHECKING

from ipdocs.templating.html_document import HtmlDocument
from ipdocs.templating.weasyprint_css import load_weasyprint
from ipdocs.workspace import Workspace
from ipdocs.writers.written_file import WrittenFile

if TYPE_CHECKING:
    from ipdocs.writers.pdf.block_boxes import PlacedBlock
    from ipdocs.writers.pdf.session import LaidOutDocument, Session


def prepare(documents: Sequence[HtmlDocument], workspace: Workspace) -> Session:
    """Return the session that a batch of PDFs shares.

    Raises:
        IpdocsError: a font that a document needs is not installed.
    """
    return _session_module().prepare(documents, workspace)  # type: ignore[no-any-return]


def lay_out(html: HtmlDocument, session: Session) -> LaidOutDocument:
    """Lay out an HTML document of the batch in pages."""
    return _session_module().lay_out(html, session)  # type: ignore[no-any-return]


def write(html: HtmlDocument, session: Session) -> WrittenFile:
    """Return an HTML document of the batch as a PDF, with the pages of annexes on the pages kept free for them.

    The file is PDF/A-2a, or PDF/A-3a if the source is attached.
    """
    return _write_laid_out(lay_out(html, session))


def write_with_boxes(html: HtmlDocument, session: Session) -> tuple[WrittenFile, list[PlacedBlock]]:
    """Return an HTML document of the batch as a PDF, as `write` does, and where its blocks stand on the pages."""
    laid_out = lay_out(html, session)
    from ipdocs.writers.pdf.block_boxes import block_boxes

    return _write_laid_out(laid_out), block_boxes(laid_out.root, laid_out.document)


def _write_laid_out(laid_out: LaidOutDocument) -> WrittenFile:
    html = laid_out.html
    written_file: WrittenFile = _session_module().write(laid_out, html.attachment)
    if not html.kept_pages:
        return replace(written_file, page_count=laid_out.page_count)
    from ipdocs.writers.pdf.annex_pages import place_annexes

    return WrittenFile(
        place_annexes(written_file.data, html.kept_pages, laid_out.anchors), written_file.findings, laid_out.page_count
    )


def load() -> None:
    """Load the libraries for layout and fonts, and list the installed fonts; a second call does nothing.

    Raises:
        IpdocsError: a library or program is missing.
    """
    _session_module()
    import uharfbuzz  # noqa: F401

    from ipdocs.writers.pdf import font_files, weasy

    font_files.installed_fonts()
    weasy.parse_types()


def engine_version() -> str:
    """Return the name and version of the layout engine.

    Raises:
        IpdocsError: a library that the engine needs is missing; the hint is the command that installs the library.
    """
    return str(_session_module().PRODUCER)


def _session_module() -> ModuleType:
    """Return the module `session`, whose import takes half a second and needs pango."""
    load_weasyprint()
    from ipdocs.writers.pdf import session

    return session
