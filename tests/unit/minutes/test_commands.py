"""The commands for meetings, as they are typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ipdocs.cli import app
from ipdocs.source.schema import json_schema

Write = Callable[..., Path]


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def test_pack_names_what_it_made(minutes: Write, tmp_path: Path) -> None:
    result = run("pack", minutes(), "--lang", "en", "--format", "txt", "--out", tmp_path)
    assert result.exit_code == 0
    names = [Path(line).name for line in result.output.splitlines()]
    assert names == [
        "small.agenda.en.txt",
        "small.minutes.en.txt",
        "small.decisions.en.txt",
        "small.actions.en.txt",
        "small.attendance.en.txt",
        "small.next-meeting.en.ics",
        "small.zip",
        "manifest.json",
    ]


def test_before_the_meeting_there_is_the_agenda_alone(minutes: Write, tmp_path: Path) -> None:
    attendance = minutes().read_text("utf-8").split("attendance:")[1].split("papers:")[0]
    result = run(
        "pack", minutes((f"attendance:{attendance}", "")), "--lang", "en", "--format", "txt", "--out", tmp_path, "--json"
    )
    made = [Path(one["path"]).name for one in json.loads(result.output)["outputs"]]
    assert made[0] == "small.agenda.en.txt"
    assert not any("minutes" in name or "actions" in name for name in made)


def test_an_extract_is_named_after_its_item(minutes: Write, tmp_path: Path) -> None:
    result = run("pack", minutes(), "--lang", "en", "--item", "books", "--format", "txt", "--out", tmp_path)
    assert [Path(line).name for line in result.output.splitlines()] == ["small.item-books.en.txt", "manifest.json"]
    text = (tmp_path / "small/extract/small.item-books.en.txt").read_text("utf-8")
    assert text.splitlines()[2] == "Extract from the minutes of the 3rd meeting"
    assert "Chief Librarian" not in text


def test_an_item_that_is_not_there_is_told_with_those_that_are(minutes: Write, tmp_path: Path) -> None:
    result = run("pack", minutes(), "--lang", "en", "--item", "9", "--out", tmp_path)
    assert result.exit_code == 1
    assert "error[unknown-item]: there is no item '9'" in result.output
    assert "the items are 1 (confirmation), 2 (matters), 3 (books), 4 (closing)" in result.output


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("pack", "--public", "--attach-source"), 1, "a public version cannot carry its source"),
        (("pack", "--item", "1", "--attach-source"), 2, "an extract cannot carry the source of the whole"),
        (("pack", "--format", "odt"), 2, "'odt' is none of docx, pdf, html, txt"),
        (("actions", "--csv", "--ics"), 2, "choose one of --csv, --ics"),
        (("actions", "--xlsx"), 2, "a workbook is a file: add --out actions.xlsx"),
        (("actions", "--lang", "xx"), 1, "there is no language 'xx'"),
    ],
)
def test_what_does_not_go_together_is_told(minutes: Write, words: tuple[str, ...], code: int, message: str) -> None:
    result = run(words[0], minutes(), *words[1:])
    assert result.exit_code == code
    assert message in " ".join(result.output.replace("│", " ").split())


def test_actions_are_listed_against_a_day(minutes: Write) -> None:
    result = run("actions", minutes(), "--on", "2018-07-01")
    assert result.output.splitlines() == [
        "Reading Committee",
        "! 2/1  Print the poster.",
        "    Central Library, due 2018-06-30, overdue",
        "  3/1  Buy the books.",
        "    Central Library, due 2018-10-31, open",
    ]


def test_actions_go_into_a_file(minutes: Write, tmp_path: Path) -> None:
    result = run("actions", minutes(), "--xlsx", "--out", tmp_path / "actions.xlsx")
    assert result.exit_code == 0
    assert (tmp_path / "actions.xlsx").read_bytes().startswith(b"PK")


def test_new_minutes_can_be_packed_as_they_stand(tmp_path: Path) -> None:
    assert run("new", "minutes", "first", "--out", tmp_path).exit_code == 0
    result = run("pack", tmp_path / "first/minutes.yaml", "--format", "txt", "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert (tmp_path / "out/first/pack/first.agenda.sc.txt").is_file()


def test_the_minutes_after_some_can_be_packed_as_they_stand(minutes: Write, tmp_path: Path) -> None:
    assert run("new", "minutes", "fourth", "--after", minutes(), "--out", tmp_path).exit_code == 0
    assert run("pack", tmp_path / "fourth/minutes.yaml", "--format", "txt", "--out", tmp_path / "out").exit_code == 0
    assert "4th meeting" in (tmp_path / "out/fourth/pack/fourth.agenda.en.txt").read_text("utf-8")


def test_only_minutes_follow_minutes(minutes: Write, tmp_path: Path) -> None:
    assert run("new", "press-release", "x", "--after", minutes(), "--out", tmp_path).exit_code == 2


def test_the_schema_knows_minutes() -> None:
    schema = json_schema("minutes")
    assert {"meeting", "attendance", "papers", "annexes", "offices", "body", "next"} <= set(schema["properties"])
    assert schema["$defs"]["ActionItem"]["required"] == ["what", "owner"]
