"""What screen readers and the Tab key meet on each page, compared with the texts in names/, which a person can read."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.desk.conftest import RunningDesk, desks
from tests.desk.screen_states import FACTS, OPEN, OPEN_TEXTS, imported
from tests.desk.test_facts import RELEASE

pytestmark = pytest.mark.slow
NAMES = Path(__file__).with_name("names")
PAGES = {
    "home": "/",
    "import": "/import",
    "write": f"/d/{OPEN}",
    "write-with-facts": f"/d/{FACTS}",
    "to-do": f"/d/{OPEN}/todo",
    "files": f"/d/{OPEN}/files",
    "settings": f"/d/{OPEN}/settings",
}
STOP = """(() => {
  const at = document.activeElement;
  if (at === document.body) return null;
  const role = at.getAttribute("role") ?? at.tagName.toLowerCase();
  const name = at.getAttribute("aria-label") ?? (at.labels?.length ? at.labels[0].textContent : at.textContent);
  return `${role}: ${name.replace(/\\s+/g, " ").trim().slice(0, 90)}`;
})()"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    """A desk with two small documents."""
    folder = tmp_path_factory.mktemp("names")
    (folder / "office/locales").mkdir(parents=True)
    (folder / "office" / OPEN).write_text(OPEN_TEXTS, "utf-8")
    (folder / "office/seminar").mkdir()
    (folder / "office/seminar/release.yaml").write_text(RELEASE, "utf-8")
    os.utime(folder / "office" / OPEN, (1_700_000_000, 1_700_000_000))
    os.utime(folder / "office/seminar/release.yaml", (1_600_000_000, 1_600_000_000))
    with desks(folder) as start:
        yield start(folder / "office")


@pytest.mark.parametrize("name", PAGES)
def test_names_and_order_of_focus(desk: RunningDesk, open_page: Callable[..., Any], name: str, tmp_path: Path) -> None:
    page = open_page(desk, PAGES[name])
    if name == "import":
        imported(page, tmp_path)
    page.wait_for_function("() => !document.querySelector('[aria-busy=true]')")
    if OPEN in PAGES[name]:
        page.wait_for_selector(".tabs .count")
    if name.startswith("write"):
        page.wait_for_selector("[aria-label^='Picture of page 1']", timeout=60_000)
    page.wait_for_timeout(1500)
    tree = page.locator("body").aria_snapshot()
    stops = []
    for _ in range(150):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:
            break
        stops.append(stop)
    text = _steady(f"Order of focus\n\n{chr(10).join(stops)}\n\nNames\n\n{tree}\n", desk)
    golden = NAMES / f"{name}.txt"
    if os.environ.get("IPDOCS_WRITE_NAMES"):
        golden.write_text(text, "utf-8")
    assert text == golden.read_text("utf-8")


def _steady(text: str, desk: RunningDesk) -> str:
    """Return a text without what differs from run to run: the day, times, and the folder of the test."""
    text = text.replace(str(desk.workspace), "FOLDER")
    text = re.sub(r'heading "\w+, \d+ \w+ 20\d\d"', 'heading "TODAY"', text)
    text = re.sub(r"ipdocs desk [\d.]+(\w*)", "ipdocs desk VERSION", text)
    text = re.sub(r"To be issued \d+ \w+ 20\d\d", "To be issued TODAY", text)
    return re.sub(r"\b\d\d:\d\d\b(?! of)", "TIME", text)
