"""What each kind of finding is in one everyday sentence, from the table locales/desk/findings.csv."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cache
from typing import Any

from ipdocs.findings import IpdocsError
from ipdocs.locale.tables import merged_rows
from ipdocs.workspace import Workspace

FILE = "locales/desk/findings.csv"
COLUMNS = ("code", "sentence")
"""A column for each other language of the interface, named by its code, follows the English sentence.

In a sentence, {words} are those that are wrong, and {other} what contradicts them."""


@cache
def sentences(workspace: Workspace) -> dict[str, str]:
    """Return the English sentence of each code; a workspace may replace those that are shipped."""
    return {row["code"]: row["sentence"] for row in merged_rows(workspace, FILE, COLUMNS, lambda row: row["code"])}


def with_sentences(findings: Iterable[Mapping[str, Any]], workspace: Workspace) -> list[dict[str, Any]]:
    """Return findings as JSON with their English sentences; without them if the table of the workspace has errors."""
    known: dict[str, str] = {}
    with suppress(IpdocsError):
        known = sentences(workspace)
    return [{**finding, "sentence": known.get(finding["code"])} for finding in findings]


@cache
def sentence_catalog(workspace: Workspace, language: str) -> dict[str, str]:
    """Return the sentences in a language of the interface, keyed by the English; empty if the table has no such column."""
    rows = merged_rows(workspace, FILE, COLUMNS, lambda row: row["code"])
    return {row["sentence"]: row[language] for row in rows if row.cells.get(language)}
