"""Turn the changes of a step into changes of a source: one table for all types of change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ipdocs.desk.errors import bad_request, text_conflict
from ipdocs.source.changes import SourceChanges
from ipdocs.source.open import Source
from ipdocs.source.texts import TextPlace, iter_texts

Change = Mapping[str, Any]
"""A change as the page sends it, with its type."""


def find_place(source: Source, name: str) -> TextPlace | None:
    """Return the place of a text by its name, such as "lead.paragraph", or None if there is none."""
    return next((place for place in iter_texts(source.document) if place.name == name), None)


def text_at(source: Source, name: str, language: str) -> str | None:
    """Return the text of a cell, or None if the file has no such text."""
    place = find_place(source, name)
    return next((str(text) for code, text in place.texts.items() if code == language), None) if place else None


def _change_text(source: Source, change: Change) -> SourceChanges:
    """Return the change of one text, whose present value must be `before`."""
    name, language, after = value(change, "place", str), value(change, "lang", str), optional_text(change, "after")
    before = optional_text(change, "before")
    place, present = find_place(source, name), text_at(source, name, language)
    if present == after or (not present and not after):
        return SourceChanges()
    if place is None or present != before:
        raise text_conflict(name, language, after, present, before)
    if not after:
        raise bad_request("a text cannot be emptied yet")
    return SourceChanges(texts={(place.keys, language): after})


STEPS: Mapping[str, Callable[[Source, Change], SourceChanges]] = {
    "text": _change_text,
}
"""The function for each type of change; a feature adds its row here."""


def source_changes(source: Source, change: Change) -> SourceChanges:
    """Return the changes of a source for one change of a step.

    Raises:
        DeskError: the change is malformed, or the text has changed in the meantime.
        IpdocsError: the change cannot be made.
    """
    function = STEPS.get(str(change.get("type")))
    if function is None:
        raise bad_request(f"there is no change of type {change.get('type')!r:.40}")
    return function(source, change)


def value(change: Change, name: str, kind: type) -> Any:
    """Return a value of a change after checking its type.

    Raises:
        DeskError: the value is missing or has another type.
    """
    content = change.get(name)
    if not isinstance(content, kind) or (kind is int and isinstance(content, bool)):
        raise bad_request(f"{name} must be a value of type {kind.__name__}")
    return content


def optional_text(change: Change, name: str) -> str | None:
    """Return a text of a change; None if it is missing or null.

    Raises:
        DeskError: the value is not a text.
    """
    return None if change.get(name) is None else str(value(change, name, str))
