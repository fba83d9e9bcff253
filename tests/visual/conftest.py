"""Word files as pages: LibreOffice lays them out by Word's rules in the PDF's fonts, and the characters are compared."""

from __future__ import annotations

import ctypes
import re
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import Image

FONTS = {
    "Times New Roman": "Liberation Serif",
    "Arial": "Liberation Sans",
    "PMingLiU": "Noto Serif CJK HK",
    "Microsoft JhengHei": "Noto Sans CJK HK",
    "SimSun": "Noto Serif CJK SC",
    "Microsoft YaHei": "Noto Sans CJK SC",
}
"""The fonts that a Word file names, and free fonts of the same widths."""

WORD_RULES = {
    'style:text-autospace="ideograph-alpha"': 'style:text-autospace="none"',
    'style:punctuation-wrap="hanging"': 'style:punctuation-wrap="simple"',
    "\u2011": "-\u2060",
}
"""Corrections of LibreOffice, which ignores the settings of the file: it adds space between Chinese and digits, and hangs
punctuation. It also breaks lines after a no-break hyphen if they have no space. Word follows the file."""

INVISIBLE = {"\u200b", "\u2060", "\ufffe", "\u00ad"}
MILLIMETRES = 25.4 / 72


@dataclass(frozen=True)
class Line:
    """A line of a page: the page from 0, its baseline and start in points, and its characters without spaces."""

    page: int
    baseline: float
    start: float
    text: str


@dataclass
class Parity:
    """The comparison of a document's Word file with its PDF.

    Attributes:
        pages: the number of pages of each.
        lines: the lines of each.
        equal: the number of lines that are equal.
        distances: the distances between the baselines of equal lines on the same page, in millimetres.
    """

    pages: tuple[int, int]
    lines: tuple[list[Line], list[Line]]
    equal: int = 0
    distances: list[float] = field(default_factory=list)

    @property
    def percent(self) -> float:
        """The percentage of lines that are equal."""
        return 100 * self.equal / max(map(len, self.lines))

    @property
    def max_distance(self) -> float:
        """The largest distance between two baselines in millimetres."""
        return max(self.distances)

    def __str__(self) -> str:
        word_lines, pdf_lines = self.lines
        mean = sum(self.distances) / len(self.distances)
        counts = f"pages {self.pages[0]}={self.pages[1]}, lines {len(word_lines)}/{len(pdf_lines)}"
        return f"{counts}, equal {self.percent:.1f} %, distance {mean:.2f} / {self.max_distance:.2f} mm"


def lines_of(path: Path) -> tuple[int, list[Line]]:
    """Return the number of pages of a PDF and its lines from top to bottom, by column and without page numbers."""
    document = pypdfium2.PdfDocument(path)
    lines = [line for number, page in enumerate(document) for line in _lines(number, page)]
    return len(document), [line for line in lines if not re.fullmatch(r"\d+/\d+", line.text)]


