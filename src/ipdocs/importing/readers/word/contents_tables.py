"""Tables of contents and indexes of Word files, which programs write from the headings and marks of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ipdocs.files.ooxml.names import qualified_name

if TYPE_CHECKING:
    from lxml.etree import _Element

    from ipdocs.files.ooxml.styles import Styles

CONTENTS_TABLE = "table of contents"
_FIELD = re.compile(r"\s*(?:TOC|INDEX|TOA)\b", re.IGNORECASE)
_STYLE = re.compile(r"toc (?:[1-9]|heading)|table of figures|contents (?:[1-9]|heading)|index [1-9]")
"""The names, in lower case, of the styles that Word and LibreOffice give to the paragraphs of such tables."""

_RUN, _PARAGRAPH, _MARK, _CODE = map(qualified_name, ("r", "p", "fldChar", "instrText"))
_GALLERY, _CONTENT = qualified_name("docPartGallery"), qualified_name("sdtContent")
_KIND, _VALUE, _INSTRUCTION = map(qualified_name, ("fldCharType", "val", "instr"))


def remove_contents_tables(root: _Element, styles: Styles) -> bool:
    """Remove the entries of tables of contents and of indexes from the tree of a part; return whether there are any."""
    found = [*_runs_of_fields(root), *_simple_fields(root), *_content_controls(root), *_styled_paragraphs(root, styles)]
    for element in dict.fromkeys(found):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    return bool(found)


def _runs_of_fields(root: _Element) -> Iterator[_Element]:
    """Yield the runs from the beginning to the end of each complex field that writes such a table."""
    open_runs: list[list[_Element]] = []
    is_table: list[bool] = []
    for element in root.iter(_RUN, _MARK, _CODE):
        if element.tag == _RUN:
            for runs in open_runs:
                runs.append(element)
        elif element.tag == _CODE:
            is_table[-1:] = [is_table[-1] or _FIELD.match(element.text or "") is not None] if is_table else []
        elif element.get(_KIND) == "begin":
            run = element.getparent()
            open_runs.append([run] if run is not None and run.tag == _RUN else [])
            is_table.append(False)
        elif element.get(_KIND) == "end" and open_runs:
            runs = open_runs.pop()
            if is_table.pop():
                yield from runs


def _simple_fields(root: _Element) -> Iterator[_Element]:
    return (field for field in root.iter(qualified_name("fldSimple")) if _FIELD.match(field.get(_INSTRUCTION, "")))


def _content_controls(root: _Element) -> Iterator[_Element]:
    """Yield the content of each content control that holds a table of contents from the gallery of the program."""
    for gallery in root.iter(_GALLERY):
        control = next(gallery.iterancestors(qualified_name("sdt")), None)
        if gallery.get(_VALUE, "").lower() == "table of contents" and control is not None:
            yield from control.iterchildren(_CONTENT)


def _styled_paragraphs(root: _Element, styles: Styles) -> Iterator[_Element]:
    """Yield the paragraphs with a style of such a table, which has lost its field."""
    for style in root.iter(qualified_name("pStyle")):
        paragraph = next(style.iterancestors(_PARAGRAPH), None)
        names = [entry.name for entry in styles.chain(style.get(_VALUE, ""), "paragraph")[:1]]
        if paragraph is not None and any(_STYLE.fullmatch(name) for name in names):
            yield paragraph
