"""Text that knows where it stands in its source, and text by language."""

from __future__ import annotations

from typing import Annotated, Any, Protocol, TypeVar

from pydantic import AfterValidator, GetCoreSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from ipdocs.findings import Location, nearest


class Place(Protocol):
    """Where a text stands: the source layer's answer to 'which line and column is its nth character?'."""

    def locate(self, offset: int = 0, length: int = 0) -> Location:
        """Return the location of length characters from an offset within the text."""
        ...


class Text(str):
    """A string of a source with its place; quoted says whether YAML could have lost a part of it."""

    place: Place | None
    quoted: bool

    def __new__(cls, value: str, place: Place | None = None, quoted: bool = True) -> Text:
        """Return value as text standing at place."""
        text = super().__new__(cls, value)
        text.place = place
        text.quoted = quoted
        return text

    def locate(self, offset: int = 0, length: int = 0) -> Location | None:
        """Return the location of length characters from an offset, or None for text of no file."""
        return self.place.locate(offset, length) if self.place else None

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Accept a string, and keep the place of one that has one."""
        return core_schema.no_info_before_validator_function(
            lambda value: value if isinstance(value, Text) else cls(value) if isinstance(value, str) else value,
            core_schema.is_instance_schema(cls),
            json_schema_input_schema=core_schema.str_schema(),
        )


def _words(text: Text) -> Text:
    """Refuse text that says nothing, or that YAML may have cut short."""
    if not text.strip():
        raise PydanticCustomError("empty-text", "this text is empty", {"hint": "write it, or leave the key out"})
    if not text.quoted:
        raise PydanticCustomError(
            "unquoted-text",
            "text without quotes can lose a part of itself silently",
            {"hint": 'put it in "…" or a | block; `ipdocs format FILE` does it'},
        )
    return text


Words = Annotated[Text, AfterValidator(_words)]


def _language_name(name: Text, info: ValidationInfo) -> Text:
    """Refuse a language that the workspace (the validation context's 'languages') does not have."""
    known: list[str] = (info.context or {}).get("languages", [])
    if known and name not in known:
        close = nearest(name, known)
        hint = f"did you mean {close}?" if close else f"the languages are {', '.join(known)}"
        raise PydanticCustomError("unknown-language", "there is no language '{name}'", {"name": str(name), "hint": hint})
    return name


LanguageName = Annotated[Text, AfterValidator(_language_name)]
T = TypeVar("T")


class ByLanguage(dict[str, T]):
    """One thing said in several languages: {"en": …, "tc": …}."""

    def first_of(self, *names: str) -> tuple[str, T] | None:
        """Return the first of the named languages that has a value, with the value."""
        return next(((name, self[name]) for name in names if name in self), None)


Texts = Annotated[dict[LanguageName, Words], AfterValidator(ByLanguage)]
"""One text in several languages."""

PerLanguage = Annotated[dict[LanguageName, T], AfterValidator(ByLanguage)] | T
"""A value that is the same in every language, or one a language."""
