"""Word files for reviewers without a translation tool; in returned files, tracked changes count as accepted."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipdocs.files.ooxml.names import MAIN_PART, qualified_name
from ipdocs.files.ooxml.package import open_package
from ipdocs.files.ooxml.text import paragraph_text
from ipdocs.files.reading import read_bytes, unusable_file
from ipdocs.translation.formats.code_notation import INSTRUCTIONS, column_headings, unit_note, write_codes
from ipdocs.translation.formats.review_table import read_rows
from ipdocs.translation.job import ReturnedFile, TranslationJob

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
        if note := unit_note(unit):
            row.cells[0].add_paragraph(note).runs[0].font.size = Pt(8)
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
    """Return the texts of the table in a Word file.

    Raises:
        IpdocsError: the file is unsafe, or has no table that ipdocs exported.
    """
    package = open_package(read_bytes(path), path)
    root = package.root(MAIN_PART)
    table = next(root.iter(qualified_name("tbl")), None) if root is not None else None
    if table is None:
        raise unusable_file("bad-table", "this Word file has no table", path, "export it again with --format docx")
    core = package.root("docProps/core.xml")
    document = core.findtext(qualified_name("dc:identifier"), "") if core is not None else ""
    return read_rows(
        [
            [_cell_text(cell) for cell in row.iterchildren(qualified_name("tc"))]
            for row in table.iterchildren(qualified_name("tr"))
        ],
        document,
        path,
    )


def _cell_text(cell: _Element) -> str:
    """Return the paragraphs of a cell as one text, without the notes that follow the name in the first column."""
    paragraphs = [paragraph_text(paragraph).strip() for paragraph in cell.iter(qualified_name("p"))]
    in_first_column = cell.getprevious() is None or cell.getprevious().tag == qualified_name("trPr")  # type: ignore[union-attr]
    return paragraphs[0] if paragraphs and in_first_column else " ".join(filter(None, paragraphs))
