"""A table of contents in a template of an office's own: in Word and in the PDF, with the pages that both have."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import docx as python_docx
import pikepdf
import pytest
from docx.shared import Mm
from lxml import etree

from ipdocs.findings import IpdocsError
from ipdocs.pipeline.build import build
from ipdocs.pipeline.request import BuildRequest

ROOT = Path(__file__).resolve().parents[3]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NAV = """<nav class="contents" data-block="contents"><h2>{{ "Contents" if language.code == "en" else "目錄" }}</h2><ul>
{%- for block in document.body if block.kind == "heading" %}<li><a href="#{{ block.id }}">{{ block.heading }}</a></li>{% endfor %}
</ul></nav>
"""
HEAD = """schema: 1
kind: press-release
id: long
style: gia
issued: 2018-08-21T18:30+08:00
languages: [en, tc]
title: {en: "A title", tc: "標題"}
body:
"""
PART = """  - id: h{0}
    heading: {{en: "Part {0}", tc: "部分{0}"}}
  - id: p{0}
    paragraph: {{en: "{1}", tc: "{2}"}}
"""


@pytest.fixture
def long(tmp_path: Path) -> Callable[[str], Path]:
    """Make a workspace whose releases begin with a table of contents, and a long release in it."""

    def source_with(nav: str = NAV) -> Path:
        folder = tmp_path / "templates/press-release"
        folder.mkdir(parents=True)
        (tmp_path / "locales").mkdir()
        template = (ROOT / "templates/press-release/document.html").read_text("utf-8")
        body = "{% for block in document.body %}"
        (folder / "document.html").write_text(template.replace(body, f"{nav}{body}", 1), "utf-8")
        source = tmp_path / "long/release.yaml"
        source.parent.mkdir()
        parts = [PART.format(number, "Words of the text. " * 70, "這些是內文的文字。" * 60) for number in range(2, 8)]
        source.write_text(HEAD + "".join(parts), "utf-8")
        return source

    return source_with


def listed(path: Path) -> dict[str, int]:
    """Return the page of each entry that a Word file's contents have."""
    with zipfile.ZipFile(path) as file:
        body = etree.fromstring(file.read("word/document.xml"))
    entries = [link for link in body.iter(f"{W}hyperlink") if link.get(f"{W}anchor", "").startswith("_Toc")]
    texts = [[node.text or "" for node in link.iter(f"{W}t")] for link in entries]
    return {"".join(words): int(page or 0) for *words, page in texts}


def stands(path: Path) -> dict[str, int]:
    """Return the page of each heading that a PDF's outline has."""
    with pikepdf.open(path) as file, file.open_outline() as outline:
        pages = {page.objgen: number for number, page in enumerate(file.pages, 1)}
        headings = [heading for title in outline.root for heading in title.children]
        return {
            str(heading.title): pages[heading.destination[0].objgen]
            for heading in headings
            if heading.title not in ("Contents", "目錄")
        }


@pytest.mark.parametrize("layout", ["parallel", "stacked", "sequential"])
def test_word_and_pdf_contents_have_the_same_pages(long: Callable[..., Path], tmp_path: Path, layout: str) -> None:
    outputs = build([long()], tmp_path / "out", BuildRequest(editions=("en", "tc", "en+tc"), layout=layout))  # type: ignore[arg-type]
    assert [finding for output in outputs for finding in output.findings] == []
    by_name = {output.path.name: output.path for output in outputs}
    for language in ("en", "tc"):
        word = listed(by_name[f"long.{language}.docx"])
        assert len(word) == 6
        assert word == stands(by_name[f"long.{language}.pdf"])
    assert max(listed(by_name["long.en-tc.docx"]).values()) > 3


def test_contents_pages_follow_the_letterhead_paper(long: Callable[..., Path], tmp_path: Path) -> None:
    letterhead = python_docx.Document()
    section = letterhead.sections[0]
    section.page_width, section.page_height = Mm(148), Mm(210)
    section.left_margin = section.right_margin = Mm(30)
    letterhead.save(str(tmp_path / "small.docx"))
    source = long()
    (plain,) = build([source], tmp_path / "out", BuildRequest(editions=("en",), formats=("docx",)))
    pages = listed(plain.path)
    (small,) = build(
        [source], tmp_path / "out", BuildRequest(editions=("en",), formats=("docx",), letterhead=tmp_path / "small.docx")
    )
    assert listed(small.path)["Part 7"] > pages["Part 7"]
    assert [(finding.code, finding.severity) for finding in small.findings] == [("other-page-numbers", "warning")]


def test_contents_entry_without_a_target_is_refused(long: Callable[..., Path], tmp_path: Path) -> None:
    source = long('<nav class="contents" data-block="contents"><ul><li><a href="#annex">Annex</a></li></ul></nav>')
    with pytest.raises(IpdocsError) as raised:
        build([source], tmp_path / "out", BuildRequest(editions=("en",), formats=("docx",)))
    (finding,) = raised.value.findings
    assert (finding.code, finding.severity) == ("dead-link", "error")
    assert str(finding.location) == "templates/press-release/document.html"
    assert "'annex'" in finding.message
    assert build([source], tmp_path / "out", BuildRequest(editions=("en",), formats=("docx",), draft=True))


def test_missing_fonts_leave_page_numbers_out_and_warn(
    long: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ipdocs.writers.pdf.glyphs.installed_fonts", dict)
    (output,) = build([long()], tmp_path / "out", BuildRequest(editions=("en",), formats=("docx",)))
    assert [finding.code for finding in output.findings] == ["no-page-numbers"]
    assert set(listed(output.path).values()) == {0}
