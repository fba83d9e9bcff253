"""The watermark of a draft: a word behind the text of every page, drawn in the headers like Word's own watermarks."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lxml import etree
from lxml.html import builder

from ipdocs.files.ooxml.elements import drawing, element
from ipdocs.templating.cascade import Cascade
from ipdocs.templating.html_document import HtmlDocument
from ipdocs.writers import draft
from ipdocs.writers.docx import css_to_properties
from ipdocs.writers.docx.text_width import text_width
from ipdocs.writers.docx.typefaces import Typefaces

_CAPITAL_HEIGHT, _CHINESE_HEIGHT = 0.67, 0.94
"""Heights of Latin capitals and of Chinese characters, as fractions of the font size."""

_TEXT_PATH = "m@7,l@8,m@5,21600l@6,21600e"
_FORMULAS = (
    "sum #0 0 10800",
    "prod #0 2 1",
    "sum 21600 0 @1",
    "sum 0 0 @2",
    "sum 21600 0 @3",
    "if @0 @3 0",
    "if @0 21600 @1",
    "if @0 0 @2",
    "if @0 @4 21600",
    "mid @5 @6",
    "mid @8 @5",
    "mid @7 @8",
    "mid @6 @7",
    "sum @6 0 @5",
)
"""The formulas of Word's shape 136 (text along a straight line); Word recognises this shape as a watermark."""


@dataclass(frozen=True, slots=True)
class Watermark:
    """A watermark: its text, colour and font, and the width and height of the text in points."""

    text: str
    colour: str
    font: str
    bold: bool
    width: float
    height: float


def draft_watermark(html: HtmlDocument, typefaces: Typefaces) -> Watermark | None:
    """Return the watermark of a draft in its first language, or None for a final document or if no stylesheet defines one."""
    if not html.draft:
        return None
    draft_root = builder.HTML(builder.BODY(), **html.root.attrib)
    draft.add_draft_class(draft_root)
    draft_page = replace(html, root=draft_root, stylesheets=(draft.STYLESHEET, *html.stylesheets))
    style = Cascade(draft_page).pseudo_style(draft_root[0], "before")
    if style is None or isinstance(style["content"], str):
        return None
    language = html.languages[0]
    run_properties = css_to_properties.run_properties(style, language, typefaces)
    text = "".join(value for kind, value in style["content"] if kind == "string")
    font = run_properties["rFonts@eastAsia" if language.is_east_asian else "rFonts@ascii"]
    bold, size = run_properties["b"] == "1", style["font_size"] * 0.75
    width = text_width(text, size, font, bold=bold, chinese=language.is_east_asian)
    height = size * (_CHINESE_HEIGHT if language.is_east_asian else _CAPITAL_HEIGHT)
    return Watermark(text, f"#{run_properties['color'].lower()}", font, bold, width, height)


def watermark_run(watermark: Watermark, number: int) -> etree._Element:
    """Return the run that draws a watermark in a header; `number` differs for each header.

    The shape is trimmed to the height of the letters, so that they have the size of the font in Word and LibreOffice.
    """
    shape_type = drawing(
        "v:shapetype",
        {"id": "_x0000_t136", "coordsize": "21600,21600", "o:spt": "136", "adj": "10800", "path": _TEXT_PATH},
        drawing("v:formulas", {}, *(drawing("v:f", {"eqn": formula}) for formula in _FORMULAS)),
        drawing("v:path", {"textpathok": "t", "o:connecttype": "custom"}),
        drawing("v:textpath", {"on": "t", "fitshape": "t"}),
        drawing("o:lock", {"v:ext": "edit", "text": "t", "shapetype": "t"}),
    )
    style = (
        f"position:absolute;margin-left:0;margin-top:0;width:{watermark.width:.1f}pt;height:{watermark.height:.1f}pt;rotation:315;"
        "z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        "mso-position-vertical:center;mso-position-vertical-relative:margin"
    )
    shape = drawing(
        "v:shape",
        {
            "id": f"PowerPlusWaterMarkObject{number}",
            "o:spid": f"_x0000_s{2048 + number}",
            "type": "#_x0000_t136",
            "alt": watermark.text,
            "style": style,
            "o:allowincell": "f",
            "fillcolor": watermark.colour,
            "stroked": "f",
        },
        drawing(
            "v:textpath",
            {
                "style": f"font-family:'{watermark.font}';font-size:1pt{';font-weight:bold' if watermark.bold else ''}",
                "trim": "t",
                "string": watermark.text,
            },
        ),
    )
    return element("r", element("pict", shape_type, shape))
