"""A command that receives a signal leaves no temporary files, no processes and no incomplete sets of files."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from .conftest import FIXTURES, contents

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked for in /proc")
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

WORKING = """
import os, sys, time
from pathlib import Path
from ipdocs.cli.process import run
from ipdocs.files.placing import place_files
from ipdocs.files.temporary import make_temporary_folder, temporary_folder
def command():
    with temporary_folder() as folder:
        (folder / "x").write_text("x")
        (make_temporary_folder() / "y").write_text("y")
        fsync = os.fsync
        def wait(descriptor):
            print("ready", flush=True)
            time.sleep(60)
        os.fsync = wait
        place_files({Path(name): b"new" for name in sys.argv[1:]})
run(command)
"""


@pytest.fixture(autouse=True)
def answered_signals() -> Iterator[None]:
    """Restore the default handling of signals for programs of a test, even if the tests ignore them, as under nohup."""
    ignored = [number for number in ENDING if signal.getsignal(number) == signal.SIG_IGN]
    for number in ignored:
        signal.signal(number, signal.SIG_DFL)
    yield
    for number in ignored:
        signal.signal(number, signal.SIG_IGN)


def start(code: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", code, *map(str, arguments)], stdout=-1, stderr=-1, text=True)


@pytest.mark.parametrize("number", ENDING)
def test_a_signal_removes_files_and_prints_one_line(workspace: Path, number: signal.Signals) -> None:
    files = [workspace / "new/folder/first", workspace / "second"]
    files[1].write_bytes(b"old")
    before = contents(workspace)
    with start(WORKING, *files) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        assert list((workspace.parent / "tmp").iterdir())
        process.send_signal(number)
        _, errors = process.communicate()
    assert process.returncode == 128 + number
    assert errors == f"ended by {number.name}\n"
    assert contents(workspace) == before
    assert not (workspace / "new").exists()
    assert not list((workspace.parent / "tmp").iterdir())


def test_a_second_signal_does_not_disturb_the_first(workspace: Path) -> None:
    with start(WORKING, workspace / "first", workspace / "second") as process:
        assert process.stdout
        process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        for _ in range(20):
            process.send_signal(signal.SIGINT)
        _, errors = process.communicate()
    assert process.returncode in (128 + signal.SIGTERM, 128 + signal.SIGINT)
    assert errors.count("\n") == 1
    assert not list(workspace.glob(".ipdocs-*"))


def test_a_signal_that_is_ignored_from_the_start_stays_ignored() -> None:
    code = (
        "import os, signal\n"
        "from ipdocs.cli.process import run\n"
        "signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
        "run(lambda: os.kill(os.getpid(), signal.SIGHUP))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("number", ENDING)
def test_a_signal_during_loading_is_handled_afterwards(number: signal.Signals) -> None:
    code = (
        "import os, sys\n"
        "from ipdocs.__main__ import main\n"
        "class Finder:\n"
        "    def find_spec(name, *more):\n"
        "        if name == 'ipdocs.cli':\n"
        f"            os.kill(os.getpid(), {int(number)})\n"
        "sys.meta_path.insert(0, Finder)\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code, "--version"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (128 + number, "", f"ended by {number.name}\n")


@pytest.mark.parametrize("number", ENDING)
def test_a_signal_whose_exception_is_lost_ends_the_process(number: signal.Signals) -> None:
    code = (
        "import os, sys, time\n"
        "from ipdocs.cli.process import run\n"
        "class Finalised:\n"
        "    def __del__(self):\n"
        f"        os.kill(os.getpid(), {int(number)})\n"
        "        time.sleep(0)\n"
        "def command():\n"
        "    Finalised()\n"
        "    time.sleep(30)\n"
        "    print('went on')\n"
        "run(command)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=20)
    assert (done.returncode, done.stdout, done.stderr) == (128 + number, "", f"ended by {number.name}\n")


def processes_of(folder: Path) -> Iterator[int]:
    """Yield the processes whose command or environment names a folder."""
    for path in Path("/proc").glob("[0-9]*"):
        try:
            description = (path / "environ").read_bytes() + (path / "cmdline").read_bytes()
            state = (path / "stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if str(folder).encode() in description and state not in "ZX" and int(path.name) != os.getpid():
            yield int(path.name)


def wait_for_the_end_of(folder: Path, seconds: float) -> None:
    end = time.monotonic() + seconds
    while left := list(processes_of(folder)):
        assert time.monotonic() < end, left
        time.sleep(0.05)


COMMANDS = {
    "build": ["build", "one/release.yaml", "three/release.yaml", "--format", "docx,pdf,txt"],
    "pack": ["pack", "minutes/minutes.yaml", "--lang", "en"],
}


@pytest.mark.slow
@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("number", [*ENDING, signal.SIGKILL])
def test_a_signal_at_any_time_leaves_nothing(workspace: Path, name: str, number: signal.Signals) -> None:
    if name == "pack" and not shutil.which("soffice"):
        pytest.skip("a Word file among the annexes needs LibreOffice")
    shutil.copy(FIXTURES / "gd-hk-ip-17-minutes/minutes.yaml", workspace / "minutes")  # with a Word file among its annexes
    call = [sys.executable, "-m", "ipdocs", *COMMANDS[name], "--out"]
    temporary = workspace.parent / "tmp"
    assert subprocess.run([*call, "out"], check=False, capture_output=True).returncode == 0
    old = contents(workspace / "out")
    for path in workspace.glob("*/*.yaml"):
        text = path.read_text("utf-8").replace("One text.", "Another text.").replace("product in four steps", "product")
        path.write_text(text, "utf-8")
    begin = time.monotonic()
    assert subprocess.run([*call, "expected"], check=False, capture_output=True).returncode == 0
    duration = time.monotonic() - begin
    new = contents(workspace / "expected")
    assert old.keys() == new.keys()
    assert old != new
    moments = random.Random(f"{name} {number}")
    for attempt in range(3):
        shutil.rmtree(workspace / "out")
        for path, data in old.items():
            (workspace / "out" / path).parent.mkdir(parents=True, exist_ok=True)
            (workspace / "out" / path).write_bytes(data)
        # Half of the signals come while files are being put in their places.
        late = (0.3, 1.02) if attempt % 2 else (0.05, 1.0)
        with subprocess.Popen([*call, "out"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
            time.sleep(duration * moments.uniform(*late))
            process.send_signal(number)
            _, errors = process.communicate(timeout=60)
        assert "Traceback" not in errors
        wait_for_the_end_of(temporary, 60 if number == signal.SIGKILL else 0)
        if number == signal.SIGKILL:
            files = contents(workspace / "out")
            assert all(files[path] in (old[path], new[path]) for path in old)
            assert subprocess.run([*call, "out"], check=False, capture_output=True).returncode == 0
            assert contents(workspace / "out") == new
        else:
            # -number: it came before the interpreter had read a line of ours, as on a busy machine.
            assert process.returncode in (128 + number, 0, -number), errors
            files = contents(workspace / "out")
            assert files.keys() == old.keys()
            for folder in {path.rpartition("/")[0] for path in files}:
                names = [path for path in files if path.startswith(folder)]
                assert [files[path] for path in names] in ([old[path] for path in names], [new[path] for path in names])
        assert not list(temporary.iterdir())


DURING_AN_IMPORT = """
import enum, os, signal, sys
from importlib.machinery import ExtensionFileLoader
from ipdocs.files.interruption import Interrupted, Interruption

Interruption([signal.SIGTERM])
call = enum.EnumType.__call__

def call_and_signal(*args, **options):
    frame = sys._getframe()
    while frame and not isinstance(frame.f_locals.get("self"), ExtensionFileLoader):
        frame = frame.f_back
    if frame:
        enum.EnumType.__call__ = call
        os.kill(os.getpid(), signal.SIGTERM)
    return call(*args, **options)

enum.EnumType.__call__ = call_and_signal
try:
    import pikepdf
    signal.pause()
except Interrupted:
    print("interrupted")
"""


def test_a_signal_waits_until_an_extension_is_initialised() -> None:
    done = subprocess.run([sys.executable, "-c", DURING_AN_IMPORT], capture_output=True, text=True, check=False, timeout=60)
    assert (done.stdout, done.stderr, done.returncode) == ("interrupted\n", "", 0)
