"""What is done about a finding, as changes of a source: fix it, fix all of its kind, leave it with a reason, or choose a form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ipdocs.desk.errors import bad_request
from ipdocs.desk.findings import DocumentFinding, can_allow, document_findings
from ipdocs.locale.conversion.choice import Choice
from ipdocs.pipeline.fix import fix_changes
from ipdocs.source.allowance import allowance_edit
from ipdocs.source.changes import SourceChanges
from ipdocs.source.open import Source

MAX_REASON = 300
"""The maximum length of a reason, in characters."""


def fix_finding(source: Source, change: Mapping[str, Any]) -> SourceChanges:
    """Return the change that fixes one finding, or all findings of its kind; nothing if it is gone already."""
    item = _finding(source, change)
    if item is None or item.rule is None:
        return SourceChanges()
    if not change.get("all"):
        return fix_changes([item.rule])
    code = item.finding.code
    return fix_changes([other.rule for other in document_findings(source) if other.rule and other.finding.code == code])


def allow_finding(source: Source, change: Mapping[str, Any]) -> SourceChanges:
    """Return the change that leaves the words of a finding as they are, with the reason, in their block or in the document.

    Raises:
        DeskError: there is no reason, or a finding of this kind cannot be left.
    """
    reason = change.get("reason")
    if not isinstance(reason, str) or not reason.strip() or len(reason) > MAX_REASON:
        raise bad_request("a reason is needed")
    item = _finding(source, change)
    if item is None:
        return SourceChanges()
    if not can_allow(item):
        raise bad_request(f"{item.finding.code} cannot be left as it is")
    return SourceChanges(edits=(allowance_edit(source, block_of(item), item.finding.code, reason),))


def choose_form(source: Source, change: Mapping[str, Any]) -> SourceChanges:
    """Return the change that keeps a form of a word, or takes another, whenever the word is converted in this document.

    Raises:
        DeskError: the form is none of those that are possible.
    """
    item = _finding(source, change)
    if item is None or item.conversion is None:
        return SourceChanges()
    decision, language = item.conversion.decision, item.conversion.language
    form = change.get("text")
    if form not in (decision.chosen, *decision.alternatives):
        raise bad_request("this form is not possible")
    choice = Choice(language.converted_from or "", language.code, decision.text, str(form), on=date.today().isoformat())
    return SourceChanges(choices=(choice,))


def block_of(item: DocumentFinding) -> int | None:
    """Return the index of the block that a finding is in, or None if it is in the head of the document."""
    keys = item.range.place.keys if item.range else ()
    return keys[1] if len(keys) > 1 and keys[0] == "body" and isinstance(keys[1], int) else None


def _finding(source: Source, change: Mapping[str, Any]) -> DocumentFinding | None:
    return next((item for item in document_findings(source) if item.id == change.get("finding")), None)
