"""The patch of a view: what the page needs to show the document as it is now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_WHOLE = (
    *("document", "version", "hash", "saved_at", "undo", "redo", "read_only", "problem"),
    *("title", "about", "facts", "approval", "remarks"),
)
"""The parts of a view that every patch has."""


def make_patch(before: Mapping[str, Any], view: Mapping[str, Any]) -> dict[str, Any]:
    """Return what differs between an earlier view of a document and the view of now.

    `base` is the version of the earlier view: a page that shows another one must load the document again.
    """
    rows_before = {row["id"]: row for row in before.get("rows", ())}
    return {
        "base": before.get("version", 0),
        "label": None,
        "order": [row["id"] for row in view["rows"]],
        "rows": [row for row in view["rows"] if rows_before.get(row["id"]) != row],
        **{name: view[name] for name in _WHOLE if name in view},
    }
