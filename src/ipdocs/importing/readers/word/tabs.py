"""Tables that an author has made with tabs: consecutive short lines with the same number of columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from ipdocs.importing.formatting import without_strong
from ipdocs.importing.language_split import is_side_by_side
from ipdocs.importing.paragraph import ImportedParagraph
from ipdocs.importing.readers.word.formats import FormattedPart, to_segment
from ipdocs.importing.readers.word.tables import is_head
from ipdocs.source.segment import Segment, to_display_text

_MAX_CELL = 60
_WORD = re.compile(r"[^\W\d_]{2}|[\u3400-\u9fff]")
_END_OF_SENTENCE = re.compile(r"[.。;；:：?？!！,，]$")


def columns(parts: Sequence[FormattedPart]) -> tuple[Segment, ...]:
    """Return the columns that tabs make of a line; none if it is a sentence, a label with its value, or a numbered text."""
    cells: list[list[FormattedPart]] = [[]]
    for part in parts:
        if part.part == "\t":
            cells.append([])
        else:
            cells[-1].append(part)
    segments = tuple(filter(None, map(to_segment, cells)))
    texts = [to_display_text(segment) for segment in segments]
    is_row = (
        len(texts) > 1
        and _WORD.search(texts[0]) is not None
        and not re.search("[:：]", texts[0])
        and not any(len(text) > _MAX_CELL or "\n" in text or _END_OF_SENTENCE.search(text) for text in texts)
    )
    return segments if is_row else ()


def with_tables(paragraphs: Sequence[ImportedParagraph]) -> Iterator[ImportedParagraph]:
    """Yield paragraphs in which at least two consecutive lines with equally many columns are a table."""
    for count, group in groupby(paragraphs, lambda paragraph: len(paragraph.columns)):
        lines = list(group)
        rows = tuple(line.columns for line in lines)
        if count < 2 or len(lines) < 2 or is_side_by_side([[to_display_text(cell) for cell in row] for row in rows]):
            yield from (replace(line, columns=()) if line.columns else line for line in lines)
        else:
            cells = tuple((line.line, line.text) for line in lines)
            has_header = is_head(rows[0], rows[1:])
            if has_header:
                rows = (tuple(map(without_strong, rows[0])), *rows[1:])
            yield ImportedParagraph("table", (), lines[0].line, rows=rows, cells=cells, has_header=has_header)
