"""Proper names that may replace each other: names from the glossary, and places from locales/memory/names.csv."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from ipdocs.locale.conversion.phrases import Phrases
from ipdocs.locale.glossary import Term, glossary
from ipdocs.locale.tables import merged_rows
from ipdocs.workspace import Workspace

FILE = "locales/memory/names.csv"
COLUMNS = ("kind", "en", "tc", "short")
# Kinds of terms that are proper names.
KINDS = ("place", "organisation", "person", "work")
# Words before and after a name that may make it part of a longer name.
_BEFORE = re.compile(r"(?:(?P<word>[A-Z][\w'’]*)(?: of| and| &)? |[/-]|\b[Tt]he )$")
_AFTER = re.compile(r"(?: (?:and |& )?[A-Z]|[/-]|['’]s? [A-Z])")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;]['\"”’)]* |[\"“(])\Z")
# Words that start a sentence with a capital letter, but are not part of the name that follows.
_OPENING_WORDS = {"In", "At", "From", "For", "Throughout", "Across", "Within", "Outside", "Near", "Since", "While", "When", "If"}


@dataclass(frozen=True, slots=True)
class ProperName:
    """A proper name, identified by its kind and its Chinese form, because it may have several English forms."""

    kind: str
    chinese: str


@dataclass(frozen=True)
class ProperNames:
    """The proper names of a workspace.

    Attributes:
        searches: a search for the forms of all names, and the name for each form, keyed by language code.
        english: the English forms of each name.
        abbreviations: the Chinese character that may abbreviate each name, such as 粵 for 廣東.
    """

    searches: Mapping[str, tuple[Phrases, Mapping[str, ProperName]]]
    english: Mapping[ProperName, tuple[str, ...]]
    abbreviations: Mapping[ProperName, str]

    def find(self, text: str, language: str) -> Iterator[tuple[int, int, ProperName]]:
        """Yield the start, end and name for each name in a text.

        In English, names that follow an article or are part of a longer name are skipped.
        """
        if language not in self.searches:
            return
        phrases, names = self.searches[language]
        for start, end in phrases.find(text):
            if language != "en" or not _is_part_of_longer_name(text, start, end):
                yield start, end, names[text[start:end]]

    def mentions(self, text: str, language: str) -> set[ProperName]:
        """Return the names in a text, including parts of longer names and names with an article."""
        phrases, names = self.searches[language]
        return {names[text[start:end]] for start, end in phrases.find(text)}

    def single_form(self, name: ProperName, language: str) -> str | None:
        """Return the only form of a name in a language; None if the name has no form or several."""
        forms = (name.chinese,) if language == "tc" else self.english.get(name, ())
        return forms[0] if len(forms) == 1 else None


def _is_part_of_longer_name(text: str, start: int, end: int) -> bool:
    """Whether an English name may be part of a word or of a longer name (Hong Kong Customs), or follows an article."""
    if text[max(start - 1, 0) : start].isalnum() or text[end : end + 1].isalnum() or _AFTER.match(text, end):
        return True
    before = _BEFORE.search(text[max(start - 40, 0) : start])
    if not before:
        return False
    starts_sentence = _SENTENCE_START.search(text[: max(start - 40, 0) + before.start()])
    return not (before["word"] in _OPENING_WORDS and starts_sentence)


def _is_name(term: Term) -> bool:
    return term.kind in KINDS and term.confidence != "low" and bool(term.text("en") and term.text("tc"))


@cache
def proper_names(workspace: Workspace) -> ProperNames:
    """Return the proper names of a workspace, without glossary terms of low confidence."""
    places = merged_rows(workspace, FILE, COLUMNS, lambda row: row["en"])
    abbreviations = {ProperName(row["kind"], row["tc"]): row["short"] for row in places if row["short"]}
    rows = [(row["kind"], row["en"], row["tc"]) for row in places]
    rows += [(term.kind, term.text("en"), term.text("tc")) for term in glossary(workspace).terms.values() if _is_name(term)]
    english: dict[ProperName, list[str]] = defaultdict(list)
    by_form: dict[str, dict[str, ProperName]] = {"en": {}, "tc": {}}
    for kind, english_form, chinese in rows:
        name = by_form["tc"].setdefault(chinese, ProperName(kind, chinese))
        by_form["en"].setdefault(english_form, name)
        if english_form not in english[name]:
            english[name].append(english_form)
    searches = {language: (Phrases(names), names) for language, names in by_form.items()}
    return ProperNames(searches, {name: tuple(forms) for name, forms in english.items()}, abbreviations)
