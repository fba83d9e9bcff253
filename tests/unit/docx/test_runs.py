"""Runs: fonts, languages, emphasis, links."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ipdocs.findings import IpdocsError

Make = Callable[..., Any]
SPACES = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
FOUR = ("ascii", "hAnsi", "eastAsia", "cs")


def attribute(properties: Any, path: str) -> str:
    return "" if properties is None else str(properties.xpath(f"string({path})", namespaces=SPACES))


def test_normal_style_sets_all_font_slots(word: Make) -> None:
    normal = word("<p>文字</p>", lang="zh-Hant-HK").style("Normal")
    assert [attribute(normal, f"w:rPr/w:rFonts/@w:{slot}") for slot in FOUR] == [
        "Times New Roman",
        "Times New Roman",
        "PMingLiU",
        "Times New Roman",
    ]


@pytest.mark.parametrize(
    ("lang", "family", "fonts"),
    [
        ("zh-Hans-HK", "ip-serif", ("Times New Roman", "SimSun")),
        ("zh-Hant-HK", "ip-sans", ("Arial", "Microsoft JhengHei")),
        ("zh-Hans-CN", "ip-sans", ("Arial", "Microsoft YaHei")),
        ("en", "Georgia", ("Georgia", "Georgia")),
    ],
)
def test_generic_family_is_the_font_of_the_language(word: Make, lang: str, family: str, fonts: tuple[str, str]) -> None:
    style = word(
        "<p class='lead'>文字</p>", f".lead {{ font-family: {family} }} body {{ font-family: Courier }}", lang=lang
    ).style("ip-lead")
    assert (attribute(style, "w:rPr/w:rFonts/@w:ascii"), attribute(style, "w:rPr/w:rFonts/@w:eastAsia")) == fonts


def test_english_style_has_the_chinese_font_of_the_document(word: Make) -> None:
    articles = '<article lang="en"><p>words</p></article><article lang="zh-Hans-HK"><p>文字</p></article>'
    page = f'<html lang="en"><body>{articles}</body></html>'
    assert attribute(word(page).style("Normal"), "w:rPr/w:rFonts/@w:eastAsia") == "SimSun"


def test_font_table_lists_substitutes(word: Make) -> None:
    file = word("<p>文字</p>", lang="zh-Hant-HK")
    assert "MingLiU_HKSCS" in file.find("string(//w:font[@w:name='PMingLiU']/w:altName/@w:val)", "fontTable")
    assert file.find("string(//w:font[@w:name='PMingLiU']/w:charset/@w:val)", "fontTable") == "88"


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("en", ("en-GB", "zh-HK")),
        ("zh-Hant-HK", ("en-GB", "zh-HK")),
        ("zh-Hans-HK", ("en-GB", "zh-CN")),
        ("zh-Hans-CN", ("en-GB", "zh-CN")),
    ],
)
def test_every_run_has_its_language(word: Make, lang: str, expected: tuple[str, str]) -> None:
    file = word('<p>文字 <em>a</em> <a href="https://example.org/">b</a><br>c</p><ul><li>d</li></ul>', lang=lang)
    for run in file.find("//w:r"):
        assert (attribute(run, "w:rPr/w:lang/@w:val"), attribute(run, "w:rPr/w:lang/@w:eastAsia")) == expected


def test_span_in_another_language_is_a_run_of_its_own(word: Make) -> None:
    runs = word('<p>The <span lang="zh-Hans-HK">专责小组</span> met.</p>').runs("met")
    assert [text for text, _ in runs] == ["The ", "专责小组", " met."]
    assert [attribute(properties, "w:lang/@w:eastAsia") for _, properties in runs] == ["zh-CN"] * 3
    assert [attribute(properties, "w:rFonts/@w:hint") for _, properties in runs] == ["", "eastAsia", ""]


def test_chinese_punctuation_is_set_in_the_chinese_font(word: Make) -> None:
    runs = word("<p>「一帶」·café——“合作”</p>", lang="zh-Hant-HK").runs("一帶")
    assert [text for text, _ in runs] == ["「一帶」", "·", "caf", "é", "——“合作”"]
    assert [attribute(properties, "w:rFonts/@w:hint") for _, properties in runs] == [
        "eastAsia",
        "eastAsia",
        "eastAsia",
        "",
        "eastAsia",
    ]
    assert {attribute(runs[1][1], f"w:rFonts/@w:{slot}") for slot in FOUR} == {"PMingLiU"}


def test_file_has_no_japanese_fonts_or_tags(word: Make) -> None:
    file = word("<p>文字</p>", lang="zh-Hant-HK")
    assert [
        name for name, data in file.parts.items() if b"ja-JP" in data or "ＭＳ".encode() in data or b"MS Mincho" in data
    ] == []
    assert file.find("string(//w:themeFontLang/@w:eastAsia)", "settings") == "zh-HK"
    assert file.find("string(//w:docDefaults//w:lang/@w:eastAsia)", "styles") == "zh-HK"


def test_emphasis_is_direct_formatting(word: Make) -> None:
    runs = dict(word("<p>a <em>slanted</em> <strong>heavy</strong> H<sub>2</sub> 17<sup>th</sup></p>").runs("slanted"))
    assert attribute(runs["slanted"], "count(w:i)") == "1"
    assert attribute(runs["heavy"], "count(w:b)") == "1"
    assert attribute(runs["2"], "w:vertAlign/@w:val") == "subscript"
    assert attribute(runs["th"], "w:vertAlign/@w:val") == "superscript"
    assert attribute(runs["th"], "count(w:sz)") == "0"
    assert not any(attribute(properties, "count(w:rStyle)") != "0" for properties in runs.values())


@pytest.mark.parametrize(
    ("css", "mark"),
    [
        ("em:lang(zh) { font-style: italic }", "underDot"),
        ("em:lang(zh) { font-style: normal; text-emphasis: filled dot; text-emphasis-position: under right }", "underDot"),
        ("em:lang(zh) { font-style: normal; text-emphasis: dot; text-emphasis-position: over right }", "dot"),
        ("em:lang(zh) { font-style: normal; text-emphasis: circle }", "circle"),
        ("em:lang(zh) { font-style: normal; font-weight: bold }", ""),
    ],
)
def test_chinese_is_never_italic(word: Make, css: str, mark: str) -> None:
    runs = dict(word("<p>文<em>字</em></p>", css + " em:lang(zh) { font-family: ip-serif }", lang="zh-Hant-HK").runs("字"))
    assert attribute(runs["字"], "w:em/@w:val") == mark
    assert attribute(runs["字"], "count(w:i)") == "0"


def test_white_space_collapses(word: Make) -> None:
    runs = word("<p>\n  one\n  <em> two</em>  <br>\n three </p>").runs("one")
    assert "".join(text for text, _ in runs) == "one two" + "three"


def test_nowrap_text_has_non_breaking_spaces(word: Make) -> None:
    assert word("<p>at <span style='white-space: nowrap'>18 pm</span></p>").runs("at")[-1][0] == "18\u00a0pm"


def test_background_of_text_covers_nested_elements(word: Make) -> None:
    file = word("<p>a <strong>b <em>c</em></strong> d</p>", "strong { background-color: #ffee00 }")
    runs = {text: attribute(properties, "w:shd/@w:fill") for text, properties in file.runs("a b c d")}
    assert runs == {"a ": "", "b ": "FFEE00", "c": "FFEE00", " d": ""}


def test_raised_text_follows_the_stylesheet(word: Make) -> None:
    css = "em { vertical-align: 5pt } strong { vertical-align: sub; font-size: 12pt } em strong { vertical-align: -2pt }"
    file = word("<p>a <em>b <strong>c</strong></em> <strong>d</strong><sup>e</sup></p>", css)
    runs = [(text, attribute(properties, "w:position/@w:val")) for text, properties in file.runs("a b")]
    assert runs == [("a ", ""), ("b ", "10"), ("c", "6"), (" ", ""), ("d", "-12"), ("e", "")]


def test_hidden_text_is_not_written(word: Make) -> None:
    assert "".join(text for text, _ in word("<p>a <em>b</em>c</p>", "em { display: none }").runs("a")) == "a c"


def test_transparent_text_is_white(word: Make) -> None:
    style = word("<p class='lead'>a</p>", ".lead { color: transparent }").style("ip-lead")
    assert attribute(style, "w:rPr/w:color/@w:val") == "FFFFFF"


def test_class_of_a_span_is_a_character_style(word: Make) -> None:
    file = word('<p>a <span class="due">date</span> <span class="plain">b</span></p>', ".due { color: #a3170f }")
    assert attribute(dict(file.runs("date"))["date"], "w:rStyle/@w:val") == "ip-due"
    assert attribute(file.style("ip-due"), "w:rPr/w:color/@w:val") == "A3170F"
    assert (
        attribute(
            dict(file.runs("date"))[" b"] if " b" in dict(file.runs("date")) else dict(file.runs("date"))["b"], "count(w:rStyle)"
        )
        == "0"
    )


def test_external_link_is_a_relationship(word: Make) -> None:
    file = word('<p>See <a href="https://example.org/a?b=1&amp;c=2">the <em>notice</em></a>.</p>')
    number = file.find("string(//w:hyperlink/@r:id)")
    assert f'Id="{number}"'.encode() in file.parts["word/_rels/document.xml.rels"]
    assert b"https://example.org/a?b=1&amp;c=2" in file.parts["word/_rels/document.xml.rels"]
    runs = dict(file.runs("notice"))
    assert attribute(runs["the "], "w:rStyle/@w:val") == "Hyperlink"
    assert attribute(runs["notice"], "count(w:i)") == "1"


def test_internal_link_leads_to_a_bookmark(word: Make) -> None:
    file = word('<p><a href="#en-aims">Aims</a></p><h2 id="en-aims">Our aims</h2>')
    anchor = file.find("string(//w:hyperlink/@w:anchor)")
    assert file.paragraph("Our aims").xpath("string(w:bookmarkStart/@w:name)", namespaces=SPACES) == anchor


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", ""])
def test_dangerous_link_is_refused(word: Make, address: str) -> None:
    with pytest.raises(IpdocsError) as raised:
        word(f'<p><a href="{address}">x</a></p>')
    (finding,) = raised.value.findings
    assert (finding.code, finding.severity) == ("bad-link", "error")
    assert repr(address) in finding.message
    assert "https://" in (finding.hint or "")


@pytest.mark.parametrize(
    ("words", "lang", "kept"),
    [
        (
            "co-operation of the Guangdong-Hong Kong group in 2018-19",
            "en",
            ["co", "operation of the Guangdong-Hong Kong group in 2018", "19"],
        ),
        ("2018-2019年度", "zh-Hant-HK", ["2018", "2019年度"]),
    ],
)
def test_non_breaking_hyphen_is_a_word_element(word: Make, words: str, lang: str, kept: list[str]) -> None:
    paragraph = word(f"<p>{words}</p>", lang=lang).find("//w:body/w:p[1]")[0]
    text = "".join(
        "~" if child.tag.endswith("noBreakHyphen") else child.text
        for child in paragraph.xpath(".//w:r/*[not(self::w:rPr)]", namespaces=SPACES)
    )
    assert text == "~".join(kept)


def test_non_breaking_hyphen_in_chinese_uses_the_latin_font(word: Make) -> None:
    (run,) = word("<p>2018-2019年度</p>", lang="zh-Hant-HK").find("//w:r[w:noBreakHyphen]")
    assert attribute(run, "w:rPr/w:rFonts/@w:hint") == ""
