"""Script conversion of texts, in the following stages.

    text ─protect→ fixed spans + the rest ─OpenCC→ ─characters→ ─phrases→ ─quotes→ joined text

Fixed spans are protected spans, names, choices, surnames, and clauses that are already in the target script. The later stages do
not see fixed spans, so no text is converted twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

from ipdocs.locale.conversion.characters import HAN, characters
from ipdocs.locale.conversion.choice import Choice
from ipdocs.locale.conversion.decisions import AuditedText, ConversionDecision, audit, undecided_count
from ipdocs.locale.conversion.engine import Engine, engine, opencc
from ipdocs.locale.conversion.phrases import Phrases
from ipdocs.locale.conversion.protection import GAP, FixedSpan, protected_spans, replace_with_gaps
from ipdocs.locale.conversion.surnames import Surnames, surnames
from ipdocs.locale.glossary import glossary
from ipdocs.locale.tables import merged_rows
from ipdocs.workspace import Workspace

CHOICE_COLUMNS = ("source", "target", "text", "form", "by", "on")
_CLAUSE = re.compile(f"[{HAN}A-Za-z0-9]+")

LoadCharacters = Callable[[], frozenset[str]]


class Converter:
    """Converts text from one language into another; converter() creates one for each direction."""

    def __init__(
        self, engine: Engine, names: Mapping[str, str], chosen_forms: Mapping[str, str], surnames: Surnames | None
    ) -> None:
        """Create a converter.

        Args:
            engine: converts the text outside fixed spans.
            names: the form of each name in the target language, keyed by its form in the source language.
            chosen_forms: the forms that people have chosen, keyed by the text to convert.
            surnames: finds the surnames that conversion would change; None if conversion changes no surnames in this direction.
        """
        self.engine = engine
        self._forms = {**{form: form for form in names.values()}, **names, **chosen_forms}
        self._chosen_texts, self._phrases = frozenset(chosen_forms), Phrases(self._forms)
        self._surnames = surnames
        self._target_characters: LoadCharacters = _simplified if engine.config == "hk2s" else _traditional
        self._source_characters: LoadCharacters = _traditional if engine.config == "hk2s" else _simplified

    def convert(self, text: str) -> str:
        """Return the text with the script, words and quotation marks of the target language.

        Line breaks, Latin text, numbers, Markdown, expressions and protected spans do not change, nor do clauses that are
        already in the target script. The operation is idempotent.
        """
        spans = self.fixed_spans(text)
        parts = self.engine.convert(replace_with_gaps(text, spans)).split(GAP)
        return "".join(part + span.form for part, span in zip(parts, spans, strict=False)) + parts[-1]

    def audit(self, text: str) -> list[ConversionDecision]:
        """Return the decision on each span of the text that has several possible conversions."""
        return audit([self.audited_text(text)])[0]

    def audited_text(self, text: str) -> AuditedText:
        """Return a text in the form in which `audit` takes several texts."""
        return AuditedText(self.engine, text, self.fixed_spans(text))

    def undecided_count(self, text: str) -> int:
        """Return the number of spans with several possible conversions of which no rule, name or choice decides one."""
        return undecided_count(self.audited_text(text))

    def fixed_spans(self, text: str) -> list[FixedSpan]:
        """Return the spans whose form is known before conversion, from left to right."""
        spans = [FixedSpan(start, end, text[start:end], "protected") for start, end in protected_spans(text)]
        rest = _replace_characters_with_gaps(text, spans)
        names = [self._fixed_name(rest[start:end], start) for start, end in self._phrases.find(rest)]
        rest = _replace_characters_with_gaps(rest, names)
        surname_spans = (
            [FixedSpan(start, end, form, "surname") for start, end, form in self._surnames.find(rest)] if self._surnames else []
        )
        rest = _replace_characters_with_gaps(rest, surname_spans)
        return sorted([*spans, *names, *surname_spans, *self._clauses_in_target_script(rest)], key=lambda span: span.start)

    def _fixed_name(self, text: str, start: int) -> FixedSpan:
        by = "choice" if text in self._chosen_texts else "glossary"
        return FixedSpan(start, start + len(text), self._forms[text], by)

    def _clauses_in_target_script(self, text: str) -> Iterator[FixedSpan]:
        """Yield the clauses that are already in the target script.

        The clauses have characters that exist only in the target script, and none that exist only in the source script.
        """
        if self._target_characters().isdisjoint(text):
            return
        for match in _CLAUSE.finditer(text):
            if not self._target_characters().isdisjoint(match[0]) and self._source_characters().isdisjoint(match[0]):
                yield FixedSpan(*match.span(), match[0], "finished")


def _replace_characters_with_gaps(text: str, spans: Sequence[FixedSpan]) -> str:
    """Return the text with each character of the spans replaced by a gap."""
    parts, end = [], 0
    for span in spans:
        parts += [text[end : span.start], GAP * (span.end - span.start)]
        end = span.end
    return "".join([*parts, text[end:]])


def _simplified() -> frozenset[str]:
    """Return the characters that are Simplified only."""
    return characters("simplified-only")


@cache
def _traditional() -> frozenset[str]:
    """Return the characters that are Traditional only: OpenCC changes them into Simplified characters."""
    all_characters = "\n".join(map(chr, (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))))
    pairs = zip(all_characters, opencc("hk2s").convert(all_characters), strict=True)
    return frozenset(character for character, simplified in pairs if simplified != character) - characters("simplified")


@cache
def converter(source: str, target: str, workspace: Workspace, choices: tuple[Choice, ...] = ()) -> Converter:
    """Return the converter from one language to another: from tc to sc or cn, or from sc or cn to tc.

    The converter uses the conversion rules, glossary and locales/choices.csv of the workspace. `choices` are additional
    choices, such as those in the state file of a source.
    """
    all_choices = (*_shared_choices(workspace), *choices)
    chosen_forms = {choice.text: choice.form for choice in all_choices if (choice.source, choice.target) == (source, target)}
    names: dict[str, str] = {}
    terms: dict[str, str] = {}
    for term in glossary(workspace).terms.values():
        (terms if term.kind == "term" else names)[term.text(source)] = term.text(target)
    engine_with_terms = engine(source, target, workspace).with_terms(terms)
    return Converter(engine_with_terms, names, chosen_forms, surnames(workspace) if target == "tc" else None)


def _shared_choices(workspace: Workspace) -> list[Choice]:
    rows = merged_rows(workspace, "locales/choices.csv", CHOICE_COLUMNS, lambda row: (row["source"], row["target"], row["text"]))
    return [Choice(**{column: row[column] for column in CHOICE_COLUMNS}) for row in rows]
