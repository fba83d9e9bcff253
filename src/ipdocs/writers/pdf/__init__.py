"""Write HTML documents as PDFs that are PDF/UA-1 and PDF/A-2a, laid out by WeasyPrint with subset fonts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import ModuleType
from typing import TYPE_CHECKING

from ipdocs.templating.html_document import HtmlDocument
from ipdocs.templating.weasyprint_css import load_weasyprint
from ipdocs.workspace import Workspace
from ipdocs.writers.written_file import Written

if TYPE_CHECKING:
    from ipdocs.writers.pdf.session import LaidOutDocument, Session


def prepare(documents: Sequence[HtmlDocument], workspace: Workspace) -> Session:
    """Return the session that a batch of PDFs shares.

    Raises:
        IpdocsError: a font that a document needs is not installed.
    """
    return _engine().prepare(documents, workspace)  # type: ignore[no-any-return]


def lay_out(html: HtmlDocument, session: Session) -> LaidOutDocument:
    """Lay out an HTML document of the batch in pages."""
    return _engine().lay_out(html, session)  # type: ignore[no-any-return]


def write(html: HtmlDocument, session: Session) -> Written:
    """Return an HTML document of the batch as a PDF, with the pages of annexes on the pages kept free for them.

    The file is PDF/A-2a, or PDF/A-3a if the source is attached.
    """
    laid_out = lay_out(html, session)
    written: Written = _engine().write(laid_out, html.attachment)
    if not html.kept_pages:
        return replace(written, page_count=laid_out.page_count)
    from ipdocs.writers.pdf.annex_pages import lay_annexes

    return Written(lay_annexes(written.data, html.kept_pages, laid_out.anchors), written.findings, laid_out.page_count)


def load() -> None:
    """Load the libraries for layout and fonts, and list the installed fonts; a second call does nothing.

    Raises:
        IpdocsError: a library or program is missing.
    """
    _engine()
    import uharfbuzz  # noqa: F401

    from ipdocs.writers.pdf import font_files, weasy

    font_files.installed_fonts()
    weasy.parse_types()


def engine() -> str:
    """Return the name and version of the layout engine.

    Raises:
        IpdocsError: a library that the engine needs is missing; the hint is the command that installs the library.
    """
    return str(_engine().PRODUCER)


def _engine() -> ModuleType:
    """Return the module `session`, whose import takes half a second and needs pango."""
    load_weasyprint()
    from ipdocs.writers.pdf import session

    return session
