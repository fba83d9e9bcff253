"""Import of a folder: pairs by name, resuming, errors and the memory."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ipdocs.cli import app
from ipdocs.findings import IpdocsError
from ipdocs.importing.file_pairs import group_files
from ipdocs.importing.folder import FolderSummary, import_folder
from ipdocs.locale.file_names import file_name_words
from ipdocs.source.open import open_source
from ipdocs.workspace import Workspace

NOW = datetime(2026, 3, 2, tzinfo=UTC)
ENGLISH = (
    "Gardens open in {town}\n\nThe gardens opened on February 3, 2026, and 150 people came.\n\nEnds/Tuesday, February 3, 2026\n"
)
CHINESE = "{town}花園啟用\n\n花園二○二六年二月三日啟用，150人到場。\n\n完\n2026年2月3日（星期二）\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "ws/templates").mkdir(parents=True)
    folder = tmp_path / "old"
    for name, text in (
        ("sha-tin.en.txt", ENGLISH.format(town="Sha Tin")),
        ("sha-tin.tc.txt", CHINESE.format(town="沙田")),
        ("2025/Tai_Po_eng.txt", ENGLISH.format(town="Tai Po")),
        ("2025/tai_po_CHI.txt", CHINESE.format(town="大埔")),
        ("en/1.txt", ENGLISH.format(town="Mui Wo")),
        ("tc/1.txt", CHINESE.format(town="梅窩")),
    ):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def imported(folder: Path) -> FolderSummary:
    return import_folder(folder, folder.parent / "ws/out", NOW)


def sources(folder: Path) -> list[str]:
    out = folder.parent / "ws/out"
    return sorted(path.parent.relative_to(out).as_posix() for path in out.rglob("release.yaml"))


def test_each_pair_becomes_a_source(folder: Path) -> None:
    summary = imported(folder)
    assert (len(summary.imported), summary.findings) == (3, [])
    assert sources(folder) == ["1", "2025/Tai_Po", "sha-tin"]
    assert "大埔花園啟用" in (folder.parent / "ws/out/2025/Tai_Po/release.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "base", "code"),
    [
        ("release.en", "release", "en"),
        ("release_CHI", "release", "tc"),
        ("P2026030201e", "P2026030201", "en"),
        ("P2026030201c", "P2026030201", "tc"),
        ("Release (Simplified Chinese)", "Release", "sc"),
        ("新聞稿中文版", "新聞稿", "tc"),
        ("新闻稿-简体", "新闻稿", "sc"),
        ("EN release", "release", "en"),
        ("release zh_HK", "release", "tc"),
        ("release-zh-Hant", "release", "tc"),
        ("tc", "", "tc"),
        ("office", "office", ""),
        ("高中", "高中", ""),
        ("release", "release", ""),
    ],
)
def test_names_state_a_language(name: str, base: str, code: str) -> None:
    assert file_name_words(Workspace()).split(name) == (base, code)


def test_a_workspace_adds_words_for_languages(tmp_path: Path) -> None:
    (tmp_path / "locales").mkdir()
    (tmp_path / "locales/file-names.csv").write_text("language,text,note\nen,ing,\n", "utf-8")
    assert file_name_words(Workspace(tmp_path)).split("release-ing") == ("release", "en")


def test_files_in_different_folders_are_different_documents() -> None:
    paths = [Path("/x", name) for name in ("a/1.en.txt", "b/1.tc.txt", "c/1.txt")]
    assert [group.name for group in group_files(paths, Path("/x"), Workspace())] == ["a/1", "b/1", "c/1"]


def test_a_second_import_skips_what_is_unchanged(folder: Path) -> None:
    imported(folder)
    (folder / "en/1.txt").write_text(ENGLISH.format(town="Mui Wo").replace("people", "guests"), "utf-8")
    summary = imported(folder)
    assert (len(summary.imported), summary.unchanged_count) == (1, 2)
    assert "guests" in (folder.parent / "ws/out/1/release.yaml").read_text("utf-8")


def test_an_edited_source_is_not_replaced(folder: Path) -> None:
    imported(folder)
    source = folder.parent / "ws/out/1/release.yaml"
    source.write_text(source.read_text("utf-8") + "# read\n", "utf-8")
    (folder / "en/1.txt").write_text(ENGLISH.format(town="Mui Wo").replace("people", "guests"), "utf-8")
    summary = imported(folder)
    assert [finding.code for finding in summary.findings] == ["source-edited"]
    assert "guests" not in source.read_text("utf-8")


def test_a_faulty_pair_does_not_stop_the_others(folder: Path) -> None:
    (folder / "broken.en.docx").write_text("no archive")
    (folder / "broken.tc.docx").write_text("no archive")
    summary = imported(folder)
    assert (len(summary.imported), summary.failed_count) == (3, 1)
    assert {finding.location.path.name for finding in summary.findings if finding.location} == {
        "broken.en.docx",
        "broken.tc.docx",
    }


def test_a_file_of_another_program_is_not_overwritten(folder: Path) -> None:
    target = folder.parent / "ws/out/1/release.yaml"
    target.parent.mkdir(parents=True)
    target.write_text("mine", "utf-8")
    assert [finding.code for finding in imported(folder).findings] == ["file-exists"]
    assert target.read_text("utf-8") == "mine"


def test_releases_with_the_same_title_have_different_ids(folder: Path) -> None:
    for name, text in (("2.en.txt", ENGLISH.format(town="Mui Wo")), ("2.tc.txt", CHINESE.format(town="梅窩"))):
        (folder / name).write_text(text, "utf-8")
    imported(folder)
    out = folder.parent / "ws/out"
    ids = [str(open_source(out / name / "release.yaml", draft=True).document.id) for name in ("1", "2")]
    assert sorted(ids) == ["gardens-open-in-mui-wo", "gardens-open-in-mui-wo-2"]


def test_a_bilingual_file_needs_no_counterpart(folder: Path) -> None:
    text = ENGLISH.format(town="Tai O") + "\n" + CHINESE.format(town="大澳")
    (folder / "tai-o.txt").write_text(text, "utf-8")
    (folder / "alone.en.txt").write_text(ENGLISH.format(town="Lamma"), "utf-8")
    summary = imported(folder)
    assert [path.name for path in summary.unpaired] == ["alone.en.txt"]
    assert "tai-o" in sources(folder)


def test_an_empty_folder_and_an_inner_target_are_refused(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "empty").mkdir()
    for source, out, code in ((tmp_path / "empty", "out", "nothing-to-import"), (folder, "old/out", "out-inside-input")):
        with pytest.raises(IpdocsError) as raised:
            import_folder(source, tmp_path / out, NOW)
        assert [finding.code for finding in raised.value.findings] == [code]


def test_the_memory_knows_approved_releases(folder: Path) -> None:
    arguments = ["import", str(folder), "-o", str(folder.parent / "ws/out"), "--json"]
    first = CliRunner().invoke(app, arguments)
    second = CliRunner().invoke(app, [*arguments, "--approved", "--by", "A. Editor"])
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert json.loads(first.stdout)["memory_units"] == 0
    assert json.loads(second.stdout)["memory_units"] == 6
    memory = (folder.parent / "ws/locales/memory/gardens-open-in-sha-tin.tmx").read_text("utf-8")
    assert "沙田花園啟用" in memory
    assert 'changeid="A. Editor"' in memory


@pytest.mark.parametrize(
    ("names", "group"),
    [
        (("LCQ3_Eng_final.docx", "LCQ3_Chi_final.docx"), "LCQ3_final"),
        (("Notice - English version.docx", "Notice - Chinese version.docx"), "Notice"),
        (("memo EN (2).docx", "memo TC (2).docx"), "memo (2)"),
        (("memo.en-HK.docx", "memo.zh-HK.docx"), "memo"),
        (("P5-e-final.docx", "P5-c-final.docx"), "P5-final"),
        (("Fair (Eng) 2024.docx", "Fair (Chi) 2024.docx"), "Fair 2024"),
    ],
)
def test_names_of_offices_are_paired(names: tuple[str, ...], group: str) -> None:
    paths = [Path("/x", name) for name in names]
    assert [(found.name, found.files) for found in group_files(paths, Path("/x"), Workspace())] == [(group, tuple(paths))]


def test_words_inside_names_do_not_pair_files_of_one_language() -> None:
    paths = [Path("/x", name) for name in ("Learning English today.docx", "Learning English tomorrow.docx", "e.txt")]
    assert len(group_files(paths, Path("/x"), Workspace())) == 3


def test_a_name_of_full_stops_stays_in_the_target_folder() -> None:
    (group,) = group_files([Path("/x/EN ...docx")], Path("/x"), Workspace())
    assert group.name == "x"


def test_links_out_of_the_folder_are_not_followed(folder: Path) -> None:
    outside = folder.parent / "secret.txt"
    outside.write_text(ENGLISH.format(town="Nowhere"), "utf-8")
    (folder / "link.en.txt").symlink_to(outside)
    (folder / "link.tc.txt").write_text(CHINESE.format(town="大澳"), "utf-8")
    (folder / "loop").symlink_to(folder)
    summary = imported(folder)
    assert [finding.code for finding in summary.findings] == ["link-not-followed", "unpaired-file"]
    assert len(summary.imported) == 3


def test_an_import_that_was_stopped_before_its_record_goes_on(folder: Path) -> None:
    imported(folder)
    record = folder.parent / "ws/out/import.json"
    content = json.loads(record.read_text("utf-8"))
    del content["releases"]["1"]
    record.write_text(json.dumps(content), "utf-8")
    summary = imported(folder)
    assert (len(summary.imported), summary.unchanged_count, summary.findings) == (1, 2, [])
    assert imported(folder).unchanged_count == 3


def test_two_imports_at_once_keep_one_record(folder: Path) -> None:
    finished = []

    def interrupt(step: str) -> None:
        if not finished:
            finished.append(step)
            import_folder(folder / "2025", folder.parent / "ws/out", NOW)

    import_folder(folder, folder.parent / "ws/out", NOW, on_progress=interrupt)
    record = json.loads((folder.parent / "ws/out/import.json").read_text("utf-8"))
    assert sorted(record["releases"]) == ["1", "2025/Tai_Po", "Tai_Po", "sha-tin"]


def test_approval_without_a_workspace_is_refused_at_once(folder: Path) -> None:
    arguments = ["import", str(folder), "-o", str(folder.parent / "elsewhere"), "--approved", "--by", "A"]
    result = CliRunner().invoke(app, arguments)
    assert (result.exit_code, result.stderr.count("no-workspace")) == (1, 1)
    assert not (folder.parent / "elsewhere").exists()
