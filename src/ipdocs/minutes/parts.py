"""The documents of a pack, and the pages kept in it for annexes."""

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
"""What the names of files of a public version say."""


@dataclass(frozen=True, slots=True)
class PackDocument:
    """A document of a pack: the name of its files, its template, and whether minutes have anything to say in it."""

    name: str
    template: str
    is_wanted: Callable[[Minutes], bool]


def _was_held(minutes: Minutes) -> bool:
    return minutes.attendance is not None


def _has(kind: type[Block]) -> Callable[[Minutes], bool]:
    return lambda minutes: _was_held(minutes) and any(isinstance(block, kind) for block in minutes.body)


PACK_DOCUMENTS = (
    PackDocument("agenda", "notice-agenda.html", lambda minutes: True),
    PackDocument("minutes", "document.html", _was_held),
    PackDocument("decisions", "decisions.html", _has(Decision)),
    PackDocument("actions", "actions.html", _has(Action)),
    PackDocument("attendance", "attendance.html", _was_held),
)
"""The documents of a pack, in the order in which they are bound; before the meeting there is the agenda alone."""


def pack_parts(minutes: Minutes, annexes: Mapping[Text, AnnexFile], *, public: bool) -> list[Part]:
    """Return the parts of a pack: each of its documents, and all of them bound in one PDF with the annexes.

    Args:
        minutes: the minutes, or their public version.
        annexes: the files of the annexes, by the names that the source gives.
        public: whether this is the public version, which every page and the names of the files say.
    """
    documents = [document for document in PACK_DOCUMENTS if document.is_wanted(minutes)]
    names = [(document.name, document.template) for document in documents]

    def bound(localised: Sequence[LocalisedDocument], edition: Edition) -> HtmlDocument:
        pages = annex_pages(minutes, edition.languages, annexes)
        return bind(localised, names, pages, layout=edition.layout)

    parts = [Part(document.name, _render(document.template), carries_source=False) for document in documents]
    parts.append(Part("pack", bound, formats=("pdf",)))
    return [public_part(part) for part in parts] if public else parts


def _render(template: str) -> Callable[[Sequence[LocalisedDocument], Edition], HtmlDocument]:
    return lambda documents, edition: render_html(documents, template, layout=edition.layout)


def public_part(part: Part) -> Part:
    """Return a part of a public version: its files are called so, and its templates know it."""

    def render(documents: Sequence[LocalisedDocument], edition: Edition) -> HtmlDocument:
        public = [replace(one, document=LocalisedRecord(**vars(one.document) | {"public": True})) for one in documents]
        return part.render(public, edition)

    return replace(part, render=render, version=PUBLIC)


def annex_names(annex: Annex, languages: Sequence[Language]) -> list[Text]:
    """Return the files of an annex for some languages: each language's own, the one there is, or none of a withheld annex."""
    if not isinstance(annex.file, ByLanguage):
        return [annex.file] if annex.file else []
    chosen = [annex.file.first_of(*fallback_chain(language)) for language in languages]
    return list(dict.fromkeys(found[1] for found in chosen if found)) or list(annex.file.values())[:1]


def annex_pages(minutes: Minutes, languages: Sequence[Language], files: Mapping[Text, AnnexFile]) -> list[AnnexPage]:
    """Return the pages that the annexes take in an edition, in order; a withheld annex has a page that says so."""
    pages: list[AnnexPage] = []
    for annex in minutes.annexes:
        found = [files[name] for name in annex_names(annex, languages)]
        sheets = [(file, number) for file in found for number in range(len(file.sizes))]
        name, label, count = str(annex.id), str(annex.label), max(len(sheets), 1)
        for at, (file, number) in enumerate(sheets, 1):
            size = file.sizes[number]
            if file.picture:
                pages.append(AnnexPage(name, label, at, count, size, picture=file.name))
            else:
                pages.append(AnnexPage(name, label, at, count, size, pdf=file.data, source=number))
        if not sheets:
            pages.append(AnnexPage(name, label, 1, 1, A4))
    return pages
