"""Pictures from cameras, print shops and drawing programs, converted for all formats."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import html as lxml_html
from PIL import Image

from ipdocs.files.pictures.cleaning import clean_picture
from ipdocs.files.pictures.picture import BadPicture
from ipdocs.files.pictures.svg import drawing_text
from ipdocs.findings import IpdocsError
from ipdocs.locale.language import language
from ipdocs.templating.fonts import design_of
from ipdocs.templating.html_document import HtmlDocument
from ipdocs.verification.pdf import read_pdf
from ipdocs.workspace import Workspace
from ipdocs.writers import docx, html, pdf
from ipdocs.writers.docx.drawings import rasterise

RECT = '<rect width="100%" height="100%" fill="#0b4f9c"/>'
PROFILE = Path("/usr/share/color/icc/ghostscript/default_cmyk.icc")
"""The colours of inks on coated paper, from the package libgs-common."""

FIGURE = '<figure><img src="a" alt="B"><figcaption>C</figcaption></figure>'
PAGE = f'<html lang="en"><body><article lang="en"><h1>A</h1>{FIGURE}</article></body>'


def svg(attributes: str, content: str = RECT) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{content}</svg>'.encode()


def photo(mode: str, kind: str = "JPEG", **options: Any) -> bytes:
    data = io.BytesIO()
    image = Image.new("RGB", (40, 20), (250, 200, 60)).convert(mode)
    image.paste(Image.new("RGB", (10, 10), (200, 0, 0)).convert(mode), (0, 0))
    image.save(data, kind, **options)
    return data.getvalue()


def deep() -> bytes:
    """Return a PNG with 16 bits a pixel."""
    data = io.BytesIO()
    Image.new("I;16", (40, 20), 30_000).save(data, "PNG")
    return data.getvalue()


def usable(data: bytes) -> bytes:
    return clean_picture(data).data


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(usable(data)))


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="200" height="100"', ("200", "100")),
        ('width="50mm" height="30mm"', ("188.976", "113.386")),
        ('width="210mm" height="297mm" viewBox="0 0 210 297"', ("793.701", "1122.52")),
        ('width="3in" height="36pt"', ("288", "48")),
        ('width="10em" height=" 5cm "', ("160", "188.976")),
        ('width="1e2" height="+5e1"', ("100", "50")),
        ('width="100" viewBox="0 0 200 100"', ("100", "50")),
        ('height="100" viewBox="0,0,200,100"', ("200", "100")),
        ('width="100%" height="100%" viewBox="0 0 200 100"', ("200", "100")),
        ('viewBox="0 0 200 100"', ("200", "100")),
        ('width="100"', ("100", "150")),
        ("", ("300", "150")),
    ],
)
def test_svg_size_is_in_pixels(attributes: str, size: tuple[str, str]) -> None:
    root = lxml_html.fromstring(usable(svg(attributes)))
    assert (root.get("width"), root.get("height")) == size


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_svg_is_recognised_in_any_encoding(encoding: str) -> None:
    declared = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>\n<!-- drawn by hand -->\n'
    assert usable((declared + svg('width="9" height="9"', "<text>圖</text>").decode()).encode(encoding)).endswith(
        "<text>圖</text></svg>".encode()
    )


@pytest.mark.parametrize("attributes", ['width="0" height="0"', 'width="-5" height="10"'])
def test_svg_without_a_size_is_refused(attributes: str) -> None:
    with pytest.raises(BadPicture):
        clean_picture(svg(attributes))


@pytest.mark.parametrize(
    ("data", "mode", "size"),
    [
        (photo("RGB", exif=b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"), "RGB", (20, 40)),
        (photo("CMYK"), "RGB", (40, 20)),
        (photo("CMYK", exif=b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x08\0\0\0\0\0\0"), "RGB", (20, 40)),
        (photo("CMYK", icc_profile=b"no profile"), "RGB", (40, 20)),
        (deep(), "L", (40, 20)),
    ],
)
def test_photo_is_rotated_and_converted_to_srgb(data: bytes, mode: str, size: tuple[int, int]) -> None:
    assert (opened(data).mode, opened(data).size) == (mode, size)


def test_cmyk_picture_is_converted_to_srgb() -> None:
    image = opened(photo("CMYK", icc_profile=b"no profile"))
    assert image.getpixel((30, 15)) == pytest.approx((250, 200, 60), abs=6)
    assert "icc_profile" not in image.info


def test_cmyk_picture_uses_its_own_profile() -> None:
    inks = Image.new("CMYK", (4, 2), (255, 0, 0, 0))
    data = io.BytesIO()
    inks.save(data, "JPEG", icc_profile=PROFILE.read_bytes())
    assert opened(data.getvalue()).getpixel((1, 1)) == pytest.approx((0, 175, 240), abs=6)
    assert inks.convert("RGB").getpixel((1, 1)) == (0, 255, 255)


@pytest.mark.parametrize(
    "data", [photo("RGB"), photo("L"), photo("RGBA", "PNG"), photo("LA", "PNG"), photo("P", "PNG", transparency=0)]
)
def test_picture_that_every_format_shows_is_unchanged(data: bytes) -> None:
    assert usable(data) == data


def test_rotated_png_keeps_its_transparency() -> None:
    exif = Image.Exif()
    exif[0x0112] = 3
    image = opened(photo("RGBA", "PNG", exif=exif))
    assert (image.format, image.mode) == ("PNG", "RGBA")


@pytest.mark.parametrize(
    "data",
    [
        svg('width="50mm" height="30mm"'),
        svg('width="100" viewBox="0 0 200 100"'),
        svg('viewBox="0 0 200 100"'),
        b"\xef\xbb\xbf" + svg('width="90" height="30"'),
        photo("CMYK"),
        photo("RGBA", "PNG"),
        photo("RGB", exif=b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"),
    ],
)
def test_word_and_pdf_show_a_picture_in_the_same_size(tree_of: Callable[..., HtmlDocument], data: bytes) -> None:
    import pikepdf

    tree = tree_of(PAGE, assets={"a": data})
    written = pdf.write(tree, pdf.prepare([tree], Workspace())).data
    with pikepdf.open(io.BytesIO(written)) as file:
        left, bottom, right, top = map(float, _figure(file.Root.StructTreeRoot.K[0]).A.BBox)
    word = docx.write(tree, Workspace()).data
    assert _extent(word) == pytest.approx(((right - left) / 0.75, (top - bottom) / 0.75), abs=0.2)


def _figure(element: Any) -> Any:
    if element.get("/S") == "/Figure":
        return element
    kids = (kid for kid in element.get("/K", []) if hasattr(kid, "get"))
    return next(filter(None, map(_figure, kids)), None)


def _extent(word: bytes) -> tuple[float, float]:
    import re
    import zipfile

    body = zipfile.ZipFile(io.BytesIO(word)).read("word/document.xml").decode()
    extent = re.search(r'wp:extent cx="(\d+)" cy="(\d+)"', body)
    assert extent
    return int(extent[1]) / 9525, int(extent[2]) / 9525


def test_web_page_has_the_same_pictures(tree_of: Callable[..., HtmlDocument]) -> None:
    tree = tree_of(
        PAGE.replace("<body>", "<head></head><body>"), assets={"a": b"\xef\xbb\xbf" + svg('width="50mm" height="30mm"')}
    )
    page = lxml_html.document_fromstring(html.write(tree, Workspace()).data)
    kind, data = next(page.iter("img")).get("src").split(";base64,")
    assert kind == "data:image/svg+xml"
    assert b'width="188.976"' in base64.b64decode(data)


CHART = svg('width="200" height="40"', f'{RECT}<title>not seen</title><text y="20">Chart <tspan>圖表</tspan></text>')


def test_text_of_a_drawing_is_its_visible_text() -> None:
    assert drawing_text(clean_picture(CHART)) == "Chart 圖表"
    assert drawing_text(clean_picture(photo("RGB"))) == ""


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("", "sans"),
        ("Arial, sans-serif", "sans"),
        ("serif", "serif"),
        ("'Times New Roman'", "serif"),
        ("Noto Serif CJK HK", "serif"),
    ],
)
def test_font_of_a_drawing_selects_a_design(names: str, expected: str) -> None:
    assert design_of(names) == expected


def test_text_of_a_drawing_has_glyphs_in_the_pdf(tree_of: Callable[..., HtmlDocument]) -> None:
    tree = tree_of(PAGE, assets={"a": CHART})
    actual = read_pdf(pdf.write(tree, pdf.prepare([tree], Workspace())).data, Path("one.pdf"))
    assert [line.text for line in actual.lines] == ["A", "C"]
    assert "Chart圖表" in actual.texts
    assert actual.findings == []


def test_missing_glyph_in_a_drawing_is_reported_with_its_place(tree_of: Callable[..., HtmlDocument]) -> None:
    page = PAGE.replace("<figure>", '<figure data-place="release.yaml:12:5">')
    tree = tree_of(page, assets={"a": svg('width="200" height="40"', "<text>𓀀</text>")})
    with pytest.raises(IpdocsError) as raised:
        pdf.write(tree, pdf.prepare([tree], Workspace()))
    (finding,) = raised.value.findings
    assert (finding.code, str(finding.location)) == ("no-glyph", "release.yaml:12:5")
    assert "'𓀀' (U+13000)" in finding.message


def _ink(png: bytes) -> int:
    return sum(Image.open(io.BytesIO(png)).convert("L").point(lambda value: 255 * (value < 128)).histogram()[255:])


def test_png_of_a_drawing_uses_the_documents_fonts() -> None:
    from ipdocs.writers.pdf import font_files

    with_text = svg('width="200" height="40"', '<rect width="200" height="40" fill="white"/><text y="20">Chart 圖表</text>')
    none = svg('width="200" height="40"', '<rect width="200" height="40" fill="white"/>')
    both = [rasterise(clean_picture(data), language("en", Workspace()), Workspace()) for data in (with_text, none)]
    assert _ink(both[0]) > 1000 > _ink(both[1])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ipdocs.writers.docx.drawings.installed_fonts", dict)
        assert Image.open(io.BytesIO(rasterise(clean_picture(with_text), language("en", Workspace()), Workspace()))).size == (
            600,
            120,
        )
    assert font_files.installed_fonts()


def test_png_of_a_large_drawing_is_limited() -> None:
    png = rasterise(clean_picture(svg('width="20000" height="100"')), language("en", Workspace()), Workspace())
    assert Image.open(io.BytesIO(png)).width == 4000
