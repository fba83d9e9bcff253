"""Export the glossary to terminology tools, import terms from them, and move a glossary of earlier versions to a pack.

A changed term is replaced only on request. New terms get an id from their English form.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path

from ipdocs.files.csv_table import BOM, find_delimiter, parse_csv, write_csv
from ipdocs.files.placing import place_files
from ipdocs.files.reading import decode_utf8, read_bytes, unusable_file
from ipdocs.findings import Finding, IpdocsError, Location, nearest, sort_findings
from ipdocs.locale.conversion.characters import characters
from ipdocs.locale.glossary import (
    ADMITTED,
    COLUMNS,
    FOLDER,
    GENERAL,
    KINDS,
    OLD_FILE,
    PACKS,
    Glossary,
    Term,
    clear_glossary,
    glossary,
)
from ipdocs.locale.language import languages
from ipdocs.locale.stated_language import is_taiwan_tag
from ipdocs.locale.tables import MAX_BYTES, read_table_text
from ipdocs.source.characters import character_name, forbidden_characters
from ipdocs.translation.formats import tbx, term_table
from ipdocs.translation.formats.term_row import Row, list_forms, term_id
from ipdocs.workspace import Workspace, find_workspace, real_path

LISTS = ("forbidden", ADMITTED)
"""The columns with a list of forms."""


@dataclass(frozen=True, slots=True)
class ImportedTerms:
    """The result of an import of terms.

    Attributes:
        new: the ids of the terms that were added to the glossary.
        changed: the ids of the terms that were changed.
        findings: warnings, and the findings about terms that were left out or changed.
    """

    new: tuple[str, ...]
    changed: tuple[str, ...]
    findings: tuple[Finding, ...] = ()


def export_terms(path: Path, *, version: int = 3) -> bytes:
    """Return the terms of a source's workspace, of all packs and domains, as TBX in all languages of the workspace.

    Version 2 has no languages that are converted from another language: OmegaT compares no scripts and regions, and would show
    Simplified forms as translations for Hong Kong.

    Args:
        path: the source.
        version: the version of TBX, 3 or 2.
    """
    workspace = find_workspace(path)
    codes = [code for code, language in languages(workspace).items() if version == 3 or language.converted_from is None]
    return tbx.write(glossary(workspace), codes, workspace, version=version)


def is_glossary(path: Path) -> bool:
    """Whether a file is a table, which terms are imported into, and not a source."""
    return path.suffix.lower() == ".csv"


def import_terms(path: Path, file: Path, *, accept: bool = False, only: Sequence[str] = ()) -> ImportedTerms:
    """Write the terms of a TBX file or a table into a pack of a glossary.

    New terms, and changed terms of shipped packs, become rows of the pack. Changed terms of another pack of the workspace are
    changed there; the source of a shipped term is no source of another form. Terms that are not valid or differ are listed, and
    the others imported.

    Args:
        path: the path of the pack, which is a table in locales/glossary/ of a workspace.
        file: the path of the file: TBX, or a table in a format of spreadsheet programs or of OmegaT.
        accept: whether imported terms replace terms of the glossary that differ from them.
        only: the ids of the terms to import; by default all.

    Raises:
        IpdocsError: the file or the glossary is not valid, there are findings and no term can be imported, or the file has no
            term with an id in `only`.
    """
    workspace = find_workspace(path)
    if workspace.root is None or real_path(path) not in workspace.root.glob(PACKS):
        hint = f"import into a table in {FOLDER}/ of a workspace"
        if workspace.root is not None and real_path(path) == workspace.root / OLD_FILE:
            hint = f"run `ipdocs format {OLD_FILE}`, which moves it to {FOLDER}/, and import into that table"
        raise IpdocsError([Finding("no-glossary", f"{path.name!r} is not a glossary", Location(path), hint)])
    known_terms = glossary(workspace)
    rows, has_our_ids, warnings = _read_rows(file, workspace)
    findings: list[Finding] = []
    new_terms: dict[str, Row] = {}
    known_ids: set[str] = set()
    changed_terms: dict[str, Row] = {}
    for number, (row, line) in enumerate(rows, 1):
        location = Location(file, line)
        term, is_same_id = _known_term(row, known_terms)
        if term is None:
            problems = list(_row_findings(row, location))
            findings += [] if only else problems
            if not problems:
                _add_new_term(row if has_our_ids else row | {"id": ""}, number, new_terms, known_terms)
            continue
        known_ids.add(term.id)
        differences = list(_differences(term, row, changed_terms.get(term.id, {}), workspace, compare_domain=is_same_id))
        if not differences or (only and term.id not in only):
            continue
        problems = list(_character_findings((imported for _, _, imported in differences), location))
        findings += problems
        if not accept:
            difference_list = "; ".join(f"{column} {form!r} becomes {imported!r}" for column, form, imported in differences)
            hint = f"import with --accept to replace the term; with --only {term.id}, no other term is imported"
            findings.append(Finding("term-differs", f"the term '{term.id}' differs: {difference_list}", location, hint))
        elif not problems:
            changed_terms.setdefault(term.id, {}).update({column: imported for column, _, imported in differences})
    findings += [_unknown_term(name, {*new_terms, *known_ids}, file) for name in only if name not in {*new_terms, *known_ids}]
    new_terms = {name: row for name, row in new_terms.items() if not only or name in only}
    if findings and not new_terms and not changed_terms:
        raise IpdocsError(sort_findings([*warnings, *findings]))
    if new_terms or changed_terms:
        _write(real_path(path), new_terms, [(known_terms.terms[name], row) for name, row in changed_terms.items()], workspace)
    return ImportedTerms(tuple(new_terms), tuple(changed_terms), tuple(sort_findings([*warnings, *findings])))


def _read_rows(file: Path, workspace: Workspace) -> tuple[list[tuple[Row, int]], bool, list[Finding]]:
    """Return the rows of a file with their line numbers, whether their ids are ids of a glossary, and warnings."""
    if file.suffix.lower() in term_table.ENDINGS:
        rows, warnings = term_table.read(file, workspace)
        return rows, True, warnings
    if file.suffix.lower() not in (".tbx", ".xml"):
        endings = [".tbx", *term_table.ENDINGS]
        hint = f"use a file with one of these endings: {', '.join(endings)}"
        raise unusable_file("unknown-format", f"'{file.suffix[:20]}' is not a format for terms", file, hint)
    return tbx.read(file, workspace)


def _unknown_term(name: str, known_ids: Iterable[str], file: Path) -> Finding:
    close = nearest(name, known_ids)
    hint = f"did you mean {close}?" if close else "import without --only to see the ids of the terms"
    return Finding("unknown-term", f"the file has no term with the id '{name:.80}'", Location(file), hint)


def _known_term(row: Row, known_terms: Glossary) -> tuple[Term | None, bool]:
    """Return the known term that a row is about, and whether both have the same id.

    Ids of other tools may be equal by chance, so a term with the same id needs a form in common. Otherwise, the term with the
    same English and tc forms is the same, or else that with the same English form.
    """
    same_id = known_terms.terms.get(row["id"])
    if same_id and any(row.get(code) == form for code, form in same_id.forms.items() if form):
        return same_id, True
    forms = _folded_forms(row.get("en", ""), row.get("tc", ""))
    candidates = [term for term in known_terms.terms.values() if _folded_forms(term.text("en"), term.text("tc")) == forms]
    if not candidates and forms[0]:
        candidates = [term for term in known_terms.terms.values() if term.text("en").casefold() == forms[0]]
    return (candidates[0] if len(candidates) == 1 or (candidates and forms[1]) else None), False


def _folded_forms(english: str, chinese: str) -> tuple[str, str]:
    """Return the forms of a term, by which terms are compared: capitals make no difference."""
    return english.casefold(), chinese


def _add_new_term(row: Row, number: int, new_terms: dict[str, Row], known_terms: Glossary) -> None:
    """Add a row to the new terms, or its forbidden and admitted forms to a new term with the same forms."""
    forms = _folded_forms(row.get("en", ""), row["tc"])
    for earlier in new_terms.values():
        if forms == _folded_forms(earlier.get("en", ""), earlier["tc"]):
            for column in LISTS:
                if cell := _merged_forms(earlier.get(column, ""), row.get(column, "")):
                    earlier[column] = cell
            return
    used_ids = {*known_terms.terms, *new_terms}
    is_usable = re.fullmatch("[a-z0-9][a-z0-9-]*", row["id"]) and row["id"] not in used_ids
    name = row["id"] if is_usable else term_id(row.get("en", ""), number, used_ids)
    new_terms[name] = row | {"id": name}


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


def _row_findings(row: Row, location: Location) -> Iterator[Finding]:
    if not row.get("tc"):
        name = row.get("en") or row["id"]
        message, hint = f"the term {name!r:.60} has no tc form", "add the tc form, from which sc and cn are made"
        if taiwan_forms := [f"{form} ({tag})" for tag, form in row.items() if is_taiwan_tag(tag)]:
            message = f"the term {name!r:.60} has only a Chinese form of Taiwan: {'; '.join(taiwan_forms)}"
            hint = "if Hong Kong uses this form, too, change its language to zh-HK in the file"
        yield Finding("bad-term", message, location, hint)
    elif simplified := "".join(character for character in row["tc"] if character in characters("simplified-only")):
        hint = "write the term in Traditional Chinese, or name the language of the form in the file, such as cn"
        yield Finding("bad-term", f"the tc form {row['tc']!r:.60} has Simplified characters: {simplified:.20}", location, hint)
    yield from _character_findings(row.values(), location)


def _character_findings(cells: Iterable[str], location: Location) -> Iterator[Finding]:
    """Yield a finding for each character that is not allowed in a source."""
    for cell in cells:
        for offset, code, _, hint in forbidden_characters(cell):
            yield Finding(code, f"{cell!r:.60} has the character {character_name(cell[offset])}", location, hint)


def _differences(
    term: Term, row: Row, changed: Row, workspace: Workspace, *, compare_domain: bool
) -> Iterator[tuple[str, str, str]]:
    """Yield the column, the present form and the imported form for each difference between a term and a row.

    Forbidden and admitted forms and notes are added to those that the term has, or has after the changes by earlier rows.
    """
    for column in (*(["domain"] if compare_domain else []), *languages(workspace)):
        form, imported = term.domain if column == "domain" else term.text(column), row.get(column, "")
        is_known = imported.casefold() == form.casefold() or imported in term.admitted.get(column, ())
        if imported and not is_known:
            yield column, form, imported
    for column in LISTS:
        form = changed.get(column) or _listed_forms(term, column)
        if (merged := _merged_forms(form, row.get(column, ""))) != form:
            yield column, form, merged
    note, imported = changed.get("note", term.note), row.get("note", "")
    if " ".join(imported.split()).casefold() not in " ".join(note.split()).casefold():
        yield "note", note, "; ".join(filter(None, (note, imported)))


def _merged_forms(present: str, added: str) -> str:
    """Return a list of forms with the forms of another list."""
    return list_forms(form for cell in (present, added) for form in cell.split("; ") if form)


def _listed_forms(term: Term, column: str) -> str:
    """Return the forbidden or the admitted forms of a term as a cell."""
    forms = term.forbidden if column == "forbidden" else term.admitted
    return list_forms(form for code in ("en", "tc") for form in forms.get(code, ()))


def _write(path: Path, new_rows: dict[str, Row], changed_terms: list[tuple[Term, Row]], workspace: Workspace) -> None:
    """Write new rows into a pack, and change rows where they stand; a changed shipped term becomes a row of the pack."""
    added_rows = [
        {**row, "kind": row["kind"] if row.get("kind") in KINDS else "term", "domain": row.get("domain", GENERAL)}
        | {"confidence": "medium"}
        for row in new_rows.values()
    ]
    changed_rows: dict[Path, dict[str, Row]] = {path: {}}
    for term, row in changed_terms:
        if workspace.root is not None and term.location.path.is_relative_to(workspace.root):
            changed_rows.setdefault(term.location.path, {})[term.id] = row
        else:
            is_other_form = any(code in row for code in languages(workspace))
            unsourced = {"confidence": "medium", "source": ""} if is_other_form else {}
            added_rows.append(_cells(term) | unsourced | row)
    codes = [*languages(workspace)]
    place_files({file: _with_rows(file, rows, added_rows if file == path else [], codes) for file, rows in changed_rows.items()})
    clear_glossary()


def _with_rows(path: Path, changed_rows: dict[str, Row], added_rows: list[Row], codes: Sequence[str]) -> bytes:
    """Return a pack with changed and added rows; if no row is changed, its bytes stay the same up to the added rows.

    A language of the workspace that the pack has no column for gets a column, if a row has a form in this language.
    """
    text = read_table_text(path)
    newline = "\r\n" if "\r\n" in text else "\n"
    delimiter = find_delimiter(text)
    (_, headings), *rows = (row for row in parse_csv(text, delimiter) if row[1])
    columns = [heading.lower() if heading.lower() in COLUMNS else heading for heading in headings]
    new_columns = [
        column
        for column in (*codes, ADMITTED)
        if column not in columns and any(row.get(column) for row in (*changed_rows.values(), *added_rows))
    ]
    columns += new_columns
    if changed_rows or new_columns or delimiter != ",":
        present_rows = [dict(zip(columns, cells, strict=False)) for _, cells in rows]
        merged_rows = [row | changed_rows.get(row.get("id", ""), {}) for row in present_rows]
        table = [[*headings, *new_columns], *([row.get(column, "") for column in columns] for row in merged_rows)]
        text = BOM * text.startswith(BOM) + write_csv(table, newline)
    text += newline * (bool(added_rows) and not text.endswith("\n"))
    return (text + write_csv([[row.get(column, "") for column in columns] for row in added_rows], newline)).encode()


def _cells(term: Term) -> Row:
    """Return a term as a row; a form that is converted from the tc form stays empty."""
    forms = {code: form for code, form in term.forms.items() if code not in term.derived}
    allowed = "; ".join(dict.fromkeys(form for code in ("en", "tc") for form in term.allowed.get(code, ())))
    columns = {name: str(getattr(term, name)) for name in ("id", "kind", "domain", "confidence", "source", "note")}
    lists = {column: _listed_forms(term, column) for column in LISTS}
    return columns | forms | {"allowed": allowed} | {column: cell for column, cell in lists.items() if cell}
