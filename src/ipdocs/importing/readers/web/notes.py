"""Footnotes of web pages: marks in the text and notes that link to each other, as Word and other programs save them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ipdocs.importing.readers.web.elements import BLOCKS, style_of
from ipdocs.importing.readers.web.page import WebPage
from ipdocs.locale.import_words import import_words
from ipdocs.workspace import find_workspace

if TYPE_CHECKING:
    from lxml.etree import _Element

_MARK = re.compile(r"[\[(（［]?\s*(?:\d{1,3}|[ivxlc]{1,6}|[a-z]|[*†‡§¶#]{1,4})\s*[\])）］]?", re.I)
_BACK_MARK = re.compile(rf"(?:{_MARK.pattern}|[\^↩↑⏎\ufe0e\ufe0f]{{1,3}})\.?", re.I)
_NOTE_TAGS = ("p", "div", "li", "dd", "section", "aside", "blockquote")


def find_notes(page: WebPage) -> None:
    """Find the footnotes of a page, and record their marks and their texts."""
    links = [link for link in page.root.iter("a") if link.get("href", "").startswith("#")]
    words = import_words(find_workspace(page.path))
    by_name: dict[str, _Element] = {}
    for element in page.root.iter():
        for name in (element.get("id"), element.get("name") if element.tag == "a" else None):
            if name:
                by_name.setdefault(name, element)
    order = {element: number for number, element in enumerate(page.root.iter())}
    marks = [link for link in links if _MARK.fullmatch(_text(link))]
    back_links: dict[_Element, list[_Element]] = {}
    for link in links:
        target = by_name.get(link.get("href", "")[1:])
        if target is not None and (_BACK_MARK.fullmatch(text := _text(link)) or words.is_text_of("back-link", text.rstrip("."))):
            back_links.setdefault(target, []).append(link)
    notes: dict[_Element, list[tuple[_Element, _Element]]] = {}
    for mark in marks:
        target = by_name.get(mark.get("href", "")[1:])
        back_link = _back_link(mark, target, back_links, order) if target is not None else None
        if target is not None and back_link is not None:
            notes.setdefault(_note_element(back_link, target), []).append((mark, back_link))
    for note, pairs in sorted(notes.items(), key=lambda item: min(order[mark] for mark, _ in item[1])):
        targets = {mark.get("href") for mark, _ in pairs}
        is_outside = all(ancestor not in notes for mark, _ in pairs for ancestor in mark.iterancestors())
        is_note = note.tag in _NOTE_TAGS and note is not page.root
        if len(targets) > 1 or not is_outside or not is_note or any(other in notes for other in note.iterancestors()):
            continue
        name = f"note-{len(page.notes) + 1}"
        page.notes[name] = note
        for mark, back_link in pairs:
            page.note_names[_widest(mark)] = name
            page.note_marks.add(_widest(back_link))


def _text(element: _Element) -> str:
    return "".join(map(str, element.itertext())).strip()


def _near(element: _Element) -> list[_Element]:
    """Return an element, its inline ancestors and its descendants, any of which can have the name that a link states."""
    ancestors: list[_Element] = []
    for ancestor in element.iterancestors():
        if ancestor.tag in BLOCKS or len(ancestors) == 3:
            break
        ancestors.append(ancestor)
    return [element, *ancestors, *element.iterdescendants()]


def _back_link(
    mark: _Element, target: _Element, back_links: dict[_Element, list[_Element]], order: dict[_Element, int]
) -> _Element | None:
    """Return the link in a note that leads back to a mark in the text; None if the mark is none of a footnote."""
    candidates = [link for place in _near(mark) for link in back_links.get(place, ()) if order[link] > order[mark]]
    for link in candidates:
        if link is target or target in link.iterancestors() or link in target.iterancestors() or target in link.iterdescendants():
            return link
        if _block(link) is _block(target):
            return link
    return None


def _block(element: _Element) -> _Element:
    """Return the nearest block that is or contains an element."""
    return next((place for place in (element, *element.iterancestors()) if place.tag in BLOCKS), element)


def _note_element(back_link: _Element, target: _Element) -> _Element:
    """Return the element with the text of a note."""
    if target.tag in BLOCKS:
        return target
    for ancestor in back_link.iterancestors():
        if "mso-element:footnote" in style_of(ancestor) or "mso-element:endnote" in style_of(ancestor):
            return ancestor
        if ancestor.tag in ("li", "dd"):
            return ancestor
    block = _block(back_link)
    parent = block.getparent()
    if parent is not None and block.tag == "p" and parent.tag == "div" and parent.find("p") is block:
        links = [link for link in parent.iter("a") if link.get("href", "").startswith("#")]
        return parent if links == [back_link] else block
    return block


def _widest(element: _Element) -> _Element:
    """Return the outermost inline element that has the text of an element and nothing else."""
    text = _text(element)
    for ancestor in element.iterancestors():
        if ancestor.tag in BLOCKS or _text(ancestor) != text:
            break
        element = ancestor
    return element
