"""Rows of the glossary made from the concepts of other tools."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ipdocs.findings import Finding, Location
from ipdocs.locale.glossary import ADMITTED, KINDS

Row = dict[str, str]
"""A row of the glossary: the text of each cell, keyed by column."""

FormStatus = Literal["preferred", "unstated", "abbreviated", "admitted", "forbidden"]
"""Whether a form of a term is to be used, the best first."""

_RANKS: tuple[FormStatus, ...] = ("preferred", "unstated", "abbreviated", "admitted")
_LANGUAGES_WITH_FORMS = ("en", "tc")
"""The languages whose admitted and forbidden forms the glossary has; those of sc and cn are converted from tc."""
_MAX_ID = 60


@dataclass(frozen=True, slots=True)
class TermForm:
    """A form of a term in a language."""

    language: str
    text: str
    status: FormStatus = "unstated"


def make_row(name: str, forms: Sequence[TermForm], subjects: Iterable[str] = (), source: str = "", note: str = "") -> Row:
    """Return a concept as a row of the glossary.

    The best form of each language is the term. Other right forms are admitted, and deprecated and superseded forms are forbidden.

    Args:
        name: the id of the concept in its file.
        forms: the forms in all languages, in the order of the file.
        subjects: the subject fields, which are the domain and the kind of the term.
        source: the publication that has the term.
        note: the definition and the notes.
    """
    row: Row = {"id": name}
    for subject in subjects:
        if subject in KINDS:
            row["kind"] = subject
        elif domain := re.sub("[^a-z0-9]+", "-", subject.lower()).strip("-0123456789"):
            row.setdefault("domain", domain)
    admitted: list[str] = []
    forbidden: list[str] = []
    for language in dict.fromkeys(form.language for form in forms):
        own_forms = [form for form in forms if form.language == language and form.text]
        right_forms = [form for form in own_forms if form.status != "forbidden"]
        term = min(right_forms, key=lambda form: _RANKS.index(form.status), default=None)
        if term:
            row[language] = term.text
        if language in _LANGUAGES_WITH_FORMS:
            admitted += [form.text for form in right_forms if term and form.text != term.text]
            forbidden += [form.text for form in own_forms if form.status == "forbidden" and (not term or form.text != term.text)]
    cells = {ADMITTED: list_forms(admitted), "forbidden": list_forms(forbidden), "source": source, "note": note}
    return row | {column: cell for column, cell in cells.items() if cell}


def left_out(content: str, path: Path, line: int = 0) -> Finding:
    """Return a warning that a language, a column or a line of a file is left out."""
    hint = "name the language in the file if it is one of this workspace"
    return Finding(
        "terms-left-out", f"{content} is left out: the glossary has no place for it", Location(path, line), hint, "warning"
    )


def list_forms(forms: Iterable[str]) -> str:
    """Return forms as a cell, in which semicolons separate them."""
    return "; ".join(dict.fromkeys(form.replace(";", ",") for form in forms))


def term_id(english: str, number: int, used: Iterable[str]) -> str:
    """Return an id for a term that no other term has: from its English form, or else from its number."""
    letters = unicodedata.normalize("NFKD", english).encode("ascii", "ignore").decode().lower()
    base = re.sub("[^a-z0-9]+", "-", letters.replace("'", "")).strip("-")
    if len(base) > _MAX_ID:
        base = base[:_MAX_ID].rpartition("-")[0] or base[:_MAX_ID]
    base = base or f"term-{number}"
    known_ids, suffix, name = set(used), 1, base
    while name in known_ids:
        suffix += 1
        name = f"{base}-{suffix}"
    return name
