"""Word files for reviewers without a translation tool; in returned files, tracked changes count as accepted."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipdocs.files.ooxml.names import MAIN_PART, qualified_name
from ipdocs.files.ooxml.package import Package, open_package
from ipdocs.files.ooxml.text import paragraph_text
from ipdocs.files.reading import read_bytes, unusable_file
from ipdocs.translation.formats.code_notation import INSTRUCTIONS, column_headings, unit_note, write_codes
from ipdocs.translation.formats.review_table import read_rows
from ipdocs.translation.job import FileNote, ReturnedFile, TranslationJob

if TYPE_CHECKING:
    from lxml.etree import _Element

_WIDTHS = (2.6, 6.9, 6.9)
"""The widths of the columns in centimetres."""


def write(job: TranslationJob) -> bytes:
    """Return the texts of a job as a Word file that contains a table with the columns place, source and target."""
    from docx import Document
    from docx.shared import Cm, Pt

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)
    document.core_properties.identifier = job.document
    document.core_properties.title = f"{job.document}: {job.source_tag} – {job.target_tag}"
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.add_paragraph(INSTRUCTIONS)
    table = document.add_table(rows=0, cols=3, style="Table Grid")
    table.autofit = False
    for cells in (column_headings(job)[:3], *((unit.name, *write_codes(unit)) for unit in job.units)):
        row = table.add_row()
        for cell, text, width in zip(row.cells, cells, _WIDTHS, strict=True):
            cell.width = Cm(width)
            cell.text = text
    for index, row in enumerate(table.rows):
        _format_row(row, job, Pt(10), bold=index == 0)
    for unit, row in zip(job.units, table.rows[1:], strict=True):
        for line in unit_note(unit).splitlines():
            row.cells[0].add_paragraph(line).runs[0].font.size = Pt(8)
    output = BytesIO()
    document.save(output)
    return output.getvalue()


def _format_row(row: Any, job: TranslationJob, size: Any, *, bold: bool) -> None:
    """Set the font size of a row, and the language in which Word checks the spelling of each cell."""
    for cell, tag in zip(row.cells, ("en", job.source_tag, job.target_tag), strict=True):
        for run in cell.paragraphs[0].runs:
            run.font.size, run.font.bold = size, bold
            properties = run._r.get_or_add_rPr()
            chinese = tag.startswith("zh")
            word_tag = ("zh-HK" if "Hant" in tag or "HK" in tag else "zh-CN") if chinese else tag
            language = properties.makeelement(
                qualified_name("lang"), {qualified_name("eastAsia" if chinese else "val"): word_tag}
            )
            properties.append(language)
    if bold:
        properties = row._tr.get_or_add_trPr()
        properties.append(properties.makeelement(qualified_name("tblHeader"), {}))


def read(path: Path) -> ReturnedFile:
    """Return the texts of the table in a Word file; comments and words outside the table are notes.

    Raises:
        IpdocsError: the file is unsafe, or has no table that ipdocs exported.
    """
    package = open_package(read_bytes(path), path)
    root = package.root(MAIN_PART)
    table = next(root.iter(qualified_name("tbl")), None) if root is not None else None
    if root is None or table is None:
        raise unusable_file("bad-table", "this Word file has no table", path, "export it again with --format docx")
    core = package.root("docProps/core.xml")
    document = core.findtext(qualified_name("dc:identifier"), "") if core is not None else ""
    rows: dict[int, list[str]] = {}
    row_numbers: dict[_Element, int] = {}
    for number, row in enumerate(_inner(table, "tr", "tbl"), 1):
        row_numbers[row] = number
        if row.find(f"{qualified_name('trPr')}/{qualified_name('del')}") is None:
            cells = [_cell_text(cell) for cell in _inner(row, "tc", "tr")]
            name, _, exported_note = cells[0].partition("\n") if cells else ("", "", "")
            rows[number] = [name, *cells[1:3], *[""] * (3 - len(cells)), "\n".join([exported_note, *cells[3:]])]
    outside = [paragraph for paragraph in root.iter(qualified_name("p")) if table not in set(paragraph.iterancestors())]
    notes = [FileNote(text) for paragraph in outside if (text := paragraph_text(paragraph).strip()) and text != INSTRUCTIONS]
    return read_rows(rows, document, path, comments=_comments(package, root, row_numbers), notes=notes)


def _inner(element: _Element, name: str, parent: str) -> Iterator[_Element]:
    """Yield the rows of a table or the cells of a row, also those in content controls, but not those of inner tables."""
    return (
        inner
        for inner in element.iter(qualified_name(name))
        if next(inner.iterancestors(qualified_name(parent)), None) is element
    )


def _cell_text(cell: _Element) -> str:
    """Return the paragraphs of a cell, a line each."""
    return "\n".join(filter(None, (paragraph_text(paragraph).strip() for paragraph in cell.iter(qualified_name("p")))))


def _comments(package: Package, root: _Element, row_numbers: dict[_Element, int]) -> dict[int, list[str]]:
    """Return the texts of the comments, keyed by the number of the row; comments outside the table have the number 0."""
    comments: dict[int, list[str]] = {}
    part = package.root(package.related_part("comments", MAIN_PART) or "")
    texts = {comment.get(qualified_name("id"), ""): comment for comment in part} if part is not None else {}
    for anchor in root.iter(qualified_name("commentRangeStart"), qualified_name("commentReference")):
        comment = texts.pop(anchor.get(qualified_name("id"), ""), None)
        if comment is not None:
            row = next((row_numbers[row] for row in anchor.iterancestors(qualified_name("tr")) if row in row_numbers), 0)
            comments.setdefault(row, []).append(" ".join(_cell_text(comment).split()))
    return comments
