"""The one door out: files put in their places, whole or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from ipdocs.findings import Finding, IpdocsError, Location


def put(path: Path, data: bytes) -> None:
    """Write a file whole into its folder, which is made; what the system refuses is a finding."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, data)
    except OSError as error:
        message = f"the file cannot be written: {error.strerror}"
        raise IpdocsError([Finding("cannot-write", message, Location(path), "name another with --out")]) from error


def write_atomically(path: Path, content: bytes) -> None:
    """Put content in the place of a file: readers see the old one or the new one, and its mode stays."""
    with replacing(path) as stream:
        stream.write(content)


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Open a stream whose content takes the place of a file once it is whole: until then the old one stays as it is."""
    target = path.resolve()
    draft = target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}.tmp")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        with os.fdopen(descriptor, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if target.exists():
            draft.chmod(target.stat().st_mode & 0o7777)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def place(files: Mapping[Path, bytes]) -> None:
    """Put files in their places."""
    for path, data in files.items():
        put(path, data)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold other processes back from a folder."""
    yield
