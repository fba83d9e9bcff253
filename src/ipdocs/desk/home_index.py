"""The index of Home: what it says about each document, kept by the time and size of its files."""

from __future__ import annotations

import json
import logging
import os
import threading
import time
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from ipdocs.desk.documents import Publish
from ipdocs.desk.folding import folded
from ipdocs.desk.home_row import home_findings, home_row
from ipdocs.desk.paths import document_name
from ipdocs.files.private import read_private, write_private
from ipdocs.source.state import state_path

Json = dict[str, Any]
VERSION = 2
"""The version of the index; one of another version is made anew."""
_MAX_BYTES = 100_000_000
_LOG = logging.getLogger("ipdocs.desk")
_BATCH = 10
"""The number of documents that are read before pages are told."""
_LEFT_OUT = {"templates", "locales", "archive", "registers", "out", "node_modules", "tests"}


class HomeIndex:
    """The rows of Home. Rows that are out of date are made in a thread of their own, and told by an event."""

    def __init__(self, workspace: Path, state: Path, publish: Publish, is_writing: Callable[[], bool] = lambda: False) -> None:
        """Read the index that an earlier run has kept.

        Args:
            workspace: the folder with the documents.
            state: the folder in which the index is kept.
            publish: sends an event to all pages.
            is_writing: whether somebody writes, so that the thread must leave the processor to the words.
        """
        self._workspace, self._file = workspace, state / "home.json"
        self._publish, self._is_writing = publish, is_writing
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
            changed = self._update("row")
            changed |= self._update("findings")  # ends early if Home is asked for: rows come first
            if changed:
                self._write()

    def _update(self, part: str) -> bool:
        """Make a part of each entry that is out of date, the last changed documents first; return whether there was one."""
        with self._lock:
            order = sorted(self._current, key=lambda name: -self._current[name][0])
            stale = [name for name in order if (self._entries.get(name) or {}).get(part) != self._current[name]]
        for start in range(0, len(stale), _BATCH):
            if self._closing.is_set() or (part == "findings" and self._wake.is_set()):
                break
            began = time.monotonic()
            self._update_entries(stale[start : start + _BATCH], part)
            if self._is_writing():
                self._closing.wait(min(0.5, time.monotonic() - began))
        return bool(stale)

    def _update_entries(self, names: Sequence[str], part: str) -> None:
        paths = {name: self._workspace / name.replace(":", "/") for name in names}
        signatures = {name: own for name, path in paths.items() if (own := signature(path))[0]}  # the others are gone by now
        with self._lock:
            entries = {name: dict(self._entries.get(name) or {"data": {}, "words": ""}) for name in signatures}
        if part == "row":
            for name, entry in entries.items():
                data, words = home_row(paths[name])
                entry |= {"data": {"findings": entry["data"].get("findings"), **data}, "words": folded(words)}
        else:
            readable = [name for name, entry in entries.items() if "problem" not in entry["data"]]
            results = dict(zip(readable, _findings([paths[name] for name in readable]), strict=True))
            for name, entry in entries.items():
                entry["data"] = {**entry["data"], "findings": results.get(name)}
        for name, entry in entries.items():
            entry[part] = signatures[name]
        with self._lock:
            self._entries |= entries
        self._publish({"type": "documents", "rows": [_row(name, signatures[name], entry) for name, entry in entries.items()]})

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


def _findings(paths: Sequence[Path]) -> list[Json | None]:
    """Return what Home says about the findings of documents; None for one whose checks end with an error of ipdocs."""
    try:
        return home_findings(paths)
    except Exception as error:
        if len(paths) > 1:
            return [finding for path in paths for finding in _findings([path])]
        _LOG.error("the checks of %s have ended with an error", paths[0].name, exc_info=error)
        return [None]


def _row(name: str, own: list[int], entry: Json | None) -> Json:
    data = entry["data"] if entry else {"title": {}, "languages": [], "findings": None}
    pending = not entry or entry.get("row") != own
    return {"document": name, "changed": max(own[0], own[2]) // 1_000_000, "pending": pending, **data}


def _words(name: str, entry: Json | None) -> str:
    return f"{entry['words'] if entry else ''} {folded(name)}"
