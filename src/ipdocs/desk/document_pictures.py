"""The pictures of a document, as the page shows them beside their words."""

from __future__ import annotations

from typing import Any

from ipdocs.desk.answers import Answer
from ipdocs.desk.documents import HeldDocument
from ipdocs.desk.errors import DeskError


def picture(data: dict[str, Any], document: HeldDocument) -> Answer:
    """Return a picture that the document names, cleaned as in its files.

    Raises:
        DeskError: the document names no such picture.
    """
    clean = document.source.pictures.get(str(data.get("file")))
    if clean is None:
        raise DeskError(404, {"error": "the document has no such picture"})
    return Answer(clean.data, media_type=clean.media_type)
