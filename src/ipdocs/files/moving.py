"""Move a folder, within one disk."""

from __future__ import annotations

import os
from pathlib import Path

from ipdocs.files.system_errors import cannot_write
from ipdocs.findings import Finding, IpdocsError, Location


def move_folder(folder: Path, target: Path) -> None:
    """Move a folder to another path, with all that it contains.

    Raises:
        IpdocsError: there is something at the target already, or the folder cannot be moved.
    """
    if os.path.lexists(target):
        hint = "rename one of the two folders"
        raise IpdocsError([Finding("file-exists", "a file or folder of this name exists already", Location(target), hint)])
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        folder.rename(target)
    except OSError as error:
        raise cannot_write(target, error) from error
