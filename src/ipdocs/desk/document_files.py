"""The files of a document and its journal: read again when another program changes them, and written step by step."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from ipdocs.desk.access import Signature, signature, write_protection
from ipdocs.desk.disk import read_contents, write_contents
from ipdocs.desk.errors import DeskError, stale
from ipdocs.desk.history import Contents, contents_before
from ipdocs.desk.journal import Entry, EntryKind, Journal, apply_edits
from ipdocs.desk.message import Message, message
from ipdocs.desk.problems import Problem, lines_around
from ipdocs.desk.step_entry import contents_of, file_changes, is_applied, source_of
from ipdocs.findings import IpdocsError
from ipdocs.source.open import Source, open_source
from ipdocs.source.update import SourceChangedOnDisk, write_source

LABELS: Mapping[EntryKind, Message] = {"outside": message("changed outside"), "back": message("went back")}


class DocumentFiles:
    """The source and the state file of a document, as last read or written.

    Attributes:
        path: the path of the source.
        journal: the journal of the document.
        version: a number that grows with every change of the files, also across restarts.
        source: the document as last read, opened as a draft; None if it could never be read.
        problem: the reason why the files cannot be read now; `source` is then what was last read.
        protection: the reason why the files cannot be written, or None.
    """

    def __init__(self, path: Path, journal: Journal, *, read_only: bool) -> None:
        """Read the files, and complete the last step of the journal if the desk ended in the middle of it."""
        self.path, self.journal = path, journal
        self.version = _first_version(journal)
        self.source: Source | None = None
        self.problem: Problem | None = None
        self.protection: Message | None = None
        self._is_read_only = read_only
        self._signature: Signature | None = None
        self._seen: Contents | None = None
        self._read_at: float | None = None
        self.read()
        if not read_only:
            self._recover()

    @property
    def are_unchanged(self) -> bool:
        """Whether the system says that no other program has changed the files since they were read."""
        return signature(self.path) == self._signature

    def read(self) -> None:
        """Read the files; if they cannot be read, keep the document as it is and note the problem."""
        seen, contents = signature(self.path), read_contents(self.path)
        self._note_outside_change(contents)
        self._check_protection()
        try:
            source = open_source(self.path, draft=True)
        except IpdocsError as error:
            self._note_problem(error, contents)
        else:
            if self.source is None or contents_of(source) != contents_of(self.source) or self.problem:
                self._hold(source)
        self._signature = seen

    def save(self, after: Source, entry: Entry) -> None:
        """Append an entry to the journal, then write the files and hold the changed document.

        Raises:
            DeskError: the journal or a file cannot be written; nothing was replaced.
            SourceChangedOnDisk: another program has changed a file; nothing was replaced.
        """
        before = self.source
        if before is None:
            raise stale()
        self._write(entry, lambda: write_source(before, after))
        self._hold(after)

    def go_back(self, tab: str) -> None:
        """Write the version that was last read in place of files that cannot be read, or that are gone.

        Raises:
            DeskError: there is no such version, or the files cannot be written.
        """
        self.read()
        if self.source is None or self.problem is None or self.problem.back_to is None:
            raise stale()
        before, after = read_contents(self.path), contents_of(self.source)
        self._write(_outside_entry("back", before, after, tab), lambda: write_contents(self.path, before, after))
        self.read()

    def _write(self, entry: Entry, write: Callable[[], None]) -> None:
        try:
            size = self.journal.append(entry)
            try:
                write()
            except BaseException:
                self.journal.withdraw(size)
                raise
        except SourceChangedOnDisk:
            self._signature = None  # read the files again, whatever the system says about them
            raise
        except IpdocsError as error:
            raise DeskError(507, {"findings": [finding.as_dict() for finding in error.findings]}) from error
        self.journal.close_entry()

    def _hold(self, source: Source) -> None:
        """Hold a document that was just read or written."""
        self.source, self.problem = source, None
        self._read_at = time.time()
        self.version += 1
        seen = signature(self.path)
        self._seen = contents_of(source)
        self._signature = seen if read_contents(self.path) == self._seen else None

    def _note_problem(self, error: IpdocsError, contents: Contents) -> None:
        self.source = self.source or self._remembered(contents)
        is_changed = self.source is not None and contents_of(self.source) != contents
        back_to = (self._read_at or time.time()) if is_changed else None
        self.problem = Problem(error.findings, lines_around(error.findings, self.path, contents), time.time(), back_to)
        self.version += 1

    def _check_protection(self) -> None:
        before = self.protection
        self.protection = message("the desk was opened for reading only") if self._is_read_only else write_protection(self.path)
        self.version += self.protection != before

    def _note_outside_change(self, contents: Contents) -> None:
        """Journal what another program changed, so that it can be shown and taken back."""
        if self._seen is not None and contents != self._seen and not self._is_read_only:
            with suppress(IpdocsError):  # a change that cannot be noted is still a change
                self.journal.append(_outside_entry("outside", self._seen, contents, ""))
                self.journal.close_entry()
        self._seen = contents

    def _remembered(self, contents: Contents) -> Source | None:
        """Return the document as it was before another program made it unreadable; None if the journal does not have it."""
        entry = self.journal.entries[-1] if self.journal.entries else None
        before = contents_before([entry], contents) if entry and entry.kind == "outside" else None
        if before is not None:
            with suppress(IpdocsError):
                return source_of(self.path, before)
        return None

    def _recover(self) -> None:
        """Complete the last step of the journal if its files were not, or not all, replaced."""
        entry, contents = self.journal.open_entry, read_contents(self.path)
        if entry is None:
            return
        texts = {
            change.file: contents[change.file] if is_applied(change, contents) else apply_edits(change, contents[change.file])
            for change in entry.files
        }
        completed = contents | {name: text for name, text in texts.items() if text is not None}
        if None not in texts.values() and completed != contents and entry.kind != "outside":
            write_contents(self.path, contents, completed)
            self._seen = None
            self.read()
        self.journal.close_entry()


def _first_version(journal: Journal) -> int:
    """Return a version that is greater than all of earlier runs of the desk, also if the clock went back since."""
    return int(1000 * max([time.time(), *(entry.time + 1 for entry in journal.entries)]))


def _outside_entry(kind: EntryKind, before: Contents, after: Contents, tab: str) -> Entry:
    return Entry(kind, uuid4().hex, time.time(), tab, "", LABELS[kind], {}, file_changes(before, after))
