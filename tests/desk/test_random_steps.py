"""Random steps of every kind on documents with everything: no answer is an error of the desk, and undo gives the first bytes."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.desk.conftest import ROOT, RunningDesk, desks

pytestmark = pytest.mark.slow

Change = dict[str, Any]
STEPS = 45
WORDS = [
    "",
    "Words",
    "字句。",
    "⟦…⟧",
    "a\nb",
    "**bold** and *more*",
    "# not a comment: 'x' \"y\"",
    "{{ nothing | day }}",
    "- item",
    "𠮷😀",
    "x[^gone]",
]
TABLE = ["row-after", "row-before", "row-delete", "column-after", "column-before", "column-delete", "join", "separate"]


@pytest.fixture(scope="module")
def random_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    """A desk on the sources that have everything."""
    folder = tmp_path_factory.mktemp("random")
    everything = folder / "office/everything"
    shutil.copytree(ROOT / "tests/everything", everything, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    (folder / "office/locales").mkdir()
    with desks(folder) as start:
        yield start(folder / "office")


def random_change(generator: random.Random, view: Any) -> Change:
    """A change that somebody could make on the page; now and then one that cannot be made."""
    body = [row for row in view["rows"] if row["body"]]
    row = generator.choice(body)
    cells = [cell for entry in view["rows"] for line in entry["lines"] for cell in line["cells"].values()]
    cell = generator.choice(cells)
    place, lang, text = cell["place"], cell["lang"], cell["text"] or ""
    lines = [line["place"] for entry in body for line in entry["lines"] if line["cells"]]
    other = generator.choice(lines)
    lists = [line.rpartition(".")[0] for line in lines if line.rpartition(".")[2].isdigit()]
    after = generator.choice([None, *(entry["id"] for entry in view["rows"])])
    at = generator.randint(0, len(text.encode("utf-16-le")) // 2)
    changes: dict[str, Change] = {
        "text": {
            "place": place,
            "lang": lang,
            "before": cell["text"],
            "after": generator.choice([*WORDS, text + " more", text[:3]]),
        },
        "insert": {"after": after, "kind": generator.choice(view["kinds"])["kind"]},
        "insert-item": {"place": generator.choice(lists), "index": generator.randint(0, 3), "texts": {}},
        "delete": {"row": row["id"]},
        "delete-item": {"place": other},
        "move": {"row": row["id"], "after": after},
        "move-item": {"place": other, "index": generator.randint(0, 3)},
        "level": {"place": other, "by": generator.choice([1, -1])},
        "end-list": {"place": other},
        "kind": {"row": row["id"], "kind": generator.choice([*row["can"], "heading", "list"])},
        "split": {"place": place, "lang": lang, "at": at, "before": text},
        "join": {"place": other},
        "set": {"row": row["id"], "key": "list.style", "value": generator.choice(["number", "bullet", "letter"])},
        "limit": {
            "row": row["id"],
            "lang": generator.choice(["en", "tc"]),
            "mode": generator.choice(["absent", "only", "all"]),
            "reason": "for others",
        },
        "note": {"place": place, "lang": lang, "at": at, "texts": {}},
        "table": {"place": other, "action": generator.choice(TABLE), "to": generator.choice(lines)},
        "use-words": {"row": row["id"]},
    }
    kind = generator.choice([*changes, "text", "text", "insert", "move", "split", "join", "table"])
    if kind in ("table", "level", "move-item", "join"):
        wanted = {"table": ".table.", "level": ".list.", "move-item": ".items.", "join": ""}[kind]
        changes[kind]["place"] = generator.choice([line for line in lines if wanted in line] or lines)
    return {"type": kind, **changes[kind]}


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def applied(view: Any, patch: Any) -> Any:
    """The view after a patch, as the page makes it."""
    rows = {row["id"]: row for row in [*view["rows"], *patch["rows"]]}
    return {**view, **{name: patch[name] for name in ("version", "hash", "facts", "title", "undo", "redo")}} | {
        "rows": [rows[name] for name in patch["order"]]
    }


@pytest.mark.parametrize(("name", "seed"), [("release", 0), ("minutes", 1)])
def test_random_steps_are_undone_to_the_byte(random_desk: RunningDesk, name: str, seed: int) -> None:
    generator = random.Random(f"{name} {seed}")
    folder, address = random_desk.workspace / "everything", f"/d/everything:{name}.yaml"
    path = folder / f"{name}.yaml"
    view, first, log = random_desk.get(address), files_in(folder), list[str]()
    done = 0
    for number in range(STEPS):
        change = random_change(generator, view)
        before = path.read_bytes()
        log.append(json.dumps(change, ensure_ascii=False))
        status, answer = random_desk.call(
            "POST", f"{address}/step", {"id": f"{name}-{seed}-{number}", "tab": "t", "changes": [change]}
        )
        assert status in (200, 400, 409, 422), (log[-1], answer)
        if status != 200:
            assert path.read_bytes() == before, log[-1]
            continue
        done += path.read_bytes() != before
        view = applied(view, answer)
        read = random_desk.get(address)
        assert view["rows"] == read["rows"], log[-1]
        if change["type"] == "text":
            texts = {
                (cell["place"], cell["lang"]): cell["text"]
                for row in read["rows"]
                for line in row["lines"]
                for cell in line["cells"].values()
            }
            assert texts.get((change["place"], change["lang"])) in ([change["after"]] if change["after"] else [None, "⟦…⟧"]), log[
                -1
            ]
    assert done > STEPS / 3
    last = files_in(folder)
    undone = 0
    while files_in(folder) != first:
        status, answer = random_desk.call("POST", f"{address}/undo", {"id": f"u-{name}-{seed}-{undone}", "tab": "t"})
        assert status == 200, answer
        undone += 1
        assert undone <= done, "undo ends at another file"
    for number in range(undone):
        random_desk.post(f"{address}/redo", {"id": f"r-{name}-{seed}-{number}", "tab": "t"})
    assert files_in(folder) == last
    for number in range(undone):
        random_desk.post(f"{address}/undo", {"id": f"v-{name}-{seed}-{number}", "tab": "t"})
