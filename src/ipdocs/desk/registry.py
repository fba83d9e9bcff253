"""The documents of a workspace that are open; their files are watched, and steps that a crash cut short are completed."""

from __future__ import annotations

from math import inf
from pathlib import Path
from threading import Event, Lock, Thread
from time import monotonic

from ipdocs.desk.documents import HeldDocument, Publish
from ipdocs.desk.errors import DeskError
from ipdocs.desk.journal import documents_with_open_steps
from ipdocs.desk.paths import document_path
from ipdocs.findings import IpdocsError

_WRITING_SECONDS = 5.0
"""The time after the last request for a document in which somebody is taken to be writing."""
_WATCH_SECONDS = 1.0
"""The time between two looks at the files; shared drives send no events."""


class Documents:
    """All documents that are open."""

    def __init__(self, workspace: Path, state: Path, publish: Publish, *, read_only: bool = False) -> None:
        """Complete the steps that a crash cut short, and begin to watch.

        Args:
            workspace: the folder of the workspace.
            state: the folder for journals.
            publish: sends an event to all pages; it is called in the threads of documents.
            read_only: whether nothing may be written.
        """
        self.state, self.publish = state, publish
        self._workspace, self._read_only = workspace, read_only
        self._documents: dict[str, HeldDocument] = {}
        self._lock, self._closing = Lock(), Event()
        self._asked = -inf
        if not read_only:
            for document in documents_with_open_steps(self.state):
                self._complete(document)
        self._watcher = Thread(target=self._watch, name="watch files", daemon=True)
        self._watcher.start()

    def hold(self, name: str) -> HeldDocument:
        """Return the document with a name such as `2018:meeting:release.yaml`.

        Raises:
            DeskError: there is no such document in the workspace.
        """
        with self._lock:
            self._asked = monotonic()
            if name not in self._documents:
                path = document_path(self._workspace, name)
                self._documents[name] = HeldDocument(name, path, self.state, self.publish, self._read_only)
            return self._documents[name]

    def is_writing(self) -> bool:
        """Whether a page has asked for a document in the last seconds."""
        return monotonic() - self._asked < _WRITING_SECONDS

    def close(self) -> None:
        """End the watching and the threads of all documents, after the calls that wait."""
        self._closing.set()
        self._watcher.join()
        with self._lock:
            for document in self._documents.values():
                document.close()
            self._documents.clear()

    def _complete(self, document: str) -> None:
        """Open a document, which completes its last step; a document that is gone has nothing to complete."""
        try:
            self.hold(document.replace("/", ":")).source  # noqa: B018 - opening completes the step
        except (DeskError, IpdocsError):
            return

    def _watch(self) -> None:
        while not self._closing.wait(_WATCH_SECONDS):
            with self._lock:
                documents = list(self._documents.values())
            for document in documents:
                document.thread.submit(document.refresh).result()
