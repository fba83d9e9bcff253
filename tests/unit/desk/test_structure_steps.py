"""Steps of structure: one step each, taken back byte for byte."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from ipdocs.desk.answers import Upload
from ipdocs.desk.documents import HeldDocument
from ipdocs.desk.errors import DeskError
from ipdocs.desk.insertions import picture
from ipdocs.findings import IpdocsError

RELEASE = """\
schema: 1
kind: press-release
id: held
issued: 2018-08-21
languages: [en, tc]
title: {en: "A title", tc: "標題"}
body:
  # the lead
  - id: lead
    paragraph: {en: "First 😀 words. Second.", tc: "一。二。"}
  - id: areas
    list: {items: [{en: "One", tc: "一"}, {en: "Two", tc: "二"}]}  # in one line
  - id: grid
    table: {rows: [[{en: "A"}, {en: "B"}], [{en: "C"}, {en: "D"}]]}
  - id: end
    paragraph: {en: "End."}
"""


@pytest.fixture
def held(tmp_path: Path) -> HeldDocument:
    path = tmp_path / "workspace" / "release.yaml"
    path.parent.mkdir()
    path.write_bytes(RELEASE.encode())
    return HeldDocument("release.yaml", path, tmp_path / "journals", lambda event: None)


def step(held: HeldDocument, **change: Any) -> dict[str, Any]:
    return held.step({"id": f"step-{held.version}", "tab": "tab", "hash": held.hash, "changes": [change]})


STEPS: list[dict[str, Any]] = [
    {"type": "insert", "after": "lead", "kind": "paragraph", "texts": {"en": "New.", "tc": ""}},
    {"type": "insert", "after": None, "kind": "table"},
    {"type": "insert-item", "place": "areas.list.items", "index": 1, "texts": {"en": "Between"}},
    {"type": "delete", "row": "lead"},
    {"type": "delete-item", "place": "areas.list.items.0"},
    {"type": "move", "row": "lead", "after": "end"},
    {"type": "move", "row": "end", "after": None},
    {"type": "move-item", "place": "areas.list.items.0", "index": 1},
    {"type": "level", "place": "areas.list.items.1", "by": 1},
    {"type": "end-list", "place": "areas.list.items.0"},
    {"type": "kind", "row": "lead", "kind": "heading"},
    {"type": "kind", "row": "areas", "kind": "paragraph"},
    {"type": "split", "place": "lead.paragraph", "lang": "en", "at": 15, "before": "First 😀 words. Second."},
    {"type": "join", "place": "areas.list.items.1"},
    {"type": "set", "row": "areas", "key": "list.style", "value": "number"},
    {"type": "limit", "row": "lead", "lang": "tc", "mode": "absent", "reason": "not for them"},
    {"type": "note", "place": "lead.paragraph", "lang": "tc", "at": 2, "texts": {}},
    {"type": "table", "place": "grid.table.rows.0.1", "action": "column-after"},
    {"type": "table", "place": "grid.table.rows.0.0", "action": "join", "to": "grid.table.rows.0.1"},
    {"type": "text", "place": "lead.paragraph", "lang": "en", "before": "First 😀 words. Second.", "after": None},
]


@pytest.mark.parametrize("change", STEPS, ids=[f"{change['type']}-{number}" for number, change in enumerate(STEPS)])
def test_each_step_is_taken_back_byte_for_byte(held: HeldDocument, change: dict[str, Any]) -> None:
    patch = step(held, **change)
    assert held.path.read_text("utf-8") != RELEASE
    assert patch["undo"] == patch["label"]
    held.undo({"tab": "tab"})
    assert held.path.read_bytes() == RELEASE.encode()


def test_a_split_counts_as_the_page_does(held: HeldDocument) -> None:
    patch = step(held, **next(change for change in STEPS if change["type"] == "split"))
    words = [row["lines"][0]["cells"]["en"]["text"] for row in patch["rows"] if row["kind"] == "paragraph"]
    assert words == ["First 😀 words.", "Second."]


def test_the_order_of_a_patch_has_the_new_row(held: HeldDocument) -> None:
    order = step(held, **STEPS[0])["order"]
    assert order[order.index("lead") + 1] == "paragraph-2"


def test_a_step_on_a_block_that_is_gone_is_stale(held: HeldDocument) -> None:
    with pytest.raises(DeskError) as raised:
        step(held, type="delete", row="gone")
    assert raised.value.status == 409
    with pytest.raises(IpdocsError):
        step(held, type="level", place="areas.list.items.0", by=1)
    assert held.path.read_text("utf-8") == RELEASE


def test_a_dropped_picture_is_put_in_by_a_step(held: HeldDocument) -> None:
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(content, "PNG")
    dropped = picture({"files": [Upload("Seminar Photo.PNG", content.getvalue())]}, held)
    assert dropped == {"file": "seminar-photo.png", "width": 40, "height": 30, "losses": []}
    assert [path.name for path in held.path.parent.iterdir()] == ["release.yaml"]
    patch = step(held, type="insert", after="lead", kind="figure", value=dropped, texts={"en": "Rows of seats"})
    (row,) = [row for row in patch["rows"] if row["kind"] == "figure"]
    assert row["picture"]["file"] == "seminar-photo.png"
    assert (held.path.parent / "seminar-photo.png").is_file()
    held.undo({"tab": "tab"})
    assert held.path.read_text("utf-8") == RELEASE
    held.redo({"tab": "tab", "id": "again"})
    assert "seminar-photo.png" in held.path.read_text("utf-8")


def test_a_file_that_is_no_picture_is_refused(held: HeldDocument) -> None:
    with pytest.raises(IpdocsError) as raised:
        picture({"files": [Upload("notes.txt", b"words")]}, held)
    assert raised.value.findings[0].code == "bad-picture"
    with pytest.raises(DeskError):
        step(held, type="insert", after="lead", kind="figure", value={"file": "../other.png"})
