"""The context in which values are rendered."""

from __future__ import annotations

from dataclasses import dataclass

from ipdocs.locale.language import Language
from ipdocs.locale.style import HouseStyle, LanguageStyle
from ipdocs.values.types import Date


@dataclass(frozen=True, slots=True)
class ValueContext:
    """A language and a house style, with what else decides the form of a value.

    Attributes:
        language: the language.
        style: the house style.
        issued: the day of issue, which gives "today" its meaning.
        following: the text after the value; the measure word of a number decides on its numerals (十八區, 18間).
    """

    language: Language
    style: HouseStyle
    issued: Date | None = None
    following: str = ""

    @property
    def language_style(self) -> LanguageStyle:
        """The section of the house style for the language."""
        return self.style.for_language(self.language)
