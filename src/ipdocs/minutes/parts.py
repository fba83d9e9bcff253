"""The documents of a pack, and the pages reserved for annexes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from ipdocs.locale.language import Language
from ipdocs.localisation.language_context import fallback_chain
from ipdocs.localisation.localised_document import LocalisedDocument, LocalisedRecord
from ipdocs.minutes.annexes import A4, AnnexFile
from ipdocs.model.blocks import Action, Block, Decision
from ipdocs.model.meeting import Annex
from ipdocs.model.minutes import Minutes
from ipdocs.model.text import ByLanguage, Text
from ipdocs.pipeline.parts import Part
from ipdocs.pipeline.request import Edition
from ipdocs.templating.binding import AnnexPage, bind
from ipdocs.templating.html_document import HtmlDocument
from ipdocs.templating.render_html import render_html

PUBLIC = "public"
"""Part of the file names of a public version."""


@dataclass(frozen=True, slots=True)
class PackDocument:
    """A document of a pack: the name of its files, its template, and a test whether minutes have content for it."""

    name: str
    template: str
    has_content: Callable[[Minutes], bool]


def _was_held(minutes: Minutes) -> bool:
    return minutes.attendance is not None


def _has_block(kind: type[Block]) -> Callable[[Minutes], bool]:
    return lambda minutes: _was_held(minutes) and any(isinstance(block, kind) for block in minutes.body)


PACK_DOCUMENTS = (
    PackDocument("agenda", "notice-agenda.html", lambda minutes: True),
    PackDocument("minutes", "document.html", _was_held),
    PackDocument("decisions", "decisions.html", _has_block(Decision)),
    PackDocument("actions", "actions.html", _has_block(Action)),
    PackDocument("attendance", "attendance.html", _was_held),
)
"""The documents of a pack, in binding order. Before the meeting there is only the agenda."""


def pack_parts(minutes: Minutes, annexes: Mapping[Text, AnnexFile], *, public: bool) -> list[Part]:
    """Return the parts of a pack: each document, and one PDF that binds all documents and annexes.

    Args:
        minutes: the minutes, or their public version.
        annexes: the files of the annexes, by their names in the source.
        public: whether this is the public version, which is marked on every page and in file names.
    """
    documents = [document for document in PACK_DOCUMENTS if document.has_content(minutes)]
    names = [(document.name, document.template) for document in documents]

    def render_bound(localised: Sequence[LocalisedDocument], edition: Edition) -> HtmlDocument:
        pages = annex_pages(minutes, edition.languages, annexes)
        return bind(localised, names, pages, layout=edition.layout)

    parts = [Part(document.name, _render(document.template), carries_source=False) for document in documents]
    parts.append(Part("pack", render_bound, formats=("pdf",)))
    return [public_part(part) for part in parts] if public else parts


def _render(template: str) -> Callable[[Sequence[LocalisedDocument], Edition], HtmlDocument]:
    return lambda documents, edition: render_html(documents, template, layout=edition.layout)


def public_part(part: Part) -> Part:
    """Return a part as a part of a public version, which file names and templates show."""

    def render(documents: Sequence[LocalisedDocument], edition: Edition) -> HtmlDocument:
        public_documents = [
            replace(localised, document=LocalisedRecord(**vars(localised.document) | {"public": True})) for localised in documents
        ]
        return part.render(public_documents, edition)

    return replace(part, render=render, version=PUBLIC)


def annex_names(annex: Annex, languages: Sequence[Language]) -> list[Text]:
    """Return the names of an annex's files for some languages.

    An annex has a file for each language, one for all, or none if it is withheld. If no language of the edition has a
    file, the first file is used.
    """
    if not isinstance(annex.file, ByLanguage):
        return [annex.file] if annex.file else []
    chosen = [annex.file.first_of(*fallback_chain(language)) for language in languages]
    return list(dict.fromkeys(entry[1] for entry in chosen if entry)) or list(annex.file.values())[:1]


def annex_pages(minutes: Minutes, languages: Sequence[Language], files: Mapping[Text, AnnexFile]) -> list[AnnexPage]:
    """Return the pages of all annexes in an edition, in order; a withheld annex has one page that says so."""
    pages: list[AnnexPage] = []
    for annex in minutes.annexes:
        annex_files = [files[name] for name in annex_names(annex, languages)]
        sheets = [(file, number) for file in annex_files for number in range(len(file.sizes))]
        name, label, count = str(annex.id), str(annex.label), max(len(sheets), 1)
        for page, (file, number) in enumerate(sheets, 1):
            size = file.sizes[number]
            if file.picture:
                pages.append(AnnexPage(name, label, page, count, size, picture=file.name))
            else:
                pages.append(AnnexPage(name, label, page, count, size, pdf=file.data, page_index=number))
        if not sheets:
            pages.append(AnnexPage(name, label, 1, 1, A4))
    return pages
