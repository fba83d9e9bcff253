"""A web page that is being read: its tree, the ledger of its pieces, and what was read so far."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ipdocs.files.ledger import Ledger, LeftOut, LeftOutReason, Piece, PieceKind
from ipdocs.importing.paragraph import ImportedParagraph
from ipdocs.importing.readers.web.elements import BLOCKS, control_reason, noise_reason, unseen_reason
from ipdocs.source.characters import replace_forbidden

if TYPE_CHECKING:
    from lxml.etree import _Element

_INVISIBLE_CHARACTERS = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_TEXT_INPUTS = ("", "text", "search", "email", "tel", "url", "number", "submit", "button", "reset")
_TOOLTIP_TAGS = ("abbr", "acronym", "dfn")
_ADDRESSES = {"iframe": "src", "frame": "src", "embed": "src", "object": "data", "video": "src", "audio": "src"}


@dataclass(slots=True)
class WebPage:
    """A web page that is being read.

    Attributes:
        path: the path of the file.
        root: the root element.
        ledger: the pieces of the page.
        paragraphs: the paragraphs read so far.
        figures: pictures of the current paragraph, to be added after it.
        with_blocks: the elements that contain elements which begin a new line.
        lengths: the number of characters in an element that are not in links.
        note_names: the name of the footnote that an element refers to.
        notes: the element with the text of each footnote, keyed by name.
        note_marks: the elements with the marks before footnotes and in the text.
        typed_markers: the elements with the typed markers of list items, which are read already.
        picture_names: the name of each picture, keyed by its content.
        losses: what pictures do not show, and the addresses of links that a source cannot have.
    """

    path: Path
    root: _Element
    ledger: Ledger
    paragraphs: list[ImportedParagraph] = field(default_factory=list)
    figures: list[ImportedParagraph] = field(default_factory=list)
    with_blocks: set[_Element] = field(default_factory=set)
    lengths: dict[_Element, int] = field(default_factory=dict)
    note_names: dict[_Element, str] = field(default_factory=dict)
    notes: dict[str, _Element] = field(default_factory=dict)
    note_marks: set[_Element] = field(default_factory=set)
    typed_markers: set[_Element] = field(default_factory=set)
    picture_names: dict[bytes, str] = field(default_factory=dict)
    losses: list[LeftOut] = field(default_factory=list)

    def text(self, element: _Element, part: str) -> str:
        """Return and take the text at the beginning of an element ("text") or after it ("tail")."""
        self.ledger.take((element, part))
        return clean_text((element.text if part == "text" else element.tail) or "")

    def is_block(self, element: _Element) -> bool:
        """Whether an element begins a new line, or contains elements that do."""
        is_inline = element.tag in ("img", "svg") or element in self.note_names or element in self.note_marks
        return (element.tag in BLOCKS or element in self.with_blocks) and not is_inline and element not in self.typed_markers

    def begin(self, element: _Element) -> None:
        """Take the cell that an element is, and leave out its texts that are not part of the page's text."""
        self.ledger.take((element, "cell"))
        self.ledger.leave_out((element, "title"), LeftOutReason.HIDDEN, "shown when a reader points at the words")
        if element.tag == "area":
            self.ledger.leave_out((element, "alt"), LeftOutReason.NAVIGATION)

    def take(self, element: _Element) -> None:
        """Take all pieces of an element."""
        for key in _keys_in(element):
            self.ledger.take(key)

    def lose_link(self, element: _Element, address: str) -> None:
        """List the address of a link that a source cannot have, such as a path on the server of the page, once."""
        entry = LeftOut(address[:200], LeftOutReason.LINK, element.sourceline or 0)
        if address and "".join(map(str, element.itertext())).strip() and all(loss.text != entry.text for loss in self.losses):
            self.losses.append(entry)

    def leave_out(self, element: _Element, reason: LeftOutReason, detail: str = "") -> None:
        """Leave out all pieces of an element; they are listed together."""
        pieces = self.ledger.pieces
        line = element.sourceline or 0
        for key in _keys_in(element):
            piece = pieces.get(key)
            if piece is None or self.ledger.is_accounted(key):
                continue
            text = piece.text if piece.kind != "cell" else ""
            name = (
                f"<{element.tag!s}>" if reason is LeftOutReason.PROGRAM and piece.kind == "text" and text.strip() else f"{text} "
            )
            pieces[key] = Piece("text", name, line, element)
            self.ledger.leave_out(key, reason, detail)

    def leaves_out(self, element: _Element) -> bool:
        """Leave out an element that readers do not see, or that is not part of a release; return whether it is left out."""
        reason = unseen_reason(element)
        if reason is None and (noise := noise_reason(element)) and not self._is_most_of_the_page(element):
            reason = noise
        if reason is None and (control := control_reason(element)):
            reason = control, ""
        if reason is None:
            return False
        self.leave_out(element, *reason)
        return True

    def _is_most_of_the_page(self, element: _Element) -> bool:
        """Whether an element has more text outside links than the rest of the page, so that it cannot be noise."""
        return 2 * self.lengths[element] > self.lengths[self.root]

    def left_out(self) -> list[LeftOut]:
        """Return what is left out, with one entry for all programs."""
        entries = self.ledger.left_out()
        programs = [entry for entry in entries if entry.reason is LeftOutReason.PROGRAM]
        others = [entry for entry in entries if entry.reason is not LeftOutReason.PROGRAM] + self.losses
        if programs:
            names = sorted({entry.text for entry in programs})
            counts = ", ".join(f"{sum(entry.text == name for entry in programs)} × {name}" for name in names)
            others.append(LeftOut(counts, LeftOutReason.PROGRAM, programs[0].line))
        return sorted(others, key=lambda entry: entry.line)


