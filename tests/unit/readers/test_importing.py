"""Releases in, sources out: the seed as text, built Word files without their ids, web pages, two languages in one file."""

from __future__ import annotations

import re
import shutil
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from ipdocs.findings import IpdocsError
from ipdocs.importing.import_release import Imported, import_release
from ipdocs.pipeline.build import build
from ipdocs.pipeline.request import BuildRequest
from ipdocs.source.open import open_source

ROOT = Path(__file__).resolve().parents[3]
SEED = ROOT / "fixtures/gd-hk-ip-17/seed.en.txt"
NOW = datetime(2026, 11, 22, 9, 0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "locales").mkdir()
    return tmp_path / "made"


def without_ids(path: Path, to: Path) -> Path:
    """Copy a Word file without its bookmarks."""
    made = to / path.name
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(made, "w") as out:
        for name in archive.namelist():
            data = archive.read(name)
            out.writestr(name, re.sub(rb"<w:bookmark(Start|End)[^>]*/>", b"", data) if name == "word/document.xml" else data)
    return made


def words(text: str) -> list[str]:
    return re.sub("[•*]", " ", text).split()


def test_the_seed_becomes_a_source_that_builds_to_the_same_words(folder: Path) -> None:
    made = import_release([SEED], folder, NOW)
    assert [(one.text, one.reason) for _, one in made.left_out] == [
        ("Bookmark and Share", "a link for sharing"),
        ("Related Articles", "what else one might read"),
        ("Law Firms", "what else one might read"),
        ("Issued: August 22 2018", "the template writes it"),
    ]
    (found,) = made.findings
    assert (found.code, found.location and found.location.line) == ("run-together-items", 21)
    assert len(open_source(made.path).document.body[1].list.items) == 7
    (output,) = build([made.path], folder / "out", BuildRequest(editions=("en",), formats=("txt",)))
    seed = SEED.read_text("utf-8")
    for noise in ("Bookmark and Share", "Related Articles", "Law Firms"):
        seed = seed.replace(noise, "")
    assert words(output.path.read_text("utf-8")) == words(seed)


def test_built_word_files_without_ids_give_the_blocks_and_facts_back(
    built: dict[str, Path], folder: Path, tmp_path: Path
) -> None:
    made = import_release([without_ids(built[name], tmp_path) for name in ("en.docx", "tc.docx")], folder, NOW)
    assert (made.blocks, made.paired, made.findings) == (7, 7, ())
    document = open_source(made.path).document
    assert document.facts.keys() == {"number_of", "day", "period", "count"}
    assert "expert-group" in made.terms
    again = build([made.path], folder / "out", BuildRequest(editions=("en", "tc"), formats=("txt",)))
    for output, name in zip(again, ("en.txt", "tc.txt"), strict=True):
        assert output.path.read_text("utf-8") == built[name].read_text("utf-8")


@pytest.mark.parametrize("name", ["en-tc.docx", "en-tc.html"])
def test_one_file_with_two_languages_is_parted(name: str, built: dict[str, Path], folder: Path) -> None:
    made = import_release([built[name]], folder, NOW)
    assert (made.blocks, made.paired) == (7, 7)
    assert open_source(made.path).document.languages == ["en", "tc"]


def test_web_pages_of_two_languages_are_aligned(built: dict[str, Path], folder: Path) -> None:
    made = import_release([built["tc.html"], built["en.html"]], folder, NOW)
    assert (made.blocks, made.paired, made.findings) == (7, 7, ())


def aligned(folder: Path, english: str, chinese: str) -> Imported:
    folder.parent.joinpath("en.txt").write_text(english, "utf-8")
    folder.parent.joinpath("tc.txt").write_text(chinese, "utf-8")
    return import_release([folder.parent / "en.txt", folder.parent / "tc.txt"], folder, NOW)


def test_a_block_without_a_partner_is_a_finding_with_its_words(folder: Path) -> None:
    made = aligned(
        folder,
        "A talk on trade marks held\n\nThe talk was held on March 5 for 140 people.\n\n"
        "It is good to know that this sentence stands in English alone, without any number.\n\nThe next talk is on April 9.",
        "商標講座舉行\n\n講座三月五日舉行，一百四十人出席。\n\n下次講座四月九日舉行。",
    )
    found = [one for one in made.findings if one.code == "no-partner"]
    assert [one.message for one in found] == [
        "this paragraph has no partner in tc: “It is good to know that this sentence stands in English alon”"
    ]
    assert "講座{{ day | day }}舉行" in made.path.read_text("utf-8")


def test_values_that_differ_become_no_facts(folder: Path) -> None:
    made = aligned(folder, "Held\n\nThe talk drew 140 people on March 5.", "舉行\n\n講座三月六日舉行，一百四十人出席。")
    assert made.facts == ("count",)


def test_a_source_that_is_there_stays(folder: Path) -> None:
    folder.mkdir()
    (folder / "release.yaml").write_text("mine", "utf-8")
    with pytest.raises(IpdocsError) as caught:
        import_release([SEED], folder, NOW)
    assert caught.value.findings[0].code == "file-exists"
    assert (folder / "release.yaml").read_text("utf-8") == "mine"


def test_two_files_of_one_language_are_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(IpdocsError) as caught:
        import_release([SEED, Path(shutil.copy(SEED, tmp_path / "two.txt"))], folder, NOW)
    assert caught.value.findings[0].message == "seed.en.txt is in en too"


def test_a_file_of_a_kind_that_nobody_reads_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "x.rtf").write_text("x", "utf-8")
    with pytest.raises(IpdocsError) as caught:
        import_release([tmp_path / "x.rtf"], folder, NOW)
    assert caught.value.findings[0].message == "'.rtf' is no format that is read"


def test_a_release_that_has_no_date_is_dated_today_and_says_so(folder: Path) -> None:
    made = aligned(folder, "A talk held\n\nThe talk was held for the press.", "講座舉行\n\n講座為傳媒舉行。")
    assert [one.code for one in made.findings] == ["no-date"]
    assert "issued: 2026-11-22\n" in made.path.read_text("utf-8")
