"""Office files whose part names have spaces or percent escapes: letterheads and annexes in Word are cleaned and used."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import docx
import pikepdf
import pytest
from docx.shared import Mm
from PIL import Image

from ipdocs.files.libreoffice import convert_to_pdf
from ipdocs.files.ooxml.base_document import open_base_document
from ipdocs.files.ooxml.package import open_package
from ipdocs.files.reading import UnsafeFile
from ipdocs.minutes.annexes import read_annex
from ipdocs.model.text import Text
from ipdocs.workspace import Workspace

PATH = Path("letterhead.docx")
PLACE = "22 15 N 114 10 E"
NAMES = [
    ("image 1.jpg", "image%201.jpg"),
    ("image%201.jpg", "image%201.jpg"),
    ("image 1.jpg", "image 1.jpg"),
    ("image%201.jpg", "image 1.jpg"),
    ("圖 1.jpg", "%E5%9C%96%201.jpg"),
    ("image_1.jpg", "image_1.jpg"),
]


def photo() -> bytes:
    """Return a JPEG that says where it was taken."""
    exif = Image.Exif()
    exif.get_ifd(0x8825)[0x1B] = PLACE
    stream = io.BytesIO()
    Image.new("RGB", (60, 40), (20, 90, 160)).save(stream, "JPEG", exif=exif)
    return stream.getvalue()


def word_file(*changes: tuple[str, str], **parts: bytes) -> bytes:
    """Return a Word file with a picture in the header and in the text, after changes to its part names and references."""
    document = docx.Document()
    for paragraph in (document.sections[0].header.paragraphs[0], document.add_paragraph()):
        paragraph.add_run().add_picture(io.BytesIO(photo()), width=Mm(30))
    before, after = io.BytesIO(), io.BytesIO()
    document.save(before)
    with zipfile.ZipFile(before) as source, zipfile.ZipFile(after, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            for old, new in changes:
                if name.endswith((".rels", "[Content_Types].xml")):
                    data = data.replace(old.encode(), new.encode())
            target.writestr(dict(changes).get(name, name), data)
        for name, data in parts.items():
            target.writestr(name, data)
    return after.getvalue()


def with_picture_names(name: str, target: str) -> bytes:
    return word_file(("word/media/image1.jpg", f"word/media/{name}"), ("media/image1.jpg", f"media/{target}"))


@pytest.mark.parametrize(("name", "target"), NAMES)
def test_letterhead_picture_is_cleaned_and_used(name: str, target: str) -> None:
    data = with_picture_names(name, target)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert PLACE.encode() in archive.read(f"word/media/{name}")
    document = open_base_document(data, PATH)
    for part in (document.part, document.sections[0].header.part):
        (picture,) = [relationship.target_part for relationship in part.rels.values() if relationship.reltype.endswith("/image")]
        assert PLACE.encode() not in picture.blob
        assert picture.content_type == "image/jpeg"
        assert Image.open(io.BytesIO(picture.blob)).size == (60, 40)


@pytest.mark.parametrize(("name", "target"), NAMES)
def test_word_annex_picture_is_cleaned(name: str, target: str, tmp_path: Path) -> None:
    converted: list[bytes] = []
    blank = io.BytesIO()
    Image.new("RGB", (60, 40)).save(blank, "PDF")

    def convert(data: bytes, name: str) -> bytes:
        converted.append(data)
        return blank.getvalue()

    (tmp_path / "a.docx").write_bytes(with_picture_names(name, target))
    annex = read_annex(Text("a.docx"), tmp_path, Workspace(tmp_path), convert)
    assert annex.removed["notes in pictures"] == 1
    (data,) = converted
    package = open_package(data, PATH)
    pictures = {relationship.part for relationship in package.relationships() if relationship.kind == "image"}
    (picture,) = pictures
    assert PLACE.encode() not in package.parts[str(picture)]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "target"), NAMES[:2])
def test_libreoffice_shows_the_picture_of_an_annex(name: str, target: str, tmp_path: Path) -> None:
    def convert(data: bytes, name: str) -> bytes:
        return convert_to_pdf(data, name, None, shutil.which("soffice"))

    (tmp_path / "a.docx").write_bytes(with_picture_names(name, target))
    annex = read_annex(Text("a.docx"), tmp_path, Workspace(tmp_path), convert)
    with pikepdf.open(io.BytesIO(annex.data)) as pdf:
        objects = [item for item in pdf.objects if isinstance(item, pikepdf.Stream)]
        assert (60, 40) in [(item.Width, item.Height) for item in objects if item.get("/Subtype") == pikepdf.Name.Image]


def test_a_part_is_renamed_with_its_relationships() -> None:
    changes = [
        ("word/header1.xml", "word/header%20one.xml"),
        ("word/_rels/header1.xml.rels", "word/_rels/header one.xml.rels"),
        ('Target="header1.xml"', 'Target="header one.xml"'),
    ]
    package = open_package(word_file(*changes), PATH)
    assert {"word/header_one.xml", "word/_rels/header_one.xml.rels"} <= package.parts.keys()
    assert package.related_part("header", "word/document.xml") == "word/header_one.xml"
    assert package.related_part("image", "word/header_one.xml") == "word/media/image1.jpg"
    assert b'PartName="/word/header_one.xml"' in package.parts["[Content_Types].xml"]


def test_a_file_with_plain_names_stays_unchanged() -> None:
    data = word_file()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert open_package(data, PATH).parts == {name: archive.read(name) for name in archive.namelist()}


def test_no_two_parts_get_the_same_name() -> None:
    names = ["a b.jpg", "a_b.jpg", "a?b.jpg", "a_b-2.jpg", "_rels/a_b.jpg.rels", "_rels/a#b.jpg.rels", "_rels/a b.jpg.rels"]
    relationships = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
    contents = {f"x/{name}": relationships if name.endswith(".rels") else name.encode() for name in names}
    package = open_package(word_file(**contents), PATH)
    added = {name: content for name, content in package.parts.items() if name.startswith("x/")}
    assert len(added) == len(names)
    assert {content for content in added.values() if content.endswith(b".jpg")} == {
        b"a b.jpg",
        b"a_b.jpg",
        b"a?b.jpg",
        b"a_b-2.jpg",
    }
    assert added["x/a_b.jpg"] == b"a_b.jpg"
    assert not [name for name in added if set(name) & set(" ?#%")]


@pytest.mark.parametrize("name", ["word/media/image%31.jpg", "word/%6dedia/image1.jpg", "word/x/%2e%2E/media/IMAGE1.jpg"])
def test_names_that_differ_only_in_escapes_are_refused(name: str) -> None:
    with pytest.raises(UnsafeFile) as raised:
        open_package(word_file(**{name: photo()}), PATH)
    (problem,) = raised.value.problems
    assert problem.reason == "unsafe-path"
    assert name in problem.message


@pytest.mark.parametrize("name", ["word/vba%50roject.bin", "word/embed%64ings/a b.bin", "word/run me%2eexe"])
def test_escapes_do_not_hide_a_program(name: str) -> None:
    with pytest.raises(UnsafeFile) as raised:
        open_package(word_file(**{name: b"x"}), PATH)
    assert [problem.reason for problem in raised.value.problems] == ["active"]


def test_a_name_of_escaped_dots_stays_in_the_file() -> None:
    package = open_package(word_file(**{"%2e": b"a", "word/%2e%2e/%2e%2e/b c": b"b"}), PATH)
    assert (package.parts["_"], package.parts["b_c"]) == (b"a", b"b")
    assert package.related_part("officeDocument") == "word/document.xml"
