"""Records of minutes: the meeting, its attendance, papers, annexes, agenda items and actions."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from ipdocs.model.facts import Date, Day, Ordinal, Record, Time
from ipdocs.model.text import Id, LanguageName, Naming, PerLanguage, Text, Texts

Yes = Literal["true"]


def _must_match(pattern: str, description: str) -> Callable[[Text], Text]:
    """Return a validator for text that must match a pattern; unlike pydantic's own check, it keeps the text's location."""

    def check(text: Text) -> Text:
        if not re.fullmatch(pattern, text):
            message = f"'{text:.40}' is not {description}"
            raise PydanticCustomError("bad-value", "{message}", {"message": message})
        return text

    return check


class _MinutesRecord(Record, defer_build=True):
    """The base class for records of minutes; pydantic builds their validators when the first minutes are read."""


class Meeting(_MinutesRecord):
    """A meeting: its number in the series, date, time and venue; `online` says how to join remotely."""

    number: Ordinal
    date: Day
    begins: Time
    ends: Time | None = None
    venue: Texts
    online: Texts | None = None


class LastMeeting(_MinutesRecord):
    """The last meeting, whose minutes this meeting confirms, and the amendments to its minutes."""

    number: Ordinal
    date: Day
    amendments: list[Texts] = Field(default_factory=list)


class NextMeeting(_MinutesRecord):
    """The next meeting, as far as it has been agreed."""

    number: Ordinal
    date: Date
    begins: Time | None = None
    venue: Texts | None = None


class Notice(_MinutesRecord):
    """The notice of the meeting, sent with the agenda: its date of issue, and a request to members."""

    issued: Date
    text: Texts | None = None


class Office(_MinutesRecord):
    """A department or body, with a short name for the Action column."""

    name: Texts
    short: Texts | None = None


class Attendee(_MinutesRecord):
    """An attendee: a post of an office, a person, or both; `items` names the agenda items that the attendee came for.

    A public version leaves out the name of a restricted attendee and keeps the post.
    """

    name: Texts | None = None
    post: Texts
    office: Id | None = None
    role: Literal["chair", "co-chair", "deputy", "secretary"] | None = None
    items: list[Id] = Field(default_factory=list)
    restricted: Yes | None = None


class Attendance(_MinutesRecord):
    """Members present and absent, other people in attendance, and the number of members required for a quorum.

    Boards write `present` and `absent`, committees `members-present` and `members-absent`.
    """

    present: list[Attendee] = Field(default_factory=list)
    members_present: list[Attendee] = Field(default_factory=list)
    absent: list[Attendee] = Field(default_factory=list)
    members_absent: list[Attendee] = Field(default_factory=list)
    in_attendance: list[Attendee] = Field(default_factory=list)
    by_invitation: list[Attendee] = Field(default_factory=list)
    quorum: Annotated[Text, AfterValidator(_must_match(r"[1-9][0-9]{0,2}", "a number of members, such as 8"))] | None = None

    @property
    def all_present(self) -> list[Attendee]:
        """The members who were present, of a board or a committee."""
        return [*self.present, *self.members_present]

    @property
    def all_absent(self) -> list[Attendee]:
        """The members who were absent, of a board or a committee."""
        return [*self.absent, *self.members_absent]


class Paper(_MinutesRecord):
    """A paper of the meeting, sent with the agenda or tabled; `annex` is the id of the annex that contains the paper."""

    id: Id
    number: Naming | None = None
    title: Texts
    annex: Id | None = None
    language: LanguageName | None = None
    tabled: Yes | None = None
    restricted: Yes | None = None


class Annex(_MinutesRecord):
    """A file that is bound into the pack after the minutes: PDF, Word or a picture.

    A public version leaves out an annex that is not open.

    Attributes:
        language: the language of the annex, if it exists in one language only.
        changes: `accept` accepts the tracked changes of a Word file.
    """

    id: Id
    label: Annotated[Text, AfterValidator(_must_match(r"[A-Z0-9]{1,4}", "a label, such as B or II"))] | None = None
    title: Texts
    file: PerLanguage[Text]
    alt: Texts | None = None
    language: LanguageName | None = None
    classification: Literal["open", "restricted", "confidential"] = "open"
    changes: Literal["accept"] | None = None


class AgendaItem(Record):
    """An agenda item: a heading or the kind of standing item, the papers, and the offices that present the item."""

    heading: Texts | None = None
    standing: Literal["confirmation", "matters-arising", "other-business", "next-meeting"] | None = None
    papers: list[Id] = Field(default_factory=list)
    presenters: list[Id] = Field(default_factory=list)


class ActionItem(Record):
    """An action: the task, the responsible offices, the deadline and the status.

    Attributes:
        carried: the reference of an action carried over from an earlier meeting, such as 16/4.
    """

    what: Texts
    owner: list[Id] = Field(min_length=1)
    due: Date | None = None
    status: Literal["open", "in-progress", "done", "dropped"] = "open"
    progress: Texts | None = None
    carried: Annotated[Text, AfterValidator(_must_match(r"[0-9]{1,4}/[0-9]{1,3}", "a reference, such as 16/4"))] | None = None
