"""The languages of the interface: English, which stands in the code, and those that have a catalog in locales/desk."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import PurePosixPath

from babel.core import get_global

from ipdocs.desk.sentences import sentence_catalog
from ipdocs.locale.catalogs import read_po
from ipdocs.locale.language import Language, languages
from ipdocs.workspace import Workspace


@cache
def interface_languages(workspace: Workspace) -> dict[str, Language]:
    """Return the languages of the interface, keyed by code; English comes first."""
    known = languages(workspace)
    catalogs = [PurePosixPath(name).stem for name in workspace.files("locales/desk/*.po")]
    translated = [known[code] for code in known if code in catalogs]
    return {language.code: language for language in (*filter(lambda other: other.is_english, known.values()), *translated)}


def preferred_language(tags: Iterable[str], workspace: Workspace) -> str:
    """Return the language of the interface that a user understands best.

    Args:
        tags: the BCP 47 tags of the languages that the browser asks for, the best first.
        workspace: the workspace.
    """
    known = interface_languages(workspace).values()
    for tag in tags:
        for language in known:
            if tag.partition("-")[0] == language.tag.partition("-")[0] and _script(tag) == language.script:
                return language.code
    return next(iter(known)).code


def _script(tag: str) -> str:
    """Return the script of a BCP 47 tag, such as Hant for zh-HK."""
    parts = tag.split("-")
    likely = get_global("likely_subtags")
    whole = likely.get("_".join(parts[:2])) or likely.get(parts[0]) or ""
    stated = [part.title() for part in parts[1:] if len(part) == 4]
    return stated[0] if stated else "".join(whole.split("_")[1:2])


@cache
def interface_catalog(workspace: Workspace, language: str) -> dict[str, str]:
    """Return the words of the interface in a language, keyed by the English; empty for English.

    A workspace may replace single words. Those that are marked as fuzzy count as missing, and stay English.
    """
    words: dict[str, str] = dict(sentence_catalog(workspace, language))
    for path in workspace.files(f"locales/desk/{language}.po").values():
        words |= {str(entry.id): str(entry.string) for entry in read_po(path) if entry.id and entry.string and not entry.fuzzy}
    return words
