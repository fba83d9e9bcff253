"""The glossary out to terminology tools, and their terms into it: new ones are added, what differs is told first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ipdocs.files.csv_table import BOM, read_csv, write_csv
from ipdocs.files.placing import place
from ipdocs.files.reading import read_bytes
from ipdocs.findings import Finding, IpdocsError, Location, in_order
from ipdocs.locale.glossary import FILE, KINDS, Glossary, Term, glossary
from ipdocs.locale.language import languages
from ipdocs.source.characters import character_name, refused_characters
from ipdocs.translation.formats import tbx
from ipdocs.workspace import Workspace, find_workspace, real_path

_COMPARED = ("en", "tc", "sc", "cn", "forbidden")


@dataclass(frozen=True, slots=True)
class ImportedTerms:
    """What terms did to a glossary: the ids of those that are new and of those that changed."""

    new: tuple[str, ...]
    changed: tuple[str, ...]


def export_terms(path: Path) -> bytes:
    """Return the glossary of a source's workspace as TBX, in all its languages."""
    workspace = find_workspace(path)
    return tbx.write(glossary(workspace), list(languages(workspace)), workspace)


def import_terms(path: Path, file: Path, *, accept: bool = False) -> ImportedTerms:
    """Put the terms of a TBX file into a glossary (locales/glossary.csv); a term that differs is a finding unless accepted."""
    workspace = find_workspace(path)
    if workspace.root is None or real_path(path) != workspace.root / FILE:
        hint = f"a glossary is a workspace's {FILE}"
        raise IpdocsError([Finding("no-glossary", f"{path.name!r} is no glossary", Location(path), hint)])
    known = glossary(workspace)
    rows = tbx.read(file, workspace)
    findings: list[Finding] = []
    new: dict[str, tbx.Row] = {}
    changed: dict[str, tbx.Row] = {}
    for row, line in rows:
        place = Location(file, line)
        term = known.terms.get(row["id"]) or _same_words(row, known)
        if term is None:
            findings += _unfit(row, place)
            new[row["id"]] = row
        elif differing := list(_differing(term, row, workspace)):
            changed[term.id] = row
            findings += _unfit_cells((now for _, _, now in differing), place)
            said = "; ".join(f"{short} {was!r} is now {now!r}" for short, was, now in differing)
            hint = "import with --accept to take it"
            findings.append(Finding("term-differs", f"the term '{term.id}' differs: {said}", place, hint))
    if any(one.code != "term-differs" for one in findings) or (findings and not accept):
        raise IpdocsError(in_order(findings))
    if new or changed:
        _write(path, new, changed, workspace)
    return ImportedTerms(tuple(new), tuple(changed))


def _same_words(row: tbx.Row, known: Glossary) -> Term | None:
    """Return the term that says the same in English and Traditional Chinese: other tools give ids of their own."""
    pair = (row.get("en"), row.get("tc"))
    return next((term for term in known.terms.values() if all(pair) and (term.text("en"), term.text("tc")) == pair), None)


def _unfit(row: tbx.Row, place: Location) -> Iterator[Finding]:
    if not re.fullmatch("[a-z0-9][a-z0-9-]*", row["id"]):
        yield Finding("bad-term", f"{row['id']!r:.60} is no id of a term", place, "give it one in lower case with hyphens")
    if not row.get("tc"):
        yield Finding("bad-term", f"the term {row['id']!r:.60} has no tc form", place, "sc and cn are derived from it: write it")
    yield from _unfit_cells(row.values(), place)


def _unfit_cells(cells: Iterable[str], place: Location) -> Iterator[Finding]:
    """Yield the characters that no source may hold."""
    for cell in cells:
        for offset, code, _, hint in refused_characters(cell):
            yield Finding(code, f"{cell!r:.60} has the character {character_name(cell[offset])}", place, hint)


def _differing(term: Term, row: tbx.Row, workspace: Workspace) -> Iterator[tuple[str, str, str]]:
    for column in _COMPARED:
        before = _forbidden(term) if column == "forbidden" else term.text(column)
        now = row.get(column, "")
        if column == "forbidden" and set(now.split("; ")) == set(before.split("; ")):
            continue
        if now and now != before and (column == "forbidden" or column in languages(workspace)):
            yield column, before, now


def _forbidden(term: Term) -> str:
    return "; ".join(dict.fromkeys(form for short in ("en", "tc") for form in term.forbidden.get(short, ())))


def _write(path: Path, new: dict[str, tbx.Row], changed: dict[str, tbx.Row], workspace: Workspace) -> None:
    """Add rows at the end and change others in their place; where only rows are added the rest stays byte for byte."""
    text = read_bytes(path).decode("utf-8")
    newline = "\r\n" if "\r\n" in text else "\n"
    (_, heads), *rows = (row for row in read_csv(text) if row[1])
    if changed:
        cells = [dict(zip(heads, row, strict=False)) for _, row in rows]
        merged = [
            row | {name: form for name, form in changed.get(row.get("id", ""), {}).items() if name in _COMPARED} for row in cells
        ]
        whole = [heads, *([row.get(head, "") for head in heads] for row in merged)]
        text = BOM * text.startswith(BOM) + write_csv(whole, newline)
    added = [{**row, "kind": row["kind"] if row.get("kind") in KINDS else "term", "confidence": "medium"} for row in new.values()]
    text += newline * (bool(added) and not text.endswith("\n"))
    text += write_csv([[row.get(head, "") for head in heads] for row in added], newline)
    place({path.resolve(): text.encode()})
    glossary.cache_clear()
