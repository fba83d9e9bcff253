"""What minutes record besides their text: the meeting, who was there, papers and annexes, items and actions."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from ipdocs.model.facts import Date, Day, Ordinal, Record, Time
from ipdocs.model.text import Id, LanguageName, Naming, PerLanguage, Text, Texts

Yes = Literal["true"]


def _shaped(pattern: str, what: str) -> Callable[[Text], Text]:
    """Return what refuses a text that does not have a shape; unlike pydantic's own pattern it keeps the text's place."""

    def check(text: Text) -> Text:
        if not re.fullmatch(pattern, text):
            message = f"'{text:.40}' is not {what}"
            raise PydanticCustomError("bad-value", "{message}", {"message": message})
        return text

    return check


class _OfMinutes(Record, defer_build=True):
    """A record that no other source has: pydantic makes its validator when the first minutes are read."""


class Meeting(_OfMinutes):
    """A meeting: its number in the series, when and where; `online` says how to join without being there."""

    number: Ordinal
    date: Day
    begins: Time
    ends: Time | None = None
    venue: Texts
    online: Texts | None = None


class LastMeeting(_OfMinutes):
    """The meeting whose minutes this one confirms, and what was amended in them."""

    number: Ordinal
    date: Day
    amendments: list[Texts] = Field(default_factory=list)


class NextMeeting(_OfMinutes):
    """The next meeting, as far as it was agreed."""

    number: Ordinal
    date: Date
    begins: Time | None = None
    venue: Texts | None = None


class Notice(_OfMinutes):
    """The notice of the meeting, sent with the agenda: when, and what it asks of members."""

    issued: Date
    text: Texts | None = None


class Office(_OfMinutes):
    """A department or body, with the short form that stands in the Action column."""

    name: Texts
    short: Texts | None = None


class Attendee(_OfMinutes):
    """Who attends: a post of an office, a person, or both; `items` are those of the agenda that one came for.

    The name of a restricted one is left out of a public version; the post stays.
    """

    name: Texts | None = None
    post: Texts
    office: Id | None = None
    role: Literal["chair", "co-chair", "deputy", "secretary"] | None = None
    items: list[Id] = Field(default_factory=list)
    restricted: Yes | None = None


class Attendance(_OfMinutes):
    """Who was there and who sent apologies, and how many members make a quorum.

    Boards write `present` and `absent`, committees `members-present` and `members-absent`.
    """

    present: list[Attendee] = Field(default_factory=list)
    members_present: list[Attendee] = Field(default_factory=list)
    absent: list[Attendee] = Field(default_factory=list)
    members_absent: list[Attendee] = Field(default_factory=list)
    in_attendance: list[Attendee] = Field(default_factory=list)
    by_invitation: list[Attendee] = Field(default_factory=list)
    quorum: Annotated[Text, AfterValidator(_shaped(r"[1-9][0-9]{0,2}", "a number of members, such as 8"))] | None = None

    @property
    def attending(self) -> list[Attendee]:
        """The members who were there."""
        return [*self.present, *self.members_present]

    @property
    def missing(self) -> list[Attendee]:
        """The members who were not."""
        return [*self.absent, *self.members_absent]


class Paper(_OfMinutes):
    """A paper of the meeting: sent with the agenda, or tabled; `annex` is where it is bound in."""

    id: Id
    number: Naming | None = None
    title: Texts
    annex: Id | None = None
    language: LanguageName | None = None
    tabled: Yes | None = None
    restricted: Yes | None = None


class Annex(_OfMinutes):
    """A file bound in behind the minutes: PDF, Word or a picture.

    `language` names the only language there is of it. One that is not open is left out of a public version.
    `changes: accept` binds a Word file with tracked changes as it reads once they are accepted.
    """

    id: Id
    label: Annotated[Text, AfterValidator(_shaped(r"[A-Z0-9]{1,4}", "a label, such as B or II"))] | None = None
    title: Texts
    file: PerLanguage[Text]
    alt: Texts | None = None
    language: LanguageName | None = None
    classification: Literal["open", "restricted", "confidential"] = "open"
    changes: Literal["accept"] | None = None


class AgendaItem(Record):
    """An item of the agenda: its heading, or the standing item it is; its papers, and the offices that present it."""

    heading: Texts | None = None
    standing: Literal["confirmation", "matters-arising", "other-business", "next-meeting"] | None = None
    papers: list[Id] = Field(default_factory=list)
    presenters: list[Id] = Field(default_factory=list)


class ActionItem(Record):
    """What is to be done, by which offices, by when, and how it stands; `carried` is its reference at an earlier meeting."""

    what: Texts
    owner: list[Id] = Field(min_length=1)
    due: Date | None = None
    status: Literal["open", "in-progress", "done", "dropped"] = "open"
    progress: Texts | None = None
    carried: Annotated[Text, AfterValidator(_shaped(r"[0-9]{1,4}/[0-9]{1,3}", "a reference, such as 16/4"))] | None = None
