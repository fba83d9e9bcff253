"""Turn @page rules into the properties of Word sections, with headers and footers."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from ipdocs.files.ooxml.elements import drawing, element, twips
from ipdocs.files.ooxml.names import qualified_name
from ipdocs.files.ooxml.text import parse_whole_number
from ipdocs.templating.cascade import Cascade, Style
from ipdocs.templating.declarations import page_names
from ipdocs.templating.html_document import HtmlDocument, Stylesheet
from ipdocs.writers.docx import headers_footers
from ipdocs.writers.docx.context import DocxContext
from ipdocs.writers.docx.css_to_properties import pixels
from ipdocs.writers.docx.headers_footers import MarginBoxes
from ipdocs.writers.docx.story import StoryParagraph
from ipdocs.writers.docx.story_xml import paragraph_element

_SIDES = ("top", "right", "bottom", "left")
_KINDS: dict[str, dict[str, bool]] = {"default": {}, "first": {"first": True}, "even": {"left": True}}
"""Word's kinds of header and footer, and the arguments of `Cascade.page_styles` for each kind."""

_EDGES = {"header": "top", "footer": "bottom"}
"""The edge of the page for headers and for footers."""

_DEFAULTS = {"pgSz": {"w": 11906, "h": 16838}, "pgMar": dict.fromkeys(_SIDES, 1440)}
"""Defaults for a letterhead without page size or margins: A4 paper and one-inch margins, in twentieths of a point."""

_DEFAULT_DISTANCE = 48.0
"""Distance in pixels from the edge of the paper to a header or footer without text: half an inch, as in a new Word document."""


@dataclass(slots=True)
class SectionPlan:
    """The plan of a section on a named page of the stylesheet.

    Attributes:
        style: the style of the page.
        kinds: Word's kinds of header and footer that the section has.
        paragraphs: the header and footer paragraphs, keyed by "header" or "footer" and the kind.
        distances: the distances of "header" and "footer" from the edge of the paper, in pixels.
    """

    style: Style
    kinds: tuple[str, ...] = ("default",)
    paragraphs: dict[tuple[str, str], StoryParagraph] = field(default_factory=dict)
    distances: dict[str, float] = field(default_factory=dict)


def text_area_width(context: DocxContext, page: str) -> float:
    """Return the width of the text on a named page in pixels, from the letterhead or, without one, from the stylesheet."""
    style = context.cascade.page_styles(page)[""]
    letterhead = context.package.letterhead_section
    if letterhead is None:
        page_width = float(style["size"][0])
        return page_width - sum(pixels(style[f"margin_{side}"], page_width) for side in ("left", "right"))
    size, margins = _numeric_attributes(_with_orientation(letterhead, style), "pgSz"), _numeric_attributes(letterhead, "pgMar")
    return (size["w"] - margins["left"] - margins["right"]) / 15


def page_stylesheet(section: etree._Element, html: HtmlDocument, cascade: Cascade) -> Stylesheet:
    """Return a stylesheet with the page size and margins of a letterhead; landscape pages stay landscape."""
    pages = {"", *(page for stylesheet in html.stylesheets for page in page_names(stylesheet))}
    rules = []
    for page in sorted(pages):
        oriented_section = _with_orientation(section, cascade.page_styles(page)[""])
        size, margins = _numeric_attributes(oriented_section, "pgSz"), _numeric_attributes(oriented_section, "pgMar")
        margin = " ".join(f"{abs(margins[side]) / 20}pt" for side in _SIDES)
        declarations = f"size: {size['w'] / 20}pt {size['h'] / 20}pt !important; margin: {margin} !important"
        rules.append(f"@page {page} {{ {declarations} }}")
    return Stylesheet(Path("letterhead.css"), "\n".join(rules))


def _numeric_attributes(section: etree._Element, tag: str) -> dict[str, int]:
    """Return the numeric attributes of a child of <w:sectPr>, with defaults for missing attributes."""
    child = section.find(qualified_name(tag))
    attributes = {} if child is None else {etree.QName(key).localname: value for key, value in child.attrib.items()}
    numbers = {key: parse_whole_number(value) for key, value in attributes.items()}
    return _DEFAULTS[tag] | {key: number for key, number in numbers.items() if number is not None}


