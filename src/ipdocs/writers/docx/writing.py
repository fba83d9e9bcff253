"""Paragraphs and tables that know their styles in, their elements out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from ipdocs.files.ooxml.elements import border_element, element, properties, text, twips
from ipdocs.files.ooxml.names import qualified_name
from ipdocs.writers.docx.css_to_properties import SIDES
from ipdocs.writers.docx.story import Cell, Grid, Paragraph, Row, Story, closing

_THIN = 20
"""Twentieths of a point: the least height of the paragraph that Word wants behind a table."""


def paragraph_element(paragraph: Paragraph) -> etree._Element:
    """Return a <w:p>: its style's name, what is said on it alone, its content."""
    said = properties("pPr", {"pStyle": paragraph.style, **paragraph.direct})
    return element("p", *_some(said), *paragraph.content)


def elements(story: Story) -> Iterator[etree._Element]:
    """Yield the elements of a story in order.

    Word joins tables that touch, and a body or cell may not end with one: a
    paragraph as high as the gap stands there. It holds a space, since
    LibreOffice drops an empty one behind a table in a cell, and the gap with it.
    """
    last: Paragraph | Grid | None = None
    for item in story.items:
        if isinstance(item, Paragraph):
            yield paragraph_element(item)
        else:
            if isinstance(last, Grid):
                yield _separator(item.before, last)
            yield _table(item)
        last = item
    if isinstance(last, Grid):
        yield _separator(story.tail, last)


def sectioned(story: Story, sections: list[etree._Element]) -> Iterator[etree._Element]:
    """Yield the elements of a body: each section but the last ends with a paragraph that holds its properties."""
    starts = [start for start, _ in story.sections]
    for at, (start, end) in enumerate(zip(starts, [*starts[1:], len(story.items)], strict=True)):
        made = [*elements(Story(story.items[start:end]))]
        if end < len(story.items):
            about = made[-1].find(qualified_name("pPr"))
            if about is None:
                about = element("pPr")
                made[-1].insert(0, about)
            about.append(sections[at])
        yield from made
    yield sections[-1]


def _separator(height: float, above: Grid) -> etree._Element:
    said = {
        "spacing@before": "0",
        "spacing@after": "0",
        "spacing@line": str(max(_THIN, twips(height))),
        "spacing@lineRule": "exact",
    }
    languages = {key: value for key, value in closing(above).look.run.items() if key.startswith("lang@")}
    return element("p", *_some(properties("pPr", said)), element("r", *_some(properties("rPr", languages)), text(" ")))


def _some(made: etree._Element | None) -> list[etree._Element]:
    return [] if made is None else [made]


def _table(grid: Grid) -> etree._Element:
    widths = [twips(width) for width in grid.widths]
    shared = _shared_border(grid)
    margins = _commonest(tuple(cell.margins.items()) for cell in grid.cells())
    position = element("jc", val="center") if grid.centred else element("tblInd", w=str(twips(grid.indent)), type="dxa")
    about = element(
        "tblPr",
        element("tblW", w=str(sum(widths)), type="dxa"),
        position,
        *([element("tblBorders", *(border_element(side, shared) for side in (*SIDES, "insideH", "insideV")))] if shared else []),
        element("tblLayout", type="fixed"),
        element("tblCellMar", *_margins(dict(margins))),
        element("tblLook", val="0000", firstRow="1" if grid.rows[0].head else "0"),
        *([element("tblCaption", val=grid.title)] if grid.title else []),
    )
    columns = element("tblGrid", *(element("gridCol", w=str(width)) for width in widths))
    rows = (_row(row, widths, dict(margins), bordered=not shared) for row in grid.rows)
    return element("tbl", about, columns, *rows)


def _row(row: Row, widths: list[int], margins: dict[str, int], *, bordered: bool) -> etree._Element:
    marks = [element(mark) for mark, on in (("cantSplit", row.whole), ("tblHeader", row.head)) if on]
    cells: list[etree._Element] = []
    at = 0
    for cell in row.cells:
        cells.append(_cell(cell, sum(widths[at : at + cell.columns]), margins, bordered=bordered))
        at += cell.columns
    return element("tr", *([element("trPr", *marks)] if marks else []), *cells)


def _cell(cell: Cell, width: int, margins: dict[str, int], *, bordered: bool) -> etree._Element:
    about = [element("tcW", w=str(width), type="dxa")]
    if cell.columns > 1:
        about.append(element("gridSpan", val=str(cell.columns)))
    if cell.above or cell.rows > 1:
        about.append(element("vMerge", **({} if cell.above else {"val": "restart"})))
    if bordered and any(border != "nil" for border in cell.borders.values()):
        about.append(element("tcBorders", *(border_element(side, cell.borders[side]) for side in SIDES)))
    if cell.fill:
        about.append(element("shd", val="clear", color="auto", fill=cell.fill))
    if cell.margins != margins:
        about.append(element("tcMar", *_margins(cell.margins)))
    if cell.align != "top":
        about.append(element("vAlign", val=cell.align))
    return element("tc", element("tcPr", *about), *elements(cell.story))


def _margins(margins: dict[str, int]) -> list[etree._Element]:
    return [element(side, w=str(margins[side]), type="dxa") for side in SIDES]


def _shared_border(grid: Grid) -> str | None:
    """Return the one border that all cells have on all sides, or None."""
    found = {border for cell in grid.cells() for border in cell.borders.values()}
    return next(iter(found)) if len(found) == 1 and found != {"nil"} else None


def _commonest(margins: Iterator[tuple[tuple[str, int], ...]]) -> tuple[tuple[str, int], ...]:
    return Counter(margins).most_common(1)[0][0]
