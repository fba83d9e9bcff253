"""Describe a build: the editions, layout and formats to make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ipdocs.locale.language import Language, language, languages
from ipdocs.templating.layout import LAYOUTS, Layout
from ipdocs.writers import WRITERS

if TYPE_CHECKING:
    from ipdocs.source.open import Source


@dataclass(frozen=True, slots=True)
class BuildRequest:
    """The files to make from each source.

    Attributes:
        editions: the languages of each file, as codes joined by +: ("tc", "en+tc") is a file in tc and a file in en and tc.
            If empty, every language gets a separate file.
        layout: how several languages in one file are arranged: parallel, stacked or sequential.
        formats: the formats to write: docx, pdf, html, txt.
        draft: whether gaps are marked in the files instead of being refused.
        letterhead: a Word file to use in place of the letterhead of the workspace.
        attach_source: whether PDFs contain their source as an attachment.
        verify: whether finished files are read again and compared with the source.

    Raises:
        TypeError: editions or formats is a single string instead of a sequence of strings.
        ValueError: there is no such layout or format.
    """

    editions: Sequence[str] = ()
    layout: Layout = "parallel"
    formats: Sequence[str] = ("docx", "pdf")
    draft: bool = False
    letterhead: Path | None = None
    attach_source: bool = False
    verify: bool = True

    def __post_init__(self) -> None:
        """Refuse values with which no document can be built; languages, which depend on the workspace, are checked later."""
        for name, values in (("editions", self.editions), ("formats", self.formats)):
            if isinstance(values, str):
                raise TypeError(f"{name} must be a sequence of strings, such as ({values!r},), not the string {values!r}")
        if self.layout not in LAYOUTS:
            raise ValueError(f"there is no layout {self.layout!r}; use one of {', '.join(LAYOUTS)}")
        for format_ in self.formats:
            if format_ not in WRITERS:
                raise ValueError(f"there is no format {format_!r}; use one of {', '.join(WRITERS)}")


@dataclass(frozen=True, slots=True)
class Edition:
    """The languages of one file, in order, and their layout."""

    languages: tuple[Language, ...]
    layout: Layout

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the languages."""
        return tuple(language.code for language in self.languages)

    @property
    def suffix(self) -> str:
        """The part of file names before the format: "tc", "en-tc"."""
        return "-".join(self.codes)


def plan_editions(source: Source, request: BuildRequest) -> list[Edition]:
    """Return the editions to make from a source, without repeats.

    If the request names no editions, there is one edition for each language of the source, and one for each language derived
    from these. Languages that are built on request only are left out.

    Raises:
        IpdocsError: a language of the request does not exist.
    """
    names = request.editions or _every_language(source)
    chosen = [tuple(dict.fromkeys(language(code.strip(), source.workspace) for code in name.split("+"))) for name in names]
    return [Edition(group, request.layout) for group in dict.fromkeys(chosen)]


def _every_language(source: Source) -> list[str]:
    source_languages = source.document.languages
    return [
        language.code
        for language in languages(source.workspace).values()
        if language.code in source_languages or (language.converted_from in source_languages and not language.on_request)
    ]
