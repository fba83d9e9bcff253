"""Budgets of typing: the work of the page for each key, and its memory and words over two thousand keys."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.bench

WORK = ("ScriptDuration", "LayoutDuration", "RecalcStyleDuration")
KEYS = "It rained, and the *seminar* began. "


def work(session: Any) -> float:
    """The time that the page has spent on scripts, style and layout, in milliseconds."""
    metrics = {entry["name"]: entry["value"] for entry in session.send("Performance.getMetrics")["metrics"]}
    return 1000 * sum(metrics[name] for name in WORK)


def heap(session: Any) -> float:
    """The memory of the page's objects after a collection, in megabytes."""
    session.send("HeapProfiler.collectGarbage")
    return float(session.send("Runtime.getHeapUsage")["usedSize"]) / 1e6


def test_the_work_for_a_key(write: Callable[..., Any]) -> None:
    writer = write()
    session = writer.page.context.new_cdp_session(writer.page)
    session.send("Performance.enable")
    writer.go("lead.paragraph", steps=12)
    costs = []
    for character in KEYS * 3:
        before = work(session)
        writer.press(character)
        costs.append(work(session) - before)
    print(f"\na key: median {statistics.median(costs):.1f} ms, 95 of 100 within {statistics.quantiles(costs, n=20)[-1]:.1f} ms")
    assert statistics.median(costs) < 2 * 16


def test_the_work_from_a_key_to_chips_and_findings(write: Callable[..., Any]) -> None:
    writer = write()
    session = writer.page.context.new_cdp_session(writer.page)
    session.send("Performance.enable")
    writer.go("lead.paragraph", steps=12)
    costs = []
    for character in KEYS:
        before = work(session)
        with writer.page.expect_response(lambda answer: answer.url.endswith("/look")):
            writer.press(character)
        writer.page.wait_for_timeout(50)
        costs.append(work(session) - before)
    print(f"\nkey to chips, in the page: median {statistics.median(costs):.1f} ms; the desk's part is measured in test_budgets")
    assert statistics.median(costs) < 2 * (100 - 40)


def test_two_thousand_keys(write: Callable[..., Any], words_of: Any) -> None:
    writer = write()
    session = writer.page.context.new_cdp_session(writer.page)
    memory = []
    for place, lang in (("draft.paragraph", "en"), ("lead.paragraph", "en")):
        words = writer.shown(place, lang)
        for number in range(2):
            writer.go(place, lang)
            writer.page.keyboard.type((KEYS * 20)[:500], delay=5)
            words = (KEYS * 20)[:500] + words
            assert writer.shown(place, lang) == words, number
            memory.append(heap(session))
        assert words_of(writer.saved(place, lang)) == words
    print("\nmegabytes after each five hundred keys:", ", ".join(f"{size:.1f}" for size in memory))
    assert memory[-1] - memory[0] < 10
