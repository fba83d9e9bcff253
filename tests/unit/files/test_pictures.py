"""Cleaning of pictures: decoded whole, without metadata, and refused if they are damaged or unsafe."""

from __future__ import annotations

import base64
import io
import random
import struct
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms, ImageOps, PngImagePlugin
from typer.testing import CliRunner

from ipdocs.cli import app
from ipdocs.files.pictures import raster
from ipdocs.files.pictures.cleaning import clean_picture, strip_metadata
from ipdocs.files.pictures.picture import MAX_SIDE, BadPicture

SECRET = b"Executive Officer Wong"
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def scene(mode: str = "RGB") -> Image.Image:
    """A picture that looks different from each side."""
    slope = Image.linear_gradient("L").resize((64, 48))
    return Image.merge("RGB", (slope, slope.transpose(Image.Transpose.ROTATE_180), Image.new("L", (64, 48), 90))).convert(mode)


def saved(image: Image.Image, form: str, **options: Any) -> bytes:
    stream = io.BytesIO()
    image.save(stream, form, **options)
    return stream.getvalue()


def phone_exif(orientation: int = 1) -> Image.Exif:
    """Metadata as a phone writes it: author, place and orientation."""
    exif = Image.Exif()
    exif[0x013B], exif[0x0112] = SECRET.decode(), orientation
    exif.get_ifd(0x8825).update({1: "N", 2: (22.0, 16.0, 48.0), 3: "E", 4: (114.0, 9.0, 36.0)})
    return exif


def png_text() -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", SECRET.decode())
    info.add_itxt("XML:com.adobe.xmp", SECRET.decode())
    return info


def pixels(data: bytes) -> Image.Image:
    return ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGBA")


def difference(first: Image.Image, second: Image.Image) -> int:
    assert first.size == second.size
    return max(abs(a - b) for a, b in zip(first.tobytes(), second.tobytes(), strict=True))


XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + SECRET + b"</x:xmpmeta>"
WITH_METADATA = {
    "jpeg": saved(scene(), "JPEG", exif=phone_exif(), comment=SECRET, xmp=XMP),
    "jpeg-turned": saved(scene(), "JPEG", exif=phone_exif(6), comment=SECRET),
    "jpeg-with-a-film": saved(scene(), "JPEG") + b"\0\0\0\x18ftypmp42" + SECRET,
    "jpeg-grey": saved(scene("L"), "JPEG", exif=phone_exif(3), progressive=True),
    "png": saved(scene("RGBA"), "PNG", exif=phone_exif(), pnginfo=png_text()),
    "png-turned": saved(scene("P"), "PNG", exif=phone_exif(8)),
    "png-with-more": saved(scene("LA"), "PNG") + SECRET,
    "webp": saved(scene(), "WEBP", exif=phone_exif(6).tobytes(), xmp=XMP, lossless=True),
    "tiff": saved(scene("CMYK"), "TIFF", exif=phone_exif(), description=SECRET.decode()),
    "tiff-of-one-bit": saved(scene("1"), "TIFF", compression="group4", exif=phone_exif()),
    "gif": saved(scene("P"), "GIF", comment=SECRET),
}


@pytest.mark.parametrize("name", WITH_METADATA)
def test_metadata_is_removed(name: str) -> None:
    data = WITH_METADATA[name]
    picture, stripped = clean_picture(data), strip_metadata(data)
    assert SECRET in data or name == "tiff-of-one-bit"
    assert SECRET not in picture.data
    assert SECRET not in stripped
    assert not Image.open(io.BytesIO(picture.data)).getexif()
    assert difference(pixels(data), pixels(picture.data)) <= (24 if "jpeg" in name else 0)
    assert difference(pixels(data), pixels(stripped)) == 0
    assert clean_picture(picture.data).data == picture.data


@pytest.mark.parametrize("data", [saved(scene(), "JPEG"), saved(scene("P"), "PNG"), saved(scene("1"), "PNG")])
def test_a_picture_without_metadata_stays_unchanged(data: bytes) -> None:
    assert clean_picture(data).data == strip_metadata(data) == data


def test_a_jpeg_is_cleaned_without_loss() -> None:
    picture = clean_picture(WITH_METADATA["jpeg"])
    assert difference(pixels(WITH_METADATA["jpeg"]), pixels(picture.data)) == 0
    assert len(picture.data) < len(WITH_METADATA["jpeg"])


def test_a_turned_jpeg_keeps_its_subsampling() -> None:
    from PIL.JpegImagePlugin import get_sampling

    data = clean_picture(saved(scene(), "JPEG", subsampling=0, exif=phone_exif(6))).data
    assert get_sampling(Image.open(io.BytesIO(data))) == 0


