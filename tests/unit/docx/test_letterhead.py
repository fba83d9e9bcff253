"""Letterheads: the parts that documents take over, and the content that is refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx as python_docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.shared import Mm, Pt, RGBColor
from lxml import etree
from PIL import Image, ImageCms

from ipdocs.findings import IpdocsError

Make = Callable[..., Any]
SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
_LOGO = "word/media/image1.png"
_SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
BODY = "<h1>Title</h1><h2>Aims</h2><p>words</p><p class='lead'>more</p><ul><li>one</li></ul>"


def value(node: Any, path: str) -> Any:
    return node.xpath(path, namespaces=SPACES)


@pytest.fixture
def letterhead(tmp_path: Path, picture: Make) -> Path:
    """A letterhead with a logo in the header, an address in the footer, wide margins, a red Heading 1 and a list."""
    document = python_docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin, section.top_margin = Mm(40), Mm(20), Mm(50)
    section.header.paragraphs[0].add_run("Example Office").add_picture(io.BytesIO(picture(300, 90)), width=Mm(30))
    section.footer.paragraphs[0].text = "1 Example Street"
    heading = document.styles["Heading 1"]
    heading.font.color.rgb, heading.font.size = RGBColor(0xA0, 0x14, 0x1E), Pt(20)
    for style in ("Title", "Body Text", "List Bullet"):
        document.styles.element.remove(document.styles[style].element)
    document.add_paragraph("a sample that is not kept", style="List Number")
    path = tmp_path / "letterhead.docx"
    document.save(str(path))
    return path


def changed(path: Path, **members: bytes) -> Path:
    """A copy of a letterhead with parts added or replaced; in their names `__` is a slash, `DOT` a full stop."""
    target_path = path.with_name("changed.docx")
    names = {name.replace("__", "/").replace("DOT", "."): data for name, data in members.items()}
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target_path, "w") as target:
        for name in source.namelist():
            if name not in names:
                target.writestr(name, source.read(name))
        for name, data in names.items():
            target.writestr(name, data)
    return target_path


def test_page_header_and_footer_come_from_the_letterhead(word: Make, letterhead: Path) -> None:
    file = word(BODY, letterhead=letterhead)
    section = file.find("//w:sectPr")[0]
    assert value(section, "string(w:pgMar/@w:left)") == str(round(40 / 25.4 * 1440))
    assert b"Example Office" in file.parts["word/header1.xml"]
    assert b"1 Example Street" in file.parts["word/footer1.xml"]
    assert b"PAGE" not in b"".join(data for name, data in file.parts.items() if "foot" in name)


def test_letterhead_styles_override_the_stylesheet(word: Make, letterhead: Path) -> None:
    file = word(BODY, letterhead=letterhead)
    assert value(file.style("Heading1"), "string(w:rPr/w:color/@w:val)") == "A0141E"
    assert len(file.find("//w:style[w:name/@w:val='heading 1']", "styles")) == 1
    assert value(file.style("BodyText"), "string(w:rPr/w:rFonts/@w:ascii)") == "Times New Roman"
    assert value(file.style("BodyText"), "count(w:basedOn)") == 0
    assert value(file.paragraph("Aims"), "count(w:pPr/w:spacing)") == 0


def test_theme_and_pictures_are_unchanged(word: Make, letterhead: Path) -> None:
    file = word(BODY, letterhead=letterhead)
    with zipfile.ZipFile(letterhead) as before:
        assert file.parts["word/theme/theme1.xml"] == before.read("word/theme/theme1.xml")
        logo, kept = (Image.open(io.BytesIO(data)) for data in (before.read(_LOGO), file.parts[_LOGO]))
    assert logo.tobytes() == kept.tobytes()


def test_pictures_lose_their_personal_metadata(word: Make, letterhead: Path) -> None:
    scan, exif = io.BytesIO(), Image.Exif()
    exif[0x013B], exif[0x0112] = "Estate Officer 2", 3
    Image.new("RGB", (40, 20), (120, 60, 0)).save(scan, "JPEG", exif=exif, comment=b"third floor", icc_profile=_SRGB)
    data = word(BODY, letterhead=changed(letterhead, word__media__image1DOTpng=scan.getvalue())).parts[_LOGO]
    assert b"Officer" in scan.getvalue()
    assert b"Officer" not in data
    assert b"third floor" not in data
    kept = Image.open(io.BytesIO(data))
    assert (dict(kept.getexif()), kept.info["icc_profile"]) == ({0x0112: 3}, _SRGB)
    assert kept.tobytes() == Image.open(scan).tobytes()


def test_hidden_text_and_picture_file_names_are_removed(word: Make, letterhead: Path) -> None:
    document = python_docx.Document(str(letterhead))
    paragraph = document.sections[0].header.paragraphs[0]
    paragraph.add_run("hidden by itself").font.hidden = True
    hidden = document.styles.add_style("Office Note", 2)
    hidden.font.hidden = True
    paragraph.add_run("hidden by its style", "Office Note")
    paragraph.add_run("a word beside them").font.hidden = False
    about, inner = paragraph._p.xpath(".//wp:docPr")[0], paragraph._p.xpath(".//pic:cNvPr")[0]
    about.set("descr", "C:\\Users\\officer2\\logo.png")
    about.set("title", "The arms of the office")
    inner.set("name", "officer2-logo.png")
    document.save(str(letterhead))
    file = word(BODY, letterhead=letterhead)
    head = file.parts["word/header1.xml"].decode()
    assert "a word beside them" in head
    assert "The arms of the office" in head
    assert not [word for word in ("hidden by", "officer2") if any(word.encode() in data for data in file.parts.values())]
    assert value(file.root("header1"), "count(//@name[.=''])") == 0


def test_letterhead_with_a_truncated_picture_is_refused(word: Make, letterhead: Path, picture: Make) -> None:
    with pytest.raises(IpdocsError) as raised:
        word(BODY, letterhead=changed(letterhead, word__media__image1DOTpng=picture(40, 20)[:-30]))
    (finding,) = raised.value.findings
    assert finding.code == "bad-letterhead"
    assert f"'{_LOGO}'" in finding.message


def test_preview_thumbnail_is_removed(word: Make, letterhead: Path) -> None:
    with zipfile.ZipFile(letterhead) as before:
        assert "docProps/thumbnail.jpeg" in before.namelist()
    assert "docProps/thumbnail.jpeg" not in word(BODY, letterhead=letterhead).parts


def test_body_text_of_the_letterhead_is_removed(word: Make, letterhead: Path) -> None:
    assert "a sample" not in "".join(word(BODY, letterhead=letterhead).root().itertext())


def test_lists_have_numbers_the_letterhead_does_not_use(word: Make, letterhead: Path) -> None:
    file = word(BODY, letterhead=letterhead)
    key = value(file.paragraph("one"), "string(w:pPr/w:numPr/w:numId/@w:val)")
    kinds = [value(child, "local-name()") for child in file.find("/w:numbering/*", "numbering")]
    assert kinds == sorted(kinds)
    assert len(file.find(f"//w:num[@w:numId='{key}']", "numbering")) == 1


def test_settings_are_in_schema_order(word: Make, letterhead: Path) -> None:
    css = '.footnote { float: footnote } @page :left { @top-left { content: "L" } } @page :right { @top-left { content: "R" } }'
    for file in (
        word("<p>a<span class='footnote'>n</span></p>", css),
        word("<p>a<span class='footnote'>n</span></p>", css, letterhead=letterhead),
    ):
        kinds = [value(child, "local-name()") for child in file.find("/w:settings/*", "settings")]
        for earlier, later in (
            ("zoom", "footnotePr"),
            ("footnotePr", "compat"),
            ("compat", "themeFontLang"),
            ("rsids", "themeFontLang"),
        ):
            if earlier in kinds:
                assert kinds.index(earlier) < kinds.index(later)


def test_table_is_as_wide_as_the_letterhead_page(word: Make, letterhead: Path) -> None:
    file = word("<table><tr><td>a</td></tr></table>", "td { border: none }", letterhead=letterhead)
    assert int(file.find("//w:gridCol/@w:w")[0]) == pytest.approx(150 / 25.4 * 1440, abs=2)


def test_landscape_section_rotates_the_letterhead_page(word: Make, letterhead: Path) -> None:
    css = "@page wide { size: A4 landscape } .annex { page: wide }"
    file = word("<p>a</p><section class='annex'><p>b</p></section>", css, letterhead=letterhead)
    assert [value(section, "string(w:pgSz/@w:orient)") for section in file.find("//w:sectPr")][1] == "landscape"
    assert [len(value(section, "w:headerReference")) for section in file.find("//w:sectPr")] == [1, 1]


def test_landscape_letterhead_turns_to_portrait(word: Make, letterhead: Path) -> None:
    document = python_docx.Document(str(letterhead))
    document.sections[0].page_width, document.sections[0].page_height = Mm(297), Mm(210)
    document.sections[0].orientation = WD_ORIENT.LANDSCAPE
    document.save(str(letterhead))
    (section,) = word("<p>a</p>", "@page { size: A4 }", letterhead=letterhead).find("//w:sectPr")
    width, height = (int(value(section, f"string(w:pgSz/@w:{side})")) for side in "wh")
    assert width < height
    assert value(section, "string(w:pgSz/@w:orient)") in ("", "portrait")


def test_draft_watermark_is_added_to_the_header(word: Make, letterhead: Path) -> None:
    head = word(BODY, letterhead=letterhead, draft=True).parts["word/header1.xml"]
    assert b"Example Office" in head
    assert b"PowerPlusWaterMarkObject" in head


def test_stylesheet_footer_is_used_if_there_is_none(word: Make, tmp_path: Path) -> None:
    document = python_docx.Document()
    document.sections[0].header.paragraphs[0].text = "Example Office"
    document.save(str(tmp_path / "head.docx"))
    file = word(BODY, letterhead=tmp_path / "head.docx")
    assert any(b"NUMPAGES" in data for name, data in file.parts.items() if name.startswith("word/footer"))


RELATIONSHIPS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"'
    ' Target="{target}" TargetMode="External"/></Relationships>'
)


@pytest.mark.parametrize(
    ("members", "value"),
    [
        ({"word__vbaProjectDOTbin": b"x"}, "word/vbaProject.bin"),
        ({"word__embeddings__oleDOTbin": b"x"}, "word/embeddings/ole.bin"),
        (
            {"word__themeDOTxml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"},
            "word/theme.xml",
        ),
        (
            {
                "word___rels__header9DOTxmlDOTrels": RELATIONSHIPS.format(
                    kind="image", target="https://example.org/a.png"
                ).encode()
            },
            "https://example.org/a.png",
        ),
        (
            {"word___rels__settingsDOTxmlDOTrels": RELATIONSHIPS.format(kind="attachedTemplate", target="file:///x").encode()},
            "file:///x",
        ),
        ({"[Content_Types]DOTxml": b"<Types/>"}, "Word"),
    ],
)
def test_active_or_external_content_is_refused(word: Make, letterhead: Path, members: dict[str, bytes], value: str) -> None:
    with pytest.raises(IpdocsError) as raised:
        word(BODY, letterhead=changed(letterhead, **members))
    (finding,) = raised.value.findings
    assert finding.code == "bad-letterhead"
    assert value in finding.message
    assert finding.hint


FIELD = (
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> incl</w:instrText></w:r>'
    '<w:r><w:instrText>udePicture "https://example.org/a.png" \\d </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    '<w:r><w:t>x</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)


@pytest.mark.parametrize(
    ("field", "code"),
    [
        (FIELD, 'includePicture "https://example.org/a.png" \\d'),
        ('<w:p><w:fldSimple w:instr=" INCLUDETEXT other.docx "/></w:p>', "INCLUDETEXT other.docx"),
        ('<w:p><w:fldSimple w:instr="LINK Excel.Sheet.12 a.xlsx"/></w:p>', "LINK Excel.Sheet.12 a.xlsx"),
        ('<w:p><w:fldSimple w:instr="DDEAUTO c:\\\\cmd.exe"/></w:p>', "DDEAUTO c:\\\\cmd.exe"),
        ('<w:p><w:fldSimple w:instr="DDE c a b"/></w:p>', "DDE c a b"),
        ('<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDE a</w:instrText></w:r></w:p>', "DDE a"),
    ],
)
def test_field_with_external_content_is_refused(word: Make, letterhead: Path, field: str, code: str) -> None:
    with zipfile.ZipFile(letterhead) as package:
        footer = package.read("word/footer1.xml").replace(b"</w:ftr>", f"{field}</w:ftr>".encode())
    with pytest.raises(IpdocsError) as raised:
        word(BODY, letterhead=changed(letterhead, word__footer1DOTxml=footer))
    (finding,) = raised.value.findings
    assert (finding.code, finding.severity) == ("bad-letterhead", "error")
    assert "word/footer1.xml" in finding.message
    assert code in finding.message
    assert "Ctrl+Shift+F9" in (finding.hint or "")


def test_tracked_changes_in_a_footer_are_refused(word: Make, letterhead: Path) -> None:
    deleted = '<w:p><w:del w:id="7" w:author="Clerk 4"><w:r><w:delText>Old Street</w:delText></w:r></w:del></w:p>'
    with zipfile.ZipFile(letterhead) as package:
        footer = package.read("word/footer1.xml").replace(b"</w:ftr>", f"{deleted}</w:ftr>".encode())
    with pytest.raises(IpdocsError) as raised:
        word(BODY, letterhead=changed(letterhead, word__footer1DOTxml=footer))
    (finding,) = raised.value.findings
    assert finding.code == "bad-letterhead"
    assert "word/footer1.xml" in finding.message


def test_page_number_field_is_allowed(word: Make, letterhead: Path) -> None:
    field = '<w:p><w:fldSimple w:instr=" PAGE "/><w:fldSimple w:instr=""/></w:p>'
    with zipfile.ZipFile(letterhead) as package:
        footer = package.read("word/footer1.xml").replace(b"</w:ftr>", f"{field}</w:ftr>".encode())
    assert b"PAGE" in word(BODY, letterhead=changed(letterhead, word__footer1DOTxml=footer)).parts["word/footer1.xml"]


def test_last_section_inherits_the_header(word: Make, tmp_path: Path) -> None:
    document = python_docx.Document()
    document.sections[0].header.paragraphs[0].text = "Example Office"
    document.sections[0].footer.paragraphs[0].text = "1 Example Street"
    section = document.add_section()
    section.footer.is_linked_to_previous = False
    section.footer.paragraphs[0].text = "Second"
    section.left_margin = Mm(40)
    document.save(str(tmp_path / "two.docx"))
    file = word(BODY, letterhead=tmp_path / "two.docx")
    (section,) = file.find("//w:sectPr")
    assert value(section, "string(w:pgMar/@w:left)") == str(round(40 / 25.4 * 1440))
    references = {
        value(reference, "string(@r:id)"): value(reference, "local-name()") for reference in value(section, "w:*[@r:id]")
    }
    assert sorted(references.values()) == ["footerReference", "headerReference"]
    relations = etree.fromstring(file.parts["word/_rels/document.xml.rels"])
    texts = {
        references[relation.get("Id")]: file.parts[f"word/{relation.get('Target')}"]
        for relation in relations
        if relation.get("Id") in references
    }
    assert b"Example Office" in texts["headerReference"]
    assert b"Second" in texts["footerReference"]


def test_hyperlink_is_allowed(word: Make, letterhead: Path) -> None:
    link = RELATIONSHIPS.format(kind="hyperlink", target="https://example.org/").encode()
    assert word(BODY, letterhead=changed(letterhead, word___rels__fontTableDOTxmlDOTrels=link)).data


@pytest.mark.parametrize(
    ("data", "code"), [(b"no zip", "bad-letterhead"), (None, "no-such-file"), (b"0" * 10_000_001, "letterhead-too-large")]
)
def test_unusable_letterhead_is_reported(word: Make, tmp_path: Path, data: bytes | None, code: str) -> None:
    path = tmp_path / "letterhead.docx"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(IpdocsError) as raised:
        word(BODY, letterhead=path)
    assert [finding.code for finding in raised.value.findings] == [code]


def test_zip_bomb_is_refused(word: Make, letterhead: Path) -> None:
    bomb = letterhead.with_name("bomb.docx")
    with zipfile.ZipFile(letterhead) as source, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
        target.writestr("word/zeros.xml", b"0" * 61_000_000)
    with pytest.raises(IpdocsError) as raised:
        word(BODY, letterhead=bomb)
    assert raised.value.findings[0].code == "bad-letterhead"
    assert "60,000,000" in raised.value.findings[0].message
