"""Translations on the desk: drafts from the memory, gaps, confirmations, and originals that change afterwards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ipdocs.source.open import open_source
from ipdocs.translation.memory.workspace_memory import add_to_memory

LAST = """\
schema: 1
kind: press-release
id: last-year
style: gia-numerals
issued: 2017-08-14
languages: [en, tc]
title: {en: "Trade mark seminar", tc: "商標研討會"}
facts:
  rise: {percent: 2.5}
body:
- id: spokesman
  paragraph:
    en: "A spokesman said that trade mark applications had fallen by {{ rise | percent }} in the year, and thanked all firms."
    tc: "發言人表示，商標註冊申請數目在年內下跌{{ rise | percent }}，並感謝所有公司。"
- id: thanks
  paragraph: {en: "The Department thanks all speakers.", tc: "署方感謝所有講者。"}
"""
NEW = """\
schema: 1
kind: press-release
id: this-year
style: gia-numerals
issued: 2018-08-21
languages: [en, tc]
title: {en: "Trade mark seminar held", tc: "商標研討會舉行"}
facts:
  rise: {percent: 4.1}
body:
- id: spokesman
  paragraph:
    en: "A spokesman said that trade mark applications had risen by {{ rise | percent }} in the year, and thanked all firms."
- id: thanks
  paragraph: {en: "The Department thanks all speakers."}
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "press-office"
    (folder / "locales").mkdir(parents=True)
    for name, text in (("last-year", LAST), ("this-year", NEW)):
        (folder / name).mkdir()
        (folder / name / "release.yaml").write_text(text, "utf-8")
    add_to_memory(open_source(folder / "last-year/release.yaml"), by="Wong Ka-yan", on="2017-08-14")
    return folder


DOCUMENT = "/d/this-year:release.yaml"


def step(desk: Any, number: int, **change: Any) -> Any:
    return desk.call("POST", f"{DOCUMENT}/step", {"id": f"step-{number}", "tab": "tab", "changes": [change]})


def cell(view: Any, row: str) -> Any:
    (line,) = next(entry for entry in view["rows"] if entry["id"] == row)["lines"]
    return line["cells"]["tc"]


def test_the_memory_says_what_differs(desk: Any) -> None:
    found = desk.get(f"{DOCUMENT}/matches?place=spokesman.paragraph&lang=tc")["matches"]
    assert found[0]["document"] == "last-year"
    assert (found[0]["by"], found[0]["issued"]) == ("Wong Ka-yan", "2017-08-14")
    changed = [(piece["kind"], piece["text"]) for piece in found[0]["difference"] if piece["kind"] != "same"]
    assert ("old", "fallen") in changed
    assert ("new", "risen") in changed
    assert desk.get(f"{DOCUMENT}/matches?place=title&lang=en")["changed"] is None


def test_all_that_is_missing_is_drafted_as_one_step(desk: Any) -> None:
    before = (desk.workspace / "this-year/release.yaml").read_bytes()
    answer = desk.post(f"{DOCUMENT}/fill", {"lang": "tc", "id": "fill-1", "tab": "tab"})
    assert answer["counts"] == {"translation": 1, "suggestion": 1}
    assert cell(answer["patch"], "thanks")["text"] == "⟦draft: same⟧署方感謝所有講者。"
    desk.post(f"{DOCUMENT}/undo", {"id": "undo-1", "tab": "tab"})
    assert (desk.workspace / "this-year/release.yaml").read_bytes() == before
    assert desk.post(f"{DOCUMENT}/fill", {"lang": "tc", "id": "fill-2", "tab": "tab"})["counts"]["translation"] == 1


