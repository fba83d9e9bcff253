"""Export and import: unchanged texts keep all their bytes, changed texts arrive in their places."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from ipdocs.source.open import open_source
from ipdocs.source.state import read_state
from ipdocs.translation.export import ENDINGS, FORMATS, export_translations
from ipdocs.translation.import_translations import import_translations

FIXTURES = ("gd-hk-ip-17/release.yaml", "example-gia/release.yaml", "gd-hk-ip-17-minutes/minutes.yaml")


def sent(source: Path, form: str, to: str = "tc") -> Path:
    path = source.with_name(f"sent.{ENDINGS[form]}")
    path.write_bytes(export_translations(open_source(source, draft=True), to, form))  # type: ignore[arg-type]
    return path


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", FIXTURES)
def test_unchanged_file_leaves_every_byte_of_the_source(name: str, form: str, copied: Callable[[str], Path]) -> None:
    source = copied(name)
    before = {path: path.read_bytes() for path in source.parent.iterdir() if path.is_file()}
    result = import_translations(source, [sent(source, form)], to="tc")
    assert (result.changed, result.finished_drafts) == ((), ())
    assert {path: path.read_bytes() for path in before} == before
    assert not source.with_suffix(".state.yaml").exists() or source.with_suffix(".state.yaml") in before


@pytest.mark.parametrize("form", FORMATS)
def test_every_kind_of_code_survives_a_round_trip(form: str, small: Path) -> None:
    before = small.read_bytes()
    result = import_translations(small, [sent(small, form)], to="tc")
    assert result.changed == ()
    assert small.read_bytes() == before


@pytest.mark.parametrize("form", ["xliff2", "xliff1", "po", "tmx"])
def test_only_changed_words_are_replaced(form: str, release: Path) -> None:
    before = release.read_text("utf-8")
    path = sent(release, form)
    path.write_text(path.read_text("utf-8").replace("鞏固現有成果", "鞏固既有成果"), "utf-8")
    result = import_translations(release, [path], to="tc")
    assert result.changed == ("lead.paragraph",)
    assert release.read_text("utf-8") == before.replace("鞏固現有成果", "鞏固既有成果")


def test_edit_in_the_word_table_is_imported(release: Path) -> None:
    from docx import Document

    path = sent(release, "docx")
    document = Document(str(path))
    row = next(row for row in document.tables[0].rows if row.cells[0].text.startswith("areas.list.items.1"))
    row.cells[2].text = "加強大灣區的知識產權合作"
    document.save(str(path))
    assert import_translations(release, [path]).changed == ("areas.list.items.1",)
    assert (
        '- en: "Strengthening cooperation on IP in the Bay Area"\n          tc: "加強大灣區的知識產權合作"'
        in release.read_text("utf-8")
    )


def test_edit_in_the_spreadsheet_is_imported(release: Path) -> None:
    import openpyxl

    path = sent(release, "xlsx")
    book = openpyxl.load_workbook(path)
    cell = next(row[2] for row in book.active.iter_rows() if row[0].value == "lead.paragraph")
    cell.value = cell.value.replace("高端服務業", "優質服務業")
    book.save(path)
    assert import_translations(release, [path]).changed == ("lead.paragraph",)
    assert "優質服務業" in release.read_text("utf-8")


@pytest.mark.parametrize("form", ["xliff2", "xliff1", "po"])
def test_missing_text_is_added_beside_its_source(form: str, small: Path) -> None:
    path = sent(small, form)
    text = path.read_text("utf-8")
    if form == "po":
        text = re.sub(r'(A third talk follows on March 5\."\nmsgstr )""', r'\1"第三次講座三月五日舉行。"', text)
    else:
        text = re.sub(r"(<source>A third talk.*?</source>)", r"\1<target>第三次講座三月五日舉行。</target>", text)
        text = re.sub('state="initial"', 'state="translated"', text)
    path.write_text(text, "utf-8")
    assert import_translations(small, [path]).changed == ("open.paragraph",)
    assert open_source(small).document.body[2].paragraph["tc"] == "第三次講座三月五日舉行。"


def test_imported_translation_records_its_source_text(release: Path) -> None:
    path = sent(release, "xliff2")
    path.write_text(path.read_text("utf-8").replace("雙方回顧了", "雙方檢視了"), "utf-8")
    import_translations(release, [path])
    basis = read_state(release).bases["review", "tc"]
    assert basis.source == "en"
    assert basis.texts[0].startswith("At the meeting, the two sides reviewed")
    assert basis.by == ""


def test_finished_draft_loses_its_mark(release: Path) -> None:
    text = release.read_text("utf-8")
    release.write_text(text.replace('tc: "完善粵港', 'tc: "⟦draft: fuzzy 90 %⟧完善粵港'), "utf-8")
    path = sent(release, "xliff2")
    assert 'state="initial" subState="ipdocs:draft"' in path.read_text("utf-8")
    assert import_translations(release, [path]).finished_drafts == ()
    path.write_text(path.read_text("utf-8").replace('state="initial" subState="ipdocs:draft"', 'state="translated"'), "utf-8")
    assert import_translations(release, [path]).finished_drafts == ("areas.list.items.0",)
    assert release.read_text("utf-8") == text


def test_words_that_look_like_markup_are_escaped(small: Path) -> None:
    path = sent(small, "xliff2")
    path.write_text(path.read_text("utf-8").replace("人出席", "人*出席* {{ x }} [y](z)"), "utf-8")
    import_translations(small, [path])
    assert r"人\*出席\* \{\{ x \}\} \[y\](z)，詳見" in small.read_text("utf-8")
    assert open_source(small, draft=True).document


def test_restricted_blocks_are_not_exported(copied: Callable[[str], Path]) -> None:
    source = copied("gd-hk-ip-17-minutes/minutes.yaml")
    text = source.read_text("utf-8")
    assert "restricted: true" in text
    exported = export_translations(open_source(source, draft=True), "tc", "po").decode()
    for block in open_source(source).document.body:
        if block.restricted and block.id:
            assert f'msgctxt "{block.id}.' not in exported
