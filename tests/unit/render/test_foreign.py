"""Words of another script are marked with their language, and nothing else is changed."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from lxml.html import HtmlElement

from ipdocs.locale.language import language
from ipdocs.templating.html_document import HtmlDocument
from ipdocs.templating.language_tags import mark_foreign
from ipdocs.workspace import Workspace
from ipdocs.writers import pdf

OFFICE = Workspace()


def marked(text: str, tag: str) -> HtmlElement:
    body = html.document_fromstring(f"<html><body><p>{text}</p></body></html>").find("body")
    assert isinstance(body, HtmlElement)
    mark_foreign(body, language(tag, OFFICE), OFFICE)
    return body


def spans(text: str, tag: str) -> list[tuple[str, str]]:
    return [(span.get("lang", ""), span.text_content()) for span in marked(text, tag).iter("span")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The 衞生署 said", ["衞生署"]),
        ("said “你好！” to all", ["你好！"]),
        ("“「一帶一路」倡議” and 𨋢.", ["「一帶一路」倡議", "𨋢"]),
        ("in <em>二○一八</em>, 三——四", ["二○一八", "三——四"]),
        ("no Chinese “here” — at all", []),
    ],
)
def test_chinese_characters_in_english_are_chinese(text: str, found: list[str]) -> None:
    assert spans(text, "en") == [("zh-Hant-HK", words) for words in found]


def test_words_in_simplified_characters_are_simplified() -> None:
    assert spans("to 广东 and 廣東", "en") == [("zh-Hans-HK", "广东"), ("zh-Hant-HK", "廣東")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("出席Business of IP Asia Forum的人", ["Business of IP Asia Forum"]),
        ("由Intellectual Property Department, Hong Kong舉辦", ["Intellectual Property Department, Hong Kong"]),
        ("Guangdong/Hong Kong Expert Group。", ["Guangdong/Hong Kong Expert Group"]),
        ("世界知識產權組織（WIPO）及ABC 123", []),
    ],
)
def test_a_phrase_of_latin_words_in_chinese_is_english_and_a_name_of_one_word_is_not(text: str, found: list[str]) -> None:
    assert spans(text, "tc") == [("en", words) for words in found]


def test_a_language_that_is_marked_already_is_heeded() -> None:
    assert spans('a <span lang="zh-Hant-HK">衞生署Hong Kong Office</span>', "en") == [
        ("zh-Hant-HK", "衞生署Hong Kong Office"),
        ("en", "Hong Kong Office"),
    ]


@given(st.text("a 衞生，“”——<>&b.\u00a0/", max_size=40), st.sampled_from(["en", "tc", "sc"]))
def test_the_words_stay_as_they_are(text: str, tag: str) -> None:
    assert marked(html.builder.P(text).text_content().replace("&", "&amp;").replace("<", "&lt;"), tag).text_content() == text


def test_a_pdf_says_the_language_of_a_chinese_name_in_english(tree_of: Callable[..., HtmlDocument]) -> None:
    tree = tree_of('<html lang="en"><body><article lang="en"><p>The 衞生署 said</p></article></body></html>')
    mark_foreign(tree.body, tree.languages[0], OFFICE)
    data = pdf.write(tree, pdf.prepare([tree], OFFICE)).data
    with pikepdf.open(io.BytesIO(data)) as file:
        said = [str(one.Lang) for one in file.objects if isinstance(one, pikepdf.Dictionary) and "/Lang" in one and "/S" in one]
    assert said == ["zh-Hant-HK"]
