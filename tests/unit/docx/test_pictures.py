"""Pictures: sizes, orientation, SVG, alternative text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ipdocs.findings import IpdocsError

Make = Callable[..., Any]
FIGURE = '<figure><img src="a" alt="Two people sign"><figcaption>The signing</figcaption></figure>'
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"><rect width="200" height="100" fill="#0b4f9c"/></svg>'


def size(file: Any) -> tuple[float, float]:
    extent = file.find("//wp:extent")[0]
    return int(extent.get("cx")) / 9525, int(extent.get("cy")) / 9525


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("figure img { max-width: 100% }", (400, 300)),
        ("figure img { width: 200px }", (200, 150)),
        ("figure img { height: 150px }", (200, 150)),
        ("figure img { width: 200px; height: 300px }", (200, 150)),
        ("figure img { max-height: 30px }", (40, 30)),
        ("figure img { width: 50% } @page { size: 500px 500px; margin: 50px }", (200, 150)),
        ("@page { size: 300px 500px; margin: 50px }", (200, 150)),
    ],
)
def test_picture_size_follows_the_stylesheet(word: Make, picture: Make, css: str, expected: tuple[float, float]) -> None:
    reset = "figure { margin: 0 } figure img { max-width: none; max-height: none } "
    assert size(word(FIGURE, reset + css, assets={"a": picture(400, 300)})) == pytest.approx(expected, abs=0.1)


def test_picture_has_its_alternative_text(word: Make, picture: Make) -> None:
    file = word(FIGURE, assets={"a": picture(4, 3)})
    assert file.find("string(//wp:docPr/@descr)") == "Two people sign"
    assert file.style_of("The signing") == "Caption"


def test_line_with_a_picture_has_automatic_height(word: Make, picture: Make) -> None:
    file = word(FIGURE, assets={"a": picture(4, 3)})
    assert file.find("string(//w:style[@w:styleId='ip-figure']/w:pPr/w:spacing/@w:lineRule)", "styles") == "auto"


def test_photo_is_rotated_by_its_orientation(word: Make, picture: Make) -> None:
    file = word(FIGURE, assets={"a": picture(40, 30, "JPEG", orientation=6)})
    assert size(file) == pytest.approx((30, 40), abs=0.1)


def test_photo_of_a_phone_without_a_jfif_segment_is_embedded(word: Make, picture: Make) -> None:
    photo = picture(40, 30, "JPEG")
    length = int.from_bytes(photo[4:6], "big")
    assert photo[2:4] == b"\xff\xe0"
    file = word(FIGURE, assets={"a": photo[:2] + photo[4 + length :]})
    (name,) = (name for name in file.parts if name.startswith("word/media/"))
    assert name.endswith(".jpg")
    assert size(file) == pytest.approx((40, 30), abs=0.1)


def test_repeated_picture_is_stored_once(word: Make, picture: Make) -> None:
    file = word(FIGURE + FIGURE, assets={"a": picture(4, 3)})
    assert len([name for name in file.parts if name.startswith("word/media/")]) == 1
    assert file.find("//wp:docPr/@id") == ["1", "2"]


def test_svg_comes_with_a_png(word: Make) -> None:
    file = word(FIGURE, assets={"a": SVG})
    assert size(file) == pytest.approx((200, 100), abs=0.1)
    assert file.parts["word/media/image1.png"].startswith(b"\x89PNG")
    assert file.parts["word/media/drawing1.svg"].startswith(b"<svg ")
    assert file.find("count(//asvg:svgBlip/@r:embed)") == 1
    assert b"image/svg+xml" in file.parts["[Content_Types].xml"]


def test_missing_picture_is_reported_with_its_place(word: Make) -> None:
    with pytest.raises(IpdocsError) as raised:
        word(f'<section data-place="release.yaml:12:5">{FIGURE}</section>')
    (finding,) = raised.value.findings
    assert (finding.code, finding.severity, str(finding.location)) == ("missing-picture", "error", "release.yaml:12:5")
    assert "'a'" in finding.message
