"""Sentences of documents with their translations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ipdocs.checks.checked_document import CheckedDocument
from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, whole_passage

_SENTENCE = re.compile(r"[^.?!。？！]*(?:[.?!](?![\s”\"’)»]|$)[^.?!。？！]*)*(?:[.?!。？！]+[”\"’」』)）»]*\s*|$)")
_PUNCTUATION = re.compile(r"[^\w\s]|_")
_ISE_ENDING = re.compile(r"is(e|ed|es|ing|ation|ations)\b")
_ROLES = ("title", "heading", "paragraph", "quotation", "item", "cell", "definition", "caption")
_MIN_CHARACTERS = 12
"""The minimum length of a key; shorter sentences mean different things in different places."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and its translation, each with a key for comparison: its words without spaces and punctuation."""

    source: Highlight
    target: Highlight
    source_key: str
    target_key: str

    def is_comparable(self, other: Sentence) -> bool:
        """Whether the wording of two sentences can be compared: house styles write the same facts differently."""
        styles = {sentence.target.passage.value_context.style.name for sentence in (self, other)}
        return len(styles) == 1 or not (self._has_facts or other._has_facts)

    @property
    def _has_facts(self) -> bool:
        parts = (self.source, self.target)
        return any(span.start < part.end and span.end > part.start for part in parts for span in part.passage.expressions)


def first_comparable(sentence: Sentence, earlier: list[Sentence]) -> Sentence:
    """Return the first of earlier sentences that can be compared with a sentence; without one, the sentence itself is added."""
    first = next((other for other in earlier if sentence.is_comparable(other)), None)
    if first is None:
        earlier.append(sentence)
    return first or sentence


def sentences(documents: Sequence[CheckedDocument]) -> Iterator[Sentence]:
    """Yield the sentences of documents, except those of drafts, and sentences that are too short to have only one meaning.

    If the two languages of a text differ in the number of sentences, the whole text counts as one sentence.
    """
    for document in documents:
        for unit in document.units:
            for pair in unit.pairs if unit.role in _ROLES else ():
                if pair.source.is_draft or pair.target.is_draft:
                    continue
                source_sentences, target_sentences = _sentence_highlights(pair.source), _sentence_highlights(pair.target)
                if len(source_sentences) != len(target_sentences):
                    source_sentences, target_sentences = [whole_passage(pair.source)], [whole_passage(pair.target)]
                for source, target in zip(source_sentences, target_sentences, strict=True):
                    source_key, target_key = _key(source.text), _key(target.text)
                    if len(source_key) >= _MIN_CHARACTERS and target_key and source_key != target_key:
                        yield Sentence(source, target, source_key, target_key)


def _sentence_highlights(passage: Passage) -> list[Highlight]:
    highlights = []
    for match in _SENTENCE.finditer(passage.plain):
        sentence = match[0].strip()
        if sentence:
            start = match.start() + match[0].index(sentence)
            highlights.append(Highlight(passage, start, start + len(sentence)))
    return highlights


def _key(text: str) -> str:
    return fold_words(text).replace(" ", "")


def fold_words(text: str) -> str:
    """Return the words of a text in lower case, without punctuation and with -ize in place of -ise."""
    plain = _PUNCTUATION.sub("", text.lower())
    return _ISE_ENDING.sub(r"iz\1", " ".join(plain.split()))
