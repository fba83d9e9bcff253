"""Record that a person has confirmed translations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ipdocs.findings import Finding, IpdocsError, nearest
from ipdocs.locale.language import language
from ipdocs.model.text import Text
from ipdocs.source.basis import source_language
from ipdocs.source.changes import Confirmation, SourceChanges
from ipdocs.source.draft_marks import DRAFT_MARK, MARK_START
from ipdocs.source.open import Source, open_source
from ipdocs.source.texts import TextPlace, texts_by_block
from ipdocs.source.update import write_changes


def confirm(path: Path, blocks: Sequence[str], to: str, *, by: str, on: str) -> list[str]:
    """Record that a person confirmed the translation of blocks, and remove the draft marks from these blocks.

    Args:
        path: the path of the source file.
        blocks: the ids of the blocks; an empty sequence means all translated blocks.
        to: the code of the target language.
        by: the person who confirmed the translation.
        on: the day of the confirmation, in ISO 8601 format.

    Returns:
        The ids of the confirmed blocks.

    Raises:
        IpdocsError: a block is unknown, a text is missing, or a text still has a gap (⟦…⟧).
    """
    source = open_source(path, draft=True)
    changes = confirmation_changes(source, blocks, to, by=by, on=on)
    write_changes(source, changes)
    return [block for block, _ in changes.bases]


def confirmation_changes(source: Source, blocks: Sequence[str], to: str, *, by: str, on: str) -> SourceChanges:
    """Return the changes with which a person confirms the translation of blocks; see `confirm`.

    Raises:
        IpdocsError: a block is unknown, a text is missing, or a text still has a gap (⟦…⟧).
    """
    code = language(to, source.workspace).code
    places = texts_by_block(source.document)
    block_ids = _blocks_to_confirm(blocks, places, code)
    findings = [finding for name in block_ids for place in places[name] for finding in unfinished_findings(place, code)]
    if findings:
        raise IpdocsError(findings)
    texts = {
        (place.keys, code): str(text[mark.end() :])
        for name in block_ids
        for place in places[name]
        if (text := place.texts.get(Text(code))) and (mark := DRAFT_MARK.match(text))
    }
    return SourceChanges(texts, bases={(name, code): Confirmation(by, on) for name in block_ids})


def _blocks_to_confirm(blocks: Sequence[str], places: Mapping[str, list[TextPlace]], code: str) -> list[str]:
    translated_blocks = [
        name
        for name, block_places in places.items()
        if source_language(block_places) != code and any(code in place.texts for place in block_places)
    ]
    unknown_blocks = [name for name in blocks if name not in translated_blocks]
    if unknown_blocks:
        close = nearest(unknown_blocks[0], translated_blocks)
        hint = (
            f"did you mean {close}?"
            if close
            else f"use one of these: {', '.join(translated_blocks)}"
            if translated_blocks
            else "write a translation first"
        )
        raise IpdocsError([Finding("unknown-block", f"no block '{unknown_blocks[0]}' has a translation in {code}", None, hint)])
    return list(blocks) or translated_blocks


def unfinished_findings(place: TextPlace, code: str) -> Iterator[Finding]:
    """Yield a finding if a translation is missing or still has a gap (⟦…⟧)."""
    text = place.texts.get(Text(code))
    if text is None:
        if place.exists_in(code):
            existing_text = next(iter(place.texts.values()))
            yield Finding(
                "missing-translation",
                f"'{place.name}' has no {code} text to confirm",
                existing_text.locate(),
                "write the text first",
            )
        return
    mark = DRAFT_MARK.match(text)
    offset = text.find(MARK_START, mark.end() if mark else 0)
    if offset >= 0:
        message, hint = f"a part of this {code} text is still to be written", "write this part, and remove ⟦ and ⟧"
        yield Finding("open-text", message, text.locate(offset, 1), hint)
