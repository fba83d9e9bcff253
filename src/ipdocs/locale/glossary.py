"""The glossary: names and terms with one form for each language, and with forbidden forms.

The packs in locales/glossary/ contain the terms. Each term has a domain, such as general or ip; checks demand a term only in
documents of its domain. The domains of a document are its kind, the domains of its workspace, and those that its source lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from ipdocs.files.yaml import DataRecord, locate, read_record
from ipdocs.findings import Finding, Location, nearest, raise_errors
from ipdocs.locale.conversion.engine import engine
from ipdocs.locale.conversion.phrases import Phrases
from ipdocs.locale.tables import TableRow, merged_tables, read_table
from ipdocs.workspace import Workspace

FOLDER = "locales/glossary"
PACKS = f"{FOLDER}/*.csv"
"""The files with terms. A pack of a workspace may have any name."""
DOMAINS_FILE = f"{FOLDER}/domains.yaml"
OLD_FILE = "locales/glossary.csv"
"""The glossary of a workspace made for earlier versions; `ipdocs format` moves it to `FOLDER`."""
GENERAL = "general"
"""The domain of terms that every office uses."""
OLD_COLUMNS = ("id", "kind", "en", "tc", "sc", "cn", "forbidden", "allowed", "confidence", "note")
COLUMNS = ("id", "kind", "domain", "en", "tc", "sc", "cn", "forbidden", "allowed", "confidence", "source", "note")
KINDS = ("term", "organisation", "post", "legislation", "person", "place", "work")
"""The kinds of entry; every kind except "term" is a kind of name."""
ADMITTED = "admitted"
"""The column with other right forms, which a table may leave out."""
_COLUMNS_WITHOUT_FORMS = frozenset((*COLUMNS, ADMITTED)) - {"en", "tc", "sc", "cn"}
CONFIDENCE = ("high", "medium", "low")
"""The levels of confidence in an entry, the highest first."""


@dataclass(frozen=True, slots=True)
class Term:
    """A name or term in each language.

    Attributes:
        kind: one of `KINDS`.
        domain: the domain that the term belongs to.
        forms: the form in each language, keyed by language code.
        derived: the codes of the languages whose form is converted from the tc form, because the row does not state it.
        forbidden: the forms that texts must not contain, keyed by language code.
        allowed: longer words that are right although they contain a forbidden form, keyed by language code.
        admitted: other forms that are right, keyed by language code.
        confidence: one of `CONFIDENCE`.
        source: the publication that has the term; empty if the row does not name one.
    """

    id: str
    kind: str
    domain: str
    forms: Mapping[str, str]
    derived: frozenset[str]
    forbidden: Mapping[str, tuple[str, ...]]
    allowed: Mapping[str, tuple[str, ...]]
    admitted: Mapping[str, tuple[str, ...]]
    confidence: str
    source: str
    note: str
    location: Location

    def text(self, code: str) -> str:
        """Return the form in the language with a code, or an empty string if there is none."""
        return self.forms.get(code, "")


@dataclass(frozen=True, slots=True)
class Match:
    """An occurrence of a term, or of one of its forbidden forms, in a text."""

    term: Term
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Glossary:
    """All terms, keyed by id, with search in plain text."""

    terms: Mapping[str, Term]
    # the results of `_phrases_and_terms`, keyed by its arguments
    _search_cache: dict[tuple[str, str], tuple[Phrases, dict[str, Term]]] = field(default_factory=dict, compare=False)

    def term(self, name: str) -> Term:
        """Return the term with an id.

        Raises:
            KeyError: there is no such term.
        """
        return self.terms[name]

    def within(self, domains: frozenset[str]) -> Glossary:
        """Return the terms of some domains."""
        return Glossary({term.id: term for term in self.terms.values() if term.domain in domains})

    def find(self, text: str, language: str) -> list[Match]:
        """Return the terms in a text, from left to right; of several terms at the same offset, only the longest is returned.

        Args:
            text: the text to search.
            language: the language code of the text.
        """
        return self._matches("terms", text, language)

    def find_forbidden(self, text: str, language: str) -> list[Match]:
        """Return the forbidden forms in a text, such as 專家組 for 專責小組; `Match.term` is the term with the right form."""
        return self._matches("forbidden", text, language)

    def _matches(self, kind: str, text: str, language: str) -> list[Match]:
        phrases, terms = self._phrases_and_terms(kind, language)
        matches = []
        for start, end in phrases.find(text):
            phrase = text[start:end]
            if phrase in terms and (language != "en" or _is_whole_word(text, start, end)):
                matches.append(Match(terms[phrase], start, end, phrase))
        return matches

    def _phrases_and_terms(self, kind: str, language: str) -> tuple[Phrases, dict[str, Term]]:
        """Return the phrases to look for, and the term of each phrase, keyed by the phrase.

        Allowed phrases have no term: they are found only so that forbidden forms within them are not reported.
        """
        if (kind, language) not in self._search_cache:
            terms: dict[str, Term] = {}
            allowed: list[str] = []
            for term in self.terms.values():
                forms = (term.text(language),) if kind == "terms" else term.forbidden.get(language, ())
                terms = dict.fromkeys(_spellings(forms, language), term) | terms  # the first term with a form takes precedence
                if kind == "forbidden":
                    allowed += (*term.allowed.get(language, ()), *term.admitted.get(language, ()))
            self._search_cache[kind, language] = Phrases([*terms, *allowed]), terms
        return self._search_cache[kind, language]


def _spellings(forms: Iterable[str], language: str) -> list[str]:
    """Return the forms that may occur in texts: in English also with a capital letter, in Chinese with either quotation marks."""
    spellings = [form for form in forms if form]
    if language == "en":
        return [*spellings, *(form[0].upper() + form[1:] for form in spellings)]
    return [*spellings, *(variant for form in spellings for variant in _with_either_marks(form) if variant != form)]


_CORNER_MARKS, _CURLY_MARKS = "「」『』", "“”‘’"


def with_corner_marks(text: str) -> str:
    """Return a Chinese text with 「」 and 『』 for “ ” and ‘ ’, to compare texts of different house styles."""
    return text.translate(str.maketrans(_CURLY_MARKS, _CORNER_MARKS))


def _with_either_marks(text: str) -> tuple[str, str]:
    return with_corner_marks(text), text.translate(str.maketrans(_CORNER_MARKS, _CURLY_MARKS))


def _is_whole_word(text: str, start: int, end: int) -> bool:
    """Whether a span is not part of a longer word."""
    return not any(character.isalnum() for character in text[max(start - 1, 0) : start] + text[end : end + 1])


@cache
def glossary(workspace: Workspace) -> Glossary:
    """Return the terms of all packs; rows of a workspace replace shipped rows with the same id.

    Raises:
        IpdocsError: a pack is not a valid table, a row is not a valid term, or two rows of a workspace have the same id.
    """
    rows = merged_tables([_tables(root) for root in reversed(workspace.roots)], lambda row: row["id"])
    raise_errors(finding for row in rows for finding in _row_findings(row))
    return Glossary({row["id"]: _term(row, workspace) for row in rows})


@cache
def glossary_in(workspace: Workspace, domains: frozenset[str]) -> Glossary:
    """Return the terms of a workspace's glossary that belong to some domains."""
    return glossary(workspace).within(domains)


