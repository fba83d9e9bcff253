"""The screens and states of the desk that are walked for accessibility: one row each. A feature adds its rows here."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.desk.conftest import ROOT
from tests.desk.mendable import MENDABLE, QUOTATION_MARKS, source_of

RELEASE = "gd-hk-ip-17:release.yaml"
MINUTES = "gd-hk-ip-17-minutes:minutes.yaml"
MENDING = "mending.yaml"
EVERYTHING = "everything:release.yaml"
ALL_MINUTES = "everything:minutes.yaml"
OPEN = "open.yaml"
OPEN_TEXTS = """\
schema: 1
kind: press-release
id: open
issued: 2018-08-21
languages: [en, tc]
title: {en: "Title", tc: "標題"}
body:
  - id: lead
    paragraph: {en: "It rose, said the the man.", tc: "⟦draft: memory 94 %⟧升⟦了⟧。"}
  - id: second
    paragraph: {en: "Second."}
  - id: third
    paragraph: {en: "Third.", tc: "⟦draft: machine⟧三。"}
"""


def nothing(*_: Any) -> None:
    """Leave a page, or a workspace, as it is."""


@dataclass(frozen=True)
class Screen:
    """A screen in one of its states.

    Attributes:
        path: its address.
        arrive: brings the page into the state, once it is drawn; it gets the workspace, too.
        prepare: changes the workspace before the desk starts.
    """

    path: str
    arrive: Callable[[Any, Path], None] = nothing
    prepare: Callable[[Path], None] = nothing


def _with_findings(workspace: Path) -> None:
    (workspace / MENDING).write_text(source_of(QUOTATION_MARKS, *MENDABLE[:4]), "utf-8")


def _cards(page: Any, _: Path) -> None:
    page.wait_for_selector("[data-finding]")


def _with_everything(workspace: Path) -> None:
    shutil.copytree(ROOT / "tests/everything", workspace / "everything", ignore=shutil.ignore_patterns("*.py", "__pycache__"))


def _with_open_texts(workspace: Path) -> None:
    (workspace / OPEN).write_text(OPEN_TEXTS, "utf-8")


def _all_open(page: Any, _: Path) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")


def _wrong_setting(page: Any, _: Path) -> None:
    page.get_by_label("Time of issue").fill("next week")
    page.keyboard.press("Tab")
    page.wait_for_selector("[data-problem=issued]:not(:empty)")


def _section_open(page: Any, _: Path) -> None:
    page.get_by_role("button", name="Recurring text: read it").click()


def _reason(page: Any, _: Path) -> None:
    page.get_by_role("button", name="Leave it, because…").first.click()
    page.get_by_role("button", name="Leave it", exact=True).first.click()  # without a reason: the field is marked


def _writing(page: Any, _: Path) -> None:
    page.locator('[data-place][data-lang="tc"]').first.click()
    page.keyboard.type(",,")
    page.wait_for_selector(".cm-content .bad")


def _without_desk(page: Any, _: Path) -> None:
    page.evaluate("sessionStorage.clear()")
    page.reload()
    page.wait_for_selector("main h1")


def _type_in_lead(page: Any) -> None:
    page.locator('[data-place="lead.paragraph"][data-lang="en"]').click()
    page.keyboard.type("Now ")


def _conflict(page: Any, workspace: Path) -> None:
    _type_in_lead(page)
    path = workspace / RELEASE.replace(":", "/")
    path.write_text(path.read_text("utf-8").replace("further strengthen", "further deepen"), "utf-8")
    page.wait_for_selector(".of-conflict")


def _unreadable(page: Any, workspace: Path) -> None:
    path = workspace / RELEASE.replace(":", "/")
    path.write_text(path.read_text("utf-8").replace("body:", "body: ["), "utf-8")
    page.wait_for_selector(".trouble")


def _stopped(page: Any, _: Path) -> None:
    page.route("**/api/**", lambda route: route.abort())
    _type_in_lead(page)
    page.wait_for_selector(".trouble")


def _press(page: Any, key: str, result: str) -> None:
    page.locator('[data-place="lead.paragraph"][data-lang="en"]').click()
    page.keyboard.press(key)
    page.wait_for_selector(result)


def _menu(page: Any, _: Path) -> None:
    _press(page, "F2", ".menu")


def _keys(page: Any, _: Path) -> None:
    _press(page, "F1", "dialog")


def _facts(page: Any, _: Path) -> None:
    _press(page, "F9", "[role=listbox], [role=menu], dialog, .popup")


def _selected_words(page: Any, _: Path) -> None:
    page.locator('[data-place="lead.paragraph"][data-lang="en"]').click()
    page.keyboard.press("Control+a")
    page.wait_for_selector(".selection-bar")


def _fact_card(page: Any, _: Path) -> None:
    chip = page.locator("[data-place][data-lang=en] .chip").first
    chip.click()
    chip.click()
    page.wait_for_selector(".chip-card")


def _link(page: Any, workspace: Path) -> None:
    _selected_words(page, workspace)
    page.keyboard.press("Control+k")
    page.get_by_label("Address", exact=True).fill("example.org")
    page.keyboard.press("Enter")
    page.wait_for_selector(".problem:not(:empty)")


def _no_such_document(page: Any, _: Path) -> None:
    page.evaluate("location.pathname = '/d/none.yaml'")
    page.wait_for_url("**/d/none.yaml")
    page.wait_for_selector("main h1")


SCREENS = {
    "home": Screen("/"),
    "write": Screen(f"/d/{RELEASE}"),
    "write minutes": Screen(f"/d/{MINUTES}"),
    "findings": Screen(f"/d/{MENDING}", _cards, _with_findings),
    "reason asked": Screen(f"/d/{MENDING}", _reason, _with_findings),
    "writing": Screen(f"/d/{MENDING}", _writing, _with_findings),
    "menu of a block": Screen(f"/d/{RELEASE}", _menu),
    "keys": Screen(f"/d/{RELEASE}", _keys),
    "list of facts": Screen(f"/d/{RELEASE}", _facts),
    "selected words": Screen(f"/d/{RELEASE}", _selected_words),
    "card of a fact": Screen(f"/d/{RELEASE}", _fact_card),
    "link": Screen(f"/d/{RELEASE}", _link),
    "settings of the desk": Screen("/desk"),
    "files": Screen(f"/d/{RELEASE}/files"),
    "conflict": Screen(f"/d/{RELEASE}", _conflict),
    "file unreadable": Screen(f"/d/{RELEASE}", _unreadable),
    "desk stopped": Screen(f"/d/{RELEASE}", _stopped),
    "every block": Screen(f"/d/{EVERYTHING}", _section_open, _with_everything),
    "every block of minutes": Screen(f"/d/{ALL_MINUTES}", nothing, _with_everything),
    "open texts": Screen(f"/d/{OPEN}", nothing, _with_open_texts),
    "settings": Screen(f"/d/{EVERYTHING}/settings", _all_open, _with_everything),
    "settings of minutes": Screen(f"/d/{ALL_MINUTES}/settings", _all_open, _with_everything),
    "wrong setting": Screen(f"/d/{RELEASE}/settings", _wrong_setting),
    "to do": Screen(f"/d/{OPEN}/todo", nothing, _with_open_texts),
    "nothing to do": Screen(f"/d/{RELEASE}/todo"),
    "desk closed": Screen("/", _without_desk),
    "no such document": Screen("/", _no_such_document),
}
"""Each screen in each of its states, by an everyday name."""
