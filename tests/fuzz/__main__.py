"""Fuzz everything that reads files: `make fuzz RUNS=… TARGETS=… SEED=…`, or python -m tests.fuzz --runs 100000."""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
import traceback
from pathlib import Path

from .runner import Row, fuzz, table
from .targets import TARGETS

OUT = Path(__file__).resolve().parents[2] / "out/fuzz"


def main() -> None:
    """Fuzz, print the counts by target, and fail if a case failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--runs", type=int, default=2000, help="cases for all entrances together")
    parser.add_argument("--builds", type=int, help="cases for all builds together; by default three for a hundred runs")
    parser.add_argument("--targets", default="", help=f"what to fuzz, of {', '.join(sorted(TARGETS))}; by default everything")
    parser.add_argument("--seed", type=int, help="the same seed gives the same cases")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--out", type=Path, default=OUT, help="where failing cases and the report go")
    parser.add_argument("--replay", type=Path, help="run the saved case in this folder again, for the target named")
    asked = parser.parse_args()
    names = asked.targets.replace(",", " ").split() or list(TARGETS)
    if unknown := set(names) - set(TARGETS):
        parser.error(f"there is no target {', '.join(sorted(unknown))}")
    if asked.replay:
        replay(names[0], asked.replay)
        return
    number = random.SystemRandom().getrandbits(32) if asked.seed is None else asked.seed
    builds = asked.runs * 3 // 100 if asked.builds is None else asked.builds
    begun = last = time.monotonic()
    asked.out.mkdir(parents=True, exist_ok=True)

    def show(rows: dict[str, Row]) -> None:
        nonlocal last
        if time.monotonic() - last > 20:
            last = time.monotonic()
            done, failures = sum(row.runs for row in rows.values()), sum(len(row.failures) for row in rows.values())
            print(f"{last - begun:6.0f} s {done:>8,} runs, {failures} kinds of failure", file=sys.stderr, flush=True)
            (asked.out / "report.txt").write_text(f"seed {number}, unfinished\n{table(rows)}\n", "utf-8")

    print(f"seed {number}", file=sys.stderr)
    rows = fuzz(
        [TARGETS[name] for name in names], asked.runs, builds, number, asked.workers, asked.out / "failures", on_progress=show
    )
    text = f"seed {number}, {time.monotonic() - begun:.0f} s\n{table(rows)}\n"
    (asked.out / "report.txt").write_text(text, "utf-8")
    print(text, end="")
    sys.exit(any(row.failures for row in rows.values()))


def replay(name: str, case: Path) -> None:
    """Run a saved case again in this process."""
    target = TARGETS[name]
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "case"
        folder.mkdir()
        os.chdir(folder)
        target.prepare(folder)
        files = case / "case" if (case / "case").is_dir() else case
        for path in files.rglob("*"):
            if path.is_file():
                (folder / path.relative_to(files)).parent.mkdir(parents=True, exist_ok=True)
                (folder / path.relative_to(files)).write_bytes(path.read_bytes())
        begun = time.process_time()
        try:
            print(target.run(folder))
        except Exception:
            traceback.print_exc()
        print(f"{time.process_time() - begun:.2f} s")


if __name__ == "__main__":
    main()
