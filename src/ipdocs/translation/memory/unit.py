"""Units of the memory: a block's text in several languages, with its origin and its approver."""

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
        document: the id of its document.
        place: its place in the document ("lead.paragraph").
        texts: the text in each language, by the language's code.
        issued: the day of issue, from which the document's dates are read.
        style: the house style that it is written in.
        state: whether a person approved it.
        by: the person who last changed or approved it.
        on: the date of that, as an ISO 8601 date.
        origin: the part of the workspace that it comes from.
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
