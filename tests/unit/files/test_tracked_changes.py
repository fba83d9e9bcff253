"""Counting and accepting of tracked changes, in every place where Word tracks them."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from ipdocs.files.ooxml.changes import accept_changes, count_changes
from ipdocs.files.ooxml.names import NAMESPACES, STRICT_NAMESPACES
from ipdocs.files.xml import parse_xml

BY = 'w:id="1" w:author="A" w:date="2018-08-21T00:00:00Z"'


def parsed(body: str, namespace: str = NAMESPACES["w"]) -> etree._Element:
    names = f'xmlns:w="{namespace}" xmlns:m="{NAMESPACES["m"]}"'
    return parse_xml(f"<w:body {names}>{body}</w:body>".replace("BY", BY).encode(), Path("a.docx"))


def accepted(body: str, namespace: str = NAMESPACES["w"]) -> str:
    """Return a body with its changes accepted, without namespaces."""
    root = parsed(body, namespace)
    accept_changes(root)
    text = etree.tostring(root, encoding="unicode")
    return text[text.index(">") + 1 : text.rindex("<")] if len(root) else ""


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


ENDED = "<w:pPr><w:rPr><w:del BY/></w:rPr></w:pPr>"
CELL = "<w:tc><w:p/></w:tc>"

CASES = {
    "inserted words stay": (f"<w:p><w:ins BY>{run('a')}</w:ins></w:p>", f"<w:p>{run('a')}</w:p>"),
    "deleted words are removed": (
        f"<w:p>{run('a')}<w:del BY><w:r><w:delText>b</w:delText></w:r></w:del></w:p>",
        f"<w:p>{run('a')}</w:p>",
    ),
    "words inserted and deleted again are removed": (
        "<w:p><w:ins BY><w:del BY><w:r><w:delText>b</w:delText></w:r></w:del></w:ins></w:p>",
        "<w:p/>",
    ),
    "moved words stay at their new place": (
        '<w:p><w:moveFromRangeStart BY w:name="m"/><w:moveFrom BY>'
        f'{run("a")}</w:moveFrom><w:moveFromRangeEnd w:id="1"/></w:p><w:p><w:moveTo BY>{run("a")}</w:moveTo></w:p>',
        f"<w:p/><w:p>{run('a')}</w:p>",
    ),
    "a deleted paragraph is removed": (
        f"<w:p>{ENDED}<w:del BY><w:r><w:delText>b</w:delText></w:r></w:del></w:p><w:p>{run('a')}</w:p>",
        f"<w:p>{run('a')}</w:p>",
    ),
    "paragraphs whose ends were deleted are joined": (
        f"<w:p>{ENDED}{run('a')}</w:p><w:p>{ENDED}{run('b')}</w:p><w:p><w:pPr><w:keepNext/></w:pPr>{run('c')}</w:p>",
        f"<w:p><w:pPr><w:keepNext/></w:pPr>{run('a')}{run('b')}{run('c')}</w:p>",
    ),
    "a paragraph before a table stays": (
        f"<w:p>{ENDED}{run('a')}</w:p><w:tbl><w:tr>{CELL}</w:tr></w:tbl>",
        f"<w:p><w:pPr><w:rPr/></w:pPr>{run('a')}</w:p><w:tbl><w:tr>{CELL}</w:tr></w:tbl>",
    ),
    "the last paragraph of a section stays": (
        "<w:p><w:pPr><w:rPr><w:del BY/></w:rPr><w:sectPr/></w:pPr></w:p><w:p/>",
        "<w:p><w:pPr><w:rPr/><w:sectPr/></w:pPr></w:p><w:p/>",
    ),
    "an inserted paragraph end stays": (
        f"<w:p><w:pPr><w:rPr><w:ins BY/></w:rPr></w:pPr>{run('a')}</w:p><w:p/>",
        f"<w:p><w:pPr><w:rPr/></w:pPr>{run('a')}</w:p><w:p/>",
    ),
    "a deleted row is removed": (
        f"<w:tbl><w:tr><w:trPr><w:del BY/></w:trPr>{CELL}</w:tr><w:tr><w:trPr><w:ins BY/></w:trPr>{CELL}</w:tr></w:tbl>",
        f"<w:tbl><w:tr><w:trPr/>{CELL}</w:tr></w:tbl>",
    ),
    "an empty table is removed, and a cell keeps a paragraph": (
        f"<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:trPr><w:del BY/></w:trPr>{CELL}</w:tr></w:tbl></w:tc></w:tr></w:tbl>",
        f"<w:tbl><w:tr>{CELL}</w:tr></w:tbl>",
    ),
    "cells are deleted, inserted and merged": (
        "<w:tbl><w:tr><w:tc><w:tcPr><w:cellDel BY/></w:tcPr><w:p/></w:tc><w:tc><w:tcPr><w:cellIns BY/></w:tcPr><w:p/></w:tc>"
        '<w:tc><w:tcPr><w:cellMerge BY w:vMerge="cont"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>',
        "<w:tbl><w:tr><w:tc><w:tcPr/><w:p/></w:tc>"
        '<w:tc><w:tcPr><w:vMerge w:val="continue"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>',
    ),
    "new formats stay, old ones are removed": (
        "<w:p><w:pPr><w:jc/><w:pPrChange BY><w:pPr/></w:pPrChange></w:pPr><w:r><w:rPr><w:b/>"
        "<w:rPrChange BY><w:rPr/></w:rPrChange></w:rPr></w:r></w:p><w:sectPr><w:sectPrChange BY/></w:sectPr>",
        "<w:p><w:pPr><w:jc/></w:pPr><w:r><w:rPr><w:b/></w:rPr></w:r></w:p><w:sectPr/>",
    ),
    "an inserted number stays": (
        "<w:p><w:pPr><w:numPr><w:ins BY/></w:numPr></w:pPr></w:p>",
        "<w:p><w:pPr><w:numPr/></w:pPr></w:p>",
    ),
    "a deleted field is removed": (
        "<w:p><w:del BY><w:r><w:fldChar/></w:r><w:r><w:delInstrText>x</w:delInstrText></w:r></w:del></w:p>",
        "<w:p/>",
    ),
    "a deleted part of a formula is removed": (
        "<w:p><m:oMath><m:r/><w:del BY><m:r/></w:del><m:ctrlPr><w:ins BY/></m:ctrlPr></m:oMath></w:p>",
        "<w:p><m:oMath><m:r/><m:ctrlPr/></m:oMath></w:p>",
    ),
}


@pytest.mark.parametrize(("changed", "result"), CASES.values(), ids=CASES)
def test_changes_are_accepted(changed: str, result: str) -> None:
    assert count_changes(parsed(changed)) > 0
    assert accepted(changed) == result
    assert count_changes(parsed(result)) == 0


def test_changes_in_the_strict_format_are_accepted() -> None:
    changed, result = CASES["paragraphs whose ends were deleted are joined"]
    assert count_changes(parsed(changed, STRICT_NAMESPACES["w"])) == 2
    assert accepted(changed, STRICT_NAMESPACES["w"]) == result


def test_a_text_without_changes_is_not_changed() -> None:
    body = f"<w:p>{run('a')}</w:p><w:tbl><w:tr>{CELL}</w:tr></w:tbl><w:p/><w:sectPr/>"
    assert count_changes(parsed(body)) == 0
    assert accepted(body) == body
