"""Files have the text that a stylesheet adds or changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ipdocs.pipeline.build import build
from ipdocs.pipeline.request import BuildRequest
from ipdocs.templating.html_document import HtmlDocument
from ipdocs.verification.comparison import compare
from ipdocs.verification.expectation import build_expectation
from ipdocs.verification.read_document import ReadDocument, ReadParagraph

ROOT = Path(__file__).resolve().parents[3]
SOURCE = """\
schema: 1
kind: press-release
id: one
style: gia
issued: 2018-08-21T18:30+08:00
languages: [en, tc]
title: {en: "A title", tc: "標題"}
issuer: {en: "Example Office", tc: "示例辦事處"}
body:
  - id: lead
    paragraph: {en: "Words, *more of them* and [a page](https://example.org/).", tc: "文字，*還有*[一頁](https://example.org/)。"}
  - id: aims
    heading: {en: "Aims", tc: "目的"}
  - id: numbers
    table:
      caption: {en: "The numbers", tc: "數字"}
      head: [{en: "Year", tc: "年份"}, {en: "Number", tc: "數目"}]
      rows: [[{en: "First", tc: "首年"}, {en: "Two", tc: "兩項"}]]
  - id: last
    paragraph: {en: "The end.", tc: "完結。"}
"""


@pytest.fixture
def office(tmp_path: Path) -> Callable[[str], Path]:
    """Return a function that makes a workspace with more style rules and one release, and returns the release."""

    def make(css: str) -> Path:
        folder = tmp_path / "templates/press-release"
        folder.mkdir(parents=True)
        (tmp_path / "locales").mkdir()
        shipped = (ROOT / "templates/press-release/style.css").read_text("utf-8")
        (folder / "style.css").write_text(f"{shipped}\n{css}\n", "utf-8")
        source = tmp_path / "one/release.yaml"
        source.parent.mkdir()
        source.write_text(SOURCE, "utf-8")
        return source

    return make


@pytest.mark.parametrize(
    "css",
    [
        ".lead { text-transform: uppercase } h2 { text-transform: uppercase }",
        ".lead, td { font-variant-caps: small-caps }",
        ".lead { text-transform: capitalize } td { text-transform: full-width }",
        "caption { caption-side: bottom }",
        '.lead::before { content: "Note: "; text-transform: uppercase } a::after { content: " (" attr(href) ")" }',
        'h2::before { content: "Part " counter(part, upper-roman) ". " } body { counter-reset: part 8 }',
        "p::after { content: counter(page) } em::before { content: open-quote } em::after { content: close-quote }",
        "p { visibility: hidden } em { visibility: visible }",
        "em { display: none } td:last-child::after { content: counter(page) }",
        ".issuer { position: running(office) } @page { @top-center { content: element(office) } }",
        "ul::before, dl::before { content: 'x' } td::before { content: '– ' }",
    ],
)
def test_files_have_the_text_that_the_stylesheet_makes(office: Callable[[str], Path], css: str, tmp_path: Path) -> None:
    outputs = build([office(css)], tmp_path / "out", BuildRequest(editions=("en", "tc", "en+tc"), formats=("docx", "pdf")))
    assert len(outputs) == 6


@pytest.mark.parametrize(
    ("css", "form", "lines", "code", "values"),
    [
        ("p { text-transform: uppercase }", "pdf", ["NOTES", "A TITLE"], None, ()),
        ("p { text-transform: uppercase }", "docx", ["Notes", "A title"], None, ()),
        ("p { text-transform: uppercase }", "pdf", ["NOTES", "A TITEL"], "block-differs", ("'b' of en", "A TITEL", "A TITLE")),
        ("p::before { content: 'Note: ' }", "pdf", ["Note: Notes", "Note: A title"], None, ()),
        (
            "p::before { content: 'Note: ' }",
            "docx",
            ["Note: Notes", "A title"],
            "block-differs",
            ("'b' of en", "A title", "Note: A title"),
        ),
        ("p::before { content: counter(page) }", "pdf", ["1Notes", "12A title"], None, ()),
        ("p::before { content: counter(page) }", "docx", ["Notes", "A title"], None, ()),
        ("p::before { content: counter(page) }", "docx", ["1Notes", "A title"], "unexpected-text", ("'a' of en", "“1”")),
        (
            "p::before { content: counter(page) }",
            "pdf",
            ["1Notes", "In confidence: A title"],
            "unexpected-text",
            ("'b' of en", "“In confidence:”"),
        ),
        ("p::after { content: counter(page) }", "pdf", ["Notes1", "A title2"], None, ()),
        (
            "p::after { content: counter(page) }",
            "pdf",
            ["Notes1", "A title2 and more of it"],
            "unexpected-text",
            ("'b' of en", "“2 and more of it”"),
        ),
    ],
)
def test_differences_from_the_styled_text_are_reported(
    tree_of: Callable[..., HtmlDocument], css: str, form: str, lines: list[str], code: str | None, values: tuple[str, ...]
) -> None:
    page = (
        '<html lang="en"><body><article lang="en"><p data-block="en:a">Notes</p><p data-block="en:b">A title</p></article></body>'
    )
    actual = ReadDocument([ReadParagraph(line) for line in lines], title="A title", language="en")
    findings = compare(build_expectation(tree_of(page, css), {}, form), actual, Path("one"))
    assert [finding.code for finding in findings] == ([] if code is None else [code])
    assert all(value in finding.message for finding in findings for value in values)


@pytest.mark.parametrize(
    ("heading", "codes"),
    [
        ("1. Aims", []),
        ("IV. Aims", []),
        ("Aims", ["wrong-headings"]),
        ("1. Arms", ["wrong-headings"]),
        ("1. Aims so far", ["wrong-headings"]),
    ],
)
def test_heading_with_a_counter_is_the_same_heading(tree_of: Callable[..., HtmlDocument], heading: str, codes: list[str]) -> None:
    page = '<html lang="en"><body><article lang="en"><h1>A title</h1><h2>Aims</h2></article></body>'
    expectation = build_expectation(tree_of(page, "h2::before { content: counter(h2) '. ' }"), {}, "pdf")
    actual = ReadDocument([ReadParagraph("A title", level=1), ReadParagraph(heading, level=2)], title="A title", language="en")
    findings = compare(expectation, actual, Path("one"))
    assert [finding.code for finding in findings if finding.code == "wrong-headings"] == codes


def test_note_has_the_text_that_the_stylesheet_makes(tree_of: Callable[..., HtmlDocument]) -> None:
    page = '<html lang="en"><body><article lang="en"><p>a<span class="footnote">One <em>note</em></span></p></article></body>'
    css = ".footnote { text-transform: uppercase } em::after { content: '!' }"
    assert [line.text for line in build_expectation(tree_of(page, css), {}, "pdf").notes] == ["ONE NOTE!"]
    assert [line.text for line in build_expectation(tree_of(page, css), {}, "docx").notes] == ["One note!"]
