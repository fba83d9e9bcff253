"""Lists of words in a compact form, which needs no time to load: lookups, and suggestions for unknown words."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ipdocs.locale.spelling.hunspell import WordForms

FORMAT = 2
"""The version of the form in which lists are stored; a stored list in another form is made again."""
_MIN_WORDS_OF_LETTER = 50
"""The number of words that a letter must have to belong to the alphabet; rarer letters are in a few foreign words only."""
_MAX_ALPHABET = 100
_MAX_LENGTH = 50
"""The maximum number of letters of a word for which similar words are looked for; no dictionary has longer ones."""
_MAX_KNOWN = 200_000
"""The maximum number of lookups that a list remembers."""
_VOWELS = frozenset("aeiou")


class WordList:
    """A list of words: one on each line, in UTF-8, in the order of their bytes.

    Attributes:
        words: the lines.
        alphabet: the small letters of the language.
        withheld: words that are right but must not be suggested.
    """

    def __init__(self, words: bytes, alphabet: str, withheld: frozenset[str]) -> None:
        self.words = words
        self.alphabet = alphabet
        self.withheld = withheld
        self._known: dict[str, bool] = {}

    def accepts(self, word: str) -> bool:
        """Whether a word is in the list as written, or with a small letter in place of its first letter."""
        return word in self or (word[:1].isupper() and word[0].lower() + word[1:] in self)

    def __contains__(self, word: str) -> bool:
        if word not in self._known:
            if len(self._known) >= _MAX_KNOWN:
                self._known.clear()
            key = word.encode()
            start = self._line_start(key)
            self._known[word] = self.words[start : start + len(key) + 1].rstrip(b"\n") == key
        return self._known[word]

    def similar_words(self, word: str, max_distance: int = 2) -> dict[str, int]:
        """Return the words similar to an unknown word, in small letters, each with a cost; the least cost is the most similar.

        The distance of two words is the number of letters to insert, to delete, to replace, or to swap with the next letter.
        Words at distance 2 are returned only if there is none at distance 1. A very long word has no similar words.
        """
        if len(word) > _MAX_LENGTH:
            return {}
        small = word.lower()
        words = {candidate: cost for candidate, cost in self._neighbours(small) if self._is_offered(candidate)}
        if not words and max_distance > 1:
            words = {candidate: cost for candidate, cost in self._distant(small) if self._is_offered(candidate)}
        return words

    def _is_offered(self, candidate: str) -> bool:
        # Dictionaries have all letters as words, but a single letter is hardly ever meant.
        return len(candidate) > 1 and all(part in self for part in candidate.split()) and candidate not in self.withheld

    def _neighbours(self, word: str) -> Iterator[tuple[str, int]]:
        """Yield candidates at distance 1, each with its cost: the usual slips of typists and of accents cost least."""
        splits = [(word[:index], word[index:]) for index in range(len(word) + 1)]
        candidates: dict[str, int] = {}
        for before, after in splits:
            if len(after) > 1:
                candidates.setdefault(before + after[1] + after[0] + after[2:], 0)
            if after:
                is_doubled = after[0] in (before[-1:], after[1:2])
                candidates.setdefault(before + after[1:], 0 if is_doubled else 2)
            if len(before) > 2 and len(after) > 1:
                candidates.setdefault(f"{before} {after}", 3)
            for letter in self.alphabet:
                candidates.setdefault(before + letter + after, 1 if letter in (before[-1:], after[:1]) else 2)
                if after:
                    candidates.setdefault(before + letter + after[1:], _cost_of_replacing(after[0], letter))
        yield from candidates.items()

    def _distant(self, word: str) -> Iterator[tuple[str, int]]:
        """Yield words at distance 2 that begin with the same letter and have nearly the same length."""
        if len(word) < 5:
            return
        from rapidfuzz.distance import OSA

        for line in self._words_beginning(word[0]):
            if abs(len(line) - len(word)) <= 2 and OSA.distance(word, line, score_cutoff=2) <= 2:
                yield line, 4

    def _words_beginning(self, letter: str) -> list[str]:
        start = self._line_start(letter.encode())
        end = self._line_start(chr(ord(letter) + 1).encode())
        return self.words[start:end].decode().split("\n")

    def _line_start(self, key: bytes) -> int:
        """Return the offset of the first line that does not come before the key."""
        words, low, high = self.words, 0, len(self.words)
        while low < high:
            middle = (low + high) // 2
            start = words.rfind(b"\n", 0, middle) + 1
            end = words.find(b"\n", middle)
            end = end if end >= 0 else len(words)
            if words[start:end] < key:
                low = end + 1
            else:
                high = start
        return low

    @cached_property
    def stored(self) -> bytes:
        """The list as bytes, which `load` reads."""
        header = {"format": FORMAT, "alphabet": self.alphabet, "withheld": sorted(self.withheld)}
        content = json.dumps(header).encode() + b"\n" + self.words
        return _digest(content) + b"\n" + content


def from_forms(forms: WordForms) -> WordList:
    """Return the list of the forms of a dictionary."""
    counts: Counter[str] = Counter()
    for word in forms.accepted:
        counts.update(set(word))
    letters = [letter for letter, count in counts.most_common() if letter.islower() and count >= _MIN_WORDS_OF_LETTER]
    return WordList(
        "\n".join(sorted(forms.accepted)).encode(), "".join(sorted(letters[:_MAX_ALPHABET])), frozenset(forms.withheld)
    )


def load(data: bytes) -> WordList | None:
    """Return a stored list, or None if it is damaged or in another form."""
    digest, _, content = data.partition(b"\n")
    if digest != _digest(content):
        return None
    first, _, words = content.partition(b"\n")
    try:
        header = json.loads(first)
        if header["format"] != FORMAT:
            return None
        return WordList(words, str(header["alphabet"]), frozenset(map(str, header["withheld"])))
    except (ValueError, KeyError, TypeError):
        return None


def _digest(content: bytes) -> bytes:
    return sha256(content).hexdigest().encode()


def _cost_of_replacing(letter: str, other: str) -> int:
    """Return the cost of writing a letter for another: none for an accent, and little between vowels."""
    if unicodedata.normalize("NFD", letter)[:1] == unicodedata.normalize("NFD", other)[:1]:
        return 0
    return 2 if letter in _VOWELS and other in _VOWELS else 3
