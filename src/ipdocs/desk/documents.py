"""The documents that the desk holds open, each with its journal; every change of a document on the disk is made here."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import RLock
from typing import Any, Literal

from ipdocs.desk.access import Signature, signature, write_protection
from ipdocs.desk.errors import DeskError, bad_request, stale
from ipdocs.desk.history import history
from ipdocs.desk.journal import Entry, Journal, Message, apply_edits
from ipdocs.desk.patches import make_patch
from ipdocs.desk.step_entry import (
    contents_of,
    describe,
    file_changes,
    group_of,
    is_applied,
    labelled,
    text_changes,
    with_contents,
)
from ipdocs.desk.steps import source_changes
from ipdocs.desk.undo import with_group
from ipdocs.desk.view import document_view
from ipdocs.findings import Finding, IpdocsError
from ipdocs.source.open import Source, open_source
from ipdocs.source.update import SourceChangedOnDisk, apply_changes, write_source

Publish = Callable[[Mapping[str, Any]], None]
"""A function that tells an event to all tabs."""

_KEPT_ANSWERS = 500
_ATTEMPTS = 5
"""How often a step is tried again when another program changes the file at the same moment."""


@dataclass(frozen=True, slots=True)
class Problem:
    """The reason why a document cannot be read from the disk.

    Attributes:
        findings: what is wrong.
        since: the time in seconds since 1970 at which this was found.
        last_read: the time at which the document was last read or written, or None if it never was.
    """

    findings: tuple[Finding, ...]
    since: float
    last_read: float | None

    def as_dict(self) -> dict[str, Any]:
        """Return the problem as JSON."""
        findings = [finding.as_dict() for finding in self.findings]
        return {"findings": findings, "since": _iso(self.since), "last_read": _iso(self.last_read)}


def _iso(seconds: float | None) -> str | None:
    return None if seconds is None else datetime.fromtimestamp(seconds).astimezone().isoformat(timespec="seconds")


class HeldDocument:
    """A document that is open in the desk.

    Its methods run in its thread (see `thread`), so that they never meet.

    Attributes:
        name: the path in the workspace, with : between its parts.
        path: the path of the source.
        thread: the thread in which everything with the document is done.
        version: a number that grows with every change of the files, also across restarts.
        saved_at: the time in seconds since 1970 of the last step that was written, or None.
        problem: the reason why the file cannot be read now; the document is then the one that was last read.
    """

    def __init__(self, name: str, path: Path, journals: Path, publish: Publish, read_only: bool = False) -> None:
        """Open a document and complete its last step, if the desk ended in the middle of it.

        Args:
            name: the path in the workspace, with : between its parts.
            path: the path of the source.
            journals: the folder of the journals of the workspace.
            publish: the function that tells events to the tabs.
            read_only: whether the desk was started for reading only.
        """
        self.name, self.path = name, path
        self.version = int(time.time())
        self.saved_at: float | None = None
        self.problem: Problem | None = None
        self.lock = RLock()
        self._publish, self._forced_read_only = publish, read_only
        self.thread = ThreadPoolExecutor(1, f"document {name}")
        self._answers: OrderedDict[str, dict[str, Any]] = OrderedDict()
        self._source: Source | None = None
        self._view: dict[str, Any] | None = None
        self._signature: Signature | None = None
        self._read_at: float | None = None
        self.journal = Journal(journals, name.replace(":", "/"))
        self._read()
        self._recover()

    @property
    def source(self) -> Source:
        """The document as last read, opened as a draft.

        Raises:
            IpdocsError: the file could never be read.
        """
        if self._source is None:
            raise IpdocsError(self.problem.findings if self.problem else ())
        return self._source

    @property
    def hash(self) -> str:
        """The digest of the source file."""
        return self._source.digest if self._source else ""

    @property
    def read_only(self) -> Message | None:
        """The reason why the document cannot be changed, or None."""
        if self._forced_read_only:
            return {"text": "the desk was opened for reading only"}
        return write_protection(self.path)

    @property
    def undo_label(self) -> Message | None:
        """The label of the group of steps that would be undone, or None."""
        done = history(self.journal.entries).done
        return labelled("Undo", done[-1][-1].label) if done else None

    @property
    def redo_label(self) -> Message | None:
        """The label of the group of steps that would be done again, or None."""
        undone = history(self.journal.entries).undone
        return labelled("Redo", undone[-1][-1].label) if undone else None

    def close(self) -> None:
        """End the thread of the document after the calls that wait."""
        self.thread.shutdown()

    def view(self) -> dict[str, Any]:
        """Return the document as JSON: what the page shows."""
        with self.lock:
            if self._view is None:
                rows = document_view(self._source) if self._source else {"rows": [], "facts": []}
                self._view = {**rows, **self._standing()}
            return self._view

    def _standing(self) -> dict[str, Any]:
        """Return what may change with every step, whatever the step changed."""
        return {
            "document": self.name,
            "version": self.version,
            "hash": self.hash,
            "saved_at": _iso(self.saved_at),
            "undo": self.undo_label,
            "redo": self.redo_label,
            "read_only": self.read_only,
            "problem": self.problem.as_dict() if self.problem else None,
        }

    def step(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """Make the changes of a step and write the files; the same id twice gives the same answer.

        Returns:
            The patch of the view.

        Raises:
            DeskError: a text has changed in the meantime, the document cannot be changed, or the request is malformed.
            IpdocsError: a change cannot be made.
        """
        step_id, tab, changes = body.get("id"), body.get("tab"), body.get("changes")
        if not isinstance(step_id, str) or not isinstance(tab, str) or not isinstance(changes, list) or not changes:
            raise bad_request("a step has an id, a tab and changes")
        if not all(isinstance(change, dict) for change in changes) or len(step_id) > 100 or len(tab) > 100:
            raise bad_request("a change is a mapping")
        with self.lock:
            if (answer := self._answer_to(step_id)) is not None:
                return answer

            def make(source: Source) -> tuple[Source, Entry] | None:
                after = source
                for change in changes:
                    after = apply_changes(after, source_changes(after, change))
                files = file_changes(source, after)
                if not files:
                    return None
                label, go_to = describe(changes, after)
                texts = text_changes(changes, source, after)
                group = group_of(body, texts, self.journal.entries)
                return after, Entry("step", step_id, time.time(), tab, group, label, go_to, files, texts)

            return self._answer(step_id, self._change(make))

    def undo(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """Take back the last group of steps; return the patch with the place to show."""
        return self._travel(body, "undo")

    def redo(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """Do the last undone group of steps again; return the patch with the place to show."""
        return self._travel(body, "redo")

    def _travel(self, body: Mapping[str, Any], kind: Literal["undo", "redo"]) -> dict[str, Any]:
        step_id, tab = str(body.get("id")), str(body.get("tab"))
        with self.lock:
            if (answer := self._answer_to(step_id)) is not None:
                return answer

            def make(source: Source) -> tuple[Source, Entry] | None:
                past = history(self.journal.entries)
                groups = past.done if kind == "undo" else past.undone
                if not groups:
                    raise DeskError(409, {"nothing": kind})
                after = with_group(source, groups[-1], kind)
                first, files = groups[-1][0], file_changes(source, after)
                step = groups[-1][-1]
                return after, Entry(kind, step_id, time.time(), tab, first.group, step.label, step.go_to, files)

            answer = self._change(make)
            return self._answer(step_id, {**answer, "go_to": self.journal.entries[-1].go_to})

    def forget(self) -> None:
        """Delete the history: nothing can be undone any more."""
        with self.lock:
            self.journal.forget()
            self._view = None

    def refresh(self) -> bool:
        """Read the files again if they have changed on the disk, and tell the tabs; return whether they had."""
        with self.lock:
            if signature(self.path) == self._signature:
                return False
            view, source, problem = self.view(), self._source, self.problem
            self._read()
            if source is self._source and (self.problem is None) == (problem is None):
                return False
            self._publish(
                {"type": "changed", "document": self.name, "version": self.version, "patch": make_patch(view, self.view())}
            )
            return True

    def _change(self, make: Callable[[Source], tuple[Source, Entry] | None]) -> dict[str, Any]:
        """Make a change, journal it and write the files; try again if another program was faster."""
        for _ in range(_ATTEMPTS):
            self.refresh()
            if self.problem is not None:
                raise IpdocsError(self.problem.findings)
            if (reason := self.read_only) is not None:
                raise DeskError(403, {"read_only": reason})
            before_view = self.view()
            result = make(self.source)
            if result is None:
                return make_patch(before_view, self.view())
            with suppress(SourceChangedOnDisk):
                self._save(*result)
                answer = {**make_patch(before_view, self.view()), "label": result[1].label}
                event = {"type": "saved", "document": self.name, "version": self.version}
                self._publish({**event, "tab": result[1].tab, "patch": answer})
                return answer
        raise stale()

    def _save(self, after: Source, entry: Entry) -> None:
        """Append an entry to the journal, then replace the files.

        Raises:
            DeskError: the journal or a file cannot be written; nothing was replaced.
            SourceChangedOnDisk: another program has changed a file; nothing was replaced.
        """
        try:
            size = self.journal.append(entry)
            try:
                write_source(self.source, after)
            except BaseException:
                self.journal.withdraw(size)
                raise
        except IpdocsError as error:
            if isinstance(error, SourceChangedOnDisk):
                raise
            raise DeskError(507, {"findings": [finding.as_dict() for finding in error.findings]}) from error
        self.journal.close_entry()
        self.saved_at = entry.time
        self._hold(after)

    def _hold(self, source: Source) -> None:
        self._source, self.problem = source, None
        self._read_at = time.time()
        self._signature = signature(self.path)
        self.version += 1
        self._view = None

    def _read(self) -> None:
        """Read the files; if they cannot be read, keep the document as it is and note the problem."""
        seen = signature(self.path)
        try:
            source = open_source(self.path, draft=True)
        except IpdocsError as error:
            self._signature = seen
            self.problem = Problem(error.findings, time.time(), self._read_at)
            self._view = None
            return
        if self._source is None or contents_of(source) != contents_of(self._source) or self.problem:
            self._hold(source)
        self._signature = seen

    def _recover(self) -> None:
        """Complete the last step of the journal if its files were not, or not all, replaced."""
        entry = self.journal.open_entry
        if entry is None or self._source is None:
            return
        contents = contents_of(self._source)
        texts = {
            change.file: contents[change.file] if is_applied(change, contents) else apply_edits(change, contents[change.file])
            for change in entry.files
        }
        completed = contents | {name: text for name, text in texts.items() if text is not None}
        if None not in texts.values() and completed != contents:
            after = with_contents(self._source, completed)
            write_source(self._source, after)
            self._hold(after)
        self.journal.close_entry()

    def _answer_to(self, step_id: str) -> dict[str, Any] | None:
        """Return the answer to a step that was already made, or None."""
        if step_id in self._answers:
            return self._answers[step_id]
        return make_patch({}, self.view()) if any(entry.id == step_id for entry in self.journal.entries) else None

    def _answer(self, step_id: str, answer: dict[str, Any]) -> dict[str, Any]:
        self._answers[step_id] = answer
        if len(self._answers) > _KEPT_ANSWERS:
            self._answers.popitem(last=False)
        return answer
