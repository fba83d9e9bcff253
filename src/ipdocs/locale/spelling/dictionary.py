"""The dictionary of a language: the lists of words that a house style names, and the words that an office has added."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ipdocs.files.reading import read_utf8
from ipdocs.findings import Finding, Location, raise_errors
from ipdocs.locale.glossary import glossary
from ipdocs.locale.language import Language
from ipdocs.locale.spelling.word_list import WordList
from ipdocs.workspace import Workspace

FILE = "words.txt"
"""The file with an office's own words in the folder of a language."""
_MAX_BYTES = 5_000_000
_MAX_SUGGESTIONS = 3
_MAX_EXTRA_COST = 2
"""How much the cost of a suggestion may exceed that of the best one."""
_APOSTROPHES = str.maketrans("’‘", "''")


@dataclass(frozen=True, slots=True, eq=False)
class Dictionary:
    """The words of a language.

    Attributes:
        names: the names of the Hunspell dictionaries, such as en_GB.
        word_lists: their words.
        own_words: further words: of the office, of the house style and of the glossary.
    """

    names: tuple[str, ...]
    word_lists: tuple[WordList, ...]
    own_words: frozenset[str]

    def accepts(self, word: str) -> bool:
        """Whether a word is right as written, or with a small first letter, as at the start of a sentence."""
        return (
            word in self.own_words
            or word[0].lower() + word[1:] in self.own_words
            or any(word_list.accepts(word) for word_list in self.word_lists)
        )

    def suggestions(self, word: str) -> list[str]:
        """Return the words that an unknown word may stand for, the most similar first, with its capital."""
        costs = self.similar_words(word)
        limit = min(costs.values(), default=0) + _MAX_EXTRA_COST
        words = [candidate for candidate in costs if costs[candidate] <= limit]
        words.sort(key=lambda candidate: (costs[candidate], abs(len(candidate) - len(word)), candidate))
        return [_with_capital_of(word, candidate) for candidate in words[:_MAX_SUGGESTIONS]]

    def similar_words(self, word: str, max_distance: int = 2) -> dict[str, int]:
        """Return the words of all lists that are similar to an unknown word, each with its cost."""
        costs: dict[str, int] = {}
        for word_list in self.word_lists:
            for candidate, cost in word_list.similar_words(word, max_distance).items():
                costs[candidate] = min(cost, costs.get(candidate, cost))
        return costs


@cache
def own_words(language: Language, workspace: Workspace) -> frozenset[str]:
    """Return the words of locales/TAG/words.txt, shipped and of the workspace, and the words of the glossary.

    Raises:
        IpdocsError: a line of words.txt has more than one word, or the file is not UTF-8.
    """
    words = {word for term in glossary(workspace).terms.values() for word in term.text(language.code).split()}
    words = {word.strip("()[],.;:\"“”'‘’") for word in words}
    for root in workspace.roots:
        path = root / "locales" / language.tag / FILE
        if path.is_file():
            words |= _read_words(path)
    parts = {part for word in words for part in word.translate(_APOSTROPHES).split("-")}
    return frozenset((words | parts) - {""})


def _read_words(path: Path) -> set[str]:
    lines = read_utf8(path, _MAX_BYTES).removeprefix("\ufeff").splitlines()
    words = [(number, line.partition("#")[0].strip()) for number, line in enumerate(lines, 1)]
    raise_errors(_word_findings(words, path))
    return {word for _, word in words}


def _word_findings(words: list[tuple[int, str]], path: Path) -> Iterator[Finding]:
    for number, word in words:
        if len(word.split()) > 1:
            message = f"'{word:.40}' is not one word"
            yield Finding("bad-data", message, Location(path, number, 1), "write one word on each line")


def _with_capital_of(word: str, suggestion: str) -> str:
    return suggestion[0].upper() + suggestion[1:] if word[0].isupper() else suggestion