def wide_gamut() -> bytes:
    """A profile with the blue and red of sRGB exchanged, so that all colours differ."""
    profile = bytearray(SRGB)
    count = struct.unpack_from(">I", profile, 128)[0]
    entries = {bytes(profile[offset : offset + 4]): offset for offset in range(132, 132 + 12 * count, 12)}
    red, blue = entries[b"rXYZ"], entries[b"bXYZ"]
    profile[red : red + 4], profile[blue : blue + 4] = b"bXYZ", b"rXYZ"
    return bytes(profile)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "WEBP"])
def test_a_colour_profile_is_applied(form: str) -> None:
    red = Image.new("RGB", (16, 16), (250, 10, 10))
    cleaned = Image.open(io.BytesIO(clean_picture(saved(red, form, icc_profile=wide_gamut())).data))
    assert cleaned.convert("RGB").getpixel((8, 8)) == pytest.approx((10, 10, 250), abs=12)
    assert "icc_profile" not in cleaned.info


def test_an_srgb_profile_changes_nothing() -> None:
    assert clean_picture(saved(scene(), "JPEG", icc_profile=SRGB)).data == clean_picture(saved(scene(), "JPEG")).data


WHOLE = {
    "png": saved(scene(), "PNG"),
    "jpeg": saved(scene(), "JPEG"),
    "progressive": saved(scene(), "JPEG", progressive=True),
    "gif": saved(scene("P"), "GIF"),
    "animation": saved(scene("P"), "GIF", save_all=True, append_images=[scene("P").rotate(90)]),
    "webp": saved(scene(), "WEBP"),
    "tiff": saved(scene(), "TIFF"),
    "bmp": saved(scene(), "BMP"),
}


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.98])
@pytest.mark.parametrize("name", WHOLE)
def test_a_picture_that_is_cut_short_is_refused(name: str, share: float) -> None:
    with pytest.raises(BadPicture):
        clean_picture(WHOLE[name][: int(len(WHOLE[name]) * share)])


@pytest.mark.parametrize("name", [*WHOLE, *WITH_METADATA])
def test_changed_bytes_raise_no_other_error(name: str) -> None:
    generator = random.Random(name)
    whole = (WHOLE | WITH_METADATA)[name]
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(generator.choice((1, 3, 12))):
            data[generator.randrange(len(data))] = generator.randrange(256)
        for clean in (clean_picture, strip_metadata):
            with suppress(BadPicture):
                clean(bytes(data))


def test_a_jpeg_with_missing_data_is_refused() -> None:
    """Pillow fills missing data with grey if the end marker is there, and always once WeasyPrint is imported."""
    import weasyprint  # noqa: F401

    data = saved(Image.effect_noise((200, 200), 80), "JPEG")
    for damaged in (data[: len(data) // 2] + b"\xff\xd9", data[: len(data) // 2] + bytes(300) + data[len(data) // 2 + 300 :]):
        Image.open(io.BytesIO(damaged)).load()
        with pytest.raises(BadPicture):
            clean_picture(damaged)
    with pytest.raises(BadPicture):
        clean_picture(WHOLE["gif"][:-30])


def test_a_png_with_a_wrong_checksum_is_refused() -> None:
    data = bytearray(WHOLE["png"])
    data[data.index(b"IDAT") + 20] ^= 1
    with pytest.raises(BadPicture, match="checksum"):
        clean_picture(bytes(data))


def header_of(width: int, height: int) -> bytes:
    body = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", body), (b"IDAT", zlib.compress(b"")), (b"IEND", b"")]
    chunks = (struct.pack(">I", len(part)) + name + part + struct.pack(">I", zlib.crc32(name + part)) for name, part in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@pytest.mark.parametrize("size", [(50_000, 50_000), (MAX_SIDE + 1, 1), (2**31 - 1, 2**31 - 1)])
def test_too_many_pixels_are_refused_undecoded(size: tuple[int, int]) -> None:
    with pytest.raises(BadPicture, match=f"{size[0]:,}"):
        clean_picture(header_of(*size))


@pytest.mark.parametrize(
    ("data", "number"),
    [
        (WHOLE["animation"], "2 frames"),
        (saved(scene(), "PNG", save_all=True, append_images=[scene().rotate(90)]), "2 frames"),
        (saved(scene(), "TIFF", save_all=True, append_images=[scene(), scene()]), "3 pages"),
    ],
)
def test_frames_that_are_not_shown_are_reported(data: bytes, number: str) -> None:
    picture = clean_picture(data)
    (loss,) = picture.losses
    assert number in loss
    assert difference(pixels(picture.data), scene("P" if data[:3] == b"GIF" else "RGB").convert("RGBA")) == 0


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "it is empty"),
        (b"words", "it is not a picture"),
        (b"\0\0\0\x1cftypavif", "it is an AVIF picture"),
        (b"\xff\x0a", "it is a JPEG XL picture"),
        (b"8BPS\0\1", "it is a Photoshop file"),
        (b"%!PS-Adobe-3.0 EPSF-3.0", "it is a PostScript drawing"),
        (b"%PDF-1.7", "it is a PDF"),
        (b"\x01\0\0\0" + bytes(36) + b" EMF", "it is a Windows metafile (EMF)"),
        (b"\xd7\xcd\xc6\x9a", "it is a Windows metafile (WMF)"),
        (b"\0\0\1\0\1\0", "it is an icon file"),
        (b"\0\0\2\0\1\0" + bytes(10) + b" ", "it is an icon file"),
        (saved(scene(), "TGA"), "it is a Targa picture (TGA)"),
        (saved(scene("L"), "TGA", compression="tga_rle"), "it is a Targa picture (TGA)"),
        (saved(scene("P"), "TGA"), "it is a Targa picture (TGA)"),
        (b"II*\0\x10\0\0\0CR", "it is a camera's raw file"),
        (b"\n<!DOCTYPE html><html>404</html>", "it is a web page"),
        (b"PK\x03\x04", "it is a ZIP or Office file"),
    ],
)
def test_an_unsupported_file_is_named(data: bytes, message: str) -> None:
    with pytest.raises(BadPicture) as raised:
        clean_picture(data)
    assert raised.value.message.startswith(message)
    assert raised.value.hint


HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"


def test_heic_without_its_library_has_a_hint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raster, "is_heic_readable", lambda: False)
    with pytest.raises(BadPicture, match="HEIC") as raised:
        clean_picture(HEIC)
    assert "pip install 'ipdocs[heic]'" in raised.value.hint


def test_heic_is_read_with_its_library() -> None:
    heif = pytest.importorskip("pillow_heif")
    stream = io.BytesIO()
    heif.from_pillow(scene()).save(stream, exif=phone_exif().tobytes(), quality=-1)
    picture = clean_picture(stream.getvalue())
    assert picture.kind == "jpeg"
    assert difference(pixels(picture.data), scene("RGBA")) < 24
    assert SECRET in stream.getvalue()
    assert SECRET not in picture.data


def svg(content: str, attributes: str = "", before: str = "") -> bytes:
    spaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f'{before}<svg {spaces} width="90" height="60" {attributes}>{content}</svg>'.encode()


RECT = '<rect width="9" height="9"/>'
DOUBLING = "".join(f'<g id="d{n}"><use xlink:href="#d{n + 1}"/><use xlink:href="#d{n + 1}"/></g>' for n in range(40))
LAYERS = '<g opacity="0.5"><rect width="90" height="60"/></g>' * 20_000


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (svg(f'<defs>{DOUBLING}<g id="d40">{RECT}</g></defs>{RECT}<use xlink:href="#d0"/>'), "it takes too long to draw"),
        (svg(f'<g id="a">{RECT}<use xlink:href="#a"/></g>'), "it refers to itself ('a')"),
        (svg('<pattern id="p"><rect fill="url(#p)" width="1" height="1"/></pattern>' + RECT), "it refers to itself ('p')"),
        (svg("<g>" * 300 + RECT + "</g>" * 300), "its elements are nested deeper than 128"),
        (svg(f'<marker id="m">{RECT * 500}</marker><path marker-mid="url(#m)" d="{"M1 1L2 2" * 500}"/>'), "it takes too long"),
        (svg(f'<filter id="f"><feTurbulence numOctaves="99999"/></filter>{RECT}'), "it has a filter that takes too long"),
        (svg(LAYERS), "it takes too long to draw: it has too many layers or filters"),
        (svg("").replace(b'"90"', b'"1e9"').replace(b"></svg>", f">{RECT}</svg>".encode()), "it has 1,000,000,000 × 60 pixels"),
        (svg('<image href="../plan.png" width="9" height="9"/>'), "it refers to another file or address: '../plan.png'"),
        (svg('<use xlink:href="other.svg#a"/>' + RECT), "it refers to another file or address: 'other.svg#a'"),
        (svg("<style>@import 'https://example.org/a.css';</style>" + RECT), "it refers to another file or address"),
        (svg(r"<style>rect { fill: u\72l(https://example.org/a.svg#b) }</style>" + RECT), "it refers to another file or address"),
        (svg('<rect width="9" height="9" style="filter:url(a.svg#b)"/>'), "it refers to another file or address: 'a.svg#b'"),
        (svg(RECT, before='<?xml-stylesheet href="a.css"?>'), "it links to a stylesheet"),
        (svg("<text>&a;</text>", before='<!DOCTYPE svg [<!ENTITY a SYSTEM "/etc/hostname">]>'), "it declares entities"),
        (svg('<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">words</p></foreignObject>' + RECT), "it holds text as HTML"),
        (svg("<g/>"), "it draws nothing"),
        (b"<svg", "it is not an SVG file"),
        (b"<a/>", "it is not an SVG file: it begins with <a>"),
    ],
)
def test_an_unsafe_or_broken_drawing_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(BadPicture) as raised:
        clean_picture(data)
    assert raised.value.message.startswith(message)


