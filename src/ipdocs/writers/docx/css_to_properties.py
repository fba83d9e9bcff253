"""Turn computed CSS styles into Word's paragraph and run properties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ipdocs.files.ooxml.elements import Properties, twips
from ipdocs.locale.language import Language
from ipdocs.templating.cascade import Style, resolve_calculation
from ipdocs.writers.docx.typefaces import Typefaces

SIDES = ("top", "left", "bottom", "right")
"""The sides of a box in the order of Word's schema."""

TYPOGRAPHY: Properties = {
    "kinsoku": "1",
    "overflowPunct": "0",
    "autoSpaceDE": "0",
    "autoSpaceDN": "0",
    "snapToGrid": "0",
}
"""Properties of every paragraph: Chinese line-breaking rules, without automatic spacing, hanging punctuation or a grid."""

_ALIGNMENT = {"left": "left", "start": "left", "right": "right", "end": "right", "center": "center", "justify": "both"}
"""Word's alignment for each value of text-align."""

BORDERS = {"solid": "single", "double": "double", "dotted": "dotted", "dashed": "dashed"}
"""Word's names for CSS border styles; any other style is drawn as a single line."""

WIDEST_BORDER, WIDEST_SPACE = 12, 31
"""Word's limits in points for the width of a border, and for the space between border and text."""

_UNDERLINES = {"solid": "single", "double": "double", "dotted": "dotted", "dashed": "dash", "wavy": "wave"}
_EMPHASIS = ("text_emphasis", "text_emphasis_position")
"""CSS properties that a style holds as custom properties (`__text_emphasis`), since WeasyPrint does not know them."""


@dataclass(frozen=True, slots=True)
class ParagraphFormat:
    """The properties of a paragraph, and the run properties of its text."""

    paragraph: Properties
    run: Properties


def pixels(value: Any, percentage_base: float = 0.0) -> float:
    """Return a computed length in pixels; 100 % is `percentage_base`, also in pixels. Keywords and unknown values are 0."""
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, str):
        return 0.0
    if not hasattr(value, "unit"):
        return resolve_calculation(value, percentage_base) or 0.0
    return float(value.value * percentage_base / 100 if value.unit == "%" else value.value)


def paragraph_properties(style: Style, language: Language, width: float) -> Properties:
    """Return the paragraph properties of a style, without the indents and borders of enclosing blocks.

    `width` is the width of the container in pixels.
    """
    alignment = _ALIGNMENT.get(style["text_align_all"], "left")
    indent = twips(pixels(style["text_indent"], width))
    return {
        **TYPOGRAPHY,
        "keepNext": "1" if style["break_after"] in {"avoid", "avoid-page"} else "0",
        "keepLines": "1" if style["break_inside"] in {"avoid", "avoid-page"} else "0",
        "widowControl": "1" if max(style["widows"], style["orphans"]) > 1 else "0",
        # WeasyPrint does not justify Chinese text, whose lines fill the width anyway. Lines must break alike in both formats.
        "jc": "left" if alignment == "both" and language.is_east_asian else alignment,
        "spacing@before": str(max(0, twips(pixels(style["margin_top"], width)))),
        "spacing@after": str(max(0, twips(pixels(style["margin_bottom"], width)))),
        **line_spacing(style),
        "ind@left": "0",
        "ind@right": "0",
        # Word ignores firstLine if hanging is set at all.
        "ind@firstLine" if indent >= 0 else "ind@hanging": str(abs(indent)),
        "shd@val": "clear",
        "shd@color": "auto",
        "shd@fill": "auto",
        **{f"pBdr/{side}": "nil" for side in SIDES},
    }


def line_spacing(style: Style) -> Properties:
    """Return the line spacing: automatic for `line-height: normal`, otherwise exact, so that it is the same in every font."""
    line_height = style["line_height"]
    if line_height == "normal":
        return {"spacing@line": "240", "spacing@lineRule": "auto"}
    height = line_height * style["font_size"] if isinstance(line_height, int | float) else line_height.value
    return {"spacing@line": str(twips(height)), "spacing@lineRule": "exact"}


def run_properties(style: Style, language: Language, typefaces: Typefaces) -> Properties:
    """Return the run properties of a style in a language."""
    size = str(round(style["font_size"] * 1.5))
    bold = "1" if style["font_weight"] >= 600 else "0"
    italic = style["font_style"] != "normal" and not language.is_east_asian
    decorations = style["text_decoration_line"]
    decoration_lines = decorations if isinstance(decorations, set | frozenset) else frozenset()
    return {
        **typefaces.font_properties(style["font_family"], language),
        "b": bold,
        "bCs": bold,
        "i": "1" if italic else "0",
        "iCs": "1" if italic else "0",
        "caps": "1" if style["text_transform"] == "uppercase" else "0",
        "smallCaps": "1" if style["font_variant_caps"] in {"small-caps", "all-small-caps"} else "0",
        "strike": "1" if "line-through" in decoration_lines else "0",
        "color": colour(style["color"]) or "FFFFFF",
        "spacing": str(twips(pixels(style["letter_spacing"]))),
        # Kern text from a size of one point: WeasyPrint always kerns, but Word only on request.
        "kern": "2",
        "sz": size,
        "szCs": size,
        "u": _UNDERLINES.get(style["text_decoration_style"], "single") if "underline" in decoration_lines else "none",
        "em": emphasis_mark(style, language),
    }


def emphasis_mark(style: Style, language: Language) -> str:
    """Return Word's emphasis mark for text-emphasis; Chinese text that would be italic has a dot below."""
    keywords = {name: [token.value for token in style[f"__{name}"] or () if token.type == "ident"] for name in _EMPHASIS}
    if "circle" in keywords["text_emphasis"]:
        return "circle"
    if "dot" in keywords["text_emphasis"]:
        return "dot" if "over" in keywords["text_emphasis_position"] else "underDot"
    return "underDot" if language.is_east_asian and style["font_style"] != "normal" else "none"


def colour(value: Any) -> str | None:
    """Return a computed colour on white paper as RRGGBB, or None if it is transparent."""
    alpha = float(value.alpha)
    if not alpha:
        return None
    red, green, blue = (round(255 * (1 - alpha + alpha * channel)) for channel in value.to("srgb").coordinates)
    return f"{red:02X}{green:02X}{blue:02X}"


def background(style: Style) -> str | None:
    """Return the background colour of an element as RRGGBB, or None."""
    return colour(_resolved_colour(style, "background_color"))


def border(style: Style, side: str, space: int = 0) -> str:
    """Return a border as a property value such as "single 6 4 808080", or "nil" (see `files.ooxml.elements`).

    `space` is the distance to the text in points.
    """
    kind, width = style[f"border_{side}_style"], style[f"border_{side}_width"]
    if kind in {"none", "hidden"} or not width:
        return "nil"
    size = min(8 * WIDEST_BORDER, max(2, round(width * 6)))
    line_colour = colour(_resolved_colour(style, f"border_{side}_color")) or "auto"
    return f"{BORDERS.get(kind, 'single')} {size} {min(WIDEST_SPACE, space)} {line_colour}"


def _resolved_colour(style: Style, key: str) -> Any:
    value = style[key]
    return style["color"] if value == "currentcolor" else value
