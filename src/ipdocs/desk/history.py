"""The history of a document: what can be undone and done again, from the entries of its journal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ipdocs.desk.journal import Entry, TextChange, apply_edits, reverse_edits

Contents = dict[str, str]
"""The content of the source and of its state file, keyed by "source" and "state"."""


@dataclass(slots=True)
class History:
    """Groups of steps, the latest last.

    Attributes:
        done: the groups that can be undone.
        undone: the groups that can be done again.
    """

    done: list[list[Entry]] = field(default_factory=list)
    undone: list[list[Entry]] = field(default_factory=list)


def history(entries: Iterable[Entry]) -> History:
    """Return the history that the entries of a journal leave."""
    result = History()
    for entry in entries:
        match entry.kind:
            case "step":
                if result.done and result.done[-1][0].group == entry.group:
                    result.done[-1].append(entry)
                else:
                    result.done.append([entry])
                result.undone.clear()
            case "undo" if result.done and result.done[-1][0].group == entry.group:
                result.undone.append(result.done.pop())
            case "redo" if result.undone and result.undone[-1][0].group == entry.group:
                result.done.append(result.undone.pop())
            case _:
                pass
    return result


def contents_before(group: Sequence[Entry], contents: Contents) -> Contents | None:
    """Return the contents of the files before a group of steps, or None if the files have changed since."""
    result: Contents = dict(contents)
    for entry in reversed(group):
        for change in entry.files:
            text = reverse_edits(change, result[change.file])
            if text is None:
                return None
            result[change.file] = text
    return result


def contents_after(group: Sequence[Entry], contents: Contents) -> Contents | None:
    """Return the contents of the files after a group of steps is done again, or None if the files have changed since."""
    result: Contents = dict(contents)
    for entry in group:
        for change in entry.files:
            text = apply_edits(change, result[change.file])
            if text is None:
                return None
            result[change.file] = text
    return result


def texts_of(group: Sequence[Entry]) -> list[TextChange] | None:
    """Return what a group of steps did to each text as one change, or None if it changed anything else."""
    changes: dict[tuple[str, str], TextChange] = {}
    for entry in group:
        if not entry.texts:
            return None
        for change in entry.texts:
            first = changes.get((change.place, change.lang), change)
            changes[change.place, change.lang] = TextChange(change.place, change.lang, first.before, change.after)
    return list(changes.values())
