"""The main part of a Word file and its other parts are found by relationships, in both formats of Office Open XML."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.shared import Mm
from tests.unit.files.test_entrances import TYPES, Parts, R, W, annex, in_body, in_part, packed, part, parts_of, template
from tests.unit.files.test_part_names import photo

from ipdocs.files.ooxml.base_document import open_base_document
from ipdocs.files.ooxml.names import MAIN_PART, qualified_name
from ipdocs.files.ooxml.package import open_package
from ipdocs.files.reading import UnsafeFile
from ipdocs.importing.readers import word
from ipdocs.review.word import reviewed_file
from ipdocs.translation.formats import docx as returned_table
from ipdocs.verification.word import read_docx

Change = Callable[[Parts], Parts]
PATH = Path("a.docx")
NOTES = f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="7"><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote></w:footnotes>'


@pytest.fixture(scope="module")
def usual() -> Parts:
    """A Word file with the usual names: headings, a list, a note, a table, a picture and a header."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Example Office"
    document.add_heading("Tree planting", 1)
    document.add_paragraph("one hundred saplings", style="List Bullet")
    document.add_paragraph("Words of the file.")
    document.add_paragraph().add_run().add_picture(io.BytesIO(photo()), width=Mm(30))
    document.add_table(rows=2, cols=3)
    for row in document.tables[0].rows:
        for cell, text in zip(row.cells, ("place", "en", "zh-HK"), strict=True):
            cell.text = text
    stream = io.BytesIO()
    document.save(stream)
    parts = in_part("word/footnotes.xml", f"{TYPES}footnotes+xml", NOTES)(parts_of(stream.getvalue()))
    parts = part("word/footnotes.xml", NOTES.encode(), "footnotes")(parts)
    return in_body('<w:p><w:r><w:t>Noted.</w:t><w:footnoteReference w:id="7"/></w:r></w:p>')(parts)


def renamed(names: dict[str, str], *replacements: tuple[str, str]) -> Change:
    """Rename parts, and replace texts in relationships and content types."""

    def change(parts: Parts) -> Parts:
        result = {}
        for name, data in parts.items():
            if name.endswith(".rels") or name == "[Content_Types].xml":
                for old, new in replacements:
                    data = data.replace(old.encode(), new.encode())
            result[names.get(name, name)] = data
        return result

    return change


def in_strict_format(parts: Parts) -> Parts:
    """Return a file in the strict format, as Word saves it."""

    def convert(data: bytes) -> bytes:
        text = re.sub(
            rb"http://schemas\.openxmlformats\.org/(?!package|markup)([A-Za-z]+)/2006", rb"http://purl.oclc.org/ooxml/\1", data
        )
        return text.replace(b"/extended-properties", b"/extendedProperties")

    changed = {
        name: convert(data) if name.endswith((".xml", ".rels")) and name != "[Content_Types].xml" else data
        for name, data in parts.items()
    }
    assert b"purl.oclc.org/ooxml/wordprocessingml/main" in changed[MAIN_PART]
    return changed


def without_prefix(parts: Parts) -> Parts:
    """Return a strict file whose main part is in UTF-16."""
    strict = in_strict_format(parts)
    text = re.sub(r"^<\?xml.*?\?>", "", strict[MAIN_PART].decode())
    return strict | {MAIN_PART: ('<?xml version="1.0" encoding="utf-16"?>' + text).encode("utf-16")}


TO_DOCUMENT2 = {"word/document.xml": "word/document2.xml", "word/_rels/document.xml.rels": "word/_rels/document2.xml.rels"}
TO_ROOT = {"word/document.xml": "main.xml", "word/_rels/document.xml.rels": "_rels/main.xml.rels"}
FORMS: dict[str, Change] = {
    "word/document2.xml": renamed(TO_DOCUMENT2, ("word/document.xml", "word/document2.xml")),
    "an absolute target": renamed(TO_DOCUMENT2, ('Target="word/document.xml"', 'Target="/word/document2.xml"')),
    "a main part outside the folder": renamed(
        TO_ROOT,
        ("word/document.xml", "main.xml"),
        ('Target="', 'Target="/word/'),
        ("/word/main", "main"),
        ("/word/docProps", "docProps"),
        ("/word/itemProps", "itemProps"),
    ),
    "another folder": lambda parts: renamed(
        {name: name.replace("word/", "Dokument/", 1) for name in parts}, ('"word/', '"Dokument/'), ("/word/", "/Dokument/")
    )(parts),
    "another case": renamed(
        {"word/document.xml": "Word/Document.XML", "word/_rels/document.xml.rels": "word/_RELS/Document.xml.rels"},
    ),
    "capitals in the targets": renamed({}, ("styles.xml", "Styles.xml"), ("word/document.xml", "WORD/document.xml")),
    "other parts of other names": renamed(
        {f"word/{name}.xml": f"word/{name}9.xml" for name in ("styles", "numbering", "settings", "footnotes", "header1")},
        *((f"{name}.xml", f"{name}9.xml") for name in ("styles", "numbering", "settings", "footnotes", "header1")),
    ),
    "strict": in_strict_format,
    "strict in UTF-16": without_prefix,
    "strict word/document2.xml": lambda parts: FORMS["word/document2.xml"](in_strict_format(parts)),
}


