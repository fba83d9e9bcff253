"""English codes and the Chinese words for them, such as G20 and 二十國集團: the table locales/counterparts.csv."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from ipdocs.findings import Finding, raise_errors
from ipdocs.locale.conversion.engine import engine
from ipdocs.locale.tables import TableRow, merged_rows
from ipdocs.workspace import Workspace

FILE = "locales/counterparts.csv"
COLUMNS = ("english", "chinese", "note")
_BRACES = re.compile(r"\{([^{}]*)\}")
_RANGE = re.compile("n|([1-9])-([1-9])")
_NUMERAL = "[一二三四五六七八九十]{1,3}|[0-9]{1,3}"


@dataclass(frozen=True, eq=False)
class Counterpart:
    """A row of the table; its patterns, whose groups are the number in the code or words, are compiled at first use."""

    row: TableRow
    workspace: Workspace

    @cached_property
    def english(self) -> re.Pattern[str]:
        """The pattern of the English codes."""
        return re.compile(_english_pattern(self.row))

    @cached_property
    def chinese(self) -> re.Pattern[str]:
        """The pattern of the Chinese words, in both scripts."""
        return re.compile(_chinese_pattern(self.row, self.workspace))


@dataclass(frozen=True, slots=True)
class Counterparts:
    """All rows of the table, and a pattern that finds any of the English codes."""

    rows: tuple[Counterpart, ...]
    any_code: re.Pattern[str]


@cache
def read_counterparts(workspace: Workspace) -> Counterparts:
    """Return the shipped rows of the table, and those of a workspace, which replace shipped rows with the same English codes.

    Raises:
        IpdocsError: the table is not valid, or a row has no codes, no Chinese words or a number on one side only.
    """
    rows = merged_rows(workspace, FILE, COLUMNS, lambda row: row["english"])
    raise_errors(finding for row in rows for finding in _row_findings(row))
    codes = "|".join(map(_english_pattern, rows))
    return Counterparts(tuple(Counterpart(row, workspace) for row in rows), re.compile(codes or "(?!)"))


def _forms(cell: str) -> list[str]:
    return [form.strip() for form in cell.split(";") if form.strip()]


def _row_findings(row: TableRow) -> Iterator[Finding]:
    forms = {column: _forms(row[column]) for column in ("english", "chinese")}
    for column in (column for column, listed_forms in forms.items() if not listed_forms):
        hint = f"write the {column.capitalize()} forms, separated by ;"
        yield Finding("bad-counterpart", f"the row has nothing in the column {column!r}", row.location, hint)
    all_forms = [*forms["english"], *forms["chinese"]]
    findings = [finding for form in all_forms for finding in _form_findings(form, row)]
    yield from findings
    if not findings and len({bool(_BRACES.search(form)) for form in all_forms}) > 1:
        hint = "write {n} for the number in every form of the row, or in none"
        yield Finding("bad-counterpart", "only some forms of the row have a number", row.location, hint)


def _form_findings(form: str, row: TableRow) -> Iterator[Finding]:
    numbers = _BRACES.findall(form)
    if len(numbers) > 1 or any(brace in _BRACES.sub("", form) for brace in "{}"):
        yield Finding(
            "bad-counterpart", f"{form!r:.60} has braces that are no number", row.location, "write {n} once in each form"
        )
    elif numbers and not _is_number(numbers[0]):
        hint = "write {n} for any number, or a range of two figures, such as {1-6}"
        yield Finding("bad-counterpart", f"{{{numbers[0]:.60}}} is not a number", row.location, hint)
    elif not _BRACES.sub("", form).strip(" ."):
        yield Finding("bad-counterpart", f"{form!r:.60} has no word", row.location, "write the words around the number")


def _is_number(text: str) -> bool:
    """Whether the text in braces stands for any number, or for a range of figures from a smaller to a larger one."""
    match = _RANGE.fullmatch(text)
    return match is not None and (text == "n" or match[1] < match[2])


def _english_pattern(row: TableRow) -> str:
    forms = sorted(_forms(row["english"]), key=len, reverse=True)  # CO2-e before CO2, which it contains
    codes = "|".join(_form_pattern(form, "[0-9]{1,3}") for form in forms)
    return f"(?<![A-Za-z0-9])(?:{codes})(?![A-Za-z0-9])"


def _chinese_pattern(row: TableRow, workspace: Workspace) -> str:
    forms = _forms(row["chinese"])
    simplified = [engine("tc", "sc", workspace).convert(form, change_words=False) for form in forms]
    return "|".join(_form_pattern(form, _NUMERAL) for form in dict.fromkeys([*forms, *simplified]))


def _form_pattern(form: str, numeral: str) -> str:
    """Return the pattern of a form: a space is optional, and the number is a group."""
    before, _, after = _BRACES.sub("{}", form).partition("{}")
    texts = [re.escape(text).replace(r"\ ", " ?") for text in (before, after)]
    number = _BRACES.search(form)
    if number is None:
        return texts[0]
    limits = _RANGE.fullmatch(number[1])
    figures = f"[{limits[1]}-{limits[2]}]" if limits and limits[1] else numeral
    return f"{texts[0]}({figures}){texts[1]}"
