"""The journal of a document: every step on the disk before the files are replaced, outside the workspace.

A journal is a file of JSON lines. Its first line names the document. A line `{"done": id}` says that the files of a step were
replaced; a step without it is completed when the desk starts again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import blake2b, sha256
from pathlib import Path
from typing import Any, Literal

from ipdocs.desk.message import Message
from ipdocs.files.appending import append_line, append_synced, shorten
from ipdocs.files.placing import place_files
from ipdocs.files.reading import read_bytes
from ipdocs.files.temporary import remove
from ipdocs.findings import IpdocsError

MAX_DAYS = 90
MAX_BYTES = 20_000_000
"""The limits of a journal; when it is opened beyond one of them, its oldest entries are dropped."""
_MAX_READ = 10 * MAX_BYTES

EntryKind = Literal["step", "undo", "redo", "outside", "back"]
FileName = Literal["source", "state"]


@dataclass(frozen=True, slots=True)
class FileChange:
    """The change of one file by a step.

    Attributes:
        file: the source or its state file.
        before: the digest of the content before.
        after: the digest of the content after.
        edits: the start and the end in the text before, the old words and the new words; in the order of the text.
    """

    file: FileName
    before: str
    after: str
    edits: tuple[tuple[int, int, str, str], ...]


@dataclass(frozen=True, slots=True)
class TextChange:
    """The change of one text, found by the name of its place."""

    place: str
    lang: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A step, its undoing, or a change by another program.

    Attributes:
        kind: the kind of entry; `outside` is a change by another program, and `back` takes such a change back.
        id: the id of the step.
        time: the time in seconds since 1970.
        tab: the tab that sent the step.
        group: the id of the first step of the group that is undone together.
        label: what the step did, as a message.
        go_to: the place to show when the step is undone or done again.
        files: the changes of the files.
        texts: the changes of texts, if the step changed nothing else.
    """

    kind: EntryKind
    id: str
    time: float
    tab: str
    group: str
    label: Message
    go_to: Mapping[str, str]
    files: tuple[FileChange, ...]
    texts: tuple[TextChange, ...] = ()


def digest(text: str) -> str:
    """Return the digest of the content of a file; a missing file counts as empty."""
    return sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def file_change(file: FileName, before: str, after: str) -> FileChange:
    """Return the change from one content of a file to another, as one edit of the range that differs."""
    start = _common_length(before, after)
    end = _common_length(before[start:][::-1], after[start:][::-1])
    edit = (start, len(before) - end, before[start : len(before) - end], after[start : len(after) - end])
    return FileChange(file, digest(before), digest(after), (edit,))


def _common_length(first: str, second: str) -> int:
    """Return the length of the common beginning of two texts."""
    low, high = 0, min(len(first), len(second))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if first[low:middle] == second[low:middle] else (low, middle - 1)
    return low


def apply_edits(change: FileChange, text: str) -> str | None:
    """Return the content of a file after a change, or None if the content is not the one before it."""
    if digest(text) != change.before:
        return None
    for start, end, _, new in reversed(change.edits):
        text = text[:start] + new + text[end:]
    return text if digest(text) == change.after else None


def reverse_edits(change: FileChange, text: str) -> str | None:
    """Return the content of a file before a change, or None if the content is not the one after it."""
    if digest(text) != change.after:
        return None
    for start, _, old, new in change.edits:
        text = text[:start] + old + text[start + len(new) :]
    return text if digest(text) == change.before else None


def _short_digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogateescape"), digest_size=12).hexdigest()


