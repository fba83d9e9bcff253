"""Structure as people write it: the caret keeps its place, emptied blocks and footnotes go, undo gives the first bytes."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PIL import Image

from ..typing_help import wait_for

pytestmark = pytest.mark.slow

SOURCE = """\
schema: 1
kind: press-release
id: rows
issued: 2018-08-21
languages: [en, tc]
title: {en: "Title", tc: "標題"}
body:
  - id: lead
    paragraph: {en: "First words[^a] here.", tc: "第一句。"}  # kept

  - id: areas
    list:
      items:
        - {en: "One", tc: "一"}
        - {en: "Two", tc: "二"}
        - {en: "Three", tc: "三"}

  - id: said
    quotation:
      - {en: "We agree. We go on.", tc: "我們同意。"}

  - id: terms
    definitions:
      - {term: {en: "Office", tc: "署"}, text: {en: "The office", tc: "該署"}}

  - id: grid
    table:
      rows:
        - [{en: "1", tc: "1"}, {en: "2", tc: "2"}]

  - id: notes
    footnotes:
      a: {en: "Note", tc: "註"}
"""


@pytest.fixture
def rows(write: Callable[..., Any]) -> Iterator[Any]:
    """The document; after the test, undo gives its first bytes."""
    writer = write(SOURCE)
    yield writer
    writer.press("Escape")
    writer.page.evaluate("document.activeElement.blur()")
    for _ in range(30):
        before = read(writer)
        if before == SOURCE:
            break
        writer.press("Control+z")
        wait_for(writer.page, lambda before=before: read(writer) != before)
    assert read(writer) == SOURCE


def read(writer: Any) -> str:
    return str(writer.path.read_text("utf-8"))


def has(writer: Any, *parts: str) -> None:
    wait_for(writer.page, lambda: all(part in read(writer) for part in parts))


def at(writer: Any, place: str, lang: str = "en") -> None:
    """Wait until the caret is in a cell."""
    script = "(cell => `${cell?.dataset.place} ${cell?.dataset.lang}`)(document.activeElement.closest('[data-place][data-lang]'))"
    wait_for(writer.page, lambda: writer.page.evaluate(script) == f"{place} {lang}")


def choose(writer: Any, *names: str) -> None:
    writer.press("F2")
    for name in names:
        writer.page.get_by_role("menuitem", name=name, exact=False).first.click()


def test_the_caret_and_its_words_stay_when_the_row_changes(rows: Any) -> None:
    rows.go("areas.list.items.1", steps=2)
    release = rows.hold_steps()
    rows.type("x")
    changed = read(rows).replace('        - {en: "Three"', '        - {en: "New", tc: "新"}\n        - {en: "Three"')
    rows.path.write_text(changed, "utf-8")
    rows.page.locator("[data-place='areas.list.items.3']").first.wait_for()
    at(rows, "areas.list.items.1")
    rows.type("y")
    assert rows.shown("areas.list.items.1") == "Twxyo"
    release()
    assert rows.saved("areas.list.items.1") == "Twxyo"
    rows.path.write_text(SOURCE, "utf-8")


def test_an_emptied_block_offers_to_be_deleted(rows: Any) -> None:
    for lang in ("en", "tc"):
        rows.go("lead.paragraph", lang)
        rows.press("Control+a", "Delete", "Control+s")
    has(rows, 'tc: "⟦…⟧"')
    rows.page.locator("[data-row=lead]").get_by_role("button", name="Delete the block").click()
    wait_for(rows.page, lambda: "id: lead" not in read(rows))


def test_the_last_call_of_a_footnote_offers_to_delete_it(rows: Any) -> None:
    rows.go("lead.paragraph", steps=12)
    rows.press("Backspace", "Backspace")
    rows.page.get_by_role("button", name="Delete the footnote").click()
    wait_for(rows.page, lambda: "[^a]" not in read(rows) and "footnotes" not in read(rows))


@pytest.mark.parametrize(
    ("place", "key"), [("grid.table.rows.0.0", "caption"), ("areas.list.items.0", "intro"), ("said.quotation.0", "by")]
)
def test_a_part_is_put_in_and_taken_out(rows: Any, place: str, key: str) -> None:
    rows.go(place)
    choose(rows, {"caption": "Put a caption in", "intro": "Put an introduction in", "by": "Name the speaker"}[key])
    at(rows, {"caption": "grid.table.caption", "intro": "areas.list.intro", "by": "said.by"}[key])
    rows.type("Words")
    rows.press("Control+s")
    has(rows, 'en: "Words"')
    choose(rows, {"caption": "Take the caption out", "intro": "Take the introduction out", "by": "Take the speaker out"}[key])
    wait_for(rows.page, lambda: read(rows) == SOURCE)


def test_a_list_three_deep(rows: Any) -> None:
    rows.go("areas.list.items.2")
    rows.press("Alt+Shift+ArrowRight")
    at(rows, "areas.list.items.1.list.items.0")
    rows.press("End", "Enter")
    at(rows, "areas.list.items.1.list.items.1")
    rows.type("Deep")
    rows.press("Alt+Shift+ArrowRight")
    at(rows, "areas.list.items.1.list.items.0.list.items.0")
    rows.type("er ")
    rows.press("Control+s")
    has(rows, 'en: "Deeper"')
    rows.press("Alt+Shift+ArrowLeft")
    at(rows, "areas.list.items.1.list.items.1")
    rows.press("Alt+Shift+ArrowUp")
    at(rows, "areas.list.items.1.list.items.0")


def test_enter_in_definitions_and_quotations(rows: Any) -> None:
    rows.go("terms.definitions.0.term")
    rows.press("End", "Enter")
    at(rows, "terms.definitions.0.text")
    rows.press("End", "Enter")
    at(rows, "terms.definitions.1.term")
    rows.type("Two")
    rows.press("Enter")
    at(rows, "terms.definitions.1.text")
    rows.type("Second meaning")
    rows.press("Control+s")
    has(rows, 'en: "Second meaning"')
    rows.go("said.quotation.0", steps=10)
    rows.press("Enter")
    at(rows, "said.quotation.1")
    has(rows, 'en: "We agree."', 'en: "We go on."')
    rows.press("Backspace")
    at(rows, "said.quotation.0")
    rows.type("-")
    rows.press("Control+s")
    has(rows, 'en: "We agree.- We go on."')


def test_a_block_is_moved_by_the_dialog(rows: Any) -> None:
    rows.go("lead.paragraph")
    choose(rows, "Move to…")
    rows.page.get_by_label("Place").select_option(label="After Grid")
    rows.page.get_by_role("button", name="Move", exact=True).click()
    wait_for(rows.page, lambda: read(rows).index("id: grid") < read(rows).index("id: lead") < read(rows).index("id: notes"))
    assert "# kept" in read(rows)


def test_recurring_text_gives_its_words(rows: Any) -> None:
    rows.go("lead.paragraph")
    choose(rows, "Put in after…", "Recurring text")
    dialog = rows.page.get_by_role("dialog", name="Recurring text")
    dialog.get_by_role("radio").first.check()
    dialog.get_by_role("button", name="Put it in").click()
    has(rows, "boilerplate:")
    row = rows.page.locator("[data-kind=boilerplate]")
    row.hover()
    row.locator(".handle").click()
    rows.page.get_by_role("menuitem", name="Use its words here").click()
    wait_for(rows.page, lambda: "boilerplate:" not in read(rows))
    assert len(read(rows)) > len(SOURCE)


def test_words_are_dragged(rows: Any) -> None:
    rows.go("areas.list.items.2")
    rows.press("Control+a")
    rows.page.wait_for_timeout(200)
    cell = rows.cell("areas.list.items.2").bounding_box()
    target = rows.cell("areas.list.items.0").bounding_box()
    rows.page.mouse.move(cell["x"] + 20, cell["y"] + cell["height"] / 2)
    rows.page.mouse.down()
    rows.page.mouse.move(target["x"] + 30, target["y"] + target["height"] / 2, steps=5)
    rows.page.mouse.move(target["x"] + target["width"] - 4, target["y"] + target["height"] / 2, steps=5)
    rows.page.mouse.up()
    has(rows, 'en: "OneThree"', '- {tc: "三"}')


_DROP = """([selector, files]) => {
  const data = new DataTransfer();
  if (files) data.items.add(new File([Uint8Array.from(files)], "My photo.png", { type: "image/png" }));
  const target = document.querySelector(selector);
  const box = target.getBoundingClientRect();
  const options = { dataTransfer: data, bubbles: true, cancelable: true, clientX: box.left + 4, clientY: box.top + 4 };
  return ["dragover", "drop"].map((type) => !target.dispatchEvent(new DragEvent(type, options)));
}"""


@pytest.mark.parametrize("selector", ["[data-place='terms.definitions.0.term']", "[data-row=terms] .side"])
def test_a_picture_is_dropped_on_a_block_where_nobody_writes(rows: Any, selector: str) -> None:
    content = io.BytesIO()
    Image.new("RGB", (4, 3), "red").save(content, "PNG")
    assert rows.page.evaluate(_DROP, [selector, list(content.getvalue())]) == [True, True]
    has(rows, "figure:", "my-photo")
    at_figure = read(rows).index("figure:")
    assert read(rows).index("id: terms") < at_figure < read(rows).index("id: grid")
    assert rows.page.evaluate(_DROP, ["header", list(content.getvalue())]) == [True, True]


def test_a_picture_is_chosen_in_the_file_dialog(rows: Any) -> None:
    content = io.BytesIO()
    Image.new("RGB", (4, 3), "blue").save(content, "PNG")
    rows.go("lead.paragraph")
    with rows.page.expect_file_chooser() as chooser:
        choose(rows, "Put in after…", "Picture")
    chooser.value.set_files({"name": "Chart.png", "mimeType": "image/png", "buffer": content.getvalue()})
    has(rows, "file:", "alt:")
    rows.page.locator("[data-kind=figure] img.picture").wait_for()
