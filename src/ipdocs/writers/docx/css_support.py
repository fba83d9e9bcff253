"""The table of CSS longhands that Word supports on each kind of element.

A longhand that has no row for a kind of element is supported on this kind only with its initial value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ipdocs.templating.declarations import PENDING
from ipdocs.writers.docx import css_predicates
from ipdocs.writers.docx.css_to_properties import BORDERS, SIDES, WIDEST_BORDER, WIDEST_SPACE
from ipdocs.writers.docx.element_kinds import BLOCKS, EVERYWHERE, INLINE, MARGIN_BOX, TABLES, StyledBox


@dataclass(frozen=True, slots=True)
class SupportRow:
    """The support for a longhand on a kind of element. If both predicates are None, every value is supported.

    Attributes:
        values: a predicate for values that Word supports in every context.
        in_context: a predicate for a box and the name of the longhand.
    """

    values: Callable[[Any], bool] | None = None
    in_context: Callable[[StyledBox, str], bool] | None = None

    def always_supports(self, value: Any) -> bool:
        """Whether Word supports a value in every context."""
        return value is not PENDING and (self.values(value) if self.values else self.in_context is None)

    def supports(self, box: StyledBox, name: str) -> bool:
        """Whether Word supports the value that a box has for the longhand."""
        return self.always_supports(box.style[name]) or bool(self.in_context and self.in_context(box, name))


# Longhands of all four sides.
_PADDING = " ".join(f"padding_{side}" for side in SIDES)
_BORDER_STYLES = " ".join(f"border_{side}_style" for side in SIDES)
_BORDER_WIDTHS = " ".join(f"border_{side}_width" for side in SIDES)
_BORDER_COLOURS = " ".join(f"border_{side}_color" for side in SIDES)
_BORDERS = f"{_BORDER_STYLES} {_BORDER_WIDTHS} {_BORDER_COLOURS}"

_is_word_border_style = css_predicates.one_of("none", "hidden", *BORDERS)
_is_word_border_width = css_predicates.up_to(WIDEST_BORDER)
_NOT_MARGIN_BOX = tuple(kind for kind in EVERYWHERE if kind != MARGIN_BOX)

_IGNORED = """
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
"""Longhands that are never reported.

They concern only the PDF, or Word has the behaviour anyway, or they depend on another longhand, which is reported instead.
"""

