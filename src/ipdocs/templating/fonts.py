"""The fonts for each language, read from locales/*/fonts.yaml: font names for Word, and faces for the PDF."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, TypeAlias

from pydantic import Field

from ipdocs.files.yaml import DataRecord, read_record
from ipdocs.findings import Finding, IpdocsError
from ipdocs.locale.language import Language
from ipdocs.workspace import Workspace

DesignName: TypeAlias = Literal["serif", "sans"]
DESIGNS: tuple[DesignName, ...] = ("serif", "sans")
"""The designs that every language has; in stylesheets their font-family is ip-serif or ip-sans."""


class WordFonts(DataRecord):
    """The font names for Word files.

    Attributes:
        latin: the font for Latin text.
        chinese: the font for Chinese text.
        alternates: fonts to use if a font is not installed, best first, keyed by the name of the missing font.
    """

    latin: str
    chinese: str
    alternates: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class Face(DataRecord):
    """A font family for the PDF.

    Attributes:
        family: the name of the family in fontconfig.
        alternates: families to use if the family is not installed, best first.
        script: the script for which the family is preferred; the key in the file is `takes`.
        package: the Debian package that installs the family.
    """

    family: str
    alternates: tuple[str, ...] = Field(default=(), alias="or")
    script: Literal["latin", "chinese"] = Field(alias="takes")
    package: str

    @property
    def families(self) -> tuple[str, ...]:
        """The family and its alternates, best first."""
        return (self.family, *self.alternates)


class Design(DataRecord):
    """The fonts for a language in one design, serif or sans."""

    word: WordFonts
    faces: tuple[Face, ...] = Field(min_length=1)


class LanguageFonts(DataRecord):
    """The fonts for a language in both designs."""

    serif: Design
    sans: Design

    def design(self, name: DesignName) -> Design:
        """Return the design with the given name."""
        return self.serif if name == "serif" else self.sans


@cache
def fonts(language: Language, workspace: Workspace) -> LanguageFonts:
    """Return the fonts for a language; a language with Latin letters has those of English, unless it has its own.

    Raises:
        IpdocsError: the workspace has no fonts.yaml for the language, or the file is not valid.
    """
    name = f"locales/{language.tag}/fonts.yaml"
    path = workspace.find(name)
    if not path and language.is_latin:
        path = workspace.find("locales/en/fonts.yaml")
    if not path:
        hint = f"copy the fonts.yaml of another language to {name} and enter the fonts for {language.in_english}"
        raise IpdocsError([Finding("no-fonts", f"there is no fonts.yaml for {language.tag}", None, hint)])
    return read_record(path, LanguageFonts)


_SERIF = re.compile("(?i)(?<!sans[- ])serif|times|georgia|mingliu|simsun|宋|明")
"""Matches the names of serif fonts in files from drawing programs."""


def design_of(names: str) -> DesignName:
    """Return the design of the fonts that a drawing names: serif if a name is a known serif font, otherwise sans."""
    return "serif" if _SERIF.search(names) else "sans"
