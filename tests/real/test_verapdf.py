"""Every PDF of every source and layout passes veraPDF: PDF/UA-1 with PDF/A-2a, or PDF/A-3a when the source is attached."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from ipdocs.pipeline.build import build
from ipdocs.pipeline.request import BuildRequest
from ipdocs.templating.html_document import HtmlDocument
from ipdocs.templating.layout import LAYOUTS, Layout
from ipdocs.workspace import Workspace
from ipdocs.writers import pdf

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("verapdf")]

CLAUSES = ("7.2-34", "7.1-8", "6.7.2.2-1", "6.8-4")
"""Of PDF without a language, without metadata, not marked as tagged, and with an attachment that belongs to nothing."""

FIXTURES = ("gd-hk-ip-17/release.yaml", "example-gia/release.yaml", "gd-hk-ip-17-minutes/minutes.yaml")
SOURCES = (*(f"fixtures/{name}" for name in FIXTURES), "tests/everything/release.yaml", "tests/everything/minutes.yaml")

Validate = Callable[[bytes, str], list[str]]


@pytest.fixture(scope="module")
def vocabulary(root: Path, tree_of: Callable[..., HtmlDocument]) -> HtmlDocument:
    """Return a tree with every element that writers know."""
    pictures = {}
    for name, kind in (("photo.png", "PNG"), ("photo.jpg", "JPEG")):
        data = io.BytesIO()
        Image.new("RGB", (80, 40), (200, 30, 30)).save(data, kind)
        pictures[name] = data.getvalue()
    pictures["chart.svg"] = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    page = (root / "tests/trees/vocabulary.html").read_text("utf-8")
    contents = 'nav a::after { content: leader(".") target-counter(attr(href), page) }'
    return tree_of(page, css=f".footnote {{ float: footnote }} {contents}", assets=pictures)


def written(tree: HtmlDocument, attach: tuple[str, bytes] | None = None) -> bytes:
    document = replace(tree, attachment=attach)
    return pdf.write(document, pdf.prepare([document], Workspace())).data


def passes(validate: Validate, data: bytes, *standards: str) -> None:
    assert {standard: validate(data, standard) for standard in standards} == {standard: [] for standard in standards}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", SOURCES)
def test_every_source_passes_in_every_layout(validate: Validate, root: Path, tmp_path: Path, name: str, layout: Layout) -> None:
    alone, together = (["en", "tc", "sc"], ["en+tc", "en+tc+sc"]) if layout == "parallel" else ([], ["en+tc+sc"])
    outputs = build([root / name], tmp_path, BuildRequest(editions=(*alone, *together), layout=layout, formats=("pdf",)))
    assert len(outputs) == len(alone) + len(together)
    for output in outputs:
        passes(validate, output.path.read_bytes(), "ua1", "2a")


@pytest.mark.parametrize("name", ["release.yaml", "minutes.yaml"])
def test_a_language_of_a_workspace_passes(validate: Validate, root: Path, tmp_path: Path, name: str) -> None:
    request = BuildRequest(editions=("pt", "en+tc+pt"), formats=("pdf",))
    for output in build([root / "tests/portuguese" / name], tmp_path, request):
        passes(validate, output.path.read_bytes(), "ua1", "2a")


def test_every_element_passes(validate: Validate, vocabulary: HtmlDocument) -> None:
    passes(validate, written(vocabulary), "ua1", "2a")


@pytest.mark.parametrize(
    ("mode", "kind", "options"),
    [
        ("CMYK", "JPEG", {}),
        ("RGB", "JPEG", {"exif": b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"}),
        ("RGBA", "PNG", {}),
        ("P", "PNG", {"transparency": 0}),
        ("LA", "PNG", {}),
    ],
)
def test_pictures_of_every_kind_pass(
    validate: Validate, tree_of: Callable[..., HtmlDocument], mode: str, kind: str, options: dict[str, bytes | int]
) -> None:
    data = io.BytesIO()
    Image.new("RGB", (80, 40), (200, 30, 30)).convert(mode).save(data, kind, **options)
    page = '<html lang="en"><body><article lang="en"><h1>A</h1><figure><img src="a" alt="B"></figure></article></body></html>'
    passes(validate, written(tree_of(page, assets={"a": data.getvalue()})), "ua1", "2a")


def test_a_drawing_with_words_passes(validate: Validate, tree_of: Callable[..., HtmlDocument]) -> None:
    chart = '<svg xmlns="http://www.w3.org/2000/svg" width="50mm" height="20mm"><text y="20">Chart 圖表</text></svg>'
    page = '<html lang="en"><body><article lang="en"><h1>A</h1><figure><img src="a" alt="B"></figure></article></body></html>'
    passes(validate, written(tree_of(page, assets={"a": chart.encode()})), "ua1", "2a")


def test_a_pdf_with_its_source_attached_passes_as_3a(validate: Validate, vocabulary: HtmlDocument) -> None:
    passes(validate, written(vocabulary, ("release.yaml", b"title: A\n")), "ua1", "3a")


def test_content_across_pages_passes(validate: Validate, tree_of: Callable[..., HtmlDocument]) -> None:
    note = '<span class="footnote">a note</span>'
    link = '<a href="https://example.org/">' + "a long link " * 20 + "</a>"
    head = '<thead><tr><th scope="col">Year</th><th scope="col">Cases</th></tr></thead>'
    body = (
        f"<p>Text {note} {link}</p>" * 12
        + "<ul>" + "<li>an item</li>" * 60 + "</ul>"
        + f"<table>{head}<tbody>" + '<tr><th scope="row">2018</th><td>14</td></tr>' * 60 + "</tbody></table>"
    )  # fmt: skip
    row = '<div class="cell" lang="en"><p>' + "word " * 200 + '</p></div><div class="cell" lang="zh-Hant-HK"><p>' + "字" * 500
    parallel = '<div class="parallel of-2 of-1-latin">' + f'<div class="row">{row}</p></div></div>' * 5 + "</div>"
    page = f'<html lang="en"><body><article lang="en"><h1>Long</h1>{body}</article>{parallel}</body></html>'
    passes(validate, written(tree_of(page, css=".footnote { float: footnote }")), "ua1", "2a")


def test_a_draft_passes(validate: Validate, tree_of: Callable[..., HtmlDocument]) -> None:
    page = '<html lang="zh-Hant-HK"><body><h1>會議</h1></body></html>'
    passes(validate, written(tree_of(page, draft=True)), "ua1", "2a")


def test_properties_with_any_characters_pass(validate: Validate, tree_of: Callable[..., HtmlDocument]) -> None:
    tree = tree_of('<html lang="en"><body><h1>A</h1></body></html>')
    metadata = replace(
        tree.metadata, title="A & B <“x”> 會議 𨋢", subject='<s> "q"', keywords=("a & b", "知識"), issuer="O’Neil & Co <x>"
    )
    data = written(replace(tree, metadata=metadata))
    passes(validate, data, "ua1", "2a")
    with pikepdf.open(io.BytesIO(data)) as file:
        assert [str(file.docinfo[key]) for key in ("/Title", "/Subject", "/Keywords", "/Author")] == [
            "A & B <“x”> 會議 𨋢",
            '<s> "q"',
            "a & b, 知識",
            "O’Neil & Co <x>",
        ]


def test_bad_pdfs_fail(validate: Validate, vocabulary: HtmlDocument) -> None:
    """A validator that passes everything proves nothing."""
    good = written(vocabulary)
    attached = written(vocabulary, ("release.yaml", b"title: A\n"))
    broken = [
        validate(spoilt(good, "Lang"), "ua1"),
        validate(spoilt(good, "Metadata"), "ua1"),
        validate(spoilt(good, "MarkInfo"), "2a"),
        validate(spoilt(attached, "AF"), "3a"),
    ]
    assert [{clause.split(":")[0] for clause in clauses} >= {first} for clauses, first in zip(broken, CLAUSES, strict=True)] == [
        True
    ] * 4


def spoilt(data: bytes, key: str) -> bytes:
    """Return a PDF without one entry of its catalog."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as file:
        del file.Root[f"/{key}"]
        file.save(out, static_id=True)
    return out.getvalue()