def _lines(number: int, page: Any) -> Iterator[Line]:
    rows: list[list[tuple[float, float, float, str]]] = []
    for character in sorted(_characters(page)):
        if rows and character[0] - rows[-1][0][0] < 2:
            rows[-1].append(character)
        else:
            rows.append([character])
    for row in rows:
        parts: list[list[tuple[float, float, float, str]]] = []
        for character in sorted(row, key=lambda character: character[1]):
            if parts and character[1] - parts[-1][-1][2] < 11:
                parts[-1].append(character)
            else:
                parts.append([character])
        for part in parts:
            baselines = sorted(character[0] for character in part)
            yield Line(number, baselines[len(part) // 2], part[0][1], "".join(character[3] for character in part))


def _characters(page: Any) -> Iterator[tuple[float, float, float, str]]:
    """Yield the visible characters of a page: baseline from the top, start, end, character."""
    text = page.get_textpage()
    x, y, left, right, bottom, top = (ctypes.c_double() for _ in range(6))
    for index in range(pdfium.FPDFText_CountChars(text)):
        character = chr(pdfium.FPDFText_GetUnicode(text, index))
        if not character.isspace() and character.isprintable() and character not in INVISIBLE:
            pdfium.FPDFText_GetCharOrigin(text, index, x, y)
            pdfium.FPDFText_GetCharBox(text, index, left, right, bottom, top)
            yield page.get_height() - y.value, x.value, max(right.value, x.value + 4), character


def compare(word: Path, pdf: Path) -> Parity:
    """Compare the pages of a Word file with those of the PDF."""
    (word_pages, word_lines), (pdf_pages, pdf_lines) = lines_of(word), lines_of(pdf)
    parity = Parity((word_pages, pdf_pages), (word_lines, pdf_lines))
    texts = [[line.text for line in lines] for lines in parity.lines]
    for block in SequenceMatcher(None, *texts, autojunk=False).get_matching_blocks():
        parity.equal += block.size
        for offset in range(block.size):
            word_line, pdf_line = word_lines[block.a + offset], pdf_lines[block.b + offset]
            if word_line.page == pdf_line.page:
                parity.distances.append(abs(word_line.baseline - pdf_line.baseline) * MILLIMETRES)
    return parity


def write_pictures(word: Path, pdf: Path, parity: Parity, folder: Path) -> None:
    """Write a PNG of each page that differs, with Word's page beside the PDF's."""
    texts = [{(line.page, line.text) for line in lines} for lines in parity.lines]
    folder.mkdir(parents=True, exist_ok=True)
    files = [pypdfium2.PdfDocument(path) for path in (word, pdf)]
    for number in sorted({number for number, _ in texts[0] ^ texts[1]}):
        pages = [file[number].render(scale=1).to_pil() for file in files if number < len(file)]
        side_by_side = Image.new("RGB", (sum(page.width for page in pages), max(page.height for page in pages)), "white")
        for index, page in enumerate(pages):
            side_by_side.paste(page, (sum(previous.width for previous in pages[:index]), 0))
        side_by_side.save(folder / f"{word.stem}-{number + 1}.png")


@pytest.fixture(scope="session")
def paged(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Mapping[str, bytes]], dict[str, Path]]:
    """Return a function that lays out Word files in two runs of LibreOffice: to flat ODF, which is corrected, and to PDF."""

    def lay_out(files: Mapping[str, bytes]) -> dict[str, Path]:
        folder = tmp_path_factory.mktemp("pages")
        for name, data in files.items():
            (folder / f"{name}.docx").write_bytes(data)
        _convert("fodt", sorted(folder.glob("*.docx")), folder)
        for path in folder.glob("*.fodt"):
            text = path.read_text("utf-8")
            for old, new in {**WORD_RULES, **FONTS}.items():
                text = text.replace(old, new)
            path.write_text(text, "utf-8")
        _convert("pdf", sorted(folder.glob("*.fodt")), folder)
        return {name: folder / f"{name}.pdf" for name in files}

    return lay_out


def _convert(kind: str, paths: list[Path], folder: Path) -> None:
    user = f"-env:UserInstallation={(folder / 'user').as_uri()}"
    command = ["soffice", user, "--headless", "--convert-to", kind, "--outdir", str(folder), *map(str, paths)]
    subprocess.run(command, capture_output=True, check=True, timeout=300)


@pytest.fixture(scope="session")
def parity(root: Path, paged: Callable[[Mapping[str, bytes]], dict[str, Path]]) -> Callable[..., dict[str, Parity]]:
    """Return a function that compares Word files with PDFs by name, and writes pages that differ to out/parity/."""

    def measure(word_files: Mapping[str, bytes], pdfs: Mapping[str, Path]) -> dict[str, Parity]:
        results: dict[str, Parity] = {}
        for name, path in paged(word_files).items():
            results[name] = compare(path, pdfs[name])
            write_pictures(path, pdfs[name], results[name], root / "out/parity")
        return results

    return measure
