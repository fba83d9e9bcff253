"""Public versions of minutes: withheld content is removed from the model, so that no later stage can disclose it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ipdocs.minutes.meeting import minutes_of
from ipdocs.model.blocks import Block, Boilerplate, Item, ItemBlock, ListBlock, Notes, Withheld
from ipdocs.model.document import Section
from ipdocs.model.facts import Quantity, Record
from ipdocs.model.minutes import Minutes
from ipdocs.model.numbering import counted_kinds
from ipdocs.model.text import Text, Texts
from ipdocs.source.disclosure import Restrictions, refuse_unless_open, restrictions
from ipdocs.source.file import SourceText
from ipdocs.source.open import Source
from ipdocs.source.texts import Keys
from ipdocs.values.types import Count


def public_version(source: Source) -> Source:
    """Return minutes in which marks replace the content that `ipdocs.source.disclosure` withholds.

    Numbers are the same as in the full minutes, because each mark counts the blocks that it replaces. The text of the result is
    generated from the public content, so the hash in the manifest cannot confirm guesses about withheld words.

    Raises:
        NotReleasable: the minutes as a whole are restricted or confidential.
    """
    minutes = minutes_of(source)
    refuse_unless_open(source, "it has no public version")
    withheld = restrictions(minutes)
    fields = [name for name in type(minutes).model_fields if name != "body"]
    public_fields = {name: _without_withheld(getattr(minutes, name), (_key(minutes, name),), withheld) for name in fields}
    public_fields["facts"] |= _withheld_list_lengths(minutes, withheld)
    public_fields["body"] = _public_body(minutes, source.sections, withheld)
    public_fields["annexes"] = [
        annex if annex.id else annex.model_copy(update={"id": Text(f"annex-{annex.label}".lower())})
        for annex in public_fields["annexes"]
    ]
    public_minutes = minutes.model_copy(update=public_fields)
    return replace(source, document=public_minutes, text=SourceText(source.text.path, repr(public_minutes)))


def _key(record: Record, name: str) -> str:
    """Return the YAML key of a field."""
    return type(record).model_fields[name].alias or name


def _without_withheld(value: Any, keys: Keys, withheld: Restrictions) -> Any:
    """Return a value of the model without its withheld parts.

    A restricted text or list item becomes an empty restricted text, for which templates show a mark. Withheld entries of
    other lists and mappings are removed. Other withheld fields become None.

    Args:
        value: a record, text, list, mapping or other value of the minutes.
        keys: the keys that lead to the value in the source.
        withheld: the restrictions of the minutes.
    """
    match value:
        case Texts() if keys in withheld:
            return Texts(restricted=True) if value.restricted else None
        case Item() if keys in withheld:
            return Texts(restricted=True)
        case _ if keys in withheld:
            return None
        case Texts():
            return value
        case Record():
            fields = {name: getattr(value, name) for name in type(value).model_fields}
            public_fields = {
                name: _without_withheld(inner, (*keys, _key(value, name)), withheld) for name, inner in fields.items()
            }
            return value.model_copy(update=public_fields)
        case dict():
            entries = {name: _without_withheld(inner, (*keys, str(name)), withheld) for name, inner in value.items()}
            return type(value)({name: inner for name, inner in entries.items() if inner is not None})
        case list():
            items = [_without_withheld(inner, (*keys, index), withheld) for index, inner in enumerate(value)]
            return [inner for inner in items if inner is not None]
        case _:
            return value


def _withheld_list_lengths(minutes: Minutes, withheld: Restrictions) -> dict[Text, Quantity]:
    """Return the lengths of withheld lists as facts, keyed by fact name, because open texts may state these lengths."""
    return {
        Text(block.id.replace("-", "_")): Quantity(kind="integer", value=Count(len(block.list.items)))
        for index, block in enumerate(minutes.body)
        if isinstance(block, ListBlock) and block.id and ("body", index) in withheld
    }


def _public_body(minutes: Minutes, sections: Mapping[str, Section], withheld: Restrictions) -> list[Block]:
    """Return the body with each sequence of withheld blocks replaced by one mark.

    An agenda item begins a new sequence; a block of footnotes does not interrupt a sequence. A list that continues a withheld
    list keeps its numbers.
    """
    blocks: list[Block] = []
    withheld_kinds: list[str] = []
    first_numbers = _first_numbers_after_withheld(minutes, withheld)

    def add_mark() -> None:
        if withheld_kinds:
            blocks.append(Withheld(id=Text(f"withheld-{len(blocks) + 1}"), kinds=tuple(withheld_kinds)))
            withheld_kinds.clear()

    for index, block in enumerate(minutes.body):
        is_withheld = ("body", index) in withheld
        if isinstance(block, ItemBlock):
            add_mark()
        if is_withheld:
            withheld_kinds += _all_counted_kinds(block, minutes, sections)
        else:
            if not isinstance(block, Notes):
                add_mark()
            public_block = _without_withheld(block, ("body", index), withheld)
            blocks.append(_starting_at(public_block, first_numbers[index]) if index in first_numbers else public_block)
    add_mark()
    return blocks


def _first_numbers_after_withheld(minutes: Minutes, withheld: Restrictions) -> dict[int, int]:
    """Return the first number of each list that continues a withheld list, keyed by the list's index in the body."""
    next_numbers: dict[str, int] = {}
    withheld_lists: set[str] = set()
    numbers: dict[int, int] = {}
    for index, block in enumerate(minutes.body):
        if isinstance(block, ListBlock):
            list_content = block.list
            first = int(list_content.start or next_numbers.get(list_content.after or "", 1))
            next_numbers[block.id or ""] = first + len(list_content.items)
            if ("body", index) in withheld:
                withheld_lists.add(block.id or "")
            elif list_content.after in withheld_lists:
                numbers[index] = first
    return numbers


def _starting_at(block: ListBlock, number: int) -> ListBlock:
    """Return a list that starts at a number instead of continuing another list."""
    return block.model_copy(update={"list": block.list.model_copy(update={"start": Text(str(number)), "after": None})})


def _all_counted_kinds(block: Block, minutes: Minutes, sections: Mapping[str, Section]) -> list[str]:
    """Return the kinds of numbers that a block uses; a boilerplate block uses all numbers of the section's blocks."""
    if isinstance(block, Boilerplate):
        return [kind for inner in sections[block.boilerplate].body for kind in counted_kinds(inner, minutes)]
    return counted_kinds(block, minutes)
