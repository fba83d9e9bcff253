"""Pair the paragraphs of a built Word file with the paragraphs of its edited version."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ipdocs.review.word.reviewed_file import ReviewedParagraph
from ipdocs.source.differences import compare, similarity

_MIN_SIMILARITY = 0.45
ParagraphPair = tuple[int | None, ReviewedParagraph | None]
"""The index of a built paragraph, and its edited paragraph.

The index is None if the edited paragraph is new. The edited paragraph is None if the built paragraph was deleted.
"""


def pair_paragraphs(built: Sequence[str], edited: Sequence[ReviewedParagraph]) -> Iterator[ParagraphPair]:
    """Pair built paragraphs with edited paragraphs, in the order of the edited file."""
    edited_texts = [paragraph.text for paragraph in edited]
    for kind, built_start, built_end, edited_start, edited_end in compare(built, edited_texts):
        indices, replacements = range(built_start, built_end), edited[edited_start:edited_end]
        if kind == "equal":
            yield from zip(indices, replacements, strict=True)
        else:
            yield from _pair_similar(built, indices, replacements)


def _pair_similar(built: Sequence[str], indices: range, edited: Sequence[ReviewedParagraph]) -> Iterator[ParagraphPair]:
    """Pair similar paragraphs in order. If a single paragraph replaces a single paragraph, pair the two even if they differ."""
    if len(indices) == len(edited) and (
        len(edited) == 1
        or all(are_similar(built[index], paragraph.text) for index, paragraph in zip(indices, edited, strict=True))
    ):
        yield from zip(indices, edited, strict=True)
        return
    remaining = list(indices)
    for paragraph in edited:
        position = next((i for i, index in enumerate(remaining) if are_similar(built[index], paragraph.text)), None)
        if position is None:
            yield None, paragraph
            continue
        for index in remaining[:position]:
            yield index, None
        yield remaining[position], paragraph
        remaining = remaining[position + 1 :]
    for index in remaining:
        yield index, None


def are_similar(first: str, second: str) -> bool:
    """Whether two paragraphs are versions of the same paragraph."""
    return similarity(first, second) > _MIN_SIMILARITY
