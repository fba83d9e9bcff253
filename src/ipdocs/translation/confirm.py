"""A person's word that translations are right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ipdocs.files.placing import write_atomically
from ipdocs.findings import Finding, IpdocsError, nearest
from ipdocs.locale.language import language
from ipdocs.model.text import Text
from ipdocs.source.basis import basis_of, source_language
from ipdocs.source.draft_marks import MARK, OPEN
from ipdocs.source.file import read_text
from ipdocs.source.open import open_source
from ipdocs.source.replacement import take_away
from ipdocs.source.state import keep_bases
from ipdocs.source.texts import TextPlace, blocks


def confirm(path: Path, names: Sequence[str], to: str, *, by: str, on: str) -> list[str]:
    """Note that a person finds blocks right in a language, and take away the marks of their drafts; return the blocks.

    No names stand for all blocks. What a draft leaves open (⟦…⟧) has to be written first.
    """
    source = open_source(path, draft=True)
    workspace = source.workspace
    short = language(to, workspace).code
    found = blocks(source.document)
    chosen = _chosen(names, found, short)
    findings = [finding for name in chosen for one in found[name] for finding in _unready(one, short)]
    if findings:
        raise IpdocsError(findings)
    marks = {
        (one.keys, short): len(mark[0])
        for name in chosen
        for one in found[name]
        if short in one.texts and (mark := MARK.match(one.texts[Text(short)]))
    }
    if marks:
        write_atomically(path, take_away(read_text(path), marks).encode())
    keep_bases(path, {(name, short): basis_of(found[name], short, workspace, by, on) for name in chosen})
    return chosen


def _chosen(names: Sequence[str], found: Mapping[str, list[TextPlace]], short: str) -> list[str]:
    translated = [
        name for name, placed in found.items() if source_language(placed) != short and any(short in one.texts for one in placed)
    ]
    unknown = [name for name in names if name not in translated]
    if unknown:
        close = nearest(unknown[0], translated)
        hint = f"did you mean {close}?" if close else f"there are {', '.join(translated) or 'none'}"
        raise IpdocsError([Finding("unknown-block", f"no block '{unknown[0]}' has a translation in {short}", None, hint)])
    return list(names) or translated


def _unready(one: TextPlace, short: str) -> Iterator[Finding]:
    """Yield why a text cannot be confirmed: it is not there, or a part of it is open."""
    text = one.texts.get(Text(short))
    if text is None:
        if one.stands_in(short):
            first = next(iter(one.texts.values()))
            yield Finding("missing-translation", f"no {short} text to confirm in {one.name}", first.locate(), "write it first")
        return
    mark = MARK.match(text)
    offset = text.find(OPEN, mark.end() if mark else 0)
    if offset >= 0:
        yield Finding("open-text", f"a part of this {short} text is open", text.locate(offset, 1), "write it, and take ⟦ ⟧ away")
