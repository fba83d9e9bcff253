"""Tables, and blocks side by side."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Make = Callable[..., Any]
SPACES = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
TABLE = """<table><caption>Cases by year</caption>
<thead><tr><th scope="col">Year</th><th scope="col" colspan="2">Cases</th></tr></thead>
<tbody><tr><td rowspan="2">2018</td><td>14</td><td>15</td></tr><tr><td colspan="2">16</td></tr></tbody></table>"""
SIDES = (("English", "繁體中文"), ("<h2>Aims</h2>", "<h2>宗旨</h2>"), ('<p class="intro">These:</p><ul><li>one</li></ul>', ""))
ROWS = "".join(
    f'<div class="{name}"><div class="cell" lang="en">{left}</div><div class="cell" lang="zh-Hant-HK">{right}</div></div>'
    for name, (left, right) in zip(("head", "row", "row"), SIDES, strict=True)
)
PARALLEL = f'<html lang="en"><body><div class="parallel of-2 of-1-latin">{ROWS}</div></body></html>'


def cell(file: Any, words: str) -> Any:
    return next(cell for cell in file.find("//w:tc") if words in "".join(cell.itertext()))


def value(node: Any, path: str) -> Any:
    return node.xpath(path, namespaces=SPACES)


def test_header_row_is_repeated_and_rows_do_not_break(word: Make) -> None:
    rows = word(TABLE).find("//w:tr")
    assert [value(row, "count(w:trPr/w:tblHeader[not(@*)])") for row in rows] == [1, 0, 0]
    assert [value(row, "count(w:trPr/w:cantSplit)") for row in rows] == [1, 1, 1]


@pytest.mark.parametrize(
    ("left", "right", "whole"),
    [
        ('<div class="item"><p>a</p><p>b</p></div>', '<div class="item"><p>c</p></div>', 1),
        ('<div class="item"><p>a</p><p>b</p></div>', "", 1),
        ('<div class="item"><p>a</p></div>', "<p>c</p>", 0),
        ('<div class="item"><p>a</p></div><p>b</p>', '<div class="item"><p>c</p></div>', 0),
        ("<p>a</p>", "words", 0),
        ("", "", 0),
    ],
)
def test_row_of_unbreakable_blocks_does_not_break(word: Make, left: str, right: str, whole: int) -> None:
    row = f"<tr><td>{left}</td><td>{right}</td></tr>"
    file = word(f"<table>{row}</table>", ".item { break-inside: avoid } tr { break-inside: auto }")
    assert value(file.root(), "count(//w:trPr/w:cantSplit)") == whole


def test_cells_span_columns_and_rows(word: Make) -> None:
    file = word(TABLE)
    assert value(cell(file, "Cases"), "string(w:tcPr/w:gridSpan/@w:val)") == "2"
    assert value(cell(file, "2018"), "string(w:tcPr/w:vMerge/@w:val)") == "restart"
    last = file.find("//w:tr")[2]
    assert [value(cell, "count(w:tcPr/w:vMerge[not(@*)])") for cell in value(last, "w:tc")] == [1, 0]


def test_columns_fill_the_width_and_cells_have_widths(word: Make) -> None:
    file = word(TABLE, "@page { size: A4; margin: 25mm }")
    grid = [int(twips) for twips in file.find("//w:gridCol/@w:w")]
    half_borders = 15
    assert sum(grid) + half_borders == pytest.approx(160 / 25.4 * 1440, abs=3)
    for row in file.find("//w:tr"):
        assert sum(int(twips) for twips in value(row, "w:tc/w:tcPr/w:tcW/@w:w")) == sum(grid)
    assert file.find("string(//w:tblLayout/@w:type)") == "fixed"


@pytest.mark.parametrize(
    ("css", "shares"),
    [
        ("table { table-layout: fixed } th:first-child { width: 25%; box-sizing: border-box }", (25, 37.5, 37.5)),
        ("th:first-child { width: 25% } td { padding: 0 }", (25, None, None)),
    ],
)
def test_column_widths_follow_the_stylesheet(word: Make, css: str, shares: tuple[float | None, ...]) -> None:
    grid = [int(twips) for twips in word(TABLE, css).find("//w:gridCol/@w:w")]
    for width, share in zip(grid, shares, strict=True):
        assert share is None or width / sum(grid) * 100 == pytest.approx(share, abs=0.3)


def test_column_of_long_text_is_wider(word: Make) -> None:
    first, second = (
        int(twips) for twips in word(f"<table><tr><td>9</td><td>{'many words ' * 20}</td></tr></table>").find("//w:gridCol/@w:w")
    )
    assert second > 5 * first


def test_uniform_border_belongs_to_the_table(word: Make) -> None:
    assert value(word(TABLE).root(), "count(//w:tblBorders/*)") == 6
    file = word(TABLE, "th, td { border: none } th { border-bottom: 1.5pt solid #a3170f }")
    assert value(file.root(), "count(//w:tblBorders)") == 0
    assert value(cell(file, "Year"), "string(w:tcPr/w:tcBorders/w:bottom/@w:sz)") == "12"
    assert value(cell(file, "14"), "count(w:tcPr/w:tcBorders)") == 0


def test_cell_margins_are_padding_and_half_the_border(word: Make) -> None:
    file = word(TABLE, "td, th { padding: 3pt 6pt; border: 1pt solid black }")
    margins = {value(margin, "local-name()"): value(margin, "string(@w:w)") for margin in file.find("//w:tblCellMar/*")}
    assert margins == {"top": "60", "left": "130", "bottom": "60", "right": "130"}


def test_cell_takes_the_background_of_its_row(word: Make) -> None:
    file = word(TABLE, "th { background: #112233 } tbody tr { background: #445566 }")
    assert value(cell(file, "Year"), "string(w:tcPr/w:shd/@w:fill)") == "112233"
    assert value(cell(file, "14"), "string(w:tcPr/w:shd/@w:fill)") == "445566"


def test_caption_is_the_title_of_its_table(word: Make) -> None:
    file = word(TABLE)
    assert file.find("string(//w:tblCaption/@w:val)") == "Cases by year"
    assert value(file.paragraph("Cases by year"), "count(following-sibling::*[1][self::w:tbl])") == 1
    assert file.format_value("Cases by year", "w:pPr/w:keepNext") != ""


def test_thin_paragraph_follows_each_table(word: Make) -> None:
    table = "<table><tr><td>a</td></tr></table>"
    body = word(table + table).find("/w:document/w:body/*")
    assert [value(item, "local-name()") for item in body] == ["tbl", "p", "tbl", "p", "sectPr"]
    assert value(body[1], "string(w:pPr/w:spacing/@w:lineRule)") == "exact"


def test_margin_of_a_table_is_space_before_the_next(word: Make) -> None:
    file = word(TABLE + "<p>words</p>", "table { margin: 0 0 12pt }")
    assert file.format_value("words", "w:pPr/w:spacing/@w:before") == "240"


def test_parallel_languages_are_a_borderless_table(word: Make) -> None:
    file = word(PARALLEL)
    assert value(file.root(), "count(//w:tbl)") == 1
    assert value(file.root(), "count(//w:tblBorders | //w:tcBorders)") == 0
    head = file.find("//w:tr")[0]
    assert value(head, "count(w:trPr/w:tblHeader)") == 1
    assert file.find("string(//w:tblCaption/@w:val)") == "English / 繁體中文"


def test_only_a_heading_row_is_kept_with_the_next(word: Make) -> None:
    file = word(PARALLEL)
    for words in ("Aims", "宗旨"):
        assert file.format_value(words, "w:pPr/w:keepNext[not(@w:val='0')]") != ""
    assert value(file.paragraph("These"), "string(w:pPr/w:keepNext/@w:val)") == "0"


def test_every_cell_ends_with_a_paragraph(word: Make) -> None:
    for cell in word(PARALLEL).find("//w:tc"):
        assert value(cell, "local-name(*[last()])") == "p"


def test_nested_table_is_as_wide_as_its_cell(word: Make) -> None:
    inner = '<table class="inner"><tr><td>a</td><td>b</td></tr></table>'
    css = "@page { size: A4; margin: 25mm } td { padding: 0; border: none } .outer > tbody > tr > td:first-child { width: 40% }"
    file = word(f'<table class="outer"><tbody><tr><td>{inner}</td><td>c</td></tr></tbody></table>', css)
    outer, within = (sum(int(twips) for twips in value(grid, "w:gridCol/@w:w")) for grid in file.find("//w:tblGrid"))
    assert within / outer == pytest.approx(0.4, abs=0.01)


def test_margin_of_a_nested_table_stays_in_its_cell(word: Make) -> None:
    inner = '<table style="margin: 0 0 9pt"><tr><td>a</td></tr></table>'
    last = word(f"<table><tr><td>{inner}</td></tr></table>").find("//w:tc[w:tbl]/*")[-1]
    assert value(last, "string(w:pPr/w:spacing/@w:line)") == "180"
    # LibreOffice takes an empty paragraph there away.
    assert value(last, "string(w:r/w:t)") == " "
