"""The content of a paragraph of a Word file, while it is being read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ipdocs.files.ledger import LeftOutReason
from ipdocs.importing.paragraph import Image
from ipdocs.importing.readers.word.formats import BlockFormat, FormattedPart, InlineFormat
from ipdocs.importing.readers.word.word_file import WordFile
from ipdocs.source.segment import Code

if TYPE_CHECKING:
    from lxml.etree import _Element

_AFTER_NUMBER = frozenset(("", ".", ")", "]", "）", "．", "、", ":", "："))
"""What may stand between the number of a note and its text."""


@dataclass(slots=True)
class InlineContent:
    """The content of a paragraph.

    Attributes:
        file: the Word file.
        block: the format of the paragraph.
        parts: the text, in order.
        insets: the pictures and the elements of text boxes, each with whether it stands before all text of the paragraph.
        note_marks: the elements with the marks of notes that the file marks itself, such as "*".
        follows_note_number: whether the number of a note stands just before, in the note itself.
    """

    file: WordFile
    block: BlockFormat = field(default_factory=BlockFormat)
    parts: list[FormattedPart] = field(default_factory=list)
    insets: list[tuple[Image | _Element, bool]] = field(default_factory=list)
    note_marks: set[_Element] = field(default_factory=set)
    follows_note_number: bool = False

    def add_inset(self, inset: Image | _Element) -> None:
        """Add a picture or the element of a text box."""
        is_before = not any(isinstance(span.part, str) and span.part.strip() for span in self.parts)
        self.insets.append((inset, is_before))

    def reason_to_leave_out(self, run_format: InlineFormat) -> LeftOutReason | None:
        """Return why content at this place is not shown; None if it is shown."""
        if run_format.is_hidden:
            return LeftOutReason.HIDDEN
        if any(open_field.is_in_code for open_field in self.file.open_fields):
            return LeftOutReason.FIELD_CODE
        return None

    def add(self, key: tuple[_Element, str], part: str | Code, run_format: InlineFormat) -> None:
        """Take a piece and add its text or code; or leave the piece out if it is not shown."""
        reason = self.reason_to_leave_out(run_format)
        is_after_number = self.follows_note_number and isinstance(part, str) and part.strip() in _AFTER_NUMBER
        if key[0] in self.note_marks or is_after_number:
            reason = LeftOutReason.TEMPLATE_WRITES_IT
        self.follows_note_number = is_after_number
        if reason:
            self.file.ledger.leave_out(key, reason)
            return
        self.file.ledger.take(key)
        for open_field in self.file.open_fields:
            open_field.has_result = True
        link = next((open_field.link for open_field in reversed(self.file.open_fields) if open_field.link), run_format.link)
        self.parts.append(FormattedPart(part, replace(run_format, link=link) if link != run_format.link else run_format))