class Journal:
    """The entries of one document, in memory and on the disk."""

    def __init__(self, folder: Path, document: str) -> None:
        """Read the journal of a document.

        Args:
            folder: the folder of the journals of the workspace.
            document: the path of the document in the workspace, with / between its parts.
        """
        self.document = document
        self.path = folder / f"{_short_digest(document)}.jsonl"
        self.entries: list[Entry] = []
        self.open_id: str | None = None
        self._read()

    @property
    def open_entry(self) -> Entry | None:
        """The last entry, if its files may not have been replaced."""
        return self.entries[-1] if self.entries and self.entries[-1].id == self.open_id else None

    def append(self, entry: Entry) -> int:
        """Append an entry and wait until it is on the disk; return what `withdraw` needs.

        Raises:
            IpdocsError: the journal cannot be written, for example because the disk is full.
        """
        if not self.path.exists():
            append_synced(self.path, _line({"document": self.document}))
        size = append_synced(self.path, _line(asdict(entry)))
        self.entries.append(entry)
        self.open_id = entry.id
        return size

    def withdraw(self, size: int) -> None:
        """Take back the last entry, whose files could not be replaced."""
        self.entries.pop()
        self.open_id = None
        shorten(self.path, size)

    def close_entry(self) -> None:
        """Note that the files of the last entry were replaced."""
        if self.open_id is not None:
            with suppress(IpdocsError):  # without the note, the step is found to be complete when the desk starts
                append_line(self.path, _line({"done": self.open_id}))
            self.open_id = None

    def forget(self) -> None:
        """Delete the history of the document."""
        self.entries.clear()
        self.open_id = None
        remove(self.path)

    def drop_old(self, now: float) -> None:
        """Drop the entries that are older than `MAX_DAYS` days, and the oldest if the file is larger than `MAX_BYTES`."""
        kept = [entry for entry in self.entries if entry.time >= now - MAX_DAYS * 86_400]
        lines = [_line(asdict(entry)) for entry in kept]
        size = sum(len(line.encode()) for line in lines)
        if size > MAX_BYTES:
            while size > MAX_BYTES // 2:
                size -= len(lines.pop(0).encode())
            kept = kept[len(kept) - len(lines) :]
        if len(kept) == len(self.entries):
            return
        done = [] if self.open_id else [_line({"done": kept[-1].id})] if kept else []
        content = "".join(f"{line}\n" for line in (_line({"document": self.document}), *lines, *done))
        place_files({self.path: content.encode()})
        self.entries[:] = kept

    def take_over(self, present: str, is_gone: Callable[[str], bool]) -> None:
        """Take over the journal of a document that was renamed or moved to this one, if this one has none.

        Args:
            present: the content of the source.
            is_gone: whether a document, given by its path in the workspace, is no longer there.
        """
        if self.entries:
            return
        for path in sorted(self.path.parent.glob("*.jsonl")):
            first = next(_records(path), {})
            if not isinstance(name := first.get("document"), str) or name == self.document or not is_gone(name):
                continue
            earlier = Journal(self.path.parent, name)
            if earlier.open_id is None and _leaves(earlier.entries, digest(present)):
                lines = [_line({"document": self.document}), *(_line(asdict(entry)) for entry in earlier.entries)]
                done = _line({"done": earlier.entries[-1].id})
                place_files({self.path: "".join(f"{line}\n" for line in (*lines, done)).encode()})
                remove(earlier.path)
                self.entries[:] = earlier.entries
                return

    def _read(self) -> None:
        if self.path.is_file():
            content = read_bytes(self.path, _MAX_READ)
            if not content.endswith(b"\n"):
                shorten(self.path, content.rfind(b"\n") + 1)
        for record in _records(self.path):
            if "done" in record:
                self.open_id = None if record["done"] == self.open_id else self.open_id
            elif (entry := _entry(record)) is not None:
                self.entries.append(entry)
                self.open_id = entry.id


def _leaves(entries: Sequence[Entry], present: str) -> bool:
    """Whether the source has the digest `present` after entries, apart from its vanishing at the end."""
    changes = [change for entry in entries for change in entry.files if change.file == "source"]
    if changes and changes[-1].after == digest(""):
        return changes[-1].before == present
    return bool(changes) and changes[-1].after == present


def _line(record: Mapping[str, Any]) -> str:
    return json.dumps(record, separators=(",", ":"))


def _records(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the records of a journal; a line cut short by a crash is left out."""
    if not path.is_file():
        return
    for line in read_bytes(path, _MAX_READ).split(b"\n")[:-1]:
        with suppress(ValueError):
            record = json.loads(line)
            if isinstance(record, dict):
                yield record


def _entry(record: Mapping[str, Any]) -> Entry | None:
    """Return the entry of a record, or None if it is not an entry."""
    try:
        files = tuple(
            FileChange(item["file"], item["before"], item["after"], tuple(_edit(edit) for edit in item["edits"]))
            for item in record["files"]
        )
        texts = tuple(TextChange(**item) for item in record["texts"])
        return Entry(**{**record, "files": files, "texts": texts})
    except (KeyError, TypeError, ValueError):
        return None


def _edit(edit: Sequence[Any]) -> tuple[int, int, str, str]:
    start, end, old, new = edit
    return int(start), int(end), str(old), str(new)


def documents_with_open_steps(folder: Path) -> Iterator[str]:
    """Yield the documents of a workspace whose last step may not have been completed."""
    for path in sorted(folder.glob("*.jsonl")):
        records = list(_records(path))
        document = next((record["document"] for record in records if isinstance(record.get("document"), str)), None)
        if document and records and "done" not in records[-1]:
            yield document
