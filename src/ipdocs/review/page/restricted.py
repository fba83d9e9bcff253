"""The reasons why texts of a document are restricted, for the review page."""

from __future__ import annotations

from ipdocs.model.blocks import Boilerplate
from ipdocs.model.document import Document
from ipdocs.source.disclosure import Restrictions, restrictions
from ipdocs.source.texts import Keys, iter_texts


def restriction_reasons(document: Document) -> dict[int, str]:
    """Return the reason for the restriction of each restricted text or boilerplate block, keyed by Python's `id()`."""
    restricted = restrictions(document)
    items: list[tuple[object, Keys]] = [(place.texts, place.keys) for place in iter_texts(document)]
    items += [(block, ("body", index)) for index, block in enumerate(document.body) if isinstance(block, Boilerplate)]
    return {id(item): reason for item, keys in items if (reason := _reason(keys, restricted))}


def _reason(keys: Keys, restricted: Restrictions) -> str:
    """Return the reason for the outermost restriction on a text or block, or "" if there is none."""
    return next((restricted[keys[:length]] for length in range(len(keys) + 1) if keys[:length] in restricted), "")
