"""The mark of a draft: a word behind the text of every page, kept in the headers as Word keeps its own watermarks."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lxml import etree
from lxml.html import builder

from ipdocs.files.ooxml.elements import drawing, element
from ipdocs.templating.cascade import Cascade
from ipdocs.templating.html_document import HtmlDocument
from ipdocs.writers import draft
from ipdocs.writers.docx import css_to_properties
from ipdocs.writers.docx.text_width import width
from ipdocs.writers.docx.typefaces import Typefaces

_CAPITALS, _CHARACTERS = 0.67, 0.94
"""Of the size of the type: how high Latin capitals are, and how high Chinese characters from head to foot."""

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
"""Word's shape 136, text along a straight line: a watermark is recognised by it."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a draft's mark says, its colour and font, and how wide and high the word itself is in points."""

    words: str
    colour: str
    font: str
    bold: bool
    wide: float
    tall: float


def mark(html: HtmlDocument, typefaces: Typefaces) -> Mark | None:
    """Return the mark that the stylesheets give a draft in its first language; None where they give it none, or it is final."""
    if not html.draft:
        return None
    page = builder.HTML(builder.BODY(), **html.root.attrib)
    draft.mark(page)
    style = Cascade(replace(html, root=page, stylesheets=(draft.MARK, *html.stylesheets))).part(page[0], "before")
    if style is None or isinstance(style["content"], str):
        return None
    chinese = html.languages[0].is_chinese
    said = css_to_properties.run(style, html.languages[0], typefaces)
    words = "".join(value for kind, value in style["content"] if kind == "string")
    font, bold, size = said["rFonts@eastAsia" if chinese else "rFonts@ascii"], said["b"] == "1", style["font_size"] * 0.75
    wide, tall = width(words, size, font, bold=bold, chinese=chinese), size * (_CHARACTERS if chinese else _CAPITALS)
    return Mark(words, f"#{said['color'].lower()}", font, bold, wide, tall)


def run(mark: Mark, number: int) -> etree._Element:
    """Return the run of a header that draws the mark; number tells the headers' marks apart.

    The word is trimmed: its shape is as high as its letters, which are so in Word and LibreOffice as they are in the font.
    """
    kind = drawing(
        "v:shapetype",
        {"id": "_x0000_t136", "coordsize": "21600,21600", "o:spt": "136", "adj": "10800", "path": _TEXT_PATH},
        drawing("v:formulas", {}, *(drawing("v:f", {"eqn": one}) for one in _FORMULAS)),
        drawing("v:path", {"textpathok": "t", "o:connecttype": "custom"}),
        drawing("v:textpath", {"on": "t", "fitshape": "t"}),
        drawing("o:lock", {"v:ext": "edit", "text": "t", "shapetype": "t"}),
    )
    style = (
        f"position:absolute;margin-left:0;margin-top:0;width:{mark.wide:.1f}pt;height:{mark.tall:.1f}pt;rotation:315;"
        "z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        "mso-position-vertical:center;mso-position-vertical-relative:margin"
    )
    shape = drawing(
        "v:shape",
        {
            "id": f"PowerPlusWaterMarkObject{number}",
            "o:spid": f"_x0000_s{2048 + number}",
            "type": "#_x0000_t136",
            "alt": mark.words,
            "style": style,
            "o:allowincell": "f",
            "fillcolor": mark.colour,
            "stroked": "f",
        },
        drawing(
            "v:textpath",
            {
                "style": f"font-family:'{mark.font}';font-size:1pt{';font-weight:bold' if mark.bold else ''}",
                "trim": "t",
                "string": mark.words,
            },
        ),
    )
    return element("r", element("pict", kind, shape))
