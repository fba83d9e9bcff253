"""A table of contents in, a Word field out that is filled already: entries that link, with the page numbers of the layout."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from ipdocs.files.ooxml.elements import element, text, twips
from ipdocs.findings import Finding
from ipdocs.writers.docx import flow, inlines
from ipdocs.writers.docx.context import DocxContext
from ipdocs.writers.docx.css_to_properties import Look
from ipdocs.writers.docx.frames import Frame
from ipdocs.writers.docx.naming import CONTENTS, HEADINGS
from ipdocs.writers.docx.paragraph_builder import ParagraphBuilder, RunFormat
from ipdocs.writers.docx.place import Place
from ipdocs.writers.docx.story import Paragraph

_LISTS = ("ol", "ul")
_LEVELS = {"h2": 1, "h3": 2, "h4": 3}
"""The depth that Word gives a heading in its own tables of contents."""

_DEEPEST = 3


@dataclass(slots=True)
class _Listed:
    """The entries of a table of contents, and the depth of the headings that Word has to look for to list them again."""

    entries: list[Paragraph] = field(default_factory=list)
    deepest: int = 1


def contents(node: etree._Element, place: Place, manuscript: DocxContext) -> None:
    """Add nav.contents: its heading, and what has links to blocks as the entries of a TOC field; any other nav is a plain box.

    Side by side the entries stand without the field, which would list every language in each, and with which LibreOffice
    takes the table apart; their page numbers are fields of their own all the same.
    """
    if "contents" not in node.get("class", "").split():
        flow.box(node, place, manuscript)
        return
    style = manuscript.cascade.of(node)
    frame = Frame(style, place, manuscript)
    frame.open()
    inner = replace(place.inside(style), name=CONTENTS)
    listed = _Listed()
    for child in node:
        if child.tag in _LISTS:
            _entries(child, inner, manuscript, 1, listed)
        elif child.tag not in HEADINGS and any(map(_leads, child)):
            _entry(child, inner, manuscript, _level(_target(next(filter(_leads, child))), manuscript), listed)
        elif isinstance(child.tag, str):
            flow.write(child, inner, manuscript)
    if listed.entries and place.story.sections:
        code = f' TOC \\o "1-{listed.deepest}" \\h \\z \\u '
        listed.entries[0].content[:0] = _runs(_char("begin"), element("instrText", text=code), _char("separate"))
        listed.entries[-1].content += _runs(_char("end"))
    frame.close()


def _leads(node: etree._Element) -> bool:
    """Whether an element is a link to a block."""
    return node.tag == "a" and node.get("href", "").startswith("#")


def _target(link: etree._Element) -> str:
    return link.get("href", "").removeprefix("#")


def _level(target: str, manuscript: DocxContext) -> int:
    """Return how deep the heading of a block with some id is, 1 being the first below the title."""
    block = next((one for one in manuscript.tree.root.iter(etree.Element) if one.get("id") == target), None)
    levels = [] if block is None else [_LEVELS[str(one.tag)] for one in block.iter(*_LEVELS)]
    return levels[0] if levels else 1


def _entries(node: etree._Element, place: Place, manuscript: DocxContext, depth: int, listed: _Listed) -> None:
    """Add a list of entries and the lists below it."""
    outer = manuscript.cascade.of(node)
    frame = Frame(outer, place, manuscript)
    frame.open()
    for child in node.iterchildren("li"):
        _entry(child, place.inside(outer), manuscript, depth, listed)
    frame.close()


def _entry(node: etree._Element, place: Place, manuscript: DocxContext, depth: int, listed: _Listed) -> None:
    """Add an entry: its words, and behind a link to a block a leader and the page which that is on; then the lists in it."""
    style = manuscript.cascade.of(node)
    frame = Frame(style, place, manuscript)
    frame.open()
    inner = place.inside(style)
    look = manuscript.look(style, inner)
    links = [child for child in node if _leads(child)]
    if links:
        stop = f"right {twips(inner.left + inner.width)} {_leader(links[-1], manuscript)}"
        look = Look(look.paragraph | {"tabs": stop}, look.run)
    line = ParagraphBuilder(look.run, inner.width)
    voice = inlines.voice(style, manuscript)
    line.text(node.text, voice)
    for child in node:
        if child in links:
            _link(child, line, manuscript)
        elif child.tag in manuscript.inlines:
            inlines.write(child, line, voice, manuscript)
        line.text(child.tail, voice)
    if content := line.finish():
        made = manuscript.place(content, look, inner, f"TOC {min(depth, _DEEPEST)}", "", style)
        listed.entries.append(made)
        listed.deepest = max([depth, listed.deepest, *(_level(_target(link), manuscript) for link in links)])
    for child in node:
        if child.tag in _LISTS:
            _entries(child, inner, manuscript, depth + 1, listed)
    frame.close()


def _link(link: etree._Element, line: ParagraphBuilder, manuscript: DocxContext) -> None:
    """Add a link to a block with the page which that is on."""
    target = _target(link)
    anchor = element("hyperlink", anchor=manuscript.marks.target(target), history="1")
    linked = replace(inlines.voice(manuscript.cascade.of(link), manuscript), link=anchor)
    line.text(link.text, linked)
    for child in link:
        inlines.write(child, line, linked, manuscript)
        line.text(child.tail, linked)
    for kind, value in _behind(link, manuscript):
        if kind == "string":
            line.text(value, linked)
        elif kind == "leader()":
            line.put(element("tab"), linked)
        elif kind == "target-counter()":
            _page(target, line, linked, manuscript)


def _page(target: str, line: ParagraphBuilder, linked: RunFormat, manuscript: DocxContext) -> None:
    """Add a reference to the page of a block, filled already where the layout is known."""
    page = manuscript.pages.get(target)
    if page is None:
        message = "the table of contents has no page numbers: the layout was not asked"
        manuscript.findings.append(Finding("no-page-numbers", message, None, "press F9 in Word", severity="warning"))
    for part in _reference(manuscript.marks.target(target), "" if page is None else str(page)):
        line.put(part, linked)


def _behind(link: etree._Element, manuscript: DocxContext) -> Sequence[tuple[str, Any]]:
    """Return what stands behind a link to a block: what the stylesheet says, else dots and the page."""
    after = manuscript.cascade.part(link, "after")
    if after is None or isinstance(after["content"], str):
        return (("leader()", ("string", ".")), ("target-counter()", ""))
    return tuple(after["content"])


def _leader(link: etree._Element, manuscript: DocxContext) -> str:
    """Return how an entry leads to its page."""
    leaders = [value for kind, value in _behind(link, manuscript) if kind == "leader()"]
    return "dot" if leaders and "." in str(leaders[0]) else "none"


def _reference(bookmark: str, page: str) -> Iterator[etree._Element]:
    yield _char("begin")
    yield element("instrText", text=f" PAGEREF {bookmark} \\h ")
    yield _char("separate")
    yield text(page)
    yield _char("end")


def _char(kind: str) -> etree._Element:
    return element("fldChar", fldCharType=kind)


def _runs(*children: etree._Element) -> list[etree._Element]:
    return [element("r", child) for child in children]
