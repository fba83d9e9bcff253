"""The texts of a document, each with the name of its place: "lead.paragraph", "areas.list.items.2", "facts.city.text"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ipdocs.model.blocks import Block
from ipdocs.model.document import Body
from ipdocs.model.facts import Record
from ipdocs.model.text import Text, Texts

Keys = tuple[str | int, ...]
# What names checks and languages, and is never read by the public.
_UNREAD = {"absent", "allow", "only"}


@dataclass(frozen=True, slots=True)
class TextPlace:
    """A text of a document in all its languages: the block (or field) it belongs to, its place in that, its keys in the source.

    excluded_languages names the languages in which it does not stand.
    """

    block: str
    part: str
    keys: Keys
    texts: Texts
    excluded_languages: frozenset[str]
    only: str | None

    @property
    def name(self) -> str:
        """The place as one name."""
        return f"{self.block}.{self.part}" if self.part else self.block

    def stands_in(self, language: str) -> bool:
        """Whether the text is there in a language (by short name)."""
        return language not in self.excluded_languages and self.only in (None, language)


def texts(document: Body) -> Iterator[TextPlace]:
    """Yield the texts of a document in the order of its fields: facts, blocks, title and the rest."""
    for name, info in type(document).model_fields.items():
        key, value = info.alias or name, getattr(document, name)
        if name == "body":
            yield from _blocks(document.body)
        elif name not in _UNREAD:
            yield from _within(value, (key,), key, 1, _Where())


def texts_by_block(document: Body) -> dict[str, list[TextPlace]]:
    """Return the texts of a document by the block or field they belong to."""
    found: dict[str, list[TextPlace]] = {}
    for one in texts(document):
        found.setdefault(one.block, []).append(one)
    return found


@dataclass(frozen=True, slots=True)
class _Where:
    excluded_languages: frozenset[str] = frozenset()
    only: str | None = None


def _blocks(body: list[Any]) -> Iterator[TextPlace]:
    """Yield the texts of blocks."""
    for index, block in enumerate(body):
        where = _Where(frozenset(map(str, block.absent)), str(block.only) if block.only is not None else None)
        yield from _within(block, ("body", index), str(block.id or f"block-{index + 1}"), 2, where)


def _within(value: Any, keys: Keys, block: str, depth: int, where: _Where) -> Iterator[TextPlace]:
    """Yield the texts of a value of the model; depth keys stand before the name of the place within its block."""
    match value:
        case Texts():
            if not value:  # withheld from a public version
                return
            part = ".".join(map(str, keys[depth:]))
            yield TextPlace(block, part, keys, value, where.excluded_languages, where.only)
        case Record():
            for name, info in type(value).model_fields.items():
                if not (isinstance(value, Block) and name in _UNREAD):
                    yield from _within(getattr(value, name), (*keys, info.alias or name), block, depth, where)
        case dict():
            for name, one in value.items():
                yield from _within(one, (*keys, str(name)), block, depth, where)
        case list():
            for index, one in enumerate(value):
                yield from _within(one, (*keys, index), block, depth, where)
        case Text() | _:
            return
