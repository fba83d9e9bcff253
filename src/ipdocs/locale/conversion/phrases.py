"""Search for phrases in running text, from left to right, with preference for the longest phrase."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator


class Phrases:
    """A set of phrases to look for, regardless of word boundaries, since Chinese has no spaces between words.

    Phrases are indexed by first character and length, so that the speed of the search does not depend on the number of phrases.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self._phrases = frozenset(phrase for phrase in phrases if phrase)
        lengths: dict[str, set[int]] = {}
        for phrase in self._phrases:
            lengths.setdefault(phrase[0], set()).add(len(phrase))
        self._lengths = {first: sorted(values, reverse=True) for first, values in lengths.items()}
        self._first_characters = re.compile(f"[{re.escape(''.join(sorted(lengths)))}]") if lengths else None

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the start and end of each phrase, without overlaps; of several at one offset, only the longest is found."""
        if self._first_characters is None:
            return
        end = 0
        for match in self._first_characters.finditer(text):
            start = match.start()
            if start < end:
                continue
            for length in self._lengths[match[0]]:
                if start + length <= len(text) and text[start : start + length] in self._phrases:
                    end = start + length
                    yield start, end
                    break
