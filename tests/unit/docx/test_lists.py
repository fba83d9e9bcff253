"""Lists: numbering definitions, and a <w:num> for each list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from lxml import html

from ipdocs.templating.list_marker_styles import marker_stylesheet

Make = Callable[..., Any]
SPACES = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}


def number(file: Any, words: str) -> tuple[str, str]:
    """The level and the list of a paragraph."""
    properties = file.paragraph(words).xpath("w:pPr/w:numPr", namespaces=SPACES)
    return (
        tuple(properties[0].xpath(f"string(w:{part}/@w:val)", namespaces=SPACES) for part in ("ilvl", "numId"))
        if properties
        else ("", "")
    )


def level(file: Any, words: str) -> Any:
    """The definition of the level a paragraph is on."""
    at, key = number(file, words)
    definition = file.find(f"string(//w:num[@w:numId='{key}']/w:abstractNumId/@w:val)", "numbering")
    return file.find(f"//w:abstractNum[@w:abstractNumId='{definition}']/w:lvl[@w:ilvl='{at}']", "numbering")[0]


def mark(file: Any, words: str) -> tuple[str, str]:
    definition = level(file, words)
    return tuple(definition.xpath(f"string(w:{part}/@w:val)", namespaces=SPACES) for part in ("numFmt", "lvlText"))


@pytest.mark.parametrize(
    ("content", "css", "expected"),
    [
        ("<ul><li>a</li></ul>", "", ("bullet", "•")),
        ('<ol type="1"><li>a</li></ol>', "", ("decimal", "%1.")),
        ('<ol type="a"><li>a</li></ol>', "", ("lowerLetter", "%1.")),
        ('<ol type="I"><li>a</li></ol>', "", ("upperRoman", "%1.")),
        ("<ol><li>a</li></ol>", "ol { list-style-type: cjk-decimal }", ("ideographDigital", "%1、")),
        ("<ol><li>a</li></ol>", "ol { list-style-type: none }", ("none", "")),
        ("<ul><li>a</li></ul>", 'ul { list-style-type: "– " }', ("bullet", "–")),
        (
            "<ol><li>a</li></ol>",
            '@counter-style ab { system: extends lower-alpha; prefix: "("; suffix: ") " } ol { list-style-type: ab }',
            ("lowerLetter", "(%1)"),
        ),
    ],
)
def test_list_marker_follows_the_stylesheet(word: Make, content: str, css: str, expected: tuple[str, str]) -> None:
    assert mark(word(content, css), "a") == expected


def test_each_list_restarts_its_numbering(word: Make) -> None:
    file = word("<ol><li>a</li><li>b</li></ol><p>x</p><ol><li>c</li></ol>")
    assert number(file, "a")[1] == number(file, "b")[1] != number(file, "c")[1]
    starts = file.find("//w:num/w:lvlOverride/w:startOverride/@w:val", "numbering")
    assert starts == ["1", "1"]


def test_each_list_has_its_own_definition(word: Make) -> None:
    file = word("<ol><li>a</li></ol><ol><li>b</li></ol><ul><li>c</li></ul><ul><li>d</li></ul>")
    used = file.find("//w:num/w:abstractNumId/@w:val", "numbering")
    assert used == file.find("//w:abstractNum/@w:abstractNumId", "numbering") == ["1", "2", "3", "4"]


@pytest.mark.parametrize("layout", ["div", "table"])
def test_lists_of_each_language_count_separately(word: Make, layout: str) -> None:
    numbered = '<div class="cell" lang="{}"><ol start="{}"><li>{}</li></ol></div>'
    rows = (
        f"<div class='row'>{numbered.format('en', at, f'en{at}')}{numbered.format('zh-Hant-HK', at, f'tc{at}')}</div>"
        for at in (1, 2)
    )
    css = ".row { display: table } .cell { display: table-cell }" if layout == "table" else ""
    file = word(f"<html lang='en'><body>{''.join(rows)}</body></html>", css)
    assert number(file, "en1") == number(file, "en2") != number(file, "tc1") == number(file, "tc2")
    assert file.find("//w:startOverride/@w:val", "numbering") == ["1", "1"]


def test_list_with_start_continues_the_last_list(word: Make) -> None:
    file = word('<ol><li>a</li><li>b</li></ol><p>x</p><ol start="3"><li>c</li></ol><ol start="7"><li>d</li></ol>')
    assert number(file, "c") == number(file, "a")
    assert number(file, "d") != number(file, "a")
    assert file.find("//w:startOverride/@w:val", "numbering") == ["1", "7"]


def test_nested_list_is_a_level_of_the_same_list(word: Make) -> None:
    file = word('<ol type="1"><li>a<ol type="a"><li>b<ol type="i"><li>c</li></ol></li></ol></li></ol>')
    numbers = [number(file, text) for text in "abc"]
    assert [at for at, _ in numbers] == ["0", "1", "2"]
    assert len({key for _, key in numbers}) == 1
    assert [mark(file, text) for text in "abc"] == [("decimal", "%1."), ("lowerLetter", "%2."), ("lowerRoman", "%3.")]


def test_different_nested_list_is_a_list_of_its_own(word: Make) -> None:
    file = word('<ol><li>a<ul><li>b</li></ul></li><li>c<ol type="a"><li>d</li></ol></li></ol>')
    assert number(file, "b")[1] == number(file, "a")[1]
    assert number(file, "d") == ("1", "2")
    assert mark(file, "d") == ("lowerLetter", "%2.")


def test_every_definition_has_nine_levels(word: Make) -> None:
    file = word('<ol type="a"><li>a</li></ol>')
    texts = file.find("//w:lvl/w:lvlText/@w:val", "numbering")
    assert texts == [f"%{at}." for at in range(1, 10)]
    lefts = [int(twips) for twips in file.find("//w:lvl/w:pPr/w:ind/@w:left", "numbering")]
    assert lefts == sorted(set(lefts))


def test_list_indent_follows_the_stylesheet(word: Make) -> None:
    definition = level(word("<ol><li>a</li></ol>", "ol { padding-left: 30pt; margin-left: 6pt }"), "a")
    assert definition.xpath("string(w:pPr/w:ind/@w:left)", namespaces=SPACES) == "720"
    assert definition.xpath("string(w:pPr/w:ind/@w:hanging)", namespaces=SPACES) == "60"
    assert definition.xpath("string(w:lvlJc/@w:val)", namespaces=SPACES) == "right"


def test_only_the_first_paragraph_of_an_item_is_numbered(word: Make) -> None:
    file = word("<ul><li><p>first</p><p>second</p><ul><li>inner</li></ul>third</li></ul>")
    assert [number(file, text)[0] for text in ("first", "second", "inner", "third")] == ["0", "", "1", ""]
    assert file.style_of("first") == "ListBullet"
    assert file.style_of("second") == "ListContinue"


def test_item_with_a_top_border_keeps_its_number(word: Make) -> None:
    css = "li { border-top: 1pt solid black } .box { border: 1pt solid red }"
    file = word('<ul><li><p class="box">first</p></li></ul>', css)
    assert number(file, "first")[0] == "0"
    assert [paragraph.xpath("count(w:pPr/w:numPr)", namespaces=SPACES) for paragraph in file.find("//w:body/w:p")] == [0, 1]


def test_introduction_is_kept_with_its_list(word: Make) -> None:
    assert word("<p>words:</p><ul><li>a</li></ul>").format_value("words", "w:pPr/w:keepNext") != ""


def test_bullets_use_the_latin_font(word: Make) -> None:
    fonts = level(word("<ul><li>甲</li></ul>", lang="zh-Hant-HK"), "甲").xpath("w:rPr/w:rFonts/@*", namespaces=SPACES)
    assert fonts == ["Times New Roman"] * 4


@pytest.mark.parametrize(
    ("pattern", "html_type", "expected"),
    [
        ("（一）", "1", ("taiwaneseCountingThousand", "（%1）")),
        ("(1)", "1", ("decimal", "(%1)")),
        ("(a)", "a", ("lowerLetter", "(%1)")),
        ("（i）", "i", ("lowerRoman", "（%1）")),
    ],
)
def test_word_numbers_lists_with_the_markers_of_the_style(
    word: Make, pattern: str, html_type: str, expected: tuple[str, str]
) -> None:
    body = html.fragment_fromstring(f'<ol type="{html_type}" data-marker="{pattern}"><li>a</li></ol>', create_parent="body")
    sheet = marker_stylesheet(body)
    assert sheet
    assert mark(word(f'<ol type="{html_type}" data-marker="{pattern}"><li>a</li></ol>', sheet.text), "a") == expected
