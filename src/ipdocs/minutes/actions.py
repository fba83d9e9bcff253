"""Lists of follow-up actions from several meetings, with the status from the latest minutes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from itertools import chain
from pathlib import Path

from ipdocs.files.csv_table import BOM, write_csv
from ipdocs.files.spreadsheet import write_spreadsheet
from ipdocs.findings import Finding, IpdocsError, collect, raise_errors
from ipdocs.locale.language import language
from ipdocs.localisation.localise import localise
from ipdocs.localisation.localised_document import LocalisedDocument
from ipdocs.minutes.calendar import CalendarEntry, calendar
from ipdocs.minutes.meeting import open_minutes
from ipdocs.minutes.public_version import public_version
from ipdocs.pipeline.gates import refuse_disclosure
from ipdocs.values.types import Date

COLUMNS = ("meeting", "reference", "action", "owner", "due", "status", "overdue", "source", "restricted")
CLOSED_STATUSES = ("done", "dropped")
"""Statuses of actions that need no further work."""

RESTRICTED_MARK = " [restricted]"
"""The text that marks a restricted action in a list."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A follow-up action of a committee.

    Attributes:
        committee: the name of the committee.
        reference: the number of the action, such as "17/3".
        task: the task to do.
        owners: the names of the offices responsible for the task.
        due: the day on which the task is due.
        status: the status in the latest minutes.
        overdue: whether the action was due before the day of the list and is not closed.
        meeting_date: the day of the latest meeting whose minutes have the action.
        source: the path of the minutes of that meeting.
        restricted: whether the action or a part of its text is restricted.
        withheld: whether the task shows "(restricted)" instead of restricted words.
    """

    committee: str
    reference: str
    task: str
    owners: tuple[str, ...]
    due: date | None
    status: str
    overdue: bool
    meeting_date: date
    source: Path
    restricted: bool = False
    withheld: bool = False

    @property
    def labelled_task(self) -> str:
        """The task, followed by a mark if the action is restricted and the task does not show "(restricted)" already."""
        return f"{self.task}{RESTRICTED_MARK if self.restricted and not self.withheld else ''}"

    @property
    def row(self) -> tuple[str, ...]:
        """The cells of the action, in the order of `COLUMNS`."""
        due = self.due.isoformat() if self.due else ""
        overdue = "overdue" if self.overdue else ""
        source = self.source.as_posix()
        owners, restricted = "; ".join(self.owners), "restricted" if self.restricted else ""
        return (self.committee, self.reference, self.task, owners, due, self.status, overdue, source, restricted)


def follow_ups(
    sources: Sequence[Path],
    on: date,
    code: str,
    *,
    public: bool = False,
    on_finding: Callable[[Finding], None] = lambda finding: None,
) -> list[FollowUp]:
    """Return the actions from minutes, sorted by committee and reference.

    An action that is carried over from meeting to meeting is listed once, with the status from the latest minutes.

    Args:
        sources: the paths of the minutes.
        on: the day of the list; open actions that were due before this day are overdue.
        code: the code of the language of the list.
        public: whether to leave out restricted content.
        on_finding: called with a warning for each document that is left out of a public list.

    Raises:
        IpdocsError: a source cannot be opened, has gaps, or may not be released.
    """
    latest_actions: dict[tuple[str, str], FollowUp] = {}
    by_source = collect(lambda path: [*_read_actions(path, on, code, public, on_finding)], sources)
    for action in sorted(chain.from_iterable(by_source), key=lambda action: action.meeting_date):
        latest_actions[action.committee, action.reference] = action
    return sorted(latest_actions.values(), key=lambda action: (action.committee, _reference_numbers(action.reference)))


def _reference_numbers(reference: str) -> tuple[int, ...]:
    return tuple(int(part) for part in reference.split("/"))


def _read_actions(path: Path, on: date, code: str, public: bool, on_finding: Callable[[Finding], None]) -> Iterator[FollowUp]:
    source = open_minutes(path)
    raise_errors(source.gaps)
    if public:
        try:
            public_source = public_version(source)
        except IpdocsError as error:
            for finding in error.findings:
                on_finding(replace(finding, severity="warning", message=f"{finding.message}; its actions are left out"))
            return
        refuse_disclosure(source, "it has no public version")
        source = public_source
    localised = localise(source, language(code, source.workspace))
    for block in localised.document.body:
        if block.kind == "action":
            action = block.action
            due = calendar_day(action.due)
            yield FollowUp(
                committee=str(localised.document.committee),
                reference=str(action.carried or block.reference),
                task=str(action.what),
                owners=tuple(_office_name(localised, office) for office in action.owner),
                due=due,
                status=str(action.status),
                overdue=bool(due and due < on and action.status not in CLOSED_STATUSES),
                meeting_date=calendar_day(localised.document.meeting.date) or on,
                source=path,
                restricted=block.restricted or action.what.has_restricted_text or action.what.has_withheld_text,
                withheld=action.what.has_withheld_text,
            )


def _office_name(localised: LocalisedDocument, office: str) -> str:
    return str(localised.document.offices[office].name)


def calendar_day(value: Date | None) -> date | None:
    """Return a date from a source as a calendar day.

    A month without a day gives the last day of the month; a date without a year gives None.
    """
    if value is None or value.year is None:
        return None
    if value.day:
        return date(value.year, value.month, value.day)
    return date(value.year + value.month // 12, value.month % 12 + 1, 1) - timedelta(1)


def as_csv(actions: Iterable[FollowUp]) -> bytes:
    """Return actions as CSV in which no cell can start a formula; the byte order mark makes spreadsheets read it as UTF-8."""
    return f"{BOM}{write_csv([COLUMNS, *(action.row for action in actions)])}".encode()


def as_xlsx(actions: Iterable[FollowUp]) -> bytes:
    """Return actions as an Excel workbook in which every cell is text."""
    return write_spreadsheet("Actions", [COLUMNS, *(action.row for action in actions)])


def as_json(actions: Iterable[FollowUp]) -> bytes:
    """Return actions as a JSON list of objects with the keys of `COLUMNS`.

    `owner` is a list; `overdue` and `restricted` are booleans.
    """
    objects = [
        dict(zip(COLUMNS, action.row, strict=True))
        | {"owner": list(action.owners), "overdue": action.overdue, "restricted": action.restricted}
        for action in actions
    ]
    return json.dumps(objects, ensure_ascii=False, indent=2).encode() + b"\n"


def as_ics(actions: Iterable[FollowUp]) -> bytes:
    """Return the open actions as an iCalendar file of tasks.

    A task keeps its UID from meeting to meeting, so calendars update the task they already have. Restricted actions have the
    class CONFIDENTIAL (RFC 5545, 3.8.1.3), and a mark in the summary for programs that do not show the class.
    """
    return calendar(
        CalendarEntry(
            kind="VTODO",
            uid=sha256(f"{action.committee} {action.reference}".encode()).hexdigest()[:32],
            summary=f"{action.reference} {action.labelled_task}",
            confidential=action.restricted,
            description="; ".join(action.owners),
            day=action.due,
            stamp=action.meeting_date,
        )
        for action in actions
        if action.status not in CLOSED_STATUSES
    )


def as_text(actions: Iterable[FollowUp]) -> bytes:
    """Return actions as plain text, with an exclamation mark before each overdue action."""
    lines = []
    committee = None
    for action in actions:
        if action.committee != committee:
            lines.append(action.committee)
            committee = action.committee
        due = f", due {action.due.isoformat()}" if action.due else ""
        status = "overdue" if action.overdue else action.status
        lines += [f"{'!' if action.overdue else ' '} {action.reference}  {action.labelled_task}"]
        lines += [f"    {'; '.join(action.owners)}{due}, {status}"]
    return "".join(f"{line}\n" for line in lines).encode()


FORMATS = {"text": as_text, "csv": as_csv, "xlsx": as_xlsx, "json": as_json, "ics": as_ics}
"""The functions that return an action list as bytes, keyed by the name of the format."""
