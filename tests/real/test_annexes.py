"""Annexes of every kind in whole and public packs: no file contains anything that was hidden in them."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from PIL import Image
from tests.canaries import PREFIX, SHOWN, WORD_PLACES, find_words, find_words_in_data, plant_pdf, plant_word, word_of

from ipdocs.findings import IpdocsError
from ipdocs.minutes.pack import make_pack
from ipdocs.pipeline.request import BuildRequest

pytestmark = pytest.mark.slow

SOURCE = """\
schema: 1
kind: minutes
id: hidden
status: confirmed
languages: [en]
committee: {en: "Committee"}
issued: 2018-09-01
meeting: {number: 3, date: 2018-08-21, begins: 14:30, ends: 16:00, venue: {en: "Room 1"}}
attendance:
  present:
    - {post: {en: "Librarian"}, role: chair}
annexes:
  - {id: plan, title: {en: "Plan"}, file: plan.pdf}
  - {id: budget, title: {en: "Budget"}, file: budget.docx, changes: accept}
  - {id: photo, title: {en: "Photo"}, file: photo.png}
body:
  - id: item
    item: {heading: {en: "Item"}}
  - id: said
    paragraph: {en: "Said."}
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "templates").mkdir()
    (tmp_path / "minutes.yaml").write_text(SOURCE, "utf-8")
    (tmp_path / "plan.pdf").write_bytes(plant_pdf())
    (tmp_path / "budget.docx").write_bytes(plant_word())
    Image.new("RGB", (40, 30), (20, 90, 160)).save(tmp_path / "photo.png")
    return tmp_path / "minutes.yaml"


def text_of(path: Path) -> str:
    return subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("public", [False, True])
def test_hidden_content_of_annexes_is_in_no_file(source: Path, tmp_path: Path, public: bool) -> None:
    planted = find_words_in_data("budget", (source.parent / "budget.docx").read_bytes(), map(word_of, WORD_PLACES))
    assert set(planted) | {word_of("field that shows a property")} == set(map(word_of, WORD_PLACES))
    result = make_pack(source, tmp_path / "out", BuildRequest(), public=public, soffice=shutil.which("soffice"))
    assert find_words(tmp_path / "out", [PREFIX]) == {}
    folder = tmp_path / "out/hidden" / ("public" if public else "pack")
    suffix = ".public" if public else ""
    names = [f"annex-A{suffix}.pdf", f"annex-B{suffix}.pdf", f"annex-C{suffix}.png"]
    assert sorted(path.name for path in (folder / "annexes").iterdir()) == names
    bound = text_of(folder / f"hidden.pack{suffix}.en.pdf")
    for text in (
        f"{SHOWN} 0",
        "In a field",
        "Kept",
        "Head of the page",
        "Beside it",
        "Printed before",
        "In a control",
        "Marked",
    ):
        assert text in bound, text
    files = {entry["file"]: entry for entry in json.loads((folder / f"manifest{suffix}.json").read_text("utf-8"))["files"]}
    assert files[f"annexes/annex-A{suffix}.pdf"]["removed"]["comments"] == 2
    assert files[f"annexes/annex-B{suffix}.pdf"]["removed"]["comments"] == 1
    assert files[f"annexes/annex-B{suffix}.pdf"]["changes"] == "accept"
    assert "changes" not in files[f"annexes/annex-A{suffix}.pdf"]
    assert {finding.code for finding in result.findings} >= {"annex-cleaned", "changes-accepted"}


def test_tracked_changes_are_refused_by_default(source: Path, tmp_path: Path) -> None:
    source.write_text(SOURCE.replace(", changes: accept", ""), "utf-8")
    with pytest.raises(IpdocsError) as caught:
        make_pack(source, tmp_path / "out", BuildRequest(), soffice=shutil.which("soffice"))
    (finding,) = caught.value.findings
    assert finding.code == "annex-with-changes"
    assert "'budget.docx'" in finding.message
    assert "7" in finding.message
    assert finding.location
    assert finding.location.line == 14
    assert not (tmp_path / "out").exists()


def test_picture_annexes_are_in_a_pack_of_word_files(source: Path, tmp_path: Path) -> None:
    source.write_text(SOURCE.replace("  - {id: budget", "  # - {id: budget"), "utf-8")
    make_pack(source, tmp_path / "out", BuildRequest(formats=("docx",)), public=True)
    data = (tmp_path / "out/hidden/public/annexes/annex-B.public.png").read_bytes()
    assert Image.open(io.BytesIO(data)).size == (40, 30)
    with zipfile.ZipFile(tmp_path / "out/hidden/public/hidden.public.zip") as archive:
        assert archive.read("annexes/annex-B.public.png") == data
