"""Why texts of a document are restricted, for those who approve it."""

from __future__ import annotations

from ipdocs.model.blocks import Boilerplate
from ipdocs.model.document import Document
from ipdocs.source.disclosure import Restrictions, restrictions
from ipdocs.source.texts import Keys, texts


def restriction_reasons(document: Document) -> dict[int, str]:
    """Return the reason of each restricted text and boilerplate section of a document, by its identity."""
    restricted = restrictions(document)
    placed: list[tuple[object, Keys]] = [(place.texts, place.keys) for place in texts(document)]
    placed += [(block, ("body", index)) for index, block in enumerate(document.body) if isinstance(block, Boilerplate)]
    return {id(one): reason for one, keys in placed if (reason := _reason(keys, restricted))}


def _reason(keys: Keys, restricted: Restrictions) -> str:
    """Return why a place is restricted: the reason of the outermost place that it stands in."""
    return next((restricted[keys[:length]] for length in range(len(keys) + 1) if keys[:length] in restricted), "")
