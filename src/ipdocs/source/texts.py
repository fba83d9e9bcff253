"""The texts of a document, each with a dotted name, such as "lead.paragraph" or "areas.list.items.2"."""

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
"""Fields that are not published: lists of languages, and the reasons for exceptions."""


@dataclass(frozen=True, slots=True)
class TextPlace:
    """A place in a document with its text in all languages.

    Attributes:
        block: the id of the block that contains the text, or the field of the document if the text is outside the body.
        part: the dotted keys and indices that lead from the block to the text.
        keys: the keys and indices that lead from the root of the source to the text.
        texts: the text, keyed by language.
        excluded_languages: the languages from which the block is absent.
        only: the only language of the block, or None if the block is not limited to one language.
    """

    block: str
    part: str
    keys: Keys
    texts: Texts
    excluded_languages: frozenset[str]
    only: str | None

    @property
    def name(self) -> str:
        """The dotted name of the place: the block, and the part if there is one."""
        return f"{self.block}.{self.part}" if self.part else self.block

    def exists_in(self, language: str) -> bool:
        """Whether the block of the text is part of the document in a language, given by its code."""
        return language not in self.excluded_languages and self.only in (None, language)


def iter_texts(document: Body) -> Iterator[TextPlace]:
    """Yield the texts of a document in the order of the fields of its model: facts, body, title and the rest."""
    for name, info in type(document).model_fields.items():
        key, value = info.alias or name, getattr(document, name)
        if name == "body":
            yield from _body_texts(document.body)
        elif name not in _INTERNAL:
            yield from _value_texts(value, (key,), key, 1, _LanguageLimits())


def block_ids(document: Body) -> list[str]:
    """Return the ids of the blocks of a body; the third block is called block-3 if it has no id."""
    return [block_id(block, index) for index, block in enumerate(document.body)]


def block_id(block: Any, index: int) -> str:
    """Return the id of the block at an index of a body, as in the names of its texts."""
    return str(block.id or f"block-{index + 1}")


def texts_by_block(document: Body) -> dict[str, list[TextPlace]]:
    """Return the texts of a document, keyed by the id of their block or by their field."""
    places: dict[str, list[TextPlace]] = {}
    for place in iter_texts(document):
        places.setdefault(place.block, []).append(place)
    return places


@dataclass(frozen=True, slots=True)
class _LanguageLimits:
    """The languages from which a block is absent, and its only language, if it has one."""

    excluded_languages: frozenset[str] = frozenset()
    only: str | None = None


def _body_texts(body: list[Any]) -> Iterator[TextPlace]:
    for index, block in enumerate(body):
        limits = _LanguageLimits(frozenset(map(str, block.absent)), str(block.only) if block.only is not None else None)
        yield from _value_texts(block, ("body", index), block_id(block, index), 2, limits)


def _value_texts(value: Any, keys: Keys, block: str, depth: int, limits: _LanguageLimits) -> Iterator[TextPlace]:
    """Yield the texts within a value of the model; `keys` lead to the value, and the first `depth` keys lead to its block."""
    match value:
        case Texts():
            if not value:  # withheld from a public version
                return
            part = ".".join(map(str, keys[depth:]))
            yield TextPlace(block, part, keys, value, limits.excluded_languages, limits.only)
        case Record():
            for name, info in type(value).model_fields.items():
                if not (isinstance(value, Block) and name in _INTERNAL):
                    yield from _value_texts(getattr(value, name), (*keys, info.alias or name), block, depth, limits)
        case dict():
            for name, item in value.items():
                yield from _value_texts(item, (*keys, str(name)), block, depth, limits)
        case list():
            for index, item in enumerate(value):
                yield from _value_texts(item, (*keys, index), block, depth, limits)
        case Text() | _:
            return
