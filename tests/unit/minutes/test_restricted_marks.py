"""The whole version marks each restricted passage: a bar at the margin, and a word where it begins."""

from __future__ import annotations

from pathlib import Path

import docx
import pikepdf
import pytest
from lxml import html
from tests.unit.minutes.conftest import SOURCE, Write
from typer.testing import CliRunner

from ipdocs.cli import app
from ipdocs.minutes.pack import Pack, extract_item, make_pack
from ipdocs.pipeline.request import BuildRequest
from ipdocs.templating.layout import Layout

RED = "A3170F"
BLOCKS = """\
  - id: price
    restricted: true
    paragraph: {en: "The price was low.", tc: "價格偏低。"}
  - id: bids
    restricted: true
    list: {style: letter, intro: {en: "Bids:", tc: "標書："}, items: [{en: "Alpha", tc: "甲行"}, {en: "Beta", tc: "乙行"}]}
  - id: shelves
    list: {intro: {en: "Shelves:", tc: "書架："}, items: [{en: "East", tc: "東面"}, {en: "West", tc: "西面", restricted: true}]}
  - id: sums
    restricted: true
    table: {head: [{en: "Shop", tc: "書店"}], rows: [[{en: "Gamma", tc: "丙行"}]]}
  - id: costs
    table: {head: [{en: "Cost", tc: "費用"}], rows: [[{en: "Ten", tc: "十元", restricted: true}], [{en: "Two", tc: "二元"}]]}
  - id: chart
    restricted: true
    figure: {file: chart.svg, alt: {en: "A chart", tc: "圖表"}}
  - id: secret-decision
    restricted: true
    decision: {en: "The bid was taken.", tc: "接納標書。"}
  - id: secret-action
    restricted: true
    action: {what: {en: "Sign it.", tc: "簽署。"}, owner: [library], due: 2018-10-31}
  - id: secret-note
    restricted: true
    post-meeting-note: {en: "It was signed.", tc: "已簽署。"}
  - id: said-so
    restricted: true
    quotation: [{en: "We can do it.", tc: "我們可以。"}]
  - id: cited
    paragraph: {en: "It was cited[^source].", tc: "已引用[^source]。"}
  - id: priced
    restricted: true
    paragraph: {en: "It was priced[^price].", tc: "已定價[^price]。"}
  - id: notes
    footnotes:
      price: {en: "By the dozen.", tc: "按打計算。"}
      source: {en: "A closed source.", tc: "閉門來源。", restricted: true}
  - id: staff
    restricted: true
    item: {heading: {en: "Staff", tc: "人事"}}
  - id: staff-said
    paragraph: {en: "They were praised.", tc: "員工獲嘉許。"}
  - id: closing
"""
MARKED = {
    "en": [
        *("The price was low.", "Bids:", "West.", "Shop", "Ten", "Decision 3/2: The bid was taken.", "Sign it."),
        *(
            "(Post-meeting note: It was signed.)",
            "We can do it.",
            "A closed source.",
            "By the dozen.",
            "IV. Staff",
            "They were praised.",
            "Librarian Lo",
        ),
    ],
    "tc": [
        "價格偏低。",
        "標書：",
        "西面",
        "書店",
        "十元",
        "決定3/2：接納標書。",
        "簽署。",
        "我們可以。",
        "閉門來源。",
        "按打計算。",
        "員工獲嘉許。",
    ],
}
LABEL = {"en": "[Restricted] ", "tc": "［限閱］"}


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    (folder / "templates").mkdir()
    named = '    - {name: {en: "Librarian Lo", tc: "盧館員"}, post: {en: "Librarian", tc: "館員"}, restricted: true}\n  absent:\n'
    annexes = 'annexes:\n  - {id: list, title: {en: "List", tc: "清單"}, file: list.pdf, classification: restricted}\nbody:\n'
    text = SOURCE.replace("  absent:\n", named).replace("body:\n", annexes).replace("  - id: closing\n", BLOCKS)
    (folder / "minutes.yaml").write_text(text, "utf-8")
    (folder / "chart.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><path d="M0 0h40v20z"/></svg>'
    )
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(folder / "list.pdf")
    return folder / "minutes.yaml"


