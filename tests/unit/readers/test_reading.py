"""Readers of text, web pages and Word files, and the drafts made from what they read."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from ipdocs.files.ooxml.names import qualified_name
from ipdocs.importing.document_draft import make_draft
from ipdocs.importing.noise import without_noise
from ipdocs.importing.paragraph import ImportedFile, ImportedParagraph
from ipdocs.importing.readers import text, web, word
from ipdocs.importing.readers.list_markers import find_list_marker, split_list_items
from ipdocs.source.segment import to_source_text
from ipdocs.workspace import Workspace


def kinds_and_texts(imported: ImportedFile) -> list[tuple[str, str]]:
    return [(paragraph.kind, to_source_text(paragraph.content)) for paragraph in imported.paragraphs]


@pytest.fixture
def page(tmp_path: Path) -> Callable[[str], ImportedFile]:
    def read(body: str) -> ImportedFile:
        path = tmp_path / "page.html"
        path.write_text(f"<html><head><title>x</title></head><body>{body}</body></html>", "utf-8")
        return web.read(path)

    return read


@pytest.fixture
def lines(tmp_path: Path) -> Callable[[str], ImportedFile]:
    def read(content: str) -> ImportedFile:
        path = tmp_path / "release.txt"
        path.write_text(content, "utf-8")
        return text.read(path)

    return read


def read_word(tmp_path: Path, make: Callable[[Any], None]) -> ImportedFile:
    from docx import Document

    document = Document()
    make(document)
    stream = BytesIO()
    document.save(stream)
    path = tmp_path / "release.docx"
    path.write_bytes(stream.getvalue())
    return word.read(path)


@pytest.mark.parametrize(
    ("line", "marker"),
    [
        ("• Enhancing", ("bullet", 2)),
        ("＊為首次", ("bullet", 1)),
        ("* one", ("bullet", 2)),
        ("(a) one", ("letter", 4)),
        ("(i) one", ("roman", 4)),
        ("1. one", ("number", 3)),
        ("（1）甲", ("number", 3)),
        ("*emphasis*", None),
        ("2018 was a year", None),
        ("17.5 per cent", None),
        ("-5 degrees", None),
    ],
)
def test_items_begin_with_markers(line: str, marker: tuple[str, int] | None) -> None:
    assert find_list_marker(line) == marker


def test_bullets_on_one_line_are_split() -> None:
    assert split_list_items("Promoting exchange; • Strengthening service; and") == [
        ("", "Promoting exchange;"),
        ("•", "Strengthening service; and"),
    ]
    assert split_list_items("A • in a sentence") == [("", "A • in a sentence")]


def test_wrapped_lines_are_joined(lines: Callable[[str], ImportedFile]) -> None:
    imported = lines(
        "This line was broken by a mail program after some sixty signs\nand goes on here.\nShort\nlines\n\n中文一行\n"
    )
    assert kinds_and_texts(imported) == [
        ("paragraph", "This line was broken by a mail program after some sixty signs and goes on here."),
        ("paragraph", "Short"),
        ("paragraph", "lines"),
        ("paragraph", "中文一行"),
    ]


def test_markup_characters_in_text_are_escaped(lines: Callable[[str], ImportedFile]) -> None:
    assert kinds_and_texts(lines("Braces {{ x }} and [a](b) and *c* here")) == [
        ("paragraph", r"Braces \{\{ x \}\} and \[a\](b) and \*c\* here")
    ]


@pytest.mark.parametrize(
    ("encoding", "content"), [("big5", "海港辦事處今日宣布延長開放時間。"), ("gbk", "海港办事处今日宣布延长开放时间。")]
)
def test_text_in_an_older_character_set_is_read_with_a_warning(tmp_path: Path, encoding: str, content: str) -> None:
    path = tmp_path / "release.txt"
    path.write_bytes(content.encode(encoding))
    imported = text.read(path)
    assert kinds_and_texts(imported) == [("paragraph", content)]
    assert [finding.code for finding in imported.findings] == ["assumed-encoding"]


def test_a_web_page_is_read_without_its_navigation(page: Callable[[str], ImportedFile]) -> None:
    imported = page(
        "<nav><a href='/'>Home</a></nav><div class='share-bar'>Share</div><script>x()</script>"
        "<h1>Title</h1><p>One <b>strong</b> and <a href='https://www.example.org/(a)'>link</a>.<br>Two.</p>"
        "<p><a href='javascript:x()'>no link</a></p><ul><li>a<ul><li>b</li></ul></li></ul><blockquote><p>Said.</p></blockquote>"
        "<h3>Head</h3>loose <i>text</i><footer>© x</footer>"
    )
    assert kinds_and_texts(imported) == [
        ("title", "Title"),
        ("paragraph", "One **strong** and [link](https://www.example.org/\\(a\\)).\nTwo."),
        ("paragraph", "no link"),
        ("item", "a"),
        ("item", "b"),
        ("quotation", "Said."),
        ("heading", "Head"),
        ("paragraph", "loose *text*"),
    ]
    assert [paragraph.level for paragraph in imported.paragraphs if paragraph.kind == "item"] == [0, 1]
    assert [(left_out.text, left_out.description) for left_out in imported.left_out] == [
        ("x", "properties of the file"),
        ("Home", "navigation"),
        ("Share", "navigation: named 'share'"),
        ("© x", "page footer"),
        ("1 × <script>", "script or style sheet"),
    ]


def test_a_layout_table_is_not_imported_as_a_table(page: Callable[[str], ImportedFile]) -> None:
    imported = page(
        "<table><tr><td><table><caption>C</caption><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table></td></tr></table>"
    )
    (table,) = imported.paragraphs
    assert (table.content, table.rows, table.has_header) == (("C",), ((("a",), ("b",)), (("1",), ("2",))), True)


def test_word_paragraphs_are_recognised_by_their_styles(tmp_path: Path) -> None:
    def make(document: Any) -> None:
        document.add_heading("Title", 0)
        document.add_heading("A part", 2)
        paragraph = document.add_paragraph("Plain, ")
        paragraph.add_run("str").bold = True
        paragraph.add_run("ong").bold = True
        paragraph.add_run(" and ")
        paragraph.add_run("slanted").italic = True
        document.add_paragraph("• typed; • twice")
        document.add_paragraph("Said", style="Quote")
        table = document.add_table(2, 2)
        table.cell(0, 0).text = "x"

    imported = read_word(tmp_path, make)
    assert kinds_and_texts(imported)[:6] == [
        ("title", "Title"),
        ("heading", "A part"),
        ("paragraph", "Plain, **strong** and *slanted*"),
        ("item", "typed;"),
        ("item", "twice"),
        ("quotation", "Said"),
    ]
    assert imported.paragraphs[6].rows[0][0] == ("x",)
    assert imported.run_together == [(4, "typed; • twice")]


def test_tracked_changes_are_read_as_accepted(tmp_path: Path) -> None:
    def make(document: Any) -> None:
        from lxml import etree

        paragraph = document.add_paragraph("Kept ")
        space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        for tag, inner in (("ins", "<w:t>new</w:t>"), ("del", "<w:delText>old</w:delText>")):
            paragraph._p.append(
                etree.fromstring(f'<w:{tag} xmlns:w="{space}" w:id="1" w:author="x"><w:r>{inner}</w:r></w:{tag}>')
            )

    assert kinds_and_texts(read_word(tmp_path, make)) == [("paragraph", "Kept new")]


def paragraphs(*texts: str) -> ImportedFile:
    return ImportedFile([ImportedParagraph("paragraph", (words,), number) for number, words in enumerate(texts, 1)])


def test_noise_is_left_out_with_a_reason() -> None:
    imported = without_noise(
        paragraphs(
            "Bookmark and Share", "Skip to main content", "Home > News", "Text that stays.", "Related Articles", "Law Firms"
        ),
        Workspace(),
    )
    assert kinds_and_texts(imported) == [("paragraph", "Text that stays.")]
    assert [(left_out.text, left_out.description) for left_out in imported.left_out] == [
        ("Bookmark and Share", "sharing link"),
        ("Skip to main content", "navigation"),
        ("Home > News", "navigation"),
        ("Related Articles", "related content"),
        ("Law Firms", "related content"),
    ]


def test_a_heading_before_a_long_paragraph_is_not_noise() -> None:
    imported = without_noise(
        paragraphs("Related Articles", "A long paragraph follows and so the line before it leads nowhere else. " * 3), Workspace()
    )
    assert len(imported.paragraphs) == 2
    assert imported.left_out == []


def test_template_lines_become_date_and_reference() -> None:
    release = make_draft(
        paragraphs("Reference: EX 1/2", "A title (with photo)", "Body.", "Ends/Tuesday, August 21, 2018", "Issued at HKT 18:30"),
        "en",
        Workspace(),
    )
    assert (release.reference, release.title, release.issued) == ("EX 1/2", ("A title",), "Tuesday, August 21, 2018")
    assert (release.issue_time, release.style) == ("18:30", "gia")
    assert [block.full_text for block in release.blocks] == ["Body."]
    assert {left_out.reason for left_out in release.left_out} == {"written by the template"}


def test_a_paragraph_ending_in_a_colon_introduces_a_list() -> None:
    imported = [
        ImportedParagraph("paragraph", ("Areas:",), 1),
        ImportedParagraph("item", ("a;",), 2),
        ImportedParagraph("item", ("b.",), 3),
    ]
    (block,) = make_draft(ImportedFile([ImportedParagraph("title", ("T",), 0), *imported]), "en", Workspace()).blocks
    assert (block.kind, block.has_intro, block.levels) == ("list", True, (0, 0))


def test_a_non_breaking_hyphen_of_word_is_a_hyphen(tmp_path: Path) -> None:
    def make(document: Any) -> None:
        run = document.add_paragraph("The plan for 2018").runs[0]
        run._r.append(run._r.makeelement(qualified_name("noBreakHyphen"), {}))
        run.add_text("19.")

    assert kinds_and_texts(read_word(tmp_path, make)) == [("paragraph", "The plan for 2018-19.")]
