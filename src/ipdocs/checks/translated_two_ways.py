"""Sentences that are translated in two ways."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ipdocs.checks.checked_document import CheckedDocument
from ipdocs.checks.sentences import Sentence, first_comparable, sentences
from ipdocs.checks.violation import Violation, shorten


def translated_two_ways(documents: Sequence[CheckedDocument]) -> Iterator[Violation]:
    """Find sentences that were translated differently when they first appeared in the documents."""
    earlier: dict[tuple[str, str], list[Sentence]] = defaultdict(list)
    for sentence in sentences(documents):
        key = (sentence.target.passage.language.code, sentence.source_key)
        first = first_comparable(sentence, earlier[key])
        if first.target_key != sentence.target_key:
            yield _violation(sentence, first)


def _violation(sentence: Sentence, first: Sentence) -> Violation:
    location = first.target.excerpt().location
    translation = shorten(first.target.text, 60)
    where = f" in {location}" if location else ""
    message = f"“{shorten(sentence.source.text)}” is translated differently{where}: “{translation}”"
    hint = "use one of the two translations in both places"
    cause = f"{sentence.source_key}\n{sentence.target_key}"
    return Violation(message, (sentence.target, sentence.source, first.target), hint, cause=cause)
