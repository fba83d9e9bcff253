"""Requests: the editions, layout and formats of a build."""

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
    """What to make from sources.

    Attributes:
        editions: the languages of each file: codes, joined by + for several in one file, such as ("tc", "en+tc"). Empty
            stands for one file in every language.
        layout: how several languages in one file are arranged: parallel, stacked or sequential.
        formats: the formats to write: docx, pdf, html, txt.
        draft: whether gaps are shown, not refused.
        letterhead: a Word file to use in place of the letterhead of the workspace.
        attach_source: whether PDFs contain their source as an attachment.
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
    """The languages of one file, in order, and their layout."""

    languages: tuple[Language, ...]
    layout: Layout

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of its languages."""
        return tuple(language.code for language in self.languages)

    @property
    def suffix(self) -> str:
        """The end of the names of its files before the format: "tc", "en-tc"."""
        return "-".join(self.codes)


def plan_editions(source: Source, request: BuildRequest) -> list[Edition]:
    """Return the editions to make of a source, without repeats.

    A request without editions stands for one edition in every language of the document and every language derived from them,
    except for languages that are built on request only.

    Raises:
        IpdocsError: there is no such language.
    """
    names = request.editions or _every_language(source)
    chosen = [tuple(dict.fromkeys(language(code.strip(), source.workspace) for code in name.split("+"))) for name in names]
    return [Edition(group, request.layout) for group in dict.fromkeys(chosen)]


def _every_language(source: Source) -> list[str]:
    written = source.document.languages
    return [
        language.code
        for language in languages(source.workspace).values()
        if language.code in written or (language.made_from in written and not language.on_request)
    ]
