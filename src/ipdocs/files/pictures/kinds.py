"""Recognise picture files by their first bytes, whatever their names."""

from __future__ import annotations

import re
from typing import Literal

from ipdocs.files.xml import is_xml

Kind = Literal["png", "jpeg", "gif", "webp", "tiff", "bmp", "heic", "svg"]
"""The supported kinds of pictures."""

_SUPPORTED: tuple[tuple[Kind, re.Pattern[bytes]], ...] = (
    ("png", re.compile(rb"\x89PNG\r\n\x1a\n")),
    ("jpeg", re.compile(rb"\xff\xd8\xff")),
    ("gif", re.compile(rb"GIF8[79]a")),
    ("webp", re.compile(rb"RIFF....WEBP", re.S)),
    ("tiff", re.compile(rb"II[*+]\0(?!.{4}CR)|MM\0[*+]", re.S)),
    ("bmp", re.compile(rb"BM.{12}[\x0c-\x7f]\0\0\0", re.S)),
    ("heic", re.compile(rb".{4}ftyp(hei[cxms]|hev[cxms]|msf1|mif1(?!.{4}([ -~]{4})*avi[fs]))", re.S)),
)
_SAVE_HINT = "save it as PNG or JPEG"
_UNSUPPORTED: tuple[tuple[str, str, re.Pattern[bytes]], ...] = (
    ("an AVIF picture", _SAVE_HINT, re.compile(rb".{4}ftyp(avi[fs]|mif1)", re.S)),
    ("a JPEG XL picture", _SAVE_HINT, re.compile(rb"\xff\x0a|\0\0\0\x0cJXL ")),
    ("a JPEG 2000 picture", _SAVE_HINT, re.compile(rb"\0\0\0\x0cjP  |\xff\x4f\xff\x51")),
    ("a Photoshop file", "export it as PNG or JPEG", re.compile(rb"8BPS")),
    (
        "a camera's raw file",
        "export it as JPEG in the camera's program",
        re.compile(rb"II\*\0.{4}CR|FUJIFILMCCD-RAW|IIRO|IIU\0", re.S),
    ),
    ("a PostScript drawing", "export it as SVG or PNG", re.compile(rb"%!PS|\xc5\xd0\xd3\xc6")),
    ("a PDF", "export the page as PNG or SVG, or give it as an annex of minutes", re.compile(rb"%PDF-")),
    ("a Windows metafile (EMF)", "export it as SVG or PNG", re.compile(rb"\x01\0\0\0.{36} EMF", re.S)),
    ("a Windows metafile (WMF)", "export it as SVG or PNG", re.compile(rb"\xd7\xcd\xc6\x9a|[\x01\x02]\0\x09\0\0[\x01\x03]")),
    (
        "a Targa picture (TGA)",
        _SAVE_HINT,
        re.compile(rb".(?:\0[\x02\x03\x0a\x0b]\0{5}|\x01[\x01\x09].{4}[\x0f\x10\x18\x20]).{8}[\x08\x0f\x10\x18\x20]", re.S),
    ),
    ("an icon file", _SAVE_HINT, re.compile(rb"\0\0[\x01\x02]\0")),
    ("a compressed drawing (SVGZ)", "save it as plain SVG", re.compile(rb"\x1f\x8b")),
    ("a ZIP or Office file", "save the picture in it as PNG or JPEG", re.compile(rb"PK\x03\x04")),
    ("a video", "save one picture of it as PNG or JPEG", re.compile(rb".{4}ftyp|\x1aE\xdf\xa3|RIFF....AVI ", re.S)),
    ("a web page", "download the picture itself, not the page that shows it", re.compile(rb"\s*<(!doctype html|html)", re.I)),
)
"""The name of each unsupported kind, a hint, and the pattern of its first bytes."""


def kind_of(data: bytes) -> Kind | None:
    """Return the kind of a picture file, or None if the kind is not supported."""
    if unsupported_kind(data)[0] == "a web page":
        return None
    start = data[:512]
    kind = next((kind for kind, pattern in _SUPPORTED if pattern.match(start)), None)
    return kind or ("svg" if is_xml(data) else None)


def unsupported_kind(data: bytes) -> tuple[str, str]:
    """Return the name of the unsupported kind of a file, and a hint; both are empty if the kind is unknown."""
    start = data[:512]
    return next(((name, hint) for name, hint, pattern in _UNSUPPORTED if pattern.match(start)), ("", ""))
