"""Different sentences with the same translation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ipdocs.checks.checked_document import CheckedDocument
from ipdocs.checks.sentences import Sentence, first_comparable, fold_words, sentences
from ipdocs.checks.violation import Violation, shorten


def one_translation_for_two(documents: Sequence[CheckedDocument]) -> Iterator[Violation]:
    """Find sentences with the same translation as a different sentence; the translation was probably copied."""
    earlier: dict[tuple[str, str], list[Sentence]] = defaultdict(list)
    for sentence in sentences(documents):
        key = (sentence.target.passage.language.code, sentence.target_key)
        first = first_comparable(sentence, earlier[key])
        if first.source_key != sentence.source_key and not _mean_the_same(first.source.text, sentence.source.text):
            message = f"“{shorten(sentence.target.text)}” is also the translation of “{shorten(first.source.text)}”"
            hint = "correct the translation that does not match its source text"
            cause = f"{sentence.source_key}\n{sentence.target_key}"
            yield Violation(message, (sentence.target, sentence.source, first.source), hint, cause=cause)


def _mean_the_same(first: str, second: str) -> bool:
    """Whether two sentences differ only in abbreviations (IP, intellectual property), or only one of them has extra words."""
    first_words, second_words = fold_words(first).split(), fold_words(second).split()
    only_first = [word for word in first_words if word not in second_words]
    only_second = [word for word in second_words if word not in first_words]
    for words, other_words in ((only_first, only_second), (only_second, only_first)):
        initials = "".join(word[0] for word in other_words)
        words[:] = [word for word in words if word not in initials]  # changes only_first or only_second
    return not only_first or not only_second
