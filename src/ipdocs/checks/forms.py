"""Words and characters of other regions that a language does not use, read from locales/TAG/forms.csv."""

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

_TITLE = re.compile("「[^「」。，；！？]{2,20}」|『[^『』。，；！？]{2,20}』|《[^《》]{2,40}》")
COLUMNS = ("kind", "form", "instead", "unless", "note")


@dataclass(frozen=True)
class Forms:
    """The forms (words or characters of other regions) of one kind that a language does not use.

    Attributes:
        rows: the rows of the table, keyed by form.
        pattern: finds the forms, and also the longer words in the column `unless`, in which a form is right: 著 is wrong, but
            not in 著名. With words in the optional column `followed_by`, a form is wrong only before one of them: 數位 before
            科技, but not before 議員, where it means several. It is None if there are no forms.
    """

    rows: dict[str, TableRow]
    pattern: re.Pattern[str] | None


@cache
def forms(language: Language, kind: str, workspace: Workspace) -> Forms:
    """Return the forms of a kind ("taiwan" or "variant") that a language does not use.

    Raises:
        IpdocsError: a table of forms is invalid.
    """
    rows = {
        row["form"]: row for row in merged_rows(workspace, f"locales/{language.tag}/forms.csv", COLUMNS, lambda row: row["form"])
    }
    rows_of_kind = {form: row for form, row in rows.items() if row["kind"] == kind}
    words = {*rows_of_kind, *(word for row in rows_of_kind.values() for word in row["unless"].split())}
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    patterns = (re.escape(word) + _followed_by(rows_of_kind.get(word)) for word in longest_first)
    return Forms(rows_of_kind, re.compile("|".join(patterns)) if longest_first else None)


def _followed_by(row: TableRow | None) -> str:
    """Return a pattern for the words of which one must follow a form; empty if the column `followed_by` lists none."""
    following = row.cells.get("followed_by", "").split() if row else []
    return f"(?={'|'.join(map(re.escape, following))})" if following else ""


def forms_rule(kind: str) -> Callable[[Passage], Iterator[Violation]]:
    """Return the rule that finds forms of a kind; the violation has a fix if the form has only one replacement."""

    def rule(passage: Passage) -> Iterator[Violation]:
        wrong_forms = forms(passage.language, kind, passage.workspace)
        if not wrong_forms.pattern:
            return
        for match in wrong_forms.pattern.finditer(passage.plain):
            row = wrong_forms.rows.get(match[0]) if match[0] not in passage.language_style.accepted_forms else None
            if row and not _is_in_glossary_term(passage, match) and not (kind == "variant" and _is_in_title(passage, match)):
                replacements = [replacement.strip() for replacement in row["instead"].split(";")]
                hint = f"write {' or '.join(replacements)}" + (f": {row['note']}" if row["note"] else "")
                fix = replacements[0] if len(replacements) == 1 else None
                yield Violation(
                    f"{match[0]} is not used in {passage.language.tag}", (Highlight(passage, *match.span()),), hint, fix
                )

    return rule


def _is_in_title(passage: Passage, match: re.Match[str]) -> bool:
    """Whether a form lies within the title of a work or an event in quotation marks, which its owner spells."""
    opened = max(passage.plain.rfind(mark, 0, match.start()) for mark in "「『《")
    title = _TITLE.match(passage.plain, opened) if opened >= 0 else None
    return title is not None and title.end() > match.start()


def _is_in_glossary_term(passage: Passage, match: re.Match[str]) -> bool:
    """Whether the form lies within a glossary term, which has its own approved form."""
    return any(term.start <= match.start() and match.end() <= term.end for term in passage.terms)
