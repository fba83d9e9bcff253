"""Tables of contents, hidden ends of paragraphs and lists beside lists in Word files."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.readers.word_files import kinds_and_texts, paragraph, part, read_word_file, run

from ipdocs.importing.document_draft import make_draft
from ipdocs.importing.noise import without_noise
from ipdocs.workspace import Workspace

STYLES = part(
    "w:styles",
    '<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 2"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="V"><w:name w:val="Unseen"/><w:rPr><w:vanish/></w:rPr></w:style>',
)


def mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def code(text: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve">{text}</w:instrText></w:r>'


BEGIN = mark("begin") + code(' TOC \\o "1-3" \\h ') + mark("separate")
PAGE = mark("begin") + code(" PAGEREF _a \\h ") + mark("separate") + run("7") + mark("end")
TABLES = {
    "field that ends in a paragraph of its own": paragraph(f"{BEGIN}{run('Fares')}{PAGE}")
    + paragraph(f"{run('Piers')}{PAGE}")
    + paragraph(mark("end")),
    "field that ends with its last entry": paragraph(f"{BEGIN}{run('Fares')}{PAGE}")
    + paragraph(f"{run('Piers')}{PAGE}{mark('end')}"),
    "content control": '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    f"<w:sdtContent>{paragraph('Fares 7')}{paragraph('Piers 7')}</w:sdtContent></w:sdt>",
    "simple field": f'<w:p><w:fldSimple w:instr="TOC \\c &quot;Table&quot;">{run("Fares 7 Piers 7")}</w:fldSimple></w:p>',
    "styles only": paragraph("Fares 7", '<w:pStyle w:val="T1"/>') + paragraph("Piers 7", '<w:pStyle w:val="T1"/>'),
}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_a_table_of_contents_is_left_out(tmp_path: Path, table: str) -> None:
    body = paragraph("Ferry notice") + paragraph("Contents") + table + paragraph("Fares", '<w:pStyle w:val="H"/>')
    imported = without_noise(read_word_file(tmp_path, body, {"styles": STYLES}), Workspace(tmp_path))
    assert kinds_and_texts(imported) == [("paragraph", "Ferry notice"), ("heading", "Fares")]
    left_out = " ".join(entry.text for entry in imported.left_out)
    assert all(word in left_out for word in ("Contents", "Fares", "Piers", "7"))
    assert not any(word in left_out for word in ("TOC", "PAGEREF"))
    assert {entry.reason.value for entry in imported.left_out} == {"navigation"}


def test_a_heading_contents_without_such_a_table_stays(tmp_path: Path) -> None:
    body = paragraph("Ferry notice") + paragraph("Contents") + paragraph("The box holds ten life jackets.")
    imported = without_noise(read_word_file(tmp_path, body, {"styles": STYLES}), Workspace(tmp_path))
    assert [text for _, text in kinds_and_texts(imported)] == ["Ferry notice", "Contents", "The box holds ten life jackets."]


@pytest.mark.parametrize("hidden", ["<w:vanish/><w:specVanish/>", "<w:vanish/>"])
def test_a_paragraph_whose_end_is_hidden_goes_on_in_the_next(tmp_path: Path, hidden: str) -> None:
    body = paragraph("Fares. ", f'<w:pStyle w:val="H"/><w:rPr>{hidden}</w:rPr>') + paragraph("Children pay half.")
    imported = read_word_file(tmp_path, body, {"styles": STYLES})
    assert kinds_and_texts(imported) == [("paragraph", "Fares. Children pay half.")]


@pytest.mark.parametrize(
    "properties", ['<w:rPr><w:vanish w:val="0"/></w:rPr>', '<w:pStyle w:val="V"/><w:rPr><w:vanish/></w:rPr>']
)
def test_other_paragraphs_stay_apart(tmp_path: Path, properties: str) -> None:
    imported = read_word_file(tmp_path, paragraph("Fares.", properties) + paragraph("Children pay half."), {"styles": STYLES})
    assert kinds_and_texts(imported)[-1] == ("paragraph", "Children pay half.")


def test_an_outer_item_after_an_inner_list_is_a_list_of_its_own(tmp_path: Path) -> None:
    levels = "".join(
        f'<w:abstractNum w:abstractNumId="{number}">'
        + "".join(f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/>{shape}</w:lvl>' for level in (0, 1))
        + "</w:abstractNum>"
        for number, shape in enumerate(
            ('<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/>', '<w:numFmt w:val="bullet"/><w:lvlText w:val="·"/>')
        )
    )
    lists = "".join(f'<w:num w:numId="{number + 1}"><w:abstractNumId w:val="{number}"/></w:num>' for number in (0, 1))
    items = (("Book", 1, 0), ("at home", 1, 1), ("by post", 2, 1), ("Pay", 1, 0))
    body = paragraph("How to come") + "".join(
        paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
        for text, number, level in items
    )
    parts = {"numbering": part("w:numbering", levels + lists)}
    blocks = make_draft(read_word_file(tmp_path, body, parts), "en", Workspace(tmp_path)).blocks
    assert [(block.item_styles[0], block.numbers[0], block.texts[-1]) for block in blocks] == [
        ("number", 1, ("at home",)),
        ("bullet", 0, ("by post",)),
        ("number", 2, ("Pay",)),
    ]
