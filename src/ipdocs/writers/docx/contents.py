"""A table of contents in, a Word field out that is filled already: entries that link, with the page numbers of the layout."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from ipdocs.findings import Finding
from ipdocs.writers.docx import flow, inlines
from ipdocs.writers.docx.frames import Frame
from ipdocs.writers.docx.line import Line
from ipdocs.writers.docx.looks import Look
from ipdocs.writers.docx.manuscript import Manuscript
from ipdocs.writers.docx.naming import CONTENTS
from ipdocs.writers.docx.ooxml import element, text, twips
from ipdocs.writers.docx.place import Place
from ipdocs.writers.docx.story import Paragraph

_LISTS = ("ol", "ul")
_DEEPEST = 3


def contents(node: etree._Element, place: Place, manuscript: Manuscript) -> None:
    """Add nav.contents: its heading, and its list of links as the entries of a TOC field; any other nav is a plain box."""
    if "contents" not in node.get("class", "").split():
        flow.box(node, place, manuscript)
        return
    style = manuscript.cascade.of(node)
    frame = Frame(style, place, manuscript)
    frame.open()
    inner = replace(place.inside(style), name=CONTENTS)
    story = place.story
    for child in node:
        if child.tag in _LISTS:
            since = len(story.items)
            depth = _entries(child, inner, manuscript, 1)
            entries = [item for item in story.items[since:] if isinstance(item, Paragraph)]
            if entries:
                code = f' TOC \\o "1-{depth}" \\h \\z \\u '
                entries[0].content[:0] = _runs(_char("begin"), element("instrText", text=code), _char("separate"))
                entries[-1].content += _runs(_char("end"))
        elif isinstance(child.tag, str):
            flow.write(child, inner, manuscript)
    frame.close()


def _entries(node: etree._Element, place: Place, manuscript: Manuscript, depth: int) -> int:
    """Add a list of entries and the lists below it; return how deep they go."""
    deepest = depth
    outer = manuscript.cascade.of(node)
    list_frame = Frame(outer, place, manuscript)
    list_frame.open()
    for child in node.iterchildren("li"):
        style = manuscript.cascade.of(child)
        inner = place.inside(outer).inside(style)
        frame = Frame(style, place.inside(outer), manuscript)
        frame.open()
        for one in child:
            if one.tag == "a":
                _entry(one, child, inner, manuscript, depth)
            elif one.tag in _LISTS:
                deepest = max(deepest, _entries(one, inner, manuscript, depth + 1))
        frame.close()
    list_frame.close()
    return deepest


def _entry(link: etree._Element, node: etree._Element, place: Place, manuscript: Manuscript, depth: int) -> None:
    """Add an entry: the link's text, a leader, and the page its target is on."""
    target = link.get("href", "").removeprefix("#")
    style = manuscript.cascade.of(link)
    look = manuscript.look(manuscript.cascade.of(node), place)
    stop = f"right {twips(place.left + place.width)} {_leader(link, manuscript)}"
    look = Look(look.paragraph | {"tabs": stop}, look.run)
    line = Line(look.run, place.width)
    anchor = element("hyperlink", anchor=manuscript.marks.target(target), history="1")
    voice = inlines.voice(style, manuscript)
    linked = replace(voice, link=anchor)
    line.text(link.text, linked)
    for child in link:
        inlines.write(child, line, linked, manuscript)
        line.text(child.tail, linked)
    line.put(element("tab"), linked)
    page = manuscript.pages.get(target)
    if page is None:
        message = "the table of contents has no page numbers: the layout was not asked"
        manuscript.findings.append(Finding("no-page-numbers", message, None, "press F9 in Word", severity="warning"))
    for part in _reference(manuscript.marks.target(target), "" if page is None else str(page)):
        line.put(part, linked)
    manuscript.place(line.finish(), look, place, f"TOC {min(depth, _DEEPEST)}", "", style)


def _leader(link: etree._Element, manuscript: Manuscript) -> str:
    """Return how an entry leads to its page: with dots, unless what the stylesheet puts behind the link has none."""
    after = manuscript.cascade.part(link, "after")
    if after is None or isinstance(after["content"], str):
        return "dot"
    leaders = [value for kind, value in after["content"] if kind == "leader()"]
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
