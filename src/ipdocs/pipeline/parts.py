"""Parts: the documents made from one source, which are the document itself or the parts of a pack."""

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
    """A document made from a source.

    Attributes:
        name: the part of its file names after the id of the document; empty for the document itself.
        render: a function that makes its HTML from the localised documents of an edition.
        formats: the only formats that it is written in; None for all requested formats.
        carries_source: whether its PDF gets the source as an attachment if that is requested.
        version: "public" for a public version; it stands in the names of its files.
    """

    name: str = ""
    render: Callable[[Sequence[LocalisedDocument], Edition], HtmlDocument] = _render_whole
    formats: tuple[str, ...] | None = None
    carries_source: bool = True
    version: str = ""


WHOLE = (Part(),)
"""The document itself as the only part."""
