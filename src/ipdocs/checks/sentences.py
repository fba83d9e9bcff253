"""The sentences of documents with their translations, where the two languages have as many."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ipdocs.checks.checked_document import CheckedDocument
from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight

_SENTENCE = re.compile(r"[^.?!。？！]*(?:[.?!](?![\s”\"’)]|$)[^.?!。？！]*)*(?:[.?!。？！]+[”\"’」』)）]*\s*|$)")
_ENDING = re.compile(r"is(e|ed|es|ing|ation|ations)\b")
_ROLES = ("title", "heading", "paragraph", "quotation", "item", "cell", "definition", "caption")
_LEAST = 12
"""Letters that a sentence has at least: shorter ones mean different things in different places."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and its translation, each with what it is compared by: its letters and figures alone."""

    source: Highlight
    target: Highlight
    source_key: str
    target_key: str


def sentences(documents: Sequence[CheckedDocument]) -> Iterator[Sentence]:
    """Yield the sentences of documents that are long enough to have one meaning."""
    for document in documents:
        for unit in document.units:
            for pair in unit.pairs if unit.role in _ROLES else ():
                left, right = _split(pair.source), _split(pair.target)
                if len(left) != len(right):
                    left, right = [_whole(pair.source)], [_whole(pair.target)]
                for source, target in zip(left, right, strict=True):
                    one, other = _key(source.text), _key(target.text)
                    if len(one) >= _LEAST and other and one != other:
                        yield Sentence(source, target, one, other)


def _split(passage: Passage) -> list[Highlight]:
    found = []
    for match in _SENTENCE.finditer(passage.plain):
        words = match[0].strip()
        if words:
            start = match.start() + match[0].index(words)
            found.append(Highlight(passage, start, start + len(words)))
    return found


def _whole(passage: Passage) -> Highlight:
    return Highlight(passage, 0, len(passage.plain))


def _key(words: str) -> str:
    return spelt(words).replace(" ", "")


def spelt(words: str) -> str:
    """Return words in small letters without marks, in one spelling: co-operation and organising are those of every house."""
    plain = "".join(one if one.isalnum() else " " if one.isspace() else "" for one in words.lower())
    return _ENDING.sub(r"iz\1", " ".join(plain.split()))
