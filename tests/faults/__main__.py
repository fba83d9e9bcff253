"""Kills builds and packs, fills their disks, makes them read-only, and changes sources under them: python -m tests.faults.

Prints a table of what was left. Full and read-only disks are mounted in a namespace of their own, so nothing stays mounted.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "fixtures"
IPDOCS = [sys.executable, "-m", "ipdocs"]
PRIVATE = ["unshare", "--mount", *(() if os.geteuid() == 0 else ("--map-root-user", "--user"))]
COMMANDS: Mapping[str, list[str]] = {
    "build": ["build", "one/release.yaml", "two/release.yaml", "--format", "docx,pdf,html,txt", "--out"],
    "pack": ["pack", "minutes/minutes.yaml", "--lang", "en", "--format", "pdf,docx", "--out"],
    "pack with Word": ["pack", "converted/minutes.yaml", "--lang", "en", "--format", "pdf", "--out"],
}
Files = dict[str, bytes]


@dataclass
class Row:
    """The results of all runs of a fault and a command."""

    runs: int = 0
    old: int = 0
    new: int = 0
    true: int = 0
    left: int = 0
    failures: list[str] = field(default_factory=list)


class Scene:
    """A workspace whose sources have an old and a new version, and the files that each command makes from both."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.workspace = place / "workspace"
        for name in ("workspace/locales", "tmp", "cache"):
            (place / name).mkdir(parents=True)
        self.environment = os.environ | {"TMPDIR": str(place / "tmp"), "XDG_CACHE_HOME": str(place / "cache")}
        for name, source in (("one", "gd-hk-ip-17"), ("two", "example-gia")):
            shutil.copytree(FIXTURES / source, self.workspace / name)
        for name in ("minutes", "converted"):
            shutil.copytree(FIXTURES / "gd-hk-ip-17-minutes", self.workspace / name)
        self.change(
            "minutes", "file: {en: annexes/plan.en.docx, tc: annexes/plan.tc.docx}", "file: annexes/completed-projects.pdf"
        )
        self.sources = {path: path.read_text("utf-8") for path in sorted(self.workspace.glob("*/*.yaml"))}
        self.old: dict[str, Files] = {}
        self.new: dict[str, Files] = {}
        self.seconds: dict[str, float] = {}

    def change(self, folder: str, before: str, after: str) -> None:
        """Change a text of a source."""
        for path in (self.workspace / folder).glob("*.yaml"):
            text = path.read_text("utf-8")
            assert before in text
            path.write_text(text.replace(before, after), "utf-8")

    def write(self, *, new: bool) -> None:
        """Write the old or the new version of the sources."""
        for path, text in self.sources.items():
            path.write_text(text.replace('tc: "', 'tc: "甲').replace('en: "', 'en: "New ') if new else text, "utf-8")

    def run(self, command: str, out: Path, *before: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a command and wait for its end."""
        call = [*before, *IPDOCS, *COMMANDS[command], str(out)]
        return subprocess.run(
            call, cwd=self.workspace, env=self.environment | environment, capture_output=True, text=True, check=False, timeout=300
        )

    def start(self, command: str, out: Path) -> subprocess.Popen[str]:
        """Start a command."""
        return subprocess.Popen(
            [*IPDOCS, *COMMANDS[command], str(out)],
            cwd=self.workspace, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def measure(self, command: str) -> None:
        """Record the files that a command makes from the old and the new sources."""
        for new, made in ((False, self.old), (True, self.new)):
            self.write(new=new)
            begun = time.monotonic()
            done = self.run(command, out := self.workspace / "out")
            assert done.returncode == 0, done.stderr
            self.seconds[command] = time.monotonic() - begun
            made[command] = contents(out)
            shutil.rmtree(out)
        assert self.old[command].keys() == self.new[command].keys()
        assert self.old[command] != self.new[command]

    def left(self) -> list[str]:
        """Return the temporary files that remain."""
        hidden = [str(path) for path in self.workspace.rglob(".ipdocs-*")]
        return hidden + [str(path) for path in (self.place / "tmp").iterdir()]

    def processes(self) -> list[int]:
        """Return the processes whose environment or command names the folder."""
        matching = []
        for path in Path("/proc").glob("[0-9]*"):
            try:
                description = (path / "environ").read_bytes() + (path / "cmdline").read_bytes()
                state = (path / "stat").read_text().rpartition(")")[2].split()[0]
            except OSError:
                continue
            if str(self.place).encode() in description and state not in "ZX" and int(path.name) != os.getpid():
                matching.append(int(path.name))
        return matching

    def wait_for_silence(self, seconds: float) -> list[int]:
        """Wait up to some seconds until no processes remain, and return those that do."""
        end = time.monotonic() + seconds
        while (left := self.processes()) and time.monotonic() < end:
            time.sleep(0.05)
        return left


def contents(folder: Path) -> Files:
    """Return the files below a folder, without temporary files and locks."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


def write(folder: Path, files: Files) -> None:
    """Replace the contents of a folder with files."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def manifests_are_true(files: Files) -> bool:
    """Whether every file in a manifest has the listed hash."""
    for name, data in files.items():
        if name.endswith("manifest.json"):
            for entry in json.loads(data)["files"]:
                data = files.get(f"{name.rpartition('/')[0]}/{entry['file']}")
                if data is None or hashlib.sha256(data).hexdigest() != entry["sha256"]:
                    return False
    return True


def judge(row: Row, scene: Scene, command: str, files: Files, about: str) -> None:
    """Count the results of a run: the files of each document must all be old or all be new, and agree with their manifest."""
    old, new = scene.old[command], scene.new[command]
    folders = {name.rpartition("/")[0] for name in old if name.endswith("manifest.json")}
    states = set()
    for folder in folders:
        names = [name for name in old if name.startswith(f"{folder}/")]
        present = {name: files.get(name) for name in names}
        state = (
            "old"
            if present == {name: old[name] for name in names}
            else "new"
            if present == {name: new[name] for name in names}
            else "mixed"
        )
        states.add(state)
    row.runs += 1
    row.old += states == {"old"}
    row.new += states == {"new"}
    is_true = manifests_are_true(files)
    row.true += is_true
    if "mixed" in states:
        parts = all(files.get(name) in (old[name], new[name]) for name in old)
        row.failures.append(f"{about}: a mixture of whole files" if parts else f"{about}: a damaged file")
    elif not is_true:
        row.failures.append(f"{about}: a manifest is not true")


def kill(scene: Scene, command: str, row: Row, chance: random.Random) -> None:
    """Kill a command at a random moment, half of the time while files are placed; the next command cleans up."""
    scene.write(new=True)
    write(out := scene.workspace / "out", scene.old[command])
    moment = scene.seconds[command] * (chance.uniform(0.85, 1.03) if chance.random() < 0.5 else chance.uniform(0.02, 1.0))
    process = scene.start(command, out)
    time.sleep(moment)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    if left := scene.wait_for_silence(30):
        row.failures.append(f"killed after {moment:.2f} s: processes {left} work on")
    judge(row, scene, command, contents(out), f"killed after {moment:.2f} s")
    if scene.run(command, out).returncode or contents(out) != scene.new[command]:
        row.failures.append("the next command did not make everything new")
    _count_left(row, scene)


def fill(scene: Scene, command: str, row: Row, chance: random.Random) -> None:
    """Run a command on a disk with room for the old files and a part of the new ones."""
    scene.write(new=True)
    write(scene.place / "old", scene.old[command])
    need = sum(len(data) + 8192 for data in scene.old[command].values())
    room = need + int(sum(map(len, scene.new[command].values())) * chance.uniform(0.02, 0.9))
    _on_mount(scene, command, row, f"tmpfs -o size={room}", "", f"{room} bytes")


def lock(scene: Scene, command: str, row: Row, chance: random.Random) -> None:
    """Run a command on a read-only disk."""
    scene.write(new=True)
    write(scene.place / "old", scene.old[command])
    _on_mount(scene, command, row, "tmpfs", 'mount -o remount,ro "$1"', "read-only")


def _on_mount(scene: Scene, command: str, row: Row, kind: str, then: str, about: str) -> None:
    """Run a command on a disk that is mounted for it only, and check the files afterwards."""
    disk, seen = scene.workspace / "out", scene.place / "seen"
    for folder in (disk, seen):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
    script = (
        f'mount -t {kind} none "$1" && cp -a "$2/." "$1" && {then or "true"} && shift 3 && "$@"; code=$?; '
        f'cp -a "{disk}/." "{seen}"; exit $code'
    )
    done = scene.run(command, disk, *PRIVATE, "sh", "-c", script, "sh", str(disk), str(scene.place / "old"), "-")
    judge(row, scene, command, contents(seen), about)
    if (done.returncode != 1 and contents(seen) != scene.new[command]) or "Traceback" in done.stderr:
        row.failures.append(f"{about}: exit code {done.returncode}: {done.stderr[-300:]}")
    elif done.returncode == 1 and "cannot-write" not in done.stderr:
        row.failures.append(f"{about}: no finding that says what cannot be written: {done.stderr[-300:]}")
    _count_left(row, scene, *(str(path) for path in seen.rglob(".ipdocs-*")))


def change(scene: Scene, command: str, row: Row, chance: random.Random) -> None:
    """Change the sources while a command runs."""
    scene.write(new=False)
    write(out := scene.workspace / "out", scene.old[command])
    process = scene.start(command, out)
    time.sleep(scene.seconds[command] * chance.uniform(0.1, 0.95))
    scene.write(new=True)
    _, errors = process.communicate(timeout=300)
    judge(row, scene, command, contents(out), "changed")
    if process.returncode not in (0, 1) or "Traceback" in errors:
        row.failures.append(f"changed: exit code {process.returncode}: {errors[-300:]}")
    _count_left(row, scene)


def twice(scene: Scene, command: str, row: Row, chance: random.Random) -> None:
    """Run a command twice at the same time with one output folder."""
    scene.write(new=True)
    write(out := scene.workspace / "out", scene.old[command])
    processes = [scene.start(command, out)]
    time.sleep(chance.uniform(0, 0.3))
    processes.append(scene.start(command, out))
    for process in processes:
        _, errors = process.communicate(timeout=300)
        if process.returncode:
            row.failures.append(f"twice: exit code {process.returncode}: {errors[-300:]}")
    judge(row, scene, command, contents(out), "twice")
    _count_left(row, scene)


def _count_left(row: Row, scene: Scene, *more: str) -> None:
    if left := [*scene.left(), *more]:
        row.left += 1
        row.failures.append(f"left behind: {', '.join(left)[:200]}")
        shutil.rmtree(scene.place / "tmp")
        (scene.place / "tmp").mkdir()


FAULTS: Mapping[str, tuple[Callable[[Scene, str, Row, random.Random], None], int]] = {
    "kill -9": (kill, 200),
    "full disk": (fill, 40),
    "read-only": (lock, 40),
    "source changed": (change, 20),
    "two at once": (twice, 20),
}


def main() -> None:
    """Run every fault, print the table, and fail if a run has a wrong result."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--share", type=float, default=1.0, help="the share of the runs to make: 0.1 makes a tenth")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().getrandbits(32))
    parser.add_argument("--faults", default="", help=f"some of {', '.join(FAULTS)}, by commas")
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    commands = [name for name in COMMANDS if name != "pack with Word" or shutil.which("soffice")]
    names = [name.strip() for name in asked.faults.split(",") if name.strip()] or list(FAULTS)
    if subprocess.run([*PRIVATE, "true"], capture_output=True, check=False).returncode:
        print("full and read-only disks need root, or a kernel that gives users namespaces (unshare --map-root-user --mount)")
        names = [name for name in names if name not in ("full disk", "read-only")]
    print(f"seed {asked.seed}", file=sys.stderr)
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        scene = Scene(Path(folder))
        rows = dict(_rows(scene, commands, names, asked.share, chance))
    print(f"{'fault':16}{'command':18}{'runs':>6}{'old':>6}{'new':>6}{'true':>6}{'left':>6}  failures")
    for (fault, command), row in rows.items():
        print(f"{fault:16}{command:18}{row.runs:>6}{row.old:>6}{row.new:>6}{row.true:>6}{row.left:>6}  {len(row.failures)}")
        for failure in dict.fromkeys(row.failures):
            print(f"    {failure}")
    sys.exit(any(row.failures for row in rows.values()))


def _rows(
    scene: Scene, commands: list[str], names: list[str], share: float, chance: random.Random
) -> Iterator[tuple[tuple[str, str], Row]]:
    for command in commands:
        scene.measure(command)
    for name in names:
        run, runs = FAULTS[name]
        for number, command in enumerate(commands):
            row = Row()
            for _ in range(len(range(number, max(1, round(runs * share)), len(commands)))):
                run(scene, command, row, chance)
            print(f"{name}, {command}: {row.runs} runs", *dict.fromkeys(row.failures), sep="\n    ", file=sys.stderr, flush=True)
            yield (name, command), row


if __name__ == "__main__":
    main()
