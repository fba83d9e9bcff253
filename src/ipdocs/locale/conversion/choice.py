"""A person's choice between two conversions of a word, as stored in a state file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice to convert `text` into `form` between two languages, given by their codes.

    The text has to be long enough to be unambiguous: 編製年報, not 編.
    """

    source: str
    target: str
    text: str
    form: str
    by: str = ""
    on: str = ""
