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


def contents(node: etree._Element, place: Place, context: DocxContext) -> None:
    """Add nav.contents: its heading, and what has links to blocks as the entries of a TOC field; any other nav is a plain box.

    Side by side the entries stand without the field, which would list every language in each, and with which LibreOffice
    takes the table apart; their page numbers are fields of their own all the same.
    """
    if "contents" not in node.get("class", "").split():
        flow.box(node, place, context)
        return
    style = context.cascade.of(node)
    frame = Frame(style, place, context)
    frame.open()
    inner = replace(place.inside(style), name=CONTENTS)
    listed = _Listed()
    for child in node:
        if child.tag in _LISTS:
            _entries(child, inner, context, 1, listed)
        elif child.tag not in HEADINGS and any(map(_leads, child)):
            _entry(child, inner, context, _level(_target(next(filter(_leads, child))), context), listed)
        elif isinstance(child.tag, str):
            flow.write(child, inner, context)
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


def _level(target: str, context: DocxContext) -> int:
    """Return how deep the heading of a block with some id is, 1 being the first below the title."""
    block = next((one for one in context.html.root.iter(etree.Element) if one.get("id") == target), None)
    levels = [] if block is None else [_LEVELS[str(one.tag)] for one in block.iter(*_LEVELS)]
    return levels[0] if levels else 1


def _entries(node: etree._Element, place: Place, context: DocxContext, depth: int, listed: _Listed) -> None:
    """Add a list of entries and the lists below it."""
    outer = context.cascade.of(node)
    frame = Frame(outer, place, context)
    frame.open()
    for child in node.iterchildren("li"):
        _entry(child, place.inside(outer), context, depth, listed)
    frame.close()


def _entry(node: etree._Element, place: Place, context: DocxContext, depth: int, listed: _Listed) -> None:
    """Add an entry: its words, and behind a link to a block a leader and the page which that is on; then the lists in it."""
    style = context.cascade.of(node)
    frame = Frame(style, place, context)
    frame.open()
    inner = place.inside(style)
    look = context.look(style, inner)
    links = [child for child in node if _leads(child)]
    if links:
        stop = f"right {twips(inner.left + inner.width)} {_leader(links[-1], context)}"
        look = Look(look.paragraph | {"tabs": stop}, look.run)
    builder = ParagraphBuilder(look.run, inner.width)
    run_format = inlines.block_format(style, context)
    builder.text(node.text, run_format)
    for child in node:
        if child in links:
            _link(child, builder, context)
        elif child.tag in context.inlines:
            inlines.write(child, builder, run_format, context)
        builder.text(child.tail, run_format)
    if content := builder.finish():
        listed.entries.append(context.place(content, look, inner, f"TOC {min(depth, _DEEPEST)}", "", style))
        listed.deepest = max([depth, listed.deepest, *(_level(_target(link), context) for link in links)])
    for child in node:
        if child.tag in _LISTS:
            _entries(child, inner, context, depth + 1, listed)
    frame.close()


def _link(link: etree._Element, builder: ParagraphBuilder, context: DocxContext) -> None:
    """Add a link to a block with the page which that is on."""
    target = _target(link)
    anchor = element("hyperlink", anchor=context.marks.target(target), history="1")
    linked = replace(inlines.block_format(context.cascade.of(link), context), link=anchor)
    builder.text(link.text, linked)
    for child in link:
        inlines.write(child, builder, linked, context)
        builder.text(child.tail, linked)
    for kind, value in _behind(link, context):
        if kind == "string":
            builder.text(value, linked)
        elif kind == "leader()":
            builder.put(element("tab"), linked)
        elif kind == "target-counter()":
            _page(target, builder, linked, context)


def _page(target: str, builder: ParagraphBuilder, linked: RunFormat, context: DocxContext) -> None:
    """Add a reference to the page of a block, filled already where the layout is known."""
    page = context.pages.get(target)
    if page is None:
        message = "the table of contents has no page numbers: the layout was not asked"
        context.findings.append(Finding("no-page-numbers", message, None, "press F9 in Word", severity="warning"))
    for part in _reference(context.marks.target(target), "" if page is None else str(page)):
        builder.put(part, linked)


def _behind(link: etree._Element, context: DocxContext) -> Sequence[tuple[str, Any]]:
    """Return what stands behind a link to a block: what the stylesheet says, else dots and the page."""
    after = context.cascade.part(link, "after")
    if after is None or isinstance(after["content"], str):
        return (("leader()", ("string", ".")), ("target-counter()", ""))
    return tuple(after["content"])


def _leader(link: etree._Element, context: DocxContext) -> str:
    """Return how an entry leads to its page."""
    leaders = [value for kind, value in _behind(link, context) if kind == "leader()"]
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