_TABLE: tuple[tuple[str, tuple[str, ...], SupportRow], ...] = (
    (_IGNORED, EVERYWHERE, SupportRow()),
    # text
    ("color font_family font_size font_style font_weight letter_spacing quotes", EVERYWHERE, SupportRow()),
    ("font_kerning", EVERYWHERE, SupportRow(css_predicates.one_of("auto", "normal"))),
    ("font_variant_caps", EVERYWHERE, SupportRow(css_predicates.one_of("normal", "small-caps"))),
    ("hyphens", EVERYWHERE, SupportRow(css_predicates.one_of("manual", "none"))),
    ("line_height", tuple(kind for kind in EVERYWHERE if kind not in INLINE), SupportRow()),
    ("line_height", INLINE, SupportRow(None, css_predicates.is_within_line_height)),
    ("text_decoration_line", EVERYWHERE, SupportRow(lambda value: "overline" not in value)),
    ("text_decoration_style", EVERYWHERE, SupportRow(css_predicates.one_of("solid"), css_predicates.is_not_struck_through)),
    ("text_decoration_color", EVERYWHERE, SupportRow(css_predicates.one_of("currentcolor"), css_predicates.is_undecorated)),
    (
        "text_decoration_thickness text_underline_offset",
        EVERYWHERE,
        SupportRow(css_predicates.one_of("auto"), css_predicates.is_undecorated),
    ),
    ("text_transform", EVERYWHERE, SupportRow(css_predicates.one_of("none", "uppercase"))),
    ("vertical_align", ("html", *BLOCKS, "table", "rows", "row", "rule", "note", "marker", "page"), SupportRow()),
    ("vertical_align", (*INLINE, "call"), SupportRow(None, css_predicates.is_supported_raise)),
    ("vertical_align", ("cell",), SupportRow(css_predicates.one_of("baseline", "bottom", "middle", "top"))),
    ("vertical_align", ("picture",), SupportRow(css_predicates.one_of("baseline"), css_predicates.is_picture_alone)),
    ("vertical_align", (MARGIN_BOX,), SupportRow(css_predicates.one_of("middle"))),
    ("white_space", EVERYWHERE, SupportRow(css_predicates.one_of("normal", "nowrap"))),
    # paragraphs
    (
        "break_before break_after",
        (*BLOCKS, "table", "rule"),
        SupportRow(lambda value: value not in {"left", "recto", "right", "verso"}),
    ),
    ("break_before break_after", ("rows", "row"), SupportRow(css_predicates.one_of("auto", "avoid", "avoid-page"))),
    ("break_before break_after", ("html", "cell", *INLINE, "note", "picture", "marker", "call"), SupportRow()),
    ("break_inside", (*BLOCKS, "table", "row", "rule", *INLINE, "picture", "marker", "call"), SupportRow()),
    ("orphans widows", EVERYWHERE, SupportRow(lambda value: value <= 2)),
    ("page", EVERYWHERE, SupportRow()),
    ("text_align_all text_indent", _NOT_MARGIN_BOX, SupportRow()),
    ("text_align_all", (MARGIN_BOX,), SupportRow(None, css_predicates.is_aligned_by_name)),
    # boxes
    ("display", EVERYWHERE, SupportRow(None, css_predicates.is_natural_display)),
    ("float", ("inline", "note"), SupportRow(css_predicates.one_of("none"), css_predicates.is_footnote_span)),
    ("position", EVERYWHERE, SupportRow(css_predicates.one_of("static"), css_predicates.has_no_offsets)),
    (
        "background_attachment background_clip background_origin",
        EVERYWHERE,
        SupportRow(None, css_predicates.has_no_background_image),
    ),
    (
        "background_position background_repeat background_size",
        EVERYWHERE,
        SupportRow(None, css_predicates.has_no_background_image),
    ),
    ("background_color", ("block", "list", "item", "cell", "row", *INLINE), SupportRow()),
    (_BORDER_STYLES, (*BLOCKS, "cell"), SupportRow(_is_word_border_style, css_predicates.is_border_hidden)),
    (_BORDER_WIDTHS, (*BLOCKS, "cell"), SupportRow(_is_word_border_width, css_predicates.is_border_hidden)),
    (_BORDER_COLOURS, (*BLOCKS, "cell"), SupportRow()),
    (_BORDERS, ("table", "rows"), SupportRow(None, css_predicates.is_border_drawn_by_cells)),
    (_BORDERS, ("row",), SupportRow(None, css_predicates.is_row_border_drawn)),
    (_BORDERS, ("rule",), SupportRow(None, css_predicates.is_rule_border_drawn)),
    (_BORDERS, (MARGIN_BOX,), SupportRow(None, css_predicates.is_margin_box_border_drawn)),
    (
        "margin_top margin_bottom",
        (*BLOCKS, "table", "rule", MARGIN_BOX),
        SupportRow(css_predicates.is_non_negative, css_predicates.is_negative_margin_supported),
    ),
    ("margin_left margin_right", (*BLOCKS, "rule"), SupportRow()),
    ("margin_left margin_right", ("table",), SupportRow(css_predicates.is_non_negative, css_predicates.is_left_or_centred)),
    ("margin_top margin_bottom margin_left margin_right", ("rows", "row", "cell"), SupportRow()),
    (_PADDING, BLOCKS, SupportRow(css_predicates.up_to(WIDEST_SPACE), css_predicates.is_unbordered)),
    (_PADDING, ("cell", "rows", "row"), SupportRow()),
    ("padding_left padding_right", ("table",), SupportRow()),
    ("padding_top padding_bottom", (MARGIN_BOX,), SupportRow(css_predicates.up_to(WIDEST_SPACE), css_predicates.is_unbordered)),
    ("width", ("cell", "table"), SupportRow(css_predicates.is_length_or_percentage)),
    ("width", ("picture", "row", "rows"), SupportRow()),
    ("width", (*BLOCKS, "rule"), SupportRow(css_predicates.is_full_width)),
    ("width height max_width max_height", ("html", *INLINE, "note", "marker", "call"), SupportRow()),
    ("height max_width max_height", ("picture",), SupportRow()),
    ("max_width", (*BLOCKS, *TABLES, "rule"), SupportRow(css_predicates.is_full_width)),
    ("min_width min_height", EVERYWHERE, SupportRow(css_predicates.is_zero)),
    # tables and lists
    ("border_collapse caption_side list_style_type table_layout", EVERYWHERE, SupportRow()),
    ("border_spacing", tuple(kind for kind in EVERYWHERE if kind != "table"), SupportRow()),
    ("border_spacing", ("table",), SupportRow(None, css_predicates.has_no_cell_spacing)),
    # generated content and pages
    ("content", ("html", *BLOCKS, *TABLES, "inline", "note", "rule", "picture"), SupportRow()),
    ("content", ("before",), SupportRow(None, css_predicates.is_supported_generated_content)),
    ("content", ("call",), SupportRow(css_predicates.is_counter_only)),
    ("content", (MARGIN_BOX,), SupportRow(css_predicates.is_supported_margin_content)),
    ("counter_increment counter_reset counter_set", EVERYWHERE, SupportRow(css_predicates.are_custom_counters)),
    ("string_set", (*BLOCKS, "table", "rule"), SupportRow(css_predicates.is_supported_string_set)),
    # Word always draws a line above footnotes.
    ("margin_top padding_top border_top_style border_top_width border_top_color", ("footnote",), SupportRow()),
    ("size", ("page",), SupportRow()),
    ("bleed_top bleed_right bleed_bottom bleed_left", ("page",), SupportRow(css_predicates.is_zero)),
    ("margin_top margin_right margin_bottom margin_left", ("page",), SupportRow(css_predicates.is_non_negative)),
)

SUPPORTED: Mapping[tuple[str, str], SupportRow] = {
    (name, kind): row for names, kinds, row in _TABLE for name in names.split() for kind in kinds
}
"""The rows of the table, keyed by longhand and kind of element."""
