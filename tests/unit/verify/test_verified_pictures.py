"""Finished files have the pictures of their source: each once, in order, with the same pixels."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image, ImageOps

from ipdocs.minutes.verify import verify_files
from ipdocs.pipeline.build import build
from ipdocs.pipeline.request import BuildRequest

FORMATS = ("docx", "pdf", "html")
NAMES = ("stage.jpg", "hall.png", "seal.png", "plan.svg")
PLAN = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60"><rect width="90" height="30" fill="#0b4f9c"/>'
    '<g opacity="0.5"><circle cx="60" cy="30" r="20"/></g><text y="20">North 北</text></svg>'
)
SOURCE = """schema: 1
kind: press-release
id: photos
style: gia
languages: [en]
issued: 2030-05-06T10:00+08:00
title:
  en: "Photographs of the seminar"
body:
"""
BLOCK = """- id: picture-{number}
  figure:
    file: {name}
    alt:
      en: "What picture {number} shows."
"""


def scene(blue: int) -> Image.Image:
    slope = Image.linear_gradient("L").resize((60, 40))
    return Image.merge("RGB", (slope, slope.transpose(Image.Transpose.ROTATE_180), Image.new("L", (60, 40), blue)))


def write_source(folder: Path, names: tuple[str, ...]) -> Path:
    scene(10).save(folder / "stage.jpg")
    scene(200).save(folder / "hall.png")
    scene(90).convert("RGBA").rotate(20).save(folder / "seal.png")
    (folder / "plan.svg").write_text(PLAN, "utf-8")
    source = folder / "photos.yaml"
    source.write_text(SOURCE + "".join(BLOCK.format(number=n, name=name) for n, name in enumerate(names)), "utf-8")
    return source


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A release with four pictures in each format that shows pictures."""
    folder = tmp_path_factory.mktemp("pictures")
    outputs = build([write_source(folder, NAMES)], folder / "out", BuildRequest(editions=("en",), formats=FORMATS))
    return {output.path.suffix[1:]: output.path for output in outputs}


def codes(path: Path) -> list[str]:
    (result,) = verify_files([path])
    return [finding.code for finding in result.findings]


def png(image: Image.Image) -> bytes:
    data = io.BytesIO()
    image.save(data, "PNG")
    return data.getvalue()


def change_word(path: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    change(parts)
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)


def second_drawing(parts: dict[str, bytes], count: int) -> None:
    """Remove the second picture of the body, or repeat it."""
    document = parts["word/document.xml"].decode()
    drawing = re.findall(r"<w:drawing>.*?</w:drawing>", document, re.S)[1]
    parts["word/document.xml"] = document.replace(drawing, drawing * count, 1).encode()


def swap(parts: dict[str, bytes], first: str, second: str) -> None:
    parts[first], parts[second] = parts[second], parts[first]


def put(name: str, data: bytes) -> Callable[[dict[str, bytes]], None]:
    return lambda parts: parts.update({f"word/media/{name}": data})


DIFFERS, OUT_OF_ORDER = {"picture-differs"}, {"picture-out-of-order", "picture-twice"}


def dotted(image: Image.Image) -> Image.Image:
    image.putpixel((7, 7), (1, 2, 3))
    return image


def edit(old: str, new: str) -> Callable[[dict[str, bytes]], None]:
    """Return a change of the first match in the text of a Word file."""

    def change(parts: dict[str, bytes]) -> None:
        text, count = re.subn(old, new, parts["word/document.xml"].decode(), count=1)
        assert count
        parts["word/document.xml"] = text.encode()

    return change


def resize(pattern: str, across: float, down: float) -> Callable[[dict[str, bytes]], None]:
    """Return a change of the sizes in every element that matches a pattern."""

    def change(parts: dict[str, bytes]) -> None:
        def resized(element: re.Match[str]) -> str:
            factors = {"cx": across, "cy": down}
            return re.sub(r'(c[xy])="(\d+)"', lambda size: f'{size[1]}="{int(int(size[2]) * factors[size[1]])}"', element[0])

        text, count = re.subn(pattern, resized, parts["word/document.xml"].decode())
        assert count
        parts["word/document.xml"] = text.encode()

    return change