def test_scripts_links_and_metadata_are_not_copied() -> None:
    data = svg(
        f"<!-- {SECRET.decode()} --><title>plan v3</title><metadata>{SECRET.decode()}</metadata><script>grow()</script>"
        f'<d:view xmlns:d="https://example.org/d" by="{SECRET.decode()}"/>'
        '<a xlink:href="https://example.org/"><rect onclick="go()" width="9" height="9"><animate attributeName="x"/></rect></a>',
        f'onload="go()" xmlns:d="https://example.org/d" d:docname="{SECRET.decode()}.svg"',
    )
    picture = clean_picture(data)
    for removed in (SECRET, b"plan v3", b"go()", b"grow()", b"example.org", b"animate"):
        assert removed not in picture.data
    animation, script = picture.losses
    assert "animation" in animation
    assert "script" in script
    assert b"<rect" in picture.data


def test_stylesheets_are_written_into_elements() -> None:
    rules = "<style>.a { fill: red; stroke: blue !important } rect { fill: green; opacity: 1 }</style>"
    data = clean_picture(svg(rules + '<rect class="a" style="stroke:black" width="9" height="9"/>')).data
    assert b"<style" not in data
    assert b'style="opacity:1;fill:red;stroke:blue"' in data


def test_a_photo_in_a_drawing_is_cleaned_too() -> None:
    url = "data:image/jpeg;base64," + base64.b64encode(WITH_METADATA["jpeg"]).decode()
    data = clean_picture(svg(f'<image xlink:href="{url}" width="9" height="9"/>')).data
    photo = base64.b64decode(data.partition(b";base64,")[2].partition(b'"')[0])
    assert photo == clean_picture(WITH_METADATA["jpeg"]).data


def test_many_small_layers_are_accepted() -> None:
    dots = "".join(f'<circle cx="{n % 90}" cy="{n % 60}" r="1" opacity="0.5" stroke-width="0.2"/>' for n in range(3000))
    paint = '<linearGradient id="g"><stop offset="0"/></linearGradient>'
    leaves = "".join(f'<path d="m{n % 90} 9c1 1 2 2 3 3z" fill="url(#g)"/>' for n in range(3000))
    assert clean_picture(svg(dots + paint + leaves)).kind == "svg"


SOURCE = """schema: 1
kind: press-release
id: photos
style: gia
languages: [en]
issued: 2030-05-06T10:00+08:00
title:
  en: "Photographs of the seminar"
body:
- id: lead
  paragraph:
    en: "The seminar was held today."
- id: photo
  figure:
    file: "{file}"
    alt:
      en: "The speakers on the stage."
"""

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command on a release with one picture, in its folder."""
    monkeypatch.chdir(tmp_path)

    def run_command(data: bytes, name: str, *command: str) -> tuple[int, str]:
        (tmp_path / name).write_bytes(data)
        (tmp_path / "photos.yaml").write_text(SOURCE.format(file=name), "utf-8")
        result = CliRunner().invoke(app, [command[0], "photos.yaml", *command[1:]])
        return result.exit_code, result.output

    return run_command


@pytest.mark.parametrize("command", [("check",), *(("build", "--format", form) for form in ("docx", "pdf", "html", "txt"))])
@pytest.mark.parametrize("name", ["photo.png", "photo.jpg", "photo.gif", "plan.svg", "photo.heic"])
def test_a_bad_picture_is_reported_once(name: str, command: tuple[str, ...], run: Run, tmp_path: Path) -> None:
    data = {"png": WHOLE["png"][:-9], "jpg": WHOLE["jpeg"][:400], "gif": WHOLE["gif"][:99], "svg": svg(""), "heic": HEIC}
    status, output = run(data[name.rpartition(".")[2]], name, *command)
    assert status == 1
    assert output.count("[bad-picture]") == 1
    assert f"'{name}'" in output
    assert "photos.yaml:15:" in output
    assert "0x" not in output
    assert {path.name for path in tmp_path.iterdir()} == {name, "photos.yaml"}


def test_frames_that_are_not_shown_are_a_warning(run: Run) -> None:
    for command in (("check",), ("build", "--format", "docx")):
        status, output = run(WHOLE["animation"], "stage.gif", *command)
        assert "warning[picture-reduced]: " in output
        assert "'stage.gif'" in output
        assert "photos.yaml:15:" in output
        assert status == 0
