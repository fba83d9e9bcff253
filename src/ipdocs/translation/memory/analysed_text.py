"""Analysis of a text in one language: its replaceable values, and a key that ignores these values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from ipdocs.locale.folding import fold, normalise, spellings
from ipdocs.locale.language import Language
from ipdocs.model.inline import ScriptPosition
from ipdocs.model.script_forms import SHIFTED_TEXT, with_script_characters
from ipdocs.source.template_text import Content, RenderedFact, fact_spans, rendered_text
from ipdocs.translation.memory.proper_names import ProperName, proper_names
from ipdocs.values.dates import field_letters
from ipdocs.values.form import Form
from ipdocs.values.recognise import recognise
from ipdocs.values.types import Count, Date, DateRange, Decimal, Integer, LinkValue, TextValue, Value, Years
from ipdocs.values.value_context import ValueContext
from ipdocs.values.value_span import ValueSpan
from ipdocs.workspace import Workspace

_ADDRESS = re.compile(
    r"https?://[^\s()\[\]<>，。；、（）「」⟦⟧]*[^\s()\[\]<>，。；、（）「」⟦⟧.,;:!?'\"]|[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
)
"""Matches a web address or an e-mail address."""

_MARKUP = re.compile(r"\[\^[^\]\s]*\]|\[|\]\([^()\s]*\)|\]\{keep\}|\]|\*+")
"""Matches the markup of notes, links, kept words and emphasis."""


@dataclass(frozen=True, slots=True)
class Placeable:
    """A span of a text that holds a value, name, address or fact.

    Another value can replace the span, unless the written form of its value is unknown.

    Attributes:
        start: the offset of the first character in the rendered text.
        end: the offset after the last character.
        surface: the text of the span.
        value: the value or name in the span.
        form: the written form of the value, or None if it is unknown.
        fact: the fact of the document, or None if the value is written as plain text.
    """

    start: int
    end: int
    surface: str
    value: Value | ProperName
    form: Form | None = None
    fact: RenderedFact | None = None

    @property
    def is_replaceable(self) -> bool:
        """Whether another value may replace this one."""
        return self.form is not None or self.fact is not None or isinstance(self.value, ProperName | LinkValue)

    @property
    def meaning(self) -> tuple[str, object]:
        """The value in a form that is the same in all languages: "seven", 七 and a list of seven items have the same meaning."""
        if isinstance(self.value, Integer | Count | Decimal):
            return "number", self.value.number
        return type(self.value).__name__, self.value

    @property
    def kind(self) -> str:
        """The kind of value that may replace this one; for a date, it includes the parts shown, such as day and month."""
        match self.value:
            case Integer() | Count() | Decimal():
                return "number"
            case Date() | DateRange() if self.form:
                letters = "".join(sorted(field_letters(self.form.pattern)))
                return f"{type(self.value).__name__}:{letters}"
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
    """A text and the setting in which its values are recognised. All positions refer to the rendered text."""

    content: Content
    value_context: ValueContext
    workspace: Workspace

    @cached_property
    def text(self) -> str:
        """The rendered text."""
        return rendered_text(self.content)

    @property
    def language(self) -> Language:
        """The language of the text."""
        return self.value_context.language

    @cached_property
    def placeables(self) -> tuple[Placeable, ...]:
        """The placeables in text order; where two overlap, facts win over addresses, addresses over values, values over names."""
        value_spans = self._recognise_values()
        placeables = [self._fact_placeable(start, end, fact, value_spans) for start, end, fact in fact_spans(self.content)]
        addresses = [
            Placeable(match.start(), match.end(), match[0], LinkValue(match[0])) for match in _ADDRESS.finditer(self.text)
        ]
        values = [
            Placeable(
                value_span.start,
                value_span.end,
                value_span.surface,
                value_span.value,
                None if value_span.is_frozen else value_span.form,
            )
            for value_span in value_spans
        ]
        for candidates in (addresses, values, self._name_placeables()):
            placeables += _without_overlaps(candidates, placeables)
        return tuple(sorted(placeables, key=lambda placeable: placeable.start))

    def _recognise_values(self) -> list[ValueSpan]:
        """Return the values in the text; numbers with an exponent and the 2 of m^2^ are not values."""
        shifts = [(match.start(), match.end()) for match in SHIFTED_TEXT.finditer(self.text)]
        text = SHIFTED_TEXT.sub(_replace_marks, self.text) if shifts else self.text
        return [
            value_span
            for value_span in recognise(text, self.value_context)
            if all(value_span.end <= start or end <= value_span.start for start, end in shifts)
        ]

    def _fact_placeable(self, start: int, end: int, fact: RenderedFact, value_spans: list[ValueSpan]) -> Placeable:
        """Return the placeable for a fact: with the value or name recognised in its text, or else with the text itself."""
        value_span = next((value_span for value_span in value_spans if (value_span.start, value_span.end) == (start, end)), None)
        if value_span:
            return Placeable(start, end, fact.surface, value_span.value, None if value_span.is_frozen else value_span.form, fact)
        for name_start, name_end, name in proper_names(self.workspace).find(fact.surface, self.language.code):
            if (name_start, name_end) == (0, len(fact.surface)):
                return Placeable(start, end, fact.surface, name, None, fact)
        return Placeable(start, end, fact.surface, TextValue(fact.surface), None, fact)

    def _name_placeables(self) -> list[Placeable]:
        matches = proper_names(self.workspace).find(self.text, self.language.code)
        return [Placeable(start, end, self.text[start:end], name) for start, end, name in matches]

    @cached_property
    def replaceables(self) -> tuple[Placeable, ...]:
        """The placeables that another value may replace."""
        return tuple(placeable for placeable in self.placeables if placeable.is_replaceable)

    def words_around(self, placeables: tuple[Placeable, ...]) -> list[str]:
        """Return the words before, between and after the given placeables of this text."""
        ends = [0, *(placeable.end for placeable in placeables)]
        starts = [*(placeable.start for placeable in placeables), len(self.text)]
        return [self.text[end:start] for end, start in zip(ends, starts, strict=True)]

    @cached_property
    def pattern(self) -> str:
        """The text in which the kind of value takes the place of each replaceable value."""
        return normalise(self._substitute(lambda placeable: f"\x01{placeable.kind}\x02"))

    @cached_property
    def key(self) -> str:
        """The pattern without differences of spelling: texts with equal keys differ only in replaceable values and spelling."""
        return fold(self.pattern, spellings(self.workspace))

    @cached_property
    def search_text(self) -> str:
        """The text for a search by similarity, without markup: each replaceable value is "#", except names and addresses."""
        text = self._substitute(_search_surface)
        return fold(_MARKUP.sub("", text) if "[" in text or "*" in text else text, spellings(self.workspace))

    def _substitute(self, replacement: Callable[[Placeable], str]) -> str:
        words = self.words_around(self.replaceables)
        return words[0] + "".join(
            replacement(placeable) + following for placeable, following in zip(self.replaceables, words[1:], strict=True)
        )


def _search_surface(placeable: Placeable) -> str:
    fact = placeable.fact
    if fact and not fact.surface:
        return "" if fact.expression.endswith(("(", ")")) and fact.is_code else "#"
    return placeable.surface if placeable.kind in ("name", "LinkValue") else "#"


def _replace_marks(match: re.Match[str]) -> str:
    """Return superscript or subscript as characters such as ², with signs without width for its marks."""
    position: ScriptPosition = "superscript" if match["superscript"] else "subscript"
    return with_script_characters(match[position], position) + "\u2060\u2060"


def _without_overlaps(candidates: Iterable[Placeable], placeables: Sequence[Placeable]) -> list[Placeable]:
    """Return the candidates that share no character with any of the placeables."""
    return [
        candidate
        for candidate in candidates
        if all(candidate.end <= placeable.start or placeable.end <= candidate.start for placeable in placeables)
    ]
