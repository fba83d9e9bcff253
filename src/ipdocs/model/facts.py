"""Facts: values that a source states once, each with its type."""

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
from ipdocs.model.inline import Plain, is_allowed_target
from ipdocs.model.text import PerLanguage, Text, Texts
from ipdocs.values.notation import parse_value
from ipdocs.values.types import Date as DateValue
from ipdocs.values.types import Series, TimeRange, Value


class Record(BaseModel):
    """The base class for mappings in a source: immutable, with hyphens in keys, and without unknown keys."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        populate_by_name=True,
        arbitrary_types_allowed=True,
        alias_generator=lambda name: name.replace("_", "-"),
    )

    @model_validator(mode="before")
    @classmethod
    def _register_type(cls, value: Any, info: ValidationInfo) -> Any:
        """Register the type of the record in `records` of the context, so that findings can suggest the right key."""
        if info.context is not None and isinstance(value, dict):
            info.context.setdefault("records", {})[id(value)] = cls
        return value


def _parser(kind: str) -> Callable[[Any], Value]:
    """Return a validator that parses values of a kind, such as date or money."""

    def parse(text: Any) -> Value:
        if not isinstance(text, str):
            _refuse(kind, f"a single value is needed here, not a {'list' if isinstance(text, list) else 'mapping'}")
        try:
            return parse_value(kind, text)
        except ValueError as error:
            _refuse(kind, str(error))

    return parse


def _refuse(kind: str, message: str) -> NoReturn:
    """Raise an error about a value; the hint gives an example of the same kind."""
    raise PydanticCustomError("bad-value", "{message}", {"message": message, "hint": f"write, for example, {EXAMPLES[kind]}"})


EXAMPLES = {
    "integer": "1400",
    "decimal": "3.9",
    "ordinal": "17",
    "fraction": "2/3",
    "date": "2018-08-21",
    "datetime": "2018-08-22T18:30+08:00",
    "time": "14:30",
    "weekday": "Monday",
    "years": "2018-2019",
    "period": "2018-Q3",
    "money": "HKD 14000000",
    "percent": "3.9",
    "phone": "2961 6800",
}
"""Examples of values as written in a source, keyed by the type of fact."""
_SERIES_EXAMPLES = {
    "integer": ["3 to 5"],
    "decimal": ["2.5 to 3.9"],
    "date": ["2018-08", "2018-08-21 to 2018-08-23", "2018-08-21 and 2018-08-23"],
    "time": ["14:30-16:00"],
    "weekday": ["Monday to Friday", "Saturday and Sunday"],
    "years": ["2018"],
    "period": ["2018-H1", "1990s"],
    "money": ["HKD 500 to 800"],
    "percent": ["3 to 5"],
}
"""More examples for the schema: ranges, lists of days and other notations."""

_STRING = {"type": "string"}


def _refuse_series(value: Value) -> Value:
    """Refuse a range or list of dates."""
    if isinstance(value, Series):
        _refuse("date", "one date is needed here, not a range or list")
    return value


def _refuse_month(value: Value) -> Value:
    """Refuse a date without a day, because the document prints the day and its weekday."""
    if isinstance(value, DateValue) and value.day is None:
        _refuse("date", "a day is needed here, not a month")
    return value


def _refuse_range(value: Value) -> Value:
    """Refuse a range of times."""
    if isinstance(value, TimeRange):
        _refuse("time", "one time is needed here, not a range")
    return value


def _parse_moment(text: Any) -> Value:
    return _refuse_series(_parser("datetime" if isinstance(text, str) and "T" in text else "date")(text))


Ordinal = Annotated[Any, PlainValidator(_parser("ordinal")), WithJsonSchema(_STRING | {"examples": [EXAMPLES["ordinal"]]})]
Date = Annotated[
    Any,
    PlainValidator(_parser("date")),
    AfterValidator(_refuse_series),
    WithJsonSchema(_STRING | {"examples": [EXAMPLES["date"]]}),
]
Moment = Annotated[
    Any, PlainValidator(_parse_moment), WithJsonSchema(_STRING | {"examples": [EXAMPLES["datetime"], EXAMPLES["date"]]})
]
Day = Annotated[Date, AfterValidator(_refuse_month)]
Issued = Annotated[Moment, AfterValidator(_refuse_month)]
Time = Annotated[
    Any,
    PlainValidator(_parser("time")),
    AfterValidator(_refuse_range),
    WithJsonSchema(_STRING | {"examples": [EXAMPLES["time"]]}),
]


class Quantity(Record):
    """A fact with one scalar value, such as {ordinal: 17} or {money: HKD 14000000}."""

    kind: str
    value: Any


class TextFact(Record):
    """A fact that is a text, such as the name of a city."""

    text: Texts


class TermFact(Record):
    """A fact that is a glossary term, given by the id of the term."""

    term: Text


class Person(Record):
    """A person, or the holder of a post."""

    name: Texts | None = None
    title: Texts | None = None
    post: Texts | None = None
    acting: Literal["true", "false"] | None = None
    short: Texts | None = None


class PersonFact(Record):
    """A fact that is a person."""

    person: Person


def _refuse_bad_target(text: Text) -> Text:
    """Refuse text that cannot be the target of a link."""
    if not is_allowed_target((Plain(text),)):
        message = f"'{text:.80}' cannot be the target of a link"
        raise PydanticCustomError(
            "bad-link",
            "{message}",
            {"message": message, "hint": "write a target that begins with https:, http:, mailto:, tel: or #"},
        )
    return text


class Link(Record):
    """The target of a link, such as a web or mail address, and the linked text."""

    href: PerLanguage[Annotated[Text, AfterValidator(_refuse_bad_target)]]
    text: Texts | None = None


class LinkFact(Record):
    """A fact that is a link."""

    link: Link


def _parse_quantity(fact: Any) -> Any:
    (kind, content), *_ = fact.items()
    return Quantity(kind=kind, value=_parser(kind)(content))


_WORD_FACTS: dict[str, type[Record]] = {"text": TextFact, "term": TermFact, "person": PersonFact, "link": LinkFact}
FACT_TYPES = (*EXAMPLES, *_WORD_FACTS)
"""The names of the types of facts."""


def _fact_tag(fact: Any) -> str:
    """Return the tag for a fact; if its type is unknown, raise an error that suggests the nearest type."""
    if isinstance(fact, Quantity):
        return "quantity"
    if isinstance(fact, Record):
        return next(kind for kind, model in _WORD_FACTS.items() if isinstance(fact, model))
    keys = list(fact) if isinstance(fact, dict) else []
    if len(keys) != 1:
        raise PydanticCustomError(
            "bad-fact",
            "this fact does not have exactly one type and value",
            {"hint": "write, for example, `meeting: {ordinal: 17}`"},
        )
    if keys[0] in _WORD_FACTS:
        return str(keys[0])
    if keys[0] in EXAMPLES:
        return "quantity"
    similar = nearest(keys[0], FACT_TYPES)
    hint = f"did you mean {similar}?" if similar else f"use one of the types {', '.join(FACT_TYPES)}"
    raise PydanticCustomError("unknown-fact-type", "there is no fact type '{name}'", {"name": keys[0], "hint": hint})


_QUANTITY_SCHEMA = {
    "type": "object",
    "properties": {
        kind: {"type": "string", "examples": [example, *_SERIES_EXAMPLES.get(kind, [])]} for kind, example in EXAMPLES.items()
    },
    "additionalProperties": False,
    "minProperties": 1,
    "maxProperties": 1,
}


def _check_type(fact: Any) -> Any:
    """Refuse a fact of an unknown type, before pydantic reports less helpful errors."""
    _fact_tag(fact)
    return fact


Fact = Annotated[
    Annotated[Any, PlainValidator(_parse_quantity), WithJsonSchema(_QUANTITY_SCHEMA), Tag("quantity")]
    | Annotated[TextFact, Tag("text")]
    | Annotated[TermFact, Tag("term")]
    | Annotated[PersonFact, Tag("person")]
    | Annotated[LinkFact, Tag("link")],
    Discriminator(_fact_tag),
    BeforeValidator(_check_type),
]
