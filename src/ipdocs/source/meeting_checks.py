"""What is wrong with minutes beyond their shape: names that lead nowhere, times and dates in a wrong order, a thin quorum."""

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
    """Yield what is wrong with minutes whose keys and values are each right in themselves."""
    yield from _references(minutes)
    yield from _order(minutes, source)
    yield from _headings(minutes)
    yield from _twice("paper", (paper.id for paper in minutes.papers))
    yield from _twice("annex", (annex.id for annex in minutes.annexes))
    yield from _twice("label", (annex.label for annex in minutes.annexes if annex.label))
    if minutes.attendance:
        yield from _presence(minutes.attendance)


def _references(minutes: Minutes) -> Iterator[Finding]:
    """Yield each name of an item, paper, annex or office that is not there."""
    items = {block.id for block in minutes.body if isinstance(block, ItemBlock)}
    papers = {paper.id for paper in minutes.papers}
    annexes = {annex.id for annex in minutes.annexes}
    offices = set(minutes.offices)
    for block in minutes.body:
        if isinstance(block, ItemBlock):
            yield from _unknown("paper", block.item.papers, papers)
            yield from _unknown("office", block.item.presenters, offices)
        if isinstance(block, Action):
            yield from _unknown("office", block.action.owner, offices)
    for paper in minutes.papers:
        yield from _unknown("annex", [paper.annex] if paper.annex else [], annexes)
    for attendee in _everybody(minutes.attendance) if minutes.attendance else ():
        yield from _unknown("item", attendee.items, items)
        yield from _unknown("office", [attendee.office] if attendee.office else [], offices)


def _unknown(kind: str, named: Iterable[Text], known: Iterable[str]) -> Iterator[Finding]:
    for name in named:
        if name not in set(known):
            close = nearest(name, known)
            there = f"there are {', '.join(sorted(known))}" if known else f"write it under `{_KEYS[kind]}:`"
            yield Finding(
                f"unknown-{kind}", f"there is no {kind} '{name}'", name.locate(), f"did you mean {close}?" if close else there
            )


_KEYS = {"paper": "papers", "annex": "annexes", "office": "offices", "item": "body"}


def _order(minutes: Minutes, source: SourceNodes) -> Iterator[Finding]:
    """Yield what ends before it begins, and meetings that are not one after the other."""
    meeting = minutes.meeting
    if _time(meeting.ends) and _time(meeting.ends) <= _time(meeting.begins):
        place = source.place(("meeting", "ends"))
        yield Finding("end-before-start", "the meeting ends before it begins", place, "write times by the 24-hour clock: 14:30")
    for key, later, other in (("previous", False, minutes.previous), ("next", True, minutes.next)):
        if other and (_day(other.date) <= _day(meeting.date)) is later:
            stands, hint = ("in the past", "after") if later else ("in the future", "before")
            message = f"the {'next' if later else 'last'} meeting is {stands}, seen from this one"
            yield Finding("meetings-out-of-order", message, source.place((key, "date")), f"write a day {hint} this meeting's")
        if other and (other.number.number <= meeting.number.number) is later:
            message = f"the {'next' if later else 'last'} meeting's number does not fit: this one is {meeting.number.number}"
            expected = meeting.number.number + (1 if later else -1)
            yield Finding("meetings-out-of-order", message, source.place((key, "number")), f"write {expected}")


def _time(value: Time | None) -> tuple[int, ...]:
    return astuple(value) if isinstance(value, Time) else ()


def _day(value: Date) -> tuple[int, int, int]:
    return value.year or 0, value.month, value.day or 0


def _headings(minutes: Minutes) -> Iterator[Finding]:
    """Yield items that are neither a standing item nor have a heading, and blocks that stand before the first item."""
    first = minutes.body[0] if minutes.body else None
    if first and not isinstance(first, ItemBlock) and first.id:
        hint = "begin with `- id: confirmation` and `item: {standing: confirmation}`"
        yield Finding("no-item", "this block stands before the first item", first.id.locate(), hint)
    for block in minutes.body:
        if isinstance(block, Notes) and block.restricted and block.id:
            hint = "restrict the blocks that call its notes: a note goes where its call goes"
            yield Finding("restricted-notes", "footnotes are not restricted by themselves", block.id.locate(), hint)
        if isinstance(block, ItemBlock) and not block.item.heading and not block.item.standing:
            yield Finding("missing-key", "this item has no heading", block.id.locate(), "add `heading: {en: …, tc: …}`")


def _twice(kind: str, names: Iterable[Text]) -> Iterator[Finding]:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            hint = "give each its own" if kind == "label" else f"give each {kind} an id of its own"
            yield Finding("duplicate-id", f"the {kind} '{name}' stands twice", name.locate(), hint)
        seen.add(name)


def _everybody(attendance: Attendance) -> list[Attendee]:
    return [*attendance.attending, *attendance.missing, *attendance.in_attendance, *attendance.by_invitation]


def _presence(attendance: Attendance) -> Iterator[Finding]:
    """Yield who is listed as there and as not there, and who is restricted without a name to leave out."""
    for one in _everybody(attendance):
        if one.restricted and not one.name:
            place = next(iter(one.post.values())).locate()
            yield Finding(
                "restricted-post", "only a name is restricted, and this entry has none", place, "take `restricted` away"
            )
    there = [_identity(one) for one in attendance.attending]
    for one in attendance.missing:
        if _identity(one) in there:
            text = next(iter((one.name or one.post).values()))
            yield Finding("present-and-absent", f"{text!s:.60} is listed as present and as absent", text.locate(), "take one out")


def _identity(one: Attendee) -> tuple[tuple[str, ...], str | None]:
    """Return what tells attendees apart: the name, or the post with its office."""
    return tuple((one.name or one.post).values()), None if one.name else one.office


def quorum_findings(document: Document) -> Iterator[Finding]:
    """Yield a warning where fewer members were there than make a quorum: nothing that keeps minutes from being made."""
    attendance = document.attendance if isinstance(document, Minutes) else None
    there = len(attendance.attending) if attendance else 0
    if attendance and attendance.quorum and there < int(attendance.quorum):
        message = f"{there} members were there; the quorum is {attendance.quorum}"
        hint = "minute that there was no quorum, or complete the list"
        yield Finding("no-quorum", message, attendance.quorum.locate(), hint, "warning")
