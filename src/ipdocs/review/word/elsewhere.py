"""Report what reviewers added to a Word file outside its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from ipdocs.findings import Finding, Location
from ipdocs.review.word.built_file import BuiltDocument
from ipdocs.review.word.reviewed_file import ReviewedFile


def findings_elsewhere(built: Sequence[BuiltDocument], edited: ReviewedFile, file: Path) -> Iterator[Finding]:
    """Yield a finding for each text outside the paragraphs, and for pictures, that the built files do not have."""
    known = {_without_digits(text) for document in built for text in document.content.elsewhere}
    for text in dict.fromkeys(edited.elsewhere):
        if _without_digits(text) not in known:
            message = f"“{text[:80]}” stands in a text box, a header, a footer or an endnote, and is not imported"
            hint = "put the words into a paragraph of the file, or edit the template"
            yield Finding("text-not-imported", message, Location(file), hint, "warning")
    added = edited.picture_count - max(document.content.picture_count for document in built)
    if added > 0:
        message = f"{added} picture{' was' if added == 1 else 's were'} added to this file, and not imported"
        yield Finding("picture-not-imported", message, Location(file), "add it to the source as a `figure`", "warning")


def _without_digits(text: str) -> str:
    """Return a text without digits and spaces, so that page numbers make no difference."""
    return re.sub(r"[\d\s]+", "", text)
