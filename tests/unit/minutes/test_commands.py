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


def test_pack_lists_the_files_that_it_wrote(minutes: Write, tmp_path: Path) -> None:
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


def test_a_pack_before_the_meeting_has_only_an_agenda(minutes: Write, tmp_path: Path) -> None:
    attendance = minutes().read_text("utf-8").split("attendance:")[1].split("papers:")[0]
    result = run(
        "pack", minutes((f"attendance:{attendance}", "")), "--lang", "en", "--format", "txt", "--out", tmp_path, "--json"
    )
    names = [Path(output["path"]).name for output in json.loads(result.output)["outputs"]]
    assert names[0] == "small.agenda.en.txt"
    assert not any("minutes" in name or "actions" in name for name in names)


def test_an_extract_is_named_after_its_item(minutes: Write, tmp_path: Path) -> None:
    result = run("pack", minutes(), "--lang", "en", "--item", "books", "--format", "txt", "--out", tmp_path)
    assert [Path(line).name for line in result.output.splitlines()] == ["small.item-books.en.txt", "manifest.json"]
    text = (tmp_path / "small/extract/small.item-books.en.txt").read_text("utf-8")
    assert text.splitlines()[2] == "Extract from the minutes of the 3rd meeting"
    assert "Chief Librarian" not in text


def test_a_pack_has_only_one_layout(minutes: Write, tmp_path: Path) -> None:
    assert run("pack", minutes(), "--layout", "parallel,stacked", "--out", tmp_path).exit_code == 2


def test_an_unknown_item_is_reported_with_the_known_ones(minutes: Write, tmp_path: Path) -> None:
    result = run("pack", minutes(), "--lang", "en", "--item", "9", "--out", tmp_path)
    assert result.exit_code == 1
    assert "error[unknown-item]" in result.output
    assert "'9'" in result.output
    assert "1 (confirmation), 2 (matters), 3 (books), 4 (closing)" in result.output


@pytest.mark.parametrize(
    ("words", "exit_code", "words_shown"),
    [
        (("pack", "--public", "--attach-source"), 1, "source-not-public"),
        (("pack", "--item", "1", "--attach-source"), 2, "--attach-source"),
        (("pack", "--format", "odt"), 2, "'odt'"),
        (("actions", "--csv", "--ics"), 2, "--csv, --ics"),
        (("actions", "--xlsx"), 2, "--out actions.xlsx"),
        (("actions", "--lang", "xx"), 1, "'xx'"),
    ],
)
def test_wrong_options_are_refused(minutes: Write, words: tuple[str, ...], exit_code: int, words_shown: str) -> None:
    result = run(words[0], minutes(), *words[1:])
    assert result.exit_code == exit_code
    assert words_shown in " ".join(result.output.replace("│", " ").split())


def test_actions_are_listed_as_of_a_day(minutes: Write) -> None:
    result = run("actions", minutes(), "--on", "2018-07-01")
    assert result.output.splitlines() == [
        "Reading Committee",
        "! 2/1  Print the poster.",
        "    Central Library, due 2018-06-30, overdue",
        "  3/1  Buy the books.",
        "    Central Library, due 2018-10-31, open",
    ]


def test_actions_are_written_to_a_file(minutes: Write, tmp_path: Path) -> None:
    result = run("actions", minutes(), "--xlsx", "--out", tmp_path / "actions.xlsx")
    assert result.exit_code == 0
    assert (tmp_path / "actions.xlsx").read_bytes().startswith(b"PK")


