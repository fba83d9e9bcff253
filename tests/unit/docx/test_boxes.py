"""Margins, borders, backgrounds and page breaks of blocks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipdocs.writers.docx.story import Gap

Make = Callable[..., Any]
SPACES = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}


def value(node: Any, path: str) -> Any:
    return node.xpath(path, namespaces=SPACES)


@given(st.lists(st.floats(-50, 50)), st.floats(0, 50))
def test_margins_collapse_unless_padding_separates_them(margins: list[float], padding: float) -> None:
    gap = Gap()
    for margin in margins:
        gap.add_margin(margin)
    collapsed = max([0, *margins]) + min([0, *margins])
    assert gap.size() == pytest.approx(max(0, collapsed))
    gap.add_padding(padding)
    gap.add_margin(7)
    assert gap.size() == pytest.approx(max(0, collapsed + padding + 7))


def test_side_border_belongs_to_the_style(word: Make) -> None:
    style = word(
        "<blockquote><p>a</p><p>b</p></blockquote>", "blockquote { margin: 0; border-left: 2pt solid red; padding-left: 9pt }"
    ).style("Quote")
    assert value(style, "string(w:pPr/w:pBdr/w:left/@w:sz)") == "16"
    assert value(style, "string(w:pPr/w:pBdr/w:left/@w:space)") == "9"
    assert value(style, "string(w:pPr/w:pBdr/w:left/@w:color)") == "FF0000"
    assert value(style, "string(w:pPr/w:ind/@w:left)") == "220"


def test_bottom_border_belongs_to_the_last_paragraph(word: Make) -> None:
    css = "header { border-bottom: 1pt solid black; padding-bottom: 3pt; margin-bottom: 12pt } header p { margin: 0 0 2pt }"
    file = word("<header><p>first</p><p>last</p></header><p>after</p>", css)
    assert value(file.paragraph("first"), "count(w:pPr/w:pBdr)") == 0
    assert value(file.paragraph("last"), "string(w:pPr/w:pBdr/w:bottom/@w:space)") == "5"
    assert file.format_value("last", "w:pPr/w:spacing/@w:after") == "240"


def spaces(file: Any) -> list[tuple[str, int, int]]:
    """The text of each paragraph of the body, and the space before and after it, its own or its style's."""
    rows = []
    for paragraph in file.find("//w:body/w:p"):
        sources = [paragraph, file.style(value(paragraph, "string(w:pPr/w:pStyle/@w:val)")), file.style("Normal")]
        before, after = (
            next(int(space) for source in sources if (space := value(source, f"string(w:pPr/w:spacing/@w:{side})")))
            for side in ("before", "after")
        )
        rows.append(("".join(paragraph.itertext()), before, after))
    return rows


def sides(node: Any) -> list[str]:
    """The borders of a paragraph or style."""
    return list(value(node, "w:pPr/w:pBdr/*[@w:val != 'nil']"))


HEADER = "header { border-bottom: 1pt solid black; padding-bottom: 3pt; margin-bottom: 12pt } p { margin: 0 0 9pt }"
BOX = ".box { border: 0.75pt solid red; padding: 3pt 6pt }"


def test_bottom_border_after_a_box_is_a_thin_paragraph(word: Make) -> None:
    file = word('<header><p>first</p><p class="box">last</p></header><p>after</p>', HEADER + BOX)
    box, rule = file.style("ip-box"), file.style("ip-rule")
    assert [value(side, "local-name()") for side in sides(box)] == ["top", "left", "bottom", "right"]
    assert not sides(file.paragraph("last"))
    assert value(rule, "string(w:pPr/w:pBdr/w:top/@w:sz)") == "8"
    assert value(rule, "string(w:pPr/w:ind/@w:left)") == ""
    assert value(file.paragraph("last"), "count(w:pPr/w:keepNext)") == 1
    # Margin and padding above the line, the margin below it less the point that the paragraph is high.
    assert spaces(file) == [("first", 0, 180), ("last", 0, 240), ("", 0, 220), ("after", 0, 0)]


