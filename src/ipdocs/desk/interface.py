"""The words of the interface in its languages, from locales/desk/tc.po and sc.po."""

from __future__ import annotations

from functools import cache

from ipdocs.desk.sentences import sentence_catalog
from ipdocs.locale.catalogs import read_po
from ipdocs.workspace import Workspace

LANGUAGES = ("en", "tc", "sc")
"""The languages of the interface; the English stands in the code."""


@cache
def interface_catalog(workspace: Workspace, language: str) -> dict[str, str]:
    """Return the words of the interface in a language, keyed by the English; empty for English.

    A workspace may replace single words. Those that are marked as fuzzy count as missing, and stay English.
    """
    if language == "en" or language not in LANGUAGES:
        return {}
    words: dict[str, str] = dict(sentence_catalog(workspace, language))
    for path in workspace.files(f"locales/desk/{language}.po").values():
        words |= {str(entry.id): str(entry.string) for entry in read_po(path) if entry.id and entry.string and not entry.fuzzy}
    return words
