"""Pair the paragraphs of a built Word file with the paragraphs of its edited version."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

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


def with_lost_bookmarks(built: Sequence[ReviewedParagraph], edited: Sequence[ReviewedParagraph]) -> list[ReviewedParagraph]:
    """Return edited paragraphs, in which paragraphs that lost their bookmark have the bookmark of their built paragraph.

    LibreOffice drops a bookmark that begins directly after a table and covers several paragraphs. Bookmarks may also have other
    names, if a block got another id after the file was built.

    Args:
        built: the paragraphs of the built Word file.
        edited: the paragraphs of the edited file.
    """
    built, restored = [paragraph for paragraph in built if paragraph.text], list(edited)
    with_text = [index for index, paragraph in enumerate(edited) if paragraph.text]
    edited_bookmarks = {paragraph.bookmark for paragraph in edited}
    remaining = Counter((paragraph.bookmark, paragraph.text) for paragraph in built)
    remaining.subtract((paragraph.bookmark, paragraph.text) for paragraph in edited if paragraph.bookmark)
    positions = iter(with_text)
    for index, paragraph in pair_paragraphs([paragraph.text for paragraph in built], [edited[i] for i in with_text]):
        if paragraph is None:
            continue
        position = next(positions)
        bookmark = built[index].bookmark if index is not None else ""
        if bookmark and (
            not paragraph.bookmark or (bookmark not in edited_bookmarks and paragraph.text == built[index or 0].text)
        ):
            restored[position] = replace(paragraph, bookmark=bookmark)
            remaining[bookmark, built[index or 0].text] -= 1
    for position in with_text:  # paragraphs that were moved
        text = restored[position].text
        if not restored[position].bookmark:
            bookmarks = (paragraph.bookmark for paragraph in built if paragraph.text == text and paragraph.bookmark)
            bookmark = next((name for name in bookmarks if remaining[name, text] > 0), "")
            restored[position] = replace(restored[position], bookmark=bookmark)
            remaining[bookmark, text] -= 1
    return restored


def are_similar(first: str, second: str) -> bool:
    """Whether two paragraphs are versions of the same paragraph."""
    return similarity(first, second) > _MIN_SIMILARITY
