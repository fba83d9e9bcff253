"""Word files as text outlines, compared with the golden outlines beside this test."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from ipdocs.templating.html_document import HtmlDocument
from ipdocs.workspace import Workspace
from ipdocs.writers import docx

HERE = Path(__file__).parent
CSS = ".footnote { float: footnote } .end { page: wide } @page wide { size: A4 landscape }"
CHART = b'<svg xmlns="http://www.w3.org/2000/svg" width="120" height="60"><rect width="30" height="60" fill="#0b4f9c"/></svg>'

Outline = Callable[[Path], str]
Golden = Callable[[str, Path], None]


def test_every_element_of_the_vocabulary_appears_in_word(
    root: Path, tree_of: Callable[..., HtmlDocument], tmp_path: Path, outline: Outline, golden: Golden
) -> None:
    photo = io.BytesIO()
    Image.new("RGB", (80, 40), (200, 30, 30)).save(photo, "PNG")
    assets = {"photo.png": photo.getvalue(), "photo.jpg": photo.getvalue(), "chart.svg": CHART}
    tree = tree_of((root / "tests/trees/vocabulary.html").read_text("utf-8"), CSS, assets)
    path = tmp_path / "vocabulary.docx"
    path.write_bytes(docx.write(tree, Workspace(), page_numbers={"en-lists": 1, "en-tables": 2}).data)
    golden(outline(path), HERE / "vocabulary.outline.txt")


@pytest.mark.parametrize("name", ["en", "tc", "sc", "en-tc"])
def test_release_has_its_styles_lists_and_languages(built: dict[str, Path], outline: Outline, golden: Golden, name: str) -> None:
    golden(outline(built[f"{name}.docx"]), HERE / f"release.{name}.outline.txt")
