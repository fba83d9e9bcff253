"""Each language is set in the glyphs of its region, as the outlines in the PDF show."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pikepdf
import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

from ipdocs.templating.html_document import HtmlDocument
from ipdocs.writers.pdf.font_files import REGULAR, installed_fonts

CHARACTERS = "骨角食龜令直這"
REGIONS = {"en": "HK", "zh-Hant-HK": "HK", "zh-Hans-HK": "SC", "zh-Hans-CN": "SC"}


def drawn(font: TTFont, name: str) -> list[object]:
    pen = DecomposingRecordingPen(font.getGlyphSet())
    font.getGlyphSet()[name].draw(pen)
    return pen.value


def embedded(data: bytes) -> dict[str, list[object]]:
    """Return the outlines of a PDF's Chinese glyphs, by character."""
    outlines = {}
    with pikepdf.open(io.BytesIO(data)) as file:
        for font in file.pages[0].Resources.Font.values():
            if "Noto" in str(font.BaseFont):
                face = TTFont(io.BytesIO(font.DescendantFonts[0].FontDescriptor.FontFile3.read_bytes()))
                mapped = font.ToUnicode.read_bytes().split(b"beginbfchar", 1)[1]
                for glyph, text in re.findall(rb"<([0-9a-f]{4})> <([0-9a-f]+)>", mapped):
                    character = bytes.fromhex(text.decode()).decode("utf-16-be")
                    outlines[character] = drawn(face, face.getGlyphName(int(glyph, 16)))
    return outlines


def installed_outlines(family: str) -> dict[str, list[object]]:
    file = next(file for file in installed_fonts()[family] if file.weight == REGULAR)
    face = TTFont(file.path, fontNumber=file.index)
    return {character: drawn(face, face.getBestCmap()[ord(character)]) for character in CHARACTERS}


@pytest.mark.parametrize("design", ["Serif", "Sans"])
@pytest.mark.parametrize("tag", REGIONS)
def test_language_is_set_in_glyphs_of_its_region(
    tree_of: Callable[..., HtmlDocument], write: Callable[[HtmlDocument], bytes], tag: str, design: str
) -> None:
    family = f"p {{ font-family: ip-{design.lower()} }}"
    data = write(tree_of(f'<html lang="{tag}"><body><p>{CHARACTERS}</p></body></html>', css=family))
    assert embedded(data) == installed_outlines(f"Noto {design} CJK {REGIONS[tag]}")


def test_chinese_within_english_has_hong_kong_glyphs(
    tree_of: Callable[..., HtmlDocument], write: Callable[[HtmlDocument], bytes]
) -> None:
    outlines = embedded(write(tree_of(f'<html lang="en"><body><p>The{CHARACTERS}.</p></body></html>')))
    japan = installed_outlines("Noto Serif CJK JP")
    assert outlines == installed_outlines("Noto Serif CJK HK")
    assert not [character for character in "食龜令直這" if outlines[character] == japan[character]]


def test_languages_in_one_paragraph_keep_their_own_glyphs(
    tree_of: Callable[..., HtmlDocument], write: Callable[[HtmlDocument], bytes]
) -> None:
    body = '<p>骨<span lang="zh-Hans-HK">角</span></p>'
    outlines = embedded(write(tree_of(f'<html lang="zh-Hant-HK"><body>{body}</body></html>')))
    assert outlines["骨"] == installed_outlines("Noto Serif CJK HK")["骨"]
    assert outlines["角"] == installed_outlines("Noto Serif CJK SC")["角"]
