"""Split a source text into the sentences that have matches, for formats with segments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ipdocs.source.segment import Code, Segment, characters_and_codes, codes, is_balanced, join_words
from ipdocs.translation.job import TranslationUnit, UnitMatch


@dataclass(frozen=True, slots=True)
class SourcePart:
    """A part of a source text: a segment with its matches, or the white space between two segments."""

    source: Segment
    matches: tuple[UnitMatch, ...] = ()
    is_space: bool = False


def matched_parts(unit: TranslationUnit) -> list[SourcePart]:
    """Return the sentences of a source text, each with its match, and the white space between them.

    Sentences without a match that follow each other are one part. The result is empty if the matches are for the whole text or
    for parts of sentences, if there is a translation, or if a sentence ends within emphasis or a link.
    """
    matches = [match for match in unit.matches if match.part]
    if not matches or unit.target is not None:
        return []
    items = characters_and_codes(unit.source)
    parts: list[SourcePart] = []
    end = 0
    for match in matches:
        wanted = characters_and_codes(match.part)
        start = next((start for start in range(end, len(items)) if items[start : start + len(wanted)] == wanted), None)
        if start is None:
            return []
        parts += [*_unmatched_parts(items[end:start]), SourcePart(join_words(tuple(wanted)), (match,))]
        end = start + len(wanted)
    parts += _unmatched_parts(items[end:])
    sentences = [part.source for part in parts if not part.is_space]
    if len(sentences) < 2 or not all(map(is_balanced, sentences)) or not all(map(_ends_sentence, sentences[:-1])):
        return []
    displayed = iter(codes(unit.source))
    return [replace(part, source=_with_displays(part.source, displayed)) for part in parts]


def _unmatched_parts(items: list[str | Code]) -> Iterator[SourcePart]:
    """Yield the words of a text, and the white space before and after them."""
    is_space = [isinstance(item, str) and item.isspace() for item in items]
    start = next((index for index, space in enumerate(is_space) if not space), len(items))
    end = next((len(items) - index for index, space in enumerate(reversed(is_space)) if not space), start)
    for first, last in ((0, start), (start, end), (end, len(items))):
        if first < last:
            yield SourcePart(join_words(tuple(items[first:last])), is_space=(first, last) != (start, end))


def _ends_sentence(text: Segment) -> bool:
    return _SENTENCE_END.search("".join(part for part in text if isinstance(part, str))) is not None


_SENTENCE_END = re.compile(r"[.!?:;…。！？：；][\"'”’)»」』）]*\s*$")


def _with_displays(text: Segment, displayed: Iterator[Code]) -> Segment:
    """Return a text with the next codes of the whole text, which have display texts."""
    return tuple(part if isinstance(part, str) else next(displayed) for part in text)
