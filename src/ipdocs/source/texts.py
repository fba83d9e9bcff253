"""The texts of a document and the names of their places: "lead.paragraph", "areas.list.items.2", "facts.city.text"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ipdocs.model.blocks import Block
from ipdocs.model.document import Body
from ipdocs.model.facts import Record
from ipdocs.model.text import Text, Texts

Keys = tuple[str | int, ...]
_INTERNAL = {"absent", "allow", "only"}
"""Fields with reasons and languages, which are not part of the published text."""


@dataclass(frozen=True, slots=True)
class TextPlace:
    """A text of a document in all its languages.

    Attributes:
        block: the id of the block, or the field of the document, that contains the text.
        part: the place within the block.
        keys: the keys and indices in the source.
        texts: the text by language.
        excluded_languages: the languages that lack the block.
        only: the only language of the block, if there is one.
    """

    block: str
    part: str
    keys: Keys
    texts: Texts
    excluded_languages: frozenset[str]
    only: str | None

    @property
    def name(self) -> str:
        """The name of the place: that of the block and the part."""
        return f"{self.block}.{self.part}" if self.part else self.block

    def exists_in(self, language: str) -> bool:
        """Whether the text belongs to a language, given by its code."""
        return language not in self.excluded_languages and self.only in (None, language)


def texts(document: Body) -> Iterator[TextPlace]:
    """Yield the texts of a document in the order of its fields: facts, blocks, title and the rest."""
    for name, info in type(document).model_fields.items():
        key, value = info.alias or name, getattr(document, name)
        if name == "body":
            yield from _blocks(document.body)
        elif name not in _INTERNAL:
            yield from _texts_in(value, (key,), key, 1, _Languages())


def texts_by_block(document: Body) -> dict[str, list[TextPlace]]:
    """Return the texts of a document by block or field."""
    places: dict[str, list[TextPlace]] = {}
    for place in texts(document):
        places.setdefault(place.block, []).append(place)
    return places


@dataclass(frozen=True, slots=True)
class _Languages:
    """The languages of a block."""

    excluded_languages: frozenset[str] = frozenset()
    only: str | None = None


def _blocks(body: list[Any]) -> Iterator[TextPlace]:
    for index, block in enumerate(body):
        languages = _Languages(frozenset(map(str, block.absent)), str(block.only) if block.only is not None else None)
        yield from _texts_in(block, ("body", index), str(block.id or f"block-{index + 1}"), 2, languages)


def _texts_in(value: Any, keys: Keys, block: str, depth: int, languages: _Languages) -> Iterator[TextPlace]:
    """Yield the texts of a value of the model; the first `depth` keys lead to the block."""
    match value:
        case Texts():
            if not value:  # withheld from a public version
                return
            part = ".".join(map(str, keys[depth:]))
            yield TextPlace(block, part, keys, value, languages.excluded_languages, languages.only)
        case Record():
            for name, info in type(value).model_fields.items():
                if not (isinstance(value, Block) and name in _INTERNAL):
                    yield from _texts_in(getattr(value, name), (*keys, info.alias or name), block, depth, languages)
        case dict():
            for name, item in value.items():
                yield from _texts_in(item, (*keys, str(name)), block, depth, languages)
        case list():
            for index, item in enumerate(value):
                yield from _texts_in(item, (*keys, index), block, depth, languages)
        case Text() | _:
            return
