"""PDFs as files: what they say of themselves, what they hold, and that they hold it every time."""

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

from ipdocs.findings import IpdocsError
from ipdocs.templating.html_document import HtmlDocument
from ipdocs.workspace import Workspace
from ipdocs.writers import pdf

Make = Callable[..., HtmlDocument]
Write = Callable[[HtmlDocument], bytes]


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def text_of(data: bytes, *options: str) -> str:
    return subprocess.run(["pdftotext", *options, "-", "-"], input=data, capture_output=True, check=True).stdout.decode()


def page(body: str, lang: str = "en") -> str:
    return f'<html lang="{lang}"><body>{body}</body></html>'


def test_the_same_tree_gives_the_same_bytes_alone_and_in_a_batch(vocabulary: HtmlDocument, tree_of: Make, write: Write) -> None:
    alone = write(vocabulary)
    assert alone == write(vocabulary)
    other = tree_of(page("<h1>另一</h1><p>Another document, with other letters: é</p>"))
    session = pdf.prepare([other, vocabulary], Workspace())
    pdf.write(other, session)
    assert pdf.write(vocabulary, session).data == alone


def test_the_bytes_are_the_same_in_another_folder_and_locale(root: Path, tmp_path: Path) -> None:
    code = (
        "import sys, hashlib, importlib.util\n"
        "spec = importlib.util.spec_from_file_location('shared', sys.argv[1])\n"
        "shared = importlib.util.module_from_spec(spec); spec.loader.exec_module(shared)\n"
        "tree = shared.tree_of.__wrapped__()('<html lang=\"zh-Hant-HK\"><body><h1>會議</h1></body></html>')\n"
        "from ipdocs.writers import pdf; from ipdocs.workspace import Workspace\n"
        "print(hashlib.sha256(pdf.write(tree, pdf.prepare([tree], Workspace())).data).hexdigest())\n"
    )
    places = [(root, {"LC_ALL": "C.UTF-8", "TZ": "UTC"}), (tmp_path, {"LC_ALL": "C", "TZ": "Asia/Hong_Kong", "LANG": "zh_HK"})]
    made = {
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
    assert len(made) == 1


def test_a_pdf_says_what_it_is_and_shows_its_title(vocabulary: HtmlDocument, write: Write) -> None:
    with opened(write(vocabulary)) as file, file.open_metadata() as said:
        assert {key: said[key] for key in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part")} == {
            "pdfaid:part": "2",
            "pdfaid:conformance": "A",
            "pdfuaid:part": "1",
        }
        assert (said["dc:title"], said["dc:creator"], said["dc:identifier"]) == ("A title", ["Example Office"], "an-example")
        assert said["xmp:CreateDate"] == said["xmp:ModifyDate"] == "2018-08-22T18:30:00+08:00"
        assert said["dc:language"] == {"en", "zh-Hant-HK", "zh-Hans-HK"}
        assert str(file.docinfo.Title) == "A title"
        assert str(file.docinfo.Author) == "Example Office"
        assert str(file.docinfo.CreationDate) == str(file.docinfo.ModDate) == "D:20180822183000+08'00"
        assert file.Root.Lang == "en"
        assert file.Root.ViewerPreferences.DisplayDocTitle
        assert file.Root.PageLabels.Nums[1].S == "/D"


def test_the_outline_says_the_words_of_headings_and_nothing_that_breaks_lines(tree_of: Make, write: Write) -> None:
    data = write(
        tree_of(page('<h1>Co-operation of <em>Guangdong</em>/Hong Kong<span class="footnote">Note.</span>, 2018-19</h1>'))
    )
    with opened(data) as file, file.open_outline() as outline:
        assert [item.title for item in outline.root] == ["Co-operation of Guangdong/Hong Kong, 2018-19"]


def test_the_outline_lists_the_headings_by_level(vocabulary: HtmlDocument, write: Write) -> None:
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


def test_nothing_invisible_is_left_in_the_text(tree_of: Make, write: Write) -> None:
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


def test_lines_are_as_far_apart_as_the_stylesheet_says_in_every_script(tree_of: Make, write: Write) -> None:
    body = "<h1>T</h1><p>Latin<br>漢字<br>both 漢字<br><strong>漢字</strong><br><span lang='zh-Hans-HK'>汉字</span></p>"
    with opened(write(tree_of(page(body)))) as file:
        heights = [
            float(operands[5]) for operands, operator in pikepdf.parse_content_stream(file.pages[0]) if str(operator) == "Tm"
        ]
    baselines = sorted(dict.fromkeys(round(height * 0.75, 2) for height in heights))
    paragraph = baselines[1:6]
    assert [round(below - above, 2) for above, below in pairwise(paragraph)] == [18.0] * 4


def test_a_source_is_attached_when_asked_for(vocabulary: HtmlDocument) -> None:
    document = replace(vocabulary, attachment=("release.yaml", "title: 會議\n".encode()))
    session = pdf.prepare([document], Workspace())
    data = pdf.write(document, session).data
    with opened(data) as file, file.open_metadata() as said:
        assert said["pdfaid:part"] == "3"
        assert file.attachments["release.yaml"].get_file().read_bytes().decode() == "title: 會議\n"
        assert file.Root.AF[0].AFRelationship == "/Source"
    assert data == pdf.write(document, session).data


def test_nothing_is_attached_otherwise(vocabulary: HtmlDocument, write: Write) -> None:
    with opened(write(vocabulary)) as file:
        assert not file.attachments
        assert "/AF" not in file.Root


def test_pages_of_ids_and_headings_are_known_from_the_layout(tree_of: Make) -> None:
    tree = tree_of(
        page('<h1 id="a">One</h1><p>x</p><hr class="page-break"><h2>Two</h2><h3 style="display: none">-</h3><h2 id="b">B</h2>')
    )
    laid = pdf.lay_out(tree, pdf.prepare([tree], Workspace()))
    assert laid.pages == 2
    assert (laid.anchors["a"], laid.anchors["b"]) == (1, 2)
    assert laid.headings == (1, 2, 0, 2)


def test_a_draft_is_marked_on_every_page_in_its_own_language(tree_of: Make, write: Write) -> None:
    body = '<h1>會議</h1><hr class="page-break"><p>次頁</p>'
    pages = text_of(write(tree_of(page(body, "zh-Hant-HK"), draft=True))).split("\f")[:2]
    assert all("草擬本" in text.replace("\n", "") or set("草擬本") <= set(text) for text in pages)
    assert "草" not in text_of(write(tree_of(page(body, "zh-Hant-HK"))))


def test_a_document_without_words_is_a_page_with_its_number(tree_of: Make, write: Write) -> None:
    assert "".join(text_of(write(tree_of(page("<hr>")))).split()) == "1/1"


def test_a_tree_is_left_as_it_was(vocabulary: HtmlDocument, write: Write) -> None:
    from lxml import etree

    before = etree.tostring(vocabulary.root)
    write(vocabulary)
    assert etree.tostring(vocabulary.root) == before


def test_what_a_stylesheet_says_in_vain_is_a_warning_with_its_place(tree_of: Make) -> None:
    tree = tree_of(page("<h1>A</h1>"), css="h1 {\n  colour: red;\n}")
    written = pdf.write(tree, pdf.prepare([tree], Workspace()))
    assert list(map(str, written.findings)) == [
        "warning[ignored-style]: Ignored `colour: red`, unknown property.\n  --> test.css:2:3"
    ]


def test_a_heading_that_skips_a_level_is_refused_with_its_place(tree_of: Make) -> None:
    tree = tree_of(page('<h1>A</h1><h2>B</h2><h4 data-place="release.yaml:9:5">C</h4><h2>D</h2><h3>E</h3>'))
    with pytest.raises(IpdocsError) as raised:
        pdf.write(tree, pdf.prepare([tree], Workspace()))
    assert str(raised.value) == (
        "error[skipped-heading]: the heading 'C' of level 4 follows one of level 2\n"
        "  --> release.yaml:9:5\n"
        "   = hint: make it level 3"
    )


def test_a_document_that_begins_below_the_first_level_is_refused(tree_of: Make) -> None:
    tree = tree_of(page("<h2>A</h2>"))
    with pytest.raises(IpdocsError, match="the heading 'A' of level 2 comes first"):
        pdf.write(tree, pdf.prepare([tree], Workspace()))


def test_in_a_draft_a_heading_may_skip_a_level(tree_of: Make) -> None:
    tree = tree_of(page("<h1>A</h1><h3>B</h3>"), draft=True)
    written = pdf.write(tree, pdf.prepare([tree], Workspace()))
    assert [one.severity for one in written.findings if one.code == "skipped-heading"] == ["warning"]


@pytest.mark.parametrize(
    ("css", "message"),
    [
        (
            "p { color: red }\np { opacity: 0.5 }",
            "error[untagged-style]: opacity: 0.5 would leave what it fades without tags in the PDF\n"
            "  --> test.css:2:5\n"
            "   = hint: say it with a paler colour, or with a colour that lets others through: rgb(0 0 0 / 50%)",
        ),
        (
            'li::marker { content: "*" }',
            'error[pdf-layout]: WeasyPrint cannot set content: "*" on ::marker\n'
            "  --> test.css:1:14\n"
            "   = hint: say it with list-style-type",
        ),
    ],
)
def test_what_no_pdf_can_have_is_told_with_the_stylesheets_line(tree_of: Make, css: str, message: str) -> None:
    tree = tree_of(page("<h1>A</h1><p>B</p><ul><li>C</li></ul>"), css=css)
    with pytest.raises(IpdocsError) as raised:
        pdf.write(tree, pdf.prepare([tree], Workspace()))
    assert str(raised.value) == message


@pytest.mark.parametrize(
    "css", ["p { opacity: 1 }", ".never { opacity: 0.5 }", "@page { @top-left { content: 'x'; opacity: 0.5 } }"]
)
def test_an_opacity_that_fades_no_content_is_none(tree_of: Make, css: str) -> None:
    tree = tree_of(page("<h1>A</h1><p>B</p>"), css=css)
    assert pdf.write(tree, pdf.prepare([tree], Workspace())).findings == ()


def test_what_weasyprint_stumbles_over_is_a_finding_and_a_mistake_of_ours_is_none(
    tree_of: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    from weasyprint import HTML

    from ipdocs.writers.pdf import weasy

    tree = tree_of(page("<h1>A</h1>"))
    monkeypatch.setattr(weasy.Html, "render", lambda *_, **__: HTML.render(None))
    with pytest.raises(IpdocsError, match="WeasyPrint cannot lay out this document: AttributeError"):
        pdf.write(tree, pdf.prepare([tree], Workspace()))
    monkeypatch.setattr(weasy, "Html", lambda *_: weasy.nowhere)
    with pytest.raises(AttributeError):
        pdf.write(tree, pdf.prepare([tree], Workspace()))


def test_a_font_that_a_stylesheet_names_itself_is_a_warning(tree_of: Make) -> None:
    css = "h1 { font-family: ip-sans }\nem { font-family: inherit }\np { font-family: Georgia,\n serif }"
    tree = tree_of(page("<h1>A</h1>"), css=css)
    written = pdf.write(tree, pdf.prepare([tree], Workspace()))
    assert list(map(str, written.findings)) == [
        "warning[unknown-font-family]: 'Georgia, serif' is neither ip-serif nor ip-sans; the PDF takes ip-serif\n"
        "  --> test.css:3\n"
        "   = hint: write ip-serif or ip-sans; locales/*/fonts.yaml says which fonts they are"
    ]


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
def test_a_picture_from_elsewhere_is_refused(tree_of: Make, write: Write, url: str) -> None:
    with pytest.raises(IpdocsError) as error:
        write(tree_of(page(f'<h1>A</h1><p><img src="{url}" alt="a"></p>')))
    assert str(error.value) == (
        f"error[refused-url]: {url!r} is not a picture of this document\n"
        "   = hint: put the file beside the source and name it there"
    )


def test_a_stylesheet_reaches_nothing_outside(tree_of: Make, write: Write) -> None:
    with pytest.raises(IpdocsError, match="file:///etc/hostname"):
        write(tree_of(page("<h1>A</h1>"), css='h1 { background-image: url("file:///etc/hostname") }'))


def test_a_picture_that_a_stylesheet_names_is_refused_with_its_line(tree_of: Make, write: Write) -> None:
    with pytest.raises(IpdocsError) as raised:
        write(tree_of(page("<h1>A</h1>"), css='h1 {\n  background: url("seal.png");\n}'))
    assert str(raised.value) == (
        "error[refused-url]: 'seal.png' is not a picture of this document\n"
        "  --> test.css:2\n"
        "   = hint: write it into the stylesheet as a data: URL, or show it with an img in the template"
    )


def test_a_picture_in_the_text_itself_is_taken(tree_of: Make, write: Write) -> None:
    svg = "%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'%3E%3Crect width='9' height='9'/%3E%3C/svg%3E"
    assert write(tree_of(page(f'<h1>A</h1><p><img src="data:image/svg+xml,{svg}" alt="a square"></p>')))


def test_a_picture_may_have_any_name(tree_of: Make, write: Write, pictures: dict[str, bytes]) -> None:
    name = "相片 1 (簽署)&.png"
    tree = tree_of(page("<h1>A</h1><p><img alt='a'></p>"), assets={name: pictures["photo.png"]})
    tree.root.find(".//img").set("src", name)
    with opened(write(tree)) as file:
        assert len(file.pages[0].get_images()) == 1


def test_a_character_that_a_stylesheet_adds_must_have_a_glyph_too(tree_of: Make, write: Write) -> None:
    with pytest.raises(IpdocsError) as error:
        write(tree_of(page("<h1>A</h1>"), css='h1::after { content: "\\1F600" }'))
    assert str(error.value) == 'error[no-glyph]: no font has a glyph for what a stylesheet adds: "\U0001f600" (U+1F600)'


def test_without_pango_the_command_that_mends_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "weasyprint.py").write_text("raise OSError(\"cannot load library 'libgobject-2.0-0': no such file\")\n")
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "from ipdocs.writers import pdf; from ipdocs.findings import IpdocsError\n"
        "try:\n    pdf.prepare([], None)\nexcept IpdocsError as error:\n    print(error)\n"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout
    assert said == (
        "error[missing-library]: pango, which lays text out, is missing "
        "(cannot load library 'libgobject-2.0-0': no such file)\n"
        "   = hint: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0\n"
    )
