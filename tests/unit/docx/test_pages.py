"""Pages, headers and footers, sections."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Make = Callable[..., Any]
SPACES = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
FOOT = '@bottom-center { content: "Page " counter(page) " of " counter(pages); font-size: 9pt; line-height: 12pt }'
PAGE = f"@page {{ size: A4; margin: 30mm 20mm 40mm 25mm; {FOOT} }} "


def value(node: Any, path: str) -> Any:
    return node.xpath(path, namespaces=SPACES)


def test_page_size_and_margins_follow_the_stylesheet(word: Make) -> None:
    section = word("<p>a</p>", PAGE).find("//w:sectPr")[0]
    assert (value(section, "string(w:pgSz/@w:w)"), value(section, "string(w:pgSz/@w:h)")) == ("11906", "16838")
    sides = [int(value(section, f"string(w:pgMar/@w:{side})")) for side in ("top", "right", "bottom", "left")]
    assert sides == [round(mm / 25.4 * 1440) for mm in (30, 20, 40, 25)]


def test_footer_has_page_number_fields(word: Make) -> None:
    file = word("<p>a</p>", PAGE)
    foot = file.root("footer1")
    assert value(foot, "//w:instrText/text()") == [" PAGE ", " NUMPAGES "]
    assert "".join(value(foot, "//w:t/text()")) == "Page 1 of 1"
    assert value(foot, "string(//w:pStyle/@w:val)") == "Footer"
    assert file.find("string(//w:style[@w:styleId='Footer']/w:pPr/w:jc/@w:val)", "styles") == "center"


def test_footer_is_centred_in_the_margin(word: Make) -> None:
    section = word("<p>a</p>", PAGE).find("//w:sectPr")[0]
    expected = (40 / 25.4 * 1440 - 12 * 20) / 2
    assert int(value(section, "string(w:pgMar/@w:footer)")) == pytest.approx(expected, abs=1)


def test_several_margin_boxes_stand_at_tab_stops(word: Make) -> None:
    css = '@page { @top-left { content: "Left" } @top-right { content: counter(page, upper-roman) } }'
    head = word("<p>a</p>", css).root("header1")
    assert [value(child, "name()") for child in value(head, "//w:r/*[not(self::w:rPr)]")][:3] == ["w:t", "w:tab", "w:tab"]
    assert value(head, "string(//w:instrText)") == " PAGE \\* ROMAN "


def test_first_page_selector_is_words_first_page(word: Make) -> None:
    first = '@page :first { @top-center { content: none } @bottom-center { content: "First" } }'
    css = f'@page {{ @top-center {{ content: "Running" }} }} {first}'
    file = word("<p>a</p>", css)
    section = file.find("//w:sectPr")[0]
    assert value(section, "count(w:titlePg)") == 1
    kinds = {value(reference, "string(@w:type)") for reference in value(section, "w:headerReference")}
    assert kinds == {"default"}
    assert value(section, "count(w:footerReference[@w:type='first'])") == 1


def test_left_page_selector_is_words_even_pages(word: Make) -> None:
    file = word("<p>a</p>", '@page :left { @top-left { content: "L" } } @page :right { @top-right { content: "R" } }')
    assert file.find("count(//w:evenAndOddHeaders)", "settings") == 1
    assert {value(reference, "string(@w:type)") for reference in file.find("//w:headerReference")} == {"default", "even"}


def test_header_shows_a_named_string(word: Make) -> None:
    css = "h1 { string-set: title content(text) } @page { @top-center { content: string(title) } }"
    assert "".join(word("<h1>The <em>title</em></h1>", css).root("header1").itertext()) == "The title"


def test_leader_is_a_tab_to_the_end_of_the_line(word: Make) -> None:
    css = PAGE + "p { margin-left: 24pt } .reference::before { content: leader(' ') }"
    file = word("<p>Office <span class='reference'>A 1</span></p>", css)
    (stop,) = file.find("//w:style//w:tab", "styles")
    assert value(stop, "string(@w:val)") == "right"
    width = file.find("number(//w:pgSz/@w:w) - number(//w:pgMar/@w:left) - number(//w:pgMar/@w:right)")
    assert value(stop, "number(@w:pos)") == pytest.approx(width, abs=2)
    assert [value(child, "name()") for child in value(file.paragraph("Office"), "w:r/*[not(self::w:rPr)]")] == [
        "w:t",
        "w:tab",
        "w:t",
    ]


def test_another_named_page_is_a_section(word: Make) -> None:
    css = PAGE + "@page wide { size: A4 landscape } .annex { page: wide }"
    file = word("<p>one</p><section class='annex'><h2>two</h2><table><tr><td>3</td></tr></table></section><p>four</p>", css)
    sections = file.find("//w:sectPr")
    assert [value(section, "string(w:pgSz/@w:orient)") for section in sections] == ["", "landscape", ""]
    assert value(file.paragraph("one"), "count(w:pPr/w:sectPr)") == 1
    assert [value(section, "count(w:footerReference)") for section in sections] == [1, 1, 1]
    assert value(file.paragraph("two"), "count(w:pPr/w:pageBreakBefore)") == 0


def test_blocks_on_landscape_pages_have_their_width(word: Make) -> None:
    css = "@page { size: A4; margin: 20mm } @page wide { size: A4 landscape } div { page: wide } table { width: 100% }"
    table = "<div><table><tr><td>{}</td></tr></table></div>"
    file = word(f"<p>a</p><section>{table.format('b')}{table.format('c')}</section><table><tr><td>d</td></tr></table>", css)
    widths = [int(twips) for twips in file.find("//w:tbl/w:tblPr/w:tblW/@w:w")]
    assert widths[0] == widths[1] == pytest.approx(257 * 56.7, abs=25)
    assert widths[2] == pytest.approx(170 * 56.7, abs=25)


def test_document_on_one_named_page_is_one_section(word: Make) -> None:
    file = word("<p>one</p>", "@page wide { size: A4 landscape } body { page: wide }")
    assert [value(section, "string(w:pgSz/@w:orient)") for section in file.find("//w:sectPr")] == ["landscape"]


@pytest.mark.parametrize(("lang", "mark"), [("en", "DRAFT"), ("zh-Hant-HK", "草擬本"), ("zh-Hans-HK", "草拟本")])
def test_draft_has_a_watermark_on_every_page(word: Make, lang: str, mark: str) -> None:
    css = '@page :first { @top-center { content: "First" } }'
    file = word("<p>a</p>", css, lang=lang, draft=True)
    heads = [name for name in file.parts if name.startswith("word/header")]
    assert len(heads) == 2
    for name in heads:
        assert mark in file.parts[name].decode()
        assert b"PowerPlusWaterMarkObject" in file.parts[name]
    assert not [name for name in word("<p>a</p>", lang=lang).parts if name.startswith("word/header")]


@pytest.mark.parametrize(("lang", "wide", "tall"), [("en", 330.6, 64.3), ("zh-Hant-HK", 288.0, 90.2)])
def test_watermark_has_the_colour_and_size_of_its_text(word: Make, lang: str, wide: float, tall: float) -> None:
    (shape,) = word("<p>a</p>", lang=lang, draft=True).find("//v:shape", "header1")
    assert shape.get("fillcolor") == "#ececec"
    styles = dict(declaration.split(":") for declaration in shape.get("style").split(";"))
    assert float(styles["width"].removesuffix("pt")) == pytest.approx(wide, abs=0.1)
    assert float(styles["height"].removesuffix("pt")) == pytest.approx(tall, abs=0.1)
    # Without it Word would fit the whole height of a line into the shape, and LibreOffice the letters alone.
    assert [child.get("trim") for child in shape] == ["t"]


def test_template_can_change_the_watermark(word: Make) -> None:
    css = 'html.draft body::before { content: "PROOF"; color: #ffcccc; font-size: 48pt; font-weight: normal }'
    (shape,) = word("<p>a</p>", css, draft=True).find("//v:shape", "header1")
    assert (shape.get("fillcolor"), shape[0].get("string")) == ("#ffcccc", "PROOF")
    assert "height:32.2pt" in shape.get("style")
    assert "bold" not in shape[0].get("style")
    file = word("<p>a</p>", "html.draft body::before { content: none }", draft=True)
    assert not [name for name in file.parts if name.startswith("word/header")]
