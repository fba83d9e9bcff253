"""Widths of columns, as CSS divides them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipdocs.templating.html_document import HtmlDocument
from ipdocs.workspace import Workspace
from ipdocs.writers import pdf
from ipdocs.writers.docx.columns import TableColumn, auto_layout_widths, fixed_layout_widths
from ipdocs.writers.docx.text_width import text_width, unbreakable_pieces

lengths = st.just(0.0) | st.floats(0.01, 400)
columns = st.lists(
    st.builds(
        lambda narrowest, extra, percent: TableColumn(narrowest, narrowest + extra, None, percent),
        lengths,
        lengths,
        st.none() | st.floats(1, 60),
    ),
    min_size=1,
    max_size=6,
)


@given(columns, st.floats(10, 1000))
def test_columns_fill_the_width_and_hold_their_content(table_columns: list[TableColumn], room: float) -> None:
    widths = auto_layout_widths(table_columns, room, room)
    assert sum(widths) == pytest.approx(max(room, sum(column.min_content for column in table_columns)))
    assert all(got >= column.min_content - 1e-6 for got, column in zip(widths, table_columns, strict=True))


@pytest.mark.parametrize(
    ("table_columns", "room", "expected"),
    [
        ([TableColumn(10, 50), TableColumn(10, 150)], 400, [100, 300]),
        ([TableColumn(10, 50), TableColumn(10, 150)], 110, [30, 80]),
        ([TableColumn(10, 50, percent=25), TableColumn(10, 150)], 400, [100, 300]),
        ([TableColumn(10, 60, fixed=60), TableColumn(10, 150)], 400, [60, 340]),
        ([TableColumn(0, 60, percent=40), TableColumn(0, 60, percent=40)], 400, [200, 200]),
        ([TableColumn(80, 90), TableColumn(80, 90)], 100, [80, 80]),
    ],
)
def test_column_widths_follow_css(table_columns: list[TableColumn], room: float, expected: list[float]) -> None:
    assert auto_layout_widths(table_columns, room, room) == pytest.approx(expected)


def test_table_without_width_fits_its_content() -> None:
    assert auto_layout_widths([TableColumn(10, 50), TableColumn(10, 70)], None, 400) == [50, 70]


def test_fixed_layout_shares_the_rest_evenly() -> None:
    assert fixed_layout_widths([TableColumn(percent=50), TableColumn(), TableColumn()], 400) == [200, 100, 100]
    assert fixed_layout_widths([TableColumn(fixed=100), TableColumn(fixed=100)], 400) == [200, 200]
    assert fixed_layout_widths(
        [TableColumn(percent=50, padding_and_borders=10), TableColumn(percent=50, padding_and_borders=10)], 400
    ) == [210, 210]


def test_text_width_is_the_sum_of_its_advances() -> None:
    assert text_width("IP", 12, "Times New Roman", bold=False, chinese=False) == pytest.approx(12 * (0.333 + 0.556))
    assert text_width("IP", 12, "Arial", bold=True, chinese=False) == pytest.approx(12 * (0.278 + 0.667))
    assert text_width("知識·", 12, "Times New Roman", bold=False, chinese=True) == 36
    assert text_width("3\u00a0IP", 12, "Arial", bold=False, chinese=False) == text_width(
        "3 IP", 12, "Arial", bold=False, chinese=False
    )


def test_text_breaks_at_spaces_hyphens_and_chinese_characters() -> None:
    assert list(unbreakable_pieces("co-operation in 知識 IP")) == ["co-", "operation", "in", "知", "識", "IP"]
    assert list(unbreakable_pieces("for $14\u00a0million")) == ["for", "$14\u00a0million"]


ENGLISH = "Quarterly figures show how many applications were received, examined and granted in each class of goods."
CHINESE = "各類別的申請數字顯示本季接獲、審查及批准的申請，詳情載於「附件一」。"


@pytest.mark.parametrize(
    ("rows", "css"),
    [
        ([["9", ENGLISH, "12"], ["10", "Books", "3"]], ""),
        ([["9", CHINESE, "12"], ["十", "書籍", "3"]], ""),
        ([["9", ENGLISH, CHINESE]], "td:first-child { width: 20% }"),
        ([["9", ENGLISH, CHINESE]], "td:first-child { width: 30mm } td { padding: 2mm }"),
        ([["9", "Books", "3"]], "table { width: auto }"),
        ([["9", ENGLISH, "3"]], "table { width: 70%; table-layout: fixed } td:first-child { width: 25% }"),
        ([["co-operation", ENGLISH, "2018-2019年度"]], "td:first-child, td:last-child { width: 1% }"),
        ([["**9**", ENGLISH, CHINESE]], "td { border: none; font-size: 9pt }"),
        ([["$14\u00a0million", ENGLISH, "3"]], "table { width: 50% }"),
    ],
)
def test_columns_are_as_wide_as_in_the_pdf(
    word: Callable[..., Any], tree_of: Callable[..., HtmlDocument], rows: list[list[str]], css: str
) -> None:
    """WeasyPrint lays out the same table, and the widths differ by a pixel at most."""
    cells = "".join("<tr>" + "".join(f'<td lang="{_lang(text)}">{text}</td>' for text in row) + "</tr>" for row in rows)
    body = f'<article lang="en"><table>{cells}</table></article>'
    tree = tree_of(f'<html lang="en"><body>{body}</body></html>', css)
    laid = pdf.lay_out(tree, pdf.prepare([tree], Workspace()))
    boxes = (box for page in laid.document.pages for box in page._page_box.descendants())
    expected = next(box.column_widths for box in boxes if getattr(box, "column_widths", None))
    widths = [int(twips) / 15 for twips in word(f'<html lang="en"><body>{body}</body></html>', css).find("//w:gridCol/@w:w")]
    assert widths == pytest.approx(expected, abs=1)


def test_nowrap_column_has_some_extra_width(word: Callable[..., Any]) -> None:
    css = "table { width: 40% } td { border: none; padding: 0; font-size: 10pt } .number { white-space: nowrap }"
    body = f'<table><tr><td>{ENGLISH}</td><td class="number">36 179</td><td>36 179</td></tr></table>'
    _, nowrap, breakable = (int(twips) / 20 for twips in word(body, css).find("//w:gridCol/@w:w"))
    assert nowrap == pytest.approx(10 * (5 * 0.5 + 0.25) + 1.5, abs=0.1)
    assert breakable < nowrap


def _lang(text: str) -> str:
    return "en" if text.isascii() else "zh-Hant-HK"
