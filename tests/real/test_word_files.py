"""Word files of other programs are imported with their structure, and next to none of their visible words is left out."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from ipdocs.files.ledger import LeftOutReason
from ipdocs.importing.import_release import import_release
from ipdocs.importing.readers import word
from ipdocs.source.open import open_source
from ipdocs.source.segment import to_source_text

pytestmark = pytest.mark.slow

MAKERS = Path(__file__).parent / "word_makers"
NOT_IN_THE_TEXT = {
    *(LeftOutReason.DELETED, LeftOutReason.COMMENT, LeftOutReason.HIDDEN, LeftOutReason.FIELD_CODE),
    LeftOutReason.RUNNING_HEAD,
}
Maker = Callable[[Path, Path], None]


def by_libreoffice(root: Path, path: Path) -> None:
    """Convert an OpenDocument file with headings, lists, a table, a note, a text box and tracked changes."""
    home = f"-env:UserInstallation=file://{path.parent}/office"
    source = shutil.copy(MAKERS / "harbour.fodt", path.with_suffix(".fodt"))
    command = ["soffice", home, "--headless", "--convert-to", "docx", "--outdir", str(path.parent), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


def by_pandoc(root: Path, path: Path) -> None:
    """Convert Markdown with lists, notes, a table, a formula, a definition and a quotation."""
    subprocess.run(["pandoc", "-f", "markdown", str(MAKERS / "pier.md"), "-o", str(path)], check=True, timeout=60)


def by_docx_library(root: Path, path: Path) -> None:
    """Run the npm library docx."""
    modules = Path(os.environ.get("OOXML_HOME", root / ".tools")) / "node_modules"
    subprocess.run(["node", str(MAKERS / "docx_library.js"), str(modules), str(path)], check=True, timeout=60)


def by_python_docx(root: Path, path: Path) -> None:
    """Use the styles of python-docx's own template, which has numbering in its list styles."""
    from docx import Document

    document: Any = Document()
    document.add_heading("Tree register opens", 0)
    document.add_paragraph("Anyone may enter a tree.")
    document.add_heading("What to state", 2)
    document.add_paragraph("the kind of tree", style="List Number")
    document.add_paragraph("its place", style="List Number")
    document.add_paragraph("a photograph", style="List Bullet")
    document.add_paragraph("Old trees are a gift.", style="Intense Quote")
    paragraph = document.add_paragraph("Entries are checked ")
    paragraph.add_run("within a week", style="Strong")
    paragraph.add_run(".")
    table = document.add_table(rows=2, cols=2, style="Light Grid")
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Trees by kind"
    table.cell(1, 0).text, table.cell(1, 1).text = "banyan", "camphor"
    document.add_paragraph("Trees in the register", style="Caption")
    document.save(str(path))


FILES: dict[str, tuple[Maker, list[tuple[str, str]]]] = {
    "LibreOffice": (
        by_libreoffice,
        [
            ("title", "Harbour lights renewed"),
            ("paragraph", "The lights at **both entrances** are brighter[^note-1] and need less power."),
            ("paragraph", "Each lamp lights 90 m^2^; see [the map](https://example.org/lights)."),
            ("heading", "For skippers"),
            ("number", "Slow down at the first light"),
            ("  roman", "by day"),
            ("  roman", "by night"),
            ("number", "Call the tower"),
            ("bullet", "green for the way in"),
            ("bullet", "red for the way out"),
            ("table", "Light | Colour | Range / East | green, far |  / West | red | near"),
            ("paragraph", "The old lamps go to a museum."),
            ("paragraph", "Keep a copy on board."),
            ("paragraph", "The tower answers at once on channel nine."),
            ("note", "Measured at night."),
        ],
    ),
    "pandoc": (
        by_pandoc,
        [
            ("title", "Pier works begin"),
            (
                "paragraph",
                "The works at the **eastern pier** begin in *two stages*.[^note-1] A slab is 30 m^2^ and holds CO~2~ sensors.",
            ),
            ("heading", "What changes"),
            ("paragraph", "Passengers may use [the other pier](https://example.org/pier)."),
            ("number", "Show the ticket"),
            ("number", "Walk along the quay"),
            ("  letter", "on the left side"),
            ("  letter", "not on the rails"),
            ("number", "Board the boat"),
            ("bullet", "dogs on a leash"),
            ("bullet", "bicycles"),
            ("  bullet", "folded ones only"),
            ("quotation", "Please allow ten more minutes."),
            ("paragraph", "**Fares**"),
            ("paragraph", "as before"),
            ("caption", "Stages of the works"),
            ("table", "Stage | Berth | Weeks / First | North | nine / Second | South | six"),
            ("paragraph", "The load is p/q+r² for each pile."),
            ("paragraph", "Line one of a notice\nLine two of a notice"),
            ("note", "The second stage depends on the tides.\nIt needs calm weather."),
        ],
    ),
    "the library docx": (
        by_docx_library,
        [
            ("title", "Ferry timetable revised"),
            ("paragraph", "Two routes **start earlier** and carry *more passengers*.[^note-1]"),
            ("paragraph", "See [the routes](https://example.org/ferries) for details; a berth is 40 m^2^ wide."),
            ("heading", "How to book"),
            ("number", "Choose a route"),
            ("  letter", "inner islands"),
            ("  letter", "outer islands"),
            ("number", "Pay at the pier"),
            ("bullet", "bring a ticket"),
            ("bullet", "keep the receipt"),
            ("table", "Route | Berth | Boats / Inner | North |  /  | South | four boats"),
            ("paragraph", "The pier opens early on Sundays."),
            ("note", "Figures of the harbour master."),
        ],
    ),
    "python-docx": (
        by_python_docx,
        [
            ("title", "Tree register opens"),
            ("paragraph", "Anyone may enter a tree."),
            ("heading", "What to state"),
            ("number", "the kind of tree"),
            ("number", "its place"),
            ("bullet", "a photograph"),
            ("quotation", "Old trees are a gift."),
            ("paragraph", "Entries are checked **within a week**."),
            ("table", "Trees by kind |  / banyan | camphor"),
            ("caption", "Trees in the register"),
        ],
    ),
}


@pytest.mark.parametrize("tool", FILES)
def test_files_of_other_programs_keep_words_and_structure(tool: str, root: Path, tmp_path: Path) -> None:
    make, expected = FILES[tool]
    path = tmp_path / "file.docx"
    make(root, path)
    imported = word.read(path)
    paragraphs = [
        (
            f"{'  ' * paragraph.level}{paragraph.list_style}" if paragraph.kind == "item" else paragraph.kind,
            " / ".join(" | ".join(map(to_source_text, row)) for row in paragraph.rows) or to_source_text(paragraph.content),
        )
        for paragraph in imported.paragraphs
    ]
    assert paragraphs == expected
    visible = sum(len(text.split()) for _, text in paragraphs)
    lost = sum(len(entry.text.split()) for entry in imported.left_out if entry.reason not in NOT_IN_THE_TEXT)
    assert lost <= 0.005 * visible
    summary = import_release([path], tmp_path / "new", datetime(2026, 11, 22))
    assert open_source(summary.path, draft=True).gaps == ()


@pytest.mark.parametrize(("tool", "first"), [("LibreOffice", 2), ("pandoc", 4), ("the library docx", 3)])
def test_lists_keep_their_first_number(tool: str, first: int, root: Path, tmp_path: Path) -> None:
    path = tmp_path / "file.docx"
    FILES[tool][0](root, path)
    summary = import_release([path], tmp_path / "new", datetime(2026, 11, 22))
    assert f"start: {first}\n" in summary.path.read_text("utf-8")
