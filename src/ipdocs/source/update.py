"""Apply changes to a source in memory, validate the result, and write the source together with its state."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

from ipdocs.files.placing import locked, place_files
from ipdocs.files.reading import read_bytes
from ipdocs.findings import Finding, IpdocsError, Location
from ipdocs.locale.conversion.choice import Choice
from ipdocs.model.text import Text
from ipdocs.source.basis import basis_of, with_rewritten_text
from ipdocs.source.changes import Insertion, SourceChanges, is_within
from ipdocs.source.disclosure import newly_open_texts
from ipdocs.source.edits import splice
from ipdocs.source.fact_edits import fact_edits, with_facts
from ipdocs.source.file import SourceText
from ipdocs.source.name_checks import defined_names
from ipdocs.source.nodes import SourceNodes
from ipdocs.source.open import Source, SourceContext, open_source, parse_source
from ipdocs.source.rearrangement import BODY, NewEntry, list_edits, rearranged_values, reorder_blocks
from ipdocs.source.replacement import text_edits
from ipdocs.source.state import (
    Basis,
    SourceState,
    read_state,
    state_path,
    with_approvals,
    with_bases,
    with_choices,
    with_inherited,
    with_remarks,
)
from ipdocs.source.texts import Keys, TextPlace, iter_texts, texts_by_block


class SourceChangedOnDisk(IpdocsError):
    """A source or its state file has changed on disk since it was read, so nothing was written."""


def update_source(path: Path, change: Callable[[Source], SourceChanges]) -> Source:
    """Change a source and its state file on disk, and return the changed source.

    The source may have gaps. Either both files are replaced, or neither; a file without changes is not written.

    Args:
        path: the path of the source.
        change: a function that receives the source and returns the changes to make.

    Raises:
        SourceChangedOnDisk: another program has changed one of the files in the meantime.
        IpdocsError: the source is invalid, `apply_changes` refuses the changes, or a file cannot be written.
    """
    source = open_source(path, draft=True)
    return write_changes(source, change(source))


def write_changes(source: Source, changes: SourceChanges) -> Source:
    """Apply changes to an opened source, write its files, and return the changed source; see `update_source`."""
    changed = apply_changes(source, changes)
    write_source(source, changed)
    return changed


def apply_changes(source: Source, changes: SourceChanges) -> Source:
    """Apply changes to a source in memory, and return the changed source; nothing is written.

    The new text is validated, and its values are compared with the intended values.

    Args:
        source: the source to change.
        changes: the changes; their keys and indices refer to `source`.

    Raises:
        IpdocsError: the changed source would be invalid or would disclose a withheld text, or a list to change is written on
            one line.
    """
    changes = _without_removed(changes)
    entries = [*_new_entries(source.nodes, changes.insertions)]
    text = _changed_text(source, changes, entries)
    changed = source if text == source.text.text else _parse(source, text)
    if (
        changed is not source
        and not changes.edits
        and changed.nodes.data != _expected_values(source.nodes.data, changes, entries)
    ):
        raise AssertionError(f"{source.path} does not read back as intended")
    if disclosed := newly_open_texts(source.document, changed.document):
        raise IpdocsError(_disclosure_finding(place) for place in disclosed)
    places = texts_by_block(changed.document)
    bases = {
        (block, language): basis_of(places[block], language, source.workspace, confirmation.by, confirmation.on)
        for (block, language), confirmation in changes.bases.items()
        if block in places
    }
    state_file = state_path(source.path)
    rewritten = _rewritten_bases(source, changes) if changes.same_words else {}
    state = with_bases(changed.state, {**rewritten, **bases}, state_file)
    state = with_choices(state, changes.choices, state_file)
    state = with_approvals(state, changes.approvals, state_file)
    state = with_remarks(state, changes.remarks, state_file)
    return replace(changed, state=with_inherited(state, changes.inherited, state_file))


def _rewritten_bases(source: Source, changes: SourceChanges) -> dict[tuple[str, str], Basis]:
    """Return the bases of translations whose texts were rewritten without changing what they print."""
    bases = dict(source.state.bases)
    places = {place.keys: place for place in iter_texts(source.document)}
    for (keys, language), text in changes.texts.items():
        place = places[keys]
        old = place.texts.get(Text(language))
        for key, basis in bases.items() if old is not None else ():
            if key[0] == place.block and language in (basis.source, key[1]):
                bases[key] = with_rewritten_text(basis, language, str(old), text, source.workspace)
    return bases


def _disclosure_finding(place: TextPlace) -> Finding:
    message = f"this change would disclose the restricted text '{place.name}'"
    hint = "make the change in the source itself"
    return Finding("would-disclose", message, next(iter(place.texts.values())).locate(), hint)


def _changed_text(source: Source, changes: SourceChanges, entries: Sequence[NewEntry]) -> str:
    """Return the text of a source with changes applied."""
    file, root = source.text, source.nodes.root
    edits = [
        *changes.edits,
        *text_edits(file, root, changes.texts),
        *list_edits(file, root, entries, changes.removals),
        *fact_edits(file, root, changes.facts, changes.fact_names),
    ]
    return reorder_blocks(file, root, edits, changes.order) if changes.order else splice(file, edits)


def _parse(source: Source, text: str) -> Source:
    context = SourceContext(source.path, source.workspace, source.state, source.pictures)
    return replace(parse_source(SourceText(source.text.path, text), context, draft=True), draft=source.draft)


def _without_removed(changes: SourceChanges) -> SourceChanges:
    """Return changes without the changes inside removed entries."""
    removals = changes.removals
    return replace(
        changes,
        texts={(keys, language): text for (keys, language), text in changes.texts.items() if not is_within(keys, removals)},
        insertions=tuple(insertion for insertion in changes.insertions if not is_within(insertion.keys, removals)),
        removals=tuple(keys for keys in removals if not is_within(keys[:-1], removals)),
    )


def _new_entries(nodes: SourceNodes, insertions: Sequence[Insertion]) -> Iterator[NewEntry]:
    """Yield the list entries for insertions; a new paragraph gets a unique id."""
    names = defined_names(nodes)
    new_ids = (name for name in (f"added-{number}" for number in count(1)) if name not in names.ids)
    for insertion in insertions:
        texts = dict(insertion.texts)
        value = {"id": next(new_ids), "paragraph": texts} if insertion.keys == BODY else texts
        yield NewEntry(insertion.keys, insertion.index, value)


def _expected_values(data: Any, changes: SourceChanges, entries: Sequence[NewEntry]) -> Any:
    """Return the plain values that a source must have after the changes."""
    data = _copy(data)
    removed_entries = [(keys[:-1], keys[-1]) for keys in changes.removals]  # the keys of the list, and the index
    keys_of_changed_lists = {
        *(entry.keys for entry in entries),
        *(keys for keys, _ in removed_entries),
        *([BODY] if changes.order else []),
    }
    lists = {keys: _value_at(data, keys) for keys in keys_of_changed_lists}
    for (keys, language), text in changes.texts.items():
        texts = _value_at(data, keys)
        if language not in texts and language not in data["languages"]:
            data["languages"].append(language)
        texts[language] = text
    for keys, values in lists.items():
        new_entries = [entry for entry in entries if entry.keys == keys]
        removed_indices = [int(index) for list_keys, index in removed_entries if list_keys == keys]
        values[:] = rearranged_values(values, new_entries, removed_indices, changes.order if keys == BODY else ())
    return with_facts(data, changes.facts, changes.fact_names)


def _copy(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copy(inner) for key, inner in value.items()}
    return [_copy(inner) for inner in value] if isinstance(value, list) else value


def _value_at(data: Any, keys: Keys) -> Any:
    for key in keys:
        data = data[key]
    return data


def write_source(before: Source, after: Source) -> None:
    """Write the text and state of a source that was changed in memory, unless its files have changed on disk."""
    _replace_files(
        {
            before.path: (before.text.data, after.text.data),
            state_path(before.path): (before.state.text.encode(), after.state.text.encode()),
        }
    )


def write_text(before: SourceText, text: str) -> None:
    """Write a new text to the file of a source, unless the file has changed on disk."""
    _replace_files({before.path: (before.data, text.encode())})


def store_choices(path: Path, choices: Sequence[Choice]) -> SourceState:
    """Store conversion choices in the state file beside a file, which need not be a source, and return the state."""
    before = read_state(path)
    after = with_choices(before, choices, state_path(path))
    _replace_files({state_path(path): (before.text.encode(), after.text.encode())})
    return after


def _replace_files(files: Mapping[Path, tuple[bytes, bytes]]) -> None:
    """Replace the content of files; a symbolic link stays, and the file behind it is replaced. No content removes the file.

    Args:
        files: the content that was read, and the new content, keyed by path.

    Raises:
        SourceChangedOnDisk: a file has changed since it was read.
    """
    new_contents = {_target_path(path): content for path, (old, content) in files.items() if content != old}
    if not new_contents:
        return
    with locked(next(iter(files)).resolve().parent):
        if findings := [_changed_on_disk_finding(path) for path, (old, _) in files.items() if _current_content(path) != old]:
            raise SourceChangedOnDisk(findings)
        contents = {path: content for path, content in new_contents.items() if content}
        place_files(contents, new_contents.keys() - contents.keys())


def _target_path(path: Path) -> Path:
    """Return the path to write to: the target of a symbolic link, or the path itself if there is no file at the target."""
    return path.resolve() if path.is_file() else path


def _current_content(path: Path) -> bytes | None:
    """Return the current content of a file: empty if there is no file, None if the file cannot be read."""
    try:
        return read_bytes(path) if path.is_file() else b""
    except IpdocsError:
        return None


def _changed_on_disk_finding(path: Path) -> Finding:
    message = "another program changed this file while the command ran; nothing was written"
    return Finding("source-changed-on-disk", message, Location(path), "run the command again")
