"""Find the Hunspell dictionaries of a document's languages, and keep their words in a cache."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from ipdocs.files.placing import place_files
from ipdocs.files.reading import UnsafeFile, read_bytes
from ipdocs.findings import Finding, IpdocsError
from ipdocs.locale.language import Language, languages
from ipdocs.locale.spelling.dictionary import Dictionary, own_words
from ipdocs.locale.spelling.word_list import FORMAT, WordList, from_forms, load
from ipdocs.locale.style import HouseStyle, house_style
from ipdocs.locale.style_files import style_names
from ipdocs.source.open import Source
from ipdocs.workspace import Workspace

if TYPE_CHECKING:
    from ipdocs.writers.requirements import Requirement

_MAX_AFF_BYTES = 10_000_000
_MAX_STORED_BYTES = 200_000_000
_MAX_STORED_LISTS = 3
"""The maximum number of lists that the cache keeps for dictionaries of the same name."""


@dataclass(frozen=True, slots=True)
class SpellingOptions:
    """Where to find dictionaries, and where to keep their words.

    Attributes:
        folders: the folders with dictionaries; those of a workspace, locales/TAG/, come before them.
        cache: the folder for lists of words.
    """

    folders: tuple[Path, ...]
    cache: Path


def find_dictionaries(source: Source, options: SpellingOptions) -> tuple[Mapping[str, Dictionary], list[Finding]]:
    """Return the dictionaries of the languages of a source, keyed by code, and findings on those that are missing.

    Only languages in Latin letters have dictionaries. A language without texts in the source needs none.
    """
    dictionaries: dict[str, Dictionary] = {}
    findings: list[Finding] = []
    for code in source.document.languages:
        language = languages(source.workspace).get(code)
        if language is None or not language.is_latin:
            continue
        try:
            dictionaries[code] = _dictionary(language, str(source.document.style), source.workspace, options)
        except IpdocsError as error:
            findings += error.findings
    return dictionaries, findings


def dictionary_requirements(workspace: Workspace, options: SpellingOptions) -> list[Requirement]:
    """Return a requirement for the dictionaries of each language in Latin letters; a missing dictionary is a warning."""
    from ipdocs.writers.requirements import Requirement

    requirements = []
    for language in languages(workspace).values():
        if language.is_latin:
            found, findings = _installed_dictionaries(language, workspace, options)
            requirements.append(Requirement(f"{language.code} spelling", ", ".join(found), tuple(findings)))
    return requirements


def _installed_dictionaries(
    language: Language, workspace: Workspace, options: SpellingOptions
) -> tuple[list[str], list[Finding]]:
    """Return the installed dictionaries that the house styles name for a language, and warnings on those that are missing."""
    try:
        styles = [house_style(name, workspace) for name in style_names(workspace)]
    except IpdocsError as error:
        return [], list(error.findings)
    names = dict.fromkeys(name for style in styles for name in _names(style, language))
    found: list[str] = []
    findings = [] if names else [_unnamed_dictionary(styles[0], language, options)]
    for name in names:
        if _path(name, language, workspace, options):
            found.append(name)
        else:
            findings.append(_missing_dictionary(name, language))
    return found, [replace(finding, severity="warning") for finding in findings]


@cache
def _dictionary(language: Language, style_name: str, workspace: Workspace, options: SpellingOptions) -> Dictionary:
    """Return the dictionary that a house style names for a language.

    Raises:
        IpdocsError: the style names none, it is not on this computer, or it cannot be read.
    """
    style = house_style(style_name, workspace)
    names = _names(style, language)
    if not names:
        raise IpdocsError([_unnamed_dictionary(style, language, options)])
    word_lists = tuple(_word_list(name, language, workspace, options) for name in names)
    house_words = frozenset(part for house, _ in style.for_language(language).spelling for part in house.split())
    return Dictionary(names, word_lists, own_words(language, workspace) | house_words)


def _names(style: HouseStyle, language: Language) -> tuple[str, ...]:
    """Return the names of the dictionaries that a house style has for a language.

    A language that is based on another one inherits its keys, but the dictionaries are of no use to it.
    """
    prefix = language.tag.split("-")[0]
    return tuple(name for name in style.for_language(language).dictionaries if re.split("[_-]", name)[0] == prefix)


def _unnamed_dictionary(style: HouseStyle, language: Language, options: SpellingOptions) -> Finding:
    """Return the finding that a house style names no dictionary for a language; the hint names one, if possible installed."""
    prefix = language.tag.split("-")[0]
    installed = sorted({path.stem for folder in options.folders for path in folder.glob(f"{prefix}[_-]*.dic")})
    usual = (language.word or language.tag).replace("-", "_")
    example = usual if usual in installed else installed[0] if installed else f"{prefix}_{prefix.upper()}"
    message = f"house style {style.name!r} names no dictionary to check the spelling of {language.in_english}"
    hint = f"write, for example, `dictionaries: [{example}]` into locales/{language.tag}/style.yaml"
    return Finding("no-dictionary", message, None, hint)


def _missing_dictionary(name: str, language: Language) -> Finding:
    """Return the finding that a dictionary is not on this computer."""
    message = f"this computer has no dictionary {name} to check the spelling of {language.in_english}"
    # Only some packages have the country in their names: hunspell-en-gb, but hunspell-fr.
    command = f"apt install hunspell-{name.lower().replace('_', '-')}"
    search = command if language.is_english else f"apt search hunspell-{name.partition('_')[0]}"
    files = f"{name}.aff and {name}.dic into locales/{language.tag}/ of the workspace"
    return Finding("no-dictionary", message, None, f"install it (on Debian and Ubuntu: {search}), or put {files}")


def _word_list(name: str, language: Language, workspace: Workspace, options: SpellingOptions) -> WordList:
    """Return the words of a Hunspell dictionary, from the cache or from its files.

    Raises:
        IpdocsError: the dictionary is not on this computer, or cannot be read.
    """
    result = _word_list_or_findings(name, language, workspace, options)
    if isinstance(result, WordList):
        return result
    raise IpdocsError(result)


@cache
def _word_list_or_findings(
    name: str, language: Language, workspace: Workspace, options: SpellingOptions
) -> WordList | list[Finding]:
    """Return the words of a Hunspell dictionary, or findings; a refused dictionary too is read only once for many sources."""
    try:
        return _read_word_list(name, language, workspace, options)
    except IpdocsError as error:
        return list(error.findings)


def _read_word_list(name: str, language: Language, workspace: Workspace, options: SpellingOptions) -> WordList:
    path = _path(name, language, workspace, options)
    if path is None:
        raise IpdocsError([_missing_dictionary(name, language)])
    aff, dic = read_bytes(path.with_suffix(".aff"), _MAX_AFF_BYTES), read_bytes(path)
    digest = sha256(f"{FORMAT} {len(aff)} ".encode() + aff + dic).hexdigest()
    stored = options.cache / f"words-{name}-{digest[:24]}.txt"
    with suppress(UnsafeFile):
        if word_list := load(read_bytes(stored, _MAX_STORED_BYTES)):
            return word_list
    from ipdocs.locale.spelling.hunspell import read_forms

    word_list = from_forms(read_forms(aff, dic, path))
    # Without a cache the check only takes longer, so a folder that cannot be written is not an error.
    with suppress(OSError, IpdocsError):
        options.cache.mkdir(mode=0o700, parents=True, exist_ok=True)
        place_files({stored: word_list.stored})
        _remove_old_lists(name, options.cache)
    return word_list


def _remove_old_lists(name: str, folder: Path) -> None:
    """Remove the lists of earlier versions of a dictionary from the cache; the newest stay, as workspaces may have their own."""
    stored = sorted(folder.glob(f"words-{name}-*.txt"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in stored[_MAX_STORED_LISTS:]:
        path.unlink(missing_ok=True)


def _path(name: str, language: Language, workspace: Workspace, options: SpellingOptions) -> Path | None:
    """Return the path of a dictionary's .dic file, if the .aff file is beside it; those of the workspace come first."""
    for folder in (*(root / "locales" / language.tag for root in workspace.roots), *options.folders):
        path = folder / f"{name}.dic"
        with suppress(OSError):
            if path.is_file() and path.with_suffix(".aff").is_file():
                return path
    return None
