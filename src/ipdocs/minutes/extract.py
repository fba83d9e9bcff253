"""One item of minutes, with the numbers it has in the whole."""

from __future__ import annotations

from dataclasses import replace

from ipdocs.findings import Finding, IpdocsError
from ipdocs.localisation.localised_document import LocalisedDocument, LocalisedRecord


def extracted(view: LocalisedDocument, item: str) -> LocalisedDocument:
    """Return a view of one item of the agenda, named by its number or its id; another name is a finding with those there are."""
    document = view.document
    heads = [block for block in document.body if _begins(block)]
    chosen = next((block for block in heads if item in (str(block.section), block.id)), None)
    if chosen is None:
        known = ", ".join(f"{block.section} ({block.id})" for block in heads)
        raise IpdocsError([Finding("unknown-item", f"there is no item {item!r}", None, f"the items are {known}")])
    body = [block for block in document.body if block.section == chosen.section]
    return replace(view, document=LocalisedRecord(**vars(document) | {"body": body, "extract": True}))


def _begins(block: LocalisedRecord) -> bool:
    return block.kind == "item" or (block.kind == "withheld" and "item" in block.kinds)
