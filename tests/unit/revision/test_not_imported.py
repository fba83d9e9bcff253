"""What reviewers changed in Word files but an import does not bring: every such change is reported, and none is made by half."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.shared import Cm

from ipdocs.findings import Finding, IpdocsError
from ipdocs.pipeline.build import build
from ipdocs.pipeline.request import BuildRequest
from ipdocs.review.word.import_review import ReviewResult, import_word_review

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SOURCE = """\
schema: 1
kind: press-release
id: pond
issued: 2027-04-08
languages: [en, tc]
title: {en: "Pond reopened", tc: "水池重開"}
facts:
  ducks: {integer: 52}
body:
  - id: lead
    paragraph: {en: "The pond has {{ ducks | number }} ducks again.", tc: "水池再有{{ ducks | number }}隻鴨子。"}
  - id: food
    paragraph: {en: "Bread is not good for them.", tc: "麵包對牠們無益。"}
  - id: rules
    list:
      intro: {en: "Visitors should:", tc: "訪客應："}
      items:
        - {en: "keep quiet", tc: "保持安靜"}
        - {en: "stay on the path", tc: "沿路而行"}
  - id: hours
    table:
      head: [{en: "Season", tc: "季節"}, {en: "Gate", tc: "閘口"}]
      rows:
        - [{en: "Summer", tc: "夏季"}, {en: "North", tc: "北"}]
        - [{en: "Winter", tc: "冬季"}, {en: "South", tc: "南"}]
  - id: last
    paragraph: {en: "Entry is free.", tc: "免費入場。"}
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "locales").mkdir()
    path = tmp_path / "pond.yaml"
    path.write_text(SOURCE, "utf-8")
    return path


def edited(source: Path, *edits: Callable[[Any], None], edition: str = "tc", layout: str = "") -> list[Path]:
    """Build the source, and make a copy with each edit."""
    request = BuildRequest(editions=(edition,), formats=("docx",), **({"layout": layout} if layout else {}))  # type: ignore[arg-type]
    (output,) = build([source], source.parent / "out", request)
    copies = []
    for number, edit in enumerate(edits):
        path = Path(shutil.copy(output.path, source.parent / f"edited-{number}.docx"))
        document = Document(str(path))
        edit(document)
        document.save(str(path))
        copies.append(path)
    return copies


def review(source: Path, *edits: Callable[[Any], None], **options: str) -> ReviewResult:
    return import_word_review(source, edited(source, *edits, **options))


def findings_of(source: Path, edit: Callable[[Any], None]) -> tuple[Finding, ...]:
    """Return the findings of an edit that must not change the source."""
    before = source.read_bytes()
    try:
        result = review(source, edit)
    except IpdocsError as error:
        assert source.read_bytes() == before
        return tuple(error.findings)
    assert (result.changes, source.read_bytes()) == ((), before)
    return result.findings


def paragraph(document: Any, words: str) -> Any:
    return next(element for element in document.element.body.iter(f"{{{W}}}p") if words in text_of(element))


def text_of(element: Any) -> str:
    return "".join(text.text or "" for text in element.iter(f"{{{W}}}t"))


def replace(document: Any, before: str, after: str) -> None:
    text = next(text for text in document.element.body.iter(f"{{{W}}}t") if before in (text.text or ""))
    text.text = text.text.replace(before, after)


def table(document: Any) -> Any:
    return next(table for table in document.tables if "季節" in text_of(table._tbl))


def add_row(document: Any) -> None:
    row = copy.deepcopy(table(document)._tbl.tr_lst[1])
    table(document)._tbl.tr_lst[1].addnext(row)
    for text, words in zip(row.iter(f"{{{W}}}t"), ("春季", "東"), strict=True):
        text.text = words


def add_column(document: Any) -> None:
    table(document).add_column(Cm(3))
    for cell, words in zip(table(document).columns[-1].cells, ("備註", "甲", "乙"), strict=True):
        cell.text = words


def add_table(document: Any) -> None:
    new = document.add_table(1, 2)
    for cell, words in zip(new.rows[0].cells, ("收費", "全免"), strict=True):
        cell.text = words
    paragraph(document, "免費入場").addnext(new._tbl)


@pytest.mark.parametrize(
    ("edit", "words"), [(add_row, {"春季", "東"}), (add_column, {"備註", "甲", "乙"}), (add_table, {"收費", "全免"})]
)
def test_added_cells_do_not_become_paragraphs(edit: Callable[[Any], None], words: set[str], source: Path) -> None:
    (finding,) = findings_of(source, edit)
    assert finding.code == "cells-added"
    assert all(word in finding.message for word in words)


