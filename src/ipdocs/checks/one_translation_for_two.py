"""Two sentences with one translation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ipdocs.checks.checked_document import CheckedDocument
from ipdocs.checks.sentences import Sentence, sentences, spelt
from ipdocs.checks.violation import Violation, shortened


def one_translation_for_two(readings: Sequence[CheckedDocument]) -> Iterator[Violation]:
    """Find sentences with the translation of a different sentence: one was probably copied and not translated anew."""
    seen: dict[tuple[str, str], Sentence] = {}
    for sentence in sentences(readings):
        key = (sentence.target.passage.language.code, sentence.target_key)
        first = seen.setdefault(key, sentence)
        if first.source_key != sentence.source_key and not _mean_one(first.source.words, sentence.source.words):
            message = f"{shortened(sentence.target.words)} translates {shortened(first.source.words)} too"
            yield Violation(message, (sentence.target, sentence.source, first.source))


def _mean_one(one: str, other: str) -> bool:
    """Whether two sentences say the same, one in fewer words: IP for intellectual property, or left out altogether."""
    first, second = spelt(one).split(), spelt(other).split()
    left, right = [word for word in first if word not in second], [word for word in second if word not in first]
    for short, long in ((left, right), (right, left)):
        initials = "".join(word[0] for word in long)
        short[:] = [word for word in short if word not in initials]
    return not left or not right
