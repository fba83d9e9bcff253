"""Two sentences with one translation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ipdocs.checks.checked_document import CheckedDocument
from ipdocs.checks.sentences import Sentence, sentences, spelt
from ipdocs.checks.violation import Violation, shortened


def one_translation_for_two(documents: Sequence[CheckedDocument]) -> Iterator[Violation]:
    """Find sentences with the translation of a different sentence: one was probably copied and not translated anew."""
    seen: dict[tuple[str, str], Sentence] = {}
    for sentence in sentences(documents):
        key = (sentence.target.passage.language.code, sentence.target_key)
        first = seen.setdefault(key, sentence)
        if first.source_key != sentence.source_key and not _mean_one(first.source.text, sentence.source.text):
            message = f"{shortened(sentence.target.text)} translates {shortened(first.source.text)} too"
            yield Violation(message, (sentence.target, sentence.source, first.source))


def _mean_one(one: str, other: str) -> bool:
    """Whether two sentences say the same, one in fewer words: IP for intellectual property, or left out altogether."""
    first, second = spelt(one).split(), spelt(other).split()
    left, right = [word for word in first if word not in second], [word for word in second if word not in first]
    for short, long in ((left, right), (right, left)):
        initials = "".join(word[0] for word in long)
        short[:] = [word for word in short if word not in initials]
    return not left or not right
