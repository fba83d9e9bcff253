"""Writers: trees in, files' bytes out, one writer a format."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from ipdocs.findings import Finding, IpdocsError, collect, raise_errors
from ipdocs.templating.html_document import HtmlDocument
from ipdocs.workspace import Workspace
from ipdocs.writers.written_file import Written


def _docx(trees: Sequence[HtmlDocument], workspace: Workspace) -> list[Written]:
    from ipdocs.writers import docx

    def write(tree: HtmlDocument) -> Written:
        unset = _unset(tree, workspace)
        made = docx.adopt(tree) if tree.word else docx.write(tree, workspace, tree.letterhead, _pages(tree, workspace))
        return Written(made.data, (*made.findings, *unset))

    return collect(write, trees)


def _unset(tree: HtmlDocument, workspace: Workspace) -> list[Finding]:
    """Return what is found of characters that no font has: a final document has none, wherever its reader's fonts come from."""
    from ipdocs.writers.pdf.glyphs import missing_glyph_findings

    found = missing_glyph_findings(tree, workspace)
    return [replace(one, severity="warning") for one in found] if tree.draft else raise_errors(found)


def _pages(tree: HtmlDocument, workspace: Workspace) -> dict[str, int]:
    """Return the page of each id, which a table of contents in Word is filled with: the layout of the PDF knows it.

    Where nothing can lay the document out none is known, and the Word file says so.
    """
    if not tree.body.find_class("contents"):
        return {}
    from ipdocs.writers import docx, pdf

    if tree.letterhead:
        tree = docx.on_letterhead(tree, tree.letterhead)
    try:
        return pdf.lay_out(tree, pdf.prepare([tree], workspace)).anchors
    except IpdocsError:
        return {}


def _pdf(trees: Sequence[HtmlDocument], workspace: Workspace) -> list[Written]:
    from ipdocs.writers import pdf

    fonts = pdf.prepare(trees, workspace)
    return collect(lambda tree: pdf.write(tree, fonts), trees)


def _html(trees: Sequence[HtmlDocument], workspace: Workspace) -> list[Written]:
    from ipdocs.writers import html

    return collect(lambda tree: html.write(tree, workspace), trees)


def _txt(trees: Sequence[HtmlDocument], workspace: Workspace) -> list[Written]:
    from ipdocs.writers import txt

    return collect(txt.write, trees)


WRITERS: dict[str, Callable[[Sequence[HtmlDocument], Workspace], list[Written]]] = {
    "docx": _docx,
    "pdf": _pdf,
    "html": _html,
    "txt": _txt,
}
"""The formats, and what writes the trees of a batch in each: what is costly is done once a batch."""


def load_writers(formats: Sequence[str]) -> None:
    """Load what writes some formats, for those who will soon have trees; a library that is missing is a finding."""
    if "docx" in formats:
        from ipdocs.writers import docx  # noqa: F401
    if "pdf" in formats:
        from ipdocs.writers import pdf

        pdf.load()
