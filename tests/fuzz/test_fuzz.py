"""A short run of the fuzzer with fixed cases: each file is read, or refused with locations, within its limits."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from .runner import fuzz, table
from .target import Target
from .targets import TARGETS
from .worker import MEMORY

pytestmark = pytest.mark.slow
RUNS, BUILDS, SEED = 1000, 40, 2018


def test_damaged_and_hostile_files_are_findings(tmp_path: Path) -> None:
    rows = fuzz([*TARGETS.values()], RUNS, BUILDS, SEED, min(2, os.cpu_count() or 1), tmp_path)
    assert not any(row.failures for row in rows.values()), table(rows)
    assert sum(row.runs for row in rows.values()) >= RUNS + BUILDS


def crash(folder: Path) -> None:
    raise KeyError(len((folder / "checks.yaml").read_bytes()) > 100)


def need_memory(folder: Path) -> None:
    bytearray(MEMORY * 2_000_000)


def write_outside(folder: Path) -> None:
    (folder.parent.parent / "outside").touch()


def end(folder: Path) -> None:
    os._exit(7)


@pytest.mark.parametrize(
    ("run", "kind"),
    [(crash, "KeyError"), (need_memory, "needs more than"), (write_outside, "outside: open"), (end, "ended the process with 7")],
)
def test_the_fuzzer_sees_and_keeps_what_fails(run: object, kind: str, tmp_path: Path) -> None:
    target = Target("checks.yaml", "open", TARGETS["checks.yaml"].cases, run)  # type: ignore[arg-type]
    row = fuzz([target], 3, 0, SEED, 1, tmp_path)["checks.yaml"]
    assert any(failure.kind.startswith(kind) for failure in row.failures.values()), row.failures
    assert list(tmp_path.glob("checks.yaml/*/case/checks.yaml"))
    assert list(tmp_path.glob("checks.yaml/*/report.txt"))
