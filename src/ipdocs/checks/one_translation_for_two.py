"""Two sentences with one translation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ipdocs.checks.fault import Fault, shortened
from ipdocs.checks.reading import Reading
from ipdocs.checks.sentences import Sentence, sentences


def one_translation_for_two(readings: Sequence[Reading]) -> Iterator[Fault]:
    """Find sentences with the translation of a different sentence: one was probably copied and not translated anew."""
    seen: dict[tuple[str, str], Sentence] = {}
    for sentence in sentences(readings):
        key = (sentence.target.passage.language.short, sentence.target_key)
        first = seen.setdefault(key, sentence)
        if first.source_key != sentence.source_key:
            message = f"{shortened(sentence.target.words)} translates {shortened(first.source.words)} too"
            yield Fault(message, (sentence.target, sentence.source, first.source))