WORD: dict[str, tuple[Callable[[dict[str, bytes]], None], set[str]]] = {
    "recoloured": (put("image2.png", png(scene(201))), DIFFERS),
    "one pixel": (put("image2.png", png(dotted(scene(200)))), DIFFERS),
    "damaged": (put("image2.png", png(scene(200))[:-40]), DIFFERS),
    "drawing": (put("drawing1.svg", PLAN.replace("#0b4f9c", "#000").encode()), DIFFERS),
    "drawing's PNG": (put("image4.png", png(scene(5).resize((270, 180)))), DIFFERS),
    "swapped": (lambda parts: swap(parts, "word/media/image2.png", "word/media/image3.png"), OUT_OF_ORDER),
    "missing": (lambda parts: second_drawing(parts, 0), {"picture-missing", "alternative-missing"}),
    "doubled": (lambda parts: second_drawing(parts, 2), {"picture-twice"}),
    "cropped": (edit("<a:stretch>", '<a:srcRect l="50000"/><a:stretch>'), DIFFERS),
    "mirrored": (edit("<a:xfrm", '<a:xfrm flipH="1"'), DIFFERS),
    "with an effect": (edit("(<a:blip [^>]*)/>", r"\1><a:grayscl/></a:blip>"), DIFFERS),
    "made a dot": (resize("<wp:extent [^>]*>", 0.02, 0.02), DIFFERS),
    "made a dot in its shape": (resize("<a:ext cx[^>]*>", 0.02, 0.02), DIFFERS),
    "made a line": (resize("<wp:extent [^>]*>", 1, 0.1), DIFFERS),
    "pulled": (resize("<a:ext cx[^>]*>", 1.3, 1), DIFFERS),
    "hidden": (edit("(<w:rPr>[^P]*)</w:rPr><w:drawing>", r"\1<w:vanish/></w:rPr><w:drawing>"), {"picture-missing"}),
}


@pytest.mark.parametrize("form", FORMATS)
def test_built_files_have_the_pictures_of_the_source(form: str, files: dict[str, Path]) -> None:
    assert codes(files[form]) == []


def test_picture_with_an_empty_crop_is_the_same(files: dict[str, Path], tmp_path: Path) -> None:
    path = copied(files["docx"], tmp_path)
    change_word(path, edit("<a:stretch>", '<a:srcRect l="0"/><a:stretch>'))
    change_word(path, edit("<a:xfrm", '<a:xfrm rot="0"'))
    assert codes(path) == []


def test_picture_made_smaller_in_word_is_the_same(files: dict[str, Path], tmp_path: Path) -> None:
    path = copied(files["docx"], tmp_path)
    change_word(path, resize("<(wp:extent|a:ext) [^>]*>", 0.5, 0.49))
    assert codes(path) == []


def test_picture_saved_again_without_loss_is_the_same(files: dict[str, Path], tmp_path: Path) -> None:
    path = copied(files["docx"], tmp_path)
    change_word(path, lambda parts: parts.update({"word/media/image2.png": png(scene(200).convert("RGBA"))}))
    assert codes(path) == []


def copied(path: Path, folder: Path) -> Path:
    """Copy a file and its manifest, which still names the source."""
    target = folder / "out" / "photos"
    target.mkdir(parents=True)
    for original in path.parent.iterdir():
        (target / original.name).write_bytes(original.read_bytes())
    write_source(folder, NAMES)
    return target / path.name


@pytest.mark.parametrize("name", WORD)
def test_changed_picture_in_a_word_file_is_reported(name: str, files: dict[str, Path], tmp_path: Path) -> None:
    path = copied(files["docx"], tmp_path)
    change, expected = WORD[name]
    change_word(path, change)
    assert set(codes(path)) == expected


def image_names(page: Any) -> list[str]:
    objects = page.resources.get("/XObject", {})
    return sorted(name for name in objects if str(objects[name].Subtype) == "/Image")


def images(pdf: Any) -> list[Any]:
    return [page.resources.XObject[name] for page in pdf.pages for name in image_names(page)]


def repaint(pdf: Any) -> None:
    unmasked = (image for image in images(pdf) if "/SMask" not in image)
    next(image for image in unmasked if str(image.Filter) == "/FlateDecode").write(ImageOps.invert(scene(200)).tobytes())


def repaint_jpeg(pdf: Any) -> None:
    jpeg = next(image for image in images(pdf) if str(image.Filter) == "/DCTDecode")
    data = io.BytesIO()
    scene(12).save(data, "JPEG")
    jpeg.write(data.getvalue(), filter=pikepdf.Name.DCTDecode)


def unmask(pdf: Any) -> None:
    del next(image for image in images(pdf) if "/SMask" in image)["/SMask"]


def invert(pdf: Any) -> None:
    next(image for image in images(pdf) if "/SMask" not in image).Decode = pikepdf.Array([1, 0, 1, 0, 1, 0])


