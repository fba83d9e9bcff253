"""Names that may take each other's place: those of the glossary, and the places of locales/memory/names.csv."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from ipdocs.locale.conversion.phrases import Phrases
from ipdocs.locale.glossary import Term, glossary
from ipdocs.locale.tables import merged
from ipdocs.workspace import Workspace

FILE = "locales/memory/names.csv"
COLUMNS = ("kind", "en", "tc", "short")
# Kinds of term that name one thing and no other.
KINDS = ("place", "organisation", "person", "work")
_BEFORE = re.compile(r"(?:(?P<word>[A-Z][\w'’]*)(?: of| and| &)? |[/-]|\b[Tt]he )$")
_AFTER = re.compile(r"(?: (?:and |& )?[A-Z]|[/-]|['’]s? [A-Z])")
_OPENS = re.compile(r"(?:^|[.!?:;]['\"”’)]* |[\"“(])\Z")
_PREPOSITIONS = {"In", "At", "From", "For", "Throughout", "Across", "Within", "Outside", "Near", "Since", "While", "When", "If"}


@dataclass(frozen=True, slots=True)
class ProperName:
    """What a name stands for: its kind, and as its identity its Chinese form, for English may have several."""

    kind: str
    chinese: str


@dataclass(frozen=True)
class ProperNames:
    """All names, a search for them in text of a language (by short name), and the one character Chinese may say for them."""

    searches: Mapping[str, tuple[Phrases, Mapping[str, ProperName]]]
    english: Mapping[ProperName, tuple[str, ...]]
    abbreviations: Mapping[ProperName, str]

    def find(self, text: str, language: str) -> Iterator[tuple[int, int, ProperName]]:
        """Yield the names in a text with their spans; in English those alone that are whole names and have no article."""
        if language not in self.searches:
            return
        phrases, names = self.searches[language]
        for start, end in phrases.find(text):
            if language != "en" or not _in_longer_name(text, start, end):
                yield start, end, names[text[start:end]]

    def mentions(self, text: str, language: str) -> set[ProperName]:
        """Return the names that stand in a text, parts of longer names and names with an article too."""
        phrases, known = self.searches[language]
        return {known[text[start:end]] for start, end in phrases.find(text)}

    def single_form(self, name: ProperName, language: str) -> str | None:
        """Return a name in a language, or None where it has no single one."""
        forms = (name.chinese,) if language == "tc" else self.english.get(name, ())
        return forms[0] if len(forms) == 1 else None


def _in_longer_name(text: str, start: int, end: int) -> bool:
    """Whether an English name may be part of a word or a longer name (Hong Kong Customs), or has an article."""
    if text[max(start - 1, 0) : start].isalnum() or text[end : end + 1].isalnum() or _AFTER.match(text, end):
        return True
    before = _BEFORE.search(text[max(start - 40, 0) : start])
    if not before:
        return False
    opens = _OPENS.search(text[: max(start - 40, 0) + before.start()])
    return not (before["word"] in _PREPOSITIONS and opens)


def _is_name(term: Term) -> bool:
    return term.kind in KINDS and term.confidence != "low" and bool(term.text("en") and term.text("tc"))


@cache
def proper_names(workspace: Workspace) -> ProperNames:
    """Return the names of a workspace: what is low in confidence is left out, for it would be put into translations."""
    places = merged(workspace, FILE, COLUMNS, lambda row: row["en"])
    shorts = {ProperName(row["kind"], row["tc"]): row["short"] for row in places if row["short"]}
    rows = [(row["kind"], row["en"], row["tc"]) for row in places]
    rows += [(term.kind, term.text("en"), term.text("tc")) for term in glossary(workspace).terms.values() if _is_name(term)]
    english: dict[ProperName, list[str]] = defaultdict(list)
    by_form: dict[str, dict[str, ProperName]] = {"en": {}, "tc": {}}
    for kind, in_english, chinese in rows:
        name = by_form["tc"].setdefault(chinese, ProperName(kind, chinese))
        by_form["en"].setdefault(in_english, name)
        if in_english not in english[name]:
            english[name].append(in_english)
    searches = {language: (Phrases(found), found) for language, found in by_form.items()}
    return ProperNames(searches, {name: tuple(forms) for name, forms in english.items()}, shorts)
