"""The sources that imports write: with ids and quotes as `ipdocs format` adds them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from tests.unit.readers.word_files import paragraph, part, run, word_file

from ipdocs.importing.import_release import import_release
from ipdocs.source.file import SourceText
from ipdocs.source.format import format_text
from ipdocs.source.open import open_source
from ipdocs.workspace import Workspace

PAGE = """<html><body><h1>Notes: a title</h1><p>First, a paragraph - # no comment</p><h2>Lead</h2><p>Second: 'quoted'</p>
<h2>Lead</h2><ul><li>one</li><li>two</li></ul><table><tr><th>a</th><th>b</th></tr><tr><td>yes</td><td>12</td></tr></table>
<h2>Paragraph 2</h2><p>Third</p><blockquote><p>Words.</p></blockquote></body></html>"""


def test_an_imported_source_is_formatted_already(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(PAGE, "utf-8")
    target = import_release([path], tmp_path / "new", datetime(2026, 11, 22)).path
    text = target.read_text("utf-8")
    assert format_text(SourceText(target, text), Workspace()) == (text, [])
    ids = [block.id for block in open_source(target, draft=True).document.body]
    assert len(set(ids)) == len(ids)
    assert {"lead", "heading-2", "list-1", "table-1", "paragraph-2", "quotation-1"} <= set(ids)


@pytest.mark.parametrize(("style", "name"), [("Heading1", "heading 1"), ("Title", "Title")])
def test_a_title_may_have_a_footnote(style: str, name: str, tmp_path: Path) -> None:
    note = '<w:footnote w:id="3"><w:p><w:r><w:t>Of this year.</w:t></w:r></w:p></w:footnote>'
    title = f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run("Figures")}<w:r><w:footnoteReference w:id="3"/></w:r></w:p>'
    styles = f'<w:style w:type="paragraph" w:styleId="{style}"><w:name w:val="{name}"/></w:style>'
    parts = {"footnotes": part("w:footnotes", note), "styles": part("w:styles", styles)}
    path = tmp_path / "a.docx"
    path.write_bytes(word_file(title + paragraph(run("Text.")), parts))
    target = import_release([path], tmp_path / "new", datetime(2026, 11, 22)).path
    assert "Of this year." in target.read_text("utf-8")
    assert open_source(target, draft=True).document.body
