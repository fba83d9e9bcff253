"""Word files for reviewers without a translation tool; in returned files, tracked changes count as accepted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipdocs.files.ooxml.names import MAIN_PART, qualified_name
from ipdocs.files.ooxml.package import Package, open_package
from ipdocs.files.ooxml.text import STRIKE_HINT, child_value, paragraph_text, parse_whole_number, text_with_property
from ipdocs.files.reading import read_bytes, unusable_file
from ipdocs.findings import Finding, Location
from ipdocs.translation.formats.code_notation import INSTRUCTIONS, column_headings, unit_note, write_codes
from ipdocs.translation.formats.review_table import is_heading, is_name, read_rows
from ipdocs.translation.job import FileNote, ReturnedFile, TranslationJob

if TYPE_CHECKING:
    from lxml.etree import _Element

_WIDTHS = (2.6, 6.9, 6.9)
"""The widths of the columns in centimetres."""

_OTHER_TEXTS = ("header", "footer", "footnotes", "endnotes")
"""The kinds of parts with text outside the document's body."""


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
    tables = list(_tables(root)) if root is not None else []
    if root is None or not tables:
        raise unusable_file("bad-table", "this Word file has no table", path, "export it again with --format docx")
    core = package.root("docProps/core.xml")
    document = core.findtext(qualified_name("dc:identifier"), "") if core is not None else ""
    rows: dict[int, list[str]] = {}
    row_numbers: dict[_Element, int] = {}
    findings: list[Finding] = []
    unreadable: list[str] = []
    for number, row in enumerate((row for table in tables for row in _inner(table, "tr", "tbl")), 1):
        row_numbers[row] = number
        if row.find(f"{qualified_name('trPr')}/{qualified_name('del')}") is not None:
            continue
        cells = list(_inner(row, "tc", "tr"))
        texts = [_cell_text(cell) for cell in cells]
        name, _, exported_note = texts[0].partition("\n") if texts else ("", "", "")
        if any(map(_is_merged, cells[:3])) and name:
            findings.append(_merged_finding(name, path, number))
            unreadable.append(name)
        else:
            rows[number] = [name, *texts[1:3], *[""] * (3 - len(texts)), "\n".join([exported_note, *texts[3:]])]
        findings += (finding for cell in cells[:3] for finding in _lost_format_findings(cell, name, path, number))
    notes = [FileNote(text) for text in _texts_outside(package, root, tables) if text != INSTRUCTIONS]
    returned = read_rows(rows, document, path, comments=_comments(package, root, row_numbers), notes=notes)
    return replace(returned, findings=tuple(findings), unreadable=tuple(unreadable))


def is_table(path: Path) -> bool:
    """Whether a Word file has a table that was exported for a translator: its headings, or names of texts in a first column."""
    root = open_package(read_bytes(path), path).root(MAIN_PART)
    rows = root.iter(qualified_name("tr")) if root is not None else ()
    texts = ([_cell_text(cell) for cell in _inner(row, "tc", "tr")] for row in rows)
    return any(is_heading(row) or is_name(row[0].partition("\n")[0]) for row in texts if len(row) > 2)


def _tables(root: _Element) -> Iterator[_Element]:
    """Yield the exported table, and the tables after it that continue it because a person split it.

    If no table has the headings of an exported table, the first table is yielded.
    """
    tables = [
        table for table in root.iter(qualified_name("tbl")) if next(table.iterancestors(qualified_name("tbl")), None) is None
    ]
    texts = {
        table: [[_cell_text(cell) for cell in _inner(row, "tc", "tr")] for row in _inner(table, "tr", "tbl")] for table in tables
    }
    first = next((table for table in tables if any(map(is_heading, texts[table]))), None)
    yield from tables[:1] if first is None else ()
    for table in tables[tables.index(first) :] if first is not None else ():
        if table is first or any(len(row) > 2 and is_name(row[0].partition("\n")[0]) for row in texts[table]):
            yield table


def _is_merged(cell: _Element) -> bool:
    """Whether a cell is merged with a cell beside or below it."""
    properties = cell.find(qualified_name("tcPr"))
    span = parse_whole_number(child_value(properties, "gridSpan")) or 1
    return properties is not None and (span > 1 or properties.find(qualified_name("vMerge")) is not None)


def _merged_finding(name: str, path: Path, row: int) -> Finding:
    message = f"the row of '{name:.80}' has merged cells"
    return Finding("merged-cells", message, Location(path, row), "split the cells, and write each translation in its own row")


def _lost_format_findings(cell: _Element, name: str, path: Path, row: int) -> Iterator[Finding]:
    """Yield a warning if a cell has words that were struck out by formatting, or pictures."""
    if words := text_with_property(cell, "strike", "dstrike"):
        yield Finding(
            "struck-out",
            f"“{words:.80}” is struck out in '{name:.80}', and is imported",
            Location(path, row),
            STRIKE_HINT,
            "warning",
        )
    if next(cell.iter(qualified_name("a:blip"), qualified_name("v:imagedata")), None) is not None:
        message = f"a picture in the row of '{name:.80}' is not imported"
        yield Finding("picture-not-imported", message, Location(path, row), "add it to the source as a `figure`", "warning")


def _texts_outside(package: Package, root: _Element, tables: Sequence[_Element]) -> Iterator[str]:
    """Yield the paragraphs outside the table: before and after it, in text boxes, notes, headers and footers."""
    parts = {relationship.part for relationship in package.relationships() if relationship.kind in _OTHER_TEXTS}
    others = (package.root(name) for name in package.parts if name.lower() in parts)
    for part in (root, *(other for other in others if other is not None)):
        for paragraph in part.iter(qualified_name("p")):
            ancestors = set(paragraph.iterancestors())
            if any(table in ancestors for table in tables) and not _is_in_text_box(paragraph):
                continue
            if text := paragraph_text(paragraph).strip():
                yield text


def _is_in_text_box(paragraph: _Element) -> bool:
    """Whether a paragraph is in a text box, but not in the second form of the box that older programs read."""
    in_fallback = next(paragraph.iterancestors(qualified_name("mc:Fallback")), None) is not None
    return not in_fallback and next(paragraph.iterancestors(qualified_name("txbxContent")), None) is not None


def _inner(element: _Element, name: str, parent: str) -> Iterator[_Element]:
    """Yield the rows of a table or the cells of a row, also those in content controls, but not those of inner tables."""
    return (
        inner
        for inner in element.iter(qualified_name(name))
        if next(inner.iterancestors(qualified_name(parent)), None) is element
    )


def _cell_text(cell: _Element) -> str:
    """Return the paragraphs of a cell, a line each."""
    paragraphs = (p for p in cell.iter(qualified_name("p")) if next(p.iterancestors(qualified_name("txbxContent")), None) is None)
    return "\n".join(filter(None, (paragraph_text(paragraph).strip() for paragraph in paragraphs)))


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
    for comment in texts.values():  # some programs write no anchor for a reply
        comments.setdefault(0, []).append(" ".join(_cell_text(comment).split()))
    return comments
