"""Spreadsheets: cells are written as text with the same bytes on any day, and read within limits."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ipdocs.files.ooxml.package import write_package
from ipdocs.files.spreadsheet import MAX_CELLS, MAX_ROWS, MAX_TEXT, read_spreadsheet, write_spreadsheet
from ipdocs.findings import Finding, IpdocsError

HEAD = ("place", "en", "tc")
ROWS = [HEAD, ("title", "=1+1", "題目"), ("", "", ""), ("body", " two\nlines ", "+852 1234"), ("note", "\t@x", "-30-")]


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def loaded(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data)).active


def workbook(tmp_path: Path, change: Callable[[Any], None]) -> Path:
    """Return a workbook that another program has saved, its first sheet changed."""
    book = openpyxl.Workbook()
    book.active["A1"] = "place"
    change(book.active)
    path = tmp_path / "back.xlsx"
    book.save(path)
    return path


def refused(path: Path) -> list[Finding]:
    with pytest.raises(IpdocsError) as caught:
        read_spreadsheet(path, 3)
    return list(caught.value.findings)


def test_rows_are_read_back_unchanged(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    path.write_bytes(write_spreadsheet("Texts", ROWS, editable_column=2, identifier="small", description="Fill in tc."))
    sheet = read_spreadsheet(path, 3)
    assert sheet.rows == tuple(ROWS)
    assert sheet.identifier == "small"
    assert read_spreadsheet(path, 2).rows == tuple(row[:2] for row in ROWS)
    assert read_spreadsheet(path, 4).rows == tuple((*row, "") for row in ROWS)


def test_text_like_a_formula_gets_a_quote_prefix() -> None:
    sheet = loaded(write_spreadsheet("Texts", ROWS))
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
    assert {cell.number_format for row in sheet.iter_rows() for cell in row} == {"@"}
    prefixed = {cell.value for row in sheet.iter_rows() for cell in row if cell.quotePrefix}
    assert prefixed == {"=1+1", "+852 1234", "\t@x", "-30-"}


def test_equal_rows_give_equal_bytes_on_any_day() -> None:
    data = write_spreadsheet("Texts", ROWS, editable_column=2)
    assert data == write_spreadsheet("Texts", ROWS, editable_column=2)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"
    assert b"dcterms" not in parts_of(data)["docProps/core.xml"].replace(b"xmlns:dcterms", b"")


def test_only_the_editable_column_is_unlocked() -> None:
    sheet = loaded(write_spreadsheet("Texts", ROWS, editable_column=2))
    unlocked = {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    assert sheet.protection.sheet
    assert unlocked == {"C2", "C3", "C4", "C5"}
    assert not loaded(write_spreadsheet("Texts", ROWS)).protection.sheet


def test_a_character_that_xml_cannot_hold_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    path.write_bytes(write_spreadsheet("Texts", [("a\x01b", "c\udc80d", "\ufffe")]))
    assert read_spreadsheet(path, 3).rows == (("a\ufffdb", "c\ufffdd", "\ufffd"),)


def test_a_text_longer_than_a_cell_is_refused() -> None:
    with pytest.raises(IpdocsError) as caught:
        write_spreadsheet("Texts", [HEAD, ("body", "x" * (MAX_TEXT + 1), "")])
    assert caught.value.findings[0].code == "too-large"
    assert "32,768" in caught.value.findings[0].message
    assert loaded(write_spreadsheet("Texts", [("x" * MAX_TEXT,)]))["A1"].value == "x" * MAX_TEXT


def test_a_plain_number_is_read_as_its_digits(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet.append(["a", 14, 1200000.0])
        sheet.append(["b", 0.1 + 0.2, 2.5])

    assert read_spreadsheet(workbook(tmp_path, change), 3).rows[1:] == (("a", "14", "1200000"), ("b", "0.3", "2.5"))


def test_each_cell_that_is_not_text_is_a_finding(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet["B2"], sheet["C2"], sheet["B3"], sheet["C3"], sheet["B4"] = 1200000, date(2018, 8, 21), True, "#N/A", "=1+1"
        sheet["B2"].number_format = '#,##0"元"'

    path = workbook(tmp_path, change)
    findings = read_spreadsheet(path, 3).findings
    assert [(finding.code, finding.location and finding.location.line) for finding in findings] == [
        ("not-text", 2),
        ("not-text", 2),
        ("not-text", 3),
        ("not-text", 3),
        ("formula", 4),
    ]
    for detail in ("B2", "1200000", '#,##0"元"'):
        assert detail in findings[0].message
    assert all(finding.hint for finding in findings)


def test_a_cell_beyond_the_read_columns_is_ignored(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet["D2"] = "=1+1"

    assert read_spreadsheet(workbook(tmp_path, change), 3).rows == (("place", "", ""),)


def test_text_in_too_many_rows_is_refused(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet.cell(MAX_ROWS + 1, 2, "x")

    (finding,) = refused(workbook(tmp_path, change))
    assert finding.code == "too-large"
    assert "20,000" in finding.message


def test_a_row_far_down_is_refused_without_reading_others(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    parts = parts_of(write_spreadsheet("Texts", ROWS))
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(b'<row r="2">', b'<row r="4000000000">')
    path.write_bytes(write_package(parts))
    (finding,) = refused(path)
    assert finding.code == "too-large"


def test_rows_with_a_format_only_are_ignored(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet.cell(1_048_576, 2).number_format = "@"

    assert read_spreadsheet(workbook(tmp_path, change), 3).rows == (("place", "", ""),)


def test_a_sheet_with_a_wrong_size_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    parts = parts_of(write_spreadsheet("Texts", ROWS))
    name = "xl/worksheets/sheet1.xml"
    assert b'<dimension ref="A1:C5"/>' in parts[name]
    path.write_bytes(write_package(parts | {name: parts[name].replace(b"A1:C5", b"A1:A1")}))
    assert read_spreadsheet(path, 3).rows == tuple(ROWS)


def test_too_many_cells_are_refused_before_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    parts = parts_of(write_spreadsheet("Texts", ROWS))
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(b"</sheetData>", b"<row>" + b"<c/>" * (MAX_CELLS + 1) + b"</row></sheetData>")
    with zipfile.ZipFile(path, "w") as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
    (finding,) = refused(path)
    assert finding.code == "too-large"
    assert name in finding.message
    assert "500,000" in finding.message


@pytest.mark.parametrize(
    ("name", "change", "code"),
    [
        ("xl/workbook.xml", (b"<workbook ", b'<!DOCTYPE a [<!ENTITY b "c">]><workbook '), "hostile-file"),
        ("xl/workbook.xml", (b"<sheets>", b"<sheets><sheet/>"), "damaged-file"),
        ("xl/styles.xml", (b"</styleSheet>", b""), "bad-xml"),
        (
            "xl/_rels/workbook.xml.rels",
            (
                b"</Relationships>",
                b'<Relationship Id="x" Type="x/externalLinkPath" Target="x" TargetMode="External"/></Relationships>',
            ),
            "hostile-file",
        ),
    ],
)
def test_a_damaged_or_hostile_workbook_is_a_finding(name: str, change: tuple[bytes, bytes], code: str, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    parts = parts_of(write_spreadsheet("Texts", ROWS))
    assert change[0] in parts[name]
    path.write_bytes(write_package(parts | {name: parts[name].replace(*change)}))
    (finding,) = refused(path)
    assert finding.code == code
