"""The parts of an output: the documents made from one source, either the document itself or the parts of a pack."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ipdocs.localisation.localised_document import LocalisedDocument
from ipdocs.pipeline.request import Edition
from ipdocs.templating.html_document import HtmlDocument
from ipdocs.templating.render_html import render_html


def _render_whole(documents: Sequence[LocalisedDocument], edition: Edition) -> HtmlDocument:
    return render_html(documents, layout=edition.layout)


@dataclass(frozen=True, slots=True)
class Part:
    """A document to make from a source.

    Attributes:
        name: the name of the part, which follows the id of the document in file names; empty for the document itself.
        render: a function that renders the localised documents of an edition as HTML.
        formats: the formats in which the part may be written; None allows all requested formats.
        carries_source: whether the PDF may contain the source as an attachment, if the request asks for attachments.
        version: "public" for a public version, else empty; it is added to file names.
    """

    name: str = ""
    render: Callable[[Sequence[LocalisedDocument], Edition], HtmlDocument] = _render_whole
    formats: tuple[str, ...] | None = None
    carries_source: bool = True
    version: str = ""


WHOLE = (Part(),)
"""The document itself as the only part."""
