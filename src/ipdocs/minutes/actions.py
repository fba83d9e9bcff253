"""Minutes of several meetings in, their follow-up actions out: how each stands by the latest minutes, and which are overdue."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

from ipdocs.files.csv_table import BOM, write_csv
from ipdocs.files.spreadsheet import write_spreadsheet
from ipdocs.findings import Finding, IpdocsError, collect, raise_errors
from ipdocs.locale.language import language
from ipdocs.localisation.localise import localise
from ipdocs.localisation.localised_document import LocalisedDocument
from ipdocs.minutes.calendar import Entry, calendar
from ipdocs.minutes.meeting import open_minutes
from ipdocs.minutes.public_version import public_version
from ipdocs.pipeline.gates import refuse_disclosure
from ipdocs.values.types import Date

HEAD = ("meeting", "reference", "action", "owner", "due", "status", "overdue", "source", "restricted")
CLOSED_STATUSES = ("done", "dropped")
"""The states in which nothing is left to be done."""

RESTRICTED_MARK = " [restricted]"
"""What follows a restricted action in a list."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """An action: of which committee, its reference, what is to be done by whom and until when, and how it stands.

    A restricted one is not for the public, or words of it are not, and every list says so; withheld is one that has
    "(restricted)" in the place of such words.
    """

    committee: str
    reference: str
    what: str
    owners: tuple[str, ...]
    due: date | None
    status: str
    overdue: bool
    minuted: date
    source: Path
    restricted: bool = False
    withheld: bool = False

    @property
    def marked(self) -> str:
        """What is to be done, and that it is restricted where the words do not say so themselves."""
        return f"{self.what}{RESTRICTED_MARK if self.restricted and not self.withheld else ''}"

    @property
    def row(self) -> tuple[str, ...]:
        """The action as a row under HEAD."""
        due = self.due.isoformat() if self.due else ""
        overdue = "overdue" if self.overdue else ""
        source = self.source.as_posix()
        owners, restricted = "; ".join(self.owners), "restricted" if self.restricted else ""
        return (self.committee, self.reference, self.what, owners, due, self.status, overdue, source, restricted)


def follow_ups(
    sources: Sequence[Path],
    on: date,
    spoken: str,
    *,
    public: bool = False,
    on_finding: Callable[[Finding], None] = lambda finding: None,
) -> list[FollowUp]:
    """Return the actions of some minutes in one language, by committee and reference.

    An action that a later meeting carried over stands as that meeting's minutes
    say. One is overdue that is not over on a day after it was due.

    Args:
        sources: the files of the minutes.
        on: the day on which it is asked what is overdue.
        spoken: the code of the language.
        public: whether to leave out what is not open.
        on_finding: told of minutes that are left out of a public list as a whole.

    Raises:
        IpdocsError: what is wrong with the minutes.
    """
    found: dict[tuple[str, str], FollowUp] = {}
    listed = [action for group in collect(lambda path: [*_of(path, on, spoken, public, on_finding)], sources) for action in group]
    for action in sorted(listed, key=lambda one: one.minuted):
        found[action.committee, action.reference] = action
    return sorted(found.values(), key=lambda one: (one.committee, _order(one.reference)))


def _order(reference: str) -> tuple[int, ...]:
    return tuple(int(part) for part in reference.split("/"))


def _of(path: Path, on: date, spoken: str, public: bool, on_finding: Callable[[Finding], None]) -> Iterator[FollowUp]:
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
    view = localise(source, language(spoken, source.workspace))
    for block in view.document.body:
        if block.kind == "action":
            action = block.action
            due = day(action.due)
            yield FollowUp(
                committee=str(view.document.committee),
                reference=str(action.carried or block.reference),
                what=str(action.what),
                owners=tuple(_office(view, name) for name in action.owner),
                due=due,
                status=str(action.status),
                overdue=bool(due and due < on and action.status not in CLOSED_STATUSES),
                minuted=day(view.document.meeting.date) or on,
                source=path,
                restricted=block.restricted or action.what.has_restricted or action.what.withheld,
                withheld=action.what.withheld,
            )


def _office(view: LocalisedDocument, name: str) -> str:
    return str(view.document.offices[name].name)


def day(value: Date | None) -> date | None:
    """Return a date of a source as a day of the calendar; a month is its last day."""
    if value is None or value.year is None:
        return None
    if value.day:
        return date(value.year, value.month, value.day)
    return date(value.year + value.month // 12, value.month % 12 + 1, 1) - timedelta(1)


def as_csv(actions: Iterable[FollowUp]) -> bytes:
    """Return actions as CSV that spreadsheets read as UTF-8; no cell begins a formula."""
    return f"{BOM}{write_csv([HEAD, *(action.row for action in actions)])}".encode()


def as_xlsx(actions: Iterable[FollowUp]) -> bytes:
    """Return actions as an Excel workbook; every cell is text."""
    return write_spreadsheet("Actions", [HEAD, *(action.row for action in actions)])


def as_json(actions: Iterable[FollowUp]) -> bytes:
    """Return actions as a JSON list of objects with the keys of HEAD; owners are a list, overdue and restricted true or false."""
    said = [
        dict(zip(HEAD, action.row, strict=True))
        | {"owner": list(action.owners), "overdue": action.overdue, "restricted": action.restricted}
        for action in actions
    ]
    return json.dumps(said, ensure_ascii=False, indent=2).encode() + b"\n"


def as_ics(actions: Iterable[FollowUp]) -> bytes:
    """Return the actions that are not over as tasks of a calendar, each due on its day.

    A task keeps its name from meeting to meeting, so that a calendar replaces it. A restricted one has the class of
    confidential entries (RFC 5545, 3.8.1.3), and says so in its name for programs that do not show classes.
    """
    return calendar(
        Entry(
            kind="VTODO",
            uid=sha256(f"{action.committee} {action.reference}".encode()).hexdigest()[:32],
            summary=f"{action.reference} {action.marked}",
            confidential=action.restricted,
            description="; ".join(action.owners),
            day=action.due,
            stamp=action.minuted,
        )
        for action in actions
        if action.status not in CLOSED_STATUSES
    )


def as_text(actions: Iterable[FollowUp]) -> bytes:
    """Return actions as lines for a terminal: an exclamation mark leads those that are overdue."""
    lines = []
    committee = None
    for action in actions:
        if action.committee != committee:
            lines.append(action.committee)
            committee = action.committee
        due = f", due {action.due.isoformat()}" if action.due else ""
        state = "overdue" if action.overdue else action.status
        lines += [f"{'!' if action.overdue else ' '} {action.reference}  {action.marked}"]
        lines += [f"    {'; '.join(action.owners)}{due}, {state}"]
    return "".join(f"{line}\n" for line in lines).encode()


FORMATS = {"text": as_text, "csv": as_csv, "xlsx": as_xlsx, "json": as_json, "ics": as_ics}
"""The forms in which actions can be had."""
