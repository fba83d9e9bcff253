"""PDFs as files: their metadata, their content, and the same bytes every time."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest

from ipdocs.findings import Finding, IpdocsError
from ipdocs.templating.html_document import HtmlDocument
from ipdocs.workspace import Workspace
from ipdocs.writers import pdf

Make = Callable[..., HtmlDocument]
Write = Callable[[HtmlDocument], bytes]


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def text_of(data: bytes, *options: str) -> str:
    return subprocess.run(["pdftotext", *options, "-", "-"], input=data, capture_output=True, check=True).stdout.decode()


def located(finding: Finding) -> tuple[str, str, str]:
    return finding.code, finding.severity, str(finding.location)


def page(body: str, lang: str = "en") -> str:
    return f'<html lang="{lang}"><body>{body}</body></html>'


def test_bytes_are_the_same_alone_and_in_a_batch(vocabulary: HtmlDocument, tree_of: Make, write: Write) -> None:
    alone = write(vocabulary)
    assert alone == write(vocabulary)
    other = tree_of(page("<h1>另一</h1><p>Another document, with other letters: é</p>"))
    session = pdf.prepare([other, vocabulary], Workspace())
    pdf.write(other, session)
    assert pdf.write(vocabulary, session).data == alone


def test_bytes_are_the_same_in_another_folder_and_locale(root: Path, tmp_path: Path) -> None:
    code = (
        "import sys, hashlib, importlib.util\n"
        "spec = importlib.util.spec_from_file_location('shared', sys.argv[1])\n"
        "shared = importlib.util.module_from_spec(spec); spec.loader.exec_module(shared)\n"
        "tree = shared.tree_of.__wrapped__()('<html lang=\"zh-Hant-HK\"><body><h1>會議</h1></body></html>')\n"
        "from ipdocs.writers import pdf; from ipdocs.workspace import Workspace\n"
        "print(hashlib.sha256(pdf.write(tree, pdf.prepare([tree], Workspace())).data).hexdigest())\n"
    )
    places = [(root, {"LC_ALL": "C.UTF-8", "TZ": "UTC"}), (tmp_path, {"LC_ALL": "C", "TZ": "Asia/Hong_Kong", "LANG": "zh_HK"})]
    digests = {
        subprocess.run(
            [sys.executable, "-c", code, str(root / "tests/conftest.py")],
            cwd=folder,
            env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), **settings},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for folder, settings in places
    }
    assert len(digests) == 1


def test_pdf_states_its_standards_and_shows_its_title(vocabulary: HtmlDocument, write: Write) -> None:
    with opened(write(vocabulary)) as file, file.open_metadata() as metadata:
        assert {key: metadata[key] for key in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part")} == {
            "pdfaid:part": "2",
            "pdfaid:conformance": "A",
            "pdfuaid:part": "1",
        }
        assert metadata["dc:title"] == "A title"
        assert metadata["dc:creator"] == ["Example Office"]
        assert metadata["dc:identifier"] == "an-example"
        assert metadata["xmp:CreateDate"] == metadata["xmp:ModifyDate"] == "2018-08-22T18:30:00+08:00"
        assert metadata["dc:language"] == {"en", "zh-Hant-HK", "zh-Hans-HK"}
        assert str(file.docinfo.Title) == "A title"
        assert str(file.docinfo.Author) == "Example Office"
        assert str(file.docinfo.CreationDate) == str(file.docinfo.ModDate) == "D:20180822183000+08'00"
        assert file.Root.Lang == "en"
        assert file.Root.ViewerPreferences.DisplayDocTitle
        assert file.Root.PageLabels.Nums[1].S == "/D"


def test_outline_has_headings_without_notes_and_break_marks(tree_of: Make, write: Write) -> None:
    data = write(
        tree_of(page('<h1>Co-operation of <em>Guangdong</em>/Hong Kong<span class="footnote">Note.</span>, 2018-19</h1>'))
    )
    with opened(data) as file, file.open_outline() as outline:
        assert [item.title for item in outline.root] == ["Co-operation of Guangdong/Hong Kong, 2018-19"]


def test_outline_lists_headings_by_level(vocabulary: HtmlDocument, write: Write) -> None:
    with opened(write(vocabulary)) as file, file.open_outline() as outline:
        first = outline.root[0]
        assert [item.title for item in outline.root] == [
            "Every block of the vocabulary",
            "Side by side",
            "左右對照",
            "粤港知识产权会议",
        ]
        assert [item.title for item in first.children] == ["Contents", "Lists", "Tables"]
        assert [item.title for item in first.children[2].children] == ["Cases"]


def test_every_font_is_embedded_and_named_after_its_face(vocabulary: HtmlDocument, write: Write) -> None:
    with opened(write(vocabulary)) as file:
        fonts = {str(font.BaseFont)[8:]: font for page in file.pages for font in page.Resources.Font.values()}
        assert {"Liberation-Serif", "Liberation-Serif-Bold", "Noto-Serif-CJK-HK", "Noto-Serif-CJK-SC"} <= set(fonts)
        for font in fonts.values():
            descriptor = font.DescendantFonts[0].FontDescriptor
            assert "/FontFile3" in descriptor or "/FontFile2" in descriptor


def test_extracted_text_has_no_invisible_characters(tree_of: Make, write: Write) -> None:
    source = "倡議“一帶一路”合作，二○○八年 Guangdong/Hong Kong 骨"
    text = text_of(write(tree_of(page(f"<h1>{source * 6}</h1>", "zh-Hant-HK"), css="h1 { line-height: 30pt }")), "-raw")
    assert "".join(text.split()).removesuffix("1/1") == "".join(source.split()) * 6
    assert not {"\u200b", "\u2060"} & set(text)


def test_lines_break_beside_quotation_marks_as_in_word(tree_of: Make, write: Write) -> None:
    tree = tree_of(page("<h1>合作</h1><p>一二三四“五六”七八九十</p>", "zh-Hant-HK"), css="p { width: 60.5pt; font-size: 12pt }")
    assert text_of(write(tree), "-raw").split()[1:4] == ["一二三四", "“五六”七", "八九十"]


def test_chinese_emphasis_is_never_slanted(tree_of: Make, write: Write) -> None:
    tree = tree_of(
        page("<h1>合作</h1><p><em>重點</em></p>", "zh-Hant-HK"), css="em:lang(zh) { font-style: italic; font-family: ip-serif }"
    )
    with opened(write(tree)) as file:
        assert not any("Italic" in str(font.BaseFont) for font in file.pages[0].Resources.Font.values())
        assert b" Tm" in file.pages[0].Contents.read_bytes()
        slants = {
            (float(operands[1]), float(operands[2]))
            for operands, operator in pikepdf.parse_content_stream(file.pages[0])
            if str(operator) == "Tm"
        }
        assert slants == {(0.0, 0.0)}


def test_line_height_is_the_same_in_every_script(tree_of: Make, write: Write) -> None:
    body = "<h1>T</h1><p>Latin<br>漢字<br>both 漢字<br><strong>漢字</strong><br><span lang='zh-Hans-HK'>汉字</span></p>"
    with opened(write(tree_of(page(body)))) as file:
        heights = [
            float(operands[5]) for operands, operator in pikepdf.parse_content_stream(file.pages[0]) if str(operator) == "Tm"
        ]
    baselines = sorted(dict.fromkeys(round(height * 0.75, 2) for height in heights))
    paragraph = baselines[1:6]
    assert [round(below - above, 2) for above, below in pairwise(paragraph)] == [18.0] * 4


def test_source_is_attached_on_request(vocabulary: HtmlDocument) -> None:
    document = replace(vocabulary, attachment=("release.yaml", "title: 會議\n".encode()))
    session = pdf.prepare([document], Workspace())
    data = pdf.write(document, session).data
    with opened(data) as file, file.open_metadata() as metadata:
        assert metadata["pdfaid:part"] == "3"
        assert file.attachments["release.yaml"].get_file().read_bytes().decode() == "title: 會議\n"
        assert file.Root.AF[0].AFRelationship == "/Source"
    assert data == pdf.write(document, session).data


def test_nothing_is_attached_by_default(vocabulary: HtmlDocument, write: Write) -> None:
    with opened(write(vocabulary)) as file:
        assert not file.attachments
        assert "/AF" not in file.Root


def test_layout_gives_the_pages_of_ids_and_headings(tree_of: Make) -> None:
    tree = tree_of(
        page('<h1 id="a">One</h1><p>x</p><hr class="page-break"><h2>Two</h2><h3 style="display: none">-</h3><h2 id="b">B</h2>')
    )
    laid = pdf.lay_out(tree, pdf.prepare([tree], Workspace()))
    assert laid.page_count == 2
    assert (laid.anchors["a"], laid.anchors["b"]) == (1, 2)
    assert laid.heading_pages == (1, 2, 0, 2)


def test_draft_is_marked_on_every_page_in_its_language(tree_of: Make, write: Write) -> None:
    body = '<h1>會議</h1><hr class="page-break"><p>次頁</p>'
    pages = text_of(write(tree_of(page(body, "zh-Hant-HK"), draft=True))).split("\f")[:2]
    assert all("草擬本" in text.replace("\n", "") or set("草擬本") <= set(text) for text in pages)
    assert "草" not in text_of(write(tree_of(page(body, "zh-Hant-HK"))))


def test_empty_document_is_one_page_with_its_number(tree_of: Make, write: Write) -> None:
    assert "".join(text_of(write(tree_of(page("<hr>")))).split()) == "1/1"


def test_writing_leaves_the_html_unchanged(vocabulary: HtmlDocument, write: Write) -> None:
    from lxml import etree

    before = etree.tostring(vocabulary.root)
    write(vocabulary)
    assert etree.tostring(vocabulary.root) == before


def test_ignored_declaration_is_a_warning_with_its_place(tree_of: Make) -> None:
    tree = tree_of(page("<h1>A</h1>"), css="h1 {\n  colour: red;\n}")
    written = pdf.write(tree, pdf.prepare([tree], Workspace()))
    (finding,) = written.findings
    assert located(finding) == ("ignored-style", "warning", "test.css:2:3")
    assert "`colour: red`" in finding.message


def test_skipped_heading_level_is_an_error_with_its_place(tree_of: Make) -> None:
    tree = tree_of(page('<h1>A</h1><h2>B</h2><h4 data-place="release.yaml:9:5">C</h4><h2>D</h2><h3>E</h3>'))
    with pytest.raises(IpdocsError) as raised:
        pdf.write(tree, pdf.prepare([tree], Workspace()))
    (finding,) = raised.value.findings
    assert located(finding) == ("skipped-heading", "error", "release.yaml:9:5")
    assert "'C'" in finding.message
    assert "level 3" in str(finding.hint)


def test_element_of_a_template_is_located_in_the_template(tree_of: Make) -> None:
    tree = replace(tree_of(page("<h1>A</h1><h3>B</h3>")), template=Path("templates/x/document.html"))
    with pytest.raises(IpdocsError) as raised:
        pdf.write(tree, pdf.prepare([tree], Workspace()))
    (finding,) = raised.value.findings
    assert located(finding) == ("skipped-heading", "error", "templates/x/document.html")


def test_first_heading_must_be_of_level_one(tree_of: Make) -> None:
    tree = tree_of(page("<h2>A</h2>"))
    with pytest.raises(IpdocsError) as raised:
        pdf.write(tree, pdf.prepare([tree], Workspace()))
    (finding,) = raised.value.findings
    assert (finding.code, finding.severity) == ("skipped-heading", "error")
    assert "'A'" in finding.message


def test_skipped_heading_level_is_a_warning_in_a_draft(tree_of: Make) -> None:
    tree = tree_of(page("<h1>A</h1><h3>B</h3>"), draft=True)
    written = pdf.write(tree, pdf.prepare([tree], Workspace()))
    assert [finding.severity for finding in written.findings if finding.code == "skipped-heading"] == ["warning"]


@pytest.mark.parametrize(
    ("css", "code", "place", "value"),
    [
        ("p { color: red }\np { opacity: 0.5 }", "untagged-style", "test.css:2:5", "opacity: 0.5"),
        ('li::marker { content: "*" }', "pdf-layout", "test.css:1:14", 'content: "*"'),
    ],
)
def test_unsupported_style_is_an_error_with_its_place(tree_of: Make, css: str, code: str, place: str, value: str) -> None:
    tree = tree_of(page("<h1>A</h1><p>B</p><ul><li>C</li></ul>"), css=css)
    with pytest.raises(IpdocsError) as raised:
        pdf.write(tree, pdf.prepare([tree], Workspace()))
    (finding,) = raised.value.findings
    assert located(finding) == (code, "error", place)
    assert value in finding.message


@pytest.mark.parametrize(
    "css", ["p { opacity: 1 }", ".never { opacity: 0.5 }", "@page { @top-left { content: 'x'; opacity: 0.5 } }"]
)
def test_opacity_that_fades_no_content_is_allowed(tree_of: Make, css: str) -> None:
    tree = tree_of(page("<h1>A</h1><p>B</p>"), css=css)
    assert pdf.write(tree, pdf.prepare([tree], Workspace())).findings == ()


def test_weasyprint_error_is_a_finding_but_our_own_is_raised(tree_of: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    from weasyprint import HTML

    from ipdocs.writers.pdf import weasy

    tree = tree_of(page("<h1>A</h1>"))
    monkeypatch.setattr(weasy.Html, "render", lambda *_, **__: HTML.render(None))
    with pytest.raises(IpdocsError, match="AttributeError"):
        pdf.write(tree, pdf.prepare([tree], Workspace()))
    monkeypatch.setattr(weasy, "Html", lambda *_: weasy.nowhere)
    with pytest.raises(AttributeError):
        pdf.write(tree, pdf.prepare([tree], Workspace()))


def test_font_named_by_a_stylesheet_is_a_warning(tree_of: Make) -> None:
    css = "h1 { font-family: ip-sans }\nem { font-family: inherit }\np { font-family: Georgia,\n serif }"
    tree = tree_of(page("<h1>A</h1>"), css=css)
    written = pdf.write(tree, pdf.prepare([tree], Workspace()))
    (finding,) = written.findings
    assert located(finding) == ("unknown-font-family", "warning", "test.css:3")
    assert "'Georgia, serif'" in finding.message


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/hostname",
        "http://127.0.0.1:9/a.png",
        "https://example.org/a.png",
        "../secret.png",
        "/etc/hostname",
        "ftp://example.org/a",
    ],
)
def test_picture_outside_the_document_is_refused(tree_of: Make, write: Write, url: str) -> None:
    with pytest.raises(IpdocsError) as raised:
        write(tree_of(page(f'<h1>A</h1><p><img src="{url}" alt="a"></p>')))
    (finding,) = raised.value.findings
    assert (finding.code, finding.severity) == ("refused-url", "error")
    assert repr(url) in finding.message


def test_stylesheet_loads_no_file(tree_of: Make, write: Write) -> None:
    with pytest.raises(IpdocsError, match="file:///etc/hostname"):
        write(tree_of(page("<h1>A</h1>"), css='h1 { background-image: url("file:///etc/hostname") }'))


def test_picture_named_by_a_stylesheet_is_refused(tree_of: Make, write: Write) -> None:
    with pytest.raises(IpdocsError) as raised:
        write(tree_of(page("<h1>A</h1>"), css='h1 {\n  background: url("seal.png");\n}'))
    (finding,) = raised.value.findings
    assert located(finding) == ("refused-url", "error", "test.css:2")
    assert "'seal.png'" in finding.message


def test_picture_in_a_data_url_is_accepted(tree_of: Make, write: Write) -> None:
    svg = "%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'%3E%3Crect width='9' height='9'/%3E%3C/svg%3E"
    assert write(tree_of(page(f'<h1>A</h1><p><img src="data:image/svg+xml,{svg}" alt="a square"></p>')))


def test_a_picture_may_have_any_name(tree_of: Make, write: Write, pictures: dict[str, bytes]) -> None:
    name = "相片 1 (簽署)&.png"
    tree = tree_of(page("<h1>A</h1><p><img alt='a'></p>"), assets={name: pictures["photo.png"]})
    tree.root.find(".//img").set("src", name)
    with opened(write(tree)) as file:
        assert len(file.pages[0].get_images()) == 1


def test_character_added_by_a_stylesheet_needs_a_glyph(tree_of: Make, write: Write) -> None:
    with pytest.raises(IpdocsError) as raised:
        write(tree_of(page("<h1>A</h1>"), css='h1::after { content: "\\1F600" }'))
    (finding,) = raised.value.findings
    assert (finding.code, finding.severity) == ("no-glyph", "error")
    assert "U+1F600" in finding.message


def test_missing_pango_names_the_command_that_installs_it(tmp_path: Path) -> None:
    (tmp_path / "weasyprint.py").write_text("raise OSError(\"cannot load library 'libgobject-2.0-0': no such file\")\n")
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "from ipdocs.writers import pdf; from ipdocs.findings import IpdocsError\n"
        "try:\n    pdf.prepare([], None)\nexcept IpdocsError as error:\n    print(error)\n"
    )
    output = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout
    assert output.startswith("error[missing-library]: ")
    assert "cannot load library 'libgobject-2.0-0'" in output
    assert "apt-get install libpango-1.0-0" in output