@pytest.fixture(scope="module")
def whole(source: Path) -> Pack:
    request = BuildRequest(editions=("en", "tc", "en+tc"), formats=("docx", "pdf", "html", "txt"))
    return make_pack(source, source.parent / "out", request)


def file(pack: Pack, end: str) -> Path:
    return next(path for path in pack.files if path.name.endswith(end))


@pytest.mark.parametrize("language", ["en", "tc"])
def test_text_files_label_each_restricted_passage(language: str, whole: Pack) -> None:
    text = file(whole, f"minutes.{language}.txt").read_text("utf-8")
    assert [words for words in MARKED[language] if f"{LABEL[language]}{words}" not in text] == []
    assert text.count(LABEL[language].strip()) == 16


@pytest.mark.parametrize(
    ("part", "words"),
    [("agenda", "IV. Staff"), ("decisions", "The bid"), ("actions", "Sign it."), ("attendance", "Librarian Lo")],
)
def test_every_part_of_a_pack_marks_restricted_passages(part: str, words: str, whole: Pack) -> None:
    text = file(whole, f"{part}.en.txt").read_text("utf-8")
    assert f"[Restricted] {words}" in text
    assert text.count("[Restricted]") == 1


def test_word_has_a_bar_beside_restricted_paragraphs(whole: Pack) -> None:
    document = docx.Document(str(file(whole, "minutes.en.docx")))
    bars = {paragraph.text for paragraph in document.paragraphs if has_bar(paragraph)}
    assert bars >= {
        f"[Restricted] {words}" for words in ("The price was low.", "Decision 3/2: The bid was taken.", "We can do it.")
    }
    assert not any(has_bar(paragraph) for paragraph in document.paragraphs if paragraph.text == "Members considered the plan.")


def has_bar(paragraph: docx.text.paragraph.Paragraph) -> bool:
    """Whether a paragraph has a red left border, by itself or by its style."""
    style, properties = paragraph.style, [paragraph._p.pPr]
    while style is not None:
        properties.append(style.element.pPr)
        style = style.base_style
    borders = (element.find(".//{*}pBdr/{*}left") for element in properties if element is not None)
    left = next((border for border in borders if border is not None), None)
    return left is not None and RED in str(list(left.attrib.values())).upper()


def test_word_has_a_bar_beside_blocks_with_restricted_texts(whole: Pack) -> None:
    document = docx.Document(str(file(whole, "minutes.en.docx")))
    bars = {paragraph.text for paragraph in document.paragraphs if has_bar(paragraph)}
    assert bars >= {"Shelves:", "It was cited."}
    assert not bars & {"Members considered the plan.", "They named:"}


ONE_TEXT = """\
  - id: terms
    definitions: [{term: {en: "Fund", tc: "基金", restricted: true}, text: {en: "a reserve", tc: "儲備"}}]
  - id: ruled
    decision: {en: "The fund was closed.", tc: "結束基金。", restricted: true}
  - id: sold
    action: {what: {en: "Sell it[^whom].", tc: "出售[^whom]。"}, owner: [library]}
  - id: spoken
    quotation: [{en: "No.", tc: "不。"}, {en: "Yes.", tc: "是。", restricted: true}]
  - id: rows
    table:
      head: [{en: "Sum", tc: "款額", restricted: true}, {en: "Year", tc: "年份"}]
      rows: [[{en: "Two", tc: "二"}, {en: "One", tc: "一"}]]
  - id: named
    table: {caption: {en: "Bidders", tc: "投標者", restricted: true}, rows: [[{en: "Two", tc: "二"}]]}
  - id: calls
    footnotes: {whom: {en: "To the tenant.", tc: "售予租戶。", restricted: true}}
  - id: closing
"""


