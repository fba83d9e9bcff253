"""Languages of documents.

Each language has a folder in locales/, named after its BCP 47 tag, and a code of two or three letters for commands and sources.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from ipdocs.files.yaml import DataRecord, locate, read_record, read_yaml
from ipdocs.findings import Finding, IpdocsError, Location, nearest
from ipdocs.workspace import Workspace

SCRIPTS = ("Latn", "Hant", "Hans", "Jpan")
"""The scripts of languages, as ISO 15924 codes."""
_RIGHT_TO_LEFT = frozenset(("Adlm", "Arab", "Aran", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"))


def _check_tag(tag: str) -> str:
    if not re.fullmatch("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", tag):
        raise ValueError(f"{tag!r} is not a language tag; name the folder of the language, for example, pt-MO")
    return tag


def _check_script(code: str) -> str:
    if code in _RIGHT_TO_LEFT:
        raise ValueError(f"{code} is written from right to left, and ipdocs sets text only from left to right")
    if code not in SCRIPTS:
        raise ValueError(f"{code!r} is not a script that ipdocs sets; the scripts are {', '.join(SCRIPTS)}")
    return code


class Language(DataRecord):
    """A language of documents.

    Attributes:
        code: a short code, such as "tc".
        tag: the BCP 47 tag, such as "zh-Hant-HK": the name of the folder of the language.
        name: the name in the language itself, such as "Português".
        in_english: the name of the language in English.
        script: one of `SCRIPTS`: Latin, Traditional or Simplified Chinese, or Japanese.
        converted_from: for a derived language, the code of the language from which texts are converted; the key is `from`.
        word: the nearest tag for which Word has proofing tools, such as "pt-PT"; by default the tag of the language.
        extra_characters: for Chinese, characters outside the list of its script that official texts use and checks accept.
        sign: what stands for the language in a narrow column; by default its code in capitals.
        on_request: whether documents in this language are made only if a command names the language.
    """

    code: str = Field(pattern=r"^[a-z]{2,3}$")
    tag: Annotated[str, AfterValidator(_check_tag)]
    name: str
    in_english: str
    script: Annotated[str, AfterValidator(_check_script)]
    converted_from: str | None = Field(default=None, alias="from")
    word: str = Field(default="", pattern=r"^([a-z]{2,3}(-[A-Za-z0-9]+)*)?$")
    extra_characters: str = ""
    sign: str = ""
    on_request: bool = False

    @property
    def babel(self) -> str:
        """The tag as Babel and gettext write it, such as zh_Hant_HK."""
        return self.tag.replace("-", "_")

    @property
    def with_article(self) -> str:
        """The name of the language in English with its article, for messages: "an English", "a Portuguese"."""
        return f"{'an' if self.in_english[0] in 'AEIOU' else 'a'} {self.in_english}"

    @property
    def is_english(self) -> bool:
        """Whether the language is English, so that the rules of English spelling and grammar apply."""
        return self.tag.partition("-")[0] == "en"

    @property
    def is_chinese(self) -> bool:
        """Whether the language is Chinese."""
        return self.script in ("Hant", "Hans")

    @property
    def is_latin(self) -> bool:
        """Whether the language is written in Latin letters, with half-width punctuation and spaces between words."""
        return self.script == "Latn"

    @property
    def is_east_asian(self) -> bool:
        """Whether the language is written in Chinese characters, with full-width punctuation and without spaces."""
        return not self.is_latin


@cache
def languages(workspace: Workspace) -> dict[str, Language]:
    """Return the languages of a workspace, keyed by code, in the order of editions: derived languages come last.

    Raises:
        IpdocsError: a file language.yaml is invalid.
    """
    unsorted_languages = [_read_language(path) for path in workspace.files("locales/*/language.yaml").values()]
    return {language.code: language for language in sorted(unsorted_languages, key=_sort_key)}


def _sort_key(language: Language) -> tuple[bool, bool, bool, str]:
    return language.converted_from is not None, language.tag != "en", language.code != "sc", language.tag


def _read_language(path: Path) -> Language:
    content = read_yaml(path)
    if not isinstance(content, dict):
        raise IpdocsError([Finding("bad-data", "language.yaml is not a mapping of keys to values", Location(path, 1, 1))])
    if "tag" in content:
        message = "the tag of a language is the name of its folder"
        raise IpdocsError([Finding("bad-data", message, locate(path, ["tag"]), "delete this line")])
    return read_record(path, Language, {"tag": path.parent.name, **content})


@cache
def languages_by_tag(workspace: Workspace) -> dict[str, Language]:
    """Return the languages of a workspace, keyed by tag."""
    return {language.tag: language for language in languages(workspace).values()}


def language(name: str, workspace: Workspace) -> Language:
    """Return the language with a code or tag.

    Raises:
        IpdocsError: there is no such language.
    """
    all_languages = languages(workspace)
    for candidate in all_languages.values():
        if name.lower() in (candidate.code, candidate.tag.lower()):
            return candidate
    similar = nearest(name, [*all_languages, *(candidate.tag for candidate in all_languages.values())])
    hint = f"did you mean {similar!r}?" if similar else f"use one of the languages {', '.join(all_languages)}"
    raise IpdocsError([Finding("unknown-language", f"there is no language {name!r}", None, hint)])


def written_language(name: str, workspace: Workspace) -> Language:
    """Return the language with a code or tag, unless its texts are converted from another language.

    Raises:
        IpdocsError: there is no such language, or its texts are converted from another language.
    """
    result = language(name, workspace)
    if result.converted_from:
        hint = f"use --to {result.converted_from}; a build converts {result.converted_from} to {result.code}"
        raise IpdocsError([Finding("derived-language", f"{result.code} is converted from {result.converted_from}", None, hint)])
    return result
