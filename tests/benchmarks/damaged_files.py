"""Thousands of damaged files: python tests/benchmarks/damaged_files.py [NUMBER] prints time, memory and unexpected errors."""

from __future__ import annotations

import importlib.util
import resource
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path
from types import ModuleType

HERE = Path(__file__).resolve().parents[1] / "properties"


def _package() -> ModuleType:
    spec = importlib.util.spec_from_file_location("damage", HERE / "__init__.py", submodule_search_locations=[str(HERE)])
    if spec is None:
        raise ImportError("damage")
    sys.modules["damage"] = importlib.util.module_from_spec(spec)
    return importlib.import_module("damage.attempt")


def main(number: int) -> int:
    """Read damaged files, and return the number of errors other than findings."""
    module = _package()
    escaped: Counter[str] = Counter()
    slowest = (0.0, "", 0)
    with tempfile.TemporaryDirectory() as folder:
        attempts = module.Attempts(Path(folder) / "damaged" / "workspace")
        begun = time.perf_counter()
        for seed in range(number):
            kind = module.KINDS[seed % len(module.KINDS)]
            start = time.perf_counter()
            try:
                attempts.read(kind, seed)
            except Exception:
                escaped[kind] += 1
                print(kind, seed, traceback.format_exc().splitlines()[-3:])
            slowest = max(slowest, (time.perf_counter() - start, kind, seed))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    worst = f"slowest {slowest[0]:.2f} s ({slowest[1]} {slowest[2]})"
    print(f"{number} files in {time.perf_counter() - begun:.0f} s, {worst}, {memory:.0f} MB")
    print(f"escaped: {dict(escaped) or 'none'}")
    return sum(escaped.values())


if __name__ == "__main__":
    sys.exit(bool(main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)))
