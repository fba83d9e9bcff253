"""Search for phrases in running text, from left to right, the longest first, without word boundaries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator


class Phrases:
    """A set of phrases to look for; since Chinese has no spaces between words, word boundaries do not matter.

    Phrases are looked up by first character and length, so that their number does not matter for speed.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self._phrases = frozenset(phrase for phrase in phrases if phrase)
        lengths: dict[str, set[int]] = {}
        for phrase in self._phrases:
            lengths.setdefault(phrase[0], set()).add(len(phrase))
        self._lengths = {first: sorted(numbers, reverse=True) for first, numbers in lengths.items()}
        self._first = re.compile(f"[{re.escape(''.join(sorted(lengths)))}]") if lengths else None

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the start and end of each phrase; phrases do not overlap, and of those with the same start the longest counts."""
        if self._first is None:
            return
        end = 0
        for match in self._first.finditer(text):
            start = match.start()
            if start < end:
                continue
            for length in self._lengths[match[0]]:
                if start + length <= len(text) and text[start : start + length] in self._phrases:
                    end = start + length
                    yield start, end
                    break
