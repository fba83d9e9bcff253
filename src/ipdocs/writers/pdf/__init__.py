"""Trees in, PDFs out: PDF/UA-1 and PDF/A-2a in one file, set by WeasyPrint in fonts cut down to the text."""

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
    from ipdocs.writers.pdf.session import Laid, Session


def prepare(trees: Sequence[HtmlDocument], workspace: Workspace) -> Session:
    """Return what the PDFs of a batch share; a font that one of its trees lacks is a finding."""
    return _engine().prepare(trees, workspace)  # type: ignore[no-any-return]


def lay_out(tree: HtmlDocument, session: Session) -> Laid:
    """Return a tree of the batch on its pages: how many there are, and the page of each id and each heading."""
    return _engine().lay_out(tree, session)  # type: ignore[no-any-return]


def write(tree: HtmlDocument, session: Session) -> Written:
    """Return an HTML document of the batch as a PDF, the pages of annexes on those kept for them.

    With a file attached as its source it is PDF/A-3a instead of PDF/A-2a.
    """
    laid = lay_out(tree, session)
    written: Written = _engine().write(laid, tree.attachment)
    if not tree.kept_pages:
        return replace(written, pages=laid.pages)
    from ipdocs.writers.pdf.annex_pages import lay_annexes

    return Written(lay_annexes(written.data, tree.kept_pages, laid.anchors), written.findings, laid.pages)


def load() -> None:
    """Load what sets PDFs and cuts fonts, and look for fonts, all once a process; what is missing is a finding."""
    _engine()
    import uharfbuzz  # noqa: F401

    from ipdocs.writers.pdf import installed, weasy

    installed.installed()
    weasy.learn_types()


def engine() -> str:
    """Return the name and version of what sets the PDFs; a library it lacks is a finding with the command that installs it."""
    return str(_engine().PRODUCER)


def _engine() -> ModuleType:
    """Return the module that sets PDFs; it costs half a second to import, and needs pango."""
    load_weasyprint()
    from ipdocs.writers.pdf import session

    return session
