"""Budgets of the desk: processor time for what people wait for, and memory. Each limit is twice its budget."""

from __future__ import annotations

import os
import shutil
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.bench

TICKS = os.sysconf("SC_CLK_TCK")
RELEASE = """\
schema: 1
kind: press-release
id: {name}
style: gia
issued: 2026-12-01T15:00+08:00
languages: [en, tc]
facts:
  firms: {{integer: 1240}}
  rise: {{percent: 6.5}}
title: {{en: "Counter {name} serves small firms", tc: "櫃位服務小型企業"}}
body:
"""
PARAGRAPH = """\
  - id: part-{number}
    paragraph:
      en: "The counter served {{{{ firms | number }}}} firms in month {number}, an increase of {{{{ rise | percent }}}}."
      tc: "櫃位在第{number}個月服務{{{{ firms | number }}}}間企業，上升{{{{ rise | percent }}}}。"
"""
MINUTES_BLOCKS = 100


def release(folder: Path, name: str, blocks: int = 20) -> str:
    """Write a release of some blocks; return its name on the desk."""
    (folder / name).mkdir()
    text = RELEASE.format(name=name) + "".join(PARAGRAPH.format(number=number) for number in range(1, blocks + 1))
    (folder / name / "release.yaml").write_text(text, "utf-8")
    return f"{name}:release.yaml"


def processes(root: int) -> Iterator[int]:
    """Yield a process and all that it started."""
    yield root
    for children in Path(f"/proc/{root}/task").glob("*/children"):
        for child in children.read_text().split():
            yield from processes(int(child))


def milliseconds(root: int) -> float:
    """Return the processor time of a process and all that it started, in milliseconds."""
    total = 0
    for process in processes(root):
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return 1000 * total / TICKS


def median_cost(desk: Any, actions: list[Callable[[], Any]]) -> float:
    """Return the median processor time of an action, in milliseconds; five are measured at once, as the clock counts in tens."""
    costs = []
    for start in range(0, len(actions), 5):
        before = milliseconds(desk.process.pid)
        for action in actions[start : start + 5]:
            action()
        costs.append((milliseconds(desk.process.pid) - before) / len(actions[start : start + 5]))
    print(f"median {statistics.median(costs):.0f} ms")
    return statistics.median(costs)


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    folder = tmp_path / "office"
    folder.mkdir()
    return folder


def test_opening_a_release(open_desk: Any, empty: Path) -> None:
    names = [release(empty, f"opened-{number}") for number in range(21)]
    desk = open_desk(empty)
    desk.get(f"/d/{names.pop()}")
    assert median_cost(desk, [lambda name=name: desk.get(f"/d/{name}") for name in names]) <= 240  # type: ignore[misc]


def test_a_key_and_a_step(open_desk: Any, empty: Path) -> None:
    name = release(empty, "typed")
    desk = open_desk(empty)
    cell = {"place": "part-7.paragraph", "lang": "en"}
    words = [f"The counter served {{{{ firms | number }}}} firms, and {number} more." for number in range(41)]
    before = "The counter served {{ firms | number }} firms in month 7, an increase of {{ rise | percent }}."
    desk.get(f"/d/{name}")
    desk.post(f"/d/{name}/look", {**cell, "text": words[0]})
    assert median_cost(desk, [lambda text=text: desk.post(f"/d/{name}/look", {**cell, "text": text}) for text in words]) <= 80  # type: ignore[misc]
    steps = []
    for number, text in enumerate(words):
        change = {"type": "text", **cell, "before": before, "after": text}
        steps.append({"id": f"step-{number}", "tab": "tab", "changes": [change]})
        before = text
    assert median_cost(desk, [lambda step=step: desk.post(f"/d/{name}/step", step) for step in steps]) <= 120  # type: ignore[misc]


