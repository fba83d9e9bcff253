"""Font files cut down to the characters of a document, with metrics that put every script on one rhythm."""

from __future__ import annotations

import struct
import unicodedata
from functools import cache, lru_cache
from typing import Any

from ipdocs.writers.pdf import sfnt
from ipdocs.writers.pdf.installed import BOLD, REGULAR, FontFile

ASCENT, DESCENT = 1.0, 0.1
"""Of the em, for every face: the pitch of lines is line-height alone, whatever the script, and a line of 1.5 em has its baseline
80 % down, where Word puts it in a line of exact height."""

_DROPPED = ("BASE", "VORG", "vhea", "vmtx", "FFTM", "DSIG", "gasp", "meta")
_BULLETS = "•◦▪"
"""Marks of lists: Word takes them from the Latin font too."""

LATIN = frozenset({*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x203B), 0x20AC, 0x2122, 0x2212})
"""What a Latin face always keeps, so that most documents of a batch share one."""

_LATIN_FEATURES = ("ccmp", "kern", "locl", "mark", "mkmk")
"""Kerning and accents; not ligatures, which Word leaves off."""

_DASH = 0x2014
_DASH_FEATURES = ("ccmp", "locl")
"""What makes a Chinese dash as wide as its two characters and unbroken: by itself the face has the Latin one for it."""


@lru_cache(maxsize=16)
def _face(path: str, index: int) -> Any:
    import uharfbuzz

    return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path), index)


@cache
def characters(file: FontFile) -> frozenset[int]:
    """Return the code points a face has a glyph for."""
    return frozenset(_face(str(file.path), file.index).unicodes)


def is_chinese(code: int) -> bool:
    """Say whether Chinese text takes a character from its Chinese font: all that is wide, and signs both scripts have.

    Letters, currency signs and bullets are left to the Latin font, whatever their width may be.
    """
    character = chr(code)
    width, category = unicodedata.east_asian_width(character), unicodedata.category(character)
    return width in "WF" or (width == "A" and category[0] != "L" and category != "Sc" and character not in _BULLETS)


@lru_cache(maxsize=64)
def subset(file: FontFile, codes: frozenset[int], *, latin: bool) -> bytes:
    """Return a face with the glyphs of some characters alone, as a font file of its own family name.

    Chinese glyphs stand upright on the em square, so nothing of their layout tables is kept but for dashes; Latin keeps kerning.
    Glyphs of a CFF face are numbered anew, and PDF/UA wants its charset to say the same numbers (7.21.4.1, 7.21.8).
    """
    import uharfbuzz

    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update({*codes, 0x20})
    wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING | uharfbuzz.SubsetFlags.CFF_IDENTITY_CHARSET
    features = _LATIN_FEATURES if latin else _DASH_FEATURES if _DASH in codes else ()
    dropped = _DROPPED if latin else (*_DROPPED, "GPOS", "GDEF") if features else (*_DROPPED, "GSUB", "GPOS", "GDEF")
    wanted.drop_table_tag_set.update(int.from_bytes(tag.encode("ascii"), "big") for tag in dropped)
    wanted.layout_feature_tag_set.clear()
    wanted.layout_feature_tag_set.update(int.from_bytes(tag.encode("ascii"), "big") for tag in features)
    wanted.name_id_set.clear()
    return _with_metrics(uharfbuzz.subset(_face(str(file.path), file.index), wanted).blob.data, file)


def _with_metrics(data: bytes, file: FontFile) -> bytes:
    """Return a font with the common ascent and descent in all three places that say them, and the family's name."""
    content = sfnt.tables(data)
    (em,) = struct.unpack_from(">H", content["head"], 18)
    ascent, descent = round(ASCENT * em), round(DESCENT * em)
    content["hhea"] = sfnt.patched(content["hhea"], 4, ">hhh", ascent, -descent, 0)
    content["OS/2"] = sfnt.patched(content["OS/2"], 68, ">hhhHH", ascent, -descent, 0, ascent, descent)
    style = {REGULAR: "Regular", BOLD: "Bold"}[file.weight] + (" Italic" if file.slant else "")
    content["name"] = sfnt.naming({1: file.family, 2: style})
    return sfnt.font(data[:4], content)
