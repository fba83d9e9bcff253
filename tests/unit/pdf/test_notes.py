"""Footnotes are on the page of their call, however many there are; a note that is not is reported."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

from ipdocs.templating.html_document import HtmlDocument
from ipdocs.workspace import Workspace
from ipdocs.writers import pdf
from ipdocs.writers.pdf import weasy
from ipdocs.writers.pdf.session import _moved_note_finding

WORDS = "The department met many firms that wish to trade in intellectual property with the region. "
NOTED = f'{WORDS}<span class="footnote">{WORDS * 3}</span> '
PAGE = f'<html lang="en"><body><article lang="en">{f"<p>{NOTED * 2}</p>" * 24}</article></body></html>'


def test_many_long_notes_are_on_the_pages_of_their_calls(tree_of: Callable[..., HtmlDocument]) -> None:
    tree = tree_of(PAGE)
    laid = pdf.lay_out(tree, pdf.prepare([tree], Workspace()))
    assert laid.page_count > 3
    assert [*weasy.moved_notes(laid.document)] == []


def test_moved_note_is_a_warning(tree_of: Callable[..., HtmlDocument]) -> None:
    tree = tree_of(PAGE, css=".footnote { footnote-policy: auto !important }")
    finding = pdf.lay_out(tree, pdf.prepare([tree], Workspace())).findings[0]
    assert (finding.code, finding.severity) == ("note-moved", "warning")
    assert "'The department met many firms that wish '" in finding.message
    assert "page 2" in finding.message
    assert "page 1" in finding.message


def test_lost_note_is_an_error() -> None:
    """WeasyPrint has lost a note among many that it moved to later pages, so the page of each note is looked up."""
    note = Element("span")
    note.text = "A note\n  on the matter."
    finding = _moved_note_finding(note, 0, 3)
    assert (finding.code, finding.severity) == ("note-moved", "error")
    assert "'A note on the matter.'" in finding.message
    assert "page 3" in finding.message


def test_a_note_is_not_bold_because_its_call_is(tree_of: Callable[..., HtmlDocument]) -> None:
    tree = tree_of('<html lang="en"><body><p><strong>a<span class="footnote">note</span></strong></p></body></html>')
    laid = pdf.lay_out(tree, pdf.prepare([tree], Workspace()))
    weights = {
        box.text: box.style["font_weight"]
        for box in laid.document.pages[0]._page_box.descendants()
        if getattr(box, "text", "") in ("a", "note")
    }
    assert weights == {"a": 700, "note": 400}
