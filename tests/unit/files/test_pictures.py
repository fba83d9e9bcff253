"""The door for pictures: decoded whole, nothing but the picture kept, every kind of file told by its name."""

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


def saved(image: Image.Image, form: str, **said: Any) -> bytes:
    data = io.BytesIO()
    image.save(data, form, **said)
    return data.getvalue()


def telling(turn: int = 1) -> Image.Exif:
    """What a phone writes: who, where, and how it was held."""
    exif = Image.Exif()
    exif[0x013B], exif[0x0112] = SECRET.decode(), turn
    exif.get_ifd(0x8825).update({1: "N", 2: (22.0, 16.0, 48.0), 3: "E", 4: (114.0, 9.0, 36.0)})
    return exif


def png_text() -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", SECRET.decode())
    info.add_itxt("XML:com.adobe.xmp", SECRET.decode())
    return info


def pixels(data: bytes) -> Image.Image:
    return ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGBA")


def difference(one: Image.Image, other: Image.Image) -> int:
    assert one.size == other.size
    return max(abs(a - b) for a, b in zip(one.tobytes(), other.tobytes(), strict=True))


XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + SECRET + b"</x:xmpmeta>"
TELLING = {
    "jpeg": saved(scene(), "JPEG", exif=telling(), comment=SECRET, xmp=XMP),
    "jpeg-turned": saved(scene(), "JPEG", exif=telling(6), comment=SECRET),
    "jpeg-with-a-film": saved(scene(), "JPEG") + b"\0\0\0\x18ftypmp42" + SECRET,
    "jpeg-grey": saved(scene("L"), "JPEG", exif=telling(3), progressive=True),
    "png": saved(scene("RGBA"), "PNG", exif=telling(), pnginfo=png_text()),
    "png-turned": saved(scene("P"), "PNG", exif=telling(8)),
    "png-with-more": saved(scene("LA"), "PNG") + SECRET,
    "webp": saved(scene(), "WEBP", exif=telling(6).tobytes(), xmp=XMP, lossless=True),
    "tiff": saved(scene("CMYK"), "TIFF", exif=telling(), description=SECRET.decode()),
    "tiff-of-one-bit": saved(scene("1"), "TIFF", compression="group4", exif=telling()),
    "gif": saved(scene("P"), "GIF", comment=SECRET),
}


@pytest.mark.parametrize("name", TELLING)
def test_nothing_but_the_picture_comes_through(name: str) -> None:
    data = TELLING[name]
    picture, again = clean_picture(data), strip_metadata(data)
    assert SECRET in data or name == "tiff-of-one-bit"
    assert SECRET not in picture.data
    assert SECRET not in again
    assert not Image.open(io.BytesIO(picture.data)).getexif()
    assert difference(pixels(data), pixels(picture.data)) <= (24 if "jpeg" in name else 0)
    assert difference(pixels(data), pixels(again)) == 0
    assert clean_picture(picture.data).data == picture.data


@pytest.mark.parametrize("data", [saved(scene(), "JPEG"), saved(scene("P"), "PNG"), saved(scene("1"), "PNG")])
def test_a_picture_that_tells_nothing_stays_as_it_is(data: bytes) -> None:
    assert clean_picture(data).data == strip_metadata(data) == data


def test_a_jpeg_loses_its_metadata_without_being_coded_again() -> None:
    picture = clean_picture(TELLING["jpeg"])
    assert difference(pixels(TELLING["jpeg"]), pixels(picture.data)) == 0
    assert picture.data in {saved(scene(), "JPEG"), picture.data}
    assert len(picture.data) < len(TELLING["jpeg"])


def test_a_turned_jpeg_keeps_its_sampling() -> None:
    from PIL.JpegImagePlugin import get_sampling

    data = clean_picture(saved(scene(), "JPEG", subsampling=0, exif=telling(6))).data
    assert get_sampling(Image.open(io.BytesIO(data))) == 0


def wide_gamut() -> bytes:
    """A profile with the blue and red of sRGB in each other's place: colours that nobody can take for sRGB."""
    profile = bytearray(SRGB)
    count = struct.unpack_from(">I", profile, 128)[0]
    entries = {bytes(profile[at : at + 4]): at for at in range(132, 132 + 12 * count, 12)}
    red, blue = entries[b"rXYZ"], entries[b"bXYZ"]
    profile[red : red + 4], profile[blue : blue + 4] = b"bXYZ", b"rXYZ"
    return bytes(profile)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "WEBP"])
