"""Footnotes, the table of contents, and bookmarks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipdocs.files.ooxml.bookmarks import MAX_LENGTH, bookmark_name

Make = Callable[..., Any]
SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
NOTES = ".footnote { float: footnote; font-size: 9pt; line-height: 12pt }"
NOTED = '<p>one<span class="footnote">First <em>note</em>.</span> and two<span class="footnote">See <a href="https://example.org/">there</a>.</span>.</p>'
CONTENTS = """<nav class="contents"><h2>Contents</h2><ul><li><a href="#a">Aims</a><ul><li><a href="#b">Means</a></li></ul></li>
<li><a href="#c">Ends</a></li></ul></nav><h2 id="a">Aims</h2><h3 id="b">Means</h3><h2 id="c">Ends</h2>"""


def value(node: Any, path: str) -> Any:
    return node.xpath(path, namespaces=SPACES)


def test_footnote_is_a_word_footnote(word: Make) -> None:
    file = word(NOTED, NOTES)
    assert file.find("//w:footnoteReference/@w:id") == ["1", "2"]
    notes = file.root("footnotes")
    assert value(notes, "w:footnote/@w:id") == ["-1", "0", "1", "2"]
    assert ["".join(value(note, ".//w:t/text()")) for note in value(notes, "w:footnote[not(@w:type)]")] == [
        ". First note.",
        ". See there.",
    ]
    assert value(notes, "count(.//w:footnoteRef)") == 2
    assert value(notes, "string(w:footnote[@w:id='1']//w:pStyle/@w:val)") == "FootnoteText"
    assert file.find("//w:footnotePr/w:footnote/@w:id", "settings") == ["-1", "0"]
    assert file.find("string(//w:style[@w:styleId='FootnoteReference']//w:vertAlign/@w:val)", "styles") == "superscript"


@pytest.mark.parametrize(
    ("css", "expected"), [("", "baseline"), (".footnote::footnote-marker { vertical-align: super }", "superscript")]
)
def test_footnote_number_position_follows_the_stylesheet(word: Make, css: str, expected: str) -> None:
    file = word(NOTED, NOTES + css)
    assert value(file.root("footnotes"), "//w:r[w:footnoteRef]/w:rPr/w:rStyle/@w:val") == ["FootnoteCharacters"] * 2
    style = file.style("FootnoteCharacters")
    # LibreOffice takes it by this name.
    assert value(style, "string(w:name/@w:val)") == "Footnote Characters"
    assert value(style, "string(w:rPr/w:vertAlign/@w:val)") == expected


@pytest.mark.parametrize(
    ("area", "height"),
    [("margin-top: 6pt; padding-top: 3pt; border-top: 0.75pt solid black", "195"), ("margin: 0; padding: 0; border: none", "20")],
)
def test_footnote_separator_height_follows_the_stylesheet(word: Make, area: str, height: str) -> None:
    notes = word(NOTED, f"{NOTES} @page {{ @footnote {{ {area} }} }}").root("footnotes")
    assert value(notes, "w:footnote[@w:type]/w:p/w:pPr/w:spacing[@w:lineRule='exact']/@w:line") == [height] * 2


def test_link_in_a_footnote_belongs_to_its_part(word: Make) -> None:
    file = word(NOTED, NOTES)
    number = value(file.root("footnotes"), "string(//w:hyperlink/@r:id)")
    assert f'Id="{number}"'.encode() in file.parts["word/_rels/footnotes.xml.rels"]


def test_document_without_footnotes_has_no_footnotes_part(word: Make) -> None:
    assert "word/footnotes.xml" not in word("<p>one</p>").parts


def test_table_of_contents_is_a_filled_field(word: Make) -> None:
    file = word(CONTENTS, page_numbers={"a": 1, "b": 2, "c": 4})
    codes = [code.strip() for code in file.find("//w:instrText/text()")]
    assert codes[0] == r'TOC \o "1-2" \h \z \u'
    assert [code.split()[0] for code in codes[1:]] == ["PAGEREF"] * 3
    assert file.style_of("Contents") == "TOCHeading"
    entries = file.find("//w:p[w:pPr/w:pStyle[starts-with(@w:val, 'TOC') and @w:val != 'TOCHeading']]")
    assert [value(entry, "string(w:pPr/w:pStyle/@w:val)") for entry in entries] == ["TOC1", "TOC2", "TOC1"]
    assert ["".join(value(entry, ".//w:t/text()")) for entry in entries] == ["Aims1", "Means2", "Ends4"]
    begins, ends = (file.find(f"count(//w:fldChar[@w:fldCharType='{kind}'])") for kind in ("begin", "end"))
    assert begins == ends == 4


def test_each_entry_links_to_its_heading(word: Make) -> None:
    file = word(CONTENTS, page_numbers={"a": 1, "b": 2, "c": 4})
    anchors = file.find("//w:hyperlink/@w:anchor")
    assert all(anchor.startswith("_Toc") for anchor in anchors)
    for anchor, words in zip(anchors, ("Aims", "Means", "Ends"), strict=True):
        heading = file.find(f"//w:p[w:bookmarkStart[@w:name='{anchor}']]")
        assert ["".join(paragraph.itertext()) for paragraph in heading] == [words]


def test_contents_heading_has_no_outline_level(word: Make) -> None:
    assert word(CONTENTS).find("count(//w:style[@w:styleId='TOCHeading']//w:outlineLvl)", "styles") == 0


def test_each_link_to_a_block_is_an_entry(word: Make) -> None:
    nav = (
        '<nav class="contents"><p class="entry"><a href="#a">Aims</a> and more</p><p>Plain</p>'
        '<ol><li>Nowhere</li><li><a href="#b">Means</a></li></ol></nav><h2 id="a">Aims</h2><h4 id="b">Means</h4>'
    )
    file = word(nav, page_numbers={"a": 1, "b": 2})
    assert file.find("//w:instrText/text()")[0].strip() == r'TOC \o "1-3" \h \z \u'
    entries = file.find("//w:p[w:pPr/w:pStyle[starts-with(@w:val, 'TOC1')]]")
    assert ["".join(value(entry, ".//w:t/text()")) for entry in entries] == ["Aims1 and more", "Nowhere", "Means2"]
    begins, ends = (file.find(f"count(//w:fldChar[@w:fldCharType='{kind}'])") for kind in ("begin", "end"))
    assert begins == ends == 3


def test_content_after_an_entry_follows_the_stylesheet(word: Make) -> None:
    css = '.contents a::after { content: " (" target-counter(attr(href), page) ")" }'
    file = word(CONTENTS, css, page_numbers={"a": 1, "b": 2, "c": 4})
    assert "".join(value(file.paragraph("Means"), ".//w:t/text()")) == "Means (2)"
    assert value(file.paragraph("Means"), "count(.//w:r/w:tab)") == 0
    assert [finding.code for finding in file.findings] == []


def test_parallel_contents_are_not_in_a_toc_field(word: Make) -> None:
    css = ".parallel { display: table } .row { display: table-row } .cell { display: table-cell }"
    file = word(
        f'<div class="parallel"><div class="row"><div class="cell">{CONTENTS}</div></div></div>', css, page_numbers={"a": 3}
    )
    assert {code.split()[0] for code in file.find("//w:instrText/text()")} == {"PAGEREF"}
    assert file.find("count(//w:tbl//w:hyperlink)") == 3


def test_contents_without_page_numbers_are_reported_once(word: Make) -> None:
    findings = [finding for finding in word(CONTENTS).findings if finding.code == "no-page-numbers"]
    assert [finding.severity for finding in findings] == ["warning"]
    assert "F9" in findings[0].hint


def test_block_is_spanned_by_its_bookmark(word: Make) -> None:
    file = word('<div data-block="en:areas"><p>intro</p><ul><li>one</li><li>two</li></ul></div><p data-block="en:next">after</p>')
    start = file.find(f"//w:bookmarkStart[@w:name='{bookmark_name('en:areas')}']")[0]
    end = file.find(f"//w:bookmarkEnd[@w:id='{value(start, 'string(@w:id)')}']")[0]
    assert "".join(start.getparent().itertext()) == "intro"
    assert "".join(end.getparent().itertext()) == "two"
    assert len(set(file.find("//w:bookmarkStart/@w:id"))) == 2


@given(st.lists(st.from_regex(r"[a-z]{2}:[a-z0-9./-]{1,60}", fullmatch=True), unique=True))
def test_bookmark_names_are_valid_and_unique(identifiers: list[str]) -> None:
    names = [bookmark_name(identifier) for identifier in identifiers]
    assert all(
        name[0].isalpha() and name.replace("_", "a").isalnum() and name.isascii() and len(name) <= MAX_LENGTH for name in names
    )
    assert len({name.lower() for name in names}) == len(identifiers)
