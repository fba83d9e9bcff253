"""Subset faces: the right glyphs, common vertical metrics, and glyph numbers that the charset repeats."""

from __future__ import annotations

import io

import pytest
import uharfbuzz
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

from ipdocs.writers.pdf.font_files import BOLD, REGULAR, FontFile, installed_fonts
from ipdocs.writers.pdf.subset import ASCENT, DESCENT, is_chinese, subset, supported_characters

TEXT = "骨角食龜令直這𨋢㗎，“”○Ag1"
FAMILIES = ("Noto Serif CJK HK", "Noto Serif CJK SC", "Noto Sans CJK HK", "Liberation Serif", "Liberation Sans")


def face(family: str, weight: int = REGULAR) -> FontFile:
    return next(file for file in installed_fonts()[family] if file.weight == weight and not file.slant)


def cut(file: FontFile, text: str) -> TTFont:
    codes = frozenset(map(ord, text)) & supported_characters(file)
    return TTFont(io.BytesIO(subset(file, codes, latin="Liberation" in file.family)))


def outline(font: TTFont, character: str) -> list[object]:
    pen = DecomposingRecordingPen(font.getGlyphSet())
    font.getGlyphSet()[font.getBestCmap()[ord(character)]].draw(pen)
    return pen.value


def test_subset_has_the_requested_glyphs_and_a_space() -> None:
    font = cut(face("Noto Serif CJK HK"), "骨角")
    assert set(font.getBestCmap()) == {0x20, ord("骨"), ord("角")}
    assert font["maxp"].numGlyphs == 4


@pytest.mark.parametrize("character", "骨角食龜這")
def test_subset_of_a_region_has_its_glyphs(character: str) -> None:
    file = face("Noto Serif CJK HK")
    whole = TTFont(file.path, fontNumber=file.index)
    mainland = cut(face("Noto Serif CJK SC"), TEXT)
    assert outline(cut(file, TEXT), character) == outline(whole, character)
    assert outline(cut(file, TEXT), character) != outline(mainland, character)


def test_the_charset_repeats_the_glyph_numbers() -> None:
    charset = cut(face("Noto Serif CJK HK"), TEXT)["CFF "].cff.topDictIndex[0].charset
    assert charset == [".notdef", *(f"cid{number:05}" for number in range(1, len(charset)))]


@pytest.mark.parametrize(("family", "language"), [("Noto Serif CJK HK", "zh-Hant-HK"), ("Noto Sans CJK SC", "zh-Hans-HK")])
def test_chinese_dash_is_two_characters_wide(family: str, language: str) -> None:
    file = face(family)
    data = subset(file, frozenset(map(ord, "會——骨，")) & supported_characters(file), latin=False)
    buffer = uharfbuzz.Buffer()
    buffer.add_str("會——骨，")
    buffer.guess_segment_properties()
    buffer.language = language
    uharfbuzz.shape(uharfbuzz.Font(uharfbuzz.Face(data)), buffer, {})
    assert [place.x_advance for place in buffer.glyph_positions] == [1000, 2000, 1000, 1000]


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("weight", [REGULAR, BOLD])
def test_every_face_has_the_same_metrics_in_three_tables(family: str, weight: int) -> None:
    font = cut(face(family, weight), TEXT)
    em = font["head"].unitsPerEm
    assert {font["hhea"].ascent, font["OS/2"].sTypoAscender, font["OS/2"].usWinAscent} == {round(ASCENT * em)}
    assert {-font["hhea"].descent, -font["OS/2"].sTypoDescender, font["OS/2"].usWinDescent} == {round(DESCENT * em)}
    assert font["hhea"].lineGap == font["OS/2"].sTypoLineGap == 0
    assert not {"BASE", "VORG", "vhea", "vmtx"} & set(font.keys())
    assert font["name"].getDebugName(1) == family


def test_the_same_characters_give_the_same_bytes() -> None:
    file = face("Liberation Serif")
    once = subset(file, frozenset({0x41, 0x42}), latin=True)
    subset.cache_clear()
    assert subset(file, frozenset({0x42, 0x41}), latin=True) == once


def test_latin_keeps_kerning_and_has_no_ligatures() -> None:
    font = cut(face("Liberation Serif"), "AVfi")
    assert {record.FeatureTag for record in font["GPOS"].table.FeatureList.FeatureRecord} == {"kern"}
    assert "GSUB" not in font or "liga" not in {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}


@pytest.mark.parametrize("character", "骨，。「”“…—·○㗎𨋢①　")
def test_character_is_set_in_the_chinese_font(character: str) -> None:
    assert is_chinese(ord(character))


@pytest.mark.parametrize("character", "Aa1,.()é€Ωж•")
def test_character_is_set_in_the_latin_font(character: str) -> None:
    assert not is_chinese(ord(character))
