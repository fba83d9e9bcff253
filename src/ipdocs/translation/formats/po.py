"""PO files for Weblate; the context of each message is the dotted name of the text.

Expressions are not rendered. Drafts and stale translations are marked as fuzzy.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from ipdocs.files.ledger import Ledger, LeftOutReason
from ipdocs.files.reading import read_bytes
from ipdocs.findings import Finding, Location
from ipdocs.model.text import Text
from ipdocs.source.inline import parse_with_findings
from ipdocs.source.segment import codes, segment, to_display_text, to_source_text
from ipdocs.translation.formats.code_notation import match_text
from ipdocs.translation.formats.po_parser import PoEntry, decode_po, message_ledger, parse_po
from ipdocs.translation.job import FileNote, ReturnedFile, ReturnedState, ReturnedUnit, TranslationJob

_CODES_NOTE = "Keep {{ … }}, [^…] and the addresses of links as they are; they may be moved within the text."
_HEADER_FIELD = re.compile(r"^([\w-]+):[ \t]*(.*)$", re.MULTILINE)
_VERSION = re.compile(r"[ \t]+\d+$")
_PLACEHOLDERS = {"PACKAGE VERSION", "PROJECT VERSION", "PACKAGE", "PROJECT"}
"""Values of Project-Id-Version that tools write if they know no name."""

_HEADER_BOILERPLATE = re.compile(
    r"SOME DESCRIPTIVE TITLE|Copyright \(C\)|distributed under the same license|FIRST AUTHOR|<[^<>@ ]+@[^<>@ ]+>, *(?:\d{4}|YEAR)"
)
"""Matches the comments about rights and translators that gettext and its editors write in a header."""


def write(job: TranslationJob) -> bytes:
    """Return the texts of a job as a PO file."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    catalog = Catalog(
        locale=job.target_tag.replace("-", "_"),
        project=job.document,
        version="1",
        header_comment=f"# {job.document}: from {job.source_tag} to {job.target_tag}",
        charset="utf-8",
        msgid_bugs_address="none",
        last_translator="none",
        language_team="none",
        fuzzy=False,
    )
    for unit in job.units:
        comments = [*unit.notes, *([f"Reads: {to_display_text(unit.source)}", _CODES_NOTE] if codes(unit.source) else [])]
        comments += [f"{match.percent:g} % {match.origin}: {match_text(match)}" for match in unit.matches]
        target = to_source_text(unit.target) if unit.target is not None else ""
        flags = ["fuzzy"] if unit.state in ("draft", "stale") else []
        message = catalog.add(to_source_text(unit.source), target, flags=flags, auto_comments=comments, context=unit.name)
        message.flags.discard("python-format")
    output = BytesIO()
    write_po(output, catalog, width=110)
    # Remove the dates, so that equal texts give equal files.
    return re.sub(rb'"(POT-Creation-Date|PO-Revision-Date): [^"]*"\n', b"", output.getvalue())


def read(path: Path) -> ReturnedFile:
    """Return the texts of a PO file.

    Raises:
        IpdocsError: the file is not a valid PO file, or it has messages that are not read.
    """
    text, charset = decode_po(read_bytes(path), path)
    entries = list(parse_po(text, charset, path))
    header = next((entry for entry in entries if entry.is_header), PoEntry())
    fields = dict(_HEADER_FIELD.findall(header.translations.get(0, "")))
    document = _VERSION.sub("", fields.get("Project-Id-Version", "").strip())
    messages = [entry for entry in entries if entry.is_message]
    notes = [note for entry in entries if not entry.is_message for note in entry.comments]
    faulty = {entry.context or "": findings for entry in messages if (findings := _markup_findings(entry, path))}
    units = [_unit(entry) for entry in messages if (entry.context or "") not in faulty]
    obsolete = [_obsolete_finding(entry, path) for entry in entries if entry.is_obsolete]
    plurals = [_plural_finding(entry, path) for entry in messages if len(set(filter(None, entry.translations.values()))) > 1]
    _check_ledger(message_ledger(text, path), entries)
    return ReturnedFile(
        "" if document in _PLACEHOLDERS else document,
        fields.get("Language", "").strip(),
        tuple(units),
        notes=tuple(FileNote(note, line) for line, note in notes if not _is_boilerplate(note, document)),
        findings=(*(finding for findings in faulty.values() for finding in findings), *obsolete, *plurals),
        unreadable=tuple(faulty),
    )


def _unit(entry: PoEntry) -> ReturnedUnit:
    """Return the text of an entry; msgmerge states the previous source of a translation that it took from another text."""
    translation = next((entry.translations[index] for index in sorted(entry.translations) if entry.translations[index]), "")
    fuzzy_state: ReturnedState = "unconfirmed" if entry.has_previous else "unfinished"
    return ReturnedUnit(
        name=entry.context or "",
        source=segment(entry.source or ""),
        target=segment(translation) if translation else None,
        line=entry.line,
        state=fuzzy_state if "fuzzy" in entry.flags else "finished",
        notes=("\n".join(note for _, note in entry.comments),) if entry.comments else (),
    )


def _markup_findings(entry: PoEntry, path: Path) -> list[Finding]:
    """Return a finding for each mistake in the markup of a translation, which a PO file has as in a source."""
    location = Location(path, entry.line)
    return [
        Finding("bad-text", f"'{entry.context or ''}': {problem.message}", location, problem.hint)
        for problem in parse_with_findings(Text(entry.translations.get(0, "")))[1]
    ]


def _obsolete_finding(entry: PoEntry, path: Path) -> Finding:
    message = f"'{entry.context or entry.source or '':.80}' is marked as obsolete (#~) and is not imported"
    hint = "export the source again, and copy the translation if the text is still needed"
    return Finding("obsolete-text", message, Location(path, entry.line), hint, "warning")


def _plural_finding(entry: PoEntry, path: Path) -> Finding:
    others = ", ".join(f"“{text:.40}”" for text in list(filter(None, entry.translations.values()))[1:])
    message = f"'{entry.context or '':.80}' has several plural forms; only the first is imported, not {others}"
    return Finding("plural-forms", message, Location(path, entry.line), "write one translation without plural forms", "warning")


def _is_boilerplate(note: str, document: str) -> bool:
    """Whether a comment of the header is the one that an export writes, or one that gettext and its editors write."""
    return note.startswith(f"{document}: from ") or _HEADER_BOILERPLATE.search(note) is not None


def _check_ledger(ledger: Ledger, entries: Sequence[PoEntry]) -> None:
    """Check that every message of the file was read, and every comment reported.

    Raises:
        IpdocsError: a message was passed over; reported as `text-unaccounted`.
    """
    for entry in entries:
        if entry.is_header:
            ledger.leave_out(entry.message_line, LeftOutReason.PROPERTIES)
        elif entry.is_obsolete:
            ledger.leave_out(entry.message_line, LeftOutReason.DELETED)
        else:
            ledger.take(entry.message_line)
        for comment_line, _ in entry.comments:
            ledger.leave_out(comment_line, LeftOutReason.COMMENT)
    for line, piece in ledger.pieces.items():
        if piece.text[:2] in ("#.", "#:", "#,", "#=", "#|") or not piece.text.strip("# "):
            ledger.leave_out(line, LeftOutReason.TOOL_DATA)
    ledger.check()
