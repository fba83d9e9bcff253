"""Export the glossary to terminology tools, and import terms from them; a changed term is replaced only on request."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ipdocs.files.csv_table import BOM, parse_csv, write_csv
from ipdocs.files.placing import place_files
from ipdocs.files.reading import read_bytes
from ipdocs.findings import Finding, IpdocsError, Location, sort_findings
from ipdocs.locale.glossary import FILE, KINDS, Glossary, Term, glossary
from ipdocs.locale.language import languages
from ipdocs.source.characters import character_name, forbidden_characters
from ipdocs.translation.formats import tbx
from ipdocs.workspace import Workspace, find_workspace, real_path

_COMPARED_COLUMNS = ("en", "tc", "sc", "cn", "forbidden")


@dataclass(frozen=True, slots=True)
class ImportedTerms:
    """The ids of the terms that an import added to a glossary, and the ids of the terms it changed."""

    new: tuple[str, ...]
    changed: tuple[str, ...]


def export_terms(path: Path) -> bytes:
    """Return the glossary of a source's workspace as TBX, in all languages of the workspace."""
    workspace = find_workspace(path)
    return tbx.write(glossary(workspace), list(languages(workspace)), workspace)


def import_terms(path: Path, file: Path, *, accept: bool = False) -> ImportedTerms:
    """Write the terms of a TBX file into a glossary.

    Args:
        path: the path of the glossary, which is locales/glossary.csv in a workspace.
        file: the path of the TBX file.
        accept: whether imported terms replace terms of the glossary that differ from them.

    Raises:
        IpdocsError: the file or the glossary is not valid, a term is not valid, or a term differs and `accept` is false.
    """
    workspace = find_workspace(path)
    if workspace.root is None or real_path(path) != workspace.root / FILE:
        hint = f"import into the {FILE} of a workspace"
        raise IpdocsError([Finding("no-glossary", f"{path.name!r} is not a glossary", Location(path), hint)])
    known_terms = glossary(workspace)
    rows = tbx.read(file, workspace)
    findings: list[Finding] = []
    new_terms: dict[str, tbx.Row] = {}
    changed_terms: dict[str, tbx.Row] = {}
    for row, line in rows:
        location = Location(file, line)
        term = known_terms.terms.get(row["id"]) or _term_with_same_forms(row, known_terms)
        if term is None:
            findings += _row_findings(row, location)
            new_terms[row["id"]] = row
        elif differences := list(_differences(term, row, workspace)):
            changed_terms[term.id] = row
            findings += _character_findings((imported for _, _, imported in differences), location)
            difference_list = "; ".join(f"{column} {form!r} becomes {imported!r}" for column, form, imported in differences)
            hint = "import with --accept to replace the term"
            findings.append(Finding("term-differs", f"the term '{term.id}' differs: {difference_list}", location, hint))
    if any(finding.code != "term-differs" for finding in findings) or (findings and not accept):
        raise IpdocsError(sort_findings(findings))
    if new_terms or changed_terms:
        _write(path, new_terms, changed_terms, workspace)
    return ImportedTerms(tuple(new_terms), tuple(changed_terms))


def _term_with_same_forms(row: tbx.Row, known_terms: Glossary) -> Term | None:
    """Return the known term that has a row's English and tc forms; other tools assign their own ids."""
    forms = (row.get("en"), row.get("tc"))
    return next((term for term in known_terms.terms.values() if all(forms) and (term.text("en"), term.text("tc")) == forms), None)


def _row_findings(row: tbx.Row, location: Location) -> Iterator[Finding]:
    if not re.fullmatch("[a-z0-9][a-z0-9-]*", row["id"]):
        yield Finding("bad-term", f"{row['id']!r:.60} is not a valid id", location, "write the id in lower case with hyphens")
    if not row.get("tc"):
        yield Finding(
            "bad-term", f"the term {row['id']!r:.60} has no tc form", location, "add the tc form, from which sc and cn are made"
        )
    yield from _character_findings(row.values(), location)


def _character_findings(cells: Iterable[str], location: Location) -> Iterator[Finding]:
    """Yield a finding for each character that is not allowed in a source."""
    for cell in cells:
        for offset, code, _, hint in forbidden_characters(cell):
            yield Finding(code, f"{cell!r:.60} has the character {character_name(cell[offset])}", location, hint)


def _differences(term: Term, row: tbx.Row, workspace: Workspace) -> Iterator[tuple[str, str, str]]:
    """Yield the column, the present form and the imported form for each difference between a term and a row."""
    for column in _COMPARED_COLUMNS:
        form = _forbidden_forms(term) if column == "forbidden" else term.text(column)
        imported = row.get(column, "")
        if column == "forbidden" and set(imported.split("; ")) == set(form.split("; ")):
            continue
        if imported and imported != form and (column == "forbidden" or column in languages(workspace)):
            yield column, form, imported


def _forbidden_forms(term: Term) -> str:
    return "; ".join(dict.fromkeys(form for code in ("en", "tc") for form in term.forbidden.get(code, ())))


def _write(path: Path, new_rows: dict[str, tbx.Row], changed_rows: dict[str, tbx.Row], workspace: Workspace) -> None:
    """Append new rows, and change existing rows in place; if no existing row changes, the existing bytes stay the same."""
    text = read_bytes(path).decode("utf-8")
    newline = "\r\n" if "\r\n" in text else "\n"
    (_, headings), *rows = (row for row in parse_csv(text) if row[1])
    if changed_rows:
        present_rows = [dict(zip(headings, cells, strict=False)) for _, cells in rows]
        merged_rows = [row | _compared_columns(changed_rows.get(row.get("id", ""), {})) for row in present_rows]
        table = [headings, *([row.get(heading, "") for heading in headings] for row in merged_rows)]
        text = BOM * text.startswith(BOM) + write_csv(table, newline)
    added_rows = [
        {**row, "kind": row["kind"] if row.get("kind") in KINDS else "term", "confidence": "medium"} for row in new_rows.values()
    ]
    text += newline * (bool(added_rows) and not text.endswith("\n"))
    text += write_csv([[row.get(heading, "") for heading in headings] for row in added_rows], newline)
    place_files({path.resolve(): text.encode()})
    glossary.cache_clear()


def _compared_columns(row: tbx.Row) -> tbx.Row:
    return {column: form for column, form in row.items() if column in _COMPARED_COLUMNS}