def test_a_joined_paragraph_is_not_imported_twice(source: Path) -> None:
    def join(document: Any) -> None:
        first, second = paragraph(document, "麵包"), paragraph(document, "水池再有")
        for run in list(first):
            if run.tag == f"{{{W}}}r":
                second.append(run)
        first.getparent().remove(first)

    assert "paragraphs-joined" in {finding.code for finding in findings_of(source, join)}


def with_property(words: str, name: str) -> Callable[[Any], None]:
    def edit(document: Any) -> None:
        for run in paragraph(document, words).iter(f"{{{W}}}r"):
            run.insert(0, parse_xml(f'<w:rPr xmlns:w="{W}"><w:{name}/></w:rPr>'))

    return edit


def indent(document: Any) -> None:
    paragraph(document, "沿路而行").find(f".//{{{W}}}ilvl").set(f"{{{W}}}val", "1")


@pytest.mark.parametrize(
    ("edit", "code", "words"),
    [
        (with_property("麵包", "strike"), "struck-out", "麵包對牠們無益"),
        (with_property("麵包", "dstrike"), "struck-out", "麵包對牠們無益"),
        (with_property("麵包", "vanish"), "formatting-not-imported", "麵包對牠們無益"),
        (indent, "formatting-not-imported", "沿路而行"),
    ],
)
def test_formatting_with_a_meaning_is_reported(edit: Callable[[Any], None], code: str, words: str, source: Path) -> None:
    (finding,) = findings_of(source, edit)
    assert (finding.code, finding.severity, words in finding.message) == (code, "warning", True)


def test_a_deleted_fact_is_reported(source: Path) -> None:
    result = review(source, lambda document: replace(document, "52", ""))
    assert [(finding.code, "ducks" in finding.message) for finding in result.findings] == [("changed-code", True)]


def test_a_deletion_that_is_not_made_is_no_change(source: Path) -> None:
    def delete(document: Any) -> None:
        for words in ("麵包", "沿路而行"):
            element = paragraph(document, words)
            element.getparent().remove(element)

    findings = findings_of(source, delete)
    assert {finding.code for finding in findings} == {"half-deleted"}
    assert any("'food'" in finding.message for finding in findings)
    assert any("rules.list.items.1" in finding.message for finding in findings)


def test_a_moved_block_is_a_change(source: Path) -> None:
    result = review(source, lambda document: paragraph(document, "水池再有").addprevious(paragraph(document, "麵包")))
    assert [change.kind for change in result.changes] == ["block moved"]


def without_bookmarks(document: Any) -> None:
    for tag in ("bookmarkStart", "bookmarkEnd"):
        for mark in list(document.element.body.iter(f"{{{W}}}{tag}")):
            mark.getparent().remove(mark)


@pytest.mark.parametrize("edition", ["tc", "en", "en+tc"])
def test_a_file_without_bookmarks_is_paired_by_its_words(edition: str, source: Path) -> None:
    def edit(document: Any) -> None:
        without_bookmarks(document)
        replace(
            document, "免費入場" if "tc" in edition else "Entry is free", "入場免費" if "tc" in edition else "Entry costs nothing"
        )

    result = review(source, edit, edition=edition)
    assert [finding.code for finding in result.findings] == ["bookmarks-lost"]
    assert [(change.block, change.kind) for change in result.changes] == [("last", "text changed")]


@pytest.mark.parametrize("layout", ["parallel", "stacked", "sequential"])
def test_a_paragraph_added_to_a_bilingual_file_is_reported(layout: str, source: Path) -> None:
    def add(document: Any) -> None:
        new = parse_xml(f'<w:p xmlns:w="{W}"><w:r><w:t>麵包屑亦無益。</w:t></w:r></w:p>')
        element = paragraph(document, "麵包")
        element.addnext(new)
        for mark in list(element.iter(f"{{{W}}}bookmarkEnd")):
            element.append(mark)

    before = source.read_bytes()
    (finding,) = review(source, add, edition="en+tc", layout=layout).findings
    assert (finding.code, "麵包屑亦無益" in finding.message, source.read_bytes()) == ("text-not-imported", True, before)


def test_the_same_file_twice_is_one_change(source: Path) -> None:
    def edit(document: Any) -> None:
        replace(document, "免費入場", "入場免費")

    assert len(review(source, edit, edit).changes) == 1
