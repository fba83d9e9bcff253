"""Which face sets what, and what has no glyph."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import builder

from ipdocs.findings import IpdocsError
from ipdocs.templating.fonts import Face
from ipdocs.templating.html_document import HtmlDocument
from ipdocs.workspace import Workspace
from ipdocs.writers import pdf
from ipdocs.writers.pdf.glyphs import assign, fit, no_glyphs
from ipdocs.writers.pdf.installed import installed, missing_fonts

LATIN = Face(family="Latin", takes="latin", package="fonts-latin")
CHINESE = Face(family="Chinese", takes="chinese", package="fonts-chinese")
LATIN_HAS = frozenset(map(ord, "ABC ab,.“”…"))
CHINESE_HAS = frozenset(map(ord, "骨角，。“”…AB Ω"))


def test_chinese_takes_quotation_marks_from_its_own_font_and_letters_from_the_latin_one() -> None:
    given_, lacking = assign(set(map(ord, "骨“A”…")), {CHINESE: CHINESE_HAS, LATIN: LATIN_HAS})
    assert {face.family: "".join(sorted(map(chr, codes))) for face, codes in given_.items()} == {"Chinese": "“”…骨", "Latin": "A"}
    assert not lacking


def test_english_takes_quotation_marks_from_the_latin_font() -> None:
    given_, _ = assign(set(map(ord, "骨“A”")), {LATIN: LATIN_HAS, CHINESE: CHINESE_HAS})
    assert {face.family: "".join(sorted(map(chr, codes))) for face, codes in given_.items()} == {"Latin": "A“”", "Chinese": "骨"}


def test_a_letter_that_only_the_chinese_font_has_is_taken_from_it() -> None:
    given_, lacking = assign({ord("Ω")}, {CHINESE: CHINESE_HAS, LATIN: LATIN_HAS})
    assert given_[CHINESE] == {ord("Ω")}
    assert not lacking


@given(st.text())
def test_every_character_has_a_face_or_is_lacking_or_is_invisible(text: str) -> None:
    given_, lacking = assign(set(map(ord, text)), {CHINESE: CHINESE_HAS, LATIN: LATIN_HAS})
    set_ = set().union(*given_.values())
    assert not set_ & lacking
    assert all(not chr(code).isalnum() for code in set(map(ord, text)) - set_ - lacking)


@pytest.mark.parametrize("character", "𨋢㗎嘅啲邨衞")
def test_hong_kong_s_own_characters_have_glyphs_in_every_language(tree_of: Callable[..., HtmlDocument], character: str) -> None:
    page = "".join(f'<p lang="{tag}">{character}</p>' for tag in ("en", "zh-Hant-HK", "zh-Hans-HK", "zh-Hans-CN"))
    tree = tree_of(f'<html lang="en"><body>{page}</body></html>', css="p { font-family: ip-sans }")
    assert no_glyphs(tree, fit(tree, Workspace())) == []


def test_a_character_without_a_glyph_is_a_finding_with_its_place(tree_of: Callable[..., HtmlDocument]) -> None:
    paragraph = '<p data-place="fixtures/a/release.yaml:42:7">會議<em>\U0001f9e7</em>舉行\ue000</p>'
    tree = tree_of(f'<html lang="zh-Hant-HK"><body>{paragraph}</body></html>')
    with pytest.raises(IpdocsError) as error:
        pdf.write(tree, pdf.prepare([tree], Workspace()))
    hint = "write it otherwise, or name a font that has it in locales/zh-Hant-HK/fonts.yaml"
    place = f"\n  --> fixtures/a/release.yaml:42:7\n   = hint: {hint}"
    assert list(map(str, error.value.findings)) == [
        f"error[no-glyph]: no font of zh-Hant-HK has a glyph for '\\ue000' (U+E000){place}",
        f"error[no-glyph]: no font of zh-Hant-HK has a glyph for '\U0001f9e7' (U+1F9E7){place}",
    ]


@pytest.mark.parametrize("language", ["en", "zh-Hant-HK", "zh-Hans-HK", "zh-Hans-CN"])
def test_the_marks_of_a_draft_have_glyphs(tree_of: Callable[..., HtmlDocument], language: str) -> None:
    tree = tree_of(f'<html lang="{language}"><body><h1>⟦A⟧</h1></body></html>', draft=True)
    assert pdf.write(tree, pdf.prepare([tree], Workspace())).findings == ()


def test_a_draft_shows_what_it_can_and_warns(tree_of: Callable[..., HtmlDocument]) -> None:
    tree = tree_of('<html lang="en"><body><h1>A \U0001f9e7</h1></body></html>', draft=True)
    written = pdf.write(tree, pdf.prepare([tree], Workspace()))
    assert [(one.code, one.severity) for one in written.findings] == [("no-glyph", "warning")]


@pytest.mark.parametrize(
    "character", ["\u00a0", "\u2009", "\u202f", "\u3000", "\u200b", "\u2060", "\ufe00", "\U000e0100", "\u00ad"]
)
def test_spaces_and_format_characters_need_no_glyph(tree_of: Callable[..., HtmlDocument], character: str) -> None:
    tree = tree_of(f'<html lang="zh-Hant-HK"><body><h1>會{character}議 a{character}b</h1></body></html>')
    assert pdf.write(tree, pdf.prepare([tree], Workspace())).findings == ()


@pytest.mark.parametrize(
    "css", ["p { text-transform: uppercase }", "p { font-variant: small-caps }", "p { text-transform: full-width }"]
)
def test_what_a_stylesheet_spells_otherwise_has_its_glyphs(tree_of: Callable[..., HtmlDocument], css: str) -> None:
    tree = tree_of('<html lang="zh-Hant-HK"><body><p>жук abc</p></body></html>', css)
    assert pdf.write(tree, pdf.prepare([tree], Workspace())).findings == ()


def test_a_font_that_is_not_installed_says_what_to_install() -> None:
    assert list(map(str, missing_fonts([LATIN, LATIN, CHINESE], {"Chinese": ()}))) == [
        "error[missing-font]: the font 'Latin' is not installed\n   = hint: apt-get install fonts-latin",
        "error[missing-font]: the font 'Chinese' is not installed\n   = hint: apt-get install fonts-chinese",
    ]


def test_an_alternate_stands_in_for_a_font_that_is_not_installed() -> None:
    face = Face.model_validate({"family": "No Such Font", "or": ["Liberation Serif"], "takes": "latin", "package": "fonts-x"})
    assert missing_fonts([face], installed()) == []


def test_without_any_font_of_a_language_no_pdf_is_written(tree_of: Callable[..., HtmlDocument], tmp_path: Path) -> None:
    path = tmp_path / "locales/en/fonts.yaml"
    path.parent.mkdir(parents=True)
    design = "{word: {latin: A, chinese: B}, faces: [{family: No Such Font, takes: latin, package: fonts-none}]}"
    path.write_text(f"serif: {design}\nsans: {design}\n", "utf-8")
    tree = tree_of('<html lang="en"><body><h1>A</h1></body></html>')
    with pytest.raises(IpdocsError, match="apt-get install fonts-none"):
        pdf.write(tree, pdf.prepare([tree], Workspace(tmp_path)))


@pytest.mark.parametrize(
    ("tag", "family"), [("la", "Liberation-Serif"), ("zh", "Noto-Serif-CJK-HK"), ("zh-Hans", "Noto-Serif-CJK-SC")]
)
def test_a_tag_that_no_folder_has_is_set_in_the_nearest_language_s_fonts(
    tree_of: Callable[..., HtmlDocument], write: Callable[[HtmlDocument], bytes], tag: str, family: str
) -> None:
    tree = tree_of('<html lang="en"><body><h1>A</h1></body></html>')
    word = "décès" if tag == "la" else "會议"
    tree.root.find("body/h1").append(builder.SPAN(word, lang=tag))
    with pikepdf.open(io.BytesIO(write(tree))) as file:
        fonts = {str(font.BaseFont)[8:]: font.ToUnicode.read_bytes() for font in file.pages[0].Resources.Font.values()}
    assert f"<{ord(word[1]):04x}>".encode() in fonts[f"{family}-Bold"]