def clear_glossary() -> None:
    """Read the packs again at the next use, after a change of their files."""
    for function in (glossary, glossary_in, workspace_domains):
        function.cache_clear()


def _tables(root: Path) -> Iterator[list[TableRow]]:
    """Yield the rows of each pack below a root, and of a glossary for earlier versions, all of whose terms are general."""
    for path in sorted(root.glob(PACKS)):
        if path.is_file():
            yield read_table(path, COLUMNS)
    if (old := root / OLD_FILE).is_file():
        yield [TableRow({"domain": GENERAL, "source": ""} | row.cells, row.location) for row in read_table(old, OLD_COLUMNS)]


def old_glossary_findings(workspace: Workspace) -> Iterator[Finding]:
    """Yield a warning if a workspace still has the glossary of earlier versions, which is read like a pack."""
    if workspace.root and (path := workspace.root / OLD_FILE).is_file():
        message = f"{OLD_FILE} is from an earlier version: its terms have no domain, and apply to every document"
        hint = f"run `ipdocs format {OLD_FILE}`, which moves it to {FOLDER}/"
        yield Finding("old-glossary", message, Location(path, 1, 1), hint, "warning")


class _Domains(DataRecord):
    """The content of domains.yaml: the domains that every document of a workspace belongs to."""

    domains: tuple[str, ...]


