"""The documents that are open: each is held parsed, with one thread that does everything with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from ipdocs.desk.paths import document_path

Publish = Callable[[Mapping[str, Any]], None]


class HeldDocument:
    """A document that is open.

    Attributes:
        name: its name in addresses.
        path: the path of its source.
        thread: the thread in which everything with it is done.
    """

    def __init__(self, name: str, path: Path) -> None:
        self.name = name
        self.path = path
        self.thread = ThreadPoolExecutor(1, thread_name_prefix=name)


class Documents:
    """All documents that are open."""

    def __init__(self, workspace: Path, state: Path, publish: Publish) -> None:
        """Hold none yet.

        Args:
            workspace: the folder of the workspace.
            state: the folder for journals.
            publish: sends an event to all pages.
        """
        self._workspace = workspace
        self.state = state
        self.publish = publish
        self._held: dict[str, HeldDocument] = {}

    def hold(self, name: str) -> HeldDocument:
        """Return a document by its name in addresses.

        Raises:
            DeskError: there is no such document.
        """
        path = document_path(self._workspace, name)
        if name not in self._held:
            self._held[name] = HeldDocument(name, path)
        return self._held[name]

    def close(self) -> None:
        """Wait until everything that was begun is done."""
        for document in self._held.values():
            document.thread.shutdown()
