"""A character without a glyph is reported for Word files as well, though they contain no fonts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ipdocs.findings import Finding, IpdocsError
from ipdocs.pipeline.build import build
from ipdocs.pipeline.request import BuildRequest
from ipdocs.templating.html_document import HtmlDocument
from ipdocs.workspace import Workspace
from ipdocs.writers import WRITERS

PAGE = '<html lang="en"><body><article lang="en"><p data-place="release.yaml:4:9">Egypt 𓀀 𠝹 é</p></article></body></html>'
CHARACTER = "'𓀀' (U+13000)"


def test_character_without_a_glyph_stops_a_word_file(tree_of: Callable[..., HtmlDocument]) -> None:
    with pytest.raises(IpdocsError) as raised:
        WRITERS["docx"]([tree_of(PAGE)], Workspace())
    (finding,) = raised.value.findings
    assert (finding.code, str(finding.location)) == ("no-glyph", "release.yaml:4:9")
    assert CHARACTER in finding.message


def test_character_without_a_glyph_does_not_stop_a_draft(tree_of: Callable[..., HtmlDocument]) -> None:
    (written,) = WRITERS["docx"]([tree_of(PAGE, draft=True)], Workspace())
    assert [(finding.severity, finding.code) for finding in written.findings] == [("warning", "no-glyph")]


def test_word_file_is_written_without_installed_fonts(
    tree_of: Callable[..., HtmlDocument], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ipdocs.writers.pdf.glyphs.installed_fonts", dict)
    assert WRITERS["docx"]([tree_of(PAGE)], Workspace())[0].findings == ()


def test_word_file_is_written_without_fc_list(tree_of: Callable[..., HtmlDocument], monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise IpdocsError([Finding("missing-tool", "fc-list")])

    monkeypatch.setattr("ipdocs.writers.pdf.glyphs.installed_fonts", missing)
    assert WRITERS["docx"]([tree_of(PAGE)], Workspace())[0].data


def test_file_from_an_office_template_is_checked(tree_of: Callable[..., HtmlDocument]) -> None:
    (written,) = WRITERS["docx"]([tree_of(PAGE.replace("𓀀", ""))], Workspace())
    with pytest.raises(IpdocsError) as raised:
        WRITERS["docx"]([replace(tree_of(PAGE), word=written.data)], Workspace())
    assert [finding.code for finding in raised.value.findings] == ["no-glyph"]


def test_missing_glyph_is_reported_once_for_both_formats(tmp_path: Path) -> None:
    source = tmp_path / "one/release.yaml"
    source.parent.mkdir()
    source.write_text(
        "schema: 1\nkind: press-release\nid: one\nstyle: gia\nissued: 2018-08-21T18:30+08:00\nlanguages: [en]\n"
        'title: {en: "A title"}\nbody:\n  - id: lead\n    paragraph: {en: "Egypt 𓀀"}\n',
        "utf-8",
    )
    with pytest.raises(IpdocsError) as raised:
        build([source], tmp_path / "out", BuildRequest(editions=("en",), formats=("docx", "pdf")))
    assert [finding.code for finding in raised.value.findings] == ["no-glyph"]