@cache
def workspace_domains(workspace: Workspace) -> frozenset[str]:
    """Return the domains that every document of a workspace belongs to, as domains.yaml lists them.

    Raises:
        IpdocsError: the file is not valid, or names a domain that no term has.
    """
    path = workspace.find(DOMAINS_FILE)
    if path is None:
        return frozenset({GENERAL})
    domains = read_record(path, _Domains).domains
    locations = ((domain, locate(path, ["domains", index])) for index, domain in enumerate(domains))
    raise_errors(finding for domain, location in locations for finding in unknown_domain_findings(domain, location, workspace))
    return frozenset(domains)


def unknown_domain_findings(domain: str, location: Location | None, workspace: Workspace) -> Iterator[Finding]:
    """Yield a finding if no term of a workspace has a domain."""
    known_domains = {GENERAL, *(term.domain for term in glossary(workspace).terms.values())}
    if domain not in known_domains:
        similar = nearest(domain, sorted(known_domains))
        hint = f"did you mean {similar}?" if similar else f"the domains are {', '.join(sorted(known_domains))}"
        yield Finding("unknown-domain", f"no term of the glossary has the domain '{domain:.60}'", location, hint)


def _row_findings(row: TableRow) -> Iterator[Finding]:
    if not row["id"]:
        yield Finding("bad-term", "the row has no id", row.location, "write an id in lower case with hyphens")
    if row["kind"] not in KINDS:
        yield Finding("bad-term", f"{row['kind']!r} is not a kind of term", row.location, f"use one of {', '.join(KINDS)}")
    if not re.fullmatch("[a-z][a-z0-9-]*", row["domain"]):
        message = f"{row['domain']!r:.60} is not a domain" if row["domain"] else f"{row['id']!r} has no domain"
        hint = f"write {GENERAL}, or the domain of a trade in lower case, such as ip"
        yield Finding("bad-term", message, row.location, hint)
    if row["confidence"] not in CONFIDENCE:
        hint = f"use one of {', '.join(CONFIDENCE)}"
        yield Finding("bad-term", f"{row['confidence']!r} is not a level of confidence", row.location, hint)
    if not row["tc"]:
        yield Finding(
            "bad-term", f"{row['id']!r} has no tc form", row.location, "write the tc form, from which sc and cn are derived"
        )


def _term(row: TableRow, workspace: Workspace) -> Term:
    derived = frozenset(code for code in ("sc", "cn") if not row[code])
    forms = {code: text for code, text in row.cells.items() if code not in _COLUMNS_WITHOUT_FORMS}
    forms |= {code: engine("tc", code, workspace).convert(row["tc"], change_words=False) for code in derived}
    allowed = _forms_by_language(row["allowed"], workspace)
    admitted = _forms_by_language(row.cells.get(ADMITTED, ""), workspace)
    forbidden = {
        code: tuple(form for form in listed_forms if form not in (*allowed[code], *admitted[code], forms[code]))
        for code, listed_forms in _forms_by_language(row["forbidden"], workspace).items()
    }
    return Term(
        id=row["id"],
        kind=row["kind"],
        domain=row["domain"],
        forms=forms,
        derived=derived,
        forbidden=forbidden,
        allowed=allowed,
        admitted=admitted,
        confidence=row["confidence"],
        source=row["source"],
        note=row["note"],
        location=row.location,
    )


def _forms_by_language(cell: str, workspace: Workspace) -> dict[str, tuple[str, ...]]:
    """Return the forms in a cell, keyed by language code; semicolons separate forms, and ASCII forms are English."""
    forms = [form.strip() for form in cell.split(";") if form.strip()]
    chinese = tuple(form for form in forms if not form.isascii())
    simplified = {
        code: tuple(engine("tc", code, workspace).convert(form, change_words=False) for form in chinese) for code in ("sc", "cn")
    }
    return {"en": tuple(form for form in forms if form.isascii()), "tc": chinese, **simplified}
