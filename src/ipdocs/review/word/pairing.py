"""Pairs of paragraphs of a block, as they were built and as they were edited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ipdocs.review.word.reviewed_file import ReviewedParagraph
from ipdocs.source.differences import compare, similarity

_MIN_SIMILARITY = 0.45
ParagraphPair = tuple[int | None, ReviewedParagraph | None]
"""The index of a built paragraph (None if the paragraph is new) and the edited paragraph (None if it was deleted)."""


def pair_paragraphs(built: Sequence[str], edited: Sequence[ReviewedParagraph]) -> Iterator[ParagraphPair]:
    """Pair built paragraphs with edited ones, in the order of the edited file."""
    for kind, first, last, begin, end in compare(built, [paragraph.text for paragraph in edited]):
        if kind == "equal":
            yield from zip(range(first, last), edited[begin:end], strict=True)
        else:
            yield from _pair_similar(built, range(first, last), edited[begin:end])


def _pair_similar(built: Sequence[str], indices: range, edited: Sequence[ReviewedParagraph]) -> Iterator[ParagraphPair]:
    """Pair similar paragraphs in order; a single paragraph is paired with the single one that replaced it."""
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