def picture(desk: Any, name: str) -> None:
    """Wait until the picture of the first page is drawn."""
    for _ in range(200):
        if desk.request("GET", f"/api/d/{name}/page/1?edition=en%2Btc&w=800")[0] == 200:
            return
        time.sleep(0.05)
    raise AssertionError("no picture")


@pytest.mark.parametrize(("blocks", "limit"), [(20, 1000), (MINUTES_BLOCKS, 3000)])
def test_a_picture_after_a_step(open_desk: Any, empty: Path, blocks: int, limit: int) -> None:
    name = release(empty, "drawn", blocks)
    desk = open_desk(empty)
    picture(desk, name)
    change = {"type": "text", "place": "part-3.paragraph", "lang": "en"}
    before = "The counter served {{ firms | number }} firms in month 3, an increase of {{ rise | percent }}."
    costs = []
    for number in range(6):
        start, after = milliseconds(desk.process.pid), f"The counter is open on {number + 1} days."
        desk.post(f"/d/{name}/step", {"id": f"s{number}", "tab": "t", "changes": [{**change, "before": before, "after": after}]})
        picture(desk, name)
        costs.append(milliseconds(desk.process.pid) - start)
        before = after
    print(f"median {statistics.median(costs):.0f} ms")
    assert statistics.median(costs) <= limit
    for process in processes(desk.process.pid):
        memory = int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
        print(f"{memory:.0f} MB")
        assert memory <= 500


def test_home_with_five_hundred_documents(open_desk: Any, empty: Path) -> None:
    """The rows come at once, with their counts within three seconds; findings follow, and the next start has all of it."""
    release(empty, "first", 10)
    for number in range(499):
        shutil.copytree(empty / "first", empty / f"copy-{number}")
    desk = open_desk(empty)
    start = milliseconds(desk.process.pid)
    assert len(desk.get("/documents")["documents"]) == 500
    for key, limit in (("pending", 6000), ("findings", None)):
        while any(row[key] if key == "pending" else row[key] is None for row in desk.get("/documents")["documents"]):
            time.sleep(3)  # each question costs some 30 ms
        cost = milliseconds(desk.process.pid) - start
        print(f"first index, {key}: {cost:.0f} ms")
        assert limit is None or cost <= limit
    desk.stop()
    desk.start()
    desk.enter()
    assert median_cost(desk, [lambda: desk.get("/documents")] * 10) <= 800


@pytest.mark.parametrize(("blocks", "opening", "key"), [(20, 600, 200), (MINUTES_BLOCKS, 600, 200)])
def test_the_browser_while_opening_and_typing(
    open_desk: Any, open_page: Any, empty: Path, blocks: int, opening: int, key: int
) -> None:
    """Processor time of the page until a text can be written, and for each key until its chips and findings are there."""
    name = release(empty, "shown", blocks)
    page = open_page(open_desk(empty))
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable", {"timeDomain": "threadTicks"})  # processor time, not that of the clock

    def metric(wanted: str) -> float:
        return next(float(item["value"]) for item in devtools.send("Performance.getMetrics")["metrics"] if item["name"] == wanted)

    row = page.locator(f"tr[data-document='{name}'] a").first
    row.wait_for()
    page.wait_for_timeout(2000)  # the row is filled in
    start = metric("TaskDuration")
    row.click()
    cell = page.locator("[data-place='part-3.paragraph'][data-lang='en']").first
    cell.wait_for()
    cell.click()
    cost = 1000 * (metric("TaskDuration") - start)
    print(f"opening: {cost:.0f} ms")
    assert cost <= opening
    page.wait_for_timeout(3000)
    start = metric("TaskDuration")
    for letter in "a few more words":
        page.keyboard.type(letter)
        page.wait_for_timeout(200)
    cost = 1000 * (metric("TaskDuration") - start) / 16
    print(f"key: {cost:.0f} ms")
    assert cost <= key
    memory = metric("JSHeapUsedSize") / 2**20
    print(f"memory of the script: {memory:.0f} MB")
    assert memory <= 300