@pytest.mark.parametrize("last", ["<ul><li>last</li></ul>", "<table><tr><td>last</td></tr></table>"])
def test_bottom_border_is_as_wide_as_its_block(word: Make, last: str) -> None:
    file = word(f"<header><p>first</p>{last}</header><p>after</p>", HEADER)
    rule = file.style("ip-rule")
    assert value(rule, "string(w:pPr/w:ind/@w:left)") == ""
    assert [value(side, "local-name()") for side in sides(rule)] == ["top"]


def test_top_border_above_a_box_is_a_thin_paragraph(word: Make) -> None:
    css = "section { border-top: 1pt solid black; padding-top: 6pt; margin-top: 12pt } p { margin: 3pt 0 }" + BOX
    file = word('<p>before</p><section><p class="box">first</p><p>last</p></section>', css)
    assert [words for words, *_ in spaces(file)] == ["before", "", "first", "last"]
    assert len(sides(file.style("ip-box"))) == 4
    assert spaces(file)[:2] == [("before", 60, 240), ("", 0, 160)]


def test_top_border_stands_directly_above_a_table(word: Make) -> None:
    css = "section { border-top: 1pt solid black; padding-top: 6pt } table { margin: 4pt 0 }"
    file = word("<p>before</p><section><table><tr><td>cell</td></tr></table><p>last</p></section>", css)
    assert [value(child, "local-name()") for child in file.find("//w:body/*")] == ["p", "p", "tbl", "p", "sectPr"]
    assert spaces(file)[1] == ("", 0, 180)
    assert not sides(file.paragraph("last"))


def test_top_border_takes_over_the_page_break_of_its_box(word: Make) -> None:
    css = "section { border-top: 1pt solid black } .new { break-before: page }"
    css += ".wide { page: wide } @page wide { size: A4 landscape }"
    inner = "<section><ul><li>{}</li></ul></section>"
    file = word(
        f'<p>a</p><div class="new">{inner.format("b")}</div><p>c</p><div class="wide">{inner.format("d")}</div>', css + BOX
    )
    rules = [paragraph for paragraph in file.find("//w:body/w:p") if not "".join(paragraph.itertext())]
    assert [value(paragraph, "count(w:pPr/w:pageBreakBefore)") for paragraph in rules] == [1, 0]
    assert value(file.paragraph("b"), "count(w:pPr/w:pageBreakBefore)") == 0
    assert value(file.paragraph("c"), "count(w:pPr/w:sectPr)") == 1


def test_adjacent_boxes_stay_separate(word: Make) -> None:
    css = "blockquote { border-left: 2pt solid #8a8a8a; padding-left: 9pt }"
    quote = '<blockquote lang="{}"><p>{}</p><p>{}</p></blockquote>'
    body = quote.format("en", "a", "b") + quote.format("zh-Hant-HK", "甲", "乙") + quote.format("en", "c", "d")
    file = word(f'<html lang="en"><body>{body}</body></html>', css)
    colours = [file.format_value(words, "w:pPr/w:pBdr/w:left/@w:color") for words in ("a", "b", "甲", "乙", "c", "d")]
    assert colours == ["8A8A8A", "8A8A8A", "8A8A8B", "8A8A8B", "8A8A8A", "8A8A8A"]
    assert file.style_of("a") == file.style_of("c") == "Quote"


def test_adjacent_rules_stay_separate(word: Make) -> None:
    file = word("<p>one</p><hr><hr><p>two</p>", "hr { border: none; border-top: 0.75pt solid #666666; margin: 9pt 0 }")
    assert file.find("//w:body/w:p/w:pPr/w:pBdr/w:top/@w:color") == ["666667"]
    assert spaces(file)[1:3] == [("", 0, 160), ("", 0, 160)]


def test_boxes_within_a_box_are_joined(word: Make) -> None:
    css = "aside { border: 1pt solid black; padding: 6pt } blockquote { border-left: 2pt solid #8a8a8a }"
    quotes = "<blockquote><p>a</p></blockquote><blockquote><p>b</p></blockquote>"
    assert not word(f"<aside>{quotes}</aside>", css).find("//w:body/w:p/w:pPr/w:pBdr")


