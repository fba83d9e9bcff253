"""Turn the margin boxes of a page into header and footer paragraphs with page fields."""

from __future__ import annotations

from typing import Any

from lxml import etree

from ipdocs.files.ooxml.elements import Properties, element, text, twips
from ipdocs.templating.cascade import Style
from ipdocs.writers.docx import inlines
from ipdocs.writers.docx.container import Container
from ipdocs.writers.docx.context import DocxContext
from ipdocs.writers.docx.css_to_properties import ParagraphFormat, border, pixels
from ipdocs.writers.docx.paragraph_builder import ParagraphBuilder, RunFormat
from ipdocs.writers.docx.story import Story, StoryParagraph

FIELDS = {"page": "PAGE", "pages": "NUMPAGES"}
"""Word's field for each CSS counter."""

_SWITCHES = {
    "lower-roman": " \\* roman",
    "upper-roman": " \\* ROMAN",
    "lower-alpha": " \\* alphabetic",
    "cjk-decimal": " \\* CHINESENUM2",
}
"""Word's field switch for each counter style."""

_POSITIONS = ("left", "center", "right")

MarginBoxes = dict[str, tuple[Style, tuple[Any, ...]]]
"""The style and content of the margin boxes at one edge of a page, keyed by position; boxes without content are left out."""


def margin_boxes(page: dict[str, Style], edge: str) -> MarginBoxes:
    """Return the margin boxes at the top or bottom of a page that have content."""
    boxes = {}
    for position in _POSITIONS:
        style = page.get(f"{edge}-{position}")
        if style is not None and not isinstance(content := style["content"], str):
            boxes[position] = (style, content)
    return boxes


def running_paragraph(boxes: MarginBoxes, area: str, width: float, context: DocxContext) -> StoryParagraph:
    """Return the paragraph of a header or footer: a single box is aligned, and several boxes are placed at tab stops.

    `area` is 'header' or 'footer'. `width` is the width of the text on the page in pixels.
    """
    first_position, (first_style, _) = next(iter(boxes.items()))
    base = context.paragraph_format(first_style, Container(Story(), width))
    builder = ParagraphBuilder(base.run)
    alignment: Properties = {"jc": first_position}
    if len(boxes) > 1:
        alignment = {"jc": "left", "tabs": f"center {twips(width / 2)}, right {twips(width)}"}
    for index, position in enumerate(_POSITIONS):
        if index and len(boxes) > 1:
            builder.add_element(element("tab"), inlines.block_run_format(first_style, context))
        if position in boxes:
            style, content = boxes[position]
            _write_content(content, builder, inlines.block_run_format(style, context), context)
    borders = {
        f"pBdr/{side}": border(first_style, side, round(pixels(first_style[f"padding_{side}"]) * 0.75))
        for side in ("top", "bottom")
    }
    spacing = {"spacing@before": "0", "spacing@after": "0"}
    paragraph_format = ParagraphFormat(base.paragraph | alignment | borders | spacing, base.run)
    return context.styles.request_style(StoryParagraph(area.title(), paragraph_format, builder.finish()))


def edge_distance(boxes: MarginBoxes, margin: float) -> float:
    """Return the distance of a header or footer from the edge of the paper in pixels: CSS centres the text in the margin."""
    style = next(iter(boxes.values()))[0]
    size, line_height = style["font_size"], style["line_height"]
    if line_height == "normal":
        height = 1.2 * size
    else:
        height = line_height * size if isinstance(line_height, int | float) else line_height.value
    height += sum(pixels(style[f"{part}_{side}"]) for part in ("padding", "margin") for side in ("top", "bottom"))
    return float(max(0.0, (margin - height) / 2))


def _write_content(content: tuple[Any, ...], builder: ParagraphBuilder, run_format: RunFormat, context: DocxContext) -> None:
    for kind, value in content:
        if kind == "string":
            builder.add_text(value, run_format)
        elif kind == "counter()" and value[0] in FIELDS:
            for part in _field(FIELDS[value[0]] + _SWITCHES.get(value[1], ""), "1"):
                builder.add_element(part, run_format)
        elif kind == "string()":
            builder.add_text(context.named_strings.get(value[0], ""), run_format)


def named_string(content: tuple[Any, ...], node: etree._Element) -> str:
    """Return the value of a named string (CSS string-set): the element's text, its attributes and fixed strings, joined."""
    parts = [_named_string_part(kind, value, node) for kind, value in content]
    return " ".join("".join(parts).split())


def _named_string_part(kind: str, value: Any, node: etree._Element) -> str:
    if kind == "string":
        return str(value)
    if kind == "attr()":
        return node.get(value[0], "")
    return "".join(node.itertext()) if kind == "content()" else ""


def _field(code: str, result: str) -> list[etree._Element]:
    """Return the elements of a field, with the result to show until Word updates the field."""
    return [
        element("fldChar", fldCharType="begin"),
        element("instrText", text=f" {code} "),
        element("fldChar", fldCharType="separate"),
        text(result),
        element("fldChar", fldCharType="end"),
    ]
