"""One language of a unit, read: what in it may change, and the key under which texts that differ in nothing else are found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from ipdocs.locale.folding import folded, plain, spellings
from ipdocs.locale.language import Language
from ipdocs.source.template_text import Content, RenderedFact, fact_spans, rendered_text
from ipdocs.translation.memory.proper_names import ProperName, proper_names
from ipdocs.values.dates import field_letters
from ipdocs.values.form import Form
from ipdocs.values.recognise import recognise
from ipdocs.values.setting import Setting
from ipdocs.values.slot import Slot
from ipdocs.values.types import Count, Date, DateRange, Decimal, Integer, LinkValue, TextValue, Value, Years
from ipdocs.workspace import Workspace

_ADDRESS = re.compile(
    r"https?://[^\s()\[\]<>，。；、（）「」⟦⟧]*[^\s()\[\]<>，。；、（）「」⟦⟧.,;:!?'\"]|[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
)


@dataclass(frozen=True, slots=True)
class Placeable:
    """What may change in a text while its words stay: a value, a name, an address or a fact.

    Without form, fact and name it is known by value but can only stay as it is, and its words are part of the key.
    """

    start: int
    end: int
    surface: str
    value: Value | ProperName
    form: Form | None = None
    fact: RenderedFact | None = None

    @property
    def varies(self) -> bool:
        """Whether another value may stand here."""
        return self.form is not None or self.fact is not None or isinstance(self.value, ProperName | LinkValue)

    @property
    def meaning(self) -> tuple[str, object]:
        """The value as it compares across languages: seven, 七 and a list's length of seven are one."""
        if isinstance(self.value, Integer | Count | Decimal):
            return "number", self.value.number
        return type(self.value).__name__, self.value

    @property
    def kind(self) -> str:
        """The kind of what stands here, with the parts of a date that are shown: only like may take the place of like."""
        match self.value:
            case Integer() | Count() | Decimal():
                return "number"
            case Date() | DateRange() if self.form:
                shown = "".join(sorted(field_letters(self.form.pattern)))
                return f"{type(self.value).__name__}:{shown}"
            case Years(first, last):
                return "year" if first == last else "years"
            case ProperName():
                return "name"
            case TextValue():
                return f"words{self.fact.rest}" if self.fact and self.fact.rest else "name"
            case _:
                return type(self.value).__name__


@dataclass(frozen=True)
class AnalysedText:
    """A text in a setting, read. All positions are those of the rendered text."""

    content: Content
    setting: Setting
    workspace: Workspace

    @cached_property
    def text(self) -> str:
        """The text as it is read."""
        return rendered_text(self.content)

    @property
    def language(self) -> Language:
        """The language of the text."""
        return self.setting.language

    @cached_property
    def placeables(self) -> tuple[Placeable, ...]:
        """What may change, in the order of the text; facts first, then addresses, values and names around them."""
        facts = list(fact_spans(self.content))
        slots = recognise(self.text, self.setting)
        found = [_of_fact(start, end, fact, slots, self) for start, end, fact in facts]
        addresses = [
            Placeable(match.start(), match.end(), match[0], LinkValue(match[0])) for match in _ADDRESS.finditer(self.text)
        ]
        found += _free(addresses, found)
        found += _free([Placeable(one.start, one.end, one.surface, one.value, one.form) for one in slots], found)
        found += _free(self._names(), found)
        return tuple(sorted(found, key=lambda one: one.start))

    def _names(self) -> list[Placeable]:
        found = proper_names(self.workspace).find(self.text, self.language.code)
        return [Placeable(start, end, self.text[start:end], name) for start, end, name in found]

    @cached_property
    def variables(self) -> tuple[Placeable, ...]:
        """What may change, less what can only stay."""
        return tuple(one for one in self.placeables if one.varies)

    def words_around(self, placeables: tuple[Placeable, ...]) -> list[str]:
        """Return the words before, between and after some of the text's placeables."""
        ends = [0, *(one.end for one in placeables)]
        starts = [*(one.start for one in placeables), len(self.text)]
        return [self.text[end:start] for end, start in zip(ends, starts, strict=True)]

    @cached_property
    def pattern(self) -> str:
        """The text with a mark of its kind for each thing that may change."""
        return plain(self._marked(lambda one: f"\x01{one.kind}\x02"))

    @cached_property
    def key(self) -> str:
        """What finds the text, whatever its facts and its house spelling."""
        return folded(self.pattern, spellings(self.workspace))

    @cached_property
    def search_text(self) -> str:
        """What similar texts are found by: values are all alike, names stand as they are."""
        text = self._marked(lambda one: one.surface if one.kind in ("name", "LinkValue") else "#")
        return folded(text, spellings(self.workspace))

    def _marked(self, mark: Callable[[Placeable], str]) -> str:
        words = self.words_around(self.variables)
        return words[0] + "".join(mark(one) + after for one, after in zip(self.variables, words[1:], strict=True))


def _free(placeables: Iterable[Placeable], taken: Sequence[Placeable]) -> list[Placeable]:
    """Return the placeables that share no character with those taken before them."""
    return [one for one in placeables if all(one.end <= other.start or other.end <= one.start for other in taken)]


def _of_fact(start: int, end: int, fact: RenderedFact, slots: list[Slot], side: AnalysedText) -> Placeable:
    """Return a fact's placeable: its value where what it says reads back as one, else its words."""
    slot = next((one for one in slots if (one.start, one.end) == (start, end)), None)
    if slot:
        return Placeable(start, end, fact.surface, slot.value, slot.form, fact)
    for first, last, name in proper_names(side.workspace).find(fact.surface, side.language.code):
        if (first, last) == (0, len(fact.surface)):
            return Placeable(start, end, fact.surface, name, None, fact)
    return Placeable(start, end, fact.surface, TextValue(fact.surface), None, fact)
