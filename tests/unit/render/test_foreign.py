"""Words in another script are marked with their language, and nothing else changes."""

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
from ipdocs.templating.language_tags import tag_foreign_runs
from ipdocs.workspace import Workspace
from ipdocs.writers import pdf

OFFICE = Workspace()


def marked(text: str, tag: str) -> HtmlElement:
    body = html.document_fromstring(f"<html><body><p>{text}</p></body></html>").find("body")
    assert isinstance(body, HtmlElement)
    tag_foreign_runs(body, language(tag, OFFICE), OFFICE)
    return body


def spans(text: str, tag: str) -> list[tuple[str, str]]:
    return [(span.get("lang", ""), span.text_content()) for span in marked(text, tag).iter("span")]


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        ("The 衞生署 said", ["衞生署"]),
        ("said “你好！” to all", ["你好！"]),
        ("“「一帶一路」倡議” and 𨋢.", ["「一帶一路」倡議", "𨋢"]),
        ("in <em>二○一八</em>, 三——四", ["二○一八", "三——四"]),
        ("no Chinese “here” — at all", []),
    ],
)
def test_chinese_characters_in_english_are_marked(text: str, foreign: list[str]) -> None:
    assert spans(text, "en") == [("zh-Hant-HK", words) for words in foreign]


@pytest.mark.parametrize(("text", "tag"), [("x" * 300_000, "tc"), ("x'" * 150_000, "tc"), ("，" * 300_000, "en")])
def test_endless_words_are_read_once(text: str, tag: str) -> None:
    assert spans(text, tag) == []


def test_simplified_words_are_marked_as_simplified() -> None:
    assert spans("to 广东 and 廣東", "en") == [("zh-Hans-HK", "广东"), ("zh-Hant-HK", "廣東")]


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        ("出席Business of IP Asia Forum的人", ["Business of IP Asia Forum"]),
        ("由Intellectual Property Department, Hong Kong舉辦", ["Intellectual Property Department, Hong Kong"]),
        ("Guangdong/Hong Kong Expert Group。", ["Guangdong/Hong Kong Expert Group"]),
        ("世界知識產權組織（WIPO）及ABC 123", []),
    ],
)
def test_latin_phrase_in_chinese_is_marked_but_no_single_name(text: str, foreign: list[str]) -> None:
    assert spans(text, "tc") == [("en", words) for words in foreign]


def test_existing_language_marks_are_respected() -> None:
    assert spans('a <span lang="zh-Hant-HK">衞生署Hong Kong Office</span>', "en") == [
        ("zh-Hant-HK", "衞生署Hong Kong Office"),
        ("en", "Hong Kong Office"),
    ]


@given(st.text("a 衞生，“”——<>&b.\u00a0/", max_size=40), st.sampled_from(["en", "tc", "sc"]))
def test_marking_does_not_change_the_words(text: str, tag: str) -> None:
    assert marked(html.builder.P(text).text_content().replace("&", "&amp;").replace("<", "&lt;"), tag).text_content() == text


def test_pdf_states_the_language_of_a_chinese_name(tree_of: Callable[..., HtmlDocument]) -> None:
    tree = tree_of('<html lang="en"><body><article lang="en"><p>The 衞生署 said</p></article></body></html>')
    tag_foreign_runs(tree.body, tree.languages[0], OFFICE)
    data = pdf.write(tree, pdf.prepare([tree], OFFICE)).data
    with pikepdf.open(io.BytesIO(data)) as file:
        elements = [item for item in file.objects if isinstance(item, pikepdf.Dictionary) and "/S" in item]
        assert [str(element.Lang) for element in elements if "/Lang" in element] == ["zh-Hant-HK"]