def test_a_colour_profile_is_applied(form: str) -> None:
    red = Image.new("RGB", (16, 16), (250, 10, 10))
    seen = Image.open(io.BytesIO(clean_picture(saved(red, form, icc_profile=wide_gamut())).data))
    assert seen.convert("RGB").getpixel((8, 8)) == pytest.approx((10, 10, 250), abs=12)
    assert "icc_profile" not in seen.info


def test_the_profile_of_screens_changes_nothing() -> None:
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


@pytest.mark.parametrize("name", [*WHOLE, *TELLING])
def test_no_change_of_bytes_ends_in_anything_but_a_refusal(name: str) -> None:
    chance = random.Random(name)
    whole = (WHOLE | TELLING)[name]
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 3, 12))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        for door in (clean_picture, strip_metadata):
            with suppress(BadPicture):
                door(bytes(data))


def test_a_damaged_jpeg_that_decoders_fill_up_is_refused() -> None:
    """Pillow shows grey where data ends early and the end's mark stands there, as WeasyPrint would have it do everywhere."""
    import weasyprint  # noqa: F401

    data = saved(Image.effect_noise((200, 200), 80), "JPEG")
    for damaged in (data[: len(data) // 2] + b"\xff\xd9", data[: len(data) // 2] + bytes(300) + data[len(data) // 2 + 300 :]):
        Image.open(io.BytesIO(damaged)).load()
        with pytest.raises(BadPicture, match="it is cut short or damaged"):
            clean_picture(damaged)
    with pytest.raises(BadPicture):
        clean_picture(WHOLE["gif"][:-30])


def test_a_png_with_a_wrong_checksum_is_refused() -> None:
    data = bytearray(WHOLE["png"])
    data[data.index(b"IDAT") + 20] ^= 1
    with pytest.raises(BadPicture, match="the checksum of a part is wrong"):
        clean_picture(bytes(data))


def header_of(width: int, height: int) -> bytes:
    body = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", body), (b"IDAT", zlib.compress(b"")), (b"IEND", b"")]
    chunks = (struct.pack(">I", len(part)) + name + part + struct.pack(">I", zlib.crc32(name + part)) for name, part in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@pytest.mark.parametrize("size", [(50_000, 50_000), (MAX_SIDE + 1, 1), (2**31 - 1, 2**31 - 1)])
def test_too_many_pixels_are_refused_before_they_are_decoded(size: tuple[int, int]) -> None:
    with pytest.raises(BadPicture, match="pixels"):
        clean_picture(header_of(*size))


@pytest.mark.parametrize(
    ("data", "loss"),
    [
        (WHOLE["animation"], "only the first of its 2 frames is shown"),
        (saved(scene(), "PNG", save_all=True, append_images=[scene().rotate(90)]), "only the first of its 2 frames is shown"),
        (saved(scene(), "TIFF", save_all=True, append_images=[scene(), scene()]), "only the first of its 3 pages is shown"),
    ],
)
def test_what_is_not_shown_is_told(data: bytes, loss: str) -> None:
    picture = clean_picture(data)
    assert picture.left_out == (loss,)
    assert difference(pixels(picture.data), scene("P" if data[:3] == b"GIF" else "RGB").convert("RGBA")) == 0


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "it is empty"),
        (b"words", "it is no picture"),
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
def test_a_file_that_is_not_read_is_named(data: bytes, message: str) -> None:
    with pytest.raises(BadPicture) as raised:
        clean_picture(data)
    assert raised.value.message.startswith(message)
    assert raised.value.hint


HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"


def test_heic_is_named_with_its_remedies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raster, "is_heic_readable", lambda: False)
    with pytest.raises(BadPicture) as raised:
        clean_picture(HEIC)
    assert raised.value.message == "it is a HEIC picture, which is not read here"
    assert "Most Compatible" in raised.value.hint
    assert "pip install 'ipdocs[heic]'" in raised.value.hint


def test_heic_is_read_where_its_library_is_installed() -> None:
    heif = pytest.importorskip("pillow_heif")
    data = io.BytesIO()
    heif.from_pillow(scene()).save(data, exif=telling().tobytes(), quality=-1)
    picture = clean_picture(data.getvalue())
    assert picture.kind == "jpeg"
    assert difference(pixels(picture.data), scene("RGBA")) < 24
    assert SECRET in data.getvalue()
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
        (svg("").replace(b'"90"', b'"1e9"').replace(b"></svg>", f">{RECT}</svg>".encode()), "it is 1,000,000,000 × 60 pixels"),
        (svg('<image href="../plan.png" width="9" height="9"/>'), "it refers to something outside itself: '../plan.png'"),
        (svg('<use xlink:href="other.svg#a"/>' + RECT), "it refers to something outside itself: 'other.svg#a'"),
        (svg("<style>@import 'https://example.org/a.css';</style>" + RECT), "it refers to something outside itself"),
        (svg(r"<style>rect { fill: u\72l(https://example.org/a.svg#b) }</style>" + RECT), "it refers to something outside"),
        (svg('<rect width="9" height="9" style="filter:url(a.svg#b)"/>'), "it refers to something outside itself: 'a.svg#b'"),
        (svg(RECT, before='<?xml-stylesheet href="a.css"?>'), "it refers to a stylesheet outside itself"),
        (svg("<text>&a;</text>", before='<!DOCTYPE svg [<!ENTITY a SYSTEM "/etc/hostname">]>'), "it declares entities"),
        (svg('<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">words</p></foreignObject>' + RECT), "it holds text as HTML"),
        (svg("<g/>"), "it draws nothing"),
        (b"<svg", "it is no SVG"),
        (b"<a/>", "it is no SVG: it begins with <a>"),
    ],
)
def test_a_drawing_that_reaches_out_or_never_ends_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(BadPicture) as raised:
        clean_picture(data)
    assert raised.value.message.startswith(message)


