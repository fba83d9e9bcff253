"""A document as JSON with its texts only."""

from __future__ import annotations

from typing import Any

from ipdocs.source.open import Source
from ipdocs.source.texts import texts_by_block


def document_view(source: Source) -> dict[str, Any]:
    """Return the view of a document: its rows with their cells."""
    document = source.document
    rows = []
    for block, places in texts_by_block(document).items():
        lines = []
        for place in places:
            cells = {str(lang): {"place": place.name, "lang": str(lang), "text": str(text)} for lang, text in place.texts.items()}
            lines.append({"place": place.name, "cells": cells, "derived": {}})
        rows.append({"id": block, "name": {"text": block}, "body": places[0].keys[0] == "body", "lines": lines})
    return {"rows": rows, "facts": []}
