"""Placing of files, all of a set or none, in spite of full disks, closed folders and signals."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import socket
import stat
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipdocs.files.placing import locked, place_files
from ipdocs.files.temporary import make_temporary_folder, remove, temporary_file, temporary_folder
from ipdocs.findings import Finding, IpdocsError

pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes, links and signals of POSIX")
OLD, NEW = b"old", b"new and longer"
OTHER_USER = ("unshare", "--user", "--map-user=12345", "--map-group=12345")
"""Runs a command as a user without the rights of root."""


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def refusal(files: dict[Path, bytes]) -> Finding:
    with pytest.raises(IpdocsError) as error:
        place_files(files)
    (finding,) = error.value.findings
    assert finding.code == "cannot-write"
    assert finding.hint
    return finding


def run(code: str, *arguments: object, before: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    """Run code in another process, with arguments in sys.argv."""
    start = "import os, sys\nfrom pathlib import Path\nfrom ipdocs.files.placing import locked, place_files\n"
    call = [*before, sys.executable, "-c", start + textwrap.dedent(code), *map(str, arguments)]
    return subprocess.run(call, capture_output=True, text=True, timeout=60)


def test_files_are_placed_with_their_folders(tmp_path: Path) -> None:
    place_files({tmp_path / "a/b/one": b"1", tmp_path / "a/two": b"2"})
    assert contents(tmp_path) == {"a/b/one": b"1", "a/two": b"2"}


def test_an_empty_set_is_allowed() -> None:
    place_files({})


def test_modes_are_kept_or_follow_the_umask(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_bytes(OLD)
    old.chmod(0o751)
    before = os.umask(0o027)
    try:
        place_files({old: NEW, new: NEW})
    finally:
        os.umask(before)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (old, new)] == [0o751, 0o640]
    assert sorted(tmp_path.iterdir()) == [new, old]


def test_a_symbolic_link_is_replaced_not_followed(tmp_path: Path) -> None:
    target, link, dangling = tmp_path / "target", tmp_path / "link", tmp_path / "dangling"
    target.write_bytes(OLD)
    link.symlink_to(target)
    dangling.symlink_to(tmp_path / "elsewhere")
    place_files({link: NEW, dangling: NEW})
    assert contents(tmp_path) == {"target": OLD, "link": NEW, "dangling": NEW}
    assert not link.is_symlink()


def test_a_folder_may_be_reached_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "out").symlink_to("real")
    place_files({tmp_path / "out/one": NEW})
    assert contents(tmp_path / "real") == {"one": NEW}


def test_a_folder_in_place_of_a_file_is_found_first(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    finding = refusal({tmp_path / "a": NEW, tmp_path / "b": NEW})
    assert str(finding.location) == str(tmp_path / "b")
    assert [path.name for path in tmp_path.iterdir()] == ["b"]


def test_every_folder_in_place_of_a_file_is_reported(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / name).mkdir()
    with pytest.raises(IpdocsError) as error:
        place_files({tmp_path / "a": NEW, tmp_path / "b": NEW})
    assert len(error.value.findings) == 2


@pytest.mark.parametrize("names", [("file/x",), ("file/a/b/x",), ("new/x", "file/x")])
def test_a_file_in_place_of_a_folder_is_a_finding(tmp_path: Path, names: tuple[str, ...]) -> None:
    (tmp_path / "file").write_bytes(OLD)
    finding = refusal({tmp_path / name: NEW for name in names})
    assert str(finding.location) == str(tmp_path / "file")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_pipes_sockets_and_devices_are_never_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.chdir(tmp_path)  # the path of a socket is short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket")
        (tmp_path / "link").symlink_to("/dev/null")
        for name in ("pipe", "socket", "link", "/dev/null"):
            assert str(refusal({tmp_path / name: NEW}).location) == str(tmp_path / name)
            assert not (tmp_path / name).is_file()


@pytest.mark.parametrize("name", ["x" * 256, "nul\0nul", "y" * 256 + "/z", "nul\0/z"])
def test_impossible_names_are_findings(tmp_path: Path, name: str) -> None:
    refusal({tmp_path / "first": NEW, tmp_path / name: NEW})
    assert list(tmp_path.iterdir()) == []


KINDS = ("file", "link", "nothing", "new folder")


@settings(max_examples=25)
@given(kinds=st.lists(st.sampled_from(KINDS), min_size=1, max_size=6), data=st.data())
def test_a_failing_rename_restores_everything(
    tmp_path_factory: pytest.TempPathFactory, kinds: list[str], data: st.DataObject
) -> None:
    """A name that is too long fails only when the temporary file is renamed to it."""
    folder = tmp_path_factory.mktemp("set")
    (folder / "target").write_bytes(OLD)
    index = data.draw(st.integers(0, len(kinds)))
    files: dict[Path, bytes] = {}
    for number, kind in enumerate(kinds):
        path = folder / ("new/deep" if kind == "new folder" else ".") / str(number)
        if kind == "file":
            path.write_bytes(OLD)
            path.chmod(0o604)
        if kind == "link":
            path.symlink_to("target")
        files[path] = NEW
    before = listing(folder)
    paths = list(files)
    paths.insert(index, folder / ("x" * 300))
    refusal(dict.fromkeys(paths, NEW))
    assert listing(folder) == before
    place_files(files)
    assert {path.read_bytes() for path in files} == {NEW}
    shutil.rmtree(folder)


def listing(folder: Path) -> list[tuple[str, int, bytes | str]]:
    return [
        (
            str(path),
            path.lstat().st_mode,
            str(path.readlink()) if path.is_symlink() else path.read_bytes() if path.is_file() else "",
        )
        for path in sorted(folder.rglob("*"))
    ]


@pytest.mark.parametrize(("at", "is_new"), [*product((1, 2, 3), (False,)), (4, True)])
def test_an_interruption_leaves_a_whole_set(tmp_path: Path, at: int, is_new: bool) -> None:
    """An exception, as a signal raises it, before a rename or after the last."""
    files = {tmp_path / name: NEW for name in ("one", "two", "three")}
    place_files(dict.fromkeys(list(files)[:2], OLD))
    code = """
    at, renames, replace = int(sys.argv[1]), 0, Path.replace
    def counted(path, target):
        global renames
        renames += 1
        if renames == at:
            raise KeyboardInterrupt
        result = replace(path, target)
        if renames == 3 and at == 4:
            raise KeyboardInterrupt
        return result
    Path.replace = counted
    place_files({Path(name): b"new and longer" for name in sys.argv[2:]})
    """
    assert "KeyboardInterrupt" in run(code, at, *files).stderr
    assert contents(tmp_path) == ({path.name: NEW for path in files} if is_new else {"one": OLD, "two": OLD})


@pytest.mark.parametrize("at", [0, 1, 2, 3])
def test_a_killed_process_leaves_whole_files_and_is_swept(tmp_path: Path, at: int) -> None:
    files = {tmp_path / name: NEW for name in ("one", "two", "three")}
    place_files(dict.fromkeys(files, OLD))
    code = """
    import signal
    at, renames, replace = int(sys.argv[1]), 0, Path.replace
    def counted(path, target):
        global renames
        if renames == at:
            os.kill(os.getpid(), signal.SIGKILL)
        renames += 1
        return replace(path, target)
    Path.replace = counted
    place_files({Path(name): b"new and longer" for name in sys.argv[2:]})
    """
    assert run(code, at, *files).returncode == (-signal.SIGKILL if at < 3 else 0)
    assert [path.read_bytes() for path in files] == [NEW] * at + [OLD] * (3 - at)
    place_files(files)
    assert contents(tmp_path) == {path.name: NEW for path in files}


def test_files_of_running_processes_are_not_swept(tmp_path: Path) -> None:
    own = temporary_file(tmp_path)
    own.write_bytes(b"")
    unrelated = [tmp_path / name for name in (".ipdocs-note.tmp", "ipdocs-1-x", ".ipdocs-1.tmp", ".other-1-2.tmp")]
    for path in unrelated:
        path.write_bytes(b"")
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        foreign = tmp_path / own.name.replace(str(os.getpid()), str(process.pid))
        foreign.write_bytes(b"")
        place_files({tmp_path / "file": NEW})
        assert set(tmp_path.iterdir()) == {own, foreign, *unrelated, tmp_path / "file"}
    place_files({tmp_path / "file": NEW})
    assert not foreign.exists()
    remove(own)


def test_a_file_of_another_computer_is_swept_after_a_day(tmp_path: Path) -> None:
    own = temporary_file(tmp_path)
    start, host, _ = own.name.rsplit("-", 2)
    foreign = tmp_path / own.name.replace(host, "00000000")
    assert start
    foreign.write_bytes(b"")
    place_files({tmp_path / "file": NEW})
    assert foreign.exists()
    os.utime(foreign, (0, 0))
    place_files({tmp_path / "file": NEW})
    assert not foreign.exists()
    remove(own)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 KB."""
    folder = tmp_path / "small"
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "none", folder], capture_output=True).returncode:
        pytest.skip("only root may mount a small disk")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk_keeps_the_old_set(small_disk: Path) -> None:
    files = {small_disk / str(number): OLD for number in range(4)}
    place_files(files)
    finding = refusal({path: bytes(20_000) for path in files} | {small_disk / "new/x": bytes(20_000)})
    assert "No space left on device" in finding.message
    assert contents(small_disk) == {path.name: OLD for path in files}
    assert len(list(small_disk.iterdir())) == 4


