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


def value(one: Any, path: str) -> Any:
    return one.xpath(path, namespaces=SPACES)


@given(st.lists(st.floats(-50, 50)), st.floats(0, 50))
def test_touching_margins_collapse_and_padding_keeps_them_apart(margins: list[float], padding: float) -> None:
    gap = Gap()
    for one in margins:
        gap.margin(one)
    collapsed = max([0, *margins]) + min([0, *margins])
    assert gap.size() == pytest.approx(max(0, collapsed))
    gap.padding(padding)
    gap.margin(7)
    assert gap.size() == pytest.approx(max(0, collapsed + padding + 7))


def test_a_bar_at_the_side_is_part_of_the_style(word: Make) -> None:
    style = word(
        "<blockquote><p>a</p><p>b</p></blockquote>", "blockquote { border-left: 2pt solid red; padding-left: 9pt }"
    ).style("Quote")
    assert value(style, "string(w:pPr/w:pBdr/w:left/@w:sz)") == "16"
    assert value(style, "string(w:pPr/w:pBdr/w:left/@w:space)") == "9"
    assert value(style, "string(w:pPr/w:pBdr/w:left/@w:color)") == "FF0000"
    assert value(style, "string(w:pPr/w:ind/@w:left)") == "220"


def test_a_rule_under_a_block_is_its_last_paragraphs(word: Make) -> None:
    css = "header { border-bottom: 1pt solid black; padding-bottom: 3pt; margin-bottom: 12pt } header p { margin: 0 0 2pt }"
    file = word("<header><p>first</p><p>last</p></header><p>after</p>", css)
    assert value(file.paragraph("first"), "count(w:pPr/w:pBdr)") == 1
    assert value(file.paragraph("first"), "count(w:pPr/w:pBdr/w:bottom)") == 0
    assert value(file.paragraph("last"), "string(w:pPr/w:pBdr/w:bottom/@w:space)") == "5"
    assert file.said("last", "w:pPr/w:spacing/@w:after") == "240"


def test_a_box_says_the_same_borders_on_each_paragraph_so_that_word_draws_one(word: Make) -> None:
    css = "aside { border: 1pt solid black; padding: 6pt; background: #eeeeee } p { margin: 0 0 6pt }"
    file = word("<aside><p>one</p><p>two</p></aside>", css)
    assert file.style_of("one") == file.style_of("two")
    style = file.style(file.style_of("one"))
    assert [value(side, "local-name()") for side in value(style, "w:pPr/w:pBdr/*")] == ["top", "left", "bottom", "right"]
    assert value(style, "string(w:pPr/w:shd/@w:fill)") == "EEEEEE"


def test_a_background_without_a_border_reaches_as_far_as_its_padding(word: Make) -> None:
    style = word('<p class="mark">a</p><p>b</p>', ".mark { background: #eeeeee; padding: 4pt }").style("ip-mark")
    assert value(style, "string(w:pPr/w:pBdr/w:top/@w:space)") == "4"
    assert value(style, "string(w:pPr/w:pBdr/w:top/@w:color)") == "EEEEEE"


def test_padding_without_a_border_is_space(word: Make) -> None:
    file = word("<p>one</p><section><p>two</p></section>", "section { padding: 10pt 0 0 20pt } p { margin: 0 0 5pt }")
    assert file.said("one", "w:pPr/w:spacing/@w:after") == "300"
    assert file.said("two", "w:pPr/w:ind/@w:left") == "400"


def test_a_page_break_is_said_on_the_next_paragraph(word: Make) -> None:
    file = word('<p>one</p><hr class="page-break"><p>two</p><section><h2>three</h2></section>', "section { break-before: page }")
    assert [value(file.paragraph(words), "count(w:pPr/w:pageBreakBefore)") for words in ("one", "two", "three")] == [0, 1, 1]
    assert value(file.root(), "count(//w:br[@w:type='page'])") == 0


def test_a_block_that_may_not_part_keeps_its_paragraphs_together(word: Make) -> None:
    file = word("<section><p>one</p><p>two</p></section><p>three</p>", "section { break-inside: avoid }")
    assert [value(file.paragraph(words), "count(w:pPr/w:keepNext)") for words in ("one", "two", "three")] == [1, 0, 0]


def test_a_rule_is_a_paragraphs_border(word: Make) -> None:
    file = word("<p>one</p><hr><p>two</p>", "hr { border: none; border-top: 0.75pt solid #666666; margin: 9pt 0 }")
    style = file.style("ip-rule")
    assert value(style, "string(w:pPr/w:pBdr/w:top/@w:sz)") == "6"
    assert value(style, "string(w:pPr/w:spacing/@w:line)") == "20"


def test_what_is_not_shown_is_not_written(word: Make) -> None:
    assert "hidden" not in "".join(word('<p class="x">hidden</p><p>shown</p>', ".x { display: none }").root().itertext())


def test_words_of_the_stylesheet_are_written(word: Make) -> None:
    file = word('<p class="end" title="t">words</p>', '.end::before { content: "Ends: " attr(title) " "; font-weight: bold }')
    assert [text for text, _ in file.runs("words")] == ["Ends: ", "t", " ", "words"]
