"""What a command asks for: which languages, alone or together, in which layout and formats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ipdocs.locale.language import Language, language, languages
from ipdocs.templating.layout import Layout

if TYPE_CHECKING:
    from ipdocs.source.open import Source


@dataclass(frozen=True, slots=True)
class BuildRequest:
    """What to make of sources.

    Attributes:
        editions: the languages of each file by their codes, joined by + where one file has several: ("tc", "en+tc"). None stand
            for every language alone.
        layout: how several languages in one file are arranged.
        formats: what to write: docx, pdf, html, txt.
        draft: whether gaps are shown instead of refused.
        letterhead: a Word file that takes the place of the letterhead among the templates.
        attach_source: whether PDFs carry their source.
        verify: whether finished files are read again and compared with the source.
    """

    editions: Sequence[str] = ()
    layout: Layout = "parallel"
    formats: Sequence[str] = ("docx", "pdf")
    draft: bool = False
    letterhead: Path | None = None
    attach_source: bool = False
    verify: bool = True


@dataclass(frozen=True, slots=True)
class Edition:
    """The languages set in one file, in order, and how several are arranged."""

    languages: tuple[Language, ...]
    layout: Layout

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of its languages."""
        return tuple(language.code for language in self.languages)

    @property
    def suffix(self) -> str:
        """What its files' names end in before the format: "tc", "en-tc"."""
        return "-".join(self.codes)


def plan_editions(source: Source, request: BuildRequest) -> list[Edition]:
    """Return the editions to make of a source, without repeats.

    Without a wish these are every language alone: those the document is written in and those made from them, but for a
    language that its folder calls on request.

    Raises:
        IpdocsError: a language is not known.
    """
    names = request.editions or _every_language(source)
    chosen = [tuple(dict.fromkeys(language(code.strip(), source.workspace) for code in name.split("+"))) for name in names]
    return [Edition(spoken, request.layout) for spoken in dict.fromkeys(chosen)]


def _every_language(source: Source) -> list[str]:
    written = source.document.languages
    return [
        known.code
        for known in languages(source.workspace).values()
        if known.code in written or (known.made_from in written and not known.on_request)
    ]