@pytest.mark.parametrize("layout", ["parallel", "stacked"])
def test_a_block_with_a_restricted_text_has_a_bar(minutes: Write, tmp_path: Path, layout: Layout) -> None:
    venue = ('venue: {en: "Room 1", tc: "一號室"}', 'venue: {en: "Room 1", tc: "一號室", restricted: true}')
    request = BuildRequest(editions=("en", "en+tc"), layout=layout, formats=("html",))
    pack = make_pack(minutes(("  - id: closing\n", ONE_TEXT), venue), tmp_path / "out", request)
    for edition in ("en", "en-tc"):
        page = html.fromstring(file(pack, f"minutes.{edition}.html").read_bytes())
        restricted = page.find_class("restricted")
        marked = [element for element in restricted if element.xpath("ancestor-or-self::*[@lang][1]/@lang")[0] == "en"]
        assert {element.get("data-block") for element in marked} - {None} == {
            f"en:{name}" for name in ("terms", "ruled", "sold", "spoken", "named")
        }
        cells = [element.text_content() for element in marked if element.tag in ("td", "th")]
        assert cells == ["[Restricted] Room 1", "[Restricted] Sum"]
        assert len(marked) == 7


def test_a_web_page_marks_blocks_texts_and_cells(whole: Pack) -> None:
    page = html.fromstring(file(whole, "minutes.en.html").read_bytes())
    marked = {element.get("data-block") or element.tag for element in page.find_class("restricted")}
    blocks = (
        "price",
        "bids",
        "sums",
        "chart",
        "secret-decision",
        "secret-action",
        "secret-note",
        "said-so",
        "staff",
        "staff-said",
        "priced",
        "shelves",
        "cited",
    )
    assert marked == {*(f"en:{name}" for name in blocks), "td", "p"}
    assert len(page.find_class("restricted-label")) == 16
    assert page.xpath("//*[@data-restricted]") == []


def test_a_restricted_picture_stands_once_for_all_languages(whole: Pack) -> None:
    page = html.fromstring(file(whole, "minutes.en-tc.html").read_bytes())
    (picture,) = page.iter("img")
    figures = next(picture.iterancestors("div")).findall("figure")
    assert [figure.text_content().strip() for figure in figures] == ["[Restricted]", "［限閱］"]
    assert page.xpath("//div[contains(@class, 'of-h2')]//h2[contains(@class, 'restricted')]")


def test_text_files_label_a_restricted_picture(whole: Pack) -> None:
    assert "[[Restricted] A chart]" in file(whole, "minutes.en.txt").read_text("utf-8")
    assert "［［限閱］圖表］" in file(whole, "minutes.tc.txt").read_text("utf-8")


def test_marked_files_are_verified(whole: Pack, source: Path) -> None:
    result = CliRunner().invoke(app, ["verify", str(source.parent / "out")])
    assert (result.exit_code, "error" in result.output) == (0, False), result.output
    assert len(result.output.splitlines()) >= 5 * 12 + 3


def test_the_stamp_of_a_restricted_annex_is_marked(whole: Pack) -> None:
    with pikepdf.open(file(whole, "pack.en.pdf")) as pdf, pdf.open_outline() as outline:
        assert "[Restricted] Annex A: List" in [entry.title for entry in outline.root]


@pytest.mark.parametrize(
    ("language", "label"), [("en", "[Confidential] Annex A: List"), ("tc", "［機密］附件A：清單"), ("sc", "［机密］附件A：清单")]
)
def test_the_stamp_of_a_confidential_annex_is_marked(source: Path, tmp_path: Path, language: str, label: str) -> None:
    path = source.with_name("confidential.yaml")
    text = source.read_text("utf-8").replace(
        "file: list.pdf, classification: restricted", "file: list.pdf, classification: confidential"
    )
    path.write_text(text, "utf-8")
    pack = make_pack(path, tmp_path, BuildRequest(editions=(language,), formats=("pdf",)))
    with pikepdf.open(file(pack, f"pack.{language}.pdf")) as pdf, pdf.open_outline() as outline:
        assert label in ["".join(entry.title) for entry in outline.root]


