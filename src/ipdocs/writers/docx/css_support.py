"""What Word can say of a style: a table of longhands, by the kinds of element that Word says them of.

One that has no row for a kind is not said there: it must be as it would be if nobody had asked for anything.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ipdocs.templating.declarations import PENDING
from ipdocs.writers.docx import css_predicates
from ipdocs.writers.docx.css_to_properties import BORDERS, SIDES, WIDEST_BORDER, WIDEST_SPACE
from ipdocs.writers.docx.kinds import BLOCKS, EVERYWHERE, INLINE, MARGIN_BOX, TABLES, Case


@dataclass(frozen=True, slots=True)
class Row:
    """What Word says of a longhand: the values that are fine wherever they stand, and else whether this one is in its case."""

    values: Callable[[Any], bool] | None = None
    case: Callable[[Case, str], bool] | None = None

    def surely(self, value: Any) -> bool:
        """Whether a value is said whatever else is."""
        return value is not PENDING and (self.values(value) if self.values else self.case is None)

    def said(self, case: Case, name: str) -> bool:
        """Whether a value is said in a case."""
        return self.surely(case.style[name]) or bool(self.case and self.case(case, name))


_PADDING = " ".join(f"padding_{side}" for side in SIDES)
_STYLES = (" ".join(f"border_{side}_style" for side in SIDES), css_predicates.one_of("none", "hidden", *BORDERS))
_WIDTHS = (" ".join(f"border_{side}_width" for side in SIDES), css_predicates.up_to(WIDEST_BORDER))
_COLOURS = " ".join(f"border_{side}_color" for side in SIDES)
_BORDERS = f"{_STYLES[0]} {_WIDTHS[0]} {_COLOURS}"
_UNBOXED = tuple(kind for kind in EVERYWHERE if kind != MARGIN_BOX)

_IDLE = """
    anchor appearance bookmark_label bookmark_level bookmark_state box_decoration_break box_sizing clear color_scheme
    footnote_display footnote_policy image_rendering lang margin_break overflow_wrap text_overflow
    top right bottom left inset_top inset_right inset_bottom inset_left z_index transform_origin object_position
    hyphenate_character hyphenate_limit_chars hyphenate_limit_zone
    border_image_outset border_image_repeat border_image_slice border_image_width
    mask_border_mode mask_border_outset mask_border_repeat mask_border_slice mask_border_width
    outline_color outline_offset outline_width
    column_fill column_gap column_rule_color column_rule_style column_rule_width column_span row_gap
    align_content align_items align_self justify_content justify_items justify_self order
    flex_basis flex_direction flex_grow flex_shrink flex_wrap
    grid_auto_columns grid_auto_flow grid_auto_rows grid_column_end grid_column_start grid_row_end grid_row_start
    grid_template_areas grid_template_columns grid_template_rows
