"""Tables of web pages, with merged cells; tables that only arrange a page are read cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ipdocs.importing.formatting import with_tidy_formatting
from ipdocs.importing.language_split import is_side_by_side
from ipdocs.importing.paragraph import ImportedParagraph
from ipdocs.importing.readers.web.inline import inline_parts
from ipdocs.importing.readers.web.page import WebPage
from ipdocs.importing.table_grid import TableCell, table_grid
from ipdocs.source.segment import Segment

if TYPE_CHECKING:
    from lxml.etree import _Element

_SECTIONS = ("thead", "tbody", "tfoot")


def add_table(
    element: _Element,
    page: WebPage,
    collect: Callable[[_Element], list[ImportedParagraph]],
    join: Callable[[list[ImportedParagraph]], Segment],
    walk: Callable[[_Element], None],
) -> None:
    """Add a table with its caption, or the contents of its cells if the table only arranges a page.

    Args:
        element: the table.
        page: the page.
        collect: returns the paragraphs in a cell.
        join: returns paragraphs as one text.
        walk: adds the paragraphs in a cell to the page.
    """
    caption, loose, rows = _parts(element, page)
    cells = [[cell for cell in row if cell.tag in ("td", "th")] for row in rows]
    width = max(map(len, cells), default=0)
    is_bilingual = is_side_by_side([["".join(map(str, cell.itertext())) for cell in row] for row in cells])
    caption_text = join(collect(caption)) if caption is not None else ()
    page.paragraphs += loose
    if width < 2 or is_bilingual or any(_has_table(cell) for row in cells for cell in row):
        if caption_text:
            page.paragraphs.append(ImportedParagraph("caption", caption_text, element.sourceline or 0))
        by_column = [row[column] for column in range(width) for row in cells if column < len(row)]
        by_row = [cell for row in cells for cell in row]
        for cell in by_column if is_bilingual else by_row:
            if not page.leaves_out(cell):
                walk(cell)
        return
    pictures: list[ImportedParagraph] = []
    table_rows: list[list[TableCell]] = []
    for row_number, row in enumerate(cells):
        table_cells: list[TableCell] = []
        for cell in row:
            if page.leaves_out(cell):
                continue
            content = collect(cell)
            pictures += [paragraph for paragraph in content if paragraph.kind == "figure"]
            height = _span(cell, "rowspan")
            rows_left = _rows_left(rows, row_number)
            table_cells.append(TableCell(join(content), _span(cell, "colspan"), min(height, rows_left) if height else rows_left))
        table_rows.append(table_cells)
    grid = table_grid(table_rows)
    has_header = bool(rows) and (_section(rows[0]) == "thead" or (bool(cells[0]) and all(cell.tag == "th" for cell in cells[0])))
    line = element.sourceline or 0
    page.paragraphs.append(
        ImportedParagraph("table", caption_text, line, rows=grid.rows, merged=grid.merged, has_header=has_header)
    )
    page.paragraphs += pictures


def _parts(element: _Element, page: WebPage) -> tuple[_Element | None, list[ImportedParagraph], list[_Element]]:
    """Return the caption, the content that is in no cell, and the rows of a table in the order in which they are shown."""
    caption: _Element | None = None
    loose: list[ImportedParagraph] = []
    rows: dict[str, list[_Element]] = {"thead": [], "tbody": [], "tfoot": []}

    def add_loose(parts: Sequence[object], line: int) -> None:
        figures, page.figures = page.figures, []
        if content := with_tidy_formatting(parts):  # type: ignore[arg-type]
            loose.append(ImportedParagraph("paragraph", content, line))
        loose.extend(figures)

    def read(parent: _Element) -> None:
        nonlocal caption
        add_loose([page.text(parent, "text")], parent.sourceline or 0)
        for child in parent:
            line = child.sourceline or 0
            if child.tag == "caption" and caption is None and not page.leaves_out(child):
                caption = child
            elif child.tag in _SECTIONS and parent is element and not page.leaves_out(child):
                read(child)
            elif child.tag == "tr" and parent.tag != "tr" and not page.leaves_out(child):
                rows[_section(child)].append(child)
                read(child)
            elif parent.tag != "tr" or child.tag not in ("td", "th"):
                add_loose(list(inline_parts(child, page)), line)
            add_loose([page.text(child, "tail")], line)

    read(element)
    return caption, loose, [*rows["thead"], *rows["tbody"], *rows["tfoot"]]


def _section(row: _Element) -> str:
    parent = row.getparent()
    return str(parent.tag) if parent is not None and parent.tag in _SECTIONS else "tbody"


def _rows_left(rows: Sequence[_Element], number: int) -> int:
    """Return the number of rows from a row to the end of its section, which cells cannot leave."""
    parent = rows[number].getparent()
    return sum(row.getparent() is parent for row in rows[number:])


def _span(cell: _Element, name: str) -> int:
    """Return the number of columns or rows that a cell spans; 0 rows are all that follow."""
    text = cell.get(name, "1").strip()
    return min(int(text), 10_000) if text.isascii() and text.isdigit() and len(text) < 9 else 1


def _has_table(cell: _Element) -> bool:
    return next(cell.iter("table"), None) is not None
