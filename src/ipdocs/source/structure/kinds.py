"""Make a block a block of another kind, where no text is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ipdocs.model.blocks import MINUTES_BLOCKS
from ipdocs.source.changes import Insertion, SourceChanges
from ipdocs.source.kept import Kept
from ipdocs.source.open import Source
from ipdocs.source.rearrangement import BODY
from ipdocs.source.structure.blocks import with_ids
from ipdocs.source.structure.places import LIMITS, kind_of, not_possible, plain
from ipdocs.source.texts import Keys

_ONE_TEXT = ("paragraph", "heading", "decision", "post-meeting-note")
"""The kinds of block that have one text."""

_TEXT_KINDS = (*_ONE_TEXT, "list", "quotation", "item")


def kinds_without_loss(block: Mapping[str, Any], *, minutes: bool = False) -> tuple[str, ...]:
    """Return the kinds that a block, given by its plain value, can be changed to without losing a text.

    Args:
        block: the plain value of the block.
        minutes: whether the document is minutes, which have more kinds.
    """
    kind = kind_of(block)
    if kind in ("rule", "page-break"):
        return ("page-break",) if kind == "rule" else ("rule",)
    if _parts(kind, block, ()) is None:
        return ()
    kinds = (other for other in _TEXT_KINDS if other != kind and (minutes or other not in MINUTES_BLOCKS))
    return tuple(other for other in kinds if not (other == "item" and kind in ("list", "quotation")))


def change_kind(source: Source, index: int, kind: str) -> SourceChanges:
    """Return the changes that make a block a block of another kind; a list or quotation may become several blocks.

    Raises:
        IpdocsError: a text would be lost.
    """
    keys: Keys = (*BODY, index)
    block = plain(source, keys)
    old = kind_of(block)
    if kind not in kinds_without_loss(block, minutes=source.nodes.data["kind"] == "minutes"):
        raise not_possible(source, keys, f"this block cannot become a block '{kind}' without losing words")
    renames = {(*keys, old): kind}
    parts = _parts(old, block, keys)
    if parts is None or kind in ("rule", "page-break"):
        return SourceChanges(renames=renames)
    removals = ((*keys, "level"),) if "level" in block else ()
    value = _VALUES[kind](parts if kind in ("list", "quotation") else parts[:1])
    values = {} if value == Kept((*keys, old)) else {(*keys, old): value}
    if kind in ("list", "quotation"):
        return SourceChanges(renames=renames, values=values, removals=removals)
    limits = {name: plain(source, (*keys, name)) for name in LIMITS if name in block}
    others = [{**limits, kind: _VALUES[kind]([part])} for part in parts[1:]]
    with_names = with_ids(source, index + 1, [{kind: plain_heading(source, block)} for block in others])
    insertions = tuple(
        Insertion(BODY, index + 1, {"id": named["id"], **other}) for named, other in zip(with_names, others, strict=True)
    )
    return SourceChanges(renames=renames, values=values, removals=removals, insertions=insertions)


def plain_heading(source: Source, block: Mapping[str, Any]) -> Any:
    """Return the plain value of the content of a block, whose words may become its id."""
    value = block[kind_of(block)]
    return plain(source, value.keys) if isinstance(value, Kept) else value


_VALUES: dict[str, Callable[[list[Kept]], Any]] = {
    **dict.fromkeys(_ONE_TEXT, lambda parts: parts[0]),
    "item": lambda parts: {"heading": parts[0]},
    "list": lambda parts: {"items": parts},
    "quotation": lambda parts: parts,
}
"""The content of a block of each kind, made of the texts of another one."""


def _parts(kind: str, block: Mapping[str, Any], keys: Keys) -> list[Kept] | None:
    """Return the texts of a block in their order, or None if it has anything else that another kind could not show."""
    value, keys = block[kind], (*keys, kind)
    match kind:
        case "paragraph" | "heading" | "decision" | "post-meeting-note":
            return [Kept(keys)]
        case "item" if set(value) == {"heading"}:
            return [Kept((*keys, "heading"))]
        case "quotation" if "by" not in block:
            return [Kept((*keys, index)) for index in range(len(value))]
        case "list" if not any("list" in item for item in value["items"]) and "after" not in value:
            intro = [Kept((*keys, "intro"))] if "intro" in value else []
            return [*intro, *(Kept((*keys, "items", index)) for index in range(len(value["items"])))]
        case _:
            return None
