"""The context in which values are rendered."""

from __future__ import annotations

from dataclasses import dataclass

from ipdocs.locale.language import Language
from ipdocs.locale.style import HouseStyle, LanguageStyle
from ipdocs.values.types import Date


@dataclass(frozen=True, slots=True)
class ValueContext:
    """A language, a house style, and the day of issue, which gives "today" its meaning."""

    language: Language
    style: HouseStyle
    issued: Date | None = None

    @property
    def language_style(self) -> LanguageStyle:
        """The section of the house style for the language."""
        return self.style.for_language(self.language)
