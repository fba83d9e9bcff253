"""The grid of an imported table, and merged cells in the composed source."""

from __future__ import annotations

from pathlib import Path

import pytest

from ipdocs.importing.document_draft import make_draft
from ipdocs.importing.imported_release import ImportedRelease, compose
from ipdocs.importing.paragraph import ImportedFile, ImportedParagraph
from ipdocs.importing.table_grid import MergedCell, TableCell, table_grid
from ipdocs.source.file import SourceText
from ipdocs.source.format import format_text
from ipdocs.source.open import SourceContext, parse_source
from ipdocs.workspace import Workspace, find_workspace

MERGED = """\
      head:
        - en: "Area"
        - text:
            en: "Bags"
          columns: 2
      rows:
        - - text:
              en: "North"
            rows: 2
          - en: "5"
          - en: "6"
        - - en: "7"
          - en: "8"
"""


def cells(row: str) -> list[TableCell]:
    """Return the cells of a row written as "text columns rows | text …"."""
    parts = [part.split() for part in row.split("|")]
    return [TableCell((text,), *(int(span) for span in spans)) for text, *spans in parts]


@pytest.mark.parametrize(
    ("rows", "texts", "merged"),
    [
        (["A|B", "c|d"], ["A B", "c d"], []),
        (["A 2|B", "c|d|e"], ["A  B", "c d e"], [MergedCell(0, 0, 1, 2)]),
        (["A 1 2|B", "c", "d|e"], ["A B", " c", "d e"], [MergedCell(0, 0, 2, 1)]),
        (["A|B 1 9", "c"], ["A B", "c "], [MergedCell(0, 1, 2, 1)]),
        (["A 5|B 3", "c 5|d 3"], ["A B", "c d"], []),
        (["A 1 2|B 1 2", "", "c|d"], ["A B", "c d"], []),
        (["A|B 1 2|C", "d 3"], ["A B C", "d  "], [MergedCell(0, 1, 2, 1)]),
        (["A|B|C", "d"], ["A B C", "d  "], []),
    ],
)
def test_cells_are_placed_on_a_grid(rows: list[str], texts: list[str], merged: list[MergedCell]) -> None:
    grid = table_grid([cells(row) if row else [] for row in rows])
    assert [" ".join("".join(map(str, cell)) for cell in row) for row in grid.rows] == texts
    assert list(grid.merged) == merged


def test_a_huge_span_takes_little_room() -> None:
    grid = table_grid([cells("A 999999999|B 1 999999999"), cells("c|d")])
    assert [len(row) for row in grid.rows] == [3, 3]


def test_merged_cells_keep_their_spans_in_the_source() -> None:
    grid = table_grid([cells("Area|Bags 2"), cells("North 1 2|5|6"), cells("7|8")])
    table = ImportedParagraph("table", (), 2, rows=grid.rows, merged=grid.merged, has_header=True)
    draft = make_draft(ImportedFile([ImportedParagraph("title", ("T",), 1), table]), "en", Workspace())
    release = ImportedRelease("x", "gia", "2026-11-22", ["en"], {"en": "T"}, body=[{"en": block} for block in draft.blocks])
    path = Path("release.yaml")
    text, _ = format_text(SourceText(path, compose(release)), find_workspace(path))
    parse_source(SourceText(path, text), SourceContext(path, find_workspace(path)))
    assert text.partition("    table:\n")[2] == MERGED


def test_a_head_of_two_rows_becomes_rows() -> None:
    grid = table_grid([cells("Area 1 2|Bags 2"), cells("2024|2025"), cells("a|b|c")])
    table = ImportedParagraph("table", (), 1, rows=grid.rows, merged=grid.merged, has_header=True)
    (block,) = make_draft(ImportedFile([ImportedParagraph("title", ("T",), 1), table]), "en", Workspace()).blocks
    assert block.has_header is False
