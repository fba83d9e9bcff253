"""The mark of a draft: a word behind the text of every page, kept in the headers as Word keeps its own watermarks."""

from __future__ import annotations

from lxml import etree

from ipdocs.locale.language import Language
from ipdocs.writers.docx.ooxml import drawing, element

_WORDS = {"Latn": "DRAFT", "Hant": "草擬本", "Hans": "草拟本"}
_COLOUR = "#d9d9d9"
_TALL = 96
"""Points from the foot to the head of the word."""

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


def run(language: Language, number: int, font: str) -> etree._Element:
    """Return the run of a header that draws the mark in a language; number tells the headers' marks apart."""
    word = _WORDS[language.script]
    wide = round(_TALL * sum(1.0 if ord(one) > 0x2E80 else 0.72 for one in word))
    kind = drawing(
        "v:shapetype",
        {"id": "_x0000_t136", "coordsize": "21600,21600", "o:spt": "136", "adj": "10800", "path": _TEXT_PATH},
        drawing("v:formulas", {}, *(drawing("v:f", {"eqn": one}) for one in _FORMULAS)),
        drawing("v:path", {"textpathok": "t", "o:connecttype": "custom"}),
        drawing("v:textpath", {"on": "t", "fitshape": "t"}),
        drawing("o:lock", {"v:ext": "edit", "text": "t", "shapetype": "t"}),
    )
    style = (
        f"position:absolute;margin-left:0;margin-top:0;width:{wide}pt;height:{_TALL}pt;rotation:315;z-index:-251658752;"
        "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        "mso-position-vertical:center;mso-position-vertical-relative:margin"
    )
    shape = drawing(
        "v:shape",
        {
            "id": f"PowerPlusWaterMarkObject{number}",
            "o:spid": f"_x0000_s{2048 + number}",
            "type": "#_x0000_t136",
            "alt": word,
            "style": style,
            "o:allowincell": "f",
            "fillcolor": _COLOUR,
            "stroked": "f",
        },
        drawing("v:textpath", {"style": f"font-family:'{font}';font-size:1pt;font-weight:bold", "string": word}),
    )
    return element("r", element("pict", kind, shape))
