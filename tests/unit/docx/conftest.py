"""Word files of short HTML documents, and queries on their parts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from lxml import etree
from PIL import Image

from ipdocs.findings import Finding
from ipdocs.templating.html_document import HtmlDocument
from ipdocs.workspace import Workspace
from ipdocs.writers import docx

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = {
    "w": W,
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "v": "urn:schemas-microsoft-com:vml",
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
}


@dataclass
class Word:
    """The parts of a Word file, with XPath queries that use the usual prefixes."""

    data: bytes
    findings: tuple[Finding, ...] = ()
    parts: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        with zipfile.ZipFile(io.BytesIO(self.data)) as file:
            self.parts = {name: file.read(name) for name in file.namelist()}

    def root(self, part: str = "document") -> Any:
        return etree.fromstring(self.parts[f"word/{part}.xml"])

    def find(self, path: str, part: str = "document") -> Any:
        return self.root(part).xpath(path, namespaces=SPACES)

    def paragraph(self, words: str, part: str = "document") -> Any:
        """The first paragraph that contains a text."""
        return next(paragraph for paragraph in self.find("//w:p", part) if words in "".join(paragraph.itertext()))

    def style_of(self, words: str) -> str:
        return str(self.paragraph(words).xpath("string(w:pPr/w:pStyle/@w:val)", namespaces=SPACES))

    def style(self, number: str) -> Any:
        """The definition of a style by its id."""
        return self.find(f"//w:style[@w:styleId='{number}']", "styles")[0]

    def format_value(self, words: str, path: str) -> str:
        """The value of a property of the paragraph, its style or a base style; `path` is an XPath from w:pPr or w:rPr."""
        paragraph = self.paragraph(words)
        sources = [paragraph]
        number = self.style_of(words)
        while number:
            style = self.style(number)
            sources.append(style)
            number = style.xpath("string(w:basedOn/@w:val)", namespaces=SPACES)
        for source in sources:
            values = source.xpath(path, namespaces=SPACES)
            if values:
                return str(values[0])
        return ""

    def runs(self, words: str) -> list[tuple[str, Any]]:
        """The text and properties of each run of a paragraph."""
        runs = self.paragraph(words).xpath(".//w:r[w:t]", namespaces=SPACES)
        return [("".join(run.itertext()), run.find(f"{{{W}}}rPr")) for run in runs]


@pytest.fixture(scope="session")
def word(tree_of: Callable[..., HtmlDocument]) -> Callable[..., Word]:
    """Write an HTML body as a Word file in the languages of its elements."""

    def write(body: str, css: str = "", *, lang: str = "en", assets: Any = None, draft: bool = False, **options: Any) -> Word:
        page = (
            body
            if body.startswith("<html")
            else f'<html lang="{lang}"><body><article lang="{lang}">{body}</article></body></html>'
        )
        written = docx.write(tree_of(page, css, assets, draft), Workspace(), **options)
        return Word(written.data, written.findings)

    return write


@pytest.fixture(scope="session")
def picture() -> Callable[..., bytes]:
    """Make a picture of a size and format, with the orientation of a camera."""

    def draw(width: int, height: int, kind: str = "PNG", orientation: int = 1) -> bytes:
        data, exif = io.BytesIO(), Image.Exif()
        exif[0x0112] = orientation
        Image.new("RGB", (width, height), (20, 80, 150)).save(data, kind, exif=exif)
        return data.getvalue()

    return draw
