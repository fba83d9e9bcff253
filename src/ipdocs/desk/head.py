"""The request for the Settings page of a document."""

from __future__ import annotations

from ipdocs.desk.cells import Json
from ipdocs.desk.documents import HeldDocument
from ipdocs.desk.head_form import head_fields


def form(_data: Json, document: HeldDocument) -> Json:
    """Return the fields of the head of a document, with their values."""
    return {"version": document.version, "fields": head_fields(document.source)}
