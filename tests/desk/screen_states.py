"""Brings pages of the desk into their states, and makes the workspace in which they can be seen."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.desk.conftest import ROOT
from tests.desk.import_files import CHINESE, ENGLISH, word_file
from tests.desk.mendable import MENDABLE, QUOTATION_MARKS, source_of
from tests.desk.test_facts import RELEASE as SEMINAR
from tests.desk.test_facts import put_caret
from tests.desk.test_translations import LAST, NEW

from ipdocs.source.inherited import inherit_facts
from ipdocs.source.open import open_source
from ipdocs.source.update import update_source
from ipdocs.translation.memory.workspace_memory import add_to_memory

RELEASE = "gd-hk-ip-17:release.yaml"
MINUTES = "gd-hk-ip-17-minutes:minutes.yaml"
MENDING = "mending.yaml"
WRITING = "writing.yaml"
TRANSLATING = "this-year:release.yaml"
FACTS = "seminar:release.yaml"
TABLE = "everything:release.yaml"
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
    """Leave a page as it is."""


def make_workspace(workspace: Path) -> None:
    """Put a document for each state into a copy of the example sources."""
    (workspace / "locales").mkdir(exist_ok=True)
    for name in (MENDING, WRITING):
        (workspace / name).write_text(source_of(QUOTATION_MARKS, *MENDABLE[:4]), "utf-8")
    for name in (OPEN, "deleting.yaml", "splitting.yaml", "readonly.yaml"):
        (workspace / name).write_text(OPEN_TEXTS, "utf-8")
    (workspace / "readonly.yaml").chmod(0o444)
    (workspace / "broken.yaml").write_text(OPEN_TEXTS.replace("body:", "body: ["), "utf-8")
    shutil.copytree(ROOT / "tests/everything", workspace / "everything", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    for name in ("conflict", "unreadable", "stopped", "gone", "built"):
        shutil.copytree(ROOT / "fixtures/gd-hk-ip-17", workspace / name)
    for name, text in (("last-year", LAST), ("this-year", NEW), ("seminar", SEMINAR)):
        (workspace / name).mkdir()
        (workspace / name / "release.yaml").write_text(text, "utf-8")
    update_source(workspace / FACTS.replace(":", "/"), inherit_facts)
    add_to_memory(open_source(workspace / "last-year/release.yaml"), by="Wong Ka-yan", on="2017-08-14")


def page_document(page: Any) -> str:
    """Return the path of the document of a page, from the workspace."""
    return str(page.evaluate("location.pathname.split('/')[2]")).replace("%3A", ":").replace(":", "/")


def cards(page: Any, _: Path) -> None:
    page.wait_for_selector("[data-finding]")


def all_open(page: Any, _: Path) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")


def wrong_setting(page: Any, _: Path) -> None:
    page.get_by_label("Time of issue").fill("next week")
    page.keyboard.press("Tab")
    page.wait_for_selector("[data-problem=issued]:not(:empty)")


def section_open(page: Any, _: Path) -> None:
    page.get_by_role("button", name="Recurring text: read it").click()


def reason(page: Any, _: Path) -> None:
    page.get_by_role("button", name="Leave it, because…").first.click()
    page.get_by_role("button", name="Leave it", exact=True).first.click()  # without a reason: the field is marked


def writing(page: Any, _: Path) -> None:
    page.locator('[data-place][data-lang="tc"]').first.click()
    page.keyboard.type(",,")
    page.wait_for_selector(".cm-content .bad")


def without_desk(page: Any, _: Path) -> None:
    page.evaluate("sessionStorage.clear()")
    page.reload()
    page.wait_for_selector("main h1")


def type_in_lead(page: Any) -> None:
    page.locator('[data-place="lead.paragraph"][data-lang="en"]').click()
    page.keyboard.type("Now ")


def conflict(page: Any, workspace: Path) -> None:
    type_in_lead(page)
    path = workspace / page_document(page)
    path.write_text(path.read_text("utf-8").replace("further strengthen", "further deepen"), "utf-8")
    page.wait_for_selector(".of-conflict")


def unreadable(page: Any, workspace: Path) -> None:
    path = workspace / page_document(page)
    path.write_text(path.read_text("utf-8").replace("body:", "body: ["), "utf-8")
    page.wait_for_selector(".trouble")


def stopped(page: Any, _: Path) -> None:
    page.route("**/api/**", lambda route: route.abort())
    type_in_lead(page)
    page.wait_for_selector(".trouble")


def press(page: Any, key: str, result: str) -> None:
    page.locator('[data-place="lead.paragraph"][data-lang="en"]').click()
    page.keyboard.press(key)
    page.wait_for_selector(result)


def menu(page: Any, _: Path) -> None:
    press(page, "F2", ".menu")


def keys(page: Any, _: Path) -> None:
    press(page, "F1", "dialog")


def facts(page: Any, _: Path) -> None:
    press(page, "F9", "[role=listbox], [role=menu], dialog, .popup")


def selected_words(page: Any, _: Path) -> None:
    page.locator('[data-place="lead.paragraph"][data-lang="en"]').click()
    page.keyboard.press("Control+a")
    page.wait_for_selector(".selection-bar")


def fact_card(page: Any, _: Path) -> None:
    chip = page.locator("[data-place][data-lang=en] .chip").first
    chip.click()
    chip.click()
    page.wait_for_selector(".chip-card")


def link(page: Any, workspace: Path) -> None:
    selected_words(page, workspace)
    page.keyboard.press("Control+k")
    page.get_by_label("Address", exact=True).fill("example.org")
    page.keyboard.press("Enter")
    page.wait_for_selector(".problem:not(:empty)")


def no_such_document(page: Any, _: Path) -> None:
    page.evaluate("location.pathname = '/d/none.yaml'")
    page.wait_for_url("**/d/none.yaml")
    page.wait_for_selector("main h1")


def gone(page: Any, workspace: Path) -> None:
    type_in_lead(page)
    (workspace / page_document(page)).unlink()
    page.wait_for_selector(".trouble")


def dialog(name: str) -> Callable[[Any, Path], None]:
    """Return what presses a button of the page and waits for its dialog."""

    def press_button(page: Any, _: Path) -> None:
        page.get_by_role("button", name=name).first.click()
        page.wait_for_selector("dialog[open]")

    return press_button


def row_menu(page: Any, _: Path) -> None:
    page.locator("tr[data-document] a").first.focus()
    page.keyboard.press("F2")
    page.wait_for_selector(".menu")


def duplicate(page: Any, workspace: Path) -> None:
    row_menu(page, workspace)
    page.get_by_role("menuitem", name="Duplicate…").click()
    page.wait_for_selector("dialog[open]")


def nothing_found(page: Any, _: Path) -> None:
    page.locator("#find").fill("zebra")
    page.wait_for_selector("#no-hits:not([hidden])")


def home_stopped(page: Any, _: Path) -> None:
    page.route("**/api/**", lambda route: route.abort())
    page.locator("#find").fill("zebra")


def imported(page: Any, _: Path) -> None:
    files = (("draft.docx", word_file(*ENGLISH)), ("稿.docx", word_file(*CHINESE)))
    kind = "application/octet-stream"
    page.locator("input[type=file]").set_input_files([{"name": name, "mimeType": kind, "buffer": data} for name, data in files])
    page.locator("#make").wait_for()


def pasted(page: Any, _: Path) -> None:
    page.locator('[data-place="lead.paragraph"][data-lang="en"]').click()
    page.evaluate("""() => { const data = new DataTransfer();
        data.setData("text/html", "<p>One.</p><p>Two.</p><ul><li>a</li></ul>");
        data.setData("text/plain", "One. Two."); const made = { clipboardData: data, bubbles: true, cancelable: true };
        document.activeElement.dispatchEvent(new ClipboardEvent("paste", made)); }""")
    page.wait_for_selector("dialog[open]")


def put_in(page: Any, _: Path) -> None:
    page.locator("[data-row=lead]").hover()
    page.locator("[data-row=lead] .put").click()
    page.wait_for_selector(".menu")


def menu_item(name: str, result: str = "dialog[open]") -> Callable[[Any, Path], None]:
    """Return what chooses an item of the menu of the lead."""

    def choose(page: Any, workspace: Path) -> None:
        menu(page, workspace)
        page.get_by_role("menuitem", name=name).first.click()
        page.wait_for_selector(result)

    return choose


def table_menu(page: Any, _: Path) -> None:
    page.locator("[data-kind=table] [data-place][data-lang=en]").nth(2).click()
    page.keyboard.press("F2")
    page.wait_for_selector(".menu")


def split(page: Any, _: Path) -> None:
    page.locator('[data-place="third.paragraph"][data-lang="en"]').click()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Leave it whole").wait_for()


def new_fact_card(page: Any, _: Path) -> None:
    put_caret(page, "next.paragraph", "en", "December")
    page.keyboard.press("F9")
    page.wait_for_selector(".popup .fact-lines")


def fact_menu(page: Any, _: Path) -> None:
    page.get_by_role("button", name="rise, used").click()
    page.wait_for_selector(".menu")


def fact_item(name: str) -> Callable[[Any, Path], None]:
    """Return what chooses an item of the menu of a fact."""

    def choose(page: Any, workspace: Path) -> None:
        fact_menu(page, workspace)
        page.get_by_role("menuitem", name=name).click()
        page.wait_for_selector("dialog[open]")

    return choose


def wrong_value(page: Any, _: Path) -> None:
    page.get_by_role("textbox", name="rise").fill("soon")
    page.wait_for_selector("tr[data-fact=rise] .said:not([hidden])")


def drafts(page: Any, _: Path) -> None:
    if page.get_by_role("button", name="Fill from memory").count():
        page.get_by_role("button", name="Fill from memory").click()
    page.wait_for_selector("[data-row=spokesman] .card.of-draft")


def who_confirms(page: Any, workspace: Path) -> None:
    drafts(page, workspace)
    page.locator("[data-row=thanks] .card").get_by_role("button", name="Confirm").click()
    page.get_by_label("Your name").wait_for()


def original_changed(page: Any, workspace: Path) -> None:
    who_confirms(page, workspace)
    page.get_by_label("Your name").fill("Chan Siu-ming")
    page.keyboard.press("Enter")
    page.locator("[data-row=thanks] .state .confirmed").first.wait_for()
    page.locator('[data-place="thanks.paragraph"][data-lang=en]').click()
    page.keyboard.type("Today the hall and ")
    page.wait_for_selector(".card.of-stale")


def built(page: Any, _: Path) -> None:
    for box in page.locator(".choices input[id^=format]").all():
        box.set_checked(box.get_attribute("id") == "format-txt")
    page.locator("#build").click()
    page.locator(".card.of-done").wait_for(timeout=60_000)


def not_built(page: Any, _: Path) -> None:
    page.locator("#build").click()
    page.locator(".card.of-error").wait_for(timeout=60_000)


def drawn_in(page: Any, _: Path) -> None:
    page.set_viewport_size({"width": 1024, "height": 768})
    page.locator(".panel-button[data-panel=facts]").click()
    page.wait_for_selector("#panel-facts:not([hidden])")