def contents(data: bytes, path: Path) -> list[object]:
    """Return what each of the readers finds in a file."""
    path.write_bytes(data)
    imported = word.read(path)
    document = open_base_document(data, path)
    reviewed = reviewed_file.read(path)
    verified = read_docx(data, path)
    return [
        *imported.paragraphs,
        *imported.left_out,
        *reviewed.paragraphs,
        *reviewed.notes,
        returned_table.read(path),
        [paragraph.text for paragraph in document.paragraphs],
        [paragraph.text for paragraph in document.sections[0].header.paragraphs],
        [shape.width for shape in document.inline_shapes],
        verified,
    ]


@pytest.mark.parametrize("form", FORMS)
def test_every_reader_reads_each_form_of_a_file_alike(form: str, usual: Parts, tmp_path: Path) -> None:
    path = tmp_path / "file.docx"
    expected = contents(packed(usual), path)
    assert [paragraph.kind for paragraph in word.read(path).paragraphs if paragraph.kind in ("figure", "note")] == [
        "figure",
        "note",
    ]
    assert contents(packed(FORMS[form](usual)), path) == expected
    annex(path)


@pytest.mark.parametrize("form", ["word/document2.xml", "strict"])
def test_a_template_of_another_form_is_used(form: str, usual: Parts, tmp_path: Path) -> None:
    path = tmp_path / "file.docx"
    path.write_bytes(packed(FORMS[form](usual)))
    template(path)
    (built,) = (tmp_path / "out").rglob("*.docx")
    package = open_package(built.read_bytes(), built)
    assert "purl.oclc.org" not in package.parts[MAIN_PART].decode()


def test_parts_without_a_relationship_are_not_read(usual: Parts) -> None:
    moved = FORMS["other parts of other names"](usual)
    orphan = {"word/footnotes.xml": NOTES.replace("A note.", "Left behind.").encode()}
    package = open_package(packed(moved | orphan), PATH)
    assert b"A note." in package.parts["word/footnotes.xml"]
    unrelated = {name: data.replace(b"/footnotes", b"/other") for name, data in usual.items() if name.endswith(".rels")}
    assert "word/footnotes.xml" not in open_package(packed(usual | unrelated), PATH).parts


def test_an_orphan_does_not_take_the_place_of_the_main_part(usual: Parts) -> None:
    other = f'<w:document xmlns:w="{W}"><w:body><w:p/></w:body></w:document>'.encode()
    parts = FORMS["word/document2.xml"](usual) | {"word/document.xml": other, "word/_rels/document.xml.rels": b"<a/>"}
    package = open_package(packed(parts), PATH)
    assert b"Words of the file." in package.parts[MAIN_PART]
    assert package.related_part("footnotes", MAIN_PART) == "word/footnotes.xml"


def test_a_spreadsheet_is_no_word_file() -> None:
    parts = {
        "_rels/.rels": f'<Relationships><Relationship Type="{R}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>',
    }
    with pytest.raises(UnsafeFile, match=r"word/document\.xml"):
        open_package(packed({name: text.encode() for name, text in parts.items()}), PATH)


def test_lengths_of_the_strict_format_lose_their_units(usual: Parts) -> None:
    body = '<w:p><w:r><w:rPr><w:sz w:val="10.5pt"/><w:rStyle w:val="12pt"/></w:rPr></w:r></w:p>'
    page = '<w:sectPr><w:pgSz w:w="210mm" w:h="11in"/><w:pgMar w:top="2.54cm" w:left="3pc"/></w:sectPr>'
    main = f'<w:document xmlns:w="{W}" w:conformance="strict"><w:body>{body}{page}</w:body></w:document>'.encode()
    root = open_package(packed(in_strict_format(usual | {MAIN_PART: main})), PATH).root(MAIN_PART)
    assert root is not None
    values = [str(value) for element in root.iter() for value in element.attrib.values()]
    assert values == ["21", "12pt", "11906", "15840", "1440", "720"]


def test_start_and_end_of_the_strict_format_are_renamed() -> None:
    body = '<w:p><w:pPr><w:ind w:start="12pt" w:endChars="1"/><w:jc w:val="end"/></w:pPr><w:r><w:t>http://purl.oclc.org/ooxml/a</w:t></w:r></w:p>'
    main = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    rels = f'<Relationships><Relationship Id="a" Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>'
    parts = {"_rels/.rels": rels.encode(), MAIN_PART: main.encode()}
    root = open_package(packed(in_strict_format(parts)), PATH).root(MAIN_PART)
    assert root is not None
    indent, alignment = (next(root.iter(qualified_name(name))) for name in ("ind", "jc"))
    assert dict(indent.attrib) == {qualified_name("left"): "240", qualified_name("rightChars"): "1"}
    assert alignment.get(qualified_name("val")) == "right"
    assert "".join(map(str, root.itertext())) == "http://purl.oclc.org/ooxml/a"


@pytest.mark.parametrize(
    "element", ['<w:altChunk r:id="rId1"/>', '<w:subDoc r:id="rId1"/>', '<w:fldSimple w:instr="INCLUDETEXT a"/>']
)
def test_active_content_in_the_strict_format_is_refused(element: str, usual: Parts) -> None:
    parts = in_body(f'<w:p xmlns:r="{R}">{element}</w:p>')(usual)
    with pytest.raises(UnsafeFile):
        open_package(packed(in_strict_format(parts)), PATH)
