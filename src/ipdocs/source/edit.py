"""Writing back: text spliced into its span, and files replaced whole or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ipdocs.source.file import SourceFile


@dataclass(frozen=True, slots=True)
class Edit:
    """New text for what stands between two positions of a file; between equal ones it is put in."""

    start: int
    end: int
    text: str


def splice(file: SourceFile, edits: Iterable[Edit]) -> str:
    """Return a file's text with edits made and every other character as it was; edits must not overlap."""
    parts: list[str] = []
    position = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start < position or edit.end < edit.start:
            raise ValueError(f"the edit at {edit.start} overlaps the one before it")
        parts += [file.text[position : edit.start], edit.text]
        position = edit.end
    return "".join([*parts, file.text[position:]])


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