def test_a_read_only_disk_is_a_finding(small_disk: Path) -> None:
    place_files({small_disk / "file": OLD})
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    for name in ("file", "new", "folder/new"):
        assert "Read-only file system" in refusal({small_disk / name: NEW}).message
    assert contents(small_disk) == {"file": OLD}


def test_a_limit_on_file_sizes_is_a_finding(tmp_path: Path) -> None:
    files = {tmp_path / "small": NEW, tmp_path / "large": bytes(5_000)}
    place_files(dict.fromkeys(files, OLD))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, before[1]))
    try:
        assert "File too large" in refusal(files).message
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert contents(tmp_path) == {"small": OLD, "large": OLD}


def test_a_folder_without_write_permission_is_a_finding(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    place_files({folder / "file": OLD})
    folder.chmod(0o555)
    if subprocess.run([*OTHER_USER, "true"], capture_output=True).returncode:
        pytest.skip("unshare cannot change the user on this system")
    for name in ("file", "new", "folder/new"):
        done = run("place_files({Path(sys.argv[1]): b'new'})", folder / name, before=OTHER_USER)
        assert "error[cannot-write]: " in done.stderr
        assert "Permission denied" in done.stderr
    folder.chmod(0o755)
    assert contents(folder) == {"file": OLD}


def test_a_failing_write_leaves_the_old_file_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    place_files({path: OLD})
    with pytest.raises(TypeError):
        place_files({path: "text, not bytes"})  # type: ignore[dict-item]
    assert contents(tmp_path) == {"a.yaml": OLD}


def test_a_lock_prevents_lost_updates(tmp_path: Path) -> None:
    folder = tmp_path / "counted"
    code = """
    folder = Path(sys.argv[1])
    for _ in range(40):
        with locked(folder):
            path = folder / "count"
            number = int(path.read_bytes()) if path.is_file() else 0
            place_files({path: str(number + 1).encode()})
    """
    runners = [threading.Thread(target=run, args=(code, folder)) for _ in range(3)]
    for runner in runners:
        runner.start()
    for runner in runners:
        runner.join()
    assert contents(folder) == {"count": b"120"}
    assert len(list(folder.iterdir())) == 1


def test_an_unused_lock_leaves_no_folder(tmp_path: Path) -> None:
    with locked(tmp_path / "a/b"):
        assert (tmp_path / "a/b").is_dir()
    assert list(tmp_path.iterdir()) == []


def test_a_lock_on_a_file_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(OLD)
    with pytest.raises(IpdocsError, match="cannot-write"), locked(tmp_path / "file"):
        pass


def test_a_temporary_folder_is_removed_at_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with temporary_folder() as folder:
        (folder / "file").write_bytes(NEW)
        assert str(os.getpid()) in folder.name
    assert list(tmp_path.iterdir()) == []
    code = "from ipdocs.files.temporary import make_temporary_folder\n(make_temporary_folder() / 'x').touch()"
    call = [sys.executable, "-c", code]
    assert subprocess.run(call, env=os.environ | {"TMPDIR": str(tmp_path)}, check=False).returncode == 0
    assert list(tmp_path.iterdir()) == []


def test_the_folder_of_a_killed_process_is_swept(tmp_path: Path) -> None:
    start = "from ipdocs.files.temporary import make_temporary_folder\nimport os\n(make_temporary_folder() / 'x').touch()\n"
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    subprocess.run([sys.executable, "-c", f"{start}os.kill(os.getpid(), 9)"], env=environment, check=False)
    (abandoned,) = tmp_path.iterdir()
    subprocess.run([sys.executable, "-c", start], env=environment, check=True)
    assert not abandoned.exists()


def test_a_missing_temporary_directory_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    with pytest.raises(IpdocsError, match="cannot-write") as error:
        make_temporary_folder()
    assert "TMPDIR" in str(error.value)


def test_stale_files_are_removed_with_empty_folders(tmp_path: Path) -> None:
    place_files(
        {tmp_path / "out/a/one": OLD, tmp_path / "out/a/two": OLD, tmp_path / "out/b/three": OLD, tmp_path / "out/list": OLD}
    )
    stale = [tmp_path / "out" / name for name in ("a/one", "b/three", "b/never")]
    place_files({tmp_path / "out/list": NEW}, stale)
    assert contents(tmp_path) == {"out/a/two": OLD, "out/list": NEW}
    assert not (tmp_path / "out/b").exists()


def test_stale_files_are_restored_if_placing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place_files({tmp_path / "one": OLD, tmp_path / "two": OLD, tmp_path / "list": OLD})
    replace = Path.replace

    def refuse(path: Path, target: Path) -> Path:
        if target.name == "list":
            assert not (tmp_path / "two").exists()
            raise OSError(28, "No space left on device")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(IpdocsError):
        place_files({tmp_path / "one": NEW, tmp_path / "list": NEW}, [tmp_path / "two"])
    monkeypatch.undo()
    assert contents(tmp_path) == {"one": OLD, "two": OLD, "list": OLD}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["list", "one", "two"]


def test_a_killed_process_leaves_the_earlier_last_file(tmp_path: Path) -> None:
    place_files({tmp_path / "one": OLD, tmp_path / "two": OLD, tmp_path / "list": OLD})
    code = """
        import signal
        folder, replace = Path(sys.argv[1]), Path.replace
        def kill(path, target):
            if target.name == "list":
                os.kill(os.getpid(), signal.SIGKILL)
            return replace(path, target)
        Path.replace = kill
        place_files({folder / "one": b"new", folder / "list": b"new"}, [folder / "two"])
    """
    assert run(code, tmp_path).returncode == -signal.SIGKILL
    assert (tmp_path / "list").read_bytes() == OLD
    assert not (tmp_path / "two").exists()
    place_files({tmp_path / "list": NEW})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["list", "one"]
