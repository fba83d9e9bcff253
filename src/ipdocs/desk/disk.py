"""The contents of the files of a document on the disk, whatever they are."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from ipdocs.desk.history import Contents
from ipdocs.files.reading import read_bytes
from ipdocs.findings import IpdocsError
from ipdocs.source.file import MAX_BYTES
from ipdocs.source.state import state_path
from ipdocs.source.update import replace_files


def read_contents(path: Path) -> Contents:
    """Return the contents of a source and its state file; a file that cannot be read counts as empty."""
    return {"source": _read(path), "state": _read(state_path(path))}


def _read(path: Path) -> str:
    with suppress(IpdocsError):
        return read_bytes(path, MAX_BYTES).decode("utf-8", "surrogateescape")
    return ""


def write_contents(path: Path, before: Contents, after: Contents) -> None:
    """Replace a source and its state file.

    Raises:
        SourceChangedOnDisk: the contents are no longer those before.
        IpdocsError: a file cannot be written.
    """
    files = {"source": path, "state": state_path(path)}
    replace_files({file: (_encode(before[name]), _encode(after[name])) for name, file in files.items()})


def _encode(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
