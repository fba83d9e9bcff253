"""Markers of list items."""

from __future__ import annotations

import pytest

from ipdocs.locale.list_markers import marker_width, parse_marker
from ipdocs.locale.style import house_style
from ipdocs.workspace import Workspace


@pytest.mark.parametrize(
    ("pattern", "number", "marker"),
    [
        ("(1)", 12, "(12) "),
        ("(a)", 28, "(ab) "),
        ("A.", 2, "B. "),
        ("(i)", 9, "(ix) "),
        ("（一）", 10, "（十）"),
        ("（一）", 21, "（二十一）"),
        ("(一)", 11, "(十一) "),
        ("一、", 30, "三十、"),
        ("（一）", 100, "（100）"),
        ("（i）", 4, "（iv）"),
    ],
)
def test_a_marker_counts_as_its_first_item_shows(pattern: str, number: int, marker: str) -> None:
    assert parse_marker(pattern).text(number) == marker


@pytest.mark.parametrize("pattern", ["", "1", "(2)", "(1) ", "(one)", "[x]"])
def test_other_text_is_no_marker(pattern: str) -> None:
    with pytest.raises(ValueError, match="is not the marker of a first item"):
        parse_marker(pattern)


@pytest.mark.parametrize(
    ("pattern", "first", "last", "width"),
    [("(1)", 1, 12, 2), ("(i)", 1, 2, 2), ("(i)", 7, 8, 3), ("（一）", 1, 10, 3), ("（一）", 8, 12, 4), ("（一）", 20, 21, 5)],
)
def test_the_room_for_markers_fits_the_widest(pattern: str, first: int, last: int, width: int) -> None:
    assert marker_width(pattern, first, last) == width


@pytest.mark.parametrize(
    ("style", "code", "markers"),
    [
        ("gia", "en", ["(1)", "(a)", "(i)", "(i)"]),
        ("gia", "tc", ["（一）", "（i）", "(a)", "(a)"]),
        ("legco", "en", ["(a)", "(i)", "(1)", "(1)"]),
        ("legco", "tc", ["(一)", "(i)", "(a)", "(a)"]),
    ],
)
def test_each_style_has_a_marker_for_each_level(style: str, code: str, markers: list[str]) -> None:
    forms = house_style(style, Workspace()).languages[code].markers
    assert [forms.pattern(forms.kind_on_level(level)) for level in range(1, 5)] == markers
