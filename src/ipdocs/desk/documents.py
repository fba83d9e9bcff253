"""The documents that the desk holds open: their views, steps and history."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import RLock
from typing import Any, Literal
from uuid import uuid4

from ipdocs.desk.disk import read_contents
from ipdocs.desk.document_files import DocumentFiles
from ipdocs.desk.errors import DeskError, bad_request, stale
from ipdocs.desk.history import history
from ipdocs.desk.journal import Entry, Journal
from ipdocs.desk.message import Message, message
from ipdocs.desk.patches import make_patch
from ipdocs.desk.problems import Problem, iso_time
from ipdocs.desk.step_entry import contents_of, describe, file_changes, group_of, text_changes
from ipdocs.desk.steps import source_changes
from ipdocs.desk.undo import with_group
from ipdocs.desk.view import document_view
from ipdocs.findings import IpdocsError
from ipdocs.source.open import Source
from ipdocs.source.update import SourceChangedOnDisk, apply_changes

Publish = Callable[[Mapping[str, Any]], None]
"""A function that tells an event to all tabs."""

_KEPT_ANSWERS = 500
_ATTEMPTS = 5
"""How often a step is tried again when another program changes the file at the same moment."""


class HeldDocument:
    """A document that is open in the desk.

    Its methods run in its thread (see `thread`), so that they never meet.

    Attributes:
        name: the path in the workspace, with : between its parts.
        path: the path of the source.
        thread: the thread in which everything with the document is done.
        journal: the journal of the document.
        saved_at: the time in seconds since 1970 of the last step that was written, or None.
    """

    def __init__(self, name: str, path: Path, journals: Path, publish: Publish, read_only: bool = False) -> None:
        """Open a document, and complete its last step if the desk ended in the middle of it.

        Args:
            name: the path in the workspace, with : between its parts.
            path: the path of the source.
            journals: the folder of the journals of the workspace.
            publish: the function that tells events to the tabs.
            read_only: whether the desk was started for reading only.
        """
        self.name, self.path = name, path
        self.saved_at: float | None = None
        self.lock = RLock()
        self.thread = ThreadPoolExecutor(1, f"document {name}")
        self.journal = Journal(journals, name.replace(":", "/"))
        if not read_only:
            workspace = path.parents[name.count(":")]
            self.journal.take_over(read_contents(path)["source"], lambda other: not (workspace / other).exists())
            self.journal.drop_old(time.time())
        self._publish = publish
        self._answers: OrderedDict[tuple[str, str], dict[str, Any]] = OrderedDict()
        self._view: dict[str, Any] | None = None
        self._files = DocumentFiles(path, self.journal, read_only=read_only)

    @property
    def source(self) -> Source:
        """The document as last read, opened as a draft.

        Raises:
            IpdocsError: the file could never be read.
        """
        if self._files.source is None:
            raise IpdocsError(self.problem.findings if self.problem else ())
        return self._files.source

    @property
    def version(self) -> int:
        """A number that grows with every change of the files, also across restarts."""
        return self._files.version

    @property
    def problem(self) -> Problem | None:
        """The reason why the file cannot be read now; the document is then the one that was last read."""
        return self._files.problem

    @property
    def hash(self) -> str:
        """The digest of the source file."""
        return self._files.source.digest if self._files.source else ""

    @property
    def read_only(self) -> Message | None:
        """The reason why the document cannot be changed, or None."""
        return message("its file cannot be read") if self.problem else self._files.protection

    @property
    def undo_label(self) -> Message | None:
        """What the group of steps did that would be undone, or None."""
        done = history(self.journal.entries).done
        return done[-1][-1].label if done else None

    @property
    def redo_label(self) -> Message | None:
        """What the group of steps did that would be done again, or None."""
        undone = history(self.journal.entries).undone
        return undone[-1][-1].label if undone else None

    def close(self) -> None:
        """End the thread of the document after the calls that wait."""
        self.thread.shutdown()

    def view(self) -> dict[str, Any]:
        """Return the document as JSON: what the page shows."""
        with self.lock:
            if self._view is None or self._view["version"] != self.version:
                rows = document_view(self._files.source) if self._files.source else {"rows": [], "facts": []}
                self._view = {**rows, **self._standing()}
            return self._view

    def _standing(self) -> dict[str, Any]:
        """Return what may change with every step, whatever the step changed."""
        return {
            "document": self.name,
            "version": self.version,
            "hash": self.hash,
            "saved_at": iso_time(self.saved_at),
            "undo": self.undo_label,
            "redo": self.redo_label,
            "read_only": self.read_only,
            "problem": self.problem.as_dict() if self.problem else None,
        }

    def step(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """Make the changes of a step and write the files; the same id of a tab twice gives the same answer.

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
            if (answer := self._answer_to(tab, step_id)) is not None:
                return answer

            def make(source: Source) -> tuple[Source, Entry] | None:
                after = source
                for change in changes:
                    after = apply_changes(after, source_changes(after, change))
                files = file_changes(contents_of(source), contents_of(after))
                if not files:
                    return None
                label, go_to = describe(changes, after, _row_names(self.view()))
                texts = text_changes(changes, source, after)
                group = group_of(body, texts, self.journal.entries)
                return after, Entry("step", step_id, time.time(), tab, group, label, go_to, files, texts)

            return self._answer(tab, step_id, self._change(make))

    def undo(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """Take back the last group of steps; return the patch with the place to show."""
        return self._travel(body, "undo")

    def redo(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """Do the last undone group of steps again; return the patch with the place to show."""
        return self._travel(body, "redo")

    def _travel(self, body: Mapping[str, Any], kind: Literal["undo", "redo"]) -> dict[str, Any]:
        tab, step_id = str(body.get("tab")), str(body.get("id") or uuid4().hex)
        with self.lock:
            if (answer := self._answer_to(tab, step_id)) is not None:
                return answer

            def make(source: Source) -> tuple[Source, Entry] | None:
                past = history(self.journal.entries)
                groups = past.done if kind == "undo" else past.undone
                if not groups:
                    raise DeskError(409, {"nothing": kind})
                after = with_group(source, groups[-1], kind)
                first, files = groups[-1][0], file_changes(contents_of(source), contents_of(after))
                step = groups[-1][-1]
                return after, Entry(kind, step_id, time.time(), tab, first.group, step.label, step.go_to, files)

            answer = self._change(make)
            while not self.journal.entries[-1].files and self._has(kind):  # words typed and taken back again: nothing to see
                answer = self._change(make)
            return self._answer(tab, step_id, {**answer, "go_to": self.journal.entries[-1].go_to})

    def _has(self, kind: Literal["undo", "redo"]) -> bool:
        past = history(self.journal.entries)
        return bool(past.done if kind == "undo" else past.undone)

    def forget(self) -> None:
        """Delete the history: nothing can be undone any more."""
        with self.lock:
            self.journal.forget()
            self._view = None

    def refresh(self) -> bool:
        """Read the files again if they have changed on the disk, and tell the tabs; return whether they had."""
        with self.lock:
            if self._files.are_unchanged:
                return False
            view = self.view()
            self._files.read()
            return self._tell_change(view)

    def go_back(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """Write the version that was last read in place of a file that cannot be read, or that is gone.

        Raises:
            DeskError: the document can be read, or the file cannot be written.
        """
        with self.lock:
            view = self.view()
            self._files.go_back(str(body.get("tab")))
            self._tell_change(view)
            return make_patch(view, self.view())

    def _tell_change(self, view: Mapping[str, Any]) -> bool:
        """Tell the tabs if the document is no longer as in an earlier view; return whether it is not."""
        if self.version == view["version"]:
            return False
        change = make_patch(view, self.view())
        self._publish({"type": "changed", "document": self.name, "version": self.version, "patch": change})
        return True

    def _change(self, make: Callable[[Source], tuple[Source, Entry] | None]) -> dict[str, Any]:
        """Make a change, journal it and write the files; try again if another program was faster."""
        for _ in range(_ATTEMPTS):
            self.refresh()
            if self.problem is not None:
                raise DeskError(409, {"problem": self.problem.as_dict()})
            if (reason := self.read_only) is not None:
                raise DeskError(403, {"read_only": reason})
            before_view = self.view()
            result = make(self.source)
            if result is None:
                return make_patch(before_view, self.view())
            with suppress(SourceChangedOnDisk):
                self._files.save(*result)
                self.saved_at = result[1].time
                answer = {**make_patch(before_view, self.view()), "label": result[1].label}
                event = {"type": "saved", "document": self.name, "version": self.version}
                self._publish({**event, "tab": result[1].tab, "patch": answer})
                return answer
        raise stale()

    def _answer_to(self, tab: str, step_id: str) -> dict[str, Any] | None:
        """Return the answer to a step of a tab that was already made, or None."""
        if (tab, step_id) in self._answers:
            return self._answers[tab, step_id]
        was_made = any((entry.tab, entry.id) == (tab, step_id) for entry in self.journal.entries)
        return make_patch({}, self.view()) if was_made else None

    def _answer(self, tab: str, step_id: str, answer: dict[str, Any]) -> dict[str, Any]:
        self._answers[tab, step_id] = answer
        if len(self._answers) > _KEPT_ANSWERS:
            self._answers.popitem(last=False)
        return answer


def _row_names(view: Mapping[str, Any]) -> dict[str, str]:
    """Return the everyday names of the rows of a view, keyed by their ids."""
    return {row["id"]: row["name"]["text"].format(**row["name"].get("values", {})) for row in view["rows"]}
