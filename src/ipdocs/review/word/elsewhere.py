"""Report what reviewers added to a Word file outside its blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from ipdocs.findings import Finding, Location
from ipdocs.review.word.built_file import BuiltDocument
from ipdocs.review.word.pairing import are_similar, with_lost_bookmarks
from ipdocs.review.word.reviewed_file import ReviewedFile


def findings_elsewhere(built: Sequence[BuiltDocument], edited: ReviewedFile, file: Path) -> Iterator[Finding]:
    """Yield a finding for each text outside the paragraphs, and for pictures, that the built files do not have."""
    for text in _new_texts(edited.elsewhere, [text for document in built for text in document.content.elsewhere]):
        message = f"“{text[:80]}” stands in a text box or an endnote, and is not imported"
        yield Finding("text-not-imported", message, Location(file), "put the words into a paragraph of the file", "warning")
    built_heads = [text for document in built for text in document.content.running_heads]
    if running_heads := _new_texts(edited.running_heads, built_heads):
        message = f"the headers and footers of this file are not imported: “{' / '.join(running_heads)[:200]}”"
        hint = "edit the letterhead or the template if a reviewer changed these words"
        yield Finding("text-not-imported", message, Location(file), hint, "warning")
    added = edited.picture_count - max(document.content.picture_count for document in built)
    if added > 0:
        message = f"{added} picture{' was' if added == 1 else 's were'} added to this file, and not imported"
        yield Finding("picture-not-imported", message, Location(file), "add it to the source as a `figure`", "warning")


def findings_outside_blocks(built: Sequence[BuiltDocument], edited: ReviewedFile, file: Path) -> Iterator[Finding]:
    """Yield a warning for each paragraph that was added outside the blocks of a file with several languages."""
    paragraphs = edited.paragraphs
    for document in built:
        paragraphs = with_lost_bookmarks(document.content.paragraphs, paragraphs)
    built_paragraphs = [paragraph for document in built for paragraph in document.content.paragraphs]
    known = {paragraph.text for paragraph in built_paragraphs} | {document.language.name for document in built} | {""}
    outside = [paragraph.text for paragraph in built_paragraphs if not paragraph.bookmark]
    for paragraph in paragraphs:
        is_new = not paragraph.bookmark and paragraph.text not in known
        if is_new and not any(are_similar(paragraph.text, text) for text in outside):
            message = f"“{paragraph.text[:80]}” was added outside the blocks of this file, and is not imported"
            yield Finding("text-not-imported", message, Location(file), "add a block to the source, in every language", "warning")


def _new_texts(texts: Sequence[str], known: Sequence[str]) -> list[str]:
    """Return the different texts that are not known; page numbers make no difference."""
    known_without_digits = set(map(_without_digits, known))
    return [text for text in dict.fromkeys(texts) if _without_digits(text) not in known_without_digits]


def _without_digits(text: str) -> str:
    """Return a text without digits and spaces."""
    return re.sub(r"[\d\s]+", "", text)
