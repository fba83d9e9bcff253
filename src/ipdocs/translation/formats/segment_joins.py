"""Join the segments into which a translation tool split a text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ipdocs.source.draft_marks import MARK_END, MARK_START
from ipdocs.source.segment import Code, Ref, ReturnedSegment

Parts = list[str | Code | Ref]
_SPACES = " \t\r\n"
_SENTENCE_ENDS = (".", "?", "!", ":", ";")


@dataclass(slots=True)
class TextPiece:
    """A segment of a text, or content between two segments.

    Attributes:
        id: the id of the segment, or an empty string for content between segments.
        parts: the words and codes.
    """

    id: str
    parts: Parts


@dataclass(slots=True)
class _Stripped:
    """A piece without the white space at its ends.

    Attributes:
        id: the id of the segment, or an empty string for content between segments.
        parts: the words and codes.
        space_before: whether there was white space between this piece and the previous one.
    """

    id: str
    parts: Parts
    space_before: bool


def join_pieces(pieces: Sequence[TextPiece], source_gaps: Mapping[tuple[str, str], bool]) -> ReturnedSegment:
    """Return the pieces of a translation as one text.

    White space between pieces is replaced: there is none beside a Chinese character or full-width punctuation, and one space
    between other characters, unless neither text has a space there.

    Args:
        pieces: the segments, and the content between them, in the order of the translation.
        source_gaps: whether a space is due between two segments, from `gaps`; for segments that do not follow each other in the
            source text, it is.
    """
    stripped = list(_strip(pieces))
    following = _first_characters(stripped)
    result: Parts = []
    last_character = ""
    for index, piece in enumerate(stripped):
        if index:
            previous = stripped[index - 1]
            space_is_due = source_gaps.get((previous.id, piece.id), bool(previous.id and piece.id))
            has_space = piece.space_before or space_is_due or last_character in _SENTENCE_ENDS
            if has_space and not _is_wide(last_character) and not _is_wide(following[index]):
                result.append(" ")
        result += piece.parts
        last_character = _visible_character(piece.parts, from_end=True) or last_character
    return tuple(result)


def gaps(pieces: Sequence[TextPiece]) -> dict[tuple[str, str], bool]:
    """Return whether a space is due in a translation between two pieces of the source text, keyed by their ids.

    A space is due where the source text has one, and beside a Chinese character, which has no space in the source text.
    """
    stripped = list(_strip(pieces))
    following = _first_characters(stripped)
    result: dict[tuple[str, str], bool] = {}
    for index, (previous, piece) in enumerate(pairwise(stripped), 1):
        is_wide = _is_wide(_visible_character(previous.parts, from_end=True)) or _is_wide(following[index])
        result[previous.id, piece.id] = piece.space_before or is_wide
    return result


@dataclass(frozen=True, slots=True)
class Translation:
    """The pieces of a translation, the number of its segments, and the number of segments that are not translated."""

    pieces: Sequence[TextPiece]
    segment_count: int = 1
    missing_count: int = 0


def mark_missing(pieces: Sequence[TextPiece], segments: Mapping[str, Parts]) -> Translation:
    """Return a translation in which the source text of each segment without a translation stands between ⟦ and ⟧.

    A text that no tool has split, or without any translation, stays as it is.

    Args:
        pieces: the pieces of the translation.
        segments: the source text of each segment, keyed by id, if a tool has split the text.
    """
    translated = {piece.id for piece in pieces if piece.id and not is_blank(piece.parts)}
    if not any(piece.id for piece in pieces) or all(is_blank(piece.parts) for piece in pieces):
        return Translation(pieces)
    result, missing_count, previous_id = list(pieces), 0, ""
    for segment_id, parts in segments.items():
        if segment_id not in translated and not is_blank(parts):
            has_words = any(isinstance(part, str) and any(map(str.isalnum, part)) for part in parts)
            missing_count += has_words
            _place(result, TextPiece(segment_id, _marked(parts) if has_words else parts), previous_id)
        previous_id = segment_id
    for piece in result:
        if piece.id and piece.id not in segments and is_blank(piece.parts):
            missing_count += 1
            piece.parts = ["⟦…⟧"]
    return Translation(result, len(segments.keys() | {piece.id for piece in pieces if piece.id}), missing_count)


def _place(pieces: list[TextPiece], piece: TextPiece, previous_id: str) -> None:
    """Put a piece in the place of the empty piece with its id, or else after the piece with another id."""
    ids = [piece.id for piece in pieces]
    if piece.id in ids:
        pieces[ids.index(piece.id)] = piece
    else:
        pieces.insert(ids.index(previous_id) + 1 if previous_id in ids else 0, piece)


def _marked(parts: Parts) -> Parts:
    """Return the source text of a segment between ⟦ and ⟧, without white space at its ends."""
    stripped = list(parts)
    for index, strip in ((0, str.lstrip), (-1, str.rstrip)):
        if isinstance(end := stripped[index], str):
            stripped[index] = strip(end, _SPACES)
    return [MARK_START, *stripped, MARK_END]


def is_blank(parts: Sequence[str | Code | Ref]) -> bool:
    """Whether there are neither words nor codes, only white space."""
    return all(isinstance(part, str) and not part.strip(_SPACES) for part in parts)


def _strip(pieces: Sequence[TextPiece]) -> Iterator[_Stripped]:
    """Yield the pieces that are not blank, without the white space between them."""
    space_before, is_first = False, True
    last_index = max((index for index, piece in enumerate(pieces) if not is_blank(piece.parts)), default=-1)
    for index, piece in enumerate(pieces):
        if is_blank(piece.parts):
            space_before = space_before or any(piece.parts)
            continue
        parts = [part for part in piece.parts if part != ""]
        first, last = parts[0], parts[-1]
        if isinstance(first, str) and not is_first:
            parts[0] = first.lstrip(_SPACES)
            space_before = space_before or parts[0] != first
        last, space_after = parts[-1], False
        if isinstance(last, str) and index != last_index:
            parts[-1] = last.rstrip(_SPACES)
            space_after = parts[-1] != last
        yield _Stripped(piece.id, parts, space_before)
        space_before, is_first = space_after, False


def _first_characters(pieces: Sequence[_Stripped]) -> list[str]:
    """Return the first visible character of each piece, or of the pieces after it if it has only codes."""
    characters: list[str] = []
    following = ""
    for piece in reversed(pieces):
        following = _visible_character(piece.parts) or following
        characters.append(following)
    return characters[::-1]


def _visible_character(parts: Parts, *, from_end: bool = False) -> str:
    """Return the first or last character that shows whether a text is Chinese.

    Punctuation that Chinese and Latin texts share, such as “ and …, does not.
    """
    for part in reversed(parts) if from_end else parts:
        if isinstance(part, str):
            for character in reversed(part) if from_end else part:
                is_shared = unicodedata.east_asian_width(character) == "A" and not character.isalnum()
                if not character.isspace() and not is_shared:
                    return character
    return ""


def _is_wide(character: str) -> bool:
    return bool(character) and unicodedata.east_asian_width(character) in "WF"
