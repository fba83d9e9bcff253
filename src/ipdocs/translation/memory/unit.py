"""Units of the memory: a text in several languages, with its origin and its approver."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ipdocs.source.template_text import Content
from ipdocs.values.types import Date

MemoryState = Literal["draft", "approved"]
Origin = Literal["memory", "catalog", "boilerplate", "glossary"]


@dataclass(frozen=True, slots=True)
class MemoryUnit:
    """One text in several languages.

    Attributes:
        document: the id of the document that the text comes from.
        place: the dotted name of the text in the document, such as "lead.paragraph".
        texts: the text in each language, keyed by language code.
        issued: the day of issue; relative dates in the text refer to it.
        style: the name of the house style that the text is written in.
        state: whether a person approved the unit.
        by: the person who last changed or approved the unit.
        on: the date of the last change or approval, in ISO 8601 format.
        origin: the part of the workspace that the unit comes from.
    """

    document: str
    place: str
    texts: Mapping[str, Content] = field(hash=False)
    issued: Date | None = None
    style: str = ""
    state: MemoryState = "approved"
    by: str = ""
    on: str = ""
    origin: Origin = "memory"

    @property
    def name(self) -> str:
        """The unit's name for people: its document and place."""
        return f"{self.document} {self.place}" if self.document else self.place
