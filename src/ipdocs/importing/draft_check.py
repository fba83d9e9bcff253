"""A check that a draft has every word of the paragraphs it is made from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ipdocs.files.ledger import Ledger
from ipdocs.importing.document_draft import Draft
from ipdocs.importing.paragraph import ImportedFile
from ipdocs.source.segment import to_display_text


def check_draft(draft: Draft, imported: ImportedFile, path: Path) -> None:
    """Check that the words of the imported paragraphs are in a draft, or among what it leaves out.

    Raises:
        IpdocsError: words are missing; reported as `text-unaccounted`.
    """
    ledger = Ledger(path)
    for index, paragraph in enumerate(imported.paragraphs):
        ledger.enter(index, "text", paragraph.words, paragraph.line)
        ledger.take(index)
    ledger.check_arrival(_texts(draft))


def _texts(draft: Draft) -> Iterator[str]:
    yield to_display_text(draft.title or ())
    for block in draft.blocks:
        yield from (block.full_text, *block.markers)
    yield from (left_out.text for left_out in draft.left_out)
