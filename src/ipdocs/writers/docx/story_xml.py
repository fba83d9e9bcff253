"""Write the paragraphs and tables of a story as WordprocessingML elements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from ipdocs.files.ooxml.elements import border_element, element, properties, text, twips
from ipdocs.files.ooxml.names import qualified_name
from ipdocs.writers.docx.css_to_properties import SIDES
from ipdocs.writers.docx.story import Story, StoryCell, StoryParagraph, StoryRow, StoryTable, last_paragraph

_MIN_LINE_HEIGHT = 20
"""Twentieths of a point: the smallest height of the paragraph that Word requires after a table."""


def paragraph_element(paragraph: StoryParagraph) -> etree._Element:
    """Return a <w:p> with its style, direct formatting and content."""
    paragraph_properties = properties("pPr", {"pStyle": paragraph.style_id, **paragraph.direct})
    return element("p", *_as_list(paragraph_properties), *paragraph.content)


def story_elements(story: Story) -> Iterator[etree._Element]:
    """Yield the elements of a story in order.

    Word joins adjacent tables, and a body or cell may not end with a table. So a
    paragraph as high as the gap follows such a table. It holds a space, because
    LibreOffice drops an empty paragraph after a table in a cell together with the gap.
    """
    last_item: StoryParagraph | StoryTable | None = None
    for item in story.items:
        if isinstance(item, StoryParagraph):
            yield paragraph_element(item)
        else:
            if isinstance(last_item, StoryTable):
                yield _separator(item.space_before, last_item)
            yield _table_element(item)
        last_item = item
    if isinstance(last_item, StoryTable):
        yield _separator(story.trailing_gap, last_item)


def body_elements(story: Story, sections: list[etree._Element]) -> Iterator[etree._Element]:
    """Yield the elements of a body; section properties go into the last paragraph of a section, or to the end of the body."""
    starts = [start for start, _ in story.sections]
    ends = [*starts[1:], len(story.items)]
    for section, start, end in zip(sections, starts, ends, strict=True):
        section_elements = [*story_elements(Story(story.items[start:end]))]
        if end < len(story.items):
            last_element = section_elements[-1]
            paragraph_properties = last_element.find(qualified_name("pPr"))
            if paragraph_properties is None:
                paragraph_properties = element("pPr")
                last_element.insert(0, paragraph_properties)
            paragraph_properties.append(section)
        yield from section_elements
    yield sections[-1]


def _separator(height: float, table: StoryTable) -> etree._Element:
    """Return a paragraph that is `height` pixels high, in the language of the table above it."""
    spacing = {
        "spacing@before": "0",
        "spacing@after": "0",
        "spacing@line": str(max(_MIN_LINE_HEIGHT, twips(height))),
        "spacing@lineRule": "exact",
    }
    languages = {key: value for key, value in last_paragraph(table).format.run.items() if key.startswith("lang@")}
    run = element("r", *_as_list(properties("rPr", languages)), text(" "))
    return element("p", *_as_list(properties("pPr", spacing)), run)


def _as_list(child: etree._Element | None) -> list[etree._Element]:
    return [] if child is None else [child]


def _table_element(table: StoryTable) -> etree._Element:
    widths = [twips(width) for width in table.column_widths]
    shared_border = _shared_border(table)
    margins = _commonest_margins(table)
    position = element("jc", val="center") if table.is_centred else element("tblInd", w=str(twips(table.indent)), type="dxa")
    table_properties = element(
        "tblPr",
        element("tblW", w=str(sum(widths)), type="dxa"),
        position,
        *(
            [element("tblBorders", *(border_element(side, shared_border) for side in (*SIDES, "insideH", "insideV")))]
            if shared_border
            else []
        ),
        element("tblLayout", type="fixed"),
        element("tblCellMar", *_margin_elements(margins)),
        element("tblLook", val="0000", firstRow="1" if table.rows[0].is_header else "0"),
        *([element("tblCaption", val=table.title)] if table.title else []),
    )
    grid = element("tblGrid", *(element("gridCol", w=str(width)) for width in widths))
    rows = (_row_element(row, widths, margins, has_own_borders=not shared_border) for row in table.rows)
    return element("tbl", table_properties, grid, *rows)


def _row_element(row: StoryRow, widths: list[int], table_margins: dict[str, int], *, has_own_borders: bool) -> etree._Element:
    flags = [element(tag) for tag, is_set in (("cantSplit", row.keep_together), ("tblHeader", row.is_header)) if is_set]
    cells: list[etree._Element] = []
    column = 0
    for cell in row.cells:
        cells.append(
            _cell_element(cell, sum(widths[column : column + cell.column_span]), table_margins, has_own_borders=has_own_borders)
        )
        column += cell.column_span
    return element("tr", *([element("trPr", *flags)] if flags else []), *cells)


def _cell_element(cell: StoryCell, width: int, table_margins: dict[str, int], *, has_own_borders: bool) -> etree._Element:
    cell_properties = [element("tcW", w=str(width), type="dxa")]
    if cell.column_span > 1:
        cell_properties.append(element("gridSpan", val=str(cell.column_span)))
    if cell.is_continuation or cell.row_span > 1:
        cell_properties.append(element("vMerge", **({} if cell.is_continuation else {"val": "restart"})))
    if has_own_borders and any(border != "nil" for border in cell.borders.values()):
        cell_properties.append(element("tcBorders", *(border_element(side, cell.borders[side]) for side in SIDES)))
    if cell.background:
        cell_properties.append(element("shd", val="clear", color="auto", fill=cell.background))
    if cell.margins != table_margins:
        cell_properties.append(element("tcMar", *_margin_elements(cell.margins)))
    if cell.align != "top":
        cell_properties.append(element("vAlign", val=cell.align))
    return element("tc", element("tcPr", *cell_properties), *story_elements(cell.story))


def _margin_elements(margins: dict[str, int]) -> list[etree._Element]:
    return [element(side, w=str(margins[side]), type="dxa") for side in SIDES]


def _shared_border(table: StoryTable) -> str | None:
    """Return the border that all cells have on all sides, or None."""
    borders = {border for cell in table.cells() for border in cell.borders.values()}
    return borders.pop() if len(borders) == 1 and borders != {"nil"} else None


def _commonest_margins(table: StoryTable) -> dict[str, int]:
    counts = Counter(tuple(cell.margins.items()) for cell in table.cells())
    return dict(counts.most_common(1)[0][0])
