"""Tables for translators in Word files and spreadsheets, as they come back: notes, comments, line breaks, content controls."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document
from docx.oxml import parse_xml
from openpyxl.comments import Comment

from ipdocs.source.open import open_source
from ipdocs.source.segment import Ref
from ipdocs.translation.export import export_translations
from ipdocs.translation.formats import docx, xlsx
from ipdocs.translation.formats.code_notation import added_lines
from ipdocs.translation.job import ReturnedFile, ReturnedUnit

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def workbook(small: Path, change: Callable[[Any], None]) -> ReturnedFile:
    """Return what is read from an exported spreadsheet that openpyxl has changed."""
    path = small.with_suffix(".xlsx")
    path.write_bytes(export_translations(open_source(small, draft=True), "tc", "xlsx"))
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return xlsx.read(path)


def word(small: Path, change: Callable[[Any], None]) -> ReturnedFile:
    """Return what is read from an exported Word file that python-docx has changed."""
    path = small.with_suffix(".docx")
    path.write_bytes(export_translations(open_source(small, draft=True), "tc", "docx"))
    document = Document(str(path))
    change(document)
    document.save(str(path))
    return docx.read(path)


def unit(returned: ReturnedFile, name: str) -> ReturnedUnit:
    return next(unit for unit in returned.units if unit.name == name)


def row_of(sheet: Any, name: str) -> int:
    return next(row for row in range(1, 99) if sheet.cell(row, 1).value == name)


def test_an_unchanged_table_has_no_notes(small: Path) -> None:
    for returned in (workbook(small, lambda book: None), word(small, lambda document: None)):
        assert returned.notes == ()
        assert all(unit.notes == () for unit in returned.units)
        assert {unit.name for unit in returned.units} >= {"title", "lead.paragraph"}


def test_notes_and_comments_of_a_spreadsheet_are_read(small: Path) -> None:
    def change(book: Any) -> None:
        sheet = book.active
        title = row_of(sheet, "title")
        note = sheet.cell(title, 4)
        note.value = f"{note.value or ''}\nIs this the final title?"
        sheet.cell(title, 3).comment = Comment("Shorter?", "A translator")
        sheet.cell(title, 6).value = "Seen by the editor"
        book.create_sheet("Questions")["A2"] = "When is this due?"

    returned = workbook(small, change)
    assert unit(returned, "title").notes == ("Is this the final title?", "Shorter?")
    assert [note.text for note in returned.notes] == ["Seen by the editor", "Questions: When is this due?"]


def test_a_line_break_in_a_cell_is_no_space_in_chinese(small: Path) -> None:
    def change(book: Any) -> None:
        sheet = book.active
        sheet.cell(row_of(sheet, "title"), 3).value = "公開講座\n順利舉行"

    assert unit(workbook(small, change), "title").target == ("公開講座順利舉行",)


def test_a_cell_with_a_formatted_number_concerns_its_text_alone(small: Path) -> None:
    def change(book: Any) -> None:
        sheet = book.active
        cell = sheet.cell(row_of(sheet, "title"), 3)
        cell.value, cell.number_format = 1200000, '#,##0"元"'

    returned = workbook(small, change)
    assert [finding.code for finding in returned.findings] == ["not-text"]
    assert returned.unreadable == ("title",)
    assert "title" not in {unit.name for unit in returned.units}
    assert unit(returned, "lead.paragraph").target is not None


def test_a_number_that_is_displayed_with_commas_is_read_so(small: Path) -> None:
    def change(book: Any) -> None:
        sheet = book.active
        cell = sheet.cell(row_of(sheet, "title"), 3)
        cell.value, cell.number_format = 1200000, "#,##0"

    assert unit(workbook(small, change), "title").target == ("1,200,000",)


@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_words_inside_a_code_are_kept_for_comparison(form: str, small: Path) -> None:
    def change_cells(cells: list[Any]) -> None:
        for cell in cells:
            text = cell.value if form == "xlsx" else cell.text
            if text and "‹" in str(text) and "140" in str(text):
                new = str(text).replace("140", "150")
                if form == "xlsx":
                    cell.value = new
                else:
                    cell.text = new

    if form == "xlsx":
        returned = workbook(small, lambda book: change_cells([row[2] for row in book.active.iter_rows()]))
    else:
        returned = word(small, lambda document: change_cells([row.cells[2] for row in document.tables[0].rows]))
    displays = [part.display for part in unit(returned, "lead.paragraph").target or () if isinstance(part, Ref)]
    assert "150" in displays


def test_comments_and_words_around_a_word_table_are_read(small: Path) -> None:
    def change(document: Any) -> None:
        row = next(row for row in document.tables[0].rows if row.cells[0].text.startswith("title"))
        document.add_comment(row.cells[2].paragraphs[0].runs, text="Shorter?", author="A", initials="A")
        row.cells[0].add_paragraph("Is this the final title?")
        document.add_paragraph("With kind regards")

    returned = word(small, change)
    assert unit(returned, "title").notes == ("Is this the final title?", "Shorter?")
    assert [note.text for note in returned.notes] == ["With kind regards"]


@pytest.mark.parametrize("name", ["tr", "tc"])
def test_rows_and_cells_in_content_controls_are_read(name: str, small: Path) -> None:
    def change(document: Any) -> None:
        row = next(row for row in document.tables[0].rows if row.cells[0].text.startswith("title"))
        element = row._tr if name == "tr" else row._tr.tc_lst[2]
        control = parse_xml(f'<w:sdt xmlns:w="{W}"><w:sdtContent/></w:sdt>')
        element.addprevious(control)
        control[0].append(element)

    assert unit(word(small, change), "title").target == ("講座舉行",)


def test_a_deleted_row_is_not_read(small: Path) -> None:
    def change(document: Any) -> None:
        row = next(row for row in document.tables[0].rows if row.cells[0].text.startswith("title"))
        row._tr.get_or_add_trPr().append(parse_xml(f'<w:del xmlns:w="{W}" w:id="1" w:author="A"/>'))

    assert "title" not in {unit.name for unit in word(small, change).units}


def fill_title(document: Any) -> Any:
    """Write another translation of the title, and return its row."""
    row = next(row for row in document.tables[0].rows if row.cells[0].text.startswith("title"))
    row.cells[2].text = "座談會舉行"
    return row


@pytest.mark.parametrize("kind", ["headings last", "table before", "table in two", "line above"])
def test_a_rearranged_word_table_is_read(kind: str, small: Path) -> None:
    def change(document: Any) -> None:
        fill_title(document)
        table = document.tables[0]._tbl
        if kind == "headings last":
            table.append(table.tr_lst[0])
        elif kind == "line above":
            table.tr_lst[0].addprevious(copy.deepcopy(table.tr_lst[0]))
            for cell, text in zip(document.tables[0].rows[0].cells, ("譯稿", "", ""), strict=True):
                cell.text = text
        elif kind == "table before":
            other = document.add_table(1, 2)
            other.cell(0, 0).text = "first draft"
            table.addprevious(other._tbl)
        else:
            second = copy.deepcopy(table)
            for row in table.tr_lst[2:]:
                table.remove(row)
            for row in second.tr_lst[:2]:
                second.remove(row)
            table.addnext(second)
            second.addprevious(parse_xml(f'<w:p xmlns:w="{W}"/>'))

    returned = word(small, change)
    assert unit(returned, "title").target == ("座談會舉行",)
    notes = {"table before": ["first draft"], "line above": ["譯稿"]}
    assert [note.text for note in returned.notes] == notes.get(kind, [])
    assert {unit.name for unit in returned.units} == {unit.name for unit in word(small, lambda document: None).units}


def test_texts_of_merged_cells_are_not_read(small: Path) -> None:
    def change(document: Any) -> None:
        rows = document.tables[0].rows
        rows[2].cells[2].merge(rows[3].cells[2])
        rows[1].cells[1].merge(rows[1].cells[2])

    names = [unit.name for unit in word(small, lambda document: None).units]
    returned = word(small, change)
    assert list(returned.unreadable) == names[:3]
    assert [unit.name for unit in returned.units] == names[3:]


def test_words_beside_a_word_table_are_notes(small: Path) -> None:
    def change(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "Translated by A"
        row = document.tables[0].add_row()
        row.cells[1].text = "One question more"
        box = (
            f'<w:r xmlns:w="{W}"><w:pict><w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>'
        )
        fill_title(document).cells[2].paragraphs[0]._p.append(parse_xml(box))

    returned = word(small, change)
    assert unit(returned, "title").target == ("座談會舉行",)
    assert {note.text for note in returned.notes} == {"Translated by A", "One question more", "In a box"}


def test_a_reply_without_an_anchor_is_read(small: Path) -> None:
    def change(document: Any) -> None:
        runs = document.paragraphs[0].runs
        document.add_comment(runs, text="Shorter?", author="A", initials="A")
        document.add_comment(runs, text="No.", author="B", initials="B")
        for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
            anchors = list(document.element.body.iter(f"{{{W}}}{tag}"))
            anchors[-1 if tag != "commentRangeStart" else 0].getparent().remove(anchors[-1 if tag != "commentRangeStart" else 0])

    assert {note.text for note in word(small, change).notes} == {"Shorter?", "No."}


@pytest.mark.parametrize("kind", ["sheet before", "row above", "sorted"])
def test_a_rearranged_spreadsheet_is_read(kind: str, small: Path) -> None:
    def change(book: Any) -> None:
        sheet = book.active
        sheet.cell(row_of(sheet, "title"), 3).value = "座談會舉行"
        if kind == "sheet before":
            book.create_sheet("Cover", 0)["A1"] = "Please return by Friday"
        elif kind == "row above":
            sheet.insert_rows(1)
            sheet["A1"] = "Please return by Friday"
        else:
            rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
            for number, row in enumerate(sorted(rows, key=lambda row: str(row[0])), 1):
                for column, value in enumerate(row, 1):
                    sheet.cell(number, column).value = value

    returned = workbook(small, change)
    assert unit(returned, "title").target == ("座談會舉行",)
    remarks = {"sheet before": ["Cover: Please return by Friday"], "row above": ["Please return by Friday"]}
    assert [note.text for note in returned.notes] == remarks.get(kind, [])


def test_codes_may_have_full_width_digits_and_spaces(small: Path) -> None:
    def change(book: Any) -> None:
        cell = book.active.cell(row_of(book.active, "lead.paragraph"), 3)
        cell.value = cell.value.replace("‹1", "‹ １").replace("‹/1›", "‹／１›")

    before, after = (unit(workbook(small, do), "lead.paragraph").target for do in (lambda book: None, change))
    assert before is not None
    assert after == before


def test_an_answer_after_the_note_of_a_match_is_a_note() -> None:
    match = "98 % r a.b: “Held.” = “舉行。”"
    assert added_lines(f"to be translated\n{match}") == []
    assert added_lines(f"{match} used as it is") == [f"{match} used as it is"]
