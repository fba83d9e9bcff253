"""Minutes in, their public version out: what is withheld leaves the model itself, so that nothing later can tell it."""

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
    """Return minutes without what `source.disclosure` withholds, with a mark where it stood.

    Numbers stay those of the whole: a mark counts what it stands for. The text of the source goes too, so that its hash is
    one of what is open: nobody can try out what was withheld by the hash in a manifest.

    Raises:
        IpdocsError: the minutes are not open as a whole.
    """
    minutes = minutes_of(source)
    refuse_unless_open(source, "it has no public version")
    withheld = restrictions(minutes)
    names = [name for name in type(minutes).model_fields if name != "body"]
    update = {name: _opened(getattr(minutes, name), (_key(minutes, name),), withheld) for name in names}
    update["facts"] |= _counts(minutes, withheld)
    update["body"] = _body(minutes, source.sections, withheld)
    update["annexes"] = [
        annex if annex.id else annex.model_copy(update={"id": Text(f"annex-{annex.label}".lower())})
        for annex in update["annexes"]
    ]
    public = minutes.model_copy(update=update)
    return replace(source, document=public, text=SourceText(source.text.path, repr(public)))


def _key(record: Record, name: str) -> str:
    return type(record).model_fields[name].alias or name


def _opened(value: Any, keys: Keys, withheld: Restrictions) -> Any:
    """Return a value of the model with what is withheld in it marked, emptied or left out.

    A text that is marked itself, and an item of a list, become a text without words, for which the mark is shown. Entries of
    other lists and mappings are left out, other fields are empty.
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
            opened = {name: _opened(inner, (*keys, _key(value, name)), withheld) for name, inner in fields.items()}
            return value.model_copy(update=opened)
        case dict():
            entries = {name: _opened(inner, (*keys, str(name)), withheld) for name, inner in value.items()}
            return type(value)({name: inner for name, inner in entries.items() if inner is not None})
        case list():
            items = [_opened(inner, (*keys, index), withheld) for index, inner in enumerate(value)]
            return [inner for inner in items if inner is not None]
        case _:
            return value


def _counts(minutes: Minutes, withheld: Restrictions) -> dict[Text, Quantity]:
    """Return the lengths of withheld lists as facts: open texts may name them."""
    return {
        Text(block.id.replace("-", "_")): Quantity(kind="integer", value=Count(len(block.list.items)))
        for index, block in enumerate(minutes.body)
        if isinstance(block, ListBlock) and block.id and ("body", index) in withheld
    }


def _body(minutes: Minutes, sections: Mapping[str, Section], withheld: Restrictions) -> list[Block]:
    """Return the blocks, each run of withheld ones as one mark; a list goes on after a withheld one with the same number."""
    kept: list[Block] = []
    hidden: list[str] = []
    after_withheld = _numbers_after_withheld(minutes, withheld)

    def close() -> None:
        if hidden:
            kept.append(Withheld(id=Text(f"withheld-{len(kept) + 1}"), kinds=tuple(hidden)))
            hidden.clear()

    for index, block in enumerate(minutes.body):
        is_withheld = ("body", index) in withheld
        if isinstance(block, ItemBlock):
            close()
        if is_withheld:
            hidden += _counted(block, minutes, sections)
        else:
            if not isinstance(block, Notes):
                close()
            opened = _opened(block, ("body", index), withheld)
            kept.append(_begun(opened, after_withheld[index]) if index in after_withheld else opened)
    close()
    return kept


def _numbers_after_withheld(minutes: Minutes, withheld: Restrictions) -> dict[int, int]:
    """Return the first number of each list that goes on after a withheld one, by the list's place in the body."""
    following: dict[str, int] = {}
    hidden: set[str] = set()
    numbers: dict[int, int] = {}
    for index, block in enumerate(minutes.body):
        if isinstance(block, ListBlock):
            items = block.list
            first = int(items.start or following.get(items.after or "", 1))
            following[block.id or ""] = first + len(items.items)
            if ("body", index) in withheld:
                hidden.add(block.id or "")
            elif items.after in hidden:
                numbers[index] = first
    return numbers


def _begun(block: ListBlock, number: int) -> ListBlock:
    """Return a list that begins with a number by itself."""
    return block.model_copy(update={"list": block.list.model_copy(update={"start": Text(str(number)), "after": None})})


def _counted(block: Block, minutes: Minutes, sections: Mapping[str, Section]) -> list[str]:
    if isinstance(block, Boilerplate):
        return [kind for inner in sections[block.boilerplate].body for kind in counted_kinds(inner, minutes)]
    return counted_kinds(block, minutes)
