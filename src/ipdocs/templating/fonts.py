"""Which fonts a language is set in: what Word is asked for and which faces the PDF takes, read from locales/*/fonts.yaml."""

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
"""The designs that every language has; a stylesheet names one as font-family ip-serif or ip-sans."""


class WordFonts(DataRecord):
    """The font names a Word file asks for, and for each the names to try where it is not installed."""

    latin: str
    chinese: str
    alternates: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class Face(DataRecord):
    """A family of the PDF: its fontconfig name, what may stand for it, and which characters it is asked for."""

    family: str
    alternates: tuple[str, ...] = Field(default=(), alias="or")
    takes: Literal["latin", "chinese"]
    package: str

    @property
    def families(self) -> tuple[str, ...]:
        """The family and its alternates, best first."""
        return (self.family, *self.alternates)


class Design(DataRecord):
    """One design of a language, serif or sans."""

    word: WordFonts
    faces: tuple[Face, ...] = Field(min_length=1)


class LanguageFonts(DataRecord):
    """Both designs of a language."""

    serif: Design
    sans: Design

    def design(self, name: DesignName) -> Design:
        """The design of a name."""
        return self.serif if name == "serif" else self.sans


@cache
def fonts(language: Language, workspace: Workspace) -> LanguageFonts:
    """Return a language's fonts; a language without the file is a finding that says where it belongs."""
    name = f"locales/{language.tag}/fonts.yaml"
    path = workspace.find(name)
    if not path:
        hint = f"copy locales/en/fonts.yaml to {name} and name the fonts of {language.in_english}"
        raise IpdocsError([Finding("no-fonts", f"no fonts are named for {language.tag}", None, hint)])
    return read_record(path, LanguageFonts)


_SERIF = re.compile("(?i)(?<!sans[- ])serif|times|georgia|mingliu|simsun|宋|明")
"""Names of fonts with serifs, as drawing programs write them."""


def design_of(names: str) -> DesignName:
    """Return the design that the fonts which a drawing names mean: what is not known for its serifs has none."""
    return "serif" if _SERIF.search(names) else "sans"
