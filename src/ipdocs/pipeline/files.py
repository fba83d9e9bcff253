"""Files that a stage has made, put where they belong."""

from __future__ import annotations

from pathlib import Path

from ipdocs.findings import Finding, IpdocsError, Location
from ipdocs.source.edit import write_atomically


def put(path: Path, data: bytes) -> None:
    """Write a file whole into its folder, which is made; what the system refuses is a finding."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, data)
    except OSError as error:
        message = f"the file cannot be written: {error.strerror}"
        raise IpdocsError([Finding("cannot-write", message, Location(path), "name another with --out")]) from error
