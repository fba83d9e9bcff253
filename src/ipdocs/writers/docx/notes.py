"""Spans in, among them footnotes: real Word footnotes whose text stands in a part of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lxml import etree

from ipdocs.files.ooxml.elements import Properties, difference, element, properties, twips
from ipdocs.templating.cascade import Style
from ipdocs.writers.docx import flow, inlines
from ipdocs.writers.docx.context import DocxContext
from ipdocs.writers.docx.css_to_properties import pixels
from ipdocs.writers.docx.paragraph_builder import ParagraphBuilder, RunFormat
from ipdocs.writers.docx.place import Place
from ipdocs.writers.docx.story import Story, leading
from ipdocs.writers.docx.writing import elements

_RULES = (("-1", "separator"), ("0", "continuationSeparator"))
"""The two notes that every file with notes begins with: the line above them, on the first page and on further ones."""

_NUMBER = "Footnote Characters"
"""The style of the number before a note: LibreOffice raises numbers unless a style of this name says where they stand."""


def span(node: etree._Element, line: ParagraphBuilder, above: RunFormat, manuscript: DocxContext) -> None:
    """A span: a footnote, text with a character style of its class, or text in another language."""
    style = manuscript.cascade.of(node)
    if style["float"] == "footnote":
        _call(node, line, above, manuscript)
        return
    own = inlines.own_voice(style, above, manuscript)
    if named := node.get("class"):
        own = inlines.character(f"ip-{'-'.join(named.split())}", own, line, manuscript)
    inlines.contents(node, line, own, manuscript)


def _call(node: etree._Element, line: ParagraphBuilder, above: RunFormat, manuscript: DocxContext) -> None:
    """Put the number of a note into a line, and the note among the notes."""
    story = Story()
    flow.contents(node, Place(story, manuscript.width), manuscript)
    if not story.items:
        return
    manuscript.notes.append(story)
    changes = _mark(manuscript.cascade.part(node, "footnote-call"), line.base, manuscript)
    called = replace(above, character=manuscript.gallery.character("Footnote Reference", changes), said={})
    line.put(element("footnoteReference", id=str(manuscript.first_note + len(manuscript.notes) - 1)), called)
    marker = manuscript.cascade.part(node, "footnote-marker")
    first = leading(story.items[0])
    said = ParagraphBuilder(first.look.run)
    voice = inlines.voice(manuscript.cascade.of(node), manuscript)
    place = {"vertAlign": "superscript" if marker is not None and _raised(marker) else "baseline"}
    style = manuscript.gallery.character(_NUMBER, place)
    voice = replace(voice, run=voice.run | place, character=style, said=place)
    for kind, value in _content(marker):
        if kind == "string":
            said.text(value, voice)
        elif kind == "counter()":
            said.put(element("footnoteRef"), voice)
    first.content[:0] = said.finish(trim=False)


def _content(marker: Style | None) -> list[tuple[str, Any]]:
    if marker is None or isinstance(marker["content"], str):
        return [("counter()", ("footnote", "decimal")), ("string", " ")]
    return list(marker["content"])


def _mark(style: Style | None, base: Properties, manuscript: DocxContext) -> Properties:
    """Return what a note's number says of itself: superior, unless the stylesheet leaves it on the line; Word makes it small."""
    if style is None:
        return {"vertAlign": "superscript"}
    own = {
        key: value for key, value in difference(manuscript.run(style), base).items() if key in {"b", "bCs", "i", "iCs", "color"}
    }
    return own | ({"vertAlign": "superscript"} if _raised(style) else {})


def _raised(style: Style) -> bool:
    return pixels(style["vertical_align"]) > 0


def fill(manuscript: DocxContext) -> None:
    """Write the notes into their part, and tell the settings about the lines above them."""
    if not manuscript.notes:
        return
    part = manuscript.package.part("footnotes", "footnotes")
    if not len(part):
        height = _apart(manuscript)
        part.extend(_separator(number, kind, height) for number, kind in _RULES)
        manuscript.package.set("footnotePr", *(element("footnote", id=number) for number, _ in _RULES))
    for number, story in enumerate(manuscript.notes, manuscript.first_note):
        part.append(element("footnote", *elements(story), id=str(number)))
    manuscript.package.adopt(part)


def _apart(manuscript: DocxContext) -> int:
    """Return how far notes stand from the text, in twips: what @footnote has above them, its line with it; at least a point."""
    area = manuscript.cascade.page()["footnote"]
    return max(20, twips(sum(pixels(area[key]) for key in ("margin_top", "border_top_width", "padding_top"))))


def _separator(number: str, kind: str, height: int) -> etree._Element:
    said = properties(
        "pPr", {"spacing@before": "0", "spacing@after": "0", "spacing@line": str(height), "spacing@lineRule": "exact"}
    )
    line = element("p", *([said] if said is not None else []), element("r", element(kind)))
    return element("footnote", line, type=kind, id=number)
