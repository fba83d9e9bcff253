"""What a step does with translations: drafts from the memory, and confirmations."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ipdocs.desk.change_values import Change, find_place, value
from ipdocs.desk.errors import bad_request
from ipdocs.findings import IpdocsError
from ipdocs.model.text import Text
from ipdocs.source.changes import Confirmation, SourceChanges
from ipdocs.source.draft_marks import DRAFT_MARK, MARK_START
from ipdocs.source.open import Source
from ipdocs.source.texts import TextPlace, texts_by_block
from ipdocs.translation.confirm import confirmation_changes, unfinished_findings
from ipdocs.values.types import HONG_KONG


def fill_drafts(source: Source, change: Change) -> SourceChanges:
    """Return the changes that write drafts into empty texts, keyed by the names of their places."""
    code, drafts = value(change, "lang", str), value(change, "drafts", dict)
    texts: dict[Any, str] = {}
    bases = {}
    for name, draft in drafts.items():
        place = find_place(source, str(name))
        if place and Text(code) not in place.texts:
            texts[place.keys, code] = str(draft)
            bases[place.block, code] = Confirmation()
    return SourceChanges(texts, bases=bases)


def confirm_translation(source: Source, change: Change) -> SourceChanges:
    """Return the changes with which a person confirms the translation of a row, or of one place of it.

    A place alone loses its draft mark; the translation of its row is confirmed when no other place of the row is open.

    Raises:
        DeskError: the change is malformed.
        IpdocsError: the row has no translation, or a text is missing or has a gap.
    """
    row, code, by = (value(change, key, str) for key in ("row", "lang", "by"))
    if not by.strip():
        raise bad_request("a confirmation needs a name")
    if name := change.get("place"):
        places = texts_by_block(source.document).get(row, [])
        place = next((place for place in places if place.name == name), None)
        others = [other for other in places if other is not place and other.exists_in(code)]
        if place and any(MARK_START in other.texts.get(Text(code), MARK_START) for other in others):
            return _without_draft_mark(place, code)
    now = datetime.now(HONG_KONG).isoformat(timespec="minutes")
    return confirmation_changes(source, [row], code, by=by.strip(), on=now)


def _without_draft_mark(place: TextPlace, code: str) -> SourceChanges:
    if findings := list(unfinished_findings(place, code)):
        raise IpdocsError(findings)
    text = place.texts[Text(code)]
    mark = DRAFT_MARK.match(text)
    return SourceChanges(texts={(place.keys, code): str(text[mark.end() :])}) if mark else SourceChanges()
