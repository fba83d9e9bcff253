"""Whatever steps are made on the desk, undoing them gives every earlier file back, byte for byte."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from ipdocs.desk.documents import HeldDocument
from ipdocs.desk.errors import DeskError
from ipdocs.findings import IpdocsError

EXAMPLE = Path(__file__).resolve().parents[2] / "fixtures/example-gia"
WORDS = st.text(st.sampled_from("ab c，字。:#\"'\\{}|-\n"), max_size=12)
KINDS = (
    *("text", "text", "text", "move", "delete", "insert", "insert-item", "delete-item", "move-item", "level", "kind"),
    *("split", "join", "fact", "rename", "confirm", "limit", "note", "fill"),
)
NUMBER = st.integers(min_value=0, max_value=40)


@contextmanager
def opened_copy(newline: str, mark: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(EXAMPLE, Path(folder) / "workspace")
        path = Path(folder) / "workspace/release.yaml"
        path.write_bytes((mark + path.read_text("utf-8").replace("\n", newline)).encode())
        yield path


def hold(path: Path) -> HeldDocument:
    return HeldDocument("release.yaml", path, path.parents[1] / "journals", lambda event: None)


def contents(path: Path) -> tuple[bytes, bytes | None]:
    state = path.with_suffix(".state.yaml")
    return path.read_bytes(), state.read_bytes() if state.exists() else None


def change_of(view: dict[str, Any], kind: str, number: int, other: int, words: str) -> dict[str, Any]:
    """Return a change of a kind for the view of a document; it may be one that is refused."""
    rows = [row["id"] for row in view["rows"] if row["body"]]
    cells = [cell for row in view["rows"] for line in row["lines"] for cell in line["cells"].values()]
    items = [cell["place"] for cell in cells if ".items." in cell["place"]] or ["none.list.items.0"]
    row, cell, fact = rows[number % len(rows)], cells[number % len(cells)], view["facts"][number % len(view["facts"])]
    item, after = items[number % len(items)], rows[other % len(rows)]
    text = cell["text"] or ""
    at = min(other, len(text))
    changes: dict[str, dict[str, Any]] = {
        "text": {"place": cell["place"], "lang": cell["lang"], "before": cell["text"], "after": text[:at] + words + text[at:]},
        "move": {"row": row, "after": after},
        "delete": {"row": row},
        "insert": {"after": row, "kind": ("paragraph", "heading", "list", "table")[other % 4]},
        "insert-item": {"place": item.rpartition(".")[0], "index": other % 3, "texts": {"en": words}},
        "delete-item": {"place": item},
        "move-item": {"place": item, "index": other % 3},
        "level": {"place": item, "by": 1 if other % 2 else -1},
        "kind": {"row": row, "kind": ("heading", "paragraph", "list")[other % 3]},
        "split": {"place": cell["place"], "lang": cell["lang"], "at": at, "before": text},
        "join": {"place": item if other % 2 else cell["place"]},
        "fact": {
            "action": "put",
            "name": fact["name"],
            "fact_type": "integer",
            "notation": str(other),
            "before": fact["notation"],
        },
        "rename": {"type": "fact", "action": "rename", "name": fact["name"], "to": f"name_{other}"},
        "confirm": {"row": row, "lang": "tc", "by": "A. Reader"},
        "limit": {"row": row, "lang": "tc", "mode": ("absent", "only", "all")[other % 3], "reason": "a reason"},
        "note": {"place": cell["place"], "lang": cell["lang"], "at": at, "texts": {"en": "A note."}},
        "fill": {"lang": "tc", "drafts": {cell["place"]: "⟦draft: memory⟧草稿"}},
    }
    return {"type": kind, **changes[kind]}


@pytest.mark.parametrize(("newline", "mark"), [("\n", ""), ("\r\n", "\ufeff")], ids=["LF", "CRLF with a mark"])
@given(steps=st.lists(st.tuples(st.sampled_from(KINDS), NUMBER, NUMBER, WORDS, st.booleans()), min_size=4, max_size=9))
@settings(max_examples=6, phases=(Phase.generate,))
def test_undoing_all_gives_every_earlier_file(newline: str, mark: str, steps: list[tuple[str, int, int, str, bool]]) -> None:
    with opened_copy(newline, mark) as path:
        held = hold(path)
        states = [contents(path)]
        for count, (kind, number, other, words, restarts) in enumerate(steps):
            change = change_of(held.view(), kind, number, other, words)
            try:
                held.step({"id": f"step-{count}", "tab": "tab", "changes": [change]})
            except (DeskError, IpdocsError):
                assert contents(path) == states[-1]
                continue
            if contents(path) != states[-1]:
                states.append(contents(path))
            if restarts:
                held = hold(path)
        for count, state in enumerate(reversed(states[:-1])):
            held.undo({"id": f"undo-{count}", "tab": "tab"})
            assert contents(path) == state
        assert held.view()["undo"] is None
        held = hold(path)
        for count, state in enumerate(states[1:]):
            held.redo({"id": f"redo-{count}", "tab": "tab"})
            assert contents(path) == state
        assert held.view()["redo"] is None
