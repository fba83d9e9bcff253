"""The glossary: names and terms with one form for each language, and the forms that are forbidden."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from ipdocs.findings import Finding, Location, raise_errors
from ipdocs.locale.conversion.engine import engine
from ipdocs.locale.conversion.phrases import Phrases
from ipdocs.locale.tables import TableRow, merged_rows
from ipdocs.workspace import Workspace

FILE = "locales/glossary.csv"
COLUMNS = ("id", "kind", "en", "tc", "sc", "cn", "forbidden", "allowed", "confidence", "note")
KINDS = ("term", "organisation", "person", "place", "work")
_OTHER_COLUMNS = ("id", "kind", "forbidden", "allowed", "confidence", "note")
CONFIDENCE = ("high", "medium", "low")


@dataclass(frozen=True, slots=True)
class Term:
    """A name or term in each language; empty forms in sc and cn are derived from tc by converting the script only."""

    id: str
    kind: str
    forms: Mapping[str, str]
    derived: frozenset[str]
    forbidden: Mapping[str, tuple[str, ...]]
    allowed: Mapping[str, tuple[str, ...]]
    confidence: str
    note: str
    location: Location

    def text(self, code: str) -> str:
        """Return the form in a language (by code), or an empty string."""
        return self.forms.get(code, "")


@dataclass(frozen=True, slots=True)
class Match:
    """An occurrence of a term, or of a forbidden form of it, in a text."""

    term: Term
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Glossary:
    """All terms by id, with search in plain text."""

    terms: Mapping[str, Term]
    _searches: dict[tuple[str, str], tuple[Phrases, dict[str, Term]]] = field(default_factory=dict, compare=False)

    def term(self, name: str) -> Term:
        """Return the term with an id.

        Raises:
            KeyError: there is no such term.
        """
        return self.terms[name]

    def find(self, text: str, language: str) -> list[Match]:
        """Return the terms in a text of a language (by code), from left to right; of overlapping terms the longest."""
        return self._matches("terms", text, language)

    def forbidden(self, text: str, language: str) -> list[Match]:
        """Return the forbidden forms in a text, such as 專家組 for 專責小組; `Match.term` has the right form."""
        return self._matches("forbidden", text, language)

    def _matches(self, kind: str, text: str, language: str) -> list[Match]:
        phrases, terms = self._search(kind, language)
        matches = []
        for start, end in phrases.find(text):
            word = text[start:end]
            if word in terms and (language != "en" or _is_whole_word(text, start, end)):
                matches.append(Match(terms[word], start, end, word))
        return matches

    def _search(self, kind: str, language: str) -> tuple[Phrases, dict[str, Term]]:
        """Return the phrases to look for, including allowed ones, and the terms of those to report."""
        if (kind, language) not in self._searches:
            terms: dict[str, Term] = {}
            allowed: list[str] = []
            for term in self.terms.values():
                forms = (term.text(language),) if kind == "terms" else term.forbidden.get(language, ())
                terms = dict.fromkeys(_spellings(forms, language), term) | terms
                allowed += term.allowed.get(language, ()) if kind == "forbidden" else ()
            self._searches[kind, language] = Phrases([*terms, *allowed]), terms
        return self._searches[kind, language]


def _spellings(forms: Iterable[str], language: str) -> list[str]:
    """Return the forms as they appear in text: English ones also with a capital, as at the start of a sentence."""
    spellings = [form for form in forms if form]
    return [*spellings, *(form[0].upper() + form[1:] for form in spellings if language == "en")]


def _is_whole_word(text: str, start: int, end: int) -> bool:
    """Whether a span is not part of a longer word."""
    return not any(character.isalnum() for character in text[max(start - 1, 0) : start] + text[end : end + 1])


@cache
def glossary(workspace: Workspace) -> Glossary:
    """Return the glossary of locales/glossary.csv; rows of a workspace replace shipped rows with the same id."""
    rows = merged_rows(workspace, FILE, COLUMNS, lambda row: row["id"])
    raise_errors(problem for row in rows for problem in _problems(row))
    return Glossary({row["id"]: _term(row, workspace) for row in rows})


def _problems(row: TableRow) -> Iterator[Finding]:
    if not row["id"]:
        yield Finding("bad-term", "the row has no id", row.location, "write an id in lower case with hyphens")
    if row["kind"] not in KINDS:
        yield Finding("bad-term", f"there is no kind {row['kind']!r}", row.location, f"use one of {', '.join(KINDS)}")
    if row["confidence"] not in CONFIDENCE:
        hint = f"use one of {', '.join(CONFIDENCE)}"
        yield Finding("bad-term", f"there is no confidence {row['confidence']!r}", row.location, hint)
    if not row["tc"]:
        yield Finding("bad-term", f"{row['id']!r} has no tc form", row.location, "write it; sc and cn are derived from it")


def _term(row: TableRow, workspace: Workspace) -> Term:
    derived = frozenset(code for code in ("sc", "cn") if not row[code])
    forms = {code: text for code, text in row.cells.items() if code not in _OTHER_COLUMNS}
    forms |= {code: engine("tc", code, workspace).convert(row["tc"], words=False) for code in derived}
    allowed = _by_language(row["allowed"], workspace)
    forbidden = {
        code: tuple(form for form in listed if form not in (*allowed[code], forms[code]))
        for code, listed in _by_language(row["forbidden"], workspace).items()
    }
    return Term(row["id"], row["kind"], forms, derived, forbidden, allowed, row["confidence"], row["note"], row.location)


def _by_language(cell: str, workspace: Workspace) -> dict[str, tuple[str, ...]]:
    """Return the forms in a cell, separated by semicolons, by language; a form in Latin letters is English."""
    forms = [form.strip() for form in cell.split(";") if form.strip()]
    chinese = tuple(form for form in forms if not form.isascii())
    simplified = {
        code: tuple(engine("tc", code, workspace).convert(form, words=False) for form in chinese) for code in ("sc", "cn")
    }
    return {"en": tuple(form for form in forms if form.isascii()), "tc": chinese, **simplified}
