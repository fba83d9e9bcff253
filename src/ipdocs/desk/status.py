"""How the texts of a document stand: how many in each state, by language, and which still ask for work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from ipdocs.desk.documents import HeldDocument

Json = dict[str, Any]
KINDS = ("confirmed", "written", "draft", "changed", "missing")
"""The states that are counted; texts that a language leaves out are not."""
OPEN = ("missing", "draft", "changed")
"""The states that ask for work."""


def status(_data: Json, document: HeldDocument) -> Json:
    """Return the counts of each language, and what is to be done, in the order of the document."""
    rows = document.view()["rows"]
    counts: dict[str, Counter[str]] = {}
    for cell, _ in _cells(rows):
        if cell["state"]["kind"] in KINDS:
            counts.setdefault(cell["lang"], Counter())[cell["state"]["kind"]] += 1
    return {
        "version": document.version,
        "counts": {code: {**{kind: states[kind] for kind in KINDS}, "total": states.total()} for code, states in counts.items()},
        "to_do": [
            {"kind": kind, "row": row, "place": cell["place"], "lang": cell["lang"]}
            for cell, row in _cells(rows)
            if (kind := _open_kind(cell["state"]))
        ],
    }


def _cells(rows: list[Json]) -> Iterator[tuple[Json, str]]:
    """Yield each text with the id of its row."""
    for row in rows:
        for line in row["lines"]:
            yield from ((cell, row["id"]) for cell in line["cells"].values())


def _open_kind(state: Mapping[str, Any]) -> str:
    """Return what a text asks for: its state, or its gap; empty if nothing."""
    if state["kind"] in OPEN:
        return str(state["kind"])
    return "gap" if state.get("gap") else ""
