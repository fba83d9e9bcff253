"""Words and characters that a language writes otherwise than its neighbours: locales/TAG/forms.csv."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.locale.language import Language
from ipdocs.locale.tables import TableRow, merged_rows
from ipdocs.workspace import Workspace

COLUMNS = ("kind", "form", "instead", "unless", "note")


@dataclass(frozen=True)
class Forms:
    """The forms of one kind that a language does not use, by themselves, and one pattern that finds them.

    What stands under `unless` is found first and passed over: 著 is 着, but not in 著名.
    """

    rows: dict[str, TableRow]
    pattern: re.Pattern[str] | None


@cache
def forms(language: Language, kind: str, workspace: Workspace) -> Forms:
    """Return the forms of a kind ("taiwan", "variant") that a language does not use."""
    rows = {
        row["form"]: row for row in merged_rows(workspace, f"locales/{language.tag}/forms.csv", COLUMNS, lambda row: row["form"])
    }
    chosen = {form: row for form, row in rows.items() if row["kind"] == kind}
    words = {*chosen, *(word for row in chosen.values() for word in row["unless"].split())}
    longest = sorted(words, key=lambda word: (-len(word), word))
    return Forms(chosen, re.compile("|".join(map(re.escape, longest))) if longest else None)


def forms_of(kind: str) -> Callable[[Passage], Iterator[Violation]]:
    """Return the rule that finds forms of a kind; one right form instead can be put in."""

    def rule(passage: Passage) -> Iterator[Violation]:
        found = forms(passage.language, kind, passage.workspace)
        if not found.pattern:
            return
        for match in found.pattern.finditer(passage.plain):
            row = found.rows.get(match[0])
            if row and not _is_name(passage, match):
                choices = [choice.strip() for choice in row["instead"].split(";")]
                hint = f"write {' or '.join(choices)}" + (f": {row['note']}" if row["note"] else "")
                only = choices[0] if len(choices) == 1 else None
                yield Violation(
                    f"{match[0]} is not how {passage.language.tag} writes it", (Highlight(passage, *match.span()),), hint, only
                )

    return rule


def _is_name(passage: Passage, match: re.Match[str]) -> bool:
    """Whether it stands within a term of the glossary, whose form somebody decided."""
    return any(term.start <= match.start() and match.end() <= term.end for term in passage.terms)