def clean_text(text: str) -> str:
    """Return text without invisible characters, and with ordinary spaces for non-breaking ones."""
    return replace_forbidden(_INVISIBLE_CHARACTERS.sub("", text).replace("\u00a0", " "))


def enter_pieces(page: WebPage) -> None:
    """Enter each text node, picture, embedded file and table cell of a page in its ledger, and the attributes that readers see.

    These are the alternative texts of pictures, the texts in and on parts of forms, and the full forms of abbreviations.
    """
    from lxml import etree

    for event, element in etree.iterwalk(page.root, events=("start", "end")):
        line = element.sourceline or 0
        if event == "end":
            if element.tail:
                page.ledger.enter((element, "tail"), "text", clean_text(element.tail), line)
            continue
        for part, kind, text in _pieces_at(element):
            page.ledger.enter((element, part), kind, clean_text(text), line)
    _measure(page)


_PARTS = ("text", "tail", "picture", "alt", "title", "cell", "value", "placeholder", "label", "embedded")


def _pieces_at(element: _Element) -> Iterator[tuple[str, PieceKind, str]]:
    """Yield the name, kind and text of each piece of an element before its first child."""
    tag = str(element.tag)
    if tag in ("td", "th"):
        yield "cell", "cell", "table cell"
    if tag in ("img", "svg"):
        yield "picture", "picture", picture_address(element) or f"<{tag}>"
    if tag in ("img", "area") and (alternative := alternative_text(element)):
        yield "alt", "text", alternative
    if tag in _TOOLTIP_TAGS and element.get("title"):
        yield "title", "text", element.get("title", "")
    if tag == "input" and element.get("type", "").lower() in _TEXT_INPUTS and element.get("value"):
        yield "value", "text", element.get("value", "")
    if tag in ("input", "textarea") and element.get("placeholder"):
        yield "placeholder", "text", element.get("placeholder", "")
    if tag in ("optgroup", "option") and element.get("label"):
        yield "label", "text", element.get("label", "")
    if tag in _ADDRESSES:
        yield "embedded", "picture", element.get(_ADDRESSES[tag]) or f"<{tag}>"
    if element.text:
        yield "text", "text", element.text


def _keys_in(element: _Element) -> Iterator[tuple[_Element, str]]:
    """Yield the keys of all pieces of an element, without the text after it."""
    for descendant in element.iter():
        yield from ((descendant, part) for part in _PARTS if part != "tail" or descendant is not element)


def picture_address(element: _Element) -> str:
    """Return the address of the picture that an element shows; "" if it has none."""
    address = (element.get("src") or element.get("data-src") or "").strip()
    return "data:" if address[:5].lower() == "data:" else address.replace("\\", "/")


def alternative_text(element: _Element) -> str:
    """Return the text that stands for a picture."""
    texts = (element.get(name, "") for name in ("alt", "aria-label", "title"))
    return next((" ".join(text.split()) for text in texts if text.strip()), "")


def _measure(page: WebPage) -> None:
    """Find the elements that contain blocks, and count the characters outside links in each element."""
    elements = list(page.root.iter())
    for element in elements:
        if element.tag in BLOCKS:
            for ancestor in element.iterancestors():
                if ancestor in page.with_blocks:
                    break
                page.with_blocks.add(ancestor)
    lengths = dict.fromkeys(elements, 0)
    for element in reversed(elements):
        lengths[element] += len((element.text or "").strip())
        if element.tag == "a" or unseen_reason(element) or control_reason(element):
            lengths[element] = 0
        parent = element.getparent()
        if parent is not None:
            lengths[parent] += lengths[element] + len((element.tail or "").strip())
    page.lengths = lengths
