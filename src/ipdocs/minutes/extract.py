"""Extracts of minutes: a single agenda item, numbered as in the full minutes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ipdocs.findings import Finding, IpdocsError, NotReleasable
from ipdocs.localisation.localised_document import LocalisedDocument, LocalisedRecord
from ipdocs.minutes.meeting import minutes_of
from ipdocs.model.blocks import ItemBlock
from ipdocs.pipeline.parts import Part
from ipdocs.pipeline.request import Edition
from ipdocs.source.disclosure import restrictions
from ipdocs.source.open import Source
from ipdocs.templating.html_document import HtmlDocument
from ipdocs.templating.render_html import render_html


def item_part(item: str) -> Part:
    """Return a part that consists of one agenda item, given its number or id."""

    def render(documents: Sequence[LocalisedDocument], edition: Edition) -> HtmlDocument:
        return render_html([select_item(document, item) for document in documents], layout=edition.layout)

    return Part(f"item-{item}", render)


def select_item(localised: LocalisedDocument, item: str) -> LocalisedDocument:
    """Return minutes reduced to one agenda item.

    Args:
        localised: the minutes in one language.
        item: the item's number or id.

    Raises:
        IpdocsError: the minutes have no such item.
    """
    document = localised.document
    item_blocks = [block for block in document.body if _begins_item(block)]
    item_block = next((block for block in item_blocks if item in (str(block.section), block.id)), None)
    if item_block is None:
        choices = ", ".join(f"{block.section} ({block.id})" for block in item_blocks)
        raise IpdocsError([Finding("unknown-item", f"there is no item {item!r}", None, f"choose one of {choices}")])
    body = [block for block in document.body if block.section == item_block.section]
    return replace(localised, document=LocalisedRecord(**vars(document) | {"body": body, "extract": True}))


def refuse_withheld_item(source: Source, item: str) -> None:
    """Refuse a public extract of an agenda item, given its number or id, if the item is restricted.

    Raises:
        NotReleasable: the item is restricted.
    """
    body = minutes_of(source).body
    items = [(index, block) for index, block in enumerate(body) if isinstance(block, ItemBlock)]
    withheld = restrictions(source.document)
    for number, (index, block) in enumerate(items, 1):
        if item in (str(number), block.id) and ("body", index) in withheld:
            message = f"item {number} is restricted, so it has no public extract"
            hint = "leave out --public, or remove `restricted` from the item"
            raise NotReleasable([Finding("item-not-open", message, block.id.locate(), hint)])


def _begins_item(block: LocalisedRecord) -> bool:
    return block.kind == "item" or (block.kind == "withheld" and "item" in block.kinds)
