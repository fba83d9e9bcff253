"""Conversion of text with OpenCC, and with the rules of a language for characters, words and quotation marks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

from ipdocs.findings import Finding, IpdocsError, Location, raise_errors
from ipdocs.locale.conversion.characters import HAN
from ipdocs.locale.conversion.measure_words import with_measure_words
from ipdocs.locale.conversion.phrases import Phrases
from ipdocs.locale.tables import TableRow, merged_rows
from ipdocs.workspace import Workspace

if TYPE_CHECKING:
    from opencc import OpenCC

DIRECTIONS: dict[tuple[str, str], tuple[str, tuple[str, ...], str]] = {
    ("tc", "sc"): ("hk2s", ("zh-Hans-HK",), ""),
    ("tc", "cn"): ("hk2s", ("zh-Hans-HK", "zh-Hans-CN"), "curly"),
    ("sc", "tc"): ("s2hk", ("zh-Hant-HK",), "corner"),
    ("cn", "tc"): ("s2hk", ("zh-Hant-HK",), "corner"),
}
"""For each source and target language: the OpenCC configuration, the tags of the languages whose rules apply, and the kind of
quotation marks ("" leaves them unchanged)."""
COLUMNS = ("kind", "from", "to", "source", "example", "result", "note")
CONTEXT_COLUMNS = ("text", "example", "result", "note")
NUMERALS = "0123456789〇一二三四五六七八九十百千万亿两几数多"
"""The characters for which # stands in a row of contexts.csv: digits and Simplified Chinese numerals."""
BOUNDARY = "\x1d"
"""The character that stands at a word boundary while OpenCC converts a text; no phrase of OpenCC contains it."""


@dataclass(frozen=True, slots=True)
class ConversionRule:
    """A rule that replaces text in the output of OpenCC: a row of locales/TAG/conversion.csv, or a glossary term.

    A rule whose replacement equals its original protects the phrase from rules for shorter phrases.

    Attributes:
        kind: "character" for a form of a character, "phrase" for the spelling of a phrase, "word" for a different word,
            "term" for a glossary term.
        original: the text in the output of OpenCC.
        replacement: the text that the language uses.
        source: the code of the only source language to which the rule applies; empty if the rule applies to all.
        example: a text in the source language, for the test of the rule.
        result: the conversion of `example`.
    """

    kind: str
    original: str
    replacement: str
    source: str = ""
    example: str = ""
    result: str = ""
    location: Location | None = None

    @property
    def name(self) -> str:
        """The name of the rule in reports: its location, its original and its replacement."""
        if self.location is None:
            return f"glossary {self.original}→{self.replacement}"
        return (
            f"{self.location.path.parent.name}/{self.location.path.name}:{self.location.line} {self.original}→{self.replacement}"
        )


@cache
def conversion_rules(tag: str, workspace: Workspace) -> tuple[ConversionRule, ...]:
    """Return the rules of locales/TAG/conversion.csv; rows of a workspace replace shipped rows with the same key."""
    rows = merged_rows(workspace, f"locales/{tag}/conversion.csv", COLUMNS, lambda row: (row["from"], row["source"]))
    raise_errors(finding for row in rows if (finding := _row_finding(row)))
    return tuple(
        ConversionRule(row["kind"], row["from"], row["to"], row["source"], row["example"], row["result"], row.location)
        for row in rows
    )


def _row_finding(row: TableRow) -> Finding | None:
    if row["kind"] not in ("character", "phrase", "word"):
        return Finding("bad-rule", f"{row['kind']!r} is not a kind of rule", row.location, "use character, phrase or word")
    if not row["from"] or not row["to"]:
        return Finding("bad-rule", "the rule lacks 'from' or 'to'", row.location, "fill in both cells, or delete the row")
    if row["kind"] == "character" and not len(row["from"]) == len(row["to"]) == 1:
        return Finding("bad-rule", f"{row['from']!r} is not a single character", row.location, "use the kind 'phrase'")
    return None


@cache
def word_boundaries(tag: str, workspace: Workspace) -> dict[str, int]:
    """Return the texts that the rows of locales/TAG/contexts.csv stand for, without the mark |, each with the offset of the mark.

    Raises:
        IpdocsError: a row does not have exactly one mark, or consists only of the mark.
    """
    rows = merged_rows(workspace, f"locales/{tag}/contexts.csv", CONTEXT_COLUMNS, lambda row: row["text"].replace("|", ""))
    raise_errors(
        Finding("bad-rule", f"{row['text']!r} does not have one word boundary", row.location, "put one | where a word ends")
        for row in rows
        if row["text"].count("|") != 1 or row["text"] == "|"
    )
    texts = [text for row in rows for text in context_texts(row["text"])]
    return {text.replace("|", ""): text.index("|") for text in texts}


def context_texts(text: str) -> list[str]:
    """Return the texts that a row of contexts.csv stands for: [..] is any of the characters in brackets, # any numeral."""
    parts = re.findall(r"\[([^\[\]]+)\]|(#)|([^\[\]#]+)", text)
    return ["".join(choice) for choice in product(*(group or (NUMERALS if mark else [rest]) for group, mark, rest in parts))]


@cache
def opencc(config: str) -> OpenCC:
    """Return the OpenCC converter for a configuration such as hk2s; it never produces characters that many fonts lack."""
    from opencc import OpenCC

    return OpenCC(config, include_tofu_risk_dictionaries=False)


