"""The one way back into a source: changes made in memory and proved there, then placed together with its state."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

from ipdocs.files.placing import locked, place
from ipdocs.files.reading import read_bytes
from ipdocs.findings import Finding, IpdocsError, Location
from ipdocs.locale.conversion.choice import Choice
from ipdocs.source.basis import basis_of
from ipdocs.source.changes import Insertion, SourceChanges, is_within
from ipdocs.source.disclosure import newly_open_texts
from ipdocs.source.edits import splice
from ipdocs.source.file import SourceText
from ipdocs.source.name_checks import defined_names
from ipdocs.source.nodes import SourceNodes
from ipdocs.source.open import Source, SourceContext, open_source, parse_source
from ipdocs.source.rearrangement import BODY, NewEntry, list_edits, rearranged_values, reorder_blocks
from ipdocs.source.replacement import text_edits
from ipdocs.source.state import SourceState, read_state, state_path, with_bases, with_choices
from ipdocs.source.texts import Keys, TextPlace, texts_by_block


class SourceChangedOnDisk(IpdocsError):
    """A source or its state has changed since it was read; nothing was written."""


def update_source(path: Path, change: Callable[[Source], SourceChanges]) -> Source:
    """Change the source in a file, and return the changed source.

    The source, which may have gaps, is opened once. Its text and its state file are both replaced, or neither is. If nothing
    would change, nothing is written.

    Args:
        path: the YAML file.
        change: a function that returns the changes to make to the source.

    Raises:
        SourceChangedOnDisk: another program has changed one of the files in the meantime.
        IpdocsError: the source is invalid, or would be after the changes.
    """
    source = open_source(path, draft=True)
    return write_changes(source, change(source))


def write_changes(source: Source, changes: SourceChanges) -> Source:
    """Change a source that was opened from its file, on disk too, and return it as it is then; see `update_source`."""
    changed = apply_changes(source, changes)
    write_source(source, changed)
    return changed


def apply_changes(source: Source, changes: SourceChanges) -> Source:
    """Return a source with changes applied; nothing is written.

    The new text is parsed and validated once, and compared with the intended changes.

    Args:
        source: the source to change.
        changes: texts, structure, facts and state, by the keys and indices of `source`.

    Raises:
        IpdocsError: the changed source would be invalid, a list written on one line would have to change, or a withheld text
            would become open.
    """
    changes = _without_removed(changes)
    entries = [*_new_entries(source.nodes, changes.insertions)]
    text = _text(source, changes, entries)
    changed = source if text == source.text.text else _parsed(source, text)
    if changed is not source and not changes.edits and changed.nodes.data != _expected(source.nodes.data, changes, entries):
        raise AssertionError(f"{source.path} does not read back as it was meant")
    if opened := newly_open_texts(source.document, changed.document):
        raise IpdocsError(_disclosing(place) for place in opened)
    places = texts_by_block(changed.document)
    bases = {
        (block, language): basis_of(places[block], language, source.workspace, confirmation.by, confirmation.on)
        for (block, language), confirmation in changes.bases.items()
        if block in places
    }
    return replace(changed, state=with_bases(changed.state, bases, state_path(source.path)))


def _disclosing(place: TextPlace) -> Finding:
    message = f"the text '{place.name}' is restricted, and would be open after this change"
    hint = "make the change in the source, where it shows what is restricted"
    return Finding("would-disclose", message, next(iter(place.texts.values())).locate(), hint)


def _text(source: Source, changes: SourceChanges, entries: Sequence[NewEntry]) -> str:
    """Return the text of a source after changes."""
    file, root = source.text, source.nodes.root
    edits = [*changes.edits, *text_edits(file, root, changes.texts), *list_edits(file, root, entries, changes.removals)]
    return reorder_blocks(file, root, edits, changes.order) if changes.order else splice(file, edits)


def _parsed(source: Source, text: str) -> Source:
    context = SourceContext(source.path, source.workspace, source.state, source.pictures)
    return replace(parse_source(SourceText(source.text.path, text), context, draft=True), draft=source.draft)


def _without_removed(changes: SourceChanges) -> SourceChanges:
    """Return changes without those to what is taken out."""
    gone = changes.removals
    return replace(
        changes,
        texts={(keys, language): text for (keys, language), text in changes.texts.items() if not is_within(keys, gone)},
        insertions=tuple(new for new in changes.insertions if not is_within(new.keys, gone)),
        removals=tuple(keys for keys in gone if not is_within(keys[:-1], gone)),
    )


def _new_entries(nodes: SourceNodes, insertions: Sequence[Insertion]) -> Iterator[NewEntry]:
    """Yield what is put into lists; a paragraph gets an id that no other block has."""
    known = defined_names(nodes)
    free = (name for name in (f"added-{number}" for number in count(1)) if name not in known.ids)
    for new in insertions:
        value = {"id": next(free), "paragraph": dict(new.texts)} if new.keys == BODY else dict(new.texts)
        yield NewEntry(new.keys, new.index, value)


def _expected(data: Any, changes: SourceChanges, entries: Sequence[NewEntry]) -> Any:
    """Return the plain values of a source after changes."""
    data = _copied(data)
    removed = [(keys[:-1], keys[-1]) for keys in changes.removals]
    touched = {*(new.keys for new in entries), *(keys for keys, _ in removed), *([BODY] if changes.order else [])}
    lists = {keys: _value_at(data, keys) for keys in touched}
    for (keys, language), text in changes.texts.items():
        texts = _value_at(data, keys)
        if language not in texts and language not in data["languages"]:
            data["languages"].append(language)
        texts[language] = text
    for keys, values in lists.items():
        own = [new for new in entries if new.keys == keys]
        gone = [int(index) for place, index in removed if place == keys]
        values[:] = rearranged_values(values, own, gone, changes.order if keys == BODY else ())
    return data


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(inner) for key, inner in value.items()}
    return [_copied(inner) for inner in value] if isinstance(value, list) else value


def _value_at(data: Any, keys: Keys) -> Any:
    for key in keys:
        data = data[key]
    return data


def write_source(before: Source, after: Source) -> None:
    """Place the text and the state of a source that was changed in memory, unless its files are not any more as before."""
    _replace(
        {
            before.path: (before.text.data, after.text.data),
            state_path(before.path): (before.state.text.encode(), after.state.text.encode()),
        }
    )


def write_text(before: SourceText, text: str) -> None:
    """Place the text of a source, unless its file is not any more as before."""
    _replace({before.path: (before.data, text.encode())})


def keep_choices(path: Path, choices: Sequence[Choice]) -> SourceState:
    """Keep choices of a conversion in the state beside a file, which need not be a source; return the state."""
    before = read_state(path)
    after = with_choices(before, choices, state_path(path))
    _replace({state_path(path): (before.text.encode(), after.text.encode())})
    return after


def _replace(files: Mapping[Path, tuple[bytes, bytes]]) -> None:
    """Place new contents in files, each given after the one that was read; those behind links are replaced, links stay.

    Raises:
        SourceChangedOnDisk: one of them has another content by now.
    """
    new = {_place(path): content for path, (read, content) in files.items() if content != read}
    if not new:
        return
    with locked(next(iter(files)).resolve().parent):
        if findings := [_changed(path) for path, (read, _) in files.items() if _content(path) != read]:
            raise SourceChangedOnDisk(findings)
        place(new)


def _place(path: Path) -> Path:
    """Return where a file is placed: behind a link, unless it leads nowhere."""
    return path.resolve() if path.is_file() else path


def _content(path: Path) -> bytes | None:
    """Return what a file holds now: nothing where there is none, as for a source without a state."""
    try:
        return read_bytes(path) if path.is_file() else b""
    except IpdocsError:
        return None


def _changed(path: Path) -> Finding:
    message = "this file was changed by something else while the command ran; nothing was written"
    return Finding("source-changed-on-disk", message, Location(path), "run the command again")
