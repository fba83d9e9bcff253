"""Translation units: a block's text in several languages, with where it comes from and who answers for it."""

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
    """One text in several languages, by short name.

    place is where it stands in its document ("lead.paragraph"); issued is the day from which the document's dates are
    read; style the house style it is written in; by and on tell who last changed or approved it, and when (ISO 8601).
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
        """What a person calls the unit: its document and place."""
        return f"{self.document} {self.place}" if self.document else self.place
