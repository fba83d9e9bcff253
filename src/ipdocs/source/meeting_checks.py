"""Check minutes for unknown references, times and dates in the wrong order, and problems with attendance and quorum."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import astuple

from ipdocs.findings import Finding, nearest
from ipdocs.model.blocks import Action, ItemBlock, Notes
from ipdocs.model.document import Document
from ipdocs.model.meeting import Attendance, Attendee
from ipdocs.model.minutes import Minutes
from ipdocs.model.text import Text
from ipdocs.source.nodes import SourceNodes
from ipdocs.values.types import Date, Time


def meeting_findings(minutes: Minutes, source: SourceNodes) -> Iterator[Finding]:
    """Yield the findings on minutes whose keys and values have passed the checks of the model."""
    yield from _reference_findings(minutes)
    yield from _order_findings(minutes, source)
    yield from _block_findings(minutes)
    yield from _duplicate_findings("paper", (paper.id for paper in minutes.papers))
    yield from _duplicate_findings("annex", (annex.id for annex in minutes.annexes))
    yield from _duplicate_findings("label", (annex.label for annex in minutes.annexes if annex.label))
    if minutes.attendance:
        yield from _attendance_findings(minutes.attendance)


def _reference_findings(minutes: Minutes) -> Iterator[Finding]:
    """Yield a finding for each reference to an unknown item, paper, annex or office."""
    items = {block.id for block in minutes.body if isinstance(block, ItemBlock)}
    papers = {paper.id for paper in minutes.papers}
    annexes = {annex.id for annex in minutes.annexes}
    offices = set(minutes.offices)
    for block in minutes.body:
        if isinstance(block, ItemBlock):
            yield from _unknown_name_findings("paper", block.item.papers, papers)
            yield from _unknown_name_findings("office", block.item.presenters, offices)
        if isinstance(block, Action):
            yield from _unknown_name_findings("office", block.action.owner, offices)
    for paper in minutes.papers:
        yield from _unknown_name_findings("annex", [paper.annex] if paper.annex else [], annexes)
    for attendee in _attendees(minutes.attendance) if minutes.attendance else ():
        yield from _unknown_name_findings("item", attendee.items, items)
        yield from _unknown_name_findings("office", [attendee.office] if attendee.office else [], offices)


def _unknown_name_findings(kind: str, names: Iterable[Text], known_names: Iterable[str]) -> Iterator[Finding]:
    for name in names:
        if name not in set(known_names):
            similar = nearest(name, known_names)
            choices = f"write one of {', '.join(sorted(known_names))}" if known_names else f"add it under `{_KEYS[kind]}:`"
            hint = f"did you mean {similar}?" if similar else choices
            yield Finding(f"unknown-{kind}", f"there is no {kind} '{name}'", name.locate(), hint)


_KEYS = {"paper": "papers", "annex": "annexes", "office": "offices", "item": "body"}
"""The YAML key under which each kind of name is defined."""


def _order_findings(minutes: Minutes, source: SourceNodes) -> Iterator[Finding]:
    """Yield findings on a meeting that ends before it begins, and on meetings in the wrong order."""
    meeting = minutes.meeting
    if _time(meeting.ends) and _time(meeting.ends) <= _time(meeting.begins):
        location = source.locate(("meeting", "ends"))
        yield Finding(
            "end-before-start", "the meeting ends before it begins", location, "write times in the 24-hour format: 14:30"
        )
    for key, is_next, other_meeting in (("previous", False, minutes.previous), ("next", True, minutes.next)):
        name = "next" if is_next else "last"
        if other_meeting and (_day(other_meeting.date) <= _day(meeting.date)) is is_next:
            message = f"the {name} meeting is not {'after' if is_next else 'before'} this meeting"
            hint = f"write a day {'after' if is_next else 'before'} the date of this meeting"
            yield Finding("meetings-out-of-order", message, source.locate((key, "date")), hint)
        if other_meeting and (other_meeting.number.number <= meeting.number.number) is is_next:
            message = f"the {name} meeting has number {other_meeting.number.number}, but this meeting has {meeting.number.number}"
            expected_number = meeting.number.number + (1 if is_next else -1)
            yield Finding("meetings-out-of-order", message, source.locate((key, "number")), f"write {expected_number}")


def _time(value: Time | None) -> tuple[int, ...]:
    return astuple(value) if isinstance(value, Time) else ()


def _day(value: Date) -> tuple[int, int, int]:
    return value.year or 0, value.month, value.day or 0


def _block_findings(minutes: Minutes) -> Iterator[Finding]:
    """Yield findings on items without a heading, on restricted footnotes, and on a block before the first item."""
    first_block = minutes.body[0] if minutes.body else None
    if first_block and not isinstance(first_block, ItemBlock) and first_block.id:
        hint = "begin with `- id: confirmation` and `item: {standing: confirmation}`"
        yield Finding("no-item", "this block is before the first item", first_block.id.locate(), hint)
    for block in minutes.body:
        if isinstance(block, Notes) and block.restricted and block.id:
            hint = "restrict the blocks that refer to the footnotes; a footnote is withheld with its references"
            yield Finding("restricted-notes", "a block of footnotes cannot be restricted", block.id.locate(), hint)
        if isinstance(block, ItemBlock) and not block.item.heading and not block.item.standing:
            yield Finding("missing-key", "this item has no heading", block.id.locate(), "add `heading: {en: …, tc: …}`")


def _duplicate_findings(kind: str, names: Iterable[Text]) -> Iterator[Finding]:
    """Yield a finding for each id or label that repeats an earlier id or label."""
    earlier: set[str] = set()
    for name in names:
        if name in earlier:
            hint = "write a different label" if kind == "label" else "write a different id"
            yield Finding("duplicate-id", f"the {kind} '{name}' is used twice", name.locate(), hint)
        earlier.add(name)


def _attendees(attendance: Attendance) -> list[Attendee]:
    return [*attendance.all_present, *attendance.all_absent, *attendance.in_attendance, *attendance.by_invitation]


def _attendance_findings(attendance: Attendance) -> Iterator[Finding]:
    """Yield findings on attendees listed as both present and absent, and on restricted attendees without a name."""
    for attendee in _attendees(attendance):
        if attendee.restricted and not attendee.name:
            location = next(iter(attendee.post.values())).locate()
            yield Finding("restricted-post", "this restricted entry has no name to withhold", location, "remove `restricted`")
    present = [_identity(attendee) for attendee in attendance.all_present]
    for attendee in attendance.all_absent:
        if _identity(attendee) in present:
            text = next(iter((attendee.name or attendee.post).values()))
            message = f"{text!s:.60} is listed as both present and absent"
            yield Finding("present-and-absent", message, text.locate(), "remove one of the two entries")


def _identity(attendee: Attendee) -> tuple[tuple[str, ...], str | None]:
    """Return the texts that identify an attendee: the name, or the post and its office."""
    return tuple((attendee.name or attendee.post).values()), None if attendee.name else attendee.office


def quorum_findings(document: Document) -> Iterator[Finding]:
    """Yield a warning, which does not stop a build, if fewer members were present than the quorum requires."""
    attendance = document.attendance if isinstance(document, Minutes) else None
    present_count = len(attendance.all_present) if attendance else 0
    if attendance and attendance.quorum and present_count < int(attendance.quorum):
        message = f"the number of members present is {present_count}; the quorum is {attendance.quorum}"
        hint = "record in the minutes that there was no quorum, or complete the list"
        yield Finding("no-quorum", message, attendance.quorum.locate(), hint, "warning")
