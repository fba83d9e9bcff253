"""An environment without a user's name, a home, a cache, a folder or enough memory; and internal errors."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ipdocs.cli import app

from .conftest import STRANGER, WRITERS, contents

Run = Callable[..., subprocess.CompletedProcess[str]]
NAMELESS = dict.fromkeys(("LOGNAME", "USER", "LNAME", "USERNAME"), "")


def a_stranger() -> None:
    if subprocess.run([*STRANGER, "true"], capture_output=True, check=False).returncode:
        pytest.skip("unshare makes no user here")


@pytest.mark.parametrize("name", ["confirm", "memory add", "redline"])
def test_a_user_without_a_name_is_asked_for_one(workspace: Path, name: str, ipdocs: Run) -> None:
    a_stranger()
    before = contents(workspace)
    call = WRITERS[name][:-2]
    done = ipdocs(*call, before=STRANGER, env=NAMELESS)
    assert done.returncode == 1
    assert "error[unknown-user]" in done.stderr
    assert "--by NAME" in done.stderr
    assert contents(workspace) == before
    assert ipdocs(*call, "--by", "me", before=STRANGER, env=NAMELESS).returncode == 0


SEARCHES = (["memory", "search", "One text"], ["memory", "stats"], ["export", "two/release.yaml", "-o", "x.xlf"])
SEARCH, TRANSLATE = SEARCHES[0], ["translate", "two/release.yaml", "--to", "tc", "--drafts"]


@pytest.mark.parametrize(
    ("call", "home"),
    [(SEARCH, "/proc"), (SEARCH, ""), (SEARCHES[1], "/dev/null"), (SEARCHES[2], ""), (TRANSLATE, "")],
    ids=lambda value: " ".join(value[:2]) if isinstance(value, list) else value,
)
def test_the_memory_works_without_a_home_folder(workspace: Path, call: list[str], home: str, ipdocs: Run) -> None:
    a_stranger()
    done = ipdocs(*call, before=STRANGER, env={"XDG_CACHE_HOME": "", **NAMELESS, "HOME": home})
    assert (done.returncode, done.stderr) == (0, "")
    assert not (workspace / "~").exists()
    assert not list((workspace.parent / "tmp").iterdir())


def a_file(cache: Path) -> None:
    cache.rmdir()
    cache.write_text("no folder")


def a_damaged_index(cache: Path) -> None:
    (index,) = cache.rglob("*.sqlite")
    data = index.read_bytes()
    index.write_bytes(data[: 8 * 4096] + bytes(len(data) - 8 * 4096))


def no_index(cache: Path) -> None:
    (index,) = cache.rglob("*.sqlite")
    index.write_bytes(b"no index at all" * 100)


def a_folder_for_an_index(cache: Path) -> None:
    (index,) = cache.rglob("*.sqlite")
    index.unlink()
    index.mkdir()


def an_unreadable_index(cache: Path) -> None:
    (index,) = cache.rglob("*.sqlite")
    index.chmod(0)


@pytest.mark.parametrize("prepare", [a_file, no_index, a_folder_for_an_index, an_unreadable_index], ids=lambda one: one.__name__)
def test_a_cache_that_cannot_be_used_is_ignored(workspace: Path, prepare: Callable[[Path], None]) -> None:
    cache = workspace.parent / "cache"
    shutil.rmtree(cache)
    cache.mkdir()
    if prepare is not a_file:
        assert CliRunner().invoke(app, SEARCH).exit_code == 0
    prepare(cache)
    result = CliRunner().invoke(app, SEARCH)
    assert (result.exit_code, "一段文字" in result.output) == (0, True), result.output


def test_a_damaged_index_is_a_finding_with_a_hint(workspace: Path) -> None:
    cache = workspace.parent / "cache"
    assert CliRunner().invoke(app, SEARCH).exit_code == 0
    a_damaged_index(cache)
    result = CliRunner().invoke(app, SEARCH)
    assert (result.exit_code, "error[bad-index]" in result.output) == (1, True)
    assert "hint: " in result.output
    (index,) = cache.rglob("*.sqlite")
    index.unlink()
    assert CliRunner().invoke(app, SEARCH).exit_code == 0


def test_a_locked_index_is_a_finding_or_is_rebuilt(workspace: Path) -> None:
    assert CliRunner().invoke(app, SEARCH).exit_code == 0
    (index,) = (workspace.parent / "cache").rglob("*.sqlite")
    connection = sqlite3.connect(index)
    connection.execute("BEGIN EXCLUSIVE")
    try:
        result = CliRunner().invoke(app, SEARCH)
    finally:
        connection.close()
    assert isinstance(result.exception, SystemExit) or result.exception is None
    assert result.exit_code == 0 or "bad-index" in result.output


def test_a_deleted_current_folder_is_a_finding(workspace: Path, ipdocs: Run) -> None:
    for call in (["check"], ["build", "x.yaml"], ["schema", "minutes"], ["memory", "stats"], ["convert", "-", "--to", "sc"]):
        gone = workspace / "gone"
        gone.mkdir()
        command = f'rmdir "{gone}"; exec "{sys.executable}" -P -m ipdocs {" ".join(call)}'
        done = subprocess.run(["sh", "-c", command], cwd=gone, capture_output=True, text=True, check=False, input="")
        assert "Traceback" not in done.stderr, done.stderr
        assert done.returncode in (0, 1, 2), done.stderr


def run_command(body: str, **options: object) -> subprocess.CompletedProcess[str]:
    code = f"import os, sys\nfrom ipdocs.cli.process import run\ndef command():\n    {body}\nrun(command)"
    environment = {name: value for name, value in os.environ.items() if name != "IPDOCS_TRACEBACK"} | options.pop("env", {})  # type: ignore[operator]
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=False, **options)  # type: ignore[call-overload, no-any-return]


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("int('x')", "ValueError: invalid literal for int() with base 10: 'x'"),
        ("raise KeyError", "KeyError"),
        ("raise RuntimeError('one\\ntwo')", "RuntimeError: one"),
        ("raise RuntimeError('\\x1b[31m')", "RuntimeError: <U+001B>[31m"),
        ("command()", "RecursionError: maximum recursion depth exceeded"),
        ("raise MemoryError", "MemoryError"),
        ("import sqlite3; sqlite3.connect(':memory:').execute('x')", 'OperationalError: near "x": syntax error'),
    ],
)
def test_an_internal_error_is_printed_in_one_line(body: str, what: str) -> None:
    from importlib.metadata import version

    done = run_command(body)
    assert done.returncode == 70
    assert done.stdout == ""
    assert done.stderr == (
        f"ipdocs {version('ipdocs')}: internal error: {what}; "
        "report this line and the command to the maintainers; IPDOCS_TRACEBACK=1 shows where it happened\n"
    )


def test_the_traceback_is_printed_on_request() -> None:
    done = run_command("int('x')", env={"IPDOCS_TRACEBACK": "1"})
    assert done.returncode == 70
    assert 'File "<string>", line 4, in command' in done.stderr
    assert "internal error: ValueError" in done.stderr.splitlines()[-1]


def test_tests_print_tracebacks() -> None:
    assert os.environ["IPDOCS_TRACEBACK"] == "1"


def test_help_lists_the_exit_codes() -> None:
    text = " ".join(CliRunner().invoke(app, ["--help"]).output.split())
    assert "0 success, 1 findings, 2 usage error, 70 internal error, 128+n ended by signal n" in text
