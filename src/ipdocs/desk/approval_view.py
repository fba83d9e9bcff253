"""What a view of a document says about its approval and the remarks on it."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

from ipdocs.desk.head_words import field_title
from ipdocs.localisation.approval import changed_blocks
from ipdocs.source.open import Source
from ipdocs.source.state_entries import Remark

Json = dict[str, Any]


def approval_json(source: Source) -> Json | None:
    """Return who approved a document last, and what has changed since; None if nobody has."""
    if not source.state.approvals:
        return None
    latest, changed = source.state.approvals[-1], changed_blocks(source)
    names = {name: field_title(name) for name in changed if name in source.nodes.data}
    return {"by": latest.by, "at": latest.at, "changed": changed, "names": names}


def remarks_json(source: Source) -> list[Json]:
    """Return the remarks on a document, in the order in which they were made."""
    return [
        {
            "id": remark_id(remark),
            "row": remark.block,
            "lang": remark.language or None,
            "text": remark.text,
            "by": remark.by,
            "at": remark.at,
            "settled_by": remark.settled_by or None,
            "settled_at": remark.settled_at or None,
        }
        for remark in source.state.remarks
    ]


def remark_id(remark: Remark) -> str:
    """Return the name by which the page calls a remark."""
    return blake2b("\0".join(remark.key).encode(), digest_size=8).hexdigest()
