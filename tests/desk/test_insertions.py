"""What comes from other programs: pasted words, dropped pictures; and a document with 400 items."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from tests.desk.conftest import RunningDesk
from tests.desk.test_structure import RELEASE, caret, saved, source, undo_all, wait_focused

pytestmark = pytest.mark.slow

CLIPBOARD = Path(__file__).with_name("clipboard")
_PASTE = """([html, text]) => {
  const data = new DataTransfer();
  if (html) data.setData("text/html", html);
  data.setData("text/plain", text);
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  document.activeElement.dispatchEvent(event);
}"""
_DROP = """([place, bytes, name, type]) => {
  const data = new DataTransfer();
  data.items.add(new File([Uint8Array.from(bytes)], name, { type }));
  const target = document.querySelector(`[data-place="${place}"] .cm-content`);
  const box = target.getBoundingClientRect();
  const options = { dataTransfer: data, bubbles: true, cancelable: true, clientX: box.left + 4, clientY: box.top + 4 };
  target.dispatchEvent(new DragEvent("drop", options));
}"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "office"
    (folder / "locales").mkdir(parents=True)
    (folder / "small.yaml").write_text(RELEASE, "utf-8")
    return folder


@pytest.fixture
def page(desk: RunningDesk, open_page: Callable[..., Any]) -> Any:
    return open_page(desk, "/d/small.yaml")


def paste(page: Any, html: str, text: str = "words\nmore words") -> None:
    page.evaluate(_PASTE, [html, text])


def test_words_of_word_become_blocks(page: Any, workspace: Path) -> None:
    caret(page, "second.paragraph", "en", 0)
    paste(page, (CLIPBOARD / "word.html").read_text("utf-8"))
    dialog = page.get_by_role("dialog", name="Paste")
    dialog.wait_for()
    assert "underlining, colours, fonts and sizes" in dialog.inner_text()
    dialog.get_by_role("button", name="As blocks").click()
    saved(page, workspace, 'heading:\n      en: "New measures"', "The scheme **starts** on *1 June*.", '- en: "Training"')
    page.locator("[data-row=new-measures]").wait_for()
    undo_all(page, workspace)


def test_words_of_google_docs_become_one_text(page: Any, workspace: Path) -> None:
    caret(page, "second.paragraph", "en", 7)
    paste(page, (CLIPBOARD / "google-docs.html").read_text("utf-8"))
    page.get_by_role("dialog", name="Paste").get_by_role("button", name="As one text").click()
    page.keyboard.press("Control+s")
    saved(page, workspace, "Second.New measures\\nThe scheme **starts** on *1 June*.\\nAdvice to companies\\nTraining")
    assert page.locator("[data-place='second.paragraph'][data-lang=en] strong").inner_text() == "starts"
    undo_all(page, workspace)


def test_words_stand_beside_the_other_language(page: Any, workspace: Path) -> None:
    text = RELEASE.replace('\n          tc: "三"', "")
    for words in ("第二。", "一", "二"):
        text = text.replace(f', tc: "{words}"', "")
    (workspace / "small.yaml").write_text(text, "utf-8")
    page.reload()
    page.wait_for_selector("main[data-ready]")
    page.locator("[data-place='second.paragraph'][data-lang=tc]").click()
    wait_focused(page, "second.paragraph tc")
    paste(page, "<p>第二。</p><ul><li>甲項</li><li>乙項</li><li>丙項</li></ul>")
    page.get_by_role("dialog", name="Paste").get_by_role("button", name="Beside the English").click()
    saved(page, workspace, 'tc: "第二。"', 'tc: "甲項"', 'tc: "丙項"')
    assert source(workspace).count("  - id: ") == 4


def test_a_grid_fills_the_cells_of_a_table(page: Any, workspace: Path) -> None:
    caret(page, "grid.table.rows.0.0", "en", 0)
    paste(page, "<table><tr><td>10</td><td>20</td></tr><tr><td>30</td><td>40</td></tr></table>")
    text = saved(page, workspace, 'en: "10"', 'en: "40"')
    assert text.count('tc: "1"') == 1
    undo_all(page, workspace)


def photo() -> bytes:
    """Return a photo with a location."""
    picture = Image.new("RGB", (60, 40), "navy")
    exif = picture.getexif()
    exif[0x010F] = "Camera maker"
    exif.get_ifd(0x8825).update({1: "N", 2: (22.0, 16.0, 45.0), 3: "E", 4: (114.0, 9.0, 32.0)})
    content = io.BytesIO()
    picture.save(content, "JPEG", exif=exif)
    return content.getvalue()


def test_a_dropped_picture_leaves_no_location(page: Any, workspace: Path, desk: RunningDesk) -> None:
    data = photo()
    caret(page, "second.paragraph", "en", 0)
    page.evaluate(_DROP, ["second.paragraph", list(data), "Harbour View.JPG", "image/jpeg"])
    saved(page, workspace, "file: harbour-view.jpg", 'en: "⟦…⟧"')
    wait_focused(page, "figure-1.figure.alt en")
    page.locator("[data-row=figure-1] img.picture").wait_for()
    page.keyboard.type("The harbour at night")
    page.keyboard.press("Control+s")
    saved(page, workspace, 'en: "The harbour at night"')
    files = [path for folder in (workspace, desk.state) for path in folder.rglob("*") if path.is_file()]
    assert workspace / "harbour-view.jpg" in files
    for path in files:
        assert b"Camera maker" not in path.read_bytes(), path
    assert not Image.open(io.BytesIO((workspace / "harbour-view.jpg").read_bytes())).getexif()
    undo_all(page, workspace)


def test_a_list_of_400_items_is_still_changed(desk: RunningDesk, open_page: Callable[..., Any], workspace: Path) -> None:
    items = "".join(f'        - {{en: "Item {number}", tc: "第{number}項"}}\n' for number in range(400))
    text = RELEASE[: RELEASE.index("  - id: grid")].replace('        - {en: "One", tc: "一"}\n', items)
    (workspace / "large.yaml").write_text(text, "utf-8")
    page = open_page(desk, "/d/large.yaml")
    cell = page.locator("[data-place='areas.list.items.200'][data-lang=en]")
    cell.scroll_into_view_if_needed()
    caret(page, "areas.list.items.200", "en", 8)
    page.keyboard.press("Enter")
    wait_focused(page, "areas.list.items.201 en")
    page.keyboard.type("Between")
    page.keyboard.press("Control+s")
    for _ in range(600):
        changed = (workspace / "large.yaml").read_text("utf-8")
        if '- en: "Between"' in changed:
            break
        page.wait_for_timeout(50)
    assert changed == text.replace('- {en: "Item 201"', '- en: "Between"\n        - {en: "Item 201"')
    assert page.problems == []
