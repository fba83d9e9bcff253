"""PDFs of small HTML documents, and their structure as text."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from ipdocs.templating.html_document import HtmlDocument
from ipdocs.workspace import Workspace
from ipdocs.writers import pdf

CHART = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="120" height="60"><rect width="30" height="60" fill="#0b4f9c"/>'
    b'<text x="40" y="30" font-size="12">2018</text></svg>'
)


@pytest.fixture(scope="session")
def pictures() -> dict[str, bytes]:
    """The pictures of vocabulary.html."""
    return {"photo.png": _picture("PNG"), "photo.jpg": _picture("JPEG"), "chart.svg": CHART}


def _picture(kind: str) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (80, 40), (200, 30, 30)).save(data, kind)
    return data.getvalue()


@pytest.fixture(scope="session")
def write() -> Callable[[HtmlDocument], bytes]:
    """Return a function that writes a single document as a PDF."""

    def write_alone(html: HtmlDocument) -> bytes:
        return pdf.write(html, pdf.prepare([html], Workspace())).data

    return write_alone


@pytest.fixture(scope="session")
def vocabulary(root: Path, tree_of: Callable[..., HtmlDocument], pictures: dict[str, bytes]) -> HtmlDocument:
    """A document with every element that writers know."""
    page = (root / "tests/trees/vocabulary.html").read_text("utf-8")
    return tree_of(page, css=".footnote { float: footnote }", assets=pictures)


@pytest.fixture(scope="session")
def outline() -> Callable[[bytes], str]:
    """Return a function that shows a PDF's structure as indented text: each element's type, language, attributes, words."""

    def show(data: bytes) -> str:
        with pikepdf.open(io.BytesIO(data)) as file:
            words = _words(file)
            return "\n".join(_lines(file.Root.StructTreeRoot.K[0], words, 0)) + "\n"

    return show


def _lines(element: Any, words: dict[tuple[int, int], str], depth: int) -> Iterator[str]:
    parts = [str(element.S)[1:]]
    if "/Lang" in element:
        parts.append(str(element.Lang))
    for key, value in sorted(element.get("/A", {}).items()):
        if key not in {"/O", "/BBox"}:
            parts.append(f"{key[1:]}={str(value).lstrip('/')}")
    if "/Alt" in element:
        parts.append(f"({element.Alt})")
    yield "  " * depth + " ".join(parts)
    text = ""
    for kid in element.get("/K", []):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid and not _is_text(kid):
            yield from _text_line(text, depth)
            text = ""
            yield from _lines(kid, words, depth + 1)
        elif isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR":
            text += "→"
        else:
            owner = kid if isinstance(kid, pikepdf.Dictionary) else element
            number = kid.K[0] if isinstance(kid, pikepdf.Dictionary) and "/S" in kid else kid
            number = number.MCID if isinstance(number, pikepdf.Dictionary) else number
            text += words.get((owner.Pg.objgen[0], int(number)), "")
    yield from _text_line(text, depth)


def _text_line(text: str, depth: int) -> Iterator[str]:
    if text:
        yield "  " * (depth + 1) + repr(text)


def _is_text(element: Any) -> bool:
    return bool(element.S == "/Span" and "/Lang" not in element and all(isinstance(kid, int) for kid in element.K))


def _words(file: pikepdf.Pdf) -> dict[tuple[int, int], str]:
    """Return the text of each marked content of a file, by its page's object number and its own number."""
    words: dict[tuple[int, int], str] = {}
    for page in file.pages:
        number, font = None, ""
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name == "BDC":
                number = int(operands[1].get("/MCID", -1))
            elif name == "EMC":
                number = None
            elif name == "Tf":
                font = str(operands[0])
            elif name in {"TJ", "Tj"} and number is not None:
                glyphs = b"".join(
                    bytes(part) for part in (operands[0] if name == "TJ" else [operands[0]]) if isinstance(part, pikepdf.String)
                )
                unicode = _unicode(page.Resources.Font[font])
                text = "".join(unicode.get(glyphs[start : start + 2].hex(), "\ufffd") for start in range(0, len(glyphs), 2))
                key = (page.obj.objgen[0], number)
                words[key] = words.get(key, "") + text
    return words


def _unicode(font: Any) -> dict[str, str]:
    """Return the characters of a font's glyphs, by glyph number in hexadecimal, from its ToUnicode map."""
    pairs = re.findall(rb"^<([0-9a-f]{4})> <([0-9a-f]+)>$", font.ToUnicode.read_bytes().split(b"beginbfchar", 1)[1], re.MULTILINE)
    return {glyph.decode(): bytes.fromhex(text.decode()).decode("utf-16-be") for glyph, text in pairs}