def test_an_extract_is_marked(source: Path, tmp_path: Path) -> None:
    extract = extract_item(source, tmp_path, "staff", BuildRequest(editions=("en",), formats=("txt",)))
    text = extract.files[0].read_text("utf-8")
    assert "[Restricted] IV. Staff" in text
    assert text.count("[Restricted]") == 2


def test_a_public_version_has_no_marks_of_restriction(source: Path, tmp_path: Path) -> None:
    pack = make_pack(source, tmp_path, BuildRequest(editions=("en", "tc"), formats=("txt", "html")), public=True)
    for path in pack.files:
        if path.suffix in (".txt", ".html"):
            text = path.read_text("utf-8")
            assert "[Restricted]" not in text
            assert "［限閱］" not in text
            assert 'class="restricted' not in text


def test_texts_within_a_restricted_list_item_are_marked(minutes: Write, tmp_path: Path) -> None:
    nested = """      items:
        - text: {en: "novels", tc: "小說", restricted: true}
          list:
            intro: {en: "among them", tc: "包括"}
            items: [{en: "old", tc: "舊的"}, {en: "new", tc: "新的", restricted: true}]
        - {en: "poems", tc: "詩集"}
"""
    path = minutes(('      items: [{en: "novels", tc: "小說"}, {en: "poems", tc: "詩集"}]\n', nested))
    request = BuildRequest(editions=("en",), formats=("txt", "docx", "html"))
    text = file(make_pack(path, tmp_path / "out", request), "minutes.en.txt").read_text("utf-8")
    assert [words for words in ("novels", "among them", "old", "new") if f"[Restricted] {words}" not in text] == []
    assert text.count("[Restricted]") == 4


def test_minutes_without_restricted_parts_have_no_marks(minutes: Write, tmp_path: Path) -> None:
    pack = make_pack(minutes(), tmp_path, BuildRequest(editions=("en",), formats=("txt", "html")))
    assert not any("estricted]" in path.read_text("utf-8") for path in pack.files if path.suffix in (".txt", ".html"))


def test_a_restricted_document_is_marked_once(minutes: Write, tmp_path: Path) -> None:
    source = minutes(("status: confirmed\n", "status: confirmed\nclassification: restricted\n"))
    pack = make_pack(source, tmp_path, BuildRequest(editions=("en",), formats=("txt",)))
    text = next(path for path in pack.files if path.name == "small.minutes.en.txt").read_text("utf-8")
    assert "(Restricted)" in text
    assert "[Restricted]" not in text


def test_the_review_page_states_why_a_text_is_restricted(source: Path) -> None:
    from ipdocs.review.page.review_page import render_review_page

    page = html.fromstring(render_review_page(source))
    reasons = {
        row.xpath("string(.//*[@class='block'])"): row.xpath("string(.//*[@class='reason'])")
        for row in page.find_class("restricted")
    }
    assert reasons["price"] == "Restricted: it is marked as restricted"
    assert reasons["staff-said"] == "Restricted: its item is restricted"
    assert "said" not in reasons
    assert len(page.xpath("//option[@value='restricted']")) == 1


CLOSED_PAPER = """\
annexes:
  - {id: bids, title: {en: "Bids", tc: "標書"}, file: list.pdf, classification: confidential}
papers:
  - {id: bids, number: {en: "Paper 3/2", tc: "第3/2號文件"}, title: {en: "Bids", tc: "標書"}, annex: bids}
"""


@pytest.mark.parametrize(
    ("language", "label"), [("en", "[Confidential] Paper 3/2"), ("tc", "［機密］第3/2號文件"), ("sc", "［机密］第3/2号文件")]
)
def test_a_paper_is_marked_like_its_confidential_annex(minutes: Write, tmp_path: Path, language: str, label: str) -> None:
    path = minutes(("papers:\n", CLOSED_PAPER), ("papers: [plan]", "papers: [plan, bids]"))
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path.with_name("list.pdf"))
    pack = make_pack(path, tmp_path / "out", BuildRequest(editions=(language,), formats=("txt",)))
    for part in ("minutes", "agenda"):
        assert label in file(pack, f"{part}.{language}.txt").read_text("utf-8")
