"""Read single values of a state file."""

from __future__ import annotations

from collections.abc import Callable
from reprlib import Repr
from typing import Any

from ipdocs.findings import Finding, IpdocsError, Location

BRIEF = Repr()
BRIEF.maxlevel = 2
"""Shortens values for messages."""

Locator = Callable[..., Location]
"""A function that returns the location of a value; the arguments are the keys and indices that lead to the value."""


def malformed(location: Location, message: str, hint: str) -> Finding:
    """Return the finding for an entry of a state file that cannot be read."""
    return Finding("bad-state", message, location, hint)


def scalar_text(value: Any, locator: Locator, hint: str) -> str:
    """Return a single value of a state file as text.

    Raises:
        IpdocsError: the value is a list or a mapping.
    """
    if isinstance(value, (dict, list)):
        raise IpdocsError([malformed(locator(), f"{BRIEF.repr(value):.80} is not a single value", hint)])
    return str(value)
