"""Read what a change of a step says, and find the texts that it is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ipdocs.desk.errors import bad_request
from ipdocs.model.text import Text
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
    text = place.texts.get(Text(language)) if place else None
    return None if text is None else str(text)


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
