"""Reading of untrusted files within limits and without waiting."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from ipdocs.files.reading import UnsafeFile, read_bytes
from ipdocs.findings import Finding


def refused(path: Path, limit: int = 100) -> Finding:
    with pytest.raises(UnsafeFile) as caught:
        read_bytes(path, limit)
    (finding,) = caught.value.findings
    return finding


def test_a_file_of_the_largest_size_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(bytes(100))
    assert read_bytes(tmp_path / "a", 100) == bytes(100)


def test_a_larger_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(bytes(101))
    finding = refused(tmp_path / "a")
    assert finding.code == "too-large"
    assert "101" in finding.message
    assert "100" in finding.message


@pytest.mark.parametrize("name", ["gone", "folder", "gone/inside", "dangling"])
def test_a_missing_file_or_a_folder_is_a_finding(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "dangling").symlink_to(tmp_path / "gone")
    assert refused(tmp_path / name).code == "no-such-file"


def test_a_pipe_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    finding = refused(tmp_path / "pipe")
    assert finding.code == "unreadable"
    assert finding.hint


def test_a_pipe_behind_a_link_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path / "pipe")
    assert refused(tmp_path / "link").code == "unreadable"


@pytest.mark.parametrize("path", ["/dev/zero", "/dev/tty", "/dev/null"])
def test_a_device_is_not_opened(path: str) -> None:
    assert refused(Path(path)).code == "unreadable"


def test_a_socket_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket")
        assert refused(Path("socket")).code == "unreadable"


def test_a_file_larger_than_its_stated_size_is_refused() -> None:
    status = Path("/proc/self/status")
    if not status.exists():
        pytest.skip("there is no /proc")
    assert status.stat().st_size == 0
    assert refused(status, 10).code == "too-large"


@pytest.mark.parametrize("name", ["a\0b", "x" * 300])
def test_an_impossible_name_is_a_finding(name: str, tmp_path: Path) -> None:
    assert refused(tmp_path / name).code in ("no-such-file", "unreadable")


def test_a_link_to_itself_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert refused(tmp_path / "loop").code in ("no-such-file", "unreadable")
