"""Phrases in running text: found from left to right, the longest first, without word boundaries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator


class Phrases:
    """A set of phrases to look for. Chinese has no spaces between words, so a phrase is found wherever it stands.

    Looking up by first character and length keeps the cost low however many phrases there are.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self._known = frozenset(phrase for phrase in phrases if phrase)
        lengths: dict[str, set[int]] = {}
        for phrase in self._known:
            lengths.setdefault(phrase[0], set()).add(len(phrase))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}
        self._first = re.compile(f"[{re.escape(''.join(sorted(lengths)))}]") if lengths else None

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the start and end of each phrase; of those that start at one place the longest, and none that overlap."""
        if self._first is None:
            return
        end = 0
        for match in self._first.finditer(text):
            start = match.start()
            if start < end:
                continue
            for length in self._lengths[match[0]]:
                if start + length <= len(text) and text[start : start + length] in self._known:
                    end = start + length
                    yield start, end
                    break
