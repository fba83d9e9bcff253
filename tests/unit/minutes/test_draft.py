"""Draft minutes: a mark on every page and line numbers, in Word and PDF."""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from ipdocs.minutes.pack import make_pack
from ipdocs.pipeline.build import build
from ipdocs.pipeline.request import BuildRequest

Write = Callable[..., Path]


@pytest.fixture
def build_minutes(minutes: Write, tmp_path: Path) -> Callable[[str], dict[str, Path]]:
    def build_with(status: str) -> dict[str, Path]:
        path = minutes(("status: confirmed", f"status: {status}"))
        return {output.format: output.path for output in build([path], tmp_path / status, BuildRequest(editions=("en",)))}

    return build_with


def margins(path: Path) -> list[list[str]]:
    """Return the words left of the text area on each page, from top to bottom."""
    layout = subprocess.run(["pdftotext", "-bbox", str(path), "-"], capture_output=True, text=True, check=True).stdout
    pages = layout.split("<page ")[1:]
    words = [re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="[\d.]+">([^<]+)<', page) for page in pages]
    return [[word for _, _, right, word in sorted(page, key=lambda word: float(word[1])) if float(right) < 70] for page in words]


def test_lines_of_a_draft_are_numbered_on_each_page(build_minutes: Callable[[str], dict[str, Path]]) -> None:
    pages = margins(build_minutes("draft")["pdf"])
    assert [page for page in pages if page != [str(number) for number in range(1, len(page) + 1)]] == []
    assert len(pages[0]) > 20


@pytest.mark.parametrize("edition", ["en", "en+tc"])
def test_a_line_with_a_raised_digit_has_one_number(edition: str, minutes: Write, tmp_path: Path) -> None:
    note = '  - id: foot\n    footnotes: {price: {en: "By the dozen.", tc: "按打計算。"}}\n  - id: closing\n'
    path = minutes(
        ("status: confirmed", "status: draft"),
        ("considered the plan.", "considered the plan[^price]."),
        ("審議計劃。", "審議計劃[^price]。"),
        ("  - id: closing\n", note),
    )
    (output,) = build([path], tmp_path / "out", BuildRequest(editions=(edition,), formats=("pdf",)))
    layout = subprocess.run(["pdftotext", "-bbox", str(output.path), "-"], capture_output=True, text=True, check=True).stdout
    for page in layout.split("<page ")[1:]:
        words = re.findall(r'yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">\d+<', page)
        places = sorted((float(top), float(bottom)) for top, right, bottom in words if float(right) < 70)
        assert [below for above, below in pairwise(places) if below[0] < above[1] - 1] == []


def test_line_numbers_of_a_public_draft_are_not_bold(minutes: Write, tmp_path: Path) -> None:
    path = minutes(("status: confirmed", "status: draft"))
    pack = make_pack(path, tmp_path / "out", BuildRequest(editions=("en",), formats=("pdf",)), public=True)
    page = next(file for file in pack.files if file.name.endswith("attendance.public.en.pdf"))
    layout = subprocess.run(["pdftohtml", "-xml", "-stdout", str(page)], capture_output=True, text=True, check=True).stdout
    numbers = re.findall(r'left="(\d+)"[^>]*>(.*?)</text>', layout)
    assert [text for left, text in numbers if int(left) < 100 and re.fullmatch(r"<b>\d+</b>", text)] == []
    assert [text for left, text in numbers if int(left) < 100 and text == "2"] == ["2"]


def test_lines_of_a_draft_are_numbered_in_word(build_minutes: Callable[[str], dict[str, Path]]) -> None:
    with zipfile.ZipFile(build_minutes("draft")["docx"]) as file:
        body = file.read("word/document.xml").decode()
    assert '<w:lnNumType w:countBy="1" w:restart="newPage"/>' in body


def test_confirmed_minutes_have_no_line_numbers(build_minutes: Callable[[str], dict[str, Path]]) -> None:
    files = build_minutes("confirmed")
    with zipfile.ZipFile(files["docx"]) as file:
        assert "lnNumType" not in file.read("word/document.xml").decode()
    assert margins(files["pdf"]) == [[]] * len(margins(files["pdf"]))
