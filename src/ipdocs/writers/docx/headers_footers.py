"""Running heads and feet: the margin boxes of a page in, a header's or footer's paragraph with page fields out."""

from __future__ import annotations

from typing import Any

from lxml import etree

from ipdocs.files.ooxml.elements import Properties, element, text, twips
from ipdocs.templating.cascade import Style
from ipdocs.writers.docx import inlines
from ipdocs.writers.docx.context import DocxContext
from ipdocs.writers.docx.css_to_properties import Look, border, pixels
from ipdocs.writers.docx.paragraph_builder import ParagraphBuilder, RunFormat
from ipdocs.writers.docx.place import Place
from ipdocs.writers.docx.story import Paragraph, Story

FIELDS = {"page": "PAGE", "pages": "NUMPAGES"}
_SWITCHES = {
    "lower-roman": " \\* roman",
    "upper-roman": " \\* ROMAN",
    "lower-alpha": " \\* alphabetic",
    "cjk-decimal": " \\* CHINESENUM2",
}

Boxes = dict[str, tuple[Style, tuple[Any, ...]]]


def boxes(page: dict[str, Style], edge: str) -> Boxes:
    """Return the margin boxes at the top or bottom of a page that say something, by their place: left, center, right."""
    found = {}
    for place in ("left", "center", "right"):
        style = page.get(f"{edge}-{place}")
        if style is not None and not isinstance(content := style["content"], str):
            found[place] = (style, content)
    return found


def paragraph(said: Boxes, kind: str, width: float, context: DocxContext) -> Paragraph:
    """Return the paragraph that says the boxes of one edge: one box aligned, or several at tab stops."""
    place, (style, _) = next(iter(said.items()))
    look = context.look(style, Place(Story(), width))
    builder = ParagraphBuilder(look.run)
    direct: Properties = {"jc": place}
    if len(said) > 1:
        direct = {"jc": "left", "tabs": f"center {twips(width / 2)}, right {twips(width)}"}
    for at, one in enumerate(("left", "center", "right")):
        if at and len(said) > 1:
            builder.put(element("tab"), inlines.block_format(style, context))
        if one in said:
            own, content = said[one]
            _say(content, builder, inlines.block_format(own, context), context)
    own = (
        look.paragraph
        | direct
        | {f"pBdr/{side}": border(style, side, round(pixels(style[f"padding_{side}"]) * 0.75)) for side in ("top", "bottom")}
    )
    own |= {"spacing@before": "0", "spacing@after": "0"}
    return context.styles.request_style(Paragraph(kind.title(), Look(own, look.run), builder.finish()))


def distance(said: Boxes, margin: float) -> float:
    """Return how far the paragraph of an edge stands from the end of the paper: the box lies in the middle of the margin."""
    style = next(iter(said.values()))[0]
    size = style["font_size"]
    height = style["line_height"]
    tall = 1.2 * size if height == "normal" else height * size if isinstance(height, int | float) else height.value
    tall += sum(pixels(style[f"{part}_{side}"]) for part in ("padding", "margin") for side in ("top", "bottom"))
    return float(max(0.0, (margin - tall) / 2))


def _say(content: tuple[Any, ...], builder: ParagraphBuilder, run_format: RunFormat, context: DocxContext) -> None:
    for kind, value in content:
        if kind == "string":
            builder.text(value, run_format)
        elif kind == "counter()" and value[0] in FIELDS:
            for part in field(FIELDS[value[0]] + _SWITCHES.get(value[1], ""), "1"):
                builder.put(part, run_format)
        elif kind == "string()":
            builder.text(context.strings.get(value[0], ""), run_format)


def value(content: tuple[Any, ...], node: etree._Element) -> str:
    """Return what string-set keeps of an element: its text, an attribute, words of the stylesheet."""
    words = [_words(kind, one, node) for kind, one in content]
    return " ".join("".join(words).split())


def _words(kind: str, one: Any, node: etree._Element) -> str:
    if kind == "string":
        return str(one)
    if kind == "attr()":
        return node.get(one[0], "")
    return "".join(node.itertext()) if kind == "content()" else ""


def field(code: str, shown: str) -> list[etree._Element]:
    """Return the children of runs that make a field and what it shows until Word counts."""
    instruction = element("instrText", text=f" {code} ")
    return [
        element("fldChar", fldCharType="begin"),
        instruction,
        element("fldChar", fldCharType="separate"),
        text(shown),
        element("fldChar", fldCharType="end"),
    ]
