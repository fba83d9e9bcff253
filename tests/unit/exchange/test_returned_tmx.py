"""TMX files given back for a source."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ipdocs.findings import IpdocsError
from ipdocs.source.open import open_source
from ipdocs.translation.export import export_translations
from ipdocs.translation.import_translations import import_translations

UNIT = '<tu{name}><tuv xml:lang="en"><seg>A talk held</seg></tuv><tuv xml:lang="zh-HK"><seg>講座完滿舉行</seg></tuv></tu>'


def tmx(folder: Path, name: str, unit: str = UNIT) -> Path:
    path = folder / "omegat.tmx"
    doctype = '<!DOCTYPE tmx SYSTEM "tmx11.dtd">'
    path.write_text(f"{doctype}<tmx version='1.1'><header/><body>{unit.format(name=name)}</body></tmx>", "utf-8")
    return path


@pytest.mark.parametrize("name", ["", ' tuid="7"'])
def test_a_memory_of_another_tool_is_not_a_returned_file(name: str, small: Path, tmp_path: Path) -> None:
    before = small.read_bytes()
    with pytest.raises(IpdocsError, match=r"ipdocs memory import omegat\.tmx"):
        import_translations(small, [tmx(tmp_path, name)], to="tc")
    assert small.read_bytes() == before


def test_names_of_texts_make_it_a_returned_file(small: Path, tmp_path: Path) -> None:
    result = import_translations(small, [tmx(tmp_path, ' tuid="title"')], to="tc")
    assert result.changed == ("title",)
    assert "講座完滿舉行" in small.read_text("utf-8")


def test_notes_of_translators_are_reported(small: Path, tmp_path: Path) -> None:
    unit = UNIT.replace("</seg></tuv></tu>", "</seg><note>Which talk?</note></tuv></tu>")
    result = import_translations(small, [tmx(tmp_path, ' tuid="title"', unit)], to="tc")
    assert [(finding.code, "Which talk?" in finding.message) for finding in result.findings if "note" in finding.code] == [
        ("note-from-translator", True)
    ]


def test_chinese_of_taiwan_is_imported_with_a_warning(small: Path, tmp_path: Path) -> None:
    result = import_translations(small, [tmx(tmp_path, ' tuid="title"', UNIT.replace("zh-HK", "zh-TW"))], to="tc")
    assert (result.changed, [finding.code for finding in result.findings][:1]) == (("title",), ["language-variant"])


def test_a_file_in_other_languages_is_refused(small: Path, tmp_path: Path) -> None:
    with pytest.raises(IpdocsError, match="no text of this TMX file is in both en and zh-Hant-HK"):
        import_translations(small, [tmx(tmp_path, ' tuid="title"', UNIT.replace("zh-HK", "fr"))], to="tc")


def test_drafts_leave_and_return_as_drafts(small: Path, tmp_path: Path) -> None:
    small.write_text(re.sub('tc: "', 'tc: "⟦draft: mt⟧', small.read_text("utf-8"), count=1), "utf-8")
    path = tmp_path / "sent.tmx"
    path.write_bytes(export_translations(open_source(small, draft=True), "tc", "tmx"))
    assert path.read_text("utf-8").count('<prop type="x-state">draft</prop>') == 1
    before = small.read_bytes()
    import_translations(small, [path], to="tc")
    assert small.read_bytes() == before
