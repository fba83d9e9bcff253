"""Script itself: OpenCC, then one language's own forms of characters, its words and its quotation marks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from ipdocs.findings import Finding, IpdocsError, Location, raise_errors
from ipdocs.locale.conversion.characters import HAN
from ipdocs.locale.conversion.phrases import Phrases
from ipdocs.locale.tables import TableRow, merged_rows
from ipdocs.workspace import Workspace

if TYPE_CHECKING:
    from opencc import OpenCC

# direction: OpenCC's configuration, the languages whose layers apply, how quotation marks change
DIRECTIONS: dict[tuple[str, str], tuple[str, tuple[str, ...], str]] = {
    ("tc", "sc"): ("hk2s", ("zh-Hans-HK",), ""),
    ("tc", "cn"): ("hk2s", ("zh-Hans-HK", "zh-Hans-CN"), "curly"),
    ("sc", "tc"): ("s2hk", ("zh-Hant-HK",), "corner"),
    ("cn", "tc"): ("s2hk", ("zh-Hant-HK",), "corner"),
}
COLUMNS = ("kind", "from", "to", "source", "example", "result", "note")


@dataclass(frozen=True, slots=True)
class ConversionRule:
    """One row of a conversion layer: what OpenCC gave, what the language writes, and an example that shows it.

    kind: a character is rewritten wherever it stands; a word is what the languages say differently, a phrase how one is
    written. A rule that changes nothing guards a longer phrase. source: the only source language it is for, or empty.
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
        """The rule as reports name it: its place and what it says."""
        if self.location is None:
            return f"glossary {self.original}→{self.replacement}"
        return (
            f"{self.location.path.parent.name}/{self.location.path.name}:{self.location.line} {self.original}→{self.replacement}"
        )


@cache
def conversion_rules(tag: str, workspace: Workspace) -> tuple[ConversionRule, ...]:
    """Return the conversion layer of a language: the rows of locales/TAG/conversion.csv, a workspace's own first."""
    rows = merged_rows(workspace, f"locales/{tag}/conversion.csv", COLUMNS, lambda row: (row["from"], row["source"]))
    raise_errors(problem for row in rows if (problem := _problem(row)))
    return tuple(
        ConversionRule(row["kind"], row["from"], row["to"], row["source"], row["example"], row["result"], row.location)
        for row in rows
    )


def _problem(row: TableRow) -> Finding | None:
    if row["kind"] not in ("character", "phrase", "word"):
        return Finding("bad-rule", f"there is no kind {row['kind']!r}", row.location, "use character, phrase or word")
    if not row["from"] or not row["to"]:
        return Finding("bad-rule", "a rule needs both 'from' and 'to'", row.location, "fill in both cells or delete the row")
    if row["kind"] == "character" and not len(row["from"]) == len(row["to"]) == 1:
        return Finding("bad-rule", f"{row['from']!r} is no single character", row.location, "make its kind 'phrase'")
    return None


@cache
def opencc(config: str) -> OpenCC:
    """Return OpenCC for a configuration such as hk2s, without the dictionaries whose characters fonts lack."""
    from opencc import OpenCC

    return OpenCC(config, include_tofu_risk_dictionaries=False)


class Engine:
    """Everything one direction does to text that nothing protects. The rules see each other's results in no case:
    characters are rewritten in what OpenCC gave, and one pass of phrases over that is the last stage."""

    def __init__(self, source: str, target: str, workspace: Workspace) -> None:
        if (source, target) not in DIRECTIONS:
            known = ", ".join(f"{one} to {other}" for one, other in DIRECTIONS)
            raise IpdocsError(
                [Finding("no-conversion", f"there is no conversion from {source!r} to {target!r}", None, f"there are {known}")]
            )
        self.config, tags, self.quotes = DIRECTIONS[source, target]
        layers = {rule.original: rule for tag in tags for rule in conversion_rules(tag, workspace) if rule.source in ("", source)}
        self.characters = {rule.original: rule for rule in layers.values() if rule.kind == "character"}
        self.phrases = {rule.original: rule for rule in layers.values() if rule.kind != "character"}
        self.forms = str.maketrans({given: rule.replacement for given, rule in self.characters.items()})
        self._all = Phrases(self.phrases)
        self._spelling = Phrases(given for given, rule in self.phrases.items() if rule.kind == "phrase")

    def with_terms(self, terms: Mapping[str, str]) -> Engine:
        """Return this engine with the glossary's terms among its phrases: source form to target form. They overrule rules."""
        made = copy(self)
        entries = ((self.script(given), written) for given, written in terms.items())
        made.phrases = self.phrases | {given: ConversionRule("term", given, written) for given, written in entries}
        made._all = Phrases(made.phrases)
        return made

    def script(self, text: str) -> str:
        """Return the text in the other script, with the forms of characters that the language uses; words stay."""
        return opencc(self.config).convert(text).translate(self.forms) if text else text

    def convert(self, text: str, words: bool = True) -> str:
        """Return the text converted with every layer; without words only its script, spelling and quotation marks."""
        converted = self.script(text)
        parts, end = [], 0
        for start, stop in self.applied(converted, words):
            parts += [converted[end:start], self.phrases[converted[start:stop]].replacement]
            end = stop
        return self.requote("".join([*parts, converted[end:]]))

    def applied(self, converted: str, words: bool = True) -> Iterator[tuple[int, int]]:
        """Yield where phrases apply in text that has been through OpenCC."""
        return (self._all if words else self._spelling).find(converted)

    def requote(self, text: str) -> str:
        """Return the text with the language's quotation marks. Curly ones change in pairs beside Chinese, inner pairs first."""
        if self.quotes == "curly":
            return text.translate(str.maketrans("「」『』", "“”‘’"))
        if self.quotes == "corner" and ("“" in text or "‘" in text):
            turned = _SINGLE.sub(_corner("『』"), _DOUBLE.sub(_corner("「」"), text))
            return turned if turned == text else self.requote(turned)
        return text


@cache
def engine(source: str, target: str, workspace: Workspace) -> Engine:
    """Return the engine of a direction; what it reads from the disk is read once."""
    return Engine(source, target, workspace)


_CHINESE = f"{HAN}\u3000-\u303f\uff00-\uffef"
_DOUBLE = re.compile("“([^“”\n]*)”")
_SINGLE = re.compile("‘([^‘’\n]*(?:(?<=[A-Za-z])’(?=[A-Za-z])[^‘’\n]*)*)’")
_HAS_CHINESE = re.compile(f"[{_CHINESE}]")


def _corner(marks: str) -> Callable[[re.Match[str]], str]:
    def change(match: re.Match[str]) -> str:
        around = match.string[max(match.start() - 1, 0) : match.start()] + match.string[match.end() : match.end() + 1]
        if _HAS_CHINESE.search(around + match[1]):
            return f"{marks[0]}{match[1]}{marks[1]}"
        return match[0]

    return change
