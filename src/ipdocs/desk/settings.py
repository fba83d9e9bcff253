"""What a page is told about the desk, and the settings of the desk."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from ipdocs.desk.desk import Desk
from ipdocs.desk.sentences import sentence_catalog
from ipdocs.workspace import find_workspace


def information(data: dict[str, Any], desk: Desk) -> dict[str, Any]:
    """Return what every page needs to know."""
    return {
        "workspace": desk.workspace.name,
        "folder": str(desk.workspace),
        "version": version("ipdocs"),
        "language": "en",
        "catalog": sentence_catalog(find_workspace(desk.workspace / "source"), "en"),
        "name": "",
        "event": desk.events.last_id,
    }


def stop(data: dict[str, Any], desk: Desk) -> None:
    """Stop the desk."""
    desk.stop()
