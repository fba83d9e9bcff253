"""Checks of drafts in Word and other formats, which are not sources."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from docx import Document
from typer.testing import CliRunner

from ipdocs.cli import app

ENGLISH = ("Gardens to open", "The the gardens will open on 3 March 2026.", "Some 150 people are expected.", "Bring an umbrella.")
CHINESE = ("花園將啟用", "花園將於2026年3月4日啟用。", "預計約150人到場。")


@pytest.fixture
def drafts(tmp_path: Path) -> list[str]:
    """Write a draft in two languages, as Word files with a table, and return their paths."""
    paths = []
    for name, (title, *texts), cells in (
        ("draft.docx", ENGLISH, ("Day", "Time")),
        ("draft.tc.docx", CHINESE, ("日期", "時间")),
    ):
        document = Document()
        document.add_heading(title, 0)
        for text in texts:
            document.add_paragraph(text)
        table = document.add_table(1, 2)
        for cell, text in zip(table.rows[0].cells, cells, strict=True):
            cell.text = text
        document.save(str(tmp_path / name))
        paths.append(str(tmp_path / name))
    return paths


def run(*arguments: str) -> tuple[int, list[dict[str, object]]]:
    result = CliRunner().invoke(app, ["check", "--json", *arguments])
    return result.exit_code, json.loads(result.stdout)["findings"]


def test_findings_name_the_paragraphs_of_both_files(drafts: list[str], tmp_path: Path) -> None:
    code, findings = run(*drafts)
    found = {(finding["code"], Path(str(finding["path"])).name, finding["line"]) for finding in findings}
    assert code == 1
    assert {
        ("doubled-word", "draft.docx", 2),
        ("date-differs", "draft.tc.docx", 2),
        ("no-partner", "draft.docx", 4),
    } <= found
    assert ("wrong-script", "draft.tc.docx") in {entry[:2] for entry in found}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["draft.docx", "draft.tc.docx"]


def test_findings_are_shown_by_paragraph(drafts: list[str]) -> None:
    result = CliRunner().invoke(app, ["check", drafts[0]])
    assert "draft.docx:paragraph 2" in result.stderr
    assert "The the" in result.stderr
    assert "{{" not in result.stderr


def test_one_file_is_checked_alone(drafts: list[str]) -> None:
    code, findings = run(drafts[0])
    assert (code, [finding["code"] for finding in findings]) == (1, ["doubled-word"])


def test_a_clean_draft_has_no_findings(tmp_path: Path) -> None:
    path = tmp_path / "clean.html"
    path.write_text("<html><body><h1>Gardens to open</h1><p>They open on March 3.</p></body></html>", "utf-8")
    result = CliRunner().invoke(app, ["check", str(path)])
    assert (result.exit_code, result.stdout) == (0, "1 checked, no findings\n")


def test_two_english_files_are_two_documents(drafts: list[str], tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Another talk\n\nIt it begins at noon.\n", "utf-8")
    _, findings = run(drafts[0], str(other))
    assert [finding["code"] for finding in findings] == ["doubled-word", "doubled-word"]


def test_several_pairs_are_told_apart_by_name(drafts: list[str], tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text("Another talk\n\nIt it begins at noon.\n", "utf-8")
    _, findings = run(*drafts, str(tmp_path / "talk.txt"))
    assert {str(finding["code"]) for finding in findings} >= {"doubled-word", "date-differs", "no-partner"}


def test_endings_of_list_items_are_checked_as_written(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("Aims\n\nThe aims are:\n\n(a) growth ;\n\n(b) rest; and\n\n(c) play.\n", "utf-8")
    _, findings = run(str(tmp_path / "list.txt"))
    assert [(finding["code"], finding["line"]) for finding in findings] == [("space-at-punctuation", 5)]


def test_a_file_that_cannot_be_read_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_text("x")
    code, findings = run(str(tmp_path / "a.pdf"))
    assert (code, [finding["code"] for finding in findings]) == (1, ["unknown-format"])


def test_only_sources_can_be_fixed(drafts: list[str]) -> None:
    assert CliRunner().invoke(app, ["check", "--fix", drafts[0]]).exit_code == 2
