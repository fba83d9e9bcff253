"""Apply changes to a source in memory, validate the result, and write the source together with its state."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

from ipdocs.files.pictures.picture import CleanPicture
from ipdocs.files.placing import locked, place_files
from ipdocs.files.reading import read_bytes
from ipdocs.findings import Finding, IpdocsError, Location
from ipdocs.locale.conversion.choice import Choice
from ipdocs.model.blocks import BLOCKS
from ipdocs.model.text import Text
from ipdocs.source.basis import basis_of, with_rewritten_text
from ipdocs.source.brackets import without_brackets
from ipdocs.source.changes import Insertion, SourceChanges, is_within
from ipdocs.source.disclosure import newly_open_texts
from ipdocs.source.edits import splice
from ipdocs.source.fact_edits import fact_edits
from ipdocs.source.file import SourceText
from ipdocs.source.intended import changed_lists, intended_values
from ipdocs.source.kept import value_at
from ipdocs.source.name_checks import defined_names
from ipdocs.source.nodes import SourceNodes, read_nodes
from ipdocs.source.open import Source, SourceContext, open_source, parse_source
from ipdocs.source.rearrangement import BODY, NewEntry, list_edits, list_indent, reorder_blocks
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
    with_readings,
    with_remarks,
)
from ipdocs.source.texts import TextPlace, iter_texts, texts_by_block
from ipdocs.source.value_edits import additions, key_removals, rename_edits, value_edits
from ipdocs.source.yaml_lines import LineWriter


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
        IpdocsError: the changed source would be invalid, would not read back as intended or would disclose a withheld text, or
            a list to change is written on one line.
    """
    changes = _with_first_entries(source.nodes.data, _without_removed(changes))
    entries = [*_new_entries(source.nodes, changes.insertions)]
    text = _changed_text(source, changes, entries)
    changed = source if text == source.text.text else _parse(source, text, changes.pictures)
    if changed is not source and not changes.edits and changed.nodes.data != intended_values(source.nodes.data, changes, entries):
        raise IpdocsError([_not_read_back(source.path)])
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
    state = with_readings(state, changes.readings, state_file)
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


def _not_read_back(path: Path) -> Finding:
    message = "the changed words would not read back as they were written; nothing was changed"
    hint = "write them without unusual characters, or make the change in the source itself"
    return Finding("not-read-back", message, Location(path), hint)


def _disclosure_finding(place: TextPlace) -> Finding:
    message = f"this change would disclose the restricted text '{place.name}'"
    hint = "make the change in the source itself"
    return Finding("would-disclose", message, next(iter(place.texts.values())).locate(), hint)


def _changed_text(source: Source, changes: SourceChanges, entries: Sequence[NewEntry]) -> str:
    """Return the text of a source with changes applied."""
    file, root = source.text, source.nodes.root
    text = without_brackets(file, root, changed_lists(changes, entries))
    if text != file.text:
        if changes.edits:
            raise ValueError("edits refer to positions that other changes move")
        file = SourceText(file.path, text)
        nodes, findings = read_nodes(file)
        if nodes is None or findings:
            raise IpdocsError(findings)
        root = nodes.root
    writer = LineWriter(file, root, list_indent(file, root))
    entry_removals = [keys for keys in changes.removals if isinstance(keys[-1], int)]
    key_removals_ = [keys for keys in changes.removals if isinstance(keys[-1], str)]
    edits = [
        *changes.edits,
        *text_edits(file, root, changes.texts),
        *value_edits(file, root, changes.values, writer),
        *rename_edits(root, changes.renames),
        *key_removals(file, root, key_removals_),
        *list_edits(file, root, entries, entry_removals, additions(file, root, changes.values, writer)),
        *fact_edits(file, root, changes.facts, changes.fact_names),
    ]
    return reorder_blocks(file, root, edits, changes.order) if changes.order else splice(file, edits)


def _parse(source: Source, text: str, pictures: Mapping[str, CleanPicture]) -> Source:
    context = SourceContext(source.path, source.workspace, source.state, {**source.pictures, **pictures})
    return replace(parse_source(SourceText(source.text.path, text), context, draft=True), draft=source.draft)


def _with_first_entries(data: Any, changes: SourceChanges) -> SourceChanges:
    """Return changes in which entries of empty lists are values of the lists."""
    empty = [insertion for insertion in changes.insertions if not value_at(data, insertion.keys)]
    values = {insertion.keys: [other.value for other in empty if other.keys == insertion.keys] for insertion in empty}
    others = tuple(insertion for insertion in changes.insertions if insertion not in empty)
    return replace(changes, insertions=others, values={**changes.values, **values}) if empty else changes


def _without_removed(changes: SourceChanges) -> SourceChanges:
    """Return changes without the changes inside removed entries."""
    removals = changes.removals
    return replace(
        changes,
        texts={
            (keys, language): text
            for (keys, language), text in changes.texts.items()
            if not is_within((*keys, language), removals)
        },
        values={keys: value for keys, value in changes.values.items() if not is_within(keys, removals)},
        renames={keys: name for keys, name in changes.renames.items() if not is_within(keys, removals)},
        insertions=tuple(insertion for insertion in changes.insertions if not is_within(insertion.keys, removals)),
        removals=tuple(keys for keys in removals if not is_within(keys[:-1], removals)),
    )


def _new_entries(nodes: SourceNodes, insertions: Sequence[Insertion]) -> Iterator[NewEntry]:
    """Yield the list entries for insertions; a new paragraph gets a unique id."""
    names = defined_names(nodes)
    new_ids = (name for name in (f"added-{number}" for number in count(1)) if name not in names.ids)
    for insertion in insertions:
        value = insertion.value
        if insertion.keys == BODY and isinstance(value, Mapping) and not BLOCKS.keys() & value.keys():
            value = {"id": next(new_ids), "paragraph": dict(value)}
        yield NewEntry(insertion.keys, insertion.index, value)


def write_source(before: Source, after: Source) -> None:
    """Write the text and state of a source that was changed in memory, unless its files have changed on disk.

    Pictures that are new in the source and not yet on disk are written with it.
    """
    new_pictures = {before.path.parent / name: picture for name, picture in after.pictures.items() if name not in before.pictures}
    replace_files(
        {
            **{path: (b"", picture.data) for path, picture in new_pictures.items() if not path.exists()},
            before.path: (before.text.data, after.text.data),
            state_path(before.path): (before.state.text.encode(), after.state.text.encode()),
        }
    )


def write_text(before: SourceText, text: str) -> None:
    """Write a new text to the file of a source, unless the file has changed on disk."""
    replace_files({before.path: (before.data, text.encode())})


def store_choices(path: Path, choices: Sequence[Choice]) -> SourceState:
    """Store conversion choices in the state file beside a file, which need not be a source, and return the state."""
    before = read_state(path)
    after = with_choices(before, choices, state_path(path))
    replace_files({state_path(path): (before.text.encode(), after.text.encode())})
    return after


def replace_files(files: Mapping[Path, tuple[bytes, bytes]]) -> None:
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
