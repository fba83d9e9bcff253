"""The face that sets each character, and characters without a glyph."""

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
from ipdocs.writers.pdf.font_files import installed_fonts, missing_font_findings
from ipdocs.writers.pdf.glyphs import assign_characters, glyph_findings, subset_fonts

LATIN = Face(family="Latin", takes="latin", package="fonts-latin")
CHINESE = Face(family="Chinese", takes="chinese", package="fonts-chinese")
LATIN_HAS = frozenset(map(ord, "ABC ab,.“”…"))
CHINESE_HAS = frozenset(map(ord, "骨角，。“”…AB Ω"))


def test_chinese_takes_quotation_marks_from_its_own_font() -> None:
    assigned, missing = assign_characters(set(map(ord, "骨“A”…")), {CHINESE: CHINESE_HAS, LATIN: LATIN_HAS})
    assert {face.family: "".join(sorted(map(chr, codes))) for face, codes in assigned.items()} == {
        "Chinese": "“”…骨",
        "Latin": "A",
    }
    assert not missing


def test_english_takes_quotation_marks_from_the_latin_font() -> None:
    assigned, _ = assign_characters(set(map(ord, "骨“A”")), {LATIN: LATIN_HAS, CHINESE: CHINESE_HAS})
    assert {face.family: "".join(sorted(map(chr, codes))) for face, codes in assigned.items()} == {
        "Latin": "A“”",
        "Chinese": "骨",
    }


def test_letter_only_in_the_chinese_font_is_taken_from_it() -> None:
    assigned, missing = assign_characters({ord("Ω")}, {CHINESE: CHINESE_HAS, LATIN: LATIN_HAS})
    assert assigned[CHINESE] == {ord("Ω")}
    assert not missing


@given(st.text())
def test_character_has_a_face_or_is_missing_or_invisible(text: str) -> None:
    assigned, missing = assign_characters(set(map(ord, text)), {CHINESE: CHINESE_HAS, LATIN: LATIN_HAS})
    with_a_face = set().union(*assigned.values())
    assert not with_a_face & missing
    assert all(not chr(code).isalnum() for code in set(map(ord, text)) - with_a_face - missing)


@pytest.mark.parametrize("character", "𨋢㗎嘅啲邨衞")
def test_hong_kong_characters_have_glyphs_in_every_language(tree_of: Callable[..., HtmlDocument], character: str) -> None:
    page = "".join(f'<p lang="{tag}">{character}</p>' for tag in ("en", "zh-Hant-HK", "zh-Hans-HK", "zh-Hans-CN"))
    tree = tree_of(f'<html lang="en"><body>{page}</body></html>', css="p { font-family: ip-sans }")
    assert glyph_findings(tree, subset_fonts(tree, Workspace())) == []


def test_missing_glyph_is_an_error_with_its_place(tree_of: Callable[..., HtmlDocument]) -> None:
    paragraph = '<p data-place="fixtures/a/release.yaml:42:7">會議<em>\U0001f9e7</em>舉行\ue000</p>'
    tree = tree_of(f'<html lang="zh-Hant-HK"><body>{paragraph}</body></html>')
    with pytest.raises(IpdocsError) as error:
        pdf.write(tree, pdf.prepare([tree], Workspace()))
    assert {(finding.code, finding.severity, str(finding.location)) for finding in error.value.findings} == {
        ("no-glyph", "error", "fixtures/a/release.yaml:42:7")
    }
    private_use, red_envelope = error.value.findings
    assert "U+E000" in private_use.message
    assert "U+1F9E7" in red_envelope.message
    assert "locales/zh-Hant-HK/fonts.yaml" in str(red_envelope.hint)


@pytest.mark.parametrize("language", ["en", "zh-Hant-HK", "zh-Hans-HK", "zh-Hans-CN"])
def test_draft_marks_have_glyphs(tree_of: Callable[..., HtmlDocument], language: str) -> None:
    tree = tree_of(f'<html lang="{language}"><body><h1>⟦A⟧</h1></body></html>', draft=True)
    assert pdf.write(tree, pdf.prepare([tree], Workspace())).findings == ()


