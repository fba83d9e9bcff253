"""Search for phrases in running text, from left to right, with preference for the longest phrase."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator


class Phrases:
    """A set of phrases to look for, regardless of word boundaries, since Chinese has no spaces between words.

    Phrases are indexed by their first two characters, so that the speed of the search does not depend on the number of phrases.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self._phrases = frozenset(phrase for phrase in phrases if phrase)
        lengths: dict[str, set[int]] = {}
        for phrase in self._phrases:
            lengths.setdefault(phrase[:2], set()).add(len(phrase))
        self._lengths = {prefix: sorted(values, reverse=True) for prefix, values in lengths.items()}
        first_characters = "".join(sorted({prefix[0] for prefix in lengths}))
        self._first_characters = re.compile(f"[{re.escape(first_characters)}]") if lengths else None

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the start and end of each phrase, without overlaps; of several at one offset, only the longest is found."""
        if self._first_characters is None:
            return
        end, lengths, phrases = 0, self._lengths, self._phrases
        for match in self._first_characters.finditer(text):
            start = match.start()
            prefix = text[start : start + 2]
            if start < end or not (prefix in lengths or prefix[0] in lengths):
                continue
            for length in lengths.get(prefix, ()):
                if text[start : start + length] in phrases and start + length <= len(text):
                    end = start + length
                    break
            else:
                if prefix[0] not in phrases:
                    continue
                end = start + 1
            yield start, end
