"""Texts of the interface that the server makes; the page translates them with its catalog."""

from __future__ import annotations

from typing import Any

Message = dict[str, Any]
"""A text of the interface: `text` is the English with names in braces, and `values` has a value for each name."""


def message(text: str, **values: str) -> Message:
    """Return a text of the interface, with the values for the names in braces in it."""
    return {"text": text, "values": values} if values else {"text": text}
