"""Ordinals with raised endings, as Word writes them."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document

from ipdocs.importing.import_release import import_release

from .test_folder import NOW


def word_file(path: Path, title: str, *runs: str) -> Path:
    """Write a Word file with a title and a paragraph, in which every second run is raised."""
    document = Document()
    document.add_heading(title, 0)
    paragraph = document.add_paragraph()
    for number, text in enumerate(runs):
        paragraph.add_run(text).font.superscript = number % 2 == 1
    document.save(str(path))
    return path


def imported(folder: Path, english: tuple[str, ...], chinese: str) -> str:
    files = [word_file(folder / "a.docx", "Fair opened", *english), word_file(folder / "b.docx", "展覽開幕", chinese)]
    return import_release(files, folder / "new", NOW).path.read_text("utf-8")


@pytest.mark.parametrize(
    ("english", "text"),
    [
        (("The 23", "rd", " Fair opened."), "The {{ fair | ordinal }} Fair opened."),
        (("The 24", "th", " Fair opened."), "The 24^th^ Fair opened."),
        (("The 23", "rd", " Fair and the 23rd dinner."), "The 23^rd^ Fair and the {{ dinner | ordinal }} dinner."),
        (("The 23", "rd", " Fair, hall 8", "m", "."), "The {{ fair | ordinal }} Fair, hall 8^m^."),
    ],
)
def test_a_raised_ordinal_of_both_languages_becomes_a_fact(tmp_path: Path, english: tuple[str, ...], text: str) -> None:
    assert text in imported(tmp_path, english, "第二十三屆展覽開幕。")


def test_chinese_subscript_is_reported_and_other_formats_stay(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        "<html><body><h1>公式</h1><p>速度為v<sub>平均</sub>和e<sup>x</sup>及H<sub>2</sub>O。</p></body></html>", "utf-8"
    )
    summary = import_release([path], tmp_path / "new", NOW)
    assert "速度為v平均和e^x^及H~2~O。" in summary.path.read_text("utf-8")
    assert [finding.code for finding in summary.findings if finding.code != "no-date"] == ["plain-subscript"]


def test_a_table_of_figures_is_not_a_second_language(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    cells = "".join(f"<tr><td>{number} kg</td><td>{number * 7}</td></tr>" for number in range(1000, 1030))
    path.write_text(f"<html><body><h1>回收量</h1><p>以下是各月的回收量：</p><table>{cells}</table></body></html>", "utf-8")
    assert "languages: [tc]" in import_release([path], tmp_path / "new", NOW).path.read_text("utf-8")
