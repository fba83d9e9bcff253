"""Turn the changes of a step into changes of a source: one table for all types of change."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ipdocs.desk.approval_steps import approve_document, make_remark, mark_read, settle_remark
from ipdocs.desk.change_values import Change, find_place, optional_text, text_at, value
from ipdocs.desk.errors import bad_request, text_conflict
from ipdocs.desk.fact_steps import change_fact, make_fact_of_words
from ipdocs.desk.finding_steps import allow_finding, choose_form, fix_finding
from ipdocs.desk.head_steps import change_head
from ipdocs.desk.structure_steps import STRUCTURE_STEPS
from ipdocs.desk.translation_steps import confirm_translation, fill_drafts
from ipdocs.source.changes import SourceChanges
from ipdocs.source.open import Source
from ipdocs.source.structure.blocks import put_text


def _change_text(source: Source, change: Change) -> SourceChanges:
    """Return the change of one text, whose present value must be `before`."""
    name, language = value(change, "place", str), value(change, "lang", str)
    before, after = optional_text(change, "before"), optional_text(change, "after")
    if not (after or "").strip():
        after = None
    place, present = find_place(source, name), text_at(source, name, language)
    if present == after:
        return SourceChanges()
    if place is None or present != before:
        raise text_conflict(name, language, after, present, before)
    return put_text(source, place.keys, language, after or "")


STEPS: Mapping[str, Callable[[Source, Change], SourceChanges]] = {
    "text": _change_text,
    **STRUCTURE_STEPS,
    "fact": change_fact,
    "fact-from": make_fact_of_words,
    "head": change_head,
    "fix": fix_finding,
    "allow": allow_finding,
    "choice": choose_form,
    "confirm": confirm_translation,
    "fill": fill_drafts,
    "read": mark_read,
    "approve": approve_document,
    "remark": make_remark,
    "settle": settle_remark,
}
"""The function for each type of change; a feature adds its row here."""


def source_changes(source: Source, change: Change) -> SourceChanges:
    """Return the changes of a source for one change of a step.

    Raises:
        DeskError: the change is malformed, or the text has changed in the meantime.
        IpdocsError: the change cannot be made.
    """
    function = STEPS.get(str(change.get("type")))
    if function is None:
        raise bad_request(f"there is no change of type {change.get('type')!r:.40}")
    return function(source, change)
