"""Pipes, sockets, devices, folders, broken links and unreadable files in place of sources: no command waits for them."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ipdocs.cli import app
from ipdocs.findings import IpdocsError
from ipdocs.workspace import resolve_in_workspace

from .conftest import HEAD, STRANGER, contents, forget

BAD = HEAD.format("bad") + 'title: {en: "A  title", tc: "標題"}\nbody: []\n'


def pipe(path: Path) -> None:
    os.mkfifo(path)


def sock(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path.name)  # from its folder, since the path of a socket is short


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def dangling(path: Path) -> None:
    path.symlink_to("nowhere")


def circle(path: Path) -> None:
    path.symlink_to(path.name)


def linked_folder(path: Path) -> None:
    path.symlink_to("minutes")


ODD: Mapping[str, Callable[[Path], None]] = {
    "pipe": pipe,
    "socket": sock,
    "device": device,
    "folder": Path.mkdir,
    "link to a folder": linked_folder,
    "dangling link": dangling,
    "circle of links": circle,
}
ERRORS = ("dangling link", "circle of links")
"""Files that may be meant as sources: a check that omits them must fail."""


@pytest.fixture(autouse=True)
def no_waiting() -> Iterator[None]:
    """End a test that waits for a pipe."""

    def end(number: int, frame: object) -> None:
        raise TimeoutError("this waits for something")

    signal.signal(signal.SIGALRM, end)
    signal.alarm(60)
    yield
    signal.alarm(0)


@pytest.mark.parametrize("kind", ODD)
def test_check_reports_odd_files_and_checks_the_rest(workspace: Path, kind: str) -> None:
    (workspace / "bad.yaml").write_text(BAD, "utf-8")
    ODD[kind](workspace / "odd.yaml")
    result = CliRunner().invoke(app, ["check"])
    severity = "error" if kind in ERRORS else "warning"
    assert result.stderr.count("--> odd.yaml") == 1, result.stderr
    assert f"{severity}[" in result.stderr.split("  --> odd.yaml")[0].splitlines()[-1]
    assert "hint: " in result.stderr
    assert "doubled-space" in result.stderr
    assert result.exit_code == 1


@pytest.mark.parametrize("kind", ODD)
def test_only_possible_sources_fail_a_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "minutes").mkdir()
    ODD[kind](tmp_path / "odd.yaml")
    assert CliRunner().invoke(app, ["check"]).exit_code == (1 if kind in ERRORS else 0)


def test_unreadable_files_are_reported(workspace: Path) -> None:
    if subprocess.run([*STRANGER, "true"], capture_output=True, check=False).returncode:
        pytest.skip("unshare makes no user here")
    (workspace / "bad.yaml").write_text(BAD, "utf-8")
    (workspace / "closed.yaml").write_text(BAD, "utf-8")
    (workspace / "closed.yaml").chmod(0)
    (workspace / "closed").mkdir(mode=0)
    call = [*STRANGER, sys.executable, "-m", "ipdocs", "check"]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    assert re.search(r"error\[unreadable\]: .*Permission denied\n  --> closed\.yaml", done.stderr)
    assert re.search(r"error\[cannot-read\]: .*Permission denied\n  --> closed\n", done.stderr)
    assert "doubled-space" in done.stderr
    assert done.returncode == 1


def test_a_source_in_a_closed_folder_is_a_finding(workspace: Path) -> None:
    if subprocess.run([*STRANGER, "true"], capture_output=True, check=False).returncode:
        pytest.skip("unshare makes no user here")
    (workspace / "closed").mkdir(mode=0)
    code = "import ipdocs, pathlib; print(*[finding.code for finding in ipdocs.check([pathlib.Path('closed/bad.yaml')])])"
    done = subprocess.run([*STRANGER, sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout == "unreadable\n"


NAMED = (
    "check ODD",
    "check --fix ODD",
    "build ODD",
    "build one/release.yaml --letterhead ODD",
    "pack ODD",
    "review ODD",
    "review one/release.yaml --against ODD",
    "format ODD",
    "actions ODD",
    "status ODD",
    "confirm ODD --by me",
    "export ODD",
    "translate ODD --to tc",
    "machine ODD",
    "redline ODD one/release.yaml --by me",
    "memory add ODD --by me",
    "memory import ODD",
    "import ODD -o imported",
    "import ODD --into two/release.yaml",
    "import returned.xlf --into ODD",
    "convert ODD --to sc",
    "new minutes next --after ODD",
    "verify one/release.yaml --source ODD",
    "build one/release.yaml --out ODD",
    "pack minutes/minutes.yaml --lang en --format txt --out ODD",
)


@pytest.mark.slow
@pytest.mark.parametrize("kind", [kind for kind in ODD if "folder" not in kind])
def test_no_command_waits_for_an_odd_argument(workspace: Path, kind: str) -> None:
    before = contents(workspace)
    for ending in ("yaml", "docx", "html", "tbx"):
        ODD[kind](workspace / f"odd.{ending}")
        for call in NAMED if ending == "yaml" else [call for call in NAMED if call.startswith("import ODD")]:
            result = CliRunner().invoke(app, call.replace("ODD", f"odd.{ending}").split())
            assert result.exit_code in (1, 2), call
            assert isinstance(result.exception, SystemExit), (call, result.exception)
            assert result.stderr, call
    assert contents(workspace) == before


@pytest.mark.parametrize("call", ["check ODD", "build ODD", "format ODD", "import ODD -o imported", "convert ODD --to sc"])
def test_a_pipe_is_not_waited_for(workspace: Path, call: str) -> None:
    pipe(workspace / "odd.yaml")
    assert CliRunner().invoke(app, call.replace("ODD", "odd.yaml").split()).exit_code in (1, 2)


PLACES = (
    "one/release.state.yaml",
    "checks.yaml",
    "templates/press-release/style.css",
    "templates/press-release/document.html",
    "templates/boilerplate/odd.yaml",
    "locales/glossary.csv",
    "locales/styles/odd.yaml",
    "locales/zh-Hant-HK/phrases.po",
    "locales/pt/language.yaml",
    "locales/machine.yaml",
    "locales/memory/odd.tmx",
    "out/one/manifest.json",
)
USES = (
    "check one/release.yaml",
    "build one/release.yaml --format html",
    "memory stats",
    "catalog update",
    "machine one/release.yaml",
)


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES)
def test_no_command_waits_for_an_odd_file_in_a_workspace(workspace: Path, place: str) -> None:
    for kind in ("pipe", "folder", "dangling link", "circle of links"):
        path = workspace / place
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_file():
            path.unlink()
        ODD[kind](path)
        for call in USES:
            forget()
            result = CliRunner().invoke(app, call.split())
            assert result.exception is None or isinstance(result.exception, SystemExit), (kind, call, result.exception)
        if path.is_dir() and not path.is_symlink():
            path.rmdir()
        elif os.path.lexists(path):
            path.unlink()


NAMES = {
    '"a\\0b.png"': "control-character",
    '"\\uD800.png"': "surrogate",
    f'"{"x" * 300}.png"': "no-such-file",
    f'"{"x/" * 3000}y.png"': "no-such-file",
    '"odd.png"': "no-such-file",
    '"link.png"': "no-such-file",
    '"."': "no-such-file",
    '"one/release.yaml/x.png"': "no-such-file",
    '"/dev/zero"': "outside-workspace",
    '"/etc/passwd"': "outside-workspace",
}


@pytest.mark.parametrize("name", NAMES)
def test_an_impossible_file_name_is_a_finding(workspace: Path, name: str) -> None:
    pipe(workspace / "odd.png")
    circle(workspace / "link.png")
    figure = f"body:\n  - id: fig\n    figure: {{file: {name}, alt: {{en: 'A picture', tc: '圖片'}}}}\n"
    (workspace / "x.yaml").write_text(BAD.replace("body: []\n", figure), "utf-8")
    minutes = workspace / "minutes/minutes.yaml"
    text = minutes.read_text("utf-8")
    assert "file: annexes/steps.png" in text
    minutes.write_text(text.replace("file: annexes/steps.png", f"file: {name}"), "utf-8")
    for call in (["check", "x.yaml"], ["build", "x.yaml"], ["pack", "minutes/minutes.yaml"]):
        result = CliRunner().invoke(app, call)
        assert result.exit_code == 1
        assert isinstance(result.exception, SystemExit), (call, result.exception)
        assert f"error[{NAMES[name]}]" in result.stderr
        assert f"{call[1]}:" in result.stderr


def test_a_null_character_in_a_file_name_is_a_finding(tmp_path: Path) -> None:
    for name in ("a\0b", "\ud800"):
        with pytest.raises(IpdocsError, match="control-character"):
            resolve_in_workspace(tmp_path, name, tmp_path)


@pytest.mark.parametrize(
    "text", ["[" * 100_000, "{a: " * 100_000, "- " * 100_000 + "x", "a: 2018-02-30", "a: !!float x", "\0", "&a [*a]"]
)
@pytest.mark.parametrize("place", ["one/release.state.yaml", "checks.yaml", "locales/pt/language.yaml", "locales/machine.yaml"])
def test_odd_yaml_is_a_finding(workspace: Path, place: str, text: str) -> None:
    (workspace / place).parent.mkdir(exist_ok=True)
    (workspace / place).write_text(text)
    result = CliRunner().invoke(
        app, ["translate", "one/release.yaml", "--machine", "--to", "tc"] if "machine" in place else ["check", "one/release.yaml"]
    )
    assert isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == 1
    assert Path(place).name in result.stderr


@pytest.mark.parametrize(("name", "code"), [(b"a\xff", "surrogate"), ("a\uffff".encode(), "noncharacter")])
@pytest.mark.parametrize("command", ["build", "review", "check", "status", "format"])
def test_a_path_that_is_not_utf8_is_a_finding(workspace: Path, name: bytes, code: str, command: str) -> None:
    folder = Path(os.fsdecode(name))
    Path("one").rename(folder)
    before = contents(workspace)
    result = CliRunner().invoke(app, [command, str(folder / "release.yaml")])
    assert (result.exit_code, f"error[{code}]" in result.output, "hint: " in result.output) == (1, True, True)
    assert contents(workspace) == before


def test_a_workspace_may_be_in_a_folder_without_utf8_name(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = workspace.with_name(os.fsdecode(b"b\xff"))
    workspace.rename(folder)
    monkeypatch.chdir(folder)
    for call in ("memory search One", "export two/release.yaml -o x.xlf", "build one/release.yaml --format txt,docx --lang en"):
        result = CliRunner().invoke(app, call.split())
        assert result.exit_code == 0, result.output
    assert "One text." in Path("out/one/one.en.txt").read_text("utf-8")
    folder.rename(workspace)


@pytest.mark.parametrize("text", ["languages: 3", "languages: [en]", "languages: {en: 3}", "based-on: [x]", "- x", "3", ""])
def test_an_odd_house_style_is_a_finding(workspace: Path, text: str) -> None:
    (workspace / "locales/styles").mkdir()
    (workspace / "locales/styles/gia.yaml").write_text(text)
    (workspace / "locales/styles/reprint.yaml").write_text(text)
    result = CliRunner().invoke(app, ["check", "one/release.yaml"])
    assert isinstance(result.exception, SystemExit), result.exception
    assert "error[" in result.stderr


def test_a_section_that_is_part_of_itself_is_a_finding(workspace: Path) -> None:
    (workspace / "templates/boilerplate").mkdir()
    (workspace / "templates/boilerplate/odd.yaml").write_text("&a [*a]")
    result = CliRunner().invoke(app, ["catalog", "extract"])
    assert (result.exit_code, "error[bad-yaml]: " in result.stderr) == (1, True)
