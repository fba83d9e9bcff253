"""Describe steps for the journal: the files and texts that they change, their labels, and which are undone together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ipdocs.desk.change_values import text_at
from ipdocs.desk.history import Contents
from ipdocs.desk.journal import Entry, FileChange, FileName, TextChange, digest, file_change
from ipdocs.desk.message import Message, message
from ipdocs.files.pictures.picture import CleanPicture
from ipdocs.source.file import SourceText
from ipdocs.source.open import Source, SourceContext, parse_source
from ipdocs.source.state import parse_state, state_path
from ipdocs.source.texts import block_ids
from ipdocs.workspace import find_workspace

_SENTENCE_END = re.compile(r"[.!?。！？…][\"'”’」』）)]*\s*$")
LABELS: Mapping[str, Message] = {
    "text": message("typing in {row}"),
    "insert": message("put in {row}"),
    "insert-item": message("put in an item of {row}"),
    "delete": message("deleted {row}"),
    "delete-item": message("deleted an item of {row}"),
    "move": message("moved {row}"),
    "move-item": message("moved an item of {row}"),
    "level": message("changed the level in {row}"),
    "end-list": message("ended the list {row}"),
    "kind": message("changed the kind of {row}"),
    "split": message("split {row}"),
    "join": message("joined {row}"),
    "set": message("changed {row}"),
    "limit": message("changed the languages of {row}"),
    "note": message("put a footnote in {row}"),
    "table": message("changed the table {row}"),
    "paste": message("pasted blocks"),
    "use-words": message("used the words of {row}"),
    "fact": message("changed the fact {name}"),
    "fact-from": message("made the fact {name}"),
    "head": message("changed {row}"),
    "fix": message("mended a finding"),
    "allow": message("left a finding as it is"),
    "choice": message("chose a form"),
    "confirm": message("confirmed {row}"),
    "fill": message("filled from memory"),
    "read": message("read {row}"),
    "approve": message("approved the document"),
    "remark": message("made a remark on {row}"),
    "settle": message("settled a remark"),
}
"""What a step did, by the type of its first change."""
OTHER_LABEL = message("a change")


def contents_of(source: Source) -> Contents:
    """Return the contents of the files of a source."""
    return {"source": source.text.text, "state": source.state.text}


def source_of(path: Path, contents: Contents, pictures: Mapping[str, CleanPicture] = MappingProxyType({})) -> Source:
    """Return the source at a path with contents that need not be on the disk.

    Args:
        path: the path of the source.
        contents: the contents of its files.
        pictures: the pictures of an earlier version, which are not read again.

    Raises:
        IpdocsError: the contents have errors.
    """
    context = SourceContext(path, find_workspace(path), parse_state(contents["state"], state_path(path)), pictures)
    return parse_source(SourceText(path, contents["source"]), context, draft=True)


def file_changes(old: Contents, new: Contents) -> tuple[FileChange, ...]:
    """Return the changes between two contents of the files."""
    names: tuple[FileName, ...] = ("source", "state")
    return tuple(file_change(name, old[name], new[name]) for name in names if old[name] != new[name])


def is_applied(change: FileChange, contents: Contents) -> bool:
    """Whether the content of a file is the one after a change."""
    return digest(contents[change.file]) == change.after


def text_changes(changes: Sequence[Mapping[str, Any]], before: Source, after: Source) -> tuple[TextChange, ...]:
    """Return the changes of texts of a step; empty if the step changes anything else."""
    if any(change.get("type") != "text" for change in changes):
        return ()
    cells = dict.fromkeys((str(change["place"]), str(change["lang"])) for change in changes)
    return tuple(TextChange(place, lang, text_at(before, place, lang), text_at(after, place, lang)) for place, lang in cells)


def describe(changes: Sequence[Mapping[str, Any]], after: Source, names: Mapping[str, str]) -> tuple[Message, Mapping[str, str]]:
    """Return the label of a step and the place to show when it is undone.

    Args:
        changes: the changes of the step.
        after: the source after the step.
        names: the everyday names of rows, keyed by their ids.
    """
    change = changes[0]
    kind, name = str(change.get("type")), change.get("name") or change.get("to")
    place = str(change.get("place") or change.get("row") or change.get("key") or "")
    row = place.partition(".")[0] or _new_row(change, after)
    values = {"row": names.get(row, row), "name": str(name or "")}
    label = {**LABELS.get(kind, OTHER_LABEL), "values": {key: text for key, text in values.items() if text}}
    if change.get("place") and change.get("lang"):
        return label, {"place": place, "lang": str(change["lang"])}
    if kind in ("fact", "fact-from") and name:
        return label, {"fact": str(name)}
    return label, {"row": row} if row else {}


def _new_row(change: Mapping[str, Any], after: Source) -> str:
    """Return the id of the block that a change puts in, or an empty string."""
    if change.get("type") != "insert":
        return ""
    ids = block_ids(after.document)
    before = change.get("after")
    index = ids.index(before) + 1 if before in ids else 0
    return ids[index] if index < len(ids) else ""


def group_of(step: Mapping[str, Any], texts: Sequence[TextChange], entries: Sequence[Entry]) -> str:
    """Return the group of a step: that of the step before it if the same words are typed on, otherwise its own id.

    The page says with `continues` that it typed on in the same cell without a pause. A sentence's end begins a new group.
    """
    last = entries[-1] if entries else None
    if last and step.get("continues") is True and last.kind == "step" and last.tab == step["tab"]:
        cells = [(change.place, change.lang) for change in (*last.texts, *texts)]
        if len(last.texts) == len(texts) == 1 and cells[0] == cells[1] and not _ends_a_sentence(last.texts[0]):
            return last.group
    return str(step["id"])


def _ends_a_sentence(change: TextChange) -> bool:
    """Whether the words that were typed last end a sentence."""
    typed = file_change("source", change.before or "", change.after or "").edits[0][3]
    return _SENTENCE_END.search(typed) is not None
