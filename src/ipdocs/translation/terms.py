"""Export the glossary to terminology tools, import terms from them, and move a glossary of earlier versions to a pack.

A changed term is replaced only on request.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path

from ipdocs.files.csv_table import BOM, parse_csv, write_csv
from ipdocs.files.placing import place_files
from ipdocs.files.reading import decode_utf8, read_bytes
from ipdocs.findings import Finding, IpdocsError, Location, sort_findings
from ipdocs.locale.glossary import FOLDER, GENERAL, KINDS, OLD_FILE, PACKS, Glossary, Term, clear_glossary, glossary
from ipdocs.locale.language import languages
from ipdocs.locale.tables import MAX_BYTES
from ipdocs.source.characters import character_name, forbidden_characters
from ipdocs.translation.formats import tbx
from ipdocs.workspace import Workspace, find_workspace, real_path


@dataclass(frozen=True, slots=True)
class ImportedTerms:
    """The ids of the terms that an import added to a glossary, and the ids of the terms it changed."""

    new: tuple[str, ...]
    changed: tuple[str, ...]


def export_terms(path: Path) -> bytes:
    """Return the terms of a source's workspace, of all packs and domains, as TBX in all languages of the workspace."""
    workspace = find_workspace(path)
    return tbx.write(glossary(workspace), list(languages(workspace)), workspace)


def import_terms(path: Path, file: Path, *, accept: bool = False) -> ImportedTerms:
    """Write the terms of a TBX file into a pack of a glossary.

    New terms, and changed terms of shipped packs, become rows of the pack. Changed terms of another pack of the workspace are
    changed there.

    Args:
        path: the path of the pack, which is a table in locales/glossary/ of a workspace.
        file: the path of the TBX file.
        accept: whether imported terms replace terms of the glossary that differ from them.

    Raises:
        IpdocsError: the file or the glossary is not valid, a term is not valid, or a term differs and `accept` is false.
    """
    workspace = find_workspace(path)
    if workspace.root is None or real_path(path) not in workspace.root.glob(PACKS):
        hint = f"import into a table in {FOLDER}/ of a workspace"
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
            changed_terms[term.id] = {column: imported for column, _, imported in differences}
            findings += _character_findings((imported for _, _, imported in differences), location)
            difference_list = "; ".join(f"{column} {form!r} becomes {imported!r}" for column, form, imported in differences)
            hint = "import with --accept to replace the term"
            findings.append(Finding("term-differs", f"the term '{term.id}' differs: {difference_list}", location, hint))
    if any(finding.code != "term-differs" for finding in findings) or (findings and not accept):
        raise IpdocsError(sort_findings(findings))
    if new_terms or changed_terms:
        _write(real_path(path), new_terms, [(known_terms.terms[name], row) for name, row in changed_terms.items()], workspace)
    return ImportedTerms(tuple(new_terms), tuple(changed_terms))


def move_old_glossary(path: Path) -> Path | None:
    """Move the glossary of earlier versions, in the workspace of a file, to a pack whose terms have the domain general.

    Returns:
        The path of the pack; None if the workspace has no glossary of earlier versions.

    Raises:
        IpdocsError: the glossary is not valid, has a term that another pack has, or cannot be moved. Nothing is changed then.
    """
    workspace = find_workspace(path)
    old = workspace.root / OLD_FILE if workspace.root else None
    if workspace.root is None or old is None or not old.is_file():
        return None
    glossary(workspace)
    text = decode_utf8(read_bytes(old, MAX_BYTES), old, "bad-table", "save the table as CSV UTF-8")
    headings, *rows = (cells for _, cells in parse_csv(text) if cells)
    new_columns = [(name, cell) for name, cell in (("domain", GENERAL), ("source", "")) if name not in headings]
    new_cells = [cell for _, cell in new_columns]
    table = [
        [*headings, *(name for name, _ in new_columns)],
        *([*cells, *[""] * (len(headings) - len(cells)), *new_cells] for cells in rows),
    ]
    names = chain(["office.csv"], (f"office-{number}.csv" for number in count(2)))
    pack = next(path for name in names if not os.path.lexists(path := workspace.root / FOLDER / name))
    place_files({pack: (BOM + write_csv(table, "\r\n" if "\r\n" in text else "\n")).encode()}, [old])
    clear_glossary()
    return pack


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
    for column in ("domain", *languages(workspace), "forbidden"):
        form = {"forbidden": _forbidden_forms(term), "domain": term.domain}.get(column, term.text(column))
        imported = row.get(column, "")
        if column == "forbidden" and set(imported.split("; ")) == set(form.split("; ")):
            continue
        if imported and imported != form:
            yield column, form, imported


def _forbidden_forms(term: Term) -> str:
    return "; ".join(dict.fromkeys(form for code in ("en", "tc") for form in term.forbidden.get(code, ())))


def _write(path: Path, new_rows: dict[str, tbx.Row], changed_terms: list[tuple[Term, tbx.Row]], workspace: Workspace) -> None:
    """Write new rows into a pack, and change rows where they stand; a changed shipped term becomes a row of the pack."""
    added_rows = [
        {**row, "kind": row["kind"] if row.get("kind") in KINDS else "term", "domain": row.get("domain", GENERAL)}
        | {"confidence": "medium"}
        for row in new_rows.values()
    ]
    changed_rows: dict[Path, dict[str, tbx.Row]] = {path: {}}
    for term, row in changed_terms:
        if workspace.root is not None and term.location.path.is_relative_to(workspace.root):
            changed_rows.setdefault(term.location.path, {})[term.id] = row
        else:
            added_rows.append(_cells(term) | row)
    codes = [*languages(workspace)]
    place_files({file: _with_rows(file, rows, added_rows if file == path else [], codes) for file, rows in changed_rows.items()})
    clear_glossary()


def _with_rows(path: Path, changed_rows: dict[str, tbx.Row], added_rows: list[tbx.Row], codes: Sequence[str]) -> bytes:
    """Return a pack with changed and added rows; if no row is changed, its bytes stay the same up to the added rows.

    A language of the workspace that the pack has no column for gets a column, if a row has a form in this language.
    """
    text = read_bytes(path).decode("utf-8")
    newline = "\r\n" if "\r\n" in text else "\n"
    (_, headings), *rows = (row for row in parse_csv(text) if row[1])
    new_columns = [
        code for code in codes if code not in headings and any(row.get(code) for row in (*changed_rows.values(), *added_rows))
    ]
    if changed_rows or new_columns:
        present_rows = [dict(zip(headings, cells, strict=False)) for _, cells in rows]
        merged_rows = [row | changed_rows.get(row.get("id", ""), {}) for row in present_rows]
        headings = [*headings, *new_columns]
        table = [headings, *([row.get(heading, "") for heading in headings] for row in merged_rows)]
        text = BOM * text.startswith(BOM) + write_csv(table, newline)
    text += newline * (bool(added_rows) and not text.endswith("\n"))
    return (text + write_csv([[row.get(heading, "") for heading in headings] for row in added_rows], newline)).encode()


def _cells(term: Term) -> tbx.Row:
    """Return a term as a row; a form that is converted from the tc form stays empty."""
    forms = {code: form for code, form in term.forms.items() if code not in term.derived}
    allowed = "; ".join(dict.fromkeys(form for code in ("en", "tc") for form in term.allowed.get(code, ())))
    columns = {name: str(getattr(term, name)) for name in ("id", "kind", "domain", "confidence", "source", "note")}
    return columns | forms | {"forbidden": _forbidden_forms(term), "allowed": allowed}
