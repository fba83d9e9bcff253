"""Pictures in Word files: in every notation and place, taken once or listed."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from ipdocs.files.ooxml.names import NAMESPACES, RELATIONSHIP_PREFIX
from ipdocs.importing.paragraph import ImportedFile

from .word_files import cell, kinds_and_texts, paragraph, part, read_word_file, run


def png(colour: str = "red") -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(stream, "PNG")
    return stream.getvalue()


def relationship(target: str, identifier: str = "rIdPic") -> str:
    return f'<Relationship Id="{identifier}" Type="{RELATIONSHIP_PREFIX}image" Target="{target}"/>'


BLIP = '<pic:pic><pic:blipFill><a:blip r:embed="rIdPic"/></pic:blipFill></pic:pic>'
DRAWING = (
    '<w:drawing><wp:inline><wp:docPr id="1" name="p" descr="A pier"/><a:graphic><a:graphicData uri="x">'
    f"{BLIP}</a:graphicData></a:graphic></wp:inline></w:drawing>"
)
VML = '<w:pict><v:shape alt="A pier"><v:imagedata r:id="rIdPic"/></v:shape></w:pict>'


def read(tmp_path: Path, body: str, target: str = "media/image1.png", name: str = "word/media/image1.png") -> ImportedFile:
    return read_word_file(tmp_path, body, {name: png()}, relationship(target))


def pictures(imported: ImportedFile) -> list[tuple[str, str]]:
    return [(entry.image.name, entry.image.alt) for entry in imported.paragraphs if entry.image]


@pytest.mark.parametrize(
    ("target", "name"),
    [
        ("media/image1.png", "word/media/image1.png"),
        ("/word/media/image1.png", "word/media/image1.png"),
        ("/media/image1.png", "media/image1.png"),
        ("../media/image1.png", "media/image1.png"),
        ("./media/image1.png", "word/media/image1.png"),
        ("media/Image1.PNG", "word/media/image1.png"),
    ],
)
@pytest.mark.parametrize("shape", [DRAWING, VML])
def test_pictures_are_found_by_any_target(tmp_path: Path, shape: str, target: str, name: str) -> None:
    """The name of a part may be absolute, and its case does not matter: OPC (ECMA-376 Part 2), 6.2."""
    imported = read(tmp_path, paragraph(f"<w:r>{shape}</w:r>"), target, name)
    assert [(picture.lower(), alt) for picture, alt in pictures(imported)] == [("image1.png", "A pier")]
    assert imported.left_out == []


ALTERNATIVES = (
    f"<mc:AlternateContent><mc:Choice Requires='wpg'>{DRAWING}</mc:Choice><mc:Fallback>{VML}</mc:Fallback></mc:AlternateContent>"
)


@pytest.mark.parametrize(
    "shape",
    [
        DRAWING,
        DRAWING.replace("wp:inline", "wp:anchor"),
        DRAWING.replace(BLIP, "<wps:wsp><wps:spPr><a:blipFill><a:blip r:embed='rIdPic'/></a:blipFill></wps:spPr></wps:wsp>"),
        VML,
        VML.replace("<v:shape", "<v:group><v:shape").replace("</v:shape>", "</v:shape></v:group>"),
        '<w:pict><v:rect alt="A pier"><v:fill r:id="rIdPic" type="frame"/></v:rect></w:pict>',
        '<w:object><v:shape alt="A pier"><v:imagedata r:id="rIdPic"/></v:shape></w:object>',
        ALTERNATIVES,
        ALTERNATIVES.replace(DRAWING, ""),
    ],
)
def test_a_picture_arrives_once_in_every_notation(tmp_path: Path, shape: str) -> None:
    imported = read(tmp_path, paragraph(f"<w:r>{shape}</w:r>{run('Below.')}"))
    assert kinds_and_texts(imported) == [("figure", ""), ("paragraph", "Below.")]
    assert pictures(imported) == [("image1.png", "A pier")]
    assert imported.left_out == []


HIDDEN_DRAWING = DRAWING.replace("descr=", 'hidden="1" descr=')
PICTURE = paragraph(f"<w:r>{DRAWING}</w:r>")
BOX = f"<w:txbxContent>{PICTURE}{paragraph('Boxed.')}</w:txbxContent>"


@pytest.mark.parametrize(
    ("body", "kinds"),
    [
        (paragraph(f"{run('Above.')}<w:r>{DRAWING}</w:r>"), ["paragraph", "figure"]),
        (f"<w:sdt><w:sdtContent>{PICTURE}</w:sdtContent></w:sdt>", ["figure"]),
        (f"<w:tbl><w:tr><w:tc>{PICTURE}</w:tc>{cell('b')}</w:tr></w:tbl>", ["figure", "paragraph"]),
        (f"<w:tbl><w:tr><w:tc>{PICTURE}</w:tc>{cell('b')}{cell('c')}</w:tr></w:tbl>", ["table", "figure"]),
        (f"<w:tbl><w:tr><w:tc>{PICTURE}</w:tc></w:tr><w:tr>{cell('Caption.')}</w:tr></w:tbl>", ["figure", "paragraph"]),
        (paragraph(f'<w:hyperlink w:anchor="x"><w:r>{DRAWING}</w:r></w:hyperlink>'), ["figure"]),
        (paragraph(f"<w:r><w:pict><v:textbox>{BOX}</v:textbox></w:pict></w:r>"), ["figure", "paragraph"]),
    ],
)
def test_pictures_arrive_from_every_place(tmp_path: Path, body: str, kinds: list[str]) -> None:
    imported = read(tmp_path, body)
    assert [entry.kind for entry in imported.paragraphs] == kinds
    assert pictures(imported) == [("image1.png", "A pier")]


@pytest.mark.parametrize(
    "rows",
    [
        f"<w:tr><w:tc>{PICTURE}</w:tc><w:tc>{PICTURE}</w:tc></w:tr><w:tr>{cell('East')}{cell('West')}</w:tr>",
        f"<w:tr><w:tc>{PICTURE}{paragraph('East')}</w:tc><w:tc>{PICTURE}{paragraph('West')}</w:tc></w:tr>",
        f"<w:tr><w:tc>{PICTURE}</w:tc>{cell('East')}</w:tr><w:tr><w:tc>{PICTURE}</w:tc>{cell('West')}</w:tr>",
    ],
    ids=["below", "in the cell", "beside"],
)
def test_words_at_pictures_in_a_table_are_captions(tmp_path: Path, rows: str) -> None:
    imported = read(tmp_path, f"<w:tbl>{rows}</w:tbl>")
    assert [(entry.kind, entry.text) for entry in imported.paragraphs] == [
        ("figure", ""),
        ("caption", "East"),
        ("figure", ""),
        ("caption", "West"),
    ]


def test_a_picture_in_a_note_is_found_through_the_notes_part(tmp_path: Path) -> None:
    notes = part("w:footnotes", f'<w:footnote w:id="2">{paragraph("See")}{PICTURE}</w:footnote>')
    links = f'<Relationships xmlns="{NAMESPACES["rel"]}">{relationship("media/note.png")}</Relationships>'
    parts = {
        "footnotes": notes,
        "word/_rels/footnotes.xml.rels": links.encode(),
        "word/media/note.png": png("blue"),
        "word/media/image1.png": png(),
    }
    body = paragraph(f'{run("Text")}<w:r><w:footnoteReference w:id="2"/></w:r>')
    imported = read_word_file(tmp_path, body, parts, relationship("media/image1.png"))
    assert pictures(imported) == [("note.png", "A pier")]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (paragraph(f"<w:r><w:rPr><w:vanish/></w:rPr>{DRAWING}</w:r>"), "hidden"),
        (paragraph(f'<w:del w:id="1"><w:r>{DRAWING}</w:r></w:del>'), "tracked deletion"),
        (paragraph(f"<w:r>{HIDDEN_DRAWING}</w:r>"), "hidden"),
    ],
)
def test_a_picture_that_is_not_shown_is_listed(tmp_path: Path, body: str, reason: str) -> None:
    imported = read(tmp_path, body + paragraph("Kept"))
    assert kinds_and_texts(imported) == [("paragraph", "Kept")]
    assert [(entry.text, entry.description) for entry in imported.left_out] == [("picture", reason)]


def test_a_picture_of_an_unknown_kind_is_listed(tmp_path: Path) -> None:
    imported = read_word_file(tmp_path, PICTURE, {"word/media/a.emf": b"not a picture"}, relationship("media/a.emf"))
    assert [entry.description for entry in imported.left_out] == ["unusable picture: a.emf: it is not a picture"]


def test_a_picture_without_its_part_is_listed(tmp_path: Path) -> None:
    imported = read_word_file(tmp_path, PICTURE + paragraph("Kept"))
    assert [entry.description for entry in imported.left_out] == ["unusable picture: it is not in the file"]
