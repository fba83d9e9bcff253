"""The documents that are made of one source: itself alone, or the parts of a pack."""

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
    """One of the documents that are made of a source.

    Attributes:
        name: what its files are called after the id of the document; empty for the document itself.
        render: what makes its HTML of the localised documents of an edition.
        formats: the formats that it has, where it has not all of those asked for.
        carries_source: whether its PDF has the source attached when that is asked for.
        version: the version that the names of its files say behind its own: public.
    """

    name: str = ""
    render: Callable[[Sequence[LocalisedDocument], Edition], HtmlDocument] = _render_whole
    formats: tuple[str, ...] | None = None
    carries_source: bool = True
    version: str = ""


WHOLE = (Part(),)
"""The document itself, and nothing beside it."""
