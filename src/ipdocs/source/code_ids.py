"""Ids of the codes of a segment, by which exported and returned files refer to them."""

from __future__ import annotations

from collections.abc import Iterator

from ipdocs.source.segment import Code, Ref, ReturnedSegment, Segment, codes, join_words


def number_codes(source: Segment, target: Segment | None) -> tuple[list[tuple[str, Code]], list[tuple[str, Code]]]:
    """Return the codes in a source segment and in its translation, each with an id, counted from 1.

    Corresponding codes get the same id. The two codes of a pair also share an id.
    """
    source_codes = list(_with_ids(codes(source), []))
    return source_codes, list(_with_ids(codes(target or ()), source_codes))


def number_stored_codes(
    stored: Segment, part_codes: list[tuple[str, Code]], all_codes: list[tuple[str, Code]]
) -> list[tuple[str, Code]]:
    """Return the codes of a stored text, each with the id of the corresponding code of the text that it is a match for.

    Args:
        stored: the stored source or its translation.
        part_codes: the codes, with their ids, of the part of the text that the match is for.
        all_codes: the codes of the whole text; a code that it does not have gets an id that the text does not use.
    """
    others = [pair for pair in all_codes if pair not in part_codes]
    return list(_with_ids(codes(stored), [*part_codes, *others]))


def _with_ids(segment_codes: list[Code], known_codes: list[tuple[str, Code]]) -> Iterator[tuple[str, Code]]:
    """Yield each code with its id: the id of the corresponding code in `known_codes`, or the next unused number."""
    unused_pairs = [pair for pair in known_codes if pair[1].role != "close"]
    last_number = len(unused_pairs)
    open_ids: list[str] = []
    for code in segment_codes:
        if code.role == "close":
            yield open_ids.pop(), code
            continue
        candidates = [pair for pair in unused_pairs if (pair[1].kind, pair[1].name) == (code.kind, code.name)]
        if candidates:
            chosen = next((pair for pair in candidates if pair[1].data == code.data), candidates[0])
            unused_pairs.remove(chosen)
            code_id = chosen[0]
        else:
            last_number += 1
            code_id = str(last_number)
        if code.role == "open":
            open_ids.append(code_id)
        yield code_id, code


def resolve_references(returned: ReturnedSegment, source: Segment, target: Segment | None) -> tuple[Segment, list[Ref]]:
    """Replace the references in a returned segment by the codes that have the same ids.

    The returned file may also contain codes themselves. A code is accepted only if the exported segments had it, so that a
    returned file cannot add a fact or an address.

    Args:
        returned: the segment from the returned file.
        source: the source segment as it was exported.
        target: the translation as it was exported, if there was one.

    Returns:
        The segment, and the references and codes that the exported segments did not have.
    """
    source_codes, target_codes = number_codes(source, target)
    codes_by_id = {(code_id, code.role): code for code_id, code in [*source_codes, *target_codes]}
    known_codes = {(code.kind, code.role, code.name) for code in codes_by_id.values()}
    parts: list[str | Code] = []
    unknown_references: list[Ref] = []
    for part in returned:
        if isinstance(part, Ref):
            code = codes_by_id.get((part.id, part.role))
        elif isinstance(part, Code):
            code = part if (part.kind, part.role, part.name) in known_codes else None
        else:
            parts.append(part)
            continue
        if code is not None:
            parts.append(code)
        else:
            unknown_references.append(part if isinstance(part, Ref) else Ref(part.data, part.role))
    return join_words(tuple(parts)), unknown_references
