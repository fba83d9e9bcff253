"""Read the content of a Word file, with tracked changes accepted, and account for each of its pieces."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ipdocs.files.ledger import Ledger, LeftOut, LeftOutReason
from ipdocs.files.ooxml.changes import accept_changes, count_changes
from ipdocs.files.ooxml.hidden_drawings import remove_hidden_drawings
from ipdocs.files.ooxml.names import qualified_name
from ipdocs.files.ooxml.numbering import ListCounter
from ipdocs.files.ooxml.package import open_package
from ipdocs.files.ooxml.styles import Styles, read_styles
from ipdocs.files.ooxml.text import STRIKE_HINT
from ipdocs.files.reading import read_bytes
from ipdocs.findings import Finding, Location
from ipdocs.importing.paragraph import ImportedFile, ImportedParagraph
from ipdocs.importing.readers.word.alternatives import choose_alternative
from ipdocs.importing.readers.word.body import read_blocks
from ipdocs.importing.readers.word.contents_tables import CONTENTS_TABLE, remove_contents_tables
from ipdocs.importing.readers.word.fields import unpaired_field_marks
from ipdocs.importing.readers.word.formats import Formats
from ipdocs.importing.readers.word.joined_paragraphs import join_drop_caps, join_hidden_ends
from ipdocs.importing.readers.word.pieces import (
    CELL_NAME,
    ContentPart,
    content_parts,
    enter_pieces,
    leave_out_all,
    leave_out_removed,
    leave_out_unshown,
)
from ipdocs.importing.readers.word.tables import join_blocks
from ipdocs.importing.readers.word.tabs import with_tables
from ipdocs.importing.readers.word.word_file import WordFile

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_DEPTH = 150
"""The maximum depth of nested elements; a deeply nested table has fewer than a hundred."""

_REASONS = {
    "header": LeftOutReason.RUNNING_HEAD,
    "footer": LeftOutReason.RUNNING_HEAD,
    "comments": LeftOutReason.COMMENT,
    "glossaryDocument": LeftOutReason.HIDDEN,
    "chart": LeftOutReason.CHART,
    "chartEx": LeftOutReason.CHART,
    "diagramData": LeftOutReason.CHART,
    "diagramDrawing": LeftOutReason.CHART,
}
"""Why the parts of a kind are left out, keyed by the kind of relationship; other parts are embedded files."""

_NOTE_KINDS = {"footnotes": "footnote", "endnotes": "endnote"}


def read(path: Path) -> ImportedFile:
    """Read a Word file.

    Raises:
        IpdocsError: the file is unsafe or not a Word file, or a piece of its content has no place in the result.
    """
    package = open_package(read_bytes(path), path)
    parts = content_parts(package)
    ledger = Ledger(path)
    enter_pieces(parts, ledger)
    imported = ImportedFile()
    if parts:
        styles = read_styles(package)
        for part in parts:
            _leave_out_unseen(part, styles, ledger)
        file = WordFile(package, ledger, parts[0], Formats(styles, ListCounter(styles.numbering)))
        imported.paragraphs = _read_main(parts, file)
        imported.left_out, imported.run_together, imported.spaced = file.left_out, file.run_together, file.spaced
        imported.findings = [_struck_finding(text, Location(path, line)) for line, text in file.struck]
        for part in parts:
            _leave_out_others(part, file)
    ledger.check()
    ledger.check_arrival(paragraph.words for paragraph in imported.paragraphs)
    imported.left_out = [*_shown(ledger.left_out(), imported), *imported.left_out]
    return imported


def _struck_finding(text: str, location: Location) -> Finding:
    """Return the finding on text that is struck through; it is imported, because the file still has it."""
    message = f"“{text[:80]}” is struck out in the file, and is imported"
    return Finding("struck-out", message, location, STRIKE_HINT, "warning")


def _leave_out_others(part: ContentPart, file: WordFile) -> None:
    """Leave out a part that is not read, and in a part that is read, what no program shows."""
    is_read = part.kind in ("officeDocument", *_NOTE_KINDS)
    if not is_read:
        for alternatives in part.root.iter(qualified_name("mc:AlternateContent")):
            choose_alternative(alternatives, file)
        leave_out_all(part, file.ledger, _REASONS.get(part.kind, LeftOutReason.EMBEDDED_FILE))
    leave_out_unshown(part, file.ledger)


def _leave_out_unseen(part: ContentPart, styles: Styles, ledger: Ledger) -> None:
    """Remove what is deleted, hidden, nested deeply or a table of contents from the tree of a part, and leave out its pieces."""
    if count_changes(part.root):
        accept_changes(part.root)
        leave_out_removed(part, ledger, LeftOutReason.DELETED)
    if remove_hidden_drawings(part.root):
        leave_out_removed(part, ledger, LeftOutReason.HIDDEN)
    if _remove_deep_elements(part.root):
        leave_out_removed(part, ledger, LeftOutReason.TOO_DEEP)
    if remove_contents_tables(part.root, styles):
        leave_out_removed(part, ledger, LeftOutReason.NAVIGATION, CONTENTS_TABLE)
    join_drop_caps(part.root)
    join_hidden_ends(part.root, styles)


def _remove_deep_elements(root: _Element) -> bool:
    """Empty the elements that are nested at the maximum depth; return whether there are any."""
    level = [root]
    for _ in range(MAX_DEPTH):
        level = [child for element in level for child in element]
        if not level:
            return False
    for element in level:
        del element[:]
    return True


def _read_main(parts: list[ContentPart], file: WordFile) -> list[ImportedParagraph]:
    """Return the paragraphs of the main part, and then the notes to which they refer."""
    file.unpaired_fields = set().union(*(unpaired_field_marks(part.root) for part in parts))
    paragraphs = list(with_tables(read_blocks(file.part.root, file)))
    elements = {
        (kind, element.get(qualified_name("id"), "")): (part, element)
        for part in parts
        if (kind := _NOTE_KINDS.get(part.kind))
        for element in part.root.iter(qualified_name(kind))
    }
    names = {key: number for key, (number, _) in file.notes.items()}
    for key, number in names.items():
        file.line = file.notes[key][1]
        blocks = _read_note(elements.pop(key), file) if key in elements else []
        paragraphs += [block for block in blocks if block.kind in ("figure", "table")]
        content = join_blocks(blocks) or ("…",)
        paragraphs.append(ImportedParagraph("note", content, file.line, name=f"note-{number}"))
    for _, element in elements.values():
        is_separator = element.get(qualified_name("type"), "normal") != "normal"
        file.leave_out_tree(element, LeftOutReason.RUNNING_HEAD if is_separator else LeftOutReason.HIDDEN)
    for part in parts:
        if part.kind in _NOTE_KINDS:
            leave_out_all(part, file.ledger, LeftOutReason.HIDDEN)  # what no reference leads to
    return paragraphs


def _read_note(note: tuple[ContentPart, _Element], file: WordFile) -> list[ImportedParagraph]:
    part, element = note
    line = file.line
    file.part, file.open_fields = part, []
    part.lines.clear()
    blocks = read_blocks(element, file)
    file.line = line
    return blocks


def _shown(left_out: list[LeftOut], imported: ImportedFile) -> Iterator[LeftOut]:
    """Yield what is left out, without repetitions, signs at notes, and second forms of text that has arrived."""
    words = (paragraph.words for paragraph in imported.paragraphs)
    others = (entry.text for entry in left_out if entry.reason != LeftOutReason.DUPLICATE)
    text = "".join("".join((*words, *others)).split())
    seen: set[tuple[str, str]] = set()
    for entry in left_out:
        is_repeated = entry.reason in (LeftOutReason.RUNNING_HEAD, LeftOutReason.FIELD_CODE, LeftOutReason.CHART)
        is_note_mark = entry.reason == LeftOutReason.TEMPLATE_WRITES_IT and not any(map(str.isalnum, entry.text))
        if entry.text == CELL_NAME or is_note_mark or (is_repeated and (entry.text, entry.description) in seen):
            continue
        if entry.reason == LeftOutReason.DUPLICATE and (entry.text == "picture" or "".join(entry.text.split()) in text):
            continue
        seen.add((entry.text, entry.description))
        yield entry
