"""Record that a person has confirmed translations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ipdocs.findings import Finding, IpdocsError, nearest
from ipdocs.locale.language import language
from ipdocs.model.text import Text
from ipdocs.source.basis import source_language
from ipdocs.source.changes import Confirmation, SourceChanges
from ipdocs.source.draft_marks import MARK, OPEN
from ipdocs.source.open import open_source
from ipdocs.source.texts import TextPlace, texts_by_block
from ipdocs.source.update import write_changes


def confirm(path: Path, names: Sequence[str], to: str, *, by: str, on: str) -> list[str]:
    """Record that a person confirmed the translation of blocks, and remove the marks of their drafts.

    Args:
        path: the file of the source.
        names: the ids of the blocks; without any, all translated blocks.
        to: the code of the language that was read.
        by: the person who read it.
        on: the day, as an ISO 8601 date.

    Returns:
        The ids of the confirmed blocks.

    Raises:
        IpdocsError: a block is unknown, or a text is missing or has a part left to write (⟦…⟧).
    """
    source = open_source(path, draft=True)
    code = language(to, source.workspace).code
    places = texts_by_block(source.document)
    confirmed = _blocks_to_confirm(names, places, code)
    findings = [finding for name in confirmed for place in places[name] for finding in _unfinished_findings(place, code)]
    if findings:
        raise IpdocsError(findings)
    texts = {
        (place.keys, code): str(text[mark.end() :])
        for name in confirmed
        for place in places[name]
        if (text := place.texts.get(Text(code))) and (mark := MARK.match(text))
    }
    write_changes(source, SourceChanges(texts, bases={(name, code): Confirmation(by, on) for name in confirmed}))
    return confirmed


def _blocks_to_confirm(names: Sequence[str], places: Mapping[str, list[TextPlace]], code: str) -> list[str]:
    translated = [
        name for name, block in places.items() if source_language(block) != code and any(code in place.texts for place in block)
    ]
    unknown = [name for name in names if name not in translated]
    if unknown:
        close = nearest(unknown[0], translated)
        hint = (
            f"did you mean {close}?"
            if close
            else f"use one of these: {', '.join(translated)}"
            if translated
            else "write a translation first"
        )
        raise IpdocsError([Finding("unknown-block", f"no block '{unknown[0]}' has a translation in {code}", None, hint)])
    return list(names) or translated


def _unfinished_findings(place: TextPlace, code: str) -> Iterator[Finding]:
    """Yield the reason why a text cannot be confirmed: it is missing, or a part of it is still to be written."""
    text = place.texts.get(Text(code))
    if text is None:
        if place.exists_in(code):
            first = next(iter(place.texts.values()))
            yield Finding(
                "missing-translation", f"'{place.name}' has no {code} text to confirm", first.locate(), "write it first"
            )
        return
    mark = MARK.match(text)
    offset = text.find(OPEN, mark.end() if mark else 0)
    if offset >= 0:
        message, hint = f"a part of this {code} text is still to be written", "write it, and remove ⟦ and ⟧"
        yield Finding("open-text", message, text.locate(offset, 1), hint)
