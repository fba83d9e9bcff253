"""The same sentence translated in two ways."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ipdocs.checks.checked_document import CheckedDocument
from ipdocs.checks.sentences import Sentence, sentences
from ipdocs.checks.violation import Highlight, Violation, shortened


def translated_two_ways(documents: Sequence[CheckedDocument]) -> Iterator[Violation]:
    """Find sentences with another translation than the same sentence had before, in this document or another."""
    seen: dict[tuple[str, str], Sentence] = {}
    for sentence in sentences(documents):
        key = (sentence.target.passage.language.code, sentence.source_key)
        first = seen.setdefault(key, sentence)
        if first.target_key != sentence.target_key:
            yield _fault(sentence, first)


def _fault(sentence: Sentence, first: Sentence) -> Violation:
    place = first.target.excerpt().location
    words = shortened(first.target.text, 60)
    message = f"{shortened(sentence.source.text)} is translated otherwise{f' in {place}' if place else ''}: {words}"
    return Violation(
        message, (sentence.target, sentence.source, Highlight(first.target.passage, first.target.start, first.target.end))
    )
