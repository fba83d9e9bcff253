"""Examples of findings on annexes: PDFs, Word files and pictures that a pack of minutes takes in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import pikepdf
import pytest
from docx import Document
from pikepdf import Array, Dictionary, Name, String
from PIL import Image
from tests.canaries import annotate, draw, plain_pdf, saved, script

from ipdocs.files.libreoffice import convert_to_pdf
from ipdocs.findings import Finding
from ipdocs.minutes.annexes import read_annex
from ipdocs.model.text import Text
from ipdocs.source.open import open_source
from ipdocs.workspace import Workspace

from .example import MINUTES, produces, write


def annex(folder: Path, name: str, data: bytes, *, public: bool = False, soffice: str | None = None) -> Iterable[Finding]:
    """Read a file as an annex; its place is that of its name in a source."""
    write(folder / name, data)
    source = open_source(
        write(folder / "minutes.yaml", MINUTES + f'annexes:\n- {{id: a, title: {{en: "A", tc: "甲"}}, file: {name}}}\n')
    )
    text: Text = source.document.annexes[0].file  # type: ignore[attr-defined]

    def convert(data: bytes, name: str) -> bytes:
        return convert_to_pdf(data, str(name), text.locate(), soffice, timeout=1)

    return read_annex(text, folder, Workspace(folder), convert, public=public).findings


def pdf(change: Callable[[pikepdf.Pdf], object] = lambda pdf: None) -> bytes:
    file = plain_pdf()
    change(file)
    return saved(file)


def word(*parts: tuple[str, str]) -> bytes:
    """Return a Word file with parts added or replaced."""
    stream = io.BytesIO()
    document = Document()
    document.add_paragraph("Shown to all")
    document.save(stream)
    new = io.BytesIO()
    with zipfile.ZipFile(stream) as before, zipfile.ZipFile(new, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            for part, words in parts:
                if part == name:
                    content = content.replace(b"</w:body>", words.encode() + b"</w:body>")
            after.writestr(name, content)
        for part, words in parts:
            if part not in before.namelist():
                after.writestr(part, words)
    return new.getvalue()


@produces("unknown-annex-kind")
def a_text_as_an_annex(folder: Path) -> Iterable[Finding]:
    return annex(folder, "a.txt", b"Text")


@produces("damaged-annex")
def a_pdf_that_is_cut_short(folder: Path) -> Iterable[Finding]:
    return annex(folder, "a.pdf", b"%PDF-1.7\nnothing more")


@produces("mended-annex")
def a_pdf_without_its_table_of_objects(folder: Path) -> Iterable[Finding]:
    return annex(folder, "a.pdf", pdf().replace(b"startxref", b"startxxxx"))


@produces("encrypted-annex")
def a_pdf_with_a_password(folder: Path) -> Iterable[Finding]:
    stream = io.BytesIO()
    plain_pdf().save(stream, encryption=pikepdf.Encryption(owner="owner", user="user"))
    return annex(folder, "a.pdf", stream.getvalue())


@produces("annex-too-large")
def a_pdf_with_too_many_pages(folder: Path) -> Iterable[Finding]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ipdocs.minutes.annexes.MAX_PAGES", 1)
        return annex(folder, "a.pdf", pdf())


@produces("untagged-annex")
def a_pdf_without_tags(folder: Path) -> Iterable[Finding]:
    def untag(file: pikepdf.Pdf) -> None:
        del file.Root.StructTreeRoot

    return annex(folder, "a.pdf", pdf(untag))


@produces("annex-cleaned")
def a_pdf_with_a_script(folder: Path) -> Iterable[Finding]:
    def add_script(file: pikepdf.Pdf) -> None:
        file.Root.OpenAction = script("run")

    return annex(folder, "a.pdf", pdf(add_script))


@produces("annex-with-redactions")
def a_pdf_with_redactions_that_are_only_marked(folder: Path) -> Iterable[Finding]:
    return annex(folder, "a.pdf", pdf(lambda file: annotate(file, "Redact")), public=True)


@produces("annex-drawing-not-drawn")
def a_pdf_with_a_comment_box_without_a_picture(folder: Path) -> Iterable[Finding]:
    return annex(folder, "a.pdf", pdf(lambda file: annotate(file, "FreeText", Contents=String("A box"), F=4)))


@produces("annex-form-not-drawn")
def a_pdf_with_a_chinese_form_field_without_a_picture(folder: Path) -> Iterable[Finding]:
    def fill(file: pikepdf.Pdf) -> None:
        field = annotate(file, "Widget", FT=Name.Tx, T=String("name"), V=String("陳大文"), F=4)
        file.Root.AcroForm = Dictionary(Fields=Array([field]), NeedAppearances=True)

    return annex(folder, "a.pdf", pdf(fill))


@produces("annex-timeout")
def a_pdf_that_takes_too_long_to_draw(folder: Path) -> Iterable[Finding]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ipdocs.files.pdf.page_pictures._BASE_SECONDS", 0)
        patch.setattr("ipdocs.files.pdf.page_pictures._SECONDS_PER_PAGE", 0.001)
        return annex(folder, "a.pdf", pdf(), public=True)


@produces("annex-cropped")
def a_pdf_with_words_beyond_the_edge_of_a_page(folder: Path) -> Iterable[Finding]:
    def crop(file: pikepdf.Pdf) -> None:
        draw(file, "BT /F1 12 Tf 72 50 Td (Beyond) Tj ET")
        file.pages[0].obj.CropBox = Array([0, 400, 595, 842])

    return annex(folder, "a.pdf", pdf(crop), public=True)


@produces("annex-clipped")
def a_pdf_with_a_photo_that_is_cut_off(folder: Path) -> Iterable[Finding]:
    return annex(folder, "a.pdf", pdf(lambda file: draw(file, "q 0 0 50 50 re W n 300 0 0 300 0 0 cm /Im1 Do Q")), public=True)


@produces("annex-covered")
def a_pdf_with_words_under_a_black_bar(folder: Path) -> Iterable[Finding]:
    bar = "BT /F1 12 Tf 72 600 Td (Secret) Tj ET 0 g 60 590 200 30 re f"
    return annex(folder, "a.pdf", pdf(lambda file: draw(file, bar)), public=True)


@produces("annex-hidden")
def a_pdf_with_words_that_are_too_small(folder: Path) -> Iterable[Finding]:
    return annex(folder, "a.pdf", pdf(lambda file: draw(file, "BT /F1 0.1 Tf 72 600 Td (Tiny words) Tj ET")), public=True)


@produces("annex-with-macros")
def a_word_file_with_macros(folder: Path) -> Iterable[Finding]:
    return annex(folder, "a.docx", word(("word/vbaProject.bin", "macros")))


@produces("annex-reaches-out")
def a_word_file_that_loads_a_picture_from_the_web(folder: Path) -> Iterable[Finding]:
    field = '<w:p><w:fldSimple w:instr=" INCLUDEPICTURE &quot;https://example.org/a.png&quot; "/></w:p>'
    return annex(folder, "a.docx", word(("word/document.xml", field)))


CHANGE = '<w:p><w:ins w:id="1" w:author="A" w:date="2018-08-22T00:00:00Z"><w:r><w:t>new</w:t></w:r></w:ins></w:p>'


@produces("annex-with-changes")
def a_word_file_with_tracked_changes(folder: Path) -> Iterable[Finding]:
    return annex(folder, "a.docx", word(("word/document.xml", CHANGE)))


@produces("changes-accepted")
def a_word_file_whose_tracked_changes_are_accepted(folder: Path) -> Iterable[Finding]:
    write(folder / "a.docx", word(("word/document.xml", CHANGE)))
    return read_annex(Text("a.docx"), folder, Workspace(folder), lambda data, name: pdf(), accept_changes=True).findings


@produces("no-libreoffice")
def a_word_file_without_libreoffice(folder: Path) -> Iterable[Finding]:
    return annex(folder, "a.docx", word())


@produces("annex-not-converted")
def a_word_file_that_libreoffice_cannot_convert(folder: Path) -> Iterable[Finding]:
    return annex(folder, "a.docx", word(), soffice="/bin/true")


@produces("picture-reduced")
def a_picture_of_several_pages(folder: Path) -> Iterable[Finding]:
    stream = io.BytesIO()
    pages = [Image.new("RGB", (40, 30), colour) for colour in ("white", "black")]
    pages[0].save(stream, "TIFF", save_all=True, append_images=pages[1:])
    return annex(folder, "a.tiff", stream.getvalue())


@produces("bad-picture")
def a_picture_that_is_cut_short(folder: Path) -> Iterable[Finding]:
    stream = io.BytesIO()
    Image.new("RGB", (40, 30)).save(stream, "PNG")
    return annex(folder, "a.png", stream.getvalue()[:-20])
