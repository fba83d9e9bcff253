"""CSS that Word does not support: one finding for each property, with the stylesheet's line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Make = Callable[..., Any]
BODY = """<h1>A</h1><p>a <em>b</em> <a href="https://example.org/">c</a><sup>d</sup><span class="footnote">e</span></p>
<ul><li>f</li></ul><table><tr><td>g</td></tr></table><hr><figure><img src="a" alt="h"></figure><p>i <img src="a" alt="j"></p>"""


def unsupported(file: Any) -> list[str]:
    """The messages of the findings about unsupported CSS."""
    return [finding.message for finding in file.findings if finding.code == "unmapped-style"]


def test_unsupported_property_is_reported_once_with_its_line(word: Make) -> None:
    file = word(
        "<p class='lead'>a</p><p class='lead'>b</p>",
        "p { margin: 0 }\n.lead { color: red;\n  opacity: 0.5 }\n.lead { opacity: 0.4 }",
    )
    (finding,) = file.findings
    assert (finding.code, finding.severity, str(finding.location)) == ("unmapped-style", "warning", "test.css:3:3")
    assert "opacity: 0.5" in finding.message
    assert finding.hint


@pytest.mark.parametrize(
    ("css", "declaration"),
    [
        ("p { transform: rotate(3deg) }", "transform: rotate(3deg)"),
        ("p { display: flex }", "display: flex"),
        ("p { float: left }", "float: left"),
        ("p { position: absolute }", "position: absolute"),
        ("p { border-radius: 3pt }", "border-radius: 3pt"),
        ("p { background: linear-gradient(red, blue) }", "background: linear-gradient(red, blue)"),
        ("p { width: 50% }", "width: 50%"),
        ("p { background: url(x.png) }", "background: url(x.png)"),
        ("p::before { content: url(x.png) }", "content: url(x.png) on ::before"),
        ("p { visibility: hidden }", "visibility: hidden"),
        ("p { height: 3cm }", "height: 3cm"),
        ("@media print { p { columns: 2 } }", "columns: 2"),
        ('@page { @left-middle { content: "x" } }', "@left-middle"),
        ("p { text-decoration: overline }", "text-decoration: overline"),
        ("p { text-decoration: line-through double }", "text-decoration: line-through double"),
        ("p { text-decoration: underline red }", "text-decoration: underline red"),
        ("p { text-transform: capitalize }", "text-transform: capitalize"),
        ("p { text-align: justify-all }", "text-align: justify-all"),
        ("p { white-space: pre }", "white-space: pre"),
        ("p { orphans: 5 }", "orphans: 5"),
        ("p { break-before: right }", "break-before: right"),
        ("p { border: 20pt solid }", "border: 20pt solid"),
        ("p { border: 3pt ridge }", "border: 3pt ridge"),
        ("p { border: 1pt solid; padding: 60pt }", "padding: 60pt"),
        ("p { margin-top: -30pt }", "margin-top: -30pt"),
        ("p { margin-left: calc(1% + 2em) }", "margin-left: calc(1% + 2em)"),
        ("p { display: inline-block }", "display: inline-block"),
        ("p { display: table }", "display: table"),
        ("p { display: table-cell }", "display: table-cell"),
        ("p { position: running(head) }", "position: running(head)"),
        ("p { position: relative; top: 3pt }", "position: relative"),
        ("p { em { opacity: 0.5 } }", "opacity: 0.5"),
        ("@layer office { p { opacity: 0.5 } }", "opacity: 0.5"),
        ("p { unheard-of: 3 }", "unheard-of: 3"),
        ("p { text-emphasis: sesame }", "text-emphasis: sesame"),
        ("em { padding: 3pt }", "padding: 3pt on <em>"),
        ("em { border-bottom: 1pt solid }", "border-bottom: 1pt solid on <em>"),
        ("em { margin-left: 20pt }", "margin-left: 20pt on <em>"),
        ("em { display: block }", "display: block"),
        ("em { line-height: 3 }", "line-height: 3"),
        ("sup { vertical-align: baseline }", "vertical-align: baseline"),
        ("img { border: 2pt solid }", "border: 2pt solid on <img>"),
        ("img { vertical-align: middle }", "vertical-align: middle"),
        ("table { border: 3pt solid }", "border: 3pt solid"),
        ("table { background: #eeeeee }", "background: #eeeeee on <table>"),
        ("table { border-collapse: separate; border-spacing: 3pt }", "border-spacing: 3pt"),
        ("table { width: 50%; margin-left: auto }", "margin-left: auto"),
        ("td { width: calc(50% - 3pt) }", "width: calc(50% - 3pt)"),
        ("tr { break-before: page }", "break-before: page"),
        ("ul { list-style-position: inside }", "list-style-position: inside"),
        ("hr { border: 1pt solid }", "border: 1pt solid"),
        (".footnote { border: 1pt solid }", "border: 1pt solid on <span>"),
        ("p::first-letter { font-size: 40pt }", "font-size: 40pt on ::first-letter"),
        ("p::first-line { font-weight: bold }", "font-weight: bold on ::first-line"),
        ("p::after { content: counter(page) }", "content: counter(page) on ::after"),
        ("ul::before { content: 'x' }", "content: \"x\" on ::before"),
        ("li::marker { content: '*' }", "content: \"*\" on ::marker"),
        ("body { background: pink }", "background: pink on <body>"),
        ("@page { background: pink }", "background: pink in @page"),
        ("@page { border: 1pt solid }", "border: 1pt solid in @page"),
        ("@page { padding: 1pt }", "padding: 1pt in @page"),
        ("@page { marks: crop }", "marks: crop in @page"),
        ("@page { bleed: 3mm }", "bleed: 3mm in @page"),
        ("@page { counter-reset: page 5 }", "counter-reset: page 5 in @page"),
        ("@page { @footnote { background: pink } }", "@footnote"),
        ("p::after { content: leader('.') 'x' }", "content: leader(\".\") \"x\" on ::after"),
        ("@page :first { margin-top: 200pt }", "margin-top: 200pt on @page :first"),
        ("@page :left { margin-left: 150pt }", "margin-left: 150pt on @page :left"),
        ("@page :blank { margin: 0 }", "margin: 0 on @page :blank"),
        ("@page { @bottom-center { content: element(head) } }", "content: element(head) in @bottom-center"),
        ("@page { @bottom-center { background: pink } }", "background: pink in @bottom-center"),
        ("@page { @bottom-center { vertical-align: top } }", "vertical-align: top in @bottom-center"),
        ("@page { @bottom-center { text-align: right } }", "text-align: right in @bottom-center"),
        ('@page { @bottom-left { content: "a" } @bottom-right { content: "b"; border-top: 1pt solid } }',
         "border-top: 1pt solid in @bottom-right"),
    ],
)  # fmt: skip
def test_unsupported_declaration_is_reported(word: Make, picture: Make, css: str, declaration: str) -> None:
    (message,) = unsupported(word(BODY, css, assets={"a": picture(4, 3)}))
    assert declaration in message


def test_location_is_that_of_the_winning_declaration(word: Make) -> None:
    file = word("<p><em>a</em> <strong>b</strong></p>", "em,\nstrong {\n  border: 1pt solid;\n  padding: 1pt }")
    assert [(finding.location.line, finding.location.column) for finding in file.findings] == [(3, 3), (4, 3)]
    declarations = ("border: 1pt solid on <em>", "padding: 1pt on <em>")
    for finding, declaration in zip(file.findings, declarations, strict=True):
        assert declaration in finding.message


@pytest.mark.parametrize(
    "css",
    [
        "p.never { opacity: 0 }",
        "@media screen { p { opacity: 0 } }",
        "table { width: 50% } td { width: 20% } img { height: 3cm }",
        "p { background: #eeeeee; bookmark-level: 1; --own: 3; width: auto; float: none; display: block }",
        ".footnote { float: footnote } em { text-emphasis: dot }",
        "p { opacity: 1; transform: none; border-radius: 0; columns: auto; visibility: visible; overflow: visible }",
        "p { box-shadow: none; outline: none; position: static; clear: both; z-index: 3; cursor: pointer }",
        "p { opacity: 0.5 } p { opacity: 1 }",
        "p { opacity: inherit; hyphens: none; text-align: justify; position: relative; min-width: 0; max-width: none }",
        "p { margin-top: -3pt; margin-left: calc(1% + 2pt); font: italic 12pt/1.5 ip-serif; color: var(--own) }",
        "p { border: 3pt double; padding: 20pt; text-transform: uppercase; font-variant-caps: small-caps; columns: initial }",
        "em { background-color: yellow; vertical-align: super; border: none; display: none; opacity: 0.5 }",
        "table, td { border: 1pt solid } table { margin: 0 auto; caption-side: bottom } tr { border-top: 2pt solid }",
        "img { border: none; vertical-align: baseline } figure img { display: block; vertical-align: top }",
        "p::before { content: 'Note: ' } a::after { content: ' (' attr(href) ')' } em::after { content: none; display: block }",
        "@page { bleed: auto; marks: none } @page :first { margin: 58.5pt 69.6pt; @top-left { content: 'x' } }",
        "@page { @left-middle { content: none; font-size: 9pt } @bottom-center { border-top: 1pt solid; padding-top: 3pt } }",
        "p { width: min-content; colour: initial }",
        "p::after { content: leader(' ') 'x' }",
        "@page { @footnote { margin-top: 6pt; border-top: 1pt solid; padding-top: 3pt } }",
    ],
)
def test_supported_css_is_not_reported(word: Make, picture: Make, css: str) -> None:
    assert unsupported(word(BODY, css, assets={"a": picture(4, 3)})) == []


def test_word_supports_the_shipped_stylesheets(root: Any, built: dict[str, Any]) -> None:
    from ipdocs.pipeline.build import build
    from ipdocs.pipeline.request import BuildRequest

    outputs = build(
        [root / "fixtures/gd-hk-ip-17-minutes/minutes.yaml"], built["en.docx"].parent / "minutes", BuildRequest(formats=("docx",))
    )
    assert [finding for output in outputs for finding in output.findings if finding.code == "unmapped-style"] == []