def test_missing_glyph_is_a_warning_in_a_draft(tree_of: Callable[..., HtmlDocument]) -> None:
    tree = tree_of('<html lang="en"><body><h1>A \U0001f9e7</h1></body></html>', draft=True)
    written = pdf.write(tree, pdf.prepare([tree], Workspace()))
    assert [(finding.code, finding.severity) for finding in written.findings] == [("no-glyph", "warning")]


@pytest.mark.parametrize(
    "character", ["\u00a0", "\u2009", "\u202f", "\u3000", "\u200b", "\u2060", "\ufe00", "\U000e0100", "\u00ad"]
)
def test_spaces_and_format_characters_need_no_glyph(tree_of: Callable[..., HtmlDocument], character: str) -> None:
    tree = tree_of(f'<html lang="zh-Hant-HK"><body><h1>會{character}議 a{character}b</h1></body></html>')
    assert pdf.write(tree, pdf.prepare([tree], Workspace())).findings == ()


@pytest.mark.parametrize(
    "css", ["p { text-transform: uppercase }", "p { font-variant: small-caps }", "p { text-transform: full-width }"]
)
def test_transformed_text_has_its_glyphs(tree_of: Callable[..., HtmlDocument], css: str) -> None:
    tree = tree_of('<html lang="zh-Hant-HK"><body><p>жук abc</p></body></html>', css)
    assert pdf.write(tree, pdf.prepare([tree], Workspace())).findings == ()


def test_missing_font_names_its_package() -> None:
    findings = missing_font_findings([LATIN, LATIN, CHINESE], {"Chinese": ()})
    assert [(finding.code, finding.severity, finding.hint) for finding in findings] == [
        ("missing-font", "error", "run `apt-get install fonts-latin`"),
        ("missing-font", "error", "run `apt-get install fonts-chinese`"),
    ]


def test_alternate_replaces_a_missing_font() -> None:
    face = Face.model_validate({"family": "No Such Font", "or": ["Liberation Serif"], "takes": "latin", "package": "fonts-x"})
    assert missing_font_findings([face], installed_fonts()) == []


def test_language_without_fonts_stops_the_pdf(tree_of: Callable[..., HtmlDocument], tmp_path: Path) -> None:
    path = tmp_path / "locales/en/fonts.yaml"
    path.parent.mkdir(parents=True)
    design = "{word: {latin: A, chinese: B}, faces: [{family: No Such Font, takes: latin, package: fonts-none}]}"
    path.write_text(f"serif: {design}\nsans: {design}\n", "utf-8")
    tree = tree_of('<html lang="en"><body><h1>A</h1></body></html>')
    with pytest.raises(IpdocsError) as raised:
        pdf.write(tree, pdf.prepare([tree], Workspace(tmp_path)))
    (finding,) = raised.value.findings
    assert (finding.code, finding.severity) == ("missing-font", "error")
    assert "'No Such Font'" in finding.message
    assert "fonts-none" in str(finding.hint)


@pytest.mark.parametrize(
    ("tag", "family"), [("la", "Liberation-Serif"), ("zh", "Noto-Serif-CJK-HK"), ("zh-Hans", "Noto-Serif-CJK-SC")]
)
def test_unknown_tag_uses_the_fonts_of_the_closest_language(
    tree_of: Callable[..., HtmlDocument], write: Callable[[HtmlDocument], bytes], tag: str, family: str
) -> None:
    tree = tree_of('<html lang="en"><body><h1>A</h1></body></html>')
    word = "décès" if tag == "la" else "會议"
    tree.root.find("body/h1").append(builder.SPAN(word, lang=tag))
    with pikepdf.open(io.BytesIO(write(tree))) as file:
        fonts = {str(font.BaseFont)[8:]: font.ToUnicode.read_bytes() for font in file.pages[0].Resources.Font.values()}
    assert f"<{ord(word[1]):04x}>".encode() in fonts[f"{family}-Bold"]