def exchange(pdf: Any) -> None:
    names = image_names(pdf.pages[0])
    objects = pdf.pages[0].resources.XObject
    first, second = (objects[name] for name in names[:2])
    objects[names[0]], objects[names[1]] = second, first


def redraw(new: bytes) -> Callable[[Any], None]:
    """Return a change of the drawing of the first page's first picture."""

    def change(pdf: Any) -> None:
        page = pdf.pages[0]
        page.contents_coalesce()
        content = page.Contents.read_bytes()
        match = re.search(rb"(/\S+) Do", content)
        assert match
        page.Contents.write(content.replace(match[0], new.replace(b"NAME", match[1]), 1))

    return change


def draw_again(pdf: Any) -> None:
    """Draw a picture a second time, outside of all marked content."""
    pdf.pages[0].contents_add(f"q 90 0 0 60 10 10 cm {image_names(pdf.pages[0])[0]} Do Q".encode())


def add(content: str) -> Callable[[Any], None]:
    """Return a change that draws something else on the first page, too."""
    return lambda pdf: pdf.pages[0].contents_add(content.encode())


PDF: dict[str, tuple[Callable[[Any], None], set[str]]] = {
    "recoloured": (repaint, DIFFERS),
    "another photo": (repaint_jpeg, DIFFERS),
    "without its mask": (unmask, DIFFERS),
    "inverted": (invert, DIFFERS),
    "swapped": (exchange, OUT_OF_ORDER),
    "missing": (redraw(b" "), DIFFERS),
    "doubled": (redraw(b"NAME Do NAME Do"), DIFFERS),
    "drawn again elsewhere": (draw_again, {"unexpected-picture"}),
    "painted over": (add("1 g 0 0 600 900 re f"), set()),
    "an inline picture": (add("q 9 0 0 9 9 9 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q"), set()),
    "moved off the page": (redraw(b"q 1 0 0 1 9000 0 cm NAME Do Q"), set()),
    "mirrored": (redraw(b"q -1 0 0 1 1 0 cm NAME Do Q"), set()),
    "scaled to nothing": (redraw(b"q .001 0 0 .001 0 0 cm NAME Do Q"), set()),
}


@pytest.mark.parametrize("name", PDF)
def test_changed_picture_in_a_pdf_is_reported(name: str, files: dict[str, Path], tmp_path: Path) -> None:
    path = copied(files["pdf"], tmp_path)
    change, expected = PDF[name]
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        change(pdf)
        pdf.save(path)
    (result,) = verify_files([path])
    assert {finding.code for finding in result.findings if finding.severity == "error"} == expected
    (changed,) = [finding for finding in result.findings if finding.severity == "warning"]
    assert changed.code == "file-changed"
    assert path.name in changed.message


def of_html(change: Callable[[list[str]], list[str]]) -> Callable[[str], str]:
    """Return a change of a page by a change of its list of img elements."""

    def changed(page: str) -> str:
        old = re.findall(r"<img[^>]*>", page)
        new = change(list(old))
        for number, image in enumerate(old):
            page = page.replace(image, f"\0{number}\0", 1)
        for number, image in enumerate(new):
            page = page.replace(f"\0{number}\0", image)
        return page

    return changed


def as_image(data: bytes) -> str:
    return f'src="data:image/png;base64,{base64.b64encode(data).decode()}"'


def replaced(image: str) -> str:
    return re.sub(r'src="[^"]*"', as_image(png(scene(33))), image)


FETCHED = {"picture-differs", "active-content"}
HTML: dict[str, tuple[Callable[[str], str], set[str]]] = {
    "recoloured": (of_html(lambda images: [images[0], replaced(images[1]), *images[2:]]), DIFFERS),
    "swapped": (of_html(lambda images: [images[1], images[0], *images[2:]]), OUT_OF_ORDER),
    "missing": (of_html(lambda images: [images[0], "", *images[2:]]), {"picture-missing", "alternative-missing"}),
    "doubled": (of_html(lambda images: [images[0] * 2, *images[1:]]), {"picture-twice"}),
    "fetched": (
        lambda page: re.sub(r'src="data:[^"]*"', 'src="https://example.org/a.png"', page, count=1),
        {"picture-differs", "active-content"},
    ),
}


@pytest.mark.parametrize("name", HTML)
def test_changed_picture_in_a_web_page_is_reported(name: str, files: dict[str, Path], tmp_path: Path) -> None:
    path = copied(files["html"], tmp_path)
    change, expected = HTML[name]
    page = path.read_text("utf-8")
    assert change(page) != page
    path.write_text(change(page), "utf-8")
    assert set(codes(path)) == {*expected, "file-changed"}
