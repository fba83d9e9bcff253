"""Facts: values stated once in a source, each with its written type."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal, NoReturn

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    PlainValidator,
    Tag,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from ipdocs.findings import nearest
from ipdocs.model.inline import Plain, is_target
from ipdocs.model.text import PerLanguage, Text, Texts
from ipdocs.values.notation import parse_value
from ipdocs.values.types import Date as DateValue
from ipdocs.values.types import TimeRange, Value


class Record(BaseModel):
    """A mapping of a source: fixed, with hyphens in its keys, and no key nobody reads."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        populate_by_name=True,
        arbitrary_types_allowed=True,
        alias_generator=lambda name: name.replace("_", "-"),
    )

    @model_validator(mode="before")
    @classmethod
    def _remember(cls, written: Any, info: ValidationInfo) -> Any:
        """Note which record a mapping should be (the context's 'records'), so that a misspelt key can be told the right ones."""
        if info.context is not None and isinstance(written, dict):
            info.context.setdefault("records", {})[id(written)] = cls
        return written


def _parsed(kind: str) -> Callable[[Any], Value]:
    def parse(text: Any) -> Value:
        if not isinstance(text, str):
            _refuse(kind, f"one value belongs here, not a {'list' if isinstance(text, list) else 'mapping'}")
        try:
            return parse_value(kind, text)
        except ValueError as error:
            _refuse(kind, str(error))

    return parse


def _refuse(kind: str, message: str) -> NoReturn:
    raise PydanticCustomError("bad-value", "{message}", {"message": message, "hint": f"for example: {EXAMPLES[kind]}"})


EXAMPLES = {
    "integer": "1400",
    "ordinal": "17",
    "date": "2018-08-21",
    "datetime": "2018-08-22T18:30+08:00",
    "time": "14:30",
    "years": "2018-2019",
    "money": "HKD 14000000",
    "percent": "3.9",
    "phone": "2961 6800",
}
"""How a value of each type is written in a source."""

_WRITTEN = {"type": "string"}


def _with_day(value: Value) -> Value:
    """Refuse a month where a document shows the day and its weekday."""
    if isinstance(value, DateValue) and value.day is None:
        _refuse("date", "this is a month, and a day is needed here")
    return value


def _alone(value: Value) -> Value:
    """Refuse from when to when where a meeting begins or ends."""
    if isinstance(value, TimeRange):
        _refuse("time", "these are two times, and one is needed here")
    return value


def _moment(text: Any) -> Value:
    return _parsed("datetime" if isinstance(text, str) and "T" in text else "date")(text)


Ordinal = Annotated[Any, PlainValidator(_parsed("ordinal")), WithJsonSchema(_WRITTEN | {"examples": [EXAMPLES["ordinal"]]})]
Date = Annotated[Any, PlainValidator(_parsed("date")), WithJsonSchema(_WRITTEN | {"examples": [EXAMPLES["date"]]})]
Moment = Annotated[
    Any, PlainValidator(_moment), WithJsonSchema(_WRITTEN | {"examples": [EXAMPLES["datetime"], EXAMPLES["date"]]})
]
Day = Annotated[Date, AfterValidator(_with_day)]
Issued = Annotated[Moment, AfterValidator(_with_day)]
Time = Annotated[
    Any, PlainValidator(_parsed("time")), AfterValidator(_alone), WithJsonSchema(_WRITTEN | {"examples": [EXAMPLES["time"]]})
]


class Quantity(Record):
    """A fact whose value is one scalar: {ordinal: 17}, {date: 2018-08-21}, {money: HKD 14000000} …"""

    kind: str
    value: Any
    place: Text | None = None


class TextFact(Record):
    """Words that differ by language, such as a city's name."""

    text: Texts


class TermFact(Record):
    """A term of the glossary, by its id."""

    term: Text


class Person(Record):
    """A person or the holder of a post, as each language writes them."""

    name: Texts | None = None
    title: Texts | None = None
    post: Texts | None = None
    acting: Literal["true", "false"] | None = None
    short: Texts | None = None


class PersonFact(Record):
    """A person."""

    person: Person


def _target(text: Text) -> Text:
    """Refuse what no link may lead to."""
    if not is_target((Plain(text),)):
        message = f"'{text:.80}' is no target of a link"
        raise PydanticCustomError(
            "bad-link", "{message}", {"message": message, "hint": "a link goes to https:, http:, mailto:, tel: or #id"}
        )
    return text


class Link(Record):
    """A web or mail address, with the words it stands behind."""

    href: PerLanguage[Annotated[Text, AfterValidator(_target)]]
    text: Texts | None = None


class LinkFact(Record):
    """A link."""

    link: Link


def _quantity(written: Any) -> Any:
    (kind, content), *_ = written.items()
    return Quantity(kind=kind, value=_parsed(kind)(content), place=content if isinstance(content, Text) else None)


_WORDED: dict[str, type[Record]] = {"text": TextFact, "term": TermFact, "person": PersonFact, "link": LinkFact}
KINDS = (*EXAMPLES, *_WORDED)
"""The types a fact can have."""


def _kind(written: Any) -> str:
    """Return which type of fact a mapping states, or refuse it with the nearest type that is one."""
    if isinstance(written, Quantity):
        return "quantity"
    if isinstance(written, Record):
        return next(kind for kind, model in _WORDED.items() if isinstance(written, model))
    keys = list(written) if isinstance(written, dict) else []
    if len(keys) != 1:
        raise PydanticCustomError(
            "bad-fact", "a fact has one type and one value", {"hint": "for example: meeting: {ordinal: 17}"}
        )
    if keys[0] in _WORDED:
        return str(keys[0])
    if keys[0] in EXAMPLES:
        return "quantity"
    close = nearest(keys[0], KINDS)
    hint = f"did you mean {close}?" if close else f"the types are {', '.join(KINDS)}"
    raise PydanticCustomError("unknown-fact-type", "there is no fact type '{name}'", {"name": keys[0], "hint": hint})


_QUANTITY_SCHEMA = {
    "type": "object",
    "properties": {kind: {"type": "string", "examples": [example]} for kind, example in EXAMPLES.items()},
    "additionalProperties": False,
    "minProperties": 1,
    "maxProperties": 1,
}


def _stated(written: Any) -> Any:
    _kind(written)
    return written


Fact = Annotated[
    Annotated[Any, PlainValidator(_quantity), WithJsonSchema(_QUANTITY_SCHEMA), Tag("quantity")]
    | Annotated[TextFact, Tag("text")]
    | Annotated[TermFact, Tag("term")]
    | Annotated[PersonFact, Tag("person")]
    | Annotated[LinkFact, Tag("link")],
    Discriminator(_kind),
    BeforeValidator(_stated),
]
