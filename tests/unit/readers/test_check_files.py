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


def write_draft(path: Path, *texts: str) -> str:
    """Write a Word file with a title and paragraphs, and return its path."""
    document = Document()
    document.add_heading(texts[0], 0)
    for text in texts[1:]:
        document.add_paragraph(text)
    document.save(str(path))
    return str(path)


def test_doubled_spaces_and_spaces_at_the_ends_are_found(tmp_path: Path) -> None:
    path = write_draft(tmp_path / "a.docx", "Baths  to open", "(1)  They open at noon. ", "All is well.", "Bring  a towel.")
    code, findings = run(path)
    assert [(finding["code"], finding["severity"], finding["line"], finding["count"]) for finding in findings] == [
        ("doubled-space", "error", 1, 2),
        ("space-at-edge", "warning", 2, 1),
    ]
    assert [place["line"] for place in findings[0]["other_places"]] == [4]  # type: ignore[attr-defined]
    assert code == 1


def test_spaces_at_the_ends_alone_leave_the_exit_code_zero(tmp_path: Path) -> None:
    assert run(write_draft(tmp_path / "a.docx", "Baths to open", "They open at noon. "))[0] == 0


def test_spaces_in_chinese_are_reported_once(tmp_path: Path) -> None:
    _, findings = run(write_draft(tmp_path / "a.tc.docx", "浴場將啟用", "\u3000\u3000浴場  將於正午啟用。"))
    assert [finding["code"] for finding in findings] == ["space-in-chinese"]


def test_json_says_that_a_place_is_a_paragraph(drafts: list[str], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A talk\n\nIt it begins at noon.\n", "utf-8")
    assert [finding["unit"] for finding in run(drafts[0])[1]] == ["paragraph"]
    assert [finding["unit"] for finding in run(str(tmp_path / "a.txt"))[1]] == ["line"]


def test_sarif_and_github_have_no_line_of_a_word_file(drafts: list[str]) -> None:
    result = CliRunner().invoke(app, ["check", "--sarif", drafts[0]])
    (location,) = json.loads(result.stdout)["runs"][0]["results"][0]["locations"]
    assert "region" not in location["physicalLocation"]
    assert location["logicalLocations"][0]["name"] == "paragraph 2"
    result = CliRunner().invoke(app, ["check", "--github", drafts[0]])
    assert "line=" not in result.stdout
    assert "::paragraph 2: The is written twice" in result.stdout


def test_what_is_not_checked_is_listed(tmp_path: Path) -> None:
    document = Document()
    document.add_heading("Baths to open", 0)
    document.add_paragraph("They open at noon.")
    document.sections[0].header.paragraphs[0].text = "Draft of the office"
    document.save(str(tmp_path / "a.docx"))
    result = CliRunner().invoke(app, ["check", str(tmp_path / "a.docx")])
    assert f"not checked (running header or footer): {tmp_path / 'a.docx'}: Draft of the office" in result.stdout
    left_out = json.loads(CliRunner().invoke(app, ["check", "--json", str(tmp_path / "a.docx")]).stdout)["left_out"]
    assert [entry["reason"] for entry in left_out] == ["running header or footer"]


def test_hints_on_drafts_can_be_followed_in_word(tmp_path: Path) -> None:
    texts = (
        "陳美琼女士将出席。",
        "設有以下三項：",
        "數量為３ 。",
        "R&amp;D的軟乾果",
        "今日（五月四日）舉行。",
        "2024年5月3日（星期五）",
    )
    path = write_draft(tmp_path / "a.tc.docx", "浴場將啟用", *texts)
    _, findings = run(path)
    assert len(findings) > 3
    assert not [finding for finding in findings if any(word in str(finding["hint"]) for word in ("{", "ipdocs", "allow"))]
    assert "undecided-conversion" not in {finding["code"] for finding in findings}


def test_findings_in_a_table_name_the_paragraph_of_the_cell(tmp_path: Path) -> None:
    document = Document()
    document.add_heading("Fees", 0)
    table = document.add_table(3, 2)
    for number, text in enumerate(("Day", "Fee", "Monday", "ten", "Sunday", "for for free")):
        table.cell(number // 2, number % 2).text = text
    document.save(str(tmp_path / "a.docx"))
    assert [finding["line"] for finding in run(str(tmp_path / "a.docx"))[1]] == [7]


def test_a_repeated_paragraph_is_named_by_its_number(tmp_path: Path) -> None:
    text = "The gardens open at noon on Sunday."
    (finding,) = run(write_draft(tmp_path / "a.docx", "Gardens to open", text, "They are large.", text))[1]
    assert finding["message"] == "this text repeats the text in paragraph 2"


@pytest.mark.parametrize(
    ("name", "content", "message", "hint"),
    [
        ("a.docx", b"", "empty", "again"),
        ("a.doc", b"{\\rtf1 Fees}", "Rich Text", ".docx"),
        ("a.docx", b"<html><body>Fees</body></html>", "web page", ".docx"),
        ("a.docx", b"%PDF-1.7", "PDF", ".docx"),
        ("a.pdf", b"%PDF-1.7", "'.pdf'", "made"),
        ("a.odt", b"PK", "'.odt'", "LibreOffice"),
    ],
)
def test_files_of_other_kinds_get_a_hint(tmp_path: Path, name: str, content: bytes, message: str, hint: str) -> None:
    (tmp_path / name).write_bytes(content)
    (finding,) = run(str(tmp_path / name))[1]
    assert message in str(finding["message"])
    assert hint in str(finding["hint"])


def test_a_folder_is_refused_with_advice(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["check", str(tmp_path)])
    assert result.exit_code == 2
    assert "is a folder" in result.stderr


def test_dates_and_times_of_the_end_block_are_checked(tmp_path: Path) -> None:
    english = ("Baths to open", "They open at noon.", "Ends/Friday, June 7, 2024", "Issued at HKT 17:15")
    chinese = ("浴場將啟用", "浴場將於正午啟用。", "完", "2024年6月8日（星期五）", "香港時間17時15分")
    files = write_draft(tmp_path / "a.docx", *english), write_draft(tmp_path / "a.tc.docx", *chinese)
    _, findings = run(*files)
    assert [(finding["code"], Path(str(finding["path"])).name, finding["line"]) for finding in findings] == [
        ("date-differs", "a.tc.docx", 4),
        ("weekday-wrong", "a.tc.docx", 4),
    ]
    write_draft(tmp_path / "a.tc.docx", *chinese[:3], "2024年6月7日（星期五）", chinese[4])
    assert run(*files) == (0, [])


def test_a_simplified_version_counts_as_checked(tmp_path: Path) -> None:
    files = [
        write_draft(tmp_path / "a.tc.docx", "浴場將啟用", "浴場將於正午啟用。"),
        write_draft(tmp_path / "a.sc.docx", "浴场将启用", "浴场将于正午启用。"),
    ]
    assert json.loads(CliRunner().invoke(app, ["check", "--json", *files]).stdout) == {"left_out": [], "findings": []}
