"""A person's choice between two forms of a word, as kept in a state file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """A person's choice: in converting from source to target (short names), text is written as form, wherever it stands.

    The text is as long as it must be to be clear: 編製年報, not 編.
    """

    source: str
    target: str
    text: str
    form: str
    by: str = ""
    on: str = ""
