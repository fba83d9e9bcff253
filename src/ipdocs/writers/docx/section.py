"""Pages: @page in, section properties with their headers and footers out."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from ipdocs.files.ooxml.elements import drawing, element, twips
from ipdocs.files.ooxml.names import qualified_name
from ipdocs.files.ooxml.text import whole_number
from ipdocs.templating.cascade import Cascade, Style
from ipdocs.templating.declarations import page_names
from ipdocs.templating.html_document import HtmlDocument, Stylesheet
from ipdocs.writers.docx import headers_footers
from ipdocs.writers.docx.context import DocxContext
from ipdocs.writers.docx.css_to_properties import pixels
from ipdocs.writers.docx.story import Paragraph
from ipdocs.writers.docx.writing import paragraph_element

_SIDES = ("top", "right", "bottom", "left")
_KINDS: dict[str, dict[str, bool]] = {"default": {}, "first": {"first": True}, "even": {"left": True}}
"""Word's kinds of header and footer, and the pages of a stylesheet that each is for."""

_EDGES = {"header": "top", "footer": "bottom"}
_DEFAULTS = {"pgSz": {"w": 11906, "h": 16838}, "pgMar": dict.fromkeys(_SIDES, 1440)}
"""What a letterhead's page is where it does not say: A4 and margins of an inch, in twentieths of a point."""

_AWAY = 48.0
"""Pixels from the end of the paper to a header that is not there: half an inch, as in any new document."""


@dataclass(slots=True)
class Section:
    """A named page of the stylesheet: its style, and its header and footer paragraphs by kind."""

    style: Style
    kinds: tuple[str, ...] = ("default",)
    paragraphs: dict[tuple[str, str], Paragraph] = field(default_factory=dict)
    distances: dict[str, float] = field(default_factory=dict)


def width(context: DocxContext, page: str) -> float:
    """Return the width of the text on a named page in pixels: the stylesheet's, or the letterhead's."""
    style = context.cascade.page(page)[""]
    own = context.package.section
    if own is None:
        whole = float(style["size"][0])
        return whole - sum(pixels(style[f"margin_{side}"], whole) for side in ("left", "right"))
    size, margins = _numbers(_turned(own, style), "pgSz"), _numbers(own, "pgMar")
    return (size["w"] - margins["left"] - margins["right"]) / 15


def as_stylesheet(section: etree._Element, html: HtmlDocument, cascade: Cascade) -> Stylesheet:
    """Return the stylesheet that lays a document out on a letterhead's pages, those that are wide lying across as in Word."""
    names = {"", *(page for sheet in html.stylesheets for page in page_names(sheet))}
    rules = []
    for page in sorted(names):
        turned = _turned(section, cascade.page(page)[""])
        size, margins = _numbers(turned, "pgSz"), _numbers(turned, "pgMar")
        around = " ".join(f"{abs(margins[side]) / 20}pt" for side in _SIDES)
        said = f"size: {size['w'] / 20}pt {size['h'] / 20}pt !important; margin: {around} !important"
        rules.append(f"@page {page} {{ {said} }}")
    return Stylesheet(Path("letterhead.css"), "\n".join(rules))


def _numbers(section: etree._Element, tag: str) -> dict[str, int]:
    found = section.find(qualified_name(tag))
    said = {} if found is None else {etree.QName(key).localname: value for key, value in found.attrib.items()}
    return _DEFAULTS[tag] | {key: number for key, value in said.items() if (number := whole_number(value)) is not None}


def _turned(section: etree._Element, page: Style) -> etree._Element:
    """Return a copy of a letterhead's section, its paper laid across where the named page is wide."""
    made = deepcopy(section)
    size = made.find(qualified_name("pgSz"))
    if size is not None and (page["size"][0] > page["size"][1]) != (_numbers(made, "pgSz")["w"] > _numbers(made, "pgSz")["h"]):
        numbers = _numbers(made, "pgSz")
        turned = {"w": str(numbers["h"]), "h": str(numbers["w"]), "orient": "landscape"}
        made.replace(size, element("pgSz", **turned))
    return made


def plan(context: DocxContext, page: str, *, opening: bool) -> Section:
    """Return a named page with what its margin boxes say, before the styles of its headers and footers have names.

    Only the section that opens the document has a first page of its own. What
    a letterhead has at the head or foot of its pages stays as it is.
    """
    own = context.package.section
    kinds = {kind: which for kind, which in _KINDS.items() if kind == "default" or (own is None and (kind == "even" or opening))}
    pages = {kind: context.cascade.page(page, **which) for kind, which in kinds.items()}
    section = Section(pages["default"][""])
    edges = {tag: edge for tag, edge in _EDGES.items() if own is None or own.find(qualified_name(f"{tag}Reference")) is None}
    said = {kind: {tag: headers_footers.boxes(styles, edge) for tag, edge in edges.items()} for kind, styles in pages.items()}
    section.kinds = tuple(kind for kind in said if kind == "default" or _contents(said[kind]) != _contents(said["default"]))
    for kind in section.kinds:
        for tag, boxes in said[kind].items():
            if boxes:
                margin = pixels(section.style[f"margin_{_EDGES[tag]}"])
                section.paragraphs[tag, kind] = headers_footers.paragraph(boxes, tag, width(context, page), context)
                section.distances.setdefault(tag, headers_footers.distance(boxes, margin))
    return section


def _contents(said: dict[str, headers_footers.Boxes]) -> list[tuple[str, str, tuple[Any, ...]]]:
    return [(tag, place, content) for tag, boxes in said.items() for place, (_, content) in boxes.items()]


def properties_of(section: Section, context: DocxContext) -> etree._Element:
    """Return the <w:sectPr> of a section, its headers and footers added to the package."""
    style = section.style
    if context.package.section is not None:
        made = _turned(context.package.section, style)
        made[:0] = _references(section, context)
        return made
    across, down = style["size"]
    orientation = {"orient": "landscape"} if across > down else {}
    margins = {side: str(twips(pixels(style[f"margin_{side}"], across))) for side in _SIDES}
    distances = {tag: str(twips(section.distances.get(tag, _AWAY))) for tag in _EDGES}
    return element(
        "sectPr",
        *_references(section, context),
        element("pgSz", w=str(twips(across)), h=str(twips(down)), **orientation),
        element("pgMar", **margins, **distances, gutter="0"),
        *([element("lnNumType", countBy="1", restart="newPage")] if context.html.line_numbers else []),
        *([element("titlePg")] if "first" in section.kinds else []),
    )


def _references(section: Section, context: DocxContext) -> Iterator[etree._Element]:
    """Yield the references to the headers and footers of a section; a draft has a header on every page, for its mark."""
    for tag in _EDGES:
        for kind in section.kinds:
            paragraph = section.paragraphs.get((tag, kind))
            content = [paragraph_element(paragraph)] if paragraph else []
            if context.mark and tag == "header" and not context.package.headers():
                content = content or [element("p")]
                content[0].append(context.draft_mark(context.mark))
            if content:
                part = element("hdr" if tag == "header" else "ftr", *content)
                yield drawing(f"w:{tag}Reference", {"w:type": kind, "r:id": context.package.add(tag, part)})
