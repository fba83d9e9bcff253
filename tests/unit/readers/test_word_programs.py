"""Structures that certain programs write into Word files, as their users have reported."""

from __future__ import annotations

from pathlib import Path

from .word_files import cell, kinds_and_texts, paragraph, part, read_word_file, run

GOOGLE = '<w:sdt><w:sdtPr><w:tag w:val="goog_rdk_0"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>'


def test_google_docs_wraps_rows_in_content_controls(tmp_path: Path) -> None:
    """Google Docs exports rows in a w:sdt with the tag goog_rdk_N: superdoc/docx-editor#3242."""
    rows = "".join(GOOGLE.format(f"<w:tr>{cell(name)}{cell(number)}</w:tr>") for name, number in (("Pier", "7"), ("Quay", "9")))
    imported = read_word_file(tmp_path, f"<w:tbl>{rows}</w:tbl>")
    assert kinds_and_texts(imported) == [("table", "Pier|7 / Quay|9")]


def test_google_docs_wraps_runs_and_paragraphs(tmp_path: Path) -> None:
    """Runs and paragraphs in a w:sdt are invisible to many readers: python-openxml/python-docx#155, docling#853."""
    body = paragraph(run("One ") + GOOGLE.format(GOOGLE.format(run("two")))) + GOOGLE.format(paragraph("Three"))
    assert kinds_and_texts(read_word_file(tmp_path, body)) == [("paragraph", "One two"), ("paragraph", "Three")]


WPS_DIAGONAL = (
    '<mc:AlternateContent><mc:Choice Requires="wpsCustomData"><d:diagonals xmlns:d="urn:example:wps"><d:diagonal from="1"/>'
    "</d:diagonals></mc:Choice></mc:AlternateContent>"
)


def test_wps_writes_alternatives_without_a_fallback(tmp_path: Path) -> None:
    """WPS writes mc:AlternateContent with wpsCustomData and no mc:Fallback: mwilliamson/python-mammoth#163."""
    row = f"<w:tr>{cell('Day', WPS_DIAGONAL)}{cell('7')}</w:tr><w:tr>{cell('Sunday')}{cell('9')}</w:tr>"
    body = f"<w:tbl>{row}</w:tbl>" + paragraph(f"{run('One')}<w:r>{WPS_DIAGONAL}</w:r>{run(' two')}") + WPS_DIAGONAL
    assert kinds_and_texts(read_word_file(tmp_path, body)) == [("table", "Day|7 / Sunday|9"), ("paragraph", "One two")]


def test_wps_settings_with_alternatives_do_not_matter(tmp_path: Path) -> None:
    """WPS writes mc:AlternateContent into the settings: deepseek-ai/DeepSeek-V3#1652."""
    settings = part("w:settings", WPS_DIAGONAL.replace("<d:diagonal ", "<d:diagonal>text</d:diagonal><d:diagonal "))
    assert kinds_and_texts(read_word_file(tmp_path, paragraph("王小旻"), {"settings": settings})) == [("paragraph", "王小旻")]


def test_word_paragraphs_built_around_text_boxes_arrive(tmp_path: Path) -> None:
    """Most words of a file may stand in text boxes of VML: yfedoseev/office_oxide#140."""
    box = "<w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict>"
    inner = (
        paragraph("One")
        + f"<w:tbl><w:tr>{cell('a')}{cell('b')}</w:tr></w:tbl>"
        + paragraph(f"<w:r>{box.format(paragraph('In'))}</w:r>")
    )
    imported = read_word_file(tmp_path, paragraph(f"<w:r>{box.format(inner)}</w:r>"))
    assert kinds_and_texts(imported) == [("paragraph", "One"), ("table", "a|b"), ("paragraph", "In")]


def test_runs_of_pages_and_columns_are_parted(tmp_path: Path) -> None:
    """A page break stands in a run: ECMA-376 Part 1, 17.3.3.1. Breaks at the ends of a paragraph are not text."""
    page = '<w:r><w:br w:type="page"/></w:r>'
    body = paragraph(page + run("One") + page) + paragraph(page) + paragraph(run("Two") + page + run("three"))
    assert kinds_and_texts(read_word_file(tmp_path, body)) == [("paragraph", "One"), ("paragraph", "Two\nthree")]
