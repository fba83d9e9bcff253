"""The alternatives of the pattern of all values in a language."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from ipdocs.values.value_span import ReadingContext, ValueSpan

Read: TypeAlias = Callable[[re.Match[str], ReadingContext], Sequence[ValueSpan]]
"""A function that returns the values in a match."""


@dataclass
class Alternatives:
    """Alternatives in the order in which they are tried; the first that matches at a position decides.

    Attributes:
        patterns: regular expressions, keyed by the name of their group.
        readers: the functions that read a match, keyed by the name of the group.
    """

    patterns: dict[str, str] = field(default_factory=dict)
    readers: dict[str, Read] = field(default_factory=dict)

    def add(self, pattern: str, read: Read | None = None) -> None:
        """Add an alternative; without a function, its matches are skipped."""
        name = self.next_name()
        self.patterns[name] = pattern
        if read:
            self.readers[name] = read

    def next_name(self) -> str:
        """Return the name of the group of the next alternative, with which the names of its inner groups begin."""
        return f"k{len(self.patterns)}"