def test_new_minutes_can_be_packed_unchanged(tmp_path: Path) -> None:
    assert run("new", "minutes", "first", "--out", tmp_path).exit_code == 0
    result = run("pack", tmp_path / "first/minutes.yaml", "--format", "txt", "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert (tmp_path / "out/first/pack/first.agenda.sc.txt").is_file()


def test_the_next_minutes_can_be_packed_unchanged(minutes: Write, tmp_path: Path) -> None:
    assert run("new", "minutes", "fourth", "--after", minutes(), "--out", tmp_path).exit_code == 0
    assert run("pack", tmp_path / "fourth/minutes.yaml", "--format", "txt", "--out", tmp_path / "out").exit_code == 0
    assert "4th meeting" in (tmp_path / "out/fourth/pack/fourth.agenda.en.txt").read_text("utf-8")


def test_a_release_cannot_follow_minutes(minutes: Write, tmp_path: Path) -> None:
    assert run("new", "press-release", "x", "--after", minutes(), "--out", tmp_path).exit_code == 2


def test_the_schema_describes_minutes() -> None:
    schema = json_schema("minutes")
    assert {"meeting", "attendance", "papers", "annexes", "offices", "body", "next"} <= set(schema["properties"])
    assert schema["$defs"]["ActionItem"]["required"] == ["what", "owner"]


RESTRICTED = ("  - id: buy\n", "  - id: buy\n    restricted: true\n")


@pytest.mark.parametrize(
    ("form", "mark"),
    [
        ((), "3/1  Buy the books. [restricted]"),
        (("--csv",), "minutes.yaml,restricted"),
        (("--json",), '"restricted": true'),
        (("--ics",), "CLASS:CONFIDENTIAL\nSUMMARY:3/1 Buy the books. [restricted]"),
    ],
)
def test_action_lists_mark_or_omit_restricted_actions(minutes: Write, form: tuple[str, ...], mark: str) -> None:
    path = minutes(RESTRICTED)
    whole = run("actions", path, *form, "--on", "2018-09-01").output.replace("\r\n", "\n")
    public = run("actions", path, *form, "--on", "2018-09-01", "--public").output
    assert mark in whole
    assert "Print the poster." in whole
    assert "Print the poster." in public
    assert "Buy the books." not in public
    assert "restricted]" not in public


def test_an_action_with_restricted_words_is_marked(minutes: Write) -> None:
    path = minutes(('{en: "Buy the books.", tc: "購買圖書。"}', '{en: "Buy the books.", tc: "購買圖書。", restricted: true}'))
    assert "3/1  Buy the books. [restricted]" in run("actions", path).output
    assert "3/1  (restricted)\n" in run("actions", path, "--public").output
    assert "3/1  (限閱)" in run("actions", path, "--public", "--lang", "tc").output


NOTES = '  - id: notes\n    footnotes: {paid: {en: "From the reserve.", tc: "由儲備支付。"RESTRICTED}}\n'


@pytest.mark.parametrize(
    ("what", "note"),
    [
        ('{en: "Buy the books.", tc: "購買圖書。", restricted: true}', ""),
        ('{en: "Buy the books[^paid].", tc: "購買圖書[^paid]。"}', NOTES.replace("RESTRICTED", ", restricted: true")),
    ],
)
def test_public_action_lists_mark_withheld_words(minutes: Write, what: str, note: str) -> None:
    path = minutes(('{en: "Buy the books.", tc: "購買圖書。"}', what), ("  - id: closing\n", f"{note}  - id: closing\n"))
    for version in ((), ("--public",)):
        listed = json.loads(run("actions", path, "--json", "--on", "2018-09-01", *version).output)
        assert [action["restricted"] for action in listed] == [False, True]
        rows = run("actions", path, "--csv", "--on", "2018-09-01", *version).output.splitlines()
        assert [row.rpartition(",")[2] for row in rows] == ["restricted", "", "restricted"]


def test_an_open_footnote_does_not_mark_an_action(minutes: Write) -> None:
    what = '{en: "Buy the books[^paid].", tc: "購買圖書[^paid]。"}'
    note = NOTES.replace("RESTRICTED", "")
    path = minutes(('{en: "Buy the books.", tc: "購買圖書。"}', what), ("  - id: closing\n", f"{note}  - id: closing\n"))
    assert [action["restricted"] for action in json.loads(run("actions", path, "--json").output)] == [False, False]


@pytest.mark.parametrize("form", [(), ("--csv",), ("--json",), ("--ics",)])
def test_a_public_list_with_a_withheld_name_is_refused(minutes: Write, form: tuple[str, ...]) -> None:
    attendee = '    - {name: {en: "Mr POON Wai-lok", tc: "潘偉樂先生"}, post: {en: "Reader", tc: "讀者"}, restricted: true}\n'
    path = minutes(("  absent:\n", f"{attendee}  absent:\n"), ("Buy the books.", "Thank Mr Poon for the books."))
    result = run("actions", path, *form, "--public")
    assert result.exit_code == 1
    assert "withheld-words" in result.output
    assert "3/1" not in result.output
    assert run("actions", path, *form).exit_code == 0


@pytest.mark.parametrize("command", [("export",), ("memory", "add")])
def test_a_withheld_name_is_neither_exported_nor_stored(minutes: Write, tmp_path: Path, command: tuple[str, ...]) -> None:
    attendee = '    - {name: {en: "Mr POON Wai-lok", tc: "潘偉樂先生"}, post: {en: "Reader", tc: "讀者"}, restricted: true}\n'
    change = ("Members considered the plan.", "Mr Poon presented the plan.")
    path = minutes(("  absent:\n", f"{attendee}  absent:\n"), change)
    (tmp_path / "locales").mkdir()
    words = (*command, path, *(("--out", tmp_path / "small.xlf") if command == ("export",) else ()))
    result = run(*words)
    assert result.exit_code == 1
    assert "withheld-words" in result.output
    assert not (tmp_path / "small.xlf").exists()
    assert not [*(tmp_path / "locales").iterdir()]
    allowed = '  - id: said\n    allow: {withheld-words: "another Mr Poon"}\n'
    minutes(("  absent:\n", f"{attendee}  absent:\n"), change, ("  - id: said\n", allowed))
    assert run(*words).exit_code == 0


def test_a_public_list_omits_confidential_minutes(minutes: Write) -> None:
    closed = minutes(("id: small\n", "id: closed\nclassification: confidential\n"), name="closed.yaml")
    listed = run("actions", closed, "--public")
    assert listed.exit_code == 0
    assert "Buy the books." not in listed.output
    assert "confidential" in listed.output
    assert "3/1  Buy the books. [restricted]" in run("actions", closed).output


def test_restricted_minutes_have_no_public_version(minutes: Write, tmp_path: Path) -> None:
    path = minutes(("id: small\n", "id: small\nclassification: restricted\n"))
    run("pack", path, "--format", "txt", "--out", tmp_path)
    for name in ("agenda", "minutes", "decisions", "actions", "attendance"):
        assert "(Restricted)" in (tmp_path / f"small/pack/small.{name}.en.txt").read_text("utf-8")
    assert "(限閱文件)" in (tmp_path / "small/pack/small.minutes.tc.txt").read_text("utf-8")
    assert "(Confirmed minutes)" in (tmp_path / "small/pack/small.minutes.en.txt").read_text("utf-8")
    for words in (("--public",), ("--public", "--item", "books")):
        result = run("pack", path, "--format", "txt", "--out", tmp_path / "public", *words)
        assert result.exit_code == 1
        assert "error[" in result.output
        assert "restricted" in result.output
    assert not (tmp_path / "public").exists()


def test_confidential_minutes_are_not_exported_or_stored(minutes: Write, tmp_path: Path) -> None:
    path = minutes(("id: small\n", "id: small\nclassification: confidential\n"))
    (tmp_path / "locales").mkdir()
    for words in (("export", path, "--out", tmp_path / "small.xlf"), ("memory", "add", path)):
        result = run(*words)
        assert result.exit_code == 1
        assert "confidential" in result.output
    assert not (tmp_path / "small.xlf").exists()
    assert not [*(tmp_path / "locales").iterdir()]


def test_an_export_lists_withheld_texts_without_their_words(minutes: Write, tmp_path: Path) -> None:
    result = run("export", minutes(RESTRICTED), "--out", tmp_path / "small.xlf")
    assert ": buy" in result.output
    assert "Buy the books" not in result.output + (tmp_path / "small.xlf").read_text("utf-8")


def test_the_next_minutes_keep_the_classification(minutes: Write, tmp_path: Path) -> None:
    from ipdocs.minutes.next_minutes import next_minutes_source

    text = next_minutes_source(minutes(("id: small\n", "id: small\nclassification: confidential\n")), "following")
    assert "\nclassification: confidential\n" in text
    assert "restricted" not in text


def test_a_list_after_a_withheld_list_keeps_its_numbers(minutes: Write, tmp_path: Path) -> None:
    after = (
        "  - id: heading\n",
        "  - id: more\n    list: {style: number, after: kinds, items: [{en: maps, tc: 地圖}]}\n"
        '  - id: sum\n    paragraph: {en: "There were {{ kinds | count }} kinds.", tc: "共有{{ kinds | count }}類。"}\n'
        "  - id: heading\n",
    )
    after = (after[0], after[1].replace("en: maps, tc: 地圖", 'en: "maps", tc: "地圖"'))
    path = minutes(("  - id: kinds\n", "  - id: kinds\n    restricted: true\n"), after)
    run("pack", path, "--public", "--lang", "en", "--format", "txt", "--out", tmp_path)
    text = (tmp_path / "small/public/small.minutes.public.en.txt").read_text("utf-8")
    assert "(3) maps" in text
    assert "There were 2 kinds." in text
    assert "novels" not in text
