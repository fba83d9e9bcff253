"""The index of Home: what it says about each document, kept by the time and size of its files."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ipdocs.desk.folding import folded
from ipdocs.desk.home_row import home_findings, home_row
from ipdocs.desk.paths import document_name
from ipdocs.files.private import read_private, write_private
from ipdocs.source.state import state_path

Json = dict[str, Any]
VERSION = 1
"""The version of the index; one of another version is made anew."""
_MAX_BYTES = 100_000_000
_LEFT_OUT = {"templates", "locales", "archive", "registers", "out", "node_modules", "tests"}


class HomeIndex:
    """The rows of Home. Rows that are out of date are made in a thread of their own, and told by an event."""

    def __init__(self, workspace: Path, state: Path, publish: Callable[[Mapping[str, Any]], None]) -> None:
        """Read the index that an earlier run has kept.

        Args:
            workspace: the folder with the documents.
            state: the folder in which the index is kept.
            publish: sends an event to all pages.
        """
        self._workspace, self._file, self._publish = workspace, state / "home.json", publish
        self._lock, self._wake, self._closing = threading.Lock(), threading.Event(), threading.Event()
        self._entries: dict[str, Json] = {}
        self._current: dict[str, list[int]] = {}
        self._read()
        self._thread = threading.Thread(target=self._work, name="home", daemon=True)
        self._thread.start()

    def rows(self, query: str = "") -> list[Json]:
        """Return a row for each document, the last changed first; with a query, for those that have all its words.

        Rows that are out of date say so by "pending"; the thread makes them anew.
        """
        signatures = {document_name(self._workspace, path): signature(path) for path in sources(self._workspace)}
        with self._lock:
            self._current = signatures
            for name in self._entries.keys() - signatures.keys():
                del self._entries[name]
            entries = {name: self._entries.get(name) for name in signatures}
        self._wake.set()
        words = folded(query).split()
        rows = [
            _row(name, signatures[name], entry)
            for name, entry in entries.items()
            if all(word in _words(name, entry) for word in words)
        ]
        return sorted(rows, key=lambda row: row["changed"], reverse=True)

    def close(self) -> None:
        """End the thread, and keep the index."""
        self._closing.set()
        self._wake.set()
        self._thread.join()

    def _work(self) -> None:
        while True:
            self._wake.wait()
            self._wake.clear()
            if self._closing.is_set():
                return
            changed = self._update("row") | self._update("findings")
            if changed:
                self._write()

    def _update(self, part: str) -> bool:
        """Make a part of each entry that is out of date, the last changed documents first; return whether there was one."""
        with self._lock:
            order = sorted(self._current, key=lambda name: -self._current[name][0])
            stale = [name for name in order if (self._entries.get(name) or {}).get(part) != self._current[name]]
        for name in stale:
            if self._closing.is_set():
                break
            began = time.monotonic()
            self._update_entry(name, part)
            self._closing.wait(min(0.05, time.monotonic() - began))  # leaves the processor to those who type
        return bool(stale)

    def _update_entry(self, name: str, part: str) -> None:
        path = self._workspace / name.replace(":", "/")
        own = signature(path)
        if not own[0]:  # it is gone by now
            return
        with self._lock:
            entry = dict(self._entries.get(name) or {"data": {}, "words": ""})
        if part == "row":
            data, words = home_row(path)
            entry |= {"data": {"findings": entry["data"].get("findings"), **data}, "words": folded(words)}
        else:
            entry["data"] = {**entry["data"], "findings": None if "problem" in entry["data"] else home_findings(path)}
        entry[part] = own
        with self._lock:
            self._entries[name] = entry
        self._publish({"type": "documents", "row": _row(name, own, entry)})

    def _read(self) -> None:
        try:
            kept = json.loads(read_private(self._file, _MAX_BYTES) or b"{}")
        except ValueError:
            return
        if isinstance(kept, dict) and kept.get("version") == VERSION and isinstance(kept.get("entries"), dict):
            self._entries = kept["entries"]

    def _write(self) -> None:
        from ipdocs.findings import IpdocsError

        with self._lock:
            data = json.dumps({"version": VERSION, "entries": self._entries}, ensure_ascii=False, separators=(",", ":"))
        try:
            write_private(self._file, data.encode())
        except IpdocsError:  # the disk is full: the index is made anew the next time
            return


def sources(workspace: Path) -> list[Path]:
    """Return the paths of all sources of a workspace that are not archived."""
    paths: list[Path] = []
    for folder, folders, files in os.walk(workspace):
        folders[:] = [name for name in folders if name not in _LEFT_OUT and not name.startswith(".")]
        paths += [path for name in files if (path := Path(folder, name)).suffix in (".yaml", ".yml") and _is_source(path)]
    return paths


def signature(path: Path) -> list[int]:
    """Return the times and sizes of a source and its state file."""
    numbers = []
    for file in (path, state_path(path)):
        try:
            status = file.stat()
            numbers += [status.st_mtime_ns, status.st_size]
        except OSError:
            numbers += [0, 0]
    return numbers


@cache
def _kind_known(path: Path, mtime: int) -> bool:
    try:
        with path.open("rb") as stream:
            return b"\nkind:" in b"\n" + stream.read(4096).replace(b"\r", b"\n")
    except OSError:
        return False


def _is_source(path: Path) -> bool:
    """Whether a file is a source: it states its kind near its beginning, and is no link."""
    if path.name.startswith(".") or path.name.endswith((".state.yaml", ".state.yml")) or path.is_symlink():
        return False
    try:
        return _kind_known(path, path.stat().st_mtime_ns)
    except OSError:
        return False


def _row(name: str, own: list[int], entry: Json | None) -> Json:
    data = entry["data"] if entry else {"title": {}, "languages": [], "findings": None}
    pending = not entry or entry.get("row") != own
    return {"document": name, "changed": max(own[0], own[2]) // 1_000_000, "pending": pending, **data}


def _words(name: str, entry: Json | None) -> str:
    return f"{entry['words'] if entry else ''} {folded(name)}"
