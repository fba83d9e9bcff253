"""The words of a value in the languages of a place, and the expression that would write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ipdocs.desk.cells import document_languages
from ipdocs.importing.fact_proposals import can_be_fact, pairs_of_values, parts_of_way
from ipdocs.importing.stated_values import NO_FILTER, StatedValue, Way, stated_ranges, stated_values, ways_to_write
from ipdocs.importing.value_pairs import ValuePairs
from ipdocs.localisation.fact_words import with_fact
from ipdocs.localisation.language_context import LanguageContext
from ipdocs.localisation.localise import language_context
from ipdocs.model.text import Text, Texts
from ipdocs.source.draft_marks import REMARK
from ipdocs.source.open import Source
from ipdocs.source.texts import TextPlace
from ipdocs.values.filters import render_plain
from ipdocs.values.notation import notation

PLAIN: Way = ("", NO_FILTER, "")


@dataclass(frozen=True, slots=True)
class FactCell:
    """The words of a value in one language.

    Attributes:
        language: the code of the language.
        stated: the value as the source text of the cell states it.
        way: how expressions write the value; the usual form of the language if none gives back the words.
        is_exact: whether the expressions give back exactly the words that stand there.
        is_doubtful: whether the value may be another one that happens to be equal.
    """

    language: str
    stated: StatedValue
    way: Way
    is_exact: bool
    is_doubtful: bool = False

    def expression(self, name: str) -> str:
        """Return what would stand in the source text in place of the words, if the fact had a name."""
        parts = parts_of_way(self.stated, self.way, name) if self.is_exact else ()
        return "".join(part if isinstance(part, str) else part.data for part in parts) or f"{{{{ {name} }}}}"

    @property
    def reads(self) -> str:
        """The words that readers would see."""
        return self.stated.surface if self.is_exact else render_plain(self.stated.value, self.stated.value_context)


class ValueTexts:
    """The texts of a source as far as values are looked for in them; contexts are made once for all places."""

    def __init__(self, source: Source) -> None:
        self.source = source
        written, derived = document_languages(source)
        self.contexts = {code: language_context(source, language) for code, language in written.items()}
        self.derived = {code: language_context(source, language) for code, language in derived.items()}

    def values(self, place: TextPlace, language: str) -> list[StatedValue]:
        """Return the values that a text states and a fact can hold; ends of a range are one value."""
        text = str(place.texts[Text(language)])
        context = self.contexts[language].value_context
        remarks = [match.span() for match in REMARK.finditer(text)]
        return [
            value
            for value in stated_values((text,), context, stated_ranges((text,), context))
            if can_be_fact(value.value) and not any(start <= value.start < end for start, end in remarks)
        ]

    def pairs(self, place: TextPlace, first: str, second: str) -> ValuePairs:
        """Return the pairs of equal values that a place states in two languages."""
        texts = [(str(place.texts[Text(code)]),) for code in (first, second)]
        settings = (self.contexts[first].value_context, self.contexts[second].value_context)
        return pairs_of_values(texts[0], texts[1], settings, self.source.workspace)

    def cells(self, place: TextPlace, language: str, stated: StatedValue) -> list[FactCell]:
        """Return the cell of a value, and the cells of the same value in the other languages of its place."""
        ways = list(ways_to_write(stated))
        others = [
            (code, *same)
            for code in self.contexts
            if code != language and Text(code) in place.texts and (same := self._same_value(place, language, stated, code))
        ]
        cells = [_cell(code, other, ways, is_doubtful) for code, other, is_doubtful in others]
        other_ways = list(ways_to_write(others[0][1])) if others else []
        return [_cell(language, stated, other_ways, False), *cells]

    def _same_value(self, place: TextPlace, language: str, stated: StatedValue, other: str) -> tuple[StatedValue, bool] | None:
        """Return the same value in another language, and whether it may be another one; None if the language does not say it."""
        pairs = self.pairs(place, language, other)
        for pair in (*pairs.same, *pairs.doubtful):
            if pair.first.start == stated.start and pair.first.surface == stated.surface:
                return pair.second, pair not in pairs.same
        equal = [value for value in self.values(place, other) if notation(value.value) == notation(stated.value)]
        alike = [value for value in self.values(place, language) if notation(value.value) == notation(stated.value)]
        return (equal[0], False) if len(equal) == 1 and len(alike) == 1 else None

    def changed_languages(self, place: TextPlace, new_texts: Mapping[str, str], name: str, fact: object) -> list[str]:
        """Return the codes of the languages whose words would change, those that are made from others included.

        Args:
            place: the place.
            new_texts: its new texts, keyed by language.
            name: the name of the fact that they use.
            fact: the fact.
        """
        after = Texts({code: Text(new_texts.get(str(code), text)) for code, text in place.texts.items()})
        return [
            code
            for code, context in {**self.contexts, **self.derived}.items()
            if code in new_texts or context.language.converted_from in new_texts
            if _words(context, place.texts) != _words(with_fact(context, name, fact), after)
        ]

    def change_of(self, cell: FactCell, code: str, name: str, fact: object) -> tuple[str, str]:
        """Return the words of a cell in its language, or in one made from it, and what readers would see instead."""
        if code == cell.language:
            return cell.stated.surface, cell.reads
        context, original = self.derived[code], Text(cell.language)
        before = Texts({original: Text(cell.stated.surface)})
        after = Texts({original: Text(cell.expression(name))})
        return _words(context, before), _words(with_fact(context, name, fact), after)


def _cell(language: str, stated: StatedValue, other_ways: Sequence[Way], is_doubtful: bool) -> FactCell:
    """Return a cell; of several ways to write its value, one that another language has, too, is the best."""
    ways = list(ways_to_write(stated))
    shared = next((way for way in ways if way in other_ways and way != PLAIN), None)
    return FactCell(language, stated, shared or (ways[0] if ways else PLAIN), bool(ways), is_doubtful)


def _words(context: LanguageContext, texts: Texts) -> str:
    words = str(context.localise(texts))
    context.findings.clear()
    return words
