"""Named styles from the cascade."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Make = Callable[..., Any]


@pytest.mark.parametrize(
    ("html", "style"),
    [
        ('<h1 class="title">words</h1>', "Title"),
        ("<h2>words</h2>", "Heading1"),
        ("<h3>words</h3>", "Heading2"),
        ("<h4>words</h4>", "Heading3"),
        ("<p>words</p>", "BodyText"),
        ('<p class="lead">words</p>', "ip-lead"),
        ("<blockquote><p>words</p></blockquote>", "Quote"),
        ("<ul><li>words</li></ul>", "ListBullet"),
        ("<ol><li><ul><li>words</li></ul></li></ol>", "ListBullet2"),
        ("<ol><li>words</li></ol>", "ListNumber"),
        ("<ul><li><p>one</p><p>words</p></li></ul>", "ListContinue"),
        ("<dl><dt>words</dt></dl>", "ip-term"),
        ("<dl><dd>words</dd></dl>", "ip-description"),
        ("<table><tr><td>words</td></tr></table>", "ip-cell"),
        ("<table><tr><th>words</th></tr></table>", "ip-column-head"),
        ("<table><caption>words</caption><tr><td>1</td></tr></table>", "Caption"),
        ("<figure><figcaption>words</figcaption></figure>", "Caption"),
        ('<div class="parallel"><div class="row"><div class="cell">words</div></div></div>', "BodyText"),
    ],
)
def test_each_element_has_its_usual_style(word: Make, html: str, style: str) -> None:
    assert word(html).style_of("words") == style


def test_built_in_styles_have_the_names_word_knows(word: Make) -> None:
    file = word("<h2>a</h2><p>b</p><p class='lead'>c</p>")
    names = {style.get(f"{{{style.nsmap['w']}}}styleId"): style for style in file.find("//w:style", "styles")}
    assert file.find("string(//w:style[@w:styleId='Heading1']/w:name/@w:val)", "styles") == "heading 1"
    assert names["ip-lead"].get(f"{{{names['ip-lead'].nsmap['w']}}}customStyle") == "1"
    assert names["BodyText"].get(f"{{{names['BodyText'].nsmap['w']}}}customStyle") is None


def test_headings_have_outline_levels(word: Make) -> None:
    file = word("<h1 class='title'>t</h1><h2>a</h2><h3>b</h3>")
    levels = [
        file.find(f"string(//w:style[@w:styleId='{style}']/w:pPr/w:outlineLvl/@w:val)", "styles")
        for style in ("Title", "Heading1", "Heading2")
    ]
    assert levels == ["", "0", "1"]


CSS = """.lead { font-size: 15pt; line-height: 22.5pt; color: #a3170f; font-weight: bold; letter-spacing: 1pt; text-align: center;
  text-indent: 24pt; widows: 1; orphans: 1; break-inside: avoid; break-after: avoid; margin: 3pt 12pt 6pt 18pt }"""


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("w:rPr/w:sz/@w:val", "30"),
        ("w:rPr/w:color/@w:val", "A3170F"),
        ("w:rPr/w:spacing/@w:val", "20"),
        ("w:pPr/w:spacing/@w:line", "450"),
        ("w:pPr/w:spacing/@w:lineRule", "exact"),
        ("w:pPr/w:jc/@w:val", "center"),
        ("w:pPr/w:ind/@w:firstLine", "480"),
        ("w:pPr/w:ind/@w:left", "360"),
        ("w:pPr/w:ind/@w:right", "240"),
        ("w:pPr/w:spacing/@w:before", "60"),
        ("w:pPr/w:spacing/@w:after", "120"),
        ("count(w:pPr/w:keepNext) + count(w:pPr/w:keepLines) + count(w:rPr/w:b)", "3.0"),
        ("w:pPr/w:widowControl/@w:val", "0"),
    ],
)
def test_style_has_the_properties_of_the_stylesheet(word: Make, path: str, value: str) -> None:
    result = word('<p class="lead">words</p><p>others</p>', CSS).style("ip-lead").xpath(path, namespaces=SPACES)
    assert (str(result[0]) if isinstance(result, list) else str(result)) == value


SPACES = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}


def test_style_has_only_differences_from_normal(word: Make) -> None:
    style = word("<p>words</p>").style("BodyText")
    assert style.xpath("count(w:rPr)", namespaces=SPACES) == 0
    assert style.xpath("string(w:basedOn/@w:val)", namespaces=SPACES) == "Normal"


def test_commonest_format_gets_the_name(word: Make) -> None:
    file = word('<p>first</p><p style="color: red">second</p><p style="color: red">third</p>')
    assert file.style_of("second") == file.style_of("third") == "BodyText"
    assert file.style_of("first") == "BodyTextvariant2"


def test_plain_paragraph_in_a_block_shares_body_text(word: Make) -> None:
    html = '<p>plain</p><section class="contact"><p>words</p></section>'
    assert word(html).style_of("words") == "BodyText"
    assert word(html, ".contact p { color: red }").style_of("words") == "ip-contact"


def test_languages_share_a_style_if_they_look_alike(word: Make) -> None:
    articles = '<article lang="en"><p>words</p><p>more</p></article><article lang="zh-Hant-HK"><p>文字</p></article>'
    page = f'<html lang="en"><body>{articles}</body></html>'
    assert word(page).style_of("文字") == "BodyText"
    assert word(page, "p:lang(zh) { text-indent: 2em }").style_of("文字") == "BodyTexttc"


def test_collapsed_margin_is_the_space_after_a_paragraph(word: Make) -> None:
    file = word("<p>one</p><h2>two</h2><p>three</p>", "p { margin: 0 0 6pt } h2 { margin: 18pt 0 3pt }")
    assert file.format_value("one", "w:pPr/w:spacing/@w:after") == "360"
    assert file.format_value("two", "w:pPr/w:spacing/@w:before") == "0"
    assert file.format_value("two", "w:pPr/w:spacing/@w:after") == "60"
    assert file.style("Heading1").xpath("string(w:pPr/w:spacing/@w:before)", namespaces=SPACES) == "360"


def test_no_paragraph_is_empty(word: Make) -> None:
    file = word(
        '<header class="title-block"><h1>t</h1></header><p> </p><p>a</p><ul><li>b</li></ul><hr class="page-break"><p>c</p>'
    )
    assert all("".join(paragraph.itertext()).strip() for paragraph in file.find("//w:p"))


def test_justified_chinese_is_left_aligned(word: Make) -> None:
    css = "p { text-align: justify }"
    assert word("<p>words</p>", css).format_value("words", "w:pPr/w:jc/@w:val") == "both"
    assert word("<p>文字</p>", css, lang="zh-Hant-HK").format_value("文字", "w:pPr/w:jc/@w:val") == "left"


def test_word_adds_no_spacing_or_hanging_to_chinese(word: Make) -> None:
    normal = word("<p>文字</p>", lang="zh-Hant-HK").style("Normal")
    values = {
        tag: normal.xpath(f"string(w:pPr/w:{tag}/@w:val)", namespaces=SPACES)
        for tag in ("autoSpaceDE", "autoSpaceDN", "overflowPunct", "snapToGrid")
    }
    assert set(values.values()) == {"0"}
    assert normal.xpath("count(w:pPr/w:kinsoku)", namespaces=SPACES) == 1


def test_variant_is_based_on_its_style(word: Make) -> None:
    articles = '<article lang="en"><h1>words</h1></article><article lang="zh-Hant-HK"><h1>文字</h1></article>'
    file = word(f'<html lang="en"><body>{articles}</body></html>', "h1:lang(zh) { letter-spacing: 2pt }")
    style = file.style(file.style_of("文字"))
    assert style.xpath("string(w:name/@w:val)", namespaces=SPACES) == "Title tc"
    assert style.xpath("string(w:basedOn/@w:val)", namespaces=SPACES) == "Title"
    assert style.xpath("count(w:rPr/*)", namespaces=SPACES) == 1


def test_variant_is_named_by_language_or_number(word: Make) -> None:
    english = '<article lang="en"><p>a</p><p>b</p><p style="color: red">c</p></article>'
    page = f'<html lang="en"><body>{english}<article lang="zh-Hant-HK"><p>文</p></article></body></html>'
    file = word(page, "p:lang(zh) { color: blue }")
    assert [file.style_of(words) for words in ("a", "c", "文")] == ["BodyText", "BodyTextvariant2", "BodyTexttc"]
