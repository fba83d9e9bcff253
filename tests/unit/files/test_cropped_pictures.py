"""Cropped pictures in Word files: the hidden part becomes white, and the rest stays unchanged."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from tests.canaries import Parts, plain_word, word_of

from ipdocs.files.ooxml.clean import clean_parts
from ipdocs.files.ooxml.crops import blank_cropped_areas
from ipdocs.files.ooxml.package import Package
from ipdocs.files.pictures.picture import BadPicture

GREEN, RED, WHITE = (0, 128, 0), (255, 0, 0), (255, 255, 255)


def halves(form: str) -> bytes:
    """Return a picture whose left half is green and whose right half is red."""
    image = Image.new("RGB", (400, 200), GREEN)
    image.paste(RED, (200, 0, 400, 200))
    stream = io.BytesIO()
    image.save(stream, form)
    return stream.getvalue()


def colours_after(crops: list[str], form: str = "PNG") -> tuple[tuple[int, ...], ...]:
    """Return the colours on the left and right of a picture that a Word file shows with each of some crops."""
    parts: Parts = plain_word()
    name = next(part for part in parts if part.startswith("word/media/"))
    parts[name] = halves(form)
    document = parts["word/document.xml"].decode()
    start, end = (
        document.index("<w:p><w:r><w:drawing>"),
        document.index("</w:drawing></w:r></w:p>") + len("</w:drawing></w:r></w:p>"),
    )
    drawing = document[start:end]
    drawings = "".join(drawing.replace("<a:stretch>", f"<a:srcRect {crop}/><a:stretch>") if crop else drawing for crop in crops)
    parts["word/document.xml"] = (document[:start] + drawings + document[end:]).encode()
    blanked = blank_cropped_areas(Package(Path("a.docx"), parts))
    image = Image.open(io.BytesIO(blanked.get(name, parts[name]))).convert("RGB")
    assert image.size == (400, 200)
    return image.getpixel((50, 100)), image.getpixel((350, 100))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("crops", "colours"),
    [
        (['r="50000"'], (GREEN, WHITE)),
        (['l="50000"'], (WHITE, RED)),
        (['l="50%"'], (WHITE, RED)),
        (['r="50000"', 'l="50000"'], (GREEN, RED)),
        (['r="50000"', ""], (GREEN, RED)),
        (['r="-50000"'], (GREEN, RED)),
        (['r="x"'], (GREEN, RED)),
        ([""], (GREEN, RED)),
    ],
)
def test_a_part_that_is_always_cropped_becomes_white(crops: list[str], colours: tuple[tuple[int, ...], ...]) -> None:
    assert colours_after(crops) == colours


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "BMP"])
def test_pictures_of_every_kind_are_blanked(form: str) -> None:
    left, right = colours_after(['r="50000"'], form)
    expected = (*GREEN, *WHITE)
    assert max(abs(value - other) for value, other in zip((*left, *right), expected, strict=True)) < 6


def test_pictures_in_word_files_lose_their_metadata() -> None:
    parts = plain_word()
    name = next(part for part in parts if part.startswith("word/media/"))
    cleaned, _, removed = clean_parts(Package(Path("a.docx"), parts))
    assert word_of("comment of a photo").encode() in parts[name]
    assert word_of("comment of a photo").encode() not in cleaned[name]
    assert removed["notes in pictures"] == 1


def test_a_truncated_picture_in_a_word_file_is_refused() -> None:
    parts = plain_word()
    name = next(part for part in parts if part.startswith("word/media/"))
    parts[name] = parts[name][:-20]
    with pytest.raises(BadPicture):
        clean_parts(Package(Path("a.docx"), parts))
