"""The model of minutes: one source for the whole record of a meeting, from its notice to the confirmation of its minutes."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, field_validator
from pydantic_core import PydanticCustomError

from ipdocs.model.document import Document
from ipdocs.model.facts import Date, Quantity
from ipdocs.model.meeting import Annex, Attendance, LastMeeting, Meeting, NextMeeting, Notice, Office, Paper
from ipdocs.model.text import Id, Naming, Text, Texts


def _refuse_classification(status: Any) -> Any:
    """Refuse a classification as the status of minutes."""
    if status in ("open", "restricted", "confidential"):
        hint = f"write `classification: {status}`, and draft, unconfirmed or confirmed under `status`"
        message = f"'{status}' is a classification, not a status of minutes"
        raise PydanticCustomError("bad-value", "{message}", {"message": message, "hint": hint})
    return status


class Minutes(Document):
    """Minutes of a meeting with its papers.

    Without `attendance`, the source is only an agenda: the meeting has not been held yet. Without a title, the number of the
    meeting becomes the title.

    Attributes:
        paper: the paper number of the minutes themselves.
        papers: the papers of the meeting.
    """

    IMPLICIT_FACTS: ClassVar = (
        "meeting",
        "held",
        "begins",
        "ends",
        "previous_meeting",
        "previous_held",
        "next_meeting",
        "next_held",
    )

    kind: Literal["minutes"]
    style: Text = Text("legco")
    status: Annotated[Literal["draft", "unconfirmed", "confirmed"], BeforeValidator(_refuse_classification)] = "unconfirmed"
    organisation: Texts | None = None
    committee: Texts
    secretariat: Texts | None = None
    paper: Naming | None = None
    reference: Naming | None = None
    issued: Date | None = None
    meeting: Meeting
    notice: Notice | None = None
    previous: LastMeeting | None = None
    next: NextMeeting | None = None
    offices: dict[Id, Office] = Field(default_factory=dict)
    attendance: Attendance | None = None
    papers: list[Paper] = Field(default_factory=list)
    annexes: list[Annex] = Field(default_factory=list)

    @field_validator("annexes")
    @classmethod
    def _label_annexes(cls, annexes: list[Annex]) -> list[Annex]:
        """Label annexes without a label by their position: A, B … Z, AA."""
        return [
            annex if annex.label else annex.model_copy(update={"label": Text(_annex_letters(index))})
            for index, annex in enumerate(annexes)
        ]

    @property
    def issue_date(self) -> Any:
        """The date of issue, else the date of the notice, else the date of the meeting."""
        return self.issued or (self.notice.issued if self.notice else self.meeting.date)

    @property
    def implicit_facts(self) -> dict[str, Any]:
        """The numbers, dates and times of this, the last and the next meeting, keyed by the name of the fact."""
        values: dict[str, tuple[str, Any]] = {
            "meeting": ("ordinal", self.meeting.number),
            "held": ("date", self.meeting.date),
            "begins": ("time", self.meeting.begins),
            "ends": ("time", self.meeting.ends),
        }
        for name, meeting in (("previous", self.previous), ("next", self.next)):
            if meeting:
                values |= {f"{name}_meeting": ("ordinal", meeting.number), f"{name}_held": ("date", meeting.date)}
        return {name: Quantity(kind=kind, value=value) for name, (kind, value) in values.items() if value is not None}


def _annex_letters(index: int) -> str:
    """Return the letters that label the annex at an index: A, B … Z, AA."""
    return (_annex_letters(index // 26 - 1) if index >= 26 else "") + chr(ord("A") + index % 26)
