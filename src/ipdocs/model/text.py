"""Text that knows its location in the source, and text in several languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Generic, Protocol, TypeVar, get_args

from pydantic import (
    AfterValidator,
    Discriminator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    Tag,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from ipdocs.findings import Location, nearest


class SourceSpan(Protocol):
    """The position of a text in its source file; implemented in the package `source`."""

    def locate(self, offset: int = 0, length: int = 0) -> Location:
        """Return the location of `length` characters from an offset in the text."""
        ...


class Text(str):
    """A string that knows its position in the source.

    Attributes:
        span: the position, or None for text that is not from a file.
        quoted: whether the text is in quotes or a YAML block; YAML may have cut an unquoted text short.
    """

    span: SourceSpan | None
    quoted: bool

    def __new__(cls, value: str, span: SourceSpan | None = None, quoted: bool = True) -> Text:
        """Create a text with a position."""
        text = super().__new__(cls, value)
        text.span = span
        text.quoted = quoted
        return text

    def locate(self, offset: int = 0, length: int = 0) -> Location | None:
        """Return the location of `length` characters from an offset, or None for text that is not from a file."""
        return self.span.locate(offset, length) if self.span else None

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Accept a string; keep the position of a Text."""
        return core_schema.no_info_before_validator_function(
            lambda value: value if isinstance(value, Text) else cls(value) if isinstance(value, str) else value,
            core_schema.is_instance_schema(cls),
            json_schema_input_schema=core_schema.str_schema(),
        )


def _refuse_empty_or_unquoted(text: Text) -> Text:
    """Refuse empty text, and text without quotes, which YAML may have cut short."""
    if not text.strip():
        raise PydanticCustomError("empty-text", "this text is empty", {"hint": "write the text, or remove the key"})
    if not text.quoted:
        raise PydanticCustomError(
            "unquoted-text",
            "this text has no quotes, so a comma, a colon or # can cut it short",
            {"hint": 'put it in "…" or a | block, or run `ipdocs format FILE`'},
        )
    return text


NonEmptyText = Annotated[Text, AfterValidator(_refuse_empty_or_unquoted), Field(json_schema_extra={"minLength": 1})]


def _refuse_bad_id(text: Text) -> Text:
    """Refuse text that cannot be an id; ids become file names, bookmarks and, with _ for -, names in expressions."""
    if not re.fullmatch(ID, text):
        suggestion = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:80].strip("-") or "lead"
        message = f"'{text:.80}' cannot be an id: use lowercase letters, digits and hyphens"
        raise PydanticCustomError("bad-id", "{message}", {"message": message, "hint": f"write, for example, {suggestion}"})
    return text


ID = r"[a-z0-9][a-z0-9-]{0,79}"
Id = Annotated[Text, AfterValidator(_refuse_bad_id), Field(json_schema_extra={"pattern": f"^{ID}$"})]


def _refuse_unknown_language(name: Text, info: ValidationInfo) -> Text:
    """Refuse a language that the workspace does not have; `languages` in the validation context lists its languages."""
    known: list[str] = (info.context or {}).get("languages", [])
    if known and name not in known:
        similar = nearest(name, [*known, RESTRICTED])
        hint = f"did you mean {similar}?" if similar else f"use one of the languages {', '.join(known)}"
        raise PydanticCustomError("unknown-language", "there is no language '{name}'", {"name": str(name), "hint": hint})
    return name


LanguageName = Annotated[Text, AfterValidator(_refuse_unknown_language), Field(json_schema_extra={"pattern": "^[a-z]{2,3}$"})]

T = TypeVar("T")


class ByLanguage(dict[Text, T], Generic[T]):
    """A mapping from languages to values: {"en": …, "tc": …}."""

    def first_of(self, *names: str) -> tuple[str, T] | None:
        """Return the first of the named languages that has a value, and the value; None if no language has one."""
        return next(((name, self[Text(name)]) for name in names if name in self), None)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Accept a mapping from languages to values of the type parameter."""
        (content,) = get_args(source)
        names, contents = handler.generate_schema(LanguageName), handler.generate_schema(content)
        return core_schema.no_info_after_validator_function(cls, core_schema.dict_schema(names, contents))


class Texts(ByLanguage[Text]):
    """One text in several languages.

    A text with `restricted: true` beside its languages is withheld from public versions. There the mapping is empty, and a mark
    is printed in place of the text.
    """

    def __init__(self, texts: Mapping[Text, Text] | None = None, *, restricted: bool = False) -> None:
        super().__init__(texts or {})
        self.restricted = restricted

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Accept a mapping from languages to text, and register it in `texts` of the context for later checks of markup."""

        def validate(value: Any, validate_languages: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Texts:
            if not isinstance(value, dict):
                hint = 'write, for example, {en: "…", tc: "…"}'
                raise PydanticCustomError("wrong-shape", "a mapping from languages to text is needed here", {"hint": hint})
            if info.context is not None:
                info.context.setdefault("texts", set()).add(id(value))
            restricted = _is_restricted(value)
            texts = {name: text for name, text in value.items() if name != RESTRICTED}
            return cls(validate_languages(texts), restricted=restricted)

        return core_schema.with_info_wrap_validator_function(validate, handler.generate_schema(dict[LanguageName, NonEmptyText]))

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Return the schema for a mapping from languages to text, with the optional key `restricted`."""
        mapping = handler(schema)
        return {**mapping, "properties": {RESTRICTED: {"const": "true", "type": "string"}}}


RESTRICTED = "restricted"
"""The key beside the languages of a text that withholds the text from public versions."""


def _is_restricted(value: dict[str, Any]) -> bool:
    """Whether a text is marked as restricted; refuse a mark other than true."""
    mark = value.get(RESTRICTED)
    if mark is None or isinstance(value, Texts):
        return isinstance(value, Texts) and value.restricted
    if mark != "true":
        hint = "write true, or remove the key"
        raise PydanticCustomError("bad-value", "the value of `restricted` is not true", {"hint": hint})
    return True


def _per_language_tag(value: Any) -> str:
    """Return the tag for a value: `by-language` for a mapping whose keys may be language codes (up to three letters).

    An empty mapping is also `by-language`: its languages have not been written yet.
    """
    return "by-language" if isinstance(value, dict) and (not value or any(len(str(key)) <= 3 for key in value)) else "one"


def _refuse_no_language(value: ByLanguage[T]) -> ByLanguage[T]:
    """Refuse a mapping from languages to values that has no languages."""
    if not value:
        hint = "write {en: …, tc: …}, or one value for all languages"
        raise PydanticCustomError("missing-value", "this value has no languages", {"hint": hint})
    return value


PerLanguage = Annotated[
    Annotated[ByLanguage[T], AfterValidator(_refuse_no_language), Tag("by-language")] | Annotated[T, Tag("one")],
    Discriminator(_per_language_tag),
]
"""One value for all languages, or a value for each language."""

Naming = Annotated[
    Annotated[Texts, Tag("by-language")] | Annotated[Text, Tag("one")],
    Discriminator(_per_language_tag),
]
"""A name, such as the number of a paper: one form for all languages, or a form for each language."""
