"""The paragraphs of a block as they were built and as they came back, in pairs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ipdocs.review.word.reviewed_file import Marked
from ipdocs.source.differences import compare, similarity

_ALIKE = 0.45
Step = tuple[int | None, Marked | None]
"""The number of a built paragraph, and what it has become; None for what is new or gone."""


def paired(built: Sequence[str], back: Sequence[Marked]) -> Iterator[Step]:
    """Yield each built paragraph with what it has become, in the order in which they came back."""
    for kind, first, last, begin, end in compare(built, [one.text for one in back]):
        if kind == "equal":
            yield from zip(range(first, last), back[begin:end], strict=True)
        else:
            yield from _nearest(built, range(first, last), back[begin:end])


def _nearest(built: Sequence[str], numbers: range, back: Sequence[Marked]) -> Iterator[Step]:
    """Yield pairs of paragraphs that are alike, in order; one that stands in the place of one is its successor."""
    if len(numbers) == len(back) and (
        len(back) == 1 or all(similar(built[n], one.text) for n, one in zip(numbers, back, strict=True))
    ):
        yield from zip(numbers, back, strict=True)
        return
    left = list(numbers)
    for one in back:
        alike = [number for number in left if similar(built[number], one.text)]
        if alike:
            for gone in left[: left.index(alike[0])]:
                yield gone, None
            left = left[left.index(alike[0]) + 1 :]
            yield alike[0], one
        else:
            yield None, one
    for number in left:
        yield number, None


def similar(one: str, other: str) -> bool:
    """Whether two paragraphs are versions of one."""
    return similarity(one, other) > _ALIKE
