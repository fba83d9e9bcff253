"""Packs of 75, 150 and 300 pages: time and memory; time must grow linearly with pages."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.bench

SCRIPT = Path(__file__).with_name("pack_speed.py")
SECONDS, MEGABYTES = 30, 700
PER_PAGE: dict[int, float] = {}


@pytest.mark.parametrize("pages", [75, 150, 300])
def test_a_pack_is_made_in_time(benchmark: Any, pages: int) -> None:
    def run() -> list[str]:
        return subprocess.run(
            [sys.executable, SCRIPT, "--one", str(pages)], capture_output=True, text=True, check=True
        ).stdout.split()

    counted, seconds, busy, megabytes = map(float, benchmark.pedantic(run, rounds=1))
    benchmark.extra_info.update(pages=counted, busy=busy, megabytes=megabytes)
    PER_PAGE[pages] = busy / counted
    assert seconds < SECONDS
    assert megabytes < MEGABYTES
    assert PER_PAGE[pages] <= 1.2 * PER_PAGE[min(PER_PAGE)]
