"""What the page needs for approving: what has changed since the approval, what a person has read, and the remarks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ipdocs.desk.documents import HeldDocument
from ipdocs.desk.head_form import everyday_value
from ipdocs.desk.head_words import CHOICES, field_title
from ipdocs.desk.message import Message, message
from ipdocs.localisation.approval import block_digests, read_by
from ipdocs.source.open import Source
from ipdocs.source.texts import Keys, texts_by_block

Json = dict[str, Any]
_LISTS = ("attendance", "offices", "papers", "annexes")
"""Fields whose rows show all that is printed; their other values are names that the document uses for itself."""
_MOMENT = re.compile(r"\d{4}-\d\d")


def approval(data: Json, document: HeldDocument) -> Json:
    """Return what approving needs: what a person has read, the digests of what there is to read, and the fields without texts.

    The name of the person is `by`.
    """
    document.refresh()
    source, view = document.source, document.view()
    digests = block_digests(source)
    rows = {row["id"] for row in view["rows"]}
    fields = [_field(source, name) for name in digests if name in source.nodes.data and name not in _LISTS]
    return {
        "version": document.version,
        "digests": digests,
        "read": {name: reading.at for name, reading in read_by(source, str(data.get("by", "")), digests).items()},
        "fields": [field for field in fields if field["values"] or field["id"] not in rows],
    }


def _field(source: Source, name: str) -> Json:
    """Return a field of the head with its values as people write them, except its texts."""
    texts = {place.keys for place in texts_by_block(source.document).get(name, ())}
    values = dict.fromkeys(_leaves(source.nodes.data[name], (name,), texts))
    return {"id": name, "name": field_title(name), "values": list(map(_value, values))}


def _leaves(value: Any, keys: Keys, texts: set[Keys]) -> Iterator[str]:
    """Yield the single values in a value that are no texts."""
    if keys in texts:
        return
    if isinstance(value, dict | list):
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _leaves(part, (*keys, key), texts)
    else:
        yield str(value)


def _value(leaf: str) -> Message:
    is_moment = _MOMENT.match(leaf)
    return CHOICES.get(leaf) or message("{value}", value=everyday_value("moment", leaf) if is_moment else leaf)
