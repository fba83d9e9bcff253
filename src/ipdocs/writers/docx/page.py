"""Pages: @page in, section properties with their headers and footers out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from ipdocs.render.cascade import Style
from ipdocs.writers.docx import running
from ipdocs.writers.docx.looks import pixels
from ipdocs.writers.docx.manuscript import Manuscript
from ipdocs.writers.docx.ooxml import element, name, twips
from ipdocs.writers.docx.story import Paragraph
from ipdocs.writers.docx.writing import paragraph_element

_SIDES = ("top", "right", "bottom", "left")
_KINDS: dict[str, dict[str, bool]] = {"default": {}, "first": {"first": True}, "even": {"left": True}}
"""Word's kinds of header and footer, and the pages of a stylesheet that each is for."""

_EDGES = {"header": "top", "footer": "bottom"}
_AWAY = 48.0
"""Pixels from the end of the paper to a header that is not there: half an inch, as in any new document."""


@dataclass(slots=True)
class Section:
    """A named page of the stylesheet: its style, and its header and footer paragraphs by kind."""

    style: Style
    kinds: tuple[str, ...] = ("default",)
    paragraphs: dict[tuple[str, str], Paragraph] = field(default_factory=dict)
    distances: dict[str, float] = field(default_factory=dict)


def text_width(page: Style) -> float:
    """Return the width of a page's text in pixels."""
    whole = float(page["size"][0])
    return whole - sum(pixels(page[f"margin_{side}"], whole) for side in ("left", "right"))


def plan(manuscript: Manuscript, page: str, *, opening: bool) -> Section:
    """Return a named page with what its margin boxes say, before the styles of its headers and footers have names.

    Only the section that opens the document has a first page of its own.
    """
    kinds = {kind: which for kind, which in _KINDS.items() if kind != "first" or opening}
    pages = {kind: manuscript.cascade.page(page, **which) for kind, which in kinds.items()}
    section = Section(pages["default"][""])
    said = {kind: {tag: running.boxes(styles, edge) for tag, edge in _EDGES.items()} for kind, styles in pages.items()}
    section.kinds = tuple(kind for kind in said if kind == "default" or _contents(said[kind]) != _contents(said["default"]))
    for kind in section.kinds:
        for tag, boxes in said[kind].items():
            if boxes:
                margin = pixels(section.style[f"margin_{_EDGES[tag]}"])
                section.paragraphs[tag, kind] = running.paragraph(boxes, tag, text_width(section.style), manuscript)
                section.distances.setdefault(tag, running.distance(boxes, margin))
    return section


def _contents(said: dict[str, running.Boxes]) -> list[tuple[str, str, tuple[Any, ...]]]:
    return [(tag, place, content) for tag, boxes in said.items() for place, (_, content) in boxes.items()]


def properties_of(section: Section, manuscript: Manuscript) -> etree._Element:
    """Return the <w:sectPr> of a section, its headers and footers added to the package."""
    style = section.style
    across, down = style["size"]
    orientation = {"orient": "landscape"} if across > down else {}
    margins = {side: str(twips(pixels(style[f"margin_{side}"], across))) for side in _SIDES}
    distances = {tag: str(twips(section.distances.get(tag, _AWAY))) for tag in _EDGES}
    return element(
        "sectPr",
        *_references(section, manuscript),
        element("pgSz", w=str(twips(across)), h=str(twips(down)), **orientation),
        element("pgMar", **margins, **distances, gutter="0"),
        *([element("titlePg")] if "first" in section.kinds else []),
    )


def _references(section: Section, manuscript: Manuscript) -> Iterator[etree._Element]:
    """Yield the references to the headers and footers of a section; a draft has a header on every page, for its mark."""
    for tag in _EDGES:
        for kind in section.kinds:
            paragraph = section.paragraphs.get((tag, kind))
            content = [paragraph_element(paragraph)] if paragraph else []
            if manuscript.tree.draft and tag == "header":
                content = content or [element("p")]
                content[0].append(manuscript.draft_mark())
            if content:
                reference = element(f"{tag}Reference", type=kind)
                part = element("hdr" if tag == "header" else "ftr", *content)
                reference.set(name("r:id"), manuscript.package.add(tag, part))
                yield reference