class Engine:
    """Converts text that has no fixed spans, in one direction.

    The rules for characters apply to the output of OpenCC, and then the rules for phrases. The phrases are replaced in a
    single pass, so that no rule changes the result of another rule.
    """

    def __init__(self, source: str, target: str, workspace: Workspace) -> None:
        if (source, target) not in DIRECTIONS:
            directions = ", ".join(f"{from_code} to {to_code}" for from_code, to_code in DIRECTIONS)
            raise IpdocsError(
                [
                    Finding(
                        "no-conversion", f"there is no conversion from {source!r} to {target!r}", None, f"use one of {directions}"
                    )
                ]
            )
        self.config, tags, self.quotes = DIRECTIONS[source, target]
        rules = {rule.original: rule for tag in tags for rule in conversion_rules(tag, workspace) if rule.source in ("", source)}
        self.character_rules = {rule.original: rule for rule in rules.values() if rule.kind == "character"}
        self.phrase_rules = {rule.original: rule for rule in rules.values() if rule.kind != "character"}
        self._forms = {
            original: rule.replacement for original, rule in self.character_rules.items() if rule.replacement != original
        }
        self._changed_characters = re.compile(f"[{''.join(sorted(self._forms))}]" if self._forms else "(?!)")
        self._all_phrases = Phrases(self.phrase_rules)
        self._boundaries = {text: offset for tag in tags for text, offset in word_boundaries(tag, workspace).items()}
        self._bounded_texts = Phrases(self._boundaries)
        self._spelling_phrases = Phrases(original for original, rule in self.phrase_rules.items() if rule.kind == "phrase")

    def with_terms(self, terms: Mapping[str, str]) -> Engine:
        """Return a copy of this engine that also replaces terms; terms take precedence over rules.

        Args:
            terms: the form of each term in the target language, keyed by its form in the source language.
        """
        result = copy(self)
        entries = ((self.convert_script(original), form) for original, form in terms.items())
        result.phrase_rules = self.phrase_rules | {original: ConversionRule("term", original, form) for original, form in entries}
        result._all_phrases = Phrases(result.phrase_rules)
        return result

    def convert_script(self, text: str) -> str:
        """Return the text in the target script, with the character forms of the target language, but with unchanged words."""
        if not text:
            return text
        converted = opencc(self.config).convert(self.mark_boundaries(text)).replace(BOUNDARY, "")
        converted = self.with_character_forms(converted)
        return with_measure_words(converted) if self.config == "s2hk" else converted

    def with_character_forms(self, text: str) -> str:
        """Return a text in the target script with the character forms of the target language."""
        return self._changed_characters.sub(lambda match: self._forms[match[0]], text)

    def mark_boundaries(self, text: str) -> str:
        """Return the text with the character BOUNDARY where the rules say that a word ends."""
        parts, end = [], 0
        for start, phrase_end in self.find_boundaries(text):
            boundary = start + self._boundaries[text[start:phrase_end]]
            parts += [text[end:boundary], BOUNDARY]
            end = boundary
        return "".join([*parts, text[end:]])

    def find_boundaries(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the start and end of each text around a word boundary that the rules state."""
        return self._bounded_texts.find(text)

    def convert(self, text: str, change_words: bool = True) -> str:
        """Return the converted text; if `change_words` is false, only the script, spelling and quotation marks change."""
        converted = self.convert_script(text)
        parts, previous_end = [], 0
        for start, end in self.find_phrases(converted, change_words):
            parts += [converted[previous_end:start], self.phrase_rules[converted[start:end]].replacement]
            previous_end = end
        return self.requote("".join([*parts, converted[previous_end:]]))

    def find_phrases(self, converted: str, change_words: bool = True) -> Iterator[tuple[int, int]]:
        """Yield the start and end of each phrase that has a rule; `converted` is a text that OpenCC has converted."""
        return (self._all_phrases if change_words else self._spelling_phrases).find(converted)

    def requote(self, text: str) -> str:
        """Return the text with the quotation marks of the language.

        A pair of curly quotation marks is replaced if there is Chinese within or beside the pair; inner pairs come first.
        """
        if self.quotes == "curly":
            return text.translate(str.maketrans("「」『』", "“”‘’"))
        if self.quotes == "corner" and ("“" in text or "‘" in text):
            result = _SINGLE_QUOTED.sub(_corner_quotes("『』"), _DOUBLE_QUOTED.sub(_corner_quotes("「」"), text))
            return result if result == text else self.requote(result)
        return text


@cache
def engine(source: str, target: str, workspace: Workspace) -> Engine:
    """Return the engine for a direction; each engine is created only once."""
    return Engine(source, target, workspace)


_CHINESE = f"{HAN}\u3000-\u303f\uff00-\uffef"
_DOUBLE_QUOTED = re.compile("“([^“”\n]*)”")
_SINGLE_QUOTED = re.compile("‘([^‘’\n]*(?:(?<=[A-Za-z])’(?=[A-Za-z])[^‘’\n]*)*)’")
_HAS_CHINESE = re.compile(f"[{_CHINESE}]")


def _corner_quotes(marks: str) -> Callable[[re.Match[str]], str]:
    def replacement(match: re.Match[str]) -> str:
        neighbours = match.string[max(match.start() - 1, 0) : match.start()] + match.string[match.end() : match.end() + 1]
        if _HAS_CHINESE.search(neighbours + match[1]):
            return f"{marks[0]}{match[1]}{marks[1]}"
        return match[0]

    return replacement
