"""Word files as pages: LibreOffice lays them out in the PDF's fonts by Word's rules, and both are read by character."""

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
"""What a Word file names, and what this machine has of the same widths."""

WORDS_RULES = {
    'style:text-autospace="ideograph-alpha"': 'style:text-autospace="none"',
    'style:punctuation-wrap="hanging"': 'style:punctuation-wrap="simple"',
    "\u2011": "-\u2060",
}
"""LibreOffice spaces Chinese from digits and hangs punctuation whatever the Word file says, and cuts a figure behind a hyphen
that no line may end with where no space stands before it in the line; Word does as it is told."""

UNSEEN = {"\u200b", "\u2060", "\ufffe", "\u00ad"}
MILLIMETRES = 25.4 / 72


@dataclass(frozen=True)
class Line:
    """A line of a page: its page from 0, baseline and beginning in points, its characters without spaces."""

    page: int
    baseline: float
    start: float
    text: str


@dataclass
class Parity:
    """Two layouts of one document, compared: pages, lines in each, how many are alike, and how far apart on one page."""

    pages: tuple[int, int]
    lines: tuple[list[Line], list[Line]]
    alike: int = 0
    apart: list[float] = field(default_factory=list)

    @property
    def share(self) -> float:
        """How many of a hundred lines break alike."""
        return 100 * self.alike / max(map(len, self.lines))

    @property
    def worst(self) -> float:
        """The greatest distance of two baselines in millimetres."""
        return max(self.apart)

    def __str__(self) -> str:
        word, page = self.lines
        mean = sum(self.apart) / len(self.apart)
        counts = f"pages {self.pages[0]}={self.pages[1]}, lines {len(word)}/{len(page)}"
        return f"{counts}, alike {self.share:.1f} %, apart {mean:.2f} / {self.worst:.2f} mm"


def lines_of(path: Path) -> tuple[int, list[Line]]:
    """The pages of a PDF and its lines from top to bottom, columns apart, without the numbers of the pages."""
    document = pypdfium2.PdfDocument(path)
    found = [line for number, page in enumerate(document) for line in _lines(number, page)]
    return len(document), [line for line in found if not re.fullmatch(r"\d+/\d+", line.text)]


def _lines(number: int, page: Any) -> Iterator[Line]:
    rows: list[list[tuple[float, float, float, str]]] = []
    for one in sorted(_characters(page)):
        if rows and one[0] - rows[-1][0][0] < 2:
            rows[-1].append(one)
        else:
            rows.append([one])
    for row in rows:
        parts: list[list[tuple[float, float, float, str]]] = []
        for one in sorted(row, key=lambda character: character[1]):
            if parts and one[1] - parts[-1][-1][2] < 11:
                parts[-1].append(one)
            else:
                parts.append([one])
        for part in parts:
            baselines = sorted(one[0] for one in part)
            yield Line(number, baselines[len(part) // 2], part[0][1], "".join(one[3] for one in part))


def _characters(page: Any) -> Iterator[tuple[float, float, float, str]]:
    """Baseline from the top, beginning, end, and the character itself."""
    text = page.get_textpage()
    x, y, left, right, bottom, top = (ctypes.c_double() for _ in range(6))
    for at in range(pdfium.FPDFText_CountChars(text)):
        character = chr(pdfium.FPDFText_GetUnicode(text, at))
        if not character.isspace() and character.isprintable() and character not in UNSEEN:
            pdfium.FPDFText_GetCharOrigin(text, at, x, y)
            pdfium.FPDFText_GetCharBox(text, at, left, right, bottom, top)
            yield page.get_height() - y.value, x.value, max(right.value, x.value + 4), character


def compared(word: Path, page: Path) -> Parity:
    """Compare a Word file's pages with those of the PDF."""
    (word_pages, word_lines), (pages, lines) = lines_of(word), lines_of(page)
    parity = Parity((word_pages, pages), (word_lines, lines))
    texts = [[line.text for line in side] for side in parity.lines]
    for block in SequenceMatcher(None, *texts, autojunk=False).get_matching_blocks():
        parity.alike += block.size
        for at in range(block.size):
            one, other = word_lines[block.a + at], lines[block.b + at]
            if one.page == other.page:
                parity.apart.append(abs(one.baseline - other.baseline) * MILLIMETRES)
    return parity


def pictured(word: Path, page: Path, parity: Parity, folder: Path) -> None:
    """Write each page that differs, Word's beside the PDF's, as a PNG."""
    texts = [{(line.page, line.text) for line in side} for side in parity.lines]
    folder.mkdir(parents=True, exist_ok=True)
    files = [pypdfium2.PdfDocument(path) for path in (word, page)]
    for number in sorted({number for number, _ in texts[0] ^ texts[1]}):
        shown = [file[number].render(scale=1).to_pil() for file in files if number < len(file)]
        side_by_side = Image.new("RGB", (sum(one.width for one in shown), max(one.height for one in shown)), "white")
        for at, one in enumerate(shown):
            side_by_side.paste(one, (sum(before.width for before in shown[:at]), 0))
        side_by_side.save(folder / f"{word.stem}-{number + 1}.png")


@pytest.fixture(scope="session")
def paged(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Mapping[str, bytes]], dict[str, Path]]:
    """Lay Word files out in two runs of LibreOffice: to flat ODF, where Word's rules are restored, and on to pages."""

    def made(files: Mapping[str, bytes]) -> dict[str, Path]:
        folder = tmp_path_factory.mktemp("pages")
        for name, data in files.items():
            (folder / f"{name}.docx").write_bytes(data)
        _convert("fodt", sorted(folder.glob("*.docx")), folder)
        for path in folder.glob("*.fodt"):
            text = path.read_text("utf-8")
            for before, after in {**WORDS_RULES, **FONTS}.items():
                text = text.replace(before, after)
            path.write_text(text, "utf-8")
        _convert("pdf", sorted(folder.glob("*.fodt")), folder)
        return {name: folder / f"{name}.pdf" for name in files}

    return made


def _convert(kind: str, paths: list[Path], folder: Path) -> None:
    user = f"-env:UserInstallation={(folder / 'user').as_uri()}"
    command = ["soffice", user, "--headless", "--convert-to", kind, "--outdir", str(folder), *map(str, paths)]
    subprocess.run(command, capture_output=True, check=True, timeout=300)


@pytest.fixture(scope="session")
def parity(root: Path, paged: Callable[[Mapping[str, bytes]], dict[str, Path]]) -> Callable[..., dict[str, Parity]]:
    """Compare Word files with the PDFs of the same names; pages that differ are left in out/parity/."""

    def measured(words: Mapping[str, bytes], pages: Mapping[str, Path]) -> dict[str, Parity]:
        found: dict[str, Parity] = {}
        for name, path in paged(words).items():
            found[name] = compared(path, pages[name])
            pictured(path, pages[name], found[name], root / "out/parity")
        return found

    return measured