def test_paragraphs_of_a_box_have_equal_borders(word: Make) -> None:
    css = "aside { border: 1pt solid black; padding: 6pt; background: #eeeeee } p { margin: 0 0 6pt }"
    file = word("<aside><p>one</p><p>two</p></aside>", css)
    assert file.style_of("one") == file.style_of("two")
    style = file.style(file.style_of("one"))
    assert [value(side, "local-name()") for side in value(style, "w:pPr/w:pBdr/*")] == ["top", "left", "bottom", "right"]
    assert value(style, "string(w:pPr/w:shd/@w:fill)") == "EEEEEE"


def test_background_covers_the_padding(word: Make) -> None:
    style = word('<p class="mark">a</p><p>b</p>', ".mark { background: #eeeeee; padding: 4pt }").style("ip-mark")
    assert value(style, "string(w:pPr/w:pBdr/w:top/@w:space)") == "4"
    assert value(style, "string(w:pPr/w:pBdr/w:top/@w:color)") == "EEEEEE"


def test_padding_without_a_border_is_spacing(word: Make) -> None:
    file = word("<p>one</p><section><p>two</p></section>", "section { padding: 10pt 0 0 20pt } p { margin: 0 0 5pt }")
    assert file.format_value("one", "w:pPr/w:spacing/@w:after") == "300"
    assert file.format_value("two", "w:pPr/w:ind/@w:left") == "400"


def test_page_break_belongs_to_the_next_paragraph(word: Make) -> None:
    file = word('<p>one</p><hr class="page-break"><p>two</p><section><h2>three</h2></section>', "section { break-before: page }")
    assert [value(file.paragraph(words), "count(w:pPr/w:pageBreakBefore)") for words in ("one", "two", "three")] == [0, 1, 1]
    assert value(file.root(), "count(//w:br[@w:type='page'])") == 0


def test_break_inside_avoid_keeps_paragraphs_together(word: Make) -> None:
    file = word("<section><p>one</p><p>two</p></section><p>three</p>", "section { break-inside: avoid }")
    assert [value(file.paragraph(words), "count(w:pPr/w:keepNext)") for words in ("one", "two", "three")] == [1, 0, 0]


def test_rule_is_the_border_of_a_paragraph(word: Make) -> None:
    file = word("<p>one</p><hr><p>two</p>", "hr { border: none; border-top: 0.75pt solid #666666; margin: 9pt 0 }")
    style = file.style("ip-rule")
    assert value(style, "string(w:pPr/w:pBdr/w:top/@w:sz)") == "6"
    assert value(style, "string(w:pPr/w:spacing/@w:line)") == "20"


def test_unsupported_border_style_is_a_single_line(word: Make) -> None:
    style = word("<p class='box'>a</p>", ".box { border: 3pt ridge #ff0000 }").style("ip-box")
    assert value(style, "string(w:pPr/w:pBdr/w:top/@w:val)") == "single"


def test_paragraph_with_display_table_keeps_its_text(word: Make) -> None:
    file = word("<p class='box'>a</p><ul class='box'><li>b</li></ul>", ".box { display: table; border: 1pt solid }")
    assert file.style_of("a") == "ip-box"
    assert file.style_of("b") == "ListBullet"
    assert file.find("count(//w:tbl)") == 0


@pytest.mark.parametrize(("length", "twips"), [("calc(10% + 20px)", "900"), ("calc(10% + 1em)", "0")])
def test_calculation_without_font_units_is_supported(word: Make, length: str, twips: str) -> None:
    css = f"@page {{ size: 500px; margin: 50px }} .box {{ margin-left: {length} }}"
    assert word("<p class='box'>a</p>", css).format_value("a", "w:pPr/w:ind/@w:left") == twips


def test_hidden_block_is_not_written(word: Make) -> None:
    assert "hidden" not in "".join(word('<p class="x">hidden</p><p>shown</p>', ".x { display: none }").root().itertext())


def test_generated_content_is_written(word: Make) -> None:
    file = word('<p class="end" title="t">words</p>', '.end::before { content: "Ends: " attr(title) " "; font-weight: bold }')
    assert [text for text, _ in file.runs("words")] == ["Ends: ", "t", " ", "words"]
