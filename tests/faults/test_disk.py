"""Full and read-only disks, and folders in place of files: a finding, and nothing changes."""

from __future__ import annotations

import re
import resource
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ipdocs.cli import app

from .conftest import STRANGER, WRITERS, contents

Run = Callable[..., subprocess.CompletedProcess[str]]


@contextmanager
def small_files() -> Iterator[None]:
    """Limit files to ten bytes, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def refused(result: Result) -> None:
    assert result.exit_code == 1, result.output
    assert isinstance(result.exception, SystemExit), result.exception
    assert "cannot-write" in result.output
    assert "hint: " in result.output


@pytest.mark.parametrize("name", WRITERS)
def test_every_command_writes_something(workspace: Path, name: str) -> None:
    before = contents(workspace)
    result = CliRunner().invoke(app, WRITERS[name])
    assert result.exit_code == 0, result.output
    assert contents(workspace) != before
    assert not list(workspace.rglob("*.tmp"))


@pytest.mark.parametrize("name", WRITERS)
def test_a_full_disk_is_a_finding_and_changes_nothing(workspace: Path, name: str) -> None:
    before = contents(workspace)
    with small_files():
        result = CliRunner().invoke(app, WRITERS[name])
    refused(result)
    assert contents(workspace) == before
    assert not list((workspace.parent / "tmp").iterdir())


OUTPUTS = {
    "build": "out/one",
    "pack": "out/gd-hk-ip-17-minutes/pack",
    "pack --item": "out/gd-hk-ip-17-minutes/extract",
    "new": "new/another",
    "new workspace": "fresh",
    "import of a page": "imported",
}
FILES = {
    "build": "out/one/one.tc.txt",
    "convert --choose": "text.state.yaml",
    "catalog extract": "locales/phrases.pot",
    "confirm": "one/release.state.yaml",
    "memory add": "locales/memory/one.tmx",
}


@pytest.mark.parametrize("name", OUTPUTS)
def test_a_file_in_the_way_of_a_folder_is_a_finding(workspace: Path, name: str) -> None:
    path = workspace / OUTPUTS[name]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("in the way")
    before = contents(workspace)
    result = CliRunner().invoke(app, WRITERS[name])
    assert result.exit_code in (1, 2), result.output
    assert isinstance(result.exception, SystemExit), result.exception
    assert Path(OUTPUTS[name]).name in result.output
    assert contents(workspace) == before


@pytest.mark.parametrize("name", FILES)
def test_a_folder_in_the_way_of_a_file_is_a_finding(workspace: Path, name: str) -> None:
    (workspace / FILES[name]).mkdir(parents=True)
    before = contents(workspace)
    result = CliRunner().invoke(app, WRITERS[name])
    refused(result)
    assert FILES[name] in result.output
    assert contents(workspace) == before


@pytest.mark.slow
@pytest.mark.parametrize("name", WRITERS)
def test_a_folder_without_permission_is_a_finding(workspace: Path, name: str, ipdocs: Run) -> None:
    if subprocess.run([*STRANGER, "true"], capture_output=True, check=False).returncode:
        pytest.skip("unshare makes no user here")
    before = contents(workspace)
    folders = [workspace, *(path for path in workspace.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    done = ipdocs(*WRITERS[name], before=STRANGER)
    for folder in folders:
        folder.chmod(0o755)
    assert done.returncode == 1, done.stderr
    assert re.search(r"error\[cannot-write\]: .*Permission denied", done.stderr)
    assert contents(workspace) == before


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Path]:
    """Mount a disk of some size in bytes."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", folder]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


@pytest.mark.slow
@pytest.mark.parametrize("command", [["build", "one/release.yaml"], ["pack", "minutes/minutes.yaml", "--lang", "en"]])
def test_a_disk_that_fills_keeps_the_old_set_whole(workspace: Path, command: list[str], ipdocs: Run) -> None:
    assert ipdocs(*command).returncode == 0
    old = contents(workspace / "out")
    need = sum(map(len, old.values()))
    with small_disk(workspace / "small", int(need * 1.5)) as disk:
        assert ipdocs(*command, "--out", disk).returncode == 0
        assert contents(disk) == {name.removeprefix("out/"): data for name, data in old.items()}
        source = workspace / command[1]
        source.write_text(source.read_text("utf-8").replace("One text.", "Another text."), "utf-8")
        done = ipdocs(*command, "--out", disk)
        assert done.returncode == 1, done.stderr
        assert "No space left on device" in done.stderr
        assert contents(disk) == old


@pytest.mark.slow
def test_no_room_for_temporary_files_is_a_finding(workspace: Path, ipdocs: Run) -> None:
    with small_disk(workspace / "small", 4096) as disk:
        for call in (["build", "one/release.yaml"], ["memory", "search", "text"]):
            done = ipdocs(*call, env={"TMPDIR": str(disk), "XDG_CACHE_HOME": str(disk)})
            assert done.returncode == 1, done.stderr
            assert "TMPDIR" in done.stderr
        assert contents(disk) == {}
        assert not list(disk.glob("ipdocs-*"))
