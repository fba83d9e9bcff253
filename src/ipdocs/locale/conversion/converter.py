"""Script conversion as documents need it: names, decisions and protected spans first, then OpenCC and our layers.

    text ─protect→ fixed spans + the rest ─OpenCC→ ─characters→ ─phrases→ ─quotes→ put together

A span that is fixed is out of every later stage's reach, so nothing is converted twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

from ipdocs.locale.conversion.characters import HAN, characters
from ipdocs.locale.conversion.choice import Choice
from ipdocs.locale.conversion.decisions import ConversionDecision, audit
from ipdocs.locale.conversion.engine import Engine, engine, opencc
from ipdocs.locale.conversion.phrases import Phrases
from ipdocs.locale.conversion.protection import GAP, FixedSpan, protected_spans, replace_with_gaps
from ipdocs.locale.conversion.surnames import Surnames, surnames
from ipdocs.locale.glossary import glossary
from ipdocs.locale.tables import merged_rows
from ipdocs.workspace import Workspace

CHOICES = ("source", "target", "text", "form", "by", "on")
_CLAUSE = re.compile(f"[{HAN}A-Za-z0-9]+")

Characters = Callable[[], frozenset[str]]


class Converter:
    """Converts text of one language into another script. Made by converter(), once for each direction."""

    def __init__(self, engine: Engine, names: Mapping[str, str], chosen: Mapping[str, str], family: Surnames | None) -> None:
        self.engine = engine
        self._forms = {**{form: form for form in names.values()}, **names, **chosen}
        self._chosen, self._settled = frozenset(chosen), Phrases(self._forms)
        self._surnames = family
        self._done: Characters = _simplified if engine.config == "hk2s" else _traditional
        self._undone: Characters = _traditional if engine.config == "hk2s" else _simplified

    def convert(self, text: str) -> str:
        """Return the text in the target's script, words and quotation marks.

        Line breaks, Latin text, numbers, Markdown, expressions and protected spans come out as they went in. A clause
        that is in the target's script already is left alone, so converting twice gives what converting once gives.
        """
        fixed = self.fixed(text)
        parts = self.engine.convert(replace_with_gaps(text, fixed)).split(GAP)
        return "".join(part + span.form for part, span in zip(parts, fixed, strict=False)) + parts[-1]

    def audit(self, text: str) -> list[ConversionDecision]:
        """Return the spans of the text that could have been converted otherwise, and what decided on each."""
        return audit(self.engine, text, self.fixed(text))

    def fixed(self, text: str) -> list[FixedSpan]:
        """Return the spans of the text that conversion does not touch, from left to right, with their settled forms."""
        spans = [FixedSpan(start, end, text[start:end], "protected") for start, end in protected_spans(text)]
        rest = _blank(text, spans)
        names = [self._settle(rest[start:end], start) for start, end in self._settled.find(rest)]
        rest = _blank(rest, names)
        families = (
            [FixedSpan(start, end, form, "surname") for start, end, form in self._surnames.find(rest)] if self._surnames else []
        )
        rest = _blank(rest, families)
        return sorted([*spans, *names, *families, *self._finished(rest)], key=lambda span: span.start)

    def _settle(self, text: str, start: int) -> FixedSpan:
        by = "choice" if text in self._chosen else "glossary"
        return FixedSpan(start, start + len(text), self._forms[text], by)

    def _finished(self, text: str) -> Iterator[FixedSpan]:
        """Yield the clauses that are in the target's script already: they have its characters and none of the source's."""
        if self._done().isdisjoint(text):
            return
        for match in _CLAUSE.finditer(text):
            if not self._done().isdisjoint(match[0]) and self._undone().isdisjoint(match[0]):
                yield FixedSpan(*match.span(), match[0], "finished")


def _blank(text: str, spans: Sequence[FixedSpan]) -> str:
    """Return the text with its spans filled by gaps of the same length."""
    parts, end = [], 0
    for span in spans:
        parts += [text[end : span.start], GAP * (span.end - span.start)]
        end = span.end
    return "".join([*parts, text[end:]])


def _simplified() -> frozenset[str]:
    """Return the characters that tell that a clause is in Simplified Chinese."""
    return characters("simplified-only")


@cache
def _traditional() -> frozenset[str]:
    """Return the characters that tell that a clause is in Traditional Chinese: OpenCC converts 27,000 to tell, if need be."""
    every = "\n".join(map(chr, (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))))
    pairs = zip(every, opencc("hk2s").convert(every), strict=True)
    return frozenset(char for char, simple in pairs if simple != char) - characters("simplified")


@cache
def converter(source: str, target: str, workspace: Workspace, choices: tuple[Choice, ...] = ()) -> Converter:
    """Return the converter between two languages by their short names: from tc to sc or cn, and from those to tc.

    It knows the workspace's layers, its glossary and locales/choices.csv; choices are those kept beside one source.
    """
    both = (*_shared_choices(workspace), *choices)
    chosen = {choice.text: choice.form for choice in both if (choice.source, choice.target) == (source, target)}
    names: dict[str, str] = {}
    terms: dict[str, str] = {}
    for term in glossary(workspace).terms.values():
        (terms if term.kind == "term" else names)[term.text(source)] = term.text(target)
    made = engine(source, target, workspace).with_terms(terms)
    return Converter(made, names, chosen, surnames(workspace) if target == "tc" else None)


def _shared_choices(workspace: Workspace) -> list[Choice]:
    rows = merged_rows(workspace, "locales/choices.csv", CHOICES, lambda row: (row["source"], row["target"], row["text"]))
    return [Choice(**{column: row[column] for column in CHOICES}) for row in rows]
