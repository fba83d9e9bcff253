"""Report what reviewers changed in paragraphs but an import does not bring: formatting, and paragraphs that were joined."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ipdocs.files.ooxml.text import STRIKE_HINT
from ipdocs.findings import Finding, Location
from ipdocs.review.word.restructure import ReviewChange
from ipdocs.review.word.reviewed_file import ReviewedParagraph


def formatting_findings(
    built: Sequence[ReviewedParagraph], edited: Sequence[ReviewedParagraph], code: str, file: Path
) -> Iterator[Finding]:
    """Yield a warning for words that a reviewer struck out or hid, and for items that were moved to another list level.

    Args:
        built: the paragraphs of the built file.
        edited: the paragraphs of the edited file.
        code: the code of the language.
        file: the path of the edited file.
    """
    built_levels = {paragraph.text: paragraph.level for paragraph in built if paragraph.is_list_item}
    for paragraph in edited:
        if paragraph.struck_out and not any(before.struck_out for before in built):
            message = f"“{paragraph.struck_out[:80]}” ({code}) is struck out, but stays in the source"
            yield Finding("struck-out", message, Location(file), STRIKE_HINT, "warning")
        if paragraph.hidden and not any(before.hidden for before in built):
            message = f"“{paragraph.hidden[:80]}” ({code}) is hidden, but stays in the source"
            yield Finding("formatting-not-imported", message, Location(file), "delete the words if they are unwanted", "warning")
        if paragraph.is_list_item and built_levels.get(paragraph.text, paragraph.level) != paragraph.level:
            message = f"the item “{paragraph.text[:80]}” ({code}) was moved to level {paragraph.level + 1} of its list"
            yield Finding("formatting-not-imported", message, Location(file), "change the list in the source", "warning")


def joined_findings(changes: Sequence[ReviewChange], code: str, file: Path) -> Iterator[Finding]:
    """Yield an error for each block whose words now stand in the text of another block of the same language."""
    changed = [change for change in changes if change.kind == "text changed" and change.language == code]
    for deleted in changes:
        if deleted.kind != "block deleted" or deleted.language != code or not deleted.text:
            continue
        if other := next((change for change in changed if deleted.text in change.text), None):
            message = f"'{deleted.block}' was joined to '{other.block}' in {code}"
            hint = "make them two paragraphs again, or join them in the source, in every language"
            yield Finding("paragraphs-joined", message, Location(file), hint)
