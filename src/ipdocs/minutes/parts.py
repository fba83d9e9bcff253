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
"""The part of a file name that shows that the version is public."""


@dataclass(frozen=True, slots=True)
class PackDocument:
    """A kind of document in a pack.

    Attributes:
        name: the name of the document, used in file names.
        template: the name of the template.
        has_content: a function that tests whether minutes have content for the document.
    """

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
"""The documents of a pack, in binding order; before the meeting, the pack has only the agenda."""


def pack_parts(minutes: Minutes, annexes: Mapping[Text, AnnexFile], *, public: bool) -> list[Part]:
    """Return the parts of a pack: each document, and one PDF that binds all documents and annexes.

    Args:
        minutes: the minutes, or their public version.
        annexes: the annex files, keyed by their names in the source.
        public: whether to mark every page and every file name as public.
    """
    documents = [document for document in PACK_DOCUMENTS if document.has_content(minutes)]
    names_and_templates = [(document.name, document.template) for document in documents]

    def render_bound(localised: Sequence[LocalisedDocument], edition: Edition) -> HtmlDocument:
        pages = annex_pages(minutes, edition.languages, annexes)
        return bind(localised, names_and_templates, pages, layout=edition.layout)

    parts = [Part(document.name, _renderer(document.template), carries_source=False) for document in documents]
    parts.append(Part("pack", render_bound, formats=("pdf",)))
    return [public_part(part) for part in parts] if public else parts


def _renderer(template: str) -> Callable[[Sequence[LocalisedDocument], Edition], HtmlDocument]:
    return lambda documents, edition: render_html(documents, template, layout=edition.layout)


def public_part(part: Part) -> Part:
    """Return a part whose file names and pages are marked as public."""

    def render(documents: Sequence[LocalisedDocument], edition: Edition) -> HtmlDocument:
        public_documents = [
            replace(localised, document=LocalisedRecord(**vars(localised.document) | {"public": True})) for localised in documents
        ]
        return part.render(public_documents, edition)

    return replace(part, render=render, version=PUBLIC)


def annex_names(annex: Annex, languages: Sequence[Language]) -> list[Text]:
    """Return the names of an annex's files for the languages of an edition.

    An annex has a file for each language, one file for all languages, or no file if the annex is withheld. If none of
    the files is in one of these languages, the first file is used.
    """
    if not isinstance(annex.file, ByLanguage):
        return [annex.file] if annex.file else []
    entries = [annex.file.first_of(*fallback_chain(language)) for language in languages]
    return list(dict.fromkeys(entry[1] for entry in entries if entry)) or list(annex.file.values())[:1]


def annex_pages(minutes: Minutes, languages: Sequence[Language], files: Mapping[Text, AnnexFile]) -> list[AnnexPage]:
    """Return the pages of all annexes for an edition, in order; a withheld annex gets a page with a note."""
    pages: list[AnnexPage] = []
    for annex in minutes.annexes:
        annex_files = [files[name] for name in annex_names(annex, languages)]
        file_pages = [(file, index) for file in annex_files for index in range(len(file.sizes))]
        name, label, page_count = str(annex.id), str(annex.label), max(len(file_pages), 1)
        for page_number, (file, index) in enumerate(file_pages, 1):
            size = file.sizes[index]
            if file.picture:
                pages.append(AnnexPage(name, label, page_number, page_count, size, picture=file.name))
            else:
                pages.append(AnnexPage(name, label, page_number, page_count, size, pdf=file.data, page_index=index))
        if not file_pages:
            pages.append(AnnexPage(name, label, 1, 1, A4))
    return pages
