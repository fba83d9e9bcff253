"""A person's choice between two conversions of a word, as stored in a state file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice to convert `text` into `form`; `source` and `target` are language codes.

    The text has to be long enough to be unambiguous, such as 編製年報 rather than 編. `by` is the person who chose, and `on` is
    the day.
    """

    source: str
    target: str
    text: str
    form: str
    by: str = ""
    on: str = ""
