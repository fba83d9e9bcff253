"""What the drawing process does: documents to pages, and pages to pictures."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipdocs.pipeline.preview import Preview, preview
from ipdocs.source.file import SourceText
from ipdocs.source.open import Source, SourceContext, parse_source
from ipdocs.source.state import parse_state, state_path
from ipdocs.source.texts import block_id
from ipdocs.templating.layout import Layout
from ipdocs.workspace import find_workspace

if TYPE_CHECKING:
    import pypdfium2

KEPT = 4
"""The number of documents whose pages are kept, for turning pages."""
MAX_PIXELS = 3000
"""The greatest width of a picture."""
WEBP = {"format": "WEBP", "quality": 88, "method": 2}


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is drawn: an edition of a document as it stands.

    Attributes:
        path: the path of the source.
        text: the text of the source.
        state: the text of its state file.
        edition: the languages, such as "en+tc".
        layout: how they are arranged.
    """

    path: Path
    text: str
    state: str
    edition: str
    layout: Layout


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a document.

    Attributes:
        count: the number of pages.
        boxes: where the rows stand, as JSON.
        texts: what each page says.
    """

    count: int
    boxes: tuple[dict[str, Any], ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeenPage:
    """The picture of a page: the number of pages, the digest of what is seen, and WebP, or b"" if the digest is known."""

    count: int
    digest: str
    data: bytes


@dataclass(slots=True)
class _Drawn:
    """A document that is laid out, with the rows of its boxes."""

    preview: Preview
    pdf: pypdfium2.PdfDocument
    boxes: tuple[dict[str, Any], ...]


_drawn: OrderedDict[Sheet, _Drawn] = OrderedDict()


def pages(sheet: Sheet) -> Pages:
    """Return where the rows of a document stand, and what its pages say.

    Raises:
        IpdocsError: the document cannot be drawn.
    """
    drawn = _draw(sheet)
    return Pages(len(drawn.pdf), drawn.boxes, tuple(_words(page.get_textpage().get_text_range()) for page in drawn.pdf))


def _words(text: str) -> str:
    """Return the words of a page without the marks of lists, which pdfium reads last."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if any(character.isalnum() for character in line))


def picture(sheet: Sheet, number: int, width: int, known: str) -> SeenPage:
    """Return the picture of a page.

    Args:
        sheet: the document.
        number: the number of the page, from 1; the last page for greater numbers.
        width: the width in pixels.
        known: the digest of the picture that the asking page has.

    Raises:
        IpdocsError: the document cannot be drawn.
    """
    from io import BytesIO

    drawn = _draw(sheet)
    page = drawn.pdf[min(max(number, 1), len(drawn.pdf)) - 1]
    scale = min(max(width, 100), MAX_PIXELS) / page.get_width()
    image = page.render(scale=scale).to_pil().convert("RGB")
    digest = sha256(image.tobytes()).hexdigest()[:32]
    if digest == known:
        return SeenPage(len(drawn.pdf), digest, b"")
    data = BytesIO()
    image.save(data, **WEBP)
    return SeenPage(len(drawn.pdf), digest, data.getvalue())


def _draw(sheet: Sheet) -> _Drawn:
    """Return the laid-out document; the last ones are kept."""
    if sheet not in _drawn:
        import pypdfium2

        state = parse_state(sheet.state, state_path(sheet.path))
        context = SourceContext(sheet.path, find_workspace(sheet.path), state)
        source = parse_source(SourceText(sheet.path, sheet.text), context, draft=True)
        result = preview(source, sheet.edition, sheet.layout)
        boxes = tuple(_row_boxes(source, result.boxes))
        _drawn[sheet] = _Drawn(replace(result, boxes=()), pypdfium2.PdfDocument(result.data), boxes)
        while len(_drawn) > KEPT:
            _drawn.popitem(last=False)
    _drawn.move_to_end(sheet)
    return _drawn[sheet]


_HEAD_ROWS: Mapping[str, str] = {
    "title": "title",
    "reference": "reference",
    "office": "issuer",
    "organisation": "organisation",
    "committee": "committee",
    "paper": "paper",
    "on-behalf": "on-behalf-of",
    "correction": "correction",
    "example": "example",
    "embargo": "embargo",
}
"""The head field that a piece of the head shows, by the class of the piece."""
_ROWS: Mapping[str, str] = {
    "_contact": "contact",
    "_when": "meeting",
    "_end-of-meeting": "meeting",
    "_end": "secretariat",
    "_attendance": "attendance",
}
"""The head field that a block of a template shows; a block such as _attendance-present is found by its beginning."""
_PARTS = ("-statement", "-papers", "-withheld")
"""Endings of the names of further blocks that a template makes from a block of the source."""


def _row_boxes(source: Source, boxes: Sequence[Any]) -> Iterator[dict[str, Any]]:
    """Yield the boxes as JSON, each with the row that it shows; what no row has written is left out."""
    rows = {
        str(getattr(block, "id", None) or getattr(block, "boilerplate", "")): block_id(block, index)
        for index, block in enumerate(source.document.body)
    }
    for box in boxes:
        lang, _, name = box.block.partition(":")
        row, piece = _row(name.rpartition("/")[2], box.piece, box.of, rows)
        if row:
            place = {"x": box.x, "y": box.y, "w": box.width, "h": box.height}
            numbers = {key: round(value, 5) for key, value in place.items()}
            yield {"row": row, "lang": lang, "page": box.page, "piece": piece, "note": box.note, **numbers}


def _row(name: str, piece: int | None, of: str, rows: Mapping[str, str]) -> tuple[str, int | None]:
    """Return the row that a box shows and the number of its text in the row; "" if it shows none."""
    if name == "_head":
        return (_HEAD_ROWS.get(of, ""), None) if piece is not None else ("", None)
    if name.startswith("_"):
        return next((row for start, row in _ROWS.items() if name == start or name.startswith(f"{start}-")), ""), piece
    if name in rows:
        return rows[name], piece
    for part in _PARTS:
        if name.removesuffix(part) in rows:
            return rows[name.removesuffix(part)], None
    section, _, number = name.rpartition("-")
    return (rows[section], None) if number.isdecimal() and section in rows else ("", None)
