"""Full disks, protected files, vanished folders and other programs: nothing is lost, and nothing is half written."""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from .typing_help import EXAMPLE

DOCUMENT = "/d/example-gia:release.yaml"
ADDED = "and added:"


def step(desk: Any, words: str, number: int, before: str = ADDED) -> tuple[int, Any]:
    """Send the words at the end of a cell as a step."""
    base = next(
        cell["text"]
        for row in desk.get(DOCUMENT)["rows"]
        for line in row["lines"]
        for cell in line["cells"].values()
        if (cell["place"], cell["lang"]) == ("spokesman.paragraph", "en")
    )
    change = {"type": "text", "place": "spokesman.paragraph", "lang": "en", "before": base, "after": base + words}
    return desk.call("POST", f"{DOCUMENT}/step", {"id": f"step-{number}", "tab": "tab", "changes": [change]})


def fill(disk: Path) -> None:
    """Write a file until the disk is full."""
    with (disk / "ballast").open("wb", buffering=0) as stream, suppress(OSError):
        while stream.write(bytes(1024)):
            pass


@pytest.fixture
def source(workspace: Path) -> Path:
    """The source of the example release."""
    return workspace / EXAMPLE


def test_a_limit_on_files_is_507_and_changes_nothing(desk: Any, source: Path) -> None:
    before = source.read_bytes()
    assert desk.call("GET", DOCUMENT)[0] == 200
    limits = resource.prlimit(desk.process.pid, resource.RLIMIT_FSIZE, (10, resource.RLIM_INFINITY))
    status, answer = step(desk, " Well", 1)
    assert (status, answer["findings"][0]["code"]) == (507, "cannot-write")
    assert source.read_bytes() == before
    assert not list(source.parent.glob(".*.tmp"))
    resource.prlimit(desk.process.pid, resource.RLIMIT_FSIZE, limits)
    assert step(desk, " Well", 1)[0] == 200
    assert source.read_bytes() == before.replace(b"and added:", b"and added: Well")
    desk.post(f"{DOCUMENT}/undo", {"tab": "tab"})
    assert source.read_bytes() == before


def test_a_full_disk_is_507_and_changes_nothing(open_desk: Callable[..., Any], workspace: Path) -> None:
    disk = workspace.parent / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=300k", "none", disk]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a small disk")
    try:
        source = disk / EXAMPLE
        source.parent.mkdir()
        shutil.copy(workspace / EXAMPLE, source)
        shutil.copy(workspace / "example-gia/seminar.png", source.parent)
        before = source.read_bytes()
        desk = open_desk(disk)
        assert step(desk, " Well", 1)[0] == 200
        written = source.read_bytes()
        fill(disk)
        status, answer = step(desk, " again", 2)
        assert status == 507, answer
        assert "No space left" in answer["findings"][0]["message"]
        assert source.read_bytes() == written
        (disk / "ballast").unlink()
        assert step(desk, " again", 2)[0] == 200
        desk.post(f"{DOCUMENT}/undo", {"tab": "tab"})
        desk.post(f"{DOCUMENT}/undo", {"tab": "tab"})
        assert source.read_bytes() == before
        desk.stop()
    finally:
        subprocess.run(["umount", disk], check=True)


def test_a_protected_folder_is_refused_until_it_is_not(desk: Any, source: Path) -> None:
    before = source.read_bytes()
    desk.get(DOCUMENT)
    source.parent.chmod(0o555)
    status, answer = step(desk, " Well", 1)
    assert (status, answer["read_only"]["text"]) == (403, "the folder is marked as read only")
    assert desk.get(DOCUMENT)["read_only"] == answer["read_only"]
    source.parent.chmod(0o755)
    assert step(desk, " Well", 1)[0] == 200
    assert source.read_bytes() != before


def test_a_vanished_folder_is_told_until_it_is_back(desk: Any, source: Path, tmp_path: Path) -> None:
    desk.get(DOCUMENT)
    source.parent.rename(tmp_path / "elsewhere")
    status, answer = step(desk, " Well", 1)
    assert (status, answer["problem"]["findings"][0]["code"]) == (409, "no-such-file")
    assert not source.parent.exists()
    (tmp_path / "elsewhere").rename(source.parent)
    assert step(desk, " Well", 2)[0] == 200
    assert b"and added: Well" in source.read_bytes()


def test_a_checkout_of_another_version_is_taken_in(desk: Any, source: Path) -> None:
    def git(*arguments: str) -> None:
        name = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *name, *arguments], cwd=source.parent, check=True, capture_output=True)

    git("init", "-q")
    git("add", "release.yaml")
    git("commit", "-q", "-m", "First")
    first = source.read_bytes()
    assert step(desk, " Well", 1)[0] == 200
    git("commit", "-q", "-a", "-m", "Second")
    git("checkout", "-q", "HEAD~")
    assert source.read_bytes() == first
    assert step(desk, " Other", 2)[0] == 200
    assert source.read_bytes() == first.replace(b"and added:", b"and added: Other")
    git("checkout", "-q", "-f", "-")
    view = desk.get(DOCUMENT)
    assert "and added: Well" in json.dumps(view["rows"])
    status, answer = desk.call("POST", f"{DOCUMENT}/undo", {"tab": "tab"})
    assert (status, "changed_since" in answer) == (409, True)
    assert b"and added: Well" in source.read_bytes()


def test_steps_of_the_last_run_are_undone_after_a_kill(desk: Any, source: Path) -> None:
    states = [source.read_bytes()]
    for number, words in enumerate((" One", " two", " three")):
        assert step(desk, words, number)[0] == 200
        states.append(source.read_bytes())
    desk.post(f"{DOCUMENT}/step", {"id": "move", "tab": "tab", "changes": [{"type": "move", "row": "lead", "after": "speech"}]})
    confirm = {"type": "confirm", "row": "measures", "lang": "tc", "by": "A. Reader"}
    desk.post(f"{DOCUMENT}/step", {"id": "confirm", "tab": "tab", "changes": [confirm]})
    state = source.with_suffix(".state.yaml")
    assert state.exists()
    desk.kill()
    desk.start()
    desk.enter()
    desk.post(f"{DOCUMENT}/undo", {"tab": "tab"})
    assert not state.exists()
    for expected in reversed(states):
        desk.post(f"{DOCUMENT}/undo", {"tab": "tab"})
        assert source.read_bytes() == expected
    assert desk.call("POST", f"{DOCUMENT}/undo", {"tab": "tab"})[0] == 409
    desk.call("DELETE", f"{DOCUMENT}/history")
    assert desk.get(DOCUMENT)["redo"] is None
