"""Footnotes stand on the page on which they are called, however many there are; one that does not is told."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

from ipdocs.templating.html_document import HtmlDocument
from ipdocs.workspace import Workspace
from ipdocs.writers import pdf
from ipdocs.writers.pdf import weasy
from ipdocs.writers.pdf.session import _moved

WORDS = "The department met many firms that wish to trade in intellectual property with the region. "
NOTED = f'{WORDS}<span class="footnote">{WORDS * 3}</span> '
PAGE = f'<html lang="en"><body><article lang="en">{f"<p>{NOTED * 2}</p>" * 24}</article></body></html>'


def test_many_long_notes_stand_where_they_are_called(tree_of: Callable[..., HtmlDocument]) -> None:
    tree = tree_of(PAGE)
    laid = pdf.lay_out(tree, pdf.prepare([tree], Workspace()))
    assert laid.pages > 3
    assert [*weasy.moved_notes(laid.document)] == []


def test_a_note_that_a_page_has_no_room_for_is_told(tree_of: Callable[..., HtmlDocument]) -> None:
    tree = tree_of(PAGE, css=".footnote { footnote-policy: auto !important }")
    assert str(pdf.lay_out(tree, pdf.prepare([tree], Workspace())).findings[0]) == (
        "warning[note-moved]: the note 'The department met many firms that wish ' stands on page 2, and is called on page 1\n"
        "   = hint: make it shorter, or call fewer notes so near"
    )


def test_a_note_that_is_not_shown_is_an_error() -> None:
    """WeasyPrint has lost one among many that were put off, so it is asked where each of them went."""
    note = Element("span")
    note.text = "A note\n  on the matter."
    assert str(_moved(note, 0, 3)) == (
        "error[note-moved]: the note 'A note on the matter.' is on no page, and is called on page 3\n"
        "   = hint: make it shorter, or call fewer notes so near"
    )


def test_a_note_is_not_bold_because_its_call_is(tree_of: Callable[..., HtmlDocument]) -> None:
    tree = tree_of('<html lang="en"><body><p><strong>a<span class="footnote">note</span></strong></p></body></html>')
    laid = pdf.lay_out(tree, pdf.prepare([tree], Workspace()))
    weights = {
        box.text: box.style["font_weight"]
        for box in laid.document.pages[0]._page_box.descendants()
        if getattr(box, "text", "") in ("a", "note")
    }
    assert weights == {"a": 700, "note": 400}
