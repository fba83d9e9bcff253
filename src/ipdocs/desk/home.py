"""Home: the documents of the workspace."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from ipdocs.desk.desk import Desk
from ipdocs.desk.paths import document_name

_LEFT_OUT = {"templates", "locales", "archive", "registers", "out", "node_modules"}


def documents(data: dict[str, Any], desk: Desk) -> dict[str, Any]:
    """Return the documents of the workspace."""
    paths = sources(desk.workspace)
    return {"documents": [{"document": document_name(desk.workspace, path), "title": {}} for path in paths]}


def sources(workspace: Path) -> list[Path]:
    """Return the paths of all sources of the workspace, in order."""
    paths: list[Path] = []
    for folder, folders, files in os.walk(workspace):
        folders[:] = sorted(name for name in folders if name not in _LEFT_OUT and not name.startswith("."))
        paths += [Path(folder, name) for name in sorted(files) if _is_source(Path(folder, name))]
    return paths


def _is_source(path: Path) -> bool:
    if path.suffix not in (".yaml", ".yml") or path.name.startswith(".") or path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as stream:
        return b"\nkind:" in b"\n" + stream.read(4096)
