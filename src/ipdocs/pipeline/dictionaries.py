"""Find the Hunspell dictionaries of a document's languages, and keep their words in a cache."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from ipdocs.files.placing import place_files
from ipdocs.files.reading import UnsafeFile, read_bytes
from ipdocs.findings import Finding, IpdocsError
from ipdocs.locale.language import Language, languages
from ipdocs.locale.spelling.dictionary import Dictionary, no_dictionary_error, own_words
from ipdocs.locale.spelling.word_list import FORMAT, WordList, from_forms, load
from ipdocs.locale.style import house_style
from ipdocs.source.open import Source
from ipdocs.workspace import Workspace

_MAX_STORED_BYTES = 200_000_000


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

    Chinese has no dictionary. Nor has a language without texts in the source.
    """
    dictionaries: dict[str, Dictionary] = {}
    findings: list[Finding] = []
    for code in source.document.languages:
        language = languages(source.workspace).get(code)
        if language is None or language.is_chinese:
            continue
        try:
            dictionaries[code] = _dictionary(language, str(source.document.style), source.workspace, options)
        except IpdocsError as error:
            findings += error.findings
    return dictionaries, findings


@cache
def _dictionary(language: Language, style_name: str, workspace: Workspace, options: SpellingOptions) -> Dictionary:
    """Return the dictionary that a house style names for a language.

    Raises:
        IpdocsError: the style names none, it is not on this computer, or it cannot be read.
    """
    style = house_style(style_name, workspace)
    section = style.for_language(language)
    # A language that is based on another one inherits its keys, but the dictionaries are of no use to it.
    prefix = language.tag.split("-")[0]
    names = tuple(name for name in section.dictionaries if re.split("[_-]", name)[0] == prefix)
    if not names:
        installed = sorted({path.stem for folder in options.folders for path in folder.glob(f"{prefix}[_-]*.dic")})
        example = installed[0] if installed else f"{prefix}_{prefix.upper()}"
        message = f"house style {style.name!r} names no dictionary for {language.in_english}, so its spelling was not checked"
        hint = f"write, for example, `dictionaries: [{example}]` into locales/{language.tag}/style.yaml"
        raise no_dictionary_error(message, hint)
    word_lists = tuple(_word_list(name, language, workspace, options) for name in names)
    house_words = frozenset(part for house, _ in section.spelling for part in house.split())
    return Dictionary(names, word_lists, own_words(language, workspace) | house_words)


@cache
def _word_list(name: str, language: Language, workspace: Workspace, options: SpellingOptions) -> WordList:
    """Return the words of a Hunspell dictionary, from the cache or from its files.

    Raises:
        IpdocsError: the dictionary is not on this computer, or cannot be read.
    """
    path = next(_paths(name, language, workspace, options), None)
    if path is None:
        package = f"hunspell-{name.lower().replace('_', '-')}"
        message = f"this computer has no dictionary {name}, so the spelling in {language.in_english} was not checked"
        files = f"{name}.aff and {name}.dic into locales/{language.tag}/ of the workspace"
        raise no_dictionary_error(message, f"install it (on Debian and Ubuntu: apt install {package}), or put {files}")
    aff, dic = read_bytes(path.with_suffix(".aff")), read_bytes(path)
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
    return word_list


def _paths(name: str, language: Language, workspace: Workspace, options: SpellingOptions) -> Iterator[Path]:
    """Yield the paths of a dictionary's .dic file, if the .aff file is beside it; those of the workspace come first."""
    for folder in (*(root / "locales" / language.tag for root in workspace.roots), *options.folders):
        path = folder / f"{name}.dic"
        with suppress(OSError):
            if path.is_file() and path.with_suffix(".aff").is_file():
                yield path
