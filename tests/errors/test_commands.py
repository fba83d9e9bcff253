"""Commands on bad sources: exit codes, messages for people and programs, and unchanged files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from ipdocs.cli import app

CASES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))
BAD = Path(__file__).parent / "cases/fact-undefined.yaml"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_bad_source_exits_with_1_and_no_traceback(path: Path, tmp_path: Path) -> None:
    result = run("build", path, "--out", tmp_path)
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert result.stderr.startswith("error[")
    assert not list(tmp_path.iterdir())


def test_a_failed_build_leaves_the_earlier_files_whole(tmp_path: Path) -> None:
    source = tmp_path / "my-first/release.yaml"
    assert run("new", "press-release", "my-first", "--out", tmp_path).exit_code == 0
    assert run("build", source, "--format", "txt", "--out", tmp_path / "out").exit_code == 0
    before = {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    source.write_text(source.read_text("utf-8").replace("{{ topics | count }}", "{{ topcis | count }}"), "utf-8")
    result = run("build", source, "--format", "txt", "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "error[undefined-fact]: " in result.stderr
    assert "'topcis'" in result.stderr
    assert {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()} == before


def test_findings_of_several_sources_are_reported_together(tmp_path: Path) -> None:
    other = Path(__file__).parent / "cases/id-missing.yaml"
    result = run("build", BAD, other, "--out", tmp_path)
    assert "undefined-fact" in result.stderr
    assert "missing-id" in result.stderr


def test_json_has_the_same_findings(tmp_path: Path) -> None:
    result = run("build", BAD, "--out", tmp_path, "--json")
    assert result.exit_code == 1
    finding = json.loads(result.stdout)["findings"][0]
    assert finding["code"] == "undefined-fact"
    assert "'citty'" in finding["message"]
    assert "city?" in finding["hint"]
    assert (finding["line"], finding["column"], finding["length"]) == (15, 25, 5)


WRONG_WITH_JSON = {
    "actions": "actions minutes.yaml --csv",
    "build": "build none.yaml",
    "check": "check --sarif",
    "convert": "convert",
    "doctor": "doctor none",
    "export": "export none.yaml --count",
    "format": "format",
    "import": "import none.docx",
    "memory search": "memory search",
    "pack": "pack minutes.yaml --itme 3",
    "status": "status none.yaml",
    "translate": "translate",
    "verify": "verify none",
}


@pytest.mark.parametrize("command", WRONG_WITH_JSON)
def test_usage_error_is_shown_as_json(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("minutes.yaml").touch()
    result = run(*WRONG_WITH_JSON[command].split(), "--json")
    assert (result.exit_code, result.stderr) == (2, "")
    (finding,) = json.loads(result.stdout)["findings"]
    assert finding["code"] == "usage-error"
    assert finding["message"]
    assert f" {command} --help` to see" in finding["hint"]


def test_every_command_with_json_has_json_usage_errors() -> None:
    group = typer.main.get_command(app)
    commands = dict(group.commands) | {f"memory {name}": command for name, command in group.commands["memory"].commands.items()}
    with_json = {name for name, command in commands.items() if any("--json" in option.opts for option in command.params)}
    assert with_json == WRONG_WITH_JSON.keys()


def test_a_command_without_json_prints_usage_errors() -> None:
    result = run("schema", "minutes", "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--json" in result.stderr


def test_system_error_is_shown_as_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("ipdocs.source.format.format_source", refuse)
    result = run("format", tmp_path / "x.yaml", "--json")
    assert (result.exit_code, result.stderr) == (1, "")
    (finding,) = json.loads(result.stdout)["findings"]
    assert (finding["code"], finding["path"]) == ("cannot-read", str(tmp_path / "x.yaml"))


WRONG = ["format", "schema", "schema letter", "new press-release", "build none.yaml", "build"]


@pytest.mark.parametrize("call", WRONG)
def test_a_usage_error_exits_with_2(call: str) -> None:
    assert run(*call.split()).exit_code == 2


def test_format_writes_ids_and_reports_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "release.yaml"
    head = "schema: 1\nkind: press-release\nid: x\nissued: 2018-08-22\nlanguages: [en]\n"
    path.write_text(head + "title: {en: A title}\nbody:\n  - paragraph:\n      en: Meeting # 17\n")
    result = run("format", path)
    assert result.exit_code == 1
    assert "error[unquoted-text]: this may be a comment, or part of the unquoted text before it" in result.stderr
    assert path.read_text() == head + 'title: {en: "A title"}\nbody:\n  - id: lead\n    paragraph:\n      en: Meeting # 17\n'


def test_format_leaves_a_source_that_is_not_yaml(tmp_path: Path) -> None:
    path = tmp_path / "release.yaml"
    path.write_text("title: {en: Guangdong, Hong Kong}\n")
    assert run("format", path).exit_code == 1
    assert path.read_text() == "title: {en: Guangdong, Hong Kong}\n"


def test_format_prints_nothing_for_a_formatted_source() -> None:
    source = Path(__file__).resolve().parents[2] / "fixtures/gd-hk-ip-17/release.yaml"
    result = run("format", source)
    assert (result.exit_code, result.output) == (0, "")


def test_schema_prints_json() -> None:
    assert json.loads(run("schema", "press-release").stdout)["title"] == "PressRelease"
