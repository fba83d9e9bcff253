"""Superscript and subscript in segments."""

from __future__ import annotations

import pytest

from ipdocs.source.segment import Code, Segment, segment, shift_code, to_display_text, to_source_text

UP, UP_END = shift_code("superscript", "open"), shift_code("superscript", "close")
DOWN, DOWN_END = shift_code("subscript", "open"), shift_code("subscript", "close")


@pytest.mark.parametrize(
    "text", ["m^2^", "CO~2~", "x^a~i~^", "**m^2^**", "^[1](#note)^", "10^{{ n }}^", r"a\^b\^ c^d^", "a^b c^d", "a^2^\\^"]
)
def test_source_text_survives_a_segment(text: str) -> None:
    assert to_source_text(segment(text)) == text


def test_superscript_has_its_own_codes() -> None:
    assert segment("m^2^") == (
        "m",
        Code("superscript", "open", "^", "superscript"),
        "2",
        Code("superscript", "close", "^", "superscript"),
    )


SEGMENTS: list[tuple[Segment, str]] = [
    (("m", UP, "2", UP_END, UP, "3", UP_END), "m^23^"),
    (("m", UP, "see  note", UP_END, "x"), "m^see^  ^note^x"),
    (("m", UP, " 2", UP_END, "x"), "m ^2^x"),
    (("a^b^", DOWN, "2", DOWN_END), r"a\^b\^~2~"),
    (("a", DOWN, "註", DOWN_END, "~b"), "a註~b"),
    (("a", UP, UP_END, "b"), "ab"),
    (("a^b",), "a^b"),
]


@pytest.mark.parametrize(("parts", "text"), SEGMENTS)
def test_any_segment_becomes_source_text(parts: Segment, text: str) -> None:
    assert to_source_text(parts) == text


@pytest.mark.parametrize(
    ("text", "display"),
    [
        ("30 m^2^", "30 m²"),
        ("CO~2~", "CO₂"),
        ("the 17^th^", "the 17th"),
        ("10^−6^", "10⁻⁶"),
        ("Plan^TM^", "Plan™"),
        ("e^2y^", "e^(2y)"),
        ("a^*q*^", "a^q"),
        ("K~W~", "K_W"),
        ("免費^註^", "免費^註"),
        ("免費^（註）^", "免費^（註）"),
        ("m²", "m²"),
    ],
)
def test_plain_text_has_superscript_characters(text: str, display: str) -> None:
    assert to_display_text(segment(text)) == display
