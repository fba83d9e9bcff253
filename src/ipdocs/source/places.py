"""Find the text, and the row of a document, at a location in its source."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from ipdocs.findings import Location
from ipdocs.source.open import Source
from ipdocs.source.scalar import ScalarSpan
from ipdocs.source.texts import TextPlace, block_ids, iter_texts
from ipdocs.source.yaml import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class TextRange:
    """A part of a text of a source.

    Attributes:
        place: the place of the text.
        language: the language of the text.
        start: the offset in the text, in characters.
        end: the offset after the part.
    """

    place: TextPlace
    language: str
    start: int
    end: int


def range_at(source: Source, location: Location) -> TextRange | None:
    """Return the part of a text at a location; None if the location is in no text of the document.

    An empty location at the start of a text gives an empty part.
    """
    position = source.text.position(location)
    for place in iter_texts(source.document):
        for language, text in place.texts.items():
            span = text.span
            if (
                isinstance(span, ScalarSpan)
                and span.file is source.text
                and span.start <= position < max(span.end, span.start + 1)
            ):
                start = bisect_left(span.starts, position)
                return TextRange(place, str(language), start, max(start, bisect_left(span.starts, position + location.length)))
    return None


def row_at(source: Source, location: Location) -> str | None:
    """Return the id of the block, or the key of the head, whose lines a location is in; None if it is in neither."""
    position, root = source.text.position(location), source.nodes.root
    if not isinstance(root, Mapping):
        return None
    body = root.get("body")
    if isinstance(body, Sequence) and body.start <= position:
        starts = [item.start for item in body.items]
        index = sum(1 for start in starts if start <= position) - 1
        if index >= 0 and position <= body.items[index].end:
            return block_ids(source.document)[index]
    names = [name for name, (key, value) in root.entries.items() if name != "body" and key.start <= position <= value.end]
    return names[0] if names else None
