from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ipdocs.cli import app


def ipdocs(*arguments: str, text: str | None = None) -> Result:
    return CliRunner().invoke(app, arguments, input=text)


def test_standard_input_comes_out_line_for_line() -> None:
    done = ipdocs("convert", "-", "--to", "cn", text="透過資訊\n\n「說明」\n")
    assert (done.exit_code, done.stdout) == (0, "通过信息\n\n“说明”\n")


def test_a_file_is_converted_from_simplified_to_traditional(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text("人事编制", "utf-8")
    assert ipdocs("convert", str(path), "--to", "tc").stdout == "人事編制"


def test_from_cn_converts_words_of_the_mainland() -> None:
    assert ipdocs("convert", "-", "--to", "tc", text="信息").stdout == "信息"
    assert ipdocs("convert", "-", "--to", "tc", "--from", "cn", text="信息").stdout == "資訊"


def test_the_audit_goes_to_standard_error() -> None:
    done = ipdocs("convert", "-", "--to", "sc", "--audit", text="甲\n頭髮乾了。\n")
    assert done.stdout == "甲\n头发干了。\n"
    assert done.stderr == "-:2:3: 乾 → 干, not 乾: OpenCC TSCharacters (not confirmed); in …頭髮乾了。…\n"


def test_undecided_places_give_one_warning() -> None:
    done = ipdocs("convert", "-", "--to", "tc", text="编制\n编制\n")
    assert (done.exit_code, done.stdout) == (0, "編制\n編制\n")
    assert done.stderr == "warning: 2 places have several possible forms: list with --audit, decide with --choose\n"
    assert "1 place has" in ipdocs("convert", "-", "--to", "tc", text="编制").stderr


def test_decided_text_gives_no_warning() -> None:
    assert ipdocs("convert", "-", "--to", "tc", text="局长出席会议\n").stderr == ""
    assert ipdocs("convert", "-", "--to", "tc", "--json", text="编制").stderr == ""


def test_json_has_text_and_decisions() -> None:
    done = json.loads(ipdocs("convert", "-", "--to", "cn", "--audit", "--json", text="透過").stdout)
    assert done["text"] == "通过"
    assert done["findings"] == []
    (decision,) = done["decisions"]
    assert (decision["start"], decision["end"], decision["chosen"], decision["alternatives"]) == (0, 2, "通过", ["透过"])


def test_a_choice_is_saved_beside_the_file(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text("编制", "utf-8")
    assert ipdocs("convert", str(path), "--to", "tc", "--choose", "编制=編製").stdout == "編製"
    assert ipdocs("convert", str(path), "--to", "tc").stdout == "編製"
    assert "form: 編製" in (tmp_path / "text.state.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["no-such.txt", "--to", "tc"], "file 'no-such.txt' does not exist"),
        (["-", "--to", "tc", "--choose", "编制"], "'编制' is not of the form TEXT=FORM"),
        (["-", "--to", "tc", "--choose", "编制=編製"], "standard input is not a file"),
    ],
)
def test_a_usage_error_exits_with_2(arguments: list[str], message: str) -> None:
    done = ipdocs("convert", *arguments, text="")
    assert done.exit_code == 2
    assert message in " ".join(done.stderr.replace("│", " ").split())


def test_an_unknown_language_is_a_finding() -> None:
    done = ipdocs("convert", "-", "--to", "tw", text="")
    assert done.exit_code == 1
    assert "error[no-conversion]" in done.stderr


def test_text_in_another_encoding_is_a_finding(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_bytes("說明".encode("big5"))
    done = ipdocs("convert", str(path), "--to", "sc")
    assert done.exit_code == 1
    assert "error[not-utf-8]" in done.stderr
