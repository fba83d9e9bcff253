"""The requests that read and change a document."""

from __future__ import annotations

from typing import Any

from ipdocs.desk.documents import HeldDocument


def view(data: dict[str, Any], document: HeldDocument) -> dict[str, Any]:
    """Return the document as the page shows it."""
    document.refresh()
    return document.view()


def step(data: dict[str, Any], document: HeldDocument) -> dict[str, Any]:
    """Make the changes of a step."""
    return document.step(data)


def undo(data: dict[str, Any], document: HeldDocument) -> dict[str, Any]:
    """Take back the last group of steps."""
    return document.undo(data)


def redo(data: dict[str, Any], document: HeldDocument) -> dict[str, Any]:
    """Do the last undone group of steps again."""
    return document.redo(data)


def go_back(data: dict[str, Any], document: HeldDocument) -> dict[str, Any]:
    """Write the version that was last read in place of a file that cannot be read."""
    return document.go_back(data)


def forget(data: dict[str, Any], document: HeldDocument) -> dict[str, Any]:
    """Delete the history of the document."""
    document.forget()
    return document.view()