"""
"""What concerns the PDF alone, what Word does by itself, and what does nothing without something that is told."""

_TABLE: tuple[tuple[str, tuple[str, ...], Row], ...] = (
    (_IDLE, EVERYWHERE, Row()),
    # type
    ("color font_family font_size font_style font_weight letter_spacing quotes", EVERYWHERE, Row()),
    ("font_kerning", EVERYWHERE, Row(css_predicates.one_of("auto", "normal"))),
    ("font_variant_caps", EVERYWHERE, Row(css_predicates.one_of("normal", "small-caps"))),
    ("hyphens", EVERYWHERE, Row(css_predicates.one_of("manual", "none"))),
    ("line_height", tuple(kind for kind in EVERYWHERE if kind not in INLINE), Row()),
    ("line_height", INLINE, Row(None, css_predicates.is_as_high)),
    ("text_decoration_line", EVERYWHERE, Row(lambda value: "overline" not in value)),
    ("text_decoration_style", EVERYWHERE, Row(css_predicates.one_of("solid"), css_predicates.is_plainly_struck)),
    ("text_decoration_color", EVERYWHERE, Row(css_predicates.one_of("currentcolor"), css_predicates.is_unlined)),
    (
        "text_decoration_thickness text_underline_offset",
        EVERYWHERE,
        Row(css_predicates.one_of("auto"), css_predicates.is_unlined),
    ),
    ("text_transform", EVERYWHERE, Row(css_predicates.one_of("none", "uppercase"))),
    ("vertical_align", ("html", *BLOCKS, "table", "rows", "row", "rule", "note", "marker", "page"), Row()),
    ("vertical_align", (*INLINE, "call"), Row(None, css_predicates.is_raised)),
    ("vertical_align", ("cell",), Row(css_predicates.one_of("baseline", "bottom", "middle", "top"))),
    ("vertical_align", ("picture",), Row(css_predicates.one_of("baseline"), css_predicates.by_itself)),
    ("vertical_align", (MARGIN_BOX,), Row(css_predicates.one_of("middle"))),
    ("white_space", EVERYWHERE, Row(css_predicates.one_of("normal", "nowrap"))),
    # paragraphs
    ("break_before break_after", (*BLOCKS, "table", "rule"), Row(lambda value: value not in {"left", "recto", "right", "verso"})),
    ("break_before break_after", ("rows", "row"), Row(css_predicates.one_of("auto", "avoid", "avoid-page"))),
    ("break_before break_after", ("html", "cell", *INLINE, "note", "picture", "marker", "call"), Row()),
    ("break_inside", (*BLOCKS, "table", "row", "rule", *INLINE, "picture", "marker", "call"), Row()),
    ("orphans widows", EVERYWHERE, Row(lambda value: value <= 2)),
    ("page", EVERYWHERE, Row()),
    ("text_align_all text_indent", _UNBOXED, Row()),
    ("text_align_all", (MARGIN_BOX,), Row(None, css_predicates.at_its_place)),
    # boxes
    ("display", EVERYWHERE, Row(None, css_predicates.is_displayed)),
    ("float", ("inline", "note"), Row(css_predicates.one_of("none"), css_predicates.is_for_notes)),
    ("position", EVERYWHERE, Row(css_predicates.one_of("static"), css_predicates.is_resting)),
    ("background_attachment background_clip background_origin", EVERYWHERE, Row(None, css_predicates.is_without_picture)),
    ("background_position background_repeat background_size", EVERYWHERE, Row(None, css_predicates.is_without_picture)),
    ("background_color", ("block", "list", "item", "cell", "row", *INLINE), Row()),
    (_STYLES[0], (*BLOCKS, "cell"), Row(_STYLES[1], css_predicates.is_undrawn)),
    (_WIDTHS[0], (*BLOCKS, "cell"), Row(_WIDTHS[1], css_predicates.is_undrawn)),
    (_COLOURS, (*BLOCKS, "cell"), Row()),
    (_BORDERS, ("table", "rows"), Row(None, css_predicates.as_cells)),
    (_BORDERS, ("row",), Row(None, css_predicates.of_row)),
    (_BORDERS, ("rule",), Row(None, css_predicates.of_rule)),
    (_BORDERS, (MARGIN_BOX,), Row(None, css_predicates.of_edge)),
    ("margin_top margin_bottom", (*BLOCKS, "table", "rule", MARGIN_BOX), Row(css_predicates.is_forward, css_predicates.is_apart)),
    ("margin_left margin_right", (*BLOCKS, "rule"), Row()),
    ("margin_left margin_right", ("table",), Row(css_predicates.is_forward, css_predicates.is_centred)),
    ("margin_top margin_bottom margin_left margin_right", ("rows", "row", "cell"), Row()),
    (_PADDING, BLOCKS, Row(css_predicates.up_to(WIDEST_SPACE), css_predicates.is_bare)),
    (_PADDING, ("cell", "rows", "row"), Row()),
    ("padding_left padding_right", ("table",), Row()),
    ("padding_top padding_bottom", (MARGIN_BOX,), Row(css_predicates.up_to(WIDEST_SPACE), css_predicates.is_bare)),
    ("width", ("cell", "table"), Row(css_predicates.is_measured)),
    ("width", ("picture", "row", "rows"), Row()),
    ("width", (*BLOCKS, "rule"), Row(css_predicates.is_whole)),
    ("width height max_width max_height", ("html", *INLINE, "note", "marker", "call"), Row()),
    ("height max_width max_height", ("picture",), Row()),
    ("max_width", (*BLOCKS, *TABLES, "rule"), Row(css_predicates.is_whole)),
    ("min_width min_height", EVERYWHERE, Row(css_predicates.is_nothing)),
    # tables and lists
    ("border_collapse caption_side list_style_type table_layout", EVERYWHERE, Row()),
    ("border_spacing", tuple(kind for kind in EVERYWHERE if kind != "table"), Row()),
    ("border_spacing", ("table",), Row(None, css_predicates.is_gathered)),
    # what is generated, and pages
    ("content", ("html", *BLOCKS, *TABLES, "inline", "note", "rule", "picture"), Row()),
    ("content", ("before",), Row(None, css_predicates.is_plain_content)),
    ("content", ("call",), Row(css_predicates.is_number)),
    ("content", (MARGIN_BOX,), Row(css_predicates.is_counted)),
    ("counter_increment counter_reset counter_set", EVERYWHERE, Row(css_predicates.is_own)),
    ("string_set", (*BLOCKS, "table", "rule"), Row(css_predicates.is_kept)),
    # Word has a line above notes by itself.
    ("margin_top padding_top border_top_style border_top_width border_top_color", ("footnote",), Row()),
    ("size", ("page",), Row()),
    ("bleed_top bleed_right bleed_bottom bleed_left", ("page",), Row(css_predicates.is_nothing)),
    ("margin_top margin_right margin_bottom margin_left", ("page",), Row(css_predicates.is_forward)),
)

SUPPORTED: Mapping[tuple[str, str], Row] = {
    (name, kind): row for names, kinds, row in _TABLE for name in names.split() for kind in kinds
}
"""Each longhand that Word has a word for, by the kind of element it is said of."""
