"""A person's word that translations are right."""

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
    """Note that a person finds blocks right in a language, and take away the marks of their drafts; return the blocks.

    Args:
        path: the file of the source.
        names: the blocks; none stand for all that are translated.
        to: the language that was read, by its code.
        by: who read it.
        on: when, as an ISO 8601 date.

    Raises:
        IpdocsError: a part of a text is open (⟦…⟧) or missing: it has to be written first.
    """
    source = open_source(path, draft=True)
    code = language(to, source.workspace).code
    places = texts_by_block(source.document)
    chosen = _chosen(names, places, code)
    findings = [finding for name in chosen for place in places[name] for finding in _unready(place, code)]
    if findings:
        raise IpdocsError(findings)
    texts = {
        (place.keys, code): str(text[mark.end() :])
        for name in chosen
        for place in places[name]
        if (text := place.texts.get(Text(code))) and (mark := MARK.match(text))
    }
    write_changes(source, SourceChanges(texts, bases={(name, code): Confirmation(by, on) for name in chosen}))
    return chosen


def _chosen(names: Sequence[str], places: Mapping[str, list[TextPlace]], code: str) -> list[str]:
    translated = [
        name for name, block in places.items() if source_language(block) != code and any(code in place.texts for place in block)
    ]
    unknown = [name for name in names if name not in translated]
    if unknown:
        close = nearest(unknown[0], translated)
        hint = f"did you mean {close}?" if close else f"there are {', '.join(translated) or 'none'}"
        raise IpdocsError([Finding("unknown-block", f"no block '{unknown[0]}' has a translation in {code}", None, hint)])
    return list(names) or translated


def _unready(place: TextPlace, code: str) -> Iterator[Finding]:
    """Yield why a text cannot be confirmed: it is not there, or a part of it is open."""
    text = place.texts.get(Text(code))
    if text is None:
        if place.exists_in(code):
            first = next(iter(place.texts.values()))
            yield Finding("missing-translation", f"no {code} text to confirm in {place.name}", first.locate(), "write it first")
        return
    mark = MARK.match(text)
    offset = text.find(OPEN, mark.end() if mark else 0)
    if offset >= 0:
        yield Finding("open-text", f"a part of this {code} text is open", text.locate(offset, 1), "write it, and take ⟦ ⟧ away")