def test_what_runs_or_names_people_is_left_out_of_a_drawing() -> None:
    telling = svg(
        f"<!-- {SECRET.decode()} --><title>plan v3</title><metadata>{SECRET.decode()}</metadata><script>grow()</script>"
        f'<d:view xmlns:d="https://example.org/d" by="{SECRET.decode()}"/>'
        '<a xlink:href="https://example.org/"><rect onclick="go()" width="9" height="9"><animate attributeName="x"/></rect></a>',
        f'onload="go()" xmlns:d="https://example.org/d" d:docname="{SECRET.decode()}.svg"',
    )
    picture = clean_picture(telling)
    for gone in (SECRET, b"plan v3", b"go()", b"grow()", b"example.org", b"animate"):
        assert gone not in picture.data
    assert picture.left_out == ("its animation is left out", "its script is left out, and what that would draw")
    assert b"<rect" in picture.data


def test_stylesheets_of_a_drawing_are_written_into_its_elements() -> None:
    rules = "<style>.a { fill: red; stroke: blue !important } rect { fill: green; opacity: 1 }</style>"
    data = clean_picture(svg(rules + '<rect class="a" style="stroke:black" width="9" height="9"/>')).data
    assert b"<style" not in data
    assert b'style="opacity:1;fill:red;stroke:blue"' in data


def test_a_photo_in_a_drawing_is_cleaned_too() -> None:
    url = "data:image/jpeg;base64," + base64.b64encode(TELLING["jpeg"]).decode()
    data = clean_picture(svg(f'<image xlink:href="{url}" width="9" height="9"/>')).data
    inner = base64.b64decode(data.partition(b";base64,")[2].partition(b'"')[0])
    assert inner == clean_picture(TELLING["jpeg"]).data


def test_many_small_layers_and_gradients_are_no_bomb() -> None:
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

    def ran(data: bytes, name: str, *command: str) -> tuple[int, str]:
        (tmp_path / name).write_bytes(data)
        (tmp_path / "photos.yaml").write_text(SOURCE.format(file=name), "utf-8")
        result = CliRunner().invoke(app, [command[0], "photos.yaml", *command[1:]])
        return result.exit_code, result.output

    return ran


@pytest.mark.parametrize("command", [("check",), *(("build", "--format", form) for form in ("docx", "pdf", "html", "txt"))])
@pytest.mark.parametrize("name", ["photo.png", "photo.jpg", "photo.gif", "plan.svg", "photo.heic"])
def test_a_bad_picture_is_one_finding_at_its_name(name: str, command: tuple[str, ...], run: Run, tmp_path: Path) -> None:
    data = {"png": WHOLE["png"][:-9], "jpg": WHOLE["jpeg"][:400], "gif": WHOLE["gif"][:99], "svg": svg(""), "heic": HEIC}
    status, output = run(data[name.rpartition(".")[2]], name, *command)
    assert status == 1
    assert output.count("[bad-picture]") == 1
    assert f"the picture '{name}' cannot be used: it" in output
    assert "photos.yaml:15:" in output
    assert "0x" not in output
    assert {path.name for path in tmp_path.iterdir()} == {name, "photos.yaml"}


def test_frames_that_are_left_out_are_a_warning_of_check_and_build(run: Run) -> None:
    for command in (("check",), ("build", "--format", "docx")):
        status, output = run(WHOLE["animation"], "stage.gif", *command)
        assert "warning[picture-reduced]: the picture 'stage.gif': only the first of its 2 frames is shown" in output
        assert "photos.yaml:15:" in output
        assert status == 0
