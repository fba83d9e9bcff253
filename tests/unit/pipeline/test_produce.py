"""Tasks are dealt to workers that take about as long."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from lxml.html import builder

from ipdocs.pipeline.build import build
from ipdocs.pipeline.manifest import NAME, read_manifest
from ipdocs.pipeline.produce import RELATIVE_COST, make_batches
from ipdocs.pipeline.request import BuildRequest
from ipdocs.pipeline.tasks import WriteTask

SIZES = st.lists(st.tuples(st.sampled_from(["docx", "pdf", "html", "txt"]), st.integers(1, 60)), min_size=1, max_size=12)


def task(name: str, size: int) -> WriteTask:
    rendered: Any = SimpleNamespace(html=SimpleNamespace(body=builder.BODY(*(builder.P() for _ in range(size - 1)))))
    return WriteTask(rendered, name, Path("a"), verify=True)


@given(SIZES)
def test_every_task_is_assigned_once_and_evenly(sizes: list[tuple[str, int]]) -> None:
    here, aside = [*batches, []] if len(batches := make_batches([task(*size) for size in sizes], 2)) < 2 else batches
    assert sorted([*here, *aside]) == [*range(len(sizes))]
    weights = [RELATIVE_COST.get(name, 0) * size for name, size in sizes]
    left, right = (sum(weights[number] for number in hand) for hand in (here, aside))
    assert abs(left - right) <= max(weights)


def test_tasks_are_assigned_by_the_cost_of_their_formats() -> None:
    tasks = [task(name, 20) for _ in range(3) for name in ("docx", "pdf")]
    hands = [sorted(tasks[number].format for number in hand) for hand in make_batches(tasks, 2)]
    assert hands == [["pdf", "pdf"], ["docx", "docx", "docx", "pdf"]]


def test_source_given_twice_is_built_once(root: Path, tmp_path: Path) -> None:
    source = root / "fixtures/gd-hk-ip-17/release.yaml"
    names = [output.path.name for output in build([source, source], tmp_path, BuildRequest(editions=("en",), formats=("txt",)))]
    assert names == [entry.file for entry in read_manifest(tmp_path / "gd-hk-ip-17" / NAME).files] == ["gd-hk-ip-17.en.txt"]