def _with_orientation(section: etree._Element, page: Style) -> etree._Element:
    """Return a copy of a letterhead's section in the orientation of a page of the stylesheet."""
    copy = deepcopy(section)
    size, numbers = copy.find(qualified_name("pgSz")), _numeric_attributes(copy, "pgSz")
    is_landscape = page["size"][0] > page["size"][1]
    if size is not None and is_landscape != (numbers["w"] > numbers["h"]):
        orientation = {"orient": "landscape"} if is_landscape else {}
        copy.replace(size, element("pgSz", w=str(numbers["h"]), h=str(numbers["w"]), **orientation))
    return copy


def plan_section(context: DocxContext, page: str, *, opens_document: bool) -> SectionPlan:
    """Return the plan of a section on a named page, and request styles for its headers and footers.

    Only the section that opens the document has a different first page. The
    headers and footers of a letterhead stay as they are.
    """
    letterhead = context.package.letterhead_section
    selectors = {
        kind: selector
        for kind, selector in _KINDS.items()
        if kind == "default" or (letterhead is None and (kind == "even" or opens_document))
    }
    pages = {kind: context.cascade.page_styles(page, **selector) for kind, selector in selectors.items()}
    plan = SectionPlan(pages["default"][""])
    edges = {
        area: edge
        for area, edge in _EDGES.items()
        if letterhead is None or letterhead.find(qualified_name(f"{area}Reference")) is None
    }
    boxes_by_kind = {
        kind: {area: headers_footers.margin_boxes(styles, edge) for area, edge in edges.items()} for kind, styles in pages.items()
    }
    default_contents = _box_contents(boxes_by_kind["default"])
    plan.kinds = tuple(
        kind for kind, boxes in boxes_by_kind.items() if kind == "default" or _box_contents(boxes) != default_contents
    )
    for kind in plan.kinds:
        for area, boxes in boxes_by_kind[kind].items():
            if boxes:
                margin = pixels(plan.style[f"margin_{_EDGES[area]}"])
                width = text_area_width(context, page)
                plan.paragraphs[area, kind] = headers_footers.running_paragraph(boxes, area, width, context)
                plan.distances.setdefault(area, headers_footers.edge_distance(boxes, margin))
    return plan


def _box_contents(boxes_by_area: dict[str, MarginBoxes]) -> list[tuple[str, str, tuple[Any, ...]]]:
    return [(area, position, content) for area, boxes in boxes_by_area.items() for position, (_, content) in boxes.items()]


def section_properties(plan: SectionPlan, context: DocxContext) -> etree._Element:
    """Return the <w:sectPr> of a section, and add its headers and footers to the package."""
    style = plan.style
    if context.package.letterhead_section is not None:
        section = _with_orientation(context.package.letterhead_section, style)
        section[:0] = _references(plan, context)
        return section
    width, height = style["size"]
    orientation = {"orient": "landscape"} if width > height else {}
    margins = {side: str(twips(pixels(style[f"margin_{side}"], width))) for side in _SIDES}
    distances = {area: str(twips(plan.distances.get(area, _DEFAULT_DISTANCE))) for area in _EDGES}
    return element(
        "sectPr",
        *_references(plan, context),
        element("pgSz", w=str(twips(width)), h=str(twips(height)), **orientation),
        element("pgMar", **margins, **distances, gutter="0"),
        *([element("lnNumType", countBy="1", restart="newPage")] if context.html.line_numbers else []),
        *([element("titlePg")] if "first" in plan.kinds else []),
    )


def _references(plan: SectionPlan, context: DocxContext) -> Iterator[etree._Element]:
    """Yield references to the headers and footers of a section; every page of a draft has a header for the watermark."""
    for area in _EDGES:
        for kind in plan.kinds:
            paragraph = plan.paragraphs.get((area, kind))
            content = [paragraph_element(paragraph)] if paragraph else []
            if context.watermark and area == "header" and not context.package.headers():
                content = content or [element("p")]
                content[0].append(context.next_watermark_run(context.watermark))
            if content:
                part = element("hdr" if area == "header" else "ftr", *content)
                yield drawing(f"w:{area}Reference", {"w:type": kind, "r:id": context.package.add_part(area, part)})
