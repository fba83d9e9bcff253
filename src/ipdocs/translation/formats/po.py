"""PO files for Weblate; the context of each message is the dotted name of the text.

Expressions are not rendered. Drafts and stale translations are marked as fuzzy.
"""

from __future__ import annotations

import re
from contextlib import redirect_stdout
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from ipdocs.files.reading import read_bytes, unusable_file
from ipdocs.findings import Finding, Location
from ipdocs.model.text import Text
from ipdocs.source.inline import parse_with_findings
from ipdocs.source.segment import codes, segment, to_display_text, to_source_text
from ipdocs.translation.formats.code_notation import match_text
from ipdocs.translation.job import ReturnedFile, ReturnedUnit, TranslationJob

_CODES_NOTE = "Keep {{ … }}, [^…] and the addresses of links as they are; they may be moved within the text."
_PROJECT = re.compile(rb'^"Project-Id-Version: (.*?)(?: \d+)?\\n"$', re.MULTILINE)
_LANGUAGE = re.compile(rb'^"Language: (.*?)\\n"$', re.MULTILINE)
_PLURAL = re.compile(rb'^"Plural-Forms:.*\\n"\n', re.MULTILINE)


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
        IpdocsError: the file is not a valid PO file.
    """
    from babel.core import UnknownLocaleError
    from babel.messages.pofile import PoFileError, read_po

    data = read_bytes(path)
    try:
        data.decode("utf-8")
        with redirect_stdout(StringIO()):  # Babel prints an invalid line before it raises the error
            catalog = read_po(BytesIO(_PLURAL.sub(b"", data)), ignore_obsolete=True, charset="utf-8", abort_invalid=True)
        messages = [message for message in catalog if message.id]
    except PoFileError as error:
        raise unusable_file("bad-po", f"this is not a PO file: {error}", path, "export it again", error.lineno + 1) from error
    except (ValueError, UnknownLocaleError, TypeError, IndexError, LookupError, AttributeError) as error:
        # Babel does not validate PO files; an invalid file can cause any of these errors.
        raise unusable_file("bad-po", f"this is not a PO file: {error}", path, "export it again as UTF-8") from error
    faulty = {str(message.context or ""): findings for message in messages if (findings := _markup_findings(message, path))}
    document_match, language_match = _PROJECT.search(data), _LANGUAGE.search(data)
    return ReturnedFile(
        document_match[1].decode() if document_match else "",
        language_match[1].decode().replace("_", "-") if language_match else "",
        tuple(
            ReturnedUnit(
                name=str(message.context or ""),
                source=segment(_text(message.id)),
                target=segment(_text(message.string)) if _text(message.string) else None,
                line=message.lineno or 0,
                state="unfinished" if message.fuzzy else "finished",
            )
            for message in messages
            if str(message.context or "") not in faulty
        ),
        findings=tuple(finding for findings in faulty.values() for finding in findings),
        unreadable=tuple(faulty),
    )


def _markup_findings(message: Any, path: Path) -> list[Finding]:
    """Return a finding for each mistake in the markup of a translation, which a PO file has as in a source."""
    location = Location(path, message.lineno or 0)
    return [
        Finding("bad-text", f"'{message.context or ''}': {problem.message}", location, problem.hint)
        for problem in parse_with_findings(Text(_text(message.string)))[1]
    ]


def _text(string: object) -> str:
    """Return a string of a message as text; if it has plural forms, return the first form."""
    return str(string[0] if isinstance(string, list | tuple) and string else string or "")
