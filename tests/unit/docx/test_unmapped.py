"""What Word cannot say is told, once, with the stylesheet's line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Make = Callable[..., Any]


def told(file: Any) -> list[str]:
    return [one.message for one in file.findings if one.code == "unmapped-style"]


def test_a_property_word_has_no_word_for_is_told_with_its_line(word: Make) -> None:
    file = word(
        "<p class='lead'>a</p><p class='lead'>b</p>",
        "p { margin: 0 }\n.lead { color: red;\n  opacity: 0.5 }\n.lead { opacity: 0.4 }",
    )
    assert [str(one) for one in file.findings] == [
        "warning[unmapped-style]: Word cannot follow opacity: 0.5\n  --> test.css:3:3\n"
        "   = hint: leave it out, or say it with margins, borders, tables or type, which both formats have"
    ]


@pytest.mark.parametrize(
    ("css", "message"),
    [
        ("p { transform: rotate(3deg) }", "transform: rotate(3deg)"),
        ("p { display: flex }", "display: flex"),
        ("p { float: left }", "float: left"),
        ("p { position: absolute }", "position: absolute"),
        ("p { border-radius: 3pt }", "border-radius: 3pt"),
        ("p { background: linear-gradient(red, blue) }", "background: linear-gradient(red, blue)"),
        ("p { width: 50% }", "width: 50%"),
        ("p { height: 3cm }", "height: 3cm"),
        ("@media print { p { columns: 2 } }", "columns: 2"),
        ('@page { @left-middle { content: "x" } }', "@left-middle: a margin box"),
    ],
)
def test_what_cannot_be_followed(word: Make, css: str, message: str) -> None:
    assert told(word("<p>a</p>", css)) == [f"Word cannot follow {message}"]


@pytest.mark.parametrize(
    "css",
    [
        "p.never { opacity: 0 }",
        "@media screen { p { opacity: 0 } }",
        "table { width: 50% } td { width: 20% } img { height: 3cm }",
        "p { background: #eeeeee; bookmark-level: 1; --own: 3; width: auto; float: none; display: block }",
        ".footnote { float: footnote } em { text-emphasis: dot }",
    ],
)
def test_what_needs_no_word(word: Make, css: str) -> None:
    assert told(word("<p>a</p><table><tr><td>b</td></tr></table>", css)) == []


def test_the_shipped_stylesheets_say_nothing_that_word_cannot(root: Any, built: dict[str, Any]) -> None:
    from ipdocs.pipeline import build

    outputs = build([root / "fixtures/gd-hk-ip-17-minutes/minutes.yaml"], built["en.docx"].parent / "minutes", formats=["docx"])
    assert [finding for output in outputs for finding in output.findings if finding.code == "unmapped-style"] == []
