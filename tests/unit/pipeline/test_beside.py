"""Two processes at once: both results, both findings, and no process left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ipdocs.findings import Finding, IpdocsError
from ipdocs.pipeline.executors.forked import ForkedExecutor, can_fork

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux forks here")
ROOT = Path(__file__).resolve().parents[3]


def both(here: Callable[[], Any], elsewhere: Callable[[], Any]) -> list[Any]:
    return ForkedExecutor().map(lambda work: work(), [here, elsewhere])


def fails(code: str) -> None:
    raise IpdocsError([Finding(code, f"{code} came")])


def breaks() -> None:
    raise ValueError("a mistake of ours")


def no_process_is_left() -> bool:
    try:
        return os.waitpid(-1, os.WNOHANG) == (0, 0)
    except ChildProcessError:
        return True


def test_second_call_runs_in_another_process() -> None:
    here, elsewhere = both(os.getpid, os.getpid)
    assert here == os.getpid() != elsewhere
    assert no_process_is_left()


def test_result_may_be_longer_than_a_pipe_holds() -> None:
    assert both(lambda: 1, lambda: b"x" * 1_000_000) == [1, b"x" * 1_000_000]


def test_findings_of_both_calls_are_raised_together() -> None:
    with pytest.raises(IpdocsError) as error:
        both(lambda: fails("first"), lambda: fails("second"))
    assert [finding.code for finding in error.value.findings] == ["first", "second"]
    assert no_process_is_left()


def test_a_defect_in_another_process_has_its_traceback() -> None:
    with pytest.raises(RuntimeError, match="ValueError: a mistake of ours") as error:
        both(lambda: 1, breaks)
    assert "in breaks\n" in error.value.__notes__[0]


def test_system_error_in_the_fork_keeps_its_type() -> None:
    with pytest.raises(FileNotFoundError) as error:
        both(lambda: 1, Path("not-there").stat)
    assert error.value.filename == "not-there"


def test_exception_in_the_parent_ends_the_fork() -> None:
    with pytest.raises(ValueError, match="a mistake of ours"):
        both(breaks, lambda: signal.pause())
    assert no_process_is_left()


def test_killed_fork_is_a_finding() -> None:
    with pytest.raises(IpdocsError, match=r"process-killed.*was ended by SIGKILL"):
        both(lambda: 1, lambda: os.kill(os.getpid(), signal.SIGKILL))
    assert no_process_is_left()


def test_a_process_without_an_answer_is_an_error() -> None:
    with pytest.raises(RuntimeError, match="without a result"):
        both(lambda: 1, lambda: os._exit(0))


def test_fork_ends_with_its_parent(tmp_path: Path) -> None:
    code = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from ipdocs.pipeline.executors.forked import ForkedExecutor\n"
        "def pause(path):\n"
        "    path.write_text(str(os.getpid()))\n"
        "    signal.pause()\n"
        "ForkedExecutor().map(pause, [Path(path) for path in sys.argv[1:]])\n"
    )
    paths = [tmp_path / "first", tmp_path / "second"]
    with subprocess.Popen([sys.executable, "-c", code, *map(str, paths)]) as first:
        wait_until(lambda: all(path.is_file() and path.read_text() for path in paths))
        first.kill()
    other = int(paths[1].read_text())
    wait_until(lambda: not is_running(other))


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_temporary_files_of_the_fork_are_removed() -> None:
    _, folder = both(lambda: 1, tempfile.mkdtemp)
    assert not Path(folder).exists()


def test_process_with_weasyprint_does_not_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", sys)
    assert not can_fork()


def contents(folder: Path) -> dict[Path, bytes]:
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.*") if path.is_file()}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "source", "forks", "files"),
    [("build", "gd-hk-ip-17/release.yaml", 2, 6), ("pack", "gd-hk-ip-17-minutes/minutes.yaml", 1, 36)],
)
def test_one_core_and_two_give_the_same_files(command: str, source: str, forks: int, files: int, tmp_path: Path) -> None:
    code = (
        "import os, sys\n"
        "cores, fork = int(sys.argv.pop()), os.fork\n"
        "os.sched_getaffinity = lambda process: set(range(cores))\n"
        "os.fork = lambda: print('forked', file=sys.stderr) or fork()\n"
        "from ipdocs.cli import main\n"
        "main()"
    )
    for cores, forked in (("1", 0), ("2", forks)):
        call = [sys.executable, "-c", code, command, str(ROOT / "fixtures" / source), "--out", str(tmp_path / cores), cores]
        errors = subprocess.run(call, check=True, capture_output=True, text=True).stderr
        assert errors.count("forked\n") == forked
    written = contents(tmp_path / "1")
    assert contents(tmp_path / "2") == written
    assert len([name for name in written if name.suffix in (".docx", ".pdf")]) == files
