"""Find out whether a returned file and its texts belong to a document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ipdocs.findings import Finding, Location, nearest
from ipdocs.translation.job import ReturnedFile, TranslationJob


def wrong_file_findings(job: TranslationJob, returned: ReturnedFile, path: Path) -> Iterator[Finding]:
    """Yield an error if a file belongs to another document or language."""
    documents = {returned.document, *(unit.document for unit in returned.units)} - {""}
    if documents and job.document not in documents:
        message = f"this file belongs to '{returned.document:.80}', not to '{job.document}'"
        yield Finding("wrong-document", message, Location(path), f"give the source of '{returned.document:.80}' after --into")
    if returned.target_tag and returned.target_tag != job.target_tag:
        message = f"the target language of this file is {returned.target_tag:.40}, not {job.target_tag}"
        yield Finding("wrong-language", message, Location(path), "give the target language of the file with --to")


def other_document_findings(job: TranslationJob, returned: ReturnedFile, path: Path) -> Iterator[Finding]:
    """Yield a warning for each other document whose texts are in the same file."""
    others = dict.fromkeys(unit.document for unit in returned.units if unit.document not in ("", job.document))
    for document in others:
        message = f"this file also has the texts of '{document:.80}', which are not imported"
        hint = f"import the file into the source of '{document:.80}', too"
        yield Finding("wrong-document", message, Location(path), hint, "warning")


def unknown_text_finding(name: str, known_names: list[str], location: Location) -> Finding:
    """Return the finding about a text that the source does not have."""
    close = nearest(name, known_names)
    hint = f"did you mean {close}?" if close else "export the source again, as the ids of its blocks may have changed"
    return Finding("unknown-text", f"the source has no text '{name:.80}'", location, hint)
