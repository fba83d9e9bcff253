"""Checks of minutes: unknown references, times and dates in the wrong order, attendance and quorum."""

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
    """Yield the findings on minutes whose keys and values are valid in themselves."""
    yield from _references(minutes)
    yield from _order(minutes, source)
    yield from _headings(minutes)
    yield from _duplicates("paper", (paper.id for paper in minutes.papers))
    yield from _duplicates("annex", (annex.id for annex in minutes.annexes))
    yield from _duplicates("label", (annex.label for annex in minutes.annexes if annex.label))
    if minutes.attendance:
        yield from _presence(minutes.attendance)


def _references(minutes: Minutes) -> Iterator[Finding]:
    """Yield references to unknown items, papers, annexes and offices."""
    items = {block.id for block in minutes.body if isinstance(block, ItemBlock)}
    papers = {paper.id for paper in minutes.papers}
    annexes = {annex.id for annex in minutes.annexes}
    offices = set(minutes.offices)
    for block in minutes.body:
        if isinstance(block, ItemBlock):
            yield from _unknown_names("paper", block.item.papers, papers)
            yield from _unknown_names("office", block.item.presenters, offices)
        if isinstance(block, Action):
            yield from _unknown_names("office", block.action.owner, offices)
    for paper in minutes.papers:
        yield from _unknown_names("annex", [paper.annex] if paper.annex else [], annexes)
    for attendee in _attendees(minutes.attendance) if minutes.attendance else ():
        yield from _unknown_names("item", attendee.items, items)
        yield from _unknown_names("office", [attendee.office] if attendee.office else [], offices)


def _unknown_names(kind: str, named: Iterable[Text], known: Iterable[str]) -> Iterator[Finding]:
    for name in named:
        if name not in set(known):
            similar = nearest(name, known)
            choices = f"write one of {', '.join(sorted(known))}" if known else f"add it under `{_KEYS[kind]}:`"
            hint = f"did you mean {similar}?" if similar else choices
            yield Finding(f"unknown-{kind}", f"there is no {kind} '{name}'", name.locate(), hint)


_KEYS = {"paper": "papers", "annex": "annexes", "office": "offices", "item": "body"}


def _order(minutes: Minutes, source: SourceNodes) -> Iterator[Finding]:
    """Yield a meeting that ends before it begins, and meetings in the wrong order."""
    meeting = minutes.meeting
    if _time(meeting.ends) and _time(meeting.ends) <= _time(meeting.begins):
        place = source.place(("meeting", "ends"))
        yield Finding("end-before-start", "the meeting ends before it begins", place, "write times on the 24-hour clock: 14:30")
    for key, is_next, other in (("previous", False, minutes.previous), ("next", True, minutes.next)):
        name = "next" if is_next else "last"
        if other and (_day(other.date) <= _day(meeting.date)) is is_next:
            message = f"the {name} meeting is not {'after' if is_next else 'before'} this one"
            hint = f"write a day {'after' if is_next else 'before'} the date of this meeting"
            yield Finding("meetings-out-of-order", message, source.place((key, "date")), hint)
        if other and (other.number.number <= meeting.number.number) is is_next:
            message = (
                f"the number of the {name} meeting is {other.number.number}, and that of this one is {meeting.number.number}"
            )
            expected = meeting.number.number + (1 if is_next else -1)
            yield Finding("meetings-out-of-order", message, source.place((key, "number")), f"write {expected}")


def _time(value: Time | None) -> tuple[int, ...]:
    return astuple(value) if isinstance(value, Time) else ()


def _day(value: Date) -> tuple[int, int, int]:
    return value.year or 0, value.month, value.day or 0


def _headings(minutes: Minutes) -> Iterator[Finding]:
    """Yield items without a heading, restricted footnotes, and a block before the first item."""
    first = minutes.body[0] if minutes.body else None
    if first and not isinstance(first, ItemBlock) and first.id:
        hint = "begin with `- id: confirmation` and `item: {standing: confirmation}`"
        yield Finding("no-item", "this block is before the first item", first.id.locate(), hint)
    for block in minutes.body:
        if isinstance(block, Notes) and block.restricted and block.id:
            hint = "restrict the blocks that refer to its notes; a note is withheld with its references"
            yield Finding("restricted-notes", "a block of footnotes cannot be restricted", block.id.locate(), hint)
        if isinstance(block, ItemBlock) and not block.item.heading and not block.item.standing:
            yield Finding("missing-key", "this item has no heading", block.id.locate(), "add `heading: {en: …, tc: …}`")


def _duplicates(kind: str, names: Iterable[Text]) -> Iterator[Finding]:
    earlier: set[str] = set()
    for name in names:
        if name in earlier:
            hint = "write a different label" if kind == "label" else "write a different id"
            yield Finding("duplicate-id", f"the {kind} '{name}' is used twice", name.locate(), hint)
        earlier.add(name)


def _attendees(attendance: Attendance) -> list[Attendee]:
    return [*attendance.attending, *attendance.missing, *attendance.in_attendance, *attendance.by_invitation]


def _presence(attendance: Attendance) -> Iterator[Finding]:
    """Yield attendees who are listed as both present and absent, and restricted attendees without a name."""
    for attendee in _attendees(attendance):
        if attendee.restricted and not attendee.name:
            place = next(iter(attendee.post.values())).locate()
            yield Finding("restricted-post", "this restricted entry has no name to withhold", place, "remove `restricted`")
    present = [_identity(attendee) for attendee in attendance.attending]
    for attendee in attendance.missing:
        if _identity(attendee) in present:
            text = next(iter((attendee.name or attendee.post).values()))
            message = f"{text!s:.60} is listed as both present and absent"
            yield Finding("present-and-absent", message, text.locate(), "remove one of the two entries")


def _identity(attendee: Attendee) -> tuple[tuple[str, ...], str | None]:
    """Return the identity of an attendee: the name, or the post with its office."""
    return tuple((attendee.name or attendee.post).values()), None if attendee.name else attendee.office


def quorum_findings(document: Document) -> Iterator[Finding]:
    """Yield a warning if fewer members were present than make a quorum; it does not stop a build."""
    attendance = document.attendance if isinstance(document, Minutes) else None
    present = len(attendance.attending) if attendance else 0
    if attendance and attendance.quorum and present < int(attendance.quorum):
        message = f"the number of members present is {present}; the quorum is {attendance.quorum}"
        hint = "record in the minutes that there was no quorum, or complete the list"
        yield Finding("no-quorum", message, attendance.quorum.locate(), hint, "warning")