def test_draft_gap_confirmed_changed_still_right(desk: Any) -> None:
    desk.post(f"{DOCUMENT}/fill", {"lang": "tc", "id": "fill", "tab": "tab"})
    draft = cell(desk.get(DOCUMENT), "spokesman")
    counts = desk.get(f"{DOCUMENT}/status")
    assert counts["counts"]["tc"] == {"confirmed": 0, "written": 1, "draft": 2, "changed": 0, "missing": 0, "total": 3}
    assert [(task["kind"], task["place"]) for task in counts["to_do"]] == [
        ("draft", "spokesman.paragraph"),
        ("draft", "thanks.paragraph"),
    ]
    assert draft["state"]["kind"] == "draft"
    confirm = {"type": "confirm", "row": "spokesman", "lang": "tc", "by": "Chan Siu-ming", "place": "spokesman.paragraph"}
    gap = draft["text"].replace("下跌", "⟦下跌⟧")
    text = {"type": "text", "place": "spokesman.paragraph", "lang": "tc", "before": draft["text"]}
    step(desk, 1, **text, after=gap)
    status, refused = step(desk, 2, **confirm)
    assert (status, refused["findings"][0]["code"]) == (422, "open-text")
    step(desk, 3, **{**text, "before": gap}, after="發言人表示，商標註冊申請數目在年內上升{{ rise | percent }}，並感謝所有公司。")
    status, patch = step(desk, 4, **confirm)
    state = cell(patch, "spokesman")["state"]
    assert (status, state["kind"], state["by"]) == (200, "confirmed", "Chan Siu-ming")
    english = next(row for row in desk.get(DOCUMENT)["rows"] if row["id"] == "spokesman")["lines"][0]["cells"]["en"]["text"]
    original = {"type": "text", "place": "spokesman.paragraph", "lang": "en", "before": english}
    _, patch = step(desk, 5, **original, after=english.replace("all firms", "all firms and the press"))
    assert cell(patch, "spokesman")["state"]["kind"] == "changed"
    changed = desk.get(f"{DOCUMENT}/matches?place=spokesman.paragraph&lang=tc")["changed"]
    assert [piece["text"].strip() for piece in changed["pieces"] if piece["kind"] == "new"] == ["and the press"]
    _, patch = step(desk, 6, **confirm)
    assert cell(patch, "spokesman")["state"]["kind"] == "confirmed"


def test_one_text_of_several_is_not_confirmed_with_the_others(open_desk: Callable[..., Any], workspace: Path) -> None:
    path = workspace / "this-year/release.yaml"
    items = '- {en: "A", tc: "⟦draft: exact⟧甲"}\n    - {en: "B", tc: "⟦draft: exact⟧乙"}'
    path.write_text(f"{NEW}- id: points\n  list:\n    items:\n    {items}\n", "utf-8")
    desk = open_desk(workspace)
    confirm = {"type": "confirm", "row": "points", "lang": "tc", "by": "A"}
    step(desk, 1, **confirm, place="points.list.items.0")
    assert 'tc: "甲"}' in path.read_text("utf-8")
    assert 'tc: "⟦draft: exact⟧乙"' in path.read_text("utf-8")
    _, patch = step(desk, 2, **confirm, place="points.list.items.1")
    row = next(row for row in patch["rows"] if row["id"] == "points")
    assert [line["cells"]["tc"]["state"]["kind"] for line in row["lines"] if line["role"] == "item"] == ["confirmed"] * 2


def test_a_draft_is_confirmed_and_still_right(desk: Any, open_page: Callable[..., Any]) -> None:
    page = open_page(desk, "/d/this-year:release.yaml")
    page.get_by_role("button", name="Fill from memory").click()
    card = page.locator('[data-row="spokesman"] .card')
    card.wait_for()
    assert "Last time the English said “fallen”, now “risen”." in card.inner_text()
    words = page.locator('[data-place="spokesman.paragraph"][data-lang="tc"]')
    words.click()
    page.keyboard.press("Control+End")
    page.keyboard.type("⟦")
    page.wait_for_selector('[data-row="spokesman"] .card button[aria-disabled]')
    page.keyboard.press("Control+Enter")
    page.get_by_label("Your name").fill("Chan Siu-ming")
    page.keyboard.press("Enter")
    page.locator(".note").get_by_text("still to be written").wait_for()
    page.keyboard.type("多謝。")
    page.wait_for_selector('[data-row="spokesman"] .card button.first:not([aria-disabled])')
    page.keyboard.press("Control+Enter")
    page.locator('[data-row="spokesman"] .state .confirmed').first.wait_for()
    assert "by Chan Siu-ming" in page.locator('[data-row="spokesman"]').inner_text()
    page.locator('[data-place="spokesman.paragraph"][data-lang="en"]').click()
    page.keyboard.press("Control+End")
    page.keyboard.press("ArrowLeft")
    page.keyboard.type(" and the press")
    changed = page.locator('[data-row="spokesman"] .card.of-stale')
    changed.wait_for()
    assert changed.locator("ins").inner_text().strip() == "and the press"
    changed.get_by_role("button", name="Still right").click()
    changed.wait_for(state="detached")
    assert page.locator('[data-row="spokesman"] .state .confirmed').count() > 0
    assert "⟦" not in (desk.workspace / "this-year/release.yaml").read_text("utf-8").partition("thanks")[0]
    assert [problem for problem in page.problems if "422" not in problem] == []  # the refused confirmation
