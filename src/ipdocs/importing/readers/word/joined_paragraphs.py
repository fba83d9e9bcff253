"""Paragraphs of Word files that are shown together as one: large first letters, and paragraphs whose end is hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipdocs.files.ooxml.changes import join_to_next
from ipdocs.files.ooxml.names import qualified_name
from ipdocs.files.ooxml.text import is_on

if TYPE_CHECKING:
    from lxml.etree import _Element

    from ipdocs.files.ooxml.styles import Styles

_PARAGRAPH, _PROPERTIES = qualified_name("p"), qualified_name("pPr")


def join_drop_caps(root: _Element) -> None:
    """Move the content of each large first letter, which is a paragraph of its own, into the paragraph that it begins."""
    for frame in list(root.iter(qualified_name("framePr"))):
        properties = frame.getparent()
        letter = properties.getparent() if properties is not None else None
        following = letter.getnext() if letter is not None else None
        if letter is None or following is None or letter.tag != _PARAGRAPH or following.tag != _PARAGRAPH:
            continue
        if frame.get(qualified_name("dropCap"), "none") != "none":
            position = 0 if following.find(_PROPERTIES) is None else 1
            following[position:position] = [child for child in letter if child is not properties]


def join_hidden_ends(root: _Element, styles: Styles) -> None:
    """Move the content of each paragraph whose end is hidden, as by a style separator, into the next paragraph."""
    hidden: dict[_Element, None] = {}
    for name in ("vanish", "specVanish"):
        for mark in root.iter(qualified_name(name)):
            end = mark.getparent()
            properties = end.getparent() if end is not None and end.tag == qualified_name("rPr") else None
            paragraph = properties.getparent() if properties is not None and properties.tag == _PROPERTIES else None
            if paragraph is not None and is_on(mark):
                hidden[paragraph] = None
    for paragraph in reversed(list(hidden)):
        if not styles.paragraph_properties(paragraph).run.is_hidden:
            join_to_next(paragraph)
