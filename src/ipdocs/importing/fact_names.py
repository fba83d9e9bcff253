"""Names of proposed facts, made from the words around a value in the English text."""

from __future__ import annotations

import re

from ipdocs.importing.stated_values import StatedValue
from ipdocs.locale.glossary import glossary
from ipdocs.locale.units import unit_after
from ipdocs.values.types import Date, Decimal, Fraction, Integer, Money, Ordinal, Percent, Series, Value, Years
from ipdocs.workspace import Workspace

_NAMES: dict[type, str] = {
    Ordinal: "number_of",
    Date: "day",
    Series: "range",
    Years: "period",
    Money: "amount",
    Percent: "share",
    Integer: "count",
    Decimal: "number",
}
"""Names of facts whose text gives no better name, keyed by the type of the value; other types give their own name."""
ISSUE_DAY = "issued"
"""The name of the fact that holds the day of issue."""

_WORD = re.compile(r"[\u00a0 -]{0,2}([A-Za-z]+)(?:['’]s?)?")
# Words that end the phrase of a number: in "36 contractors in Tai Po", the words after "in" do not name what is counted.
_PHRASE_ENDS = frozenset(
    """
    a an and are as at but by during for from had has have in into is of on or over than that the their through to under until was
    were which who will with within
    """.split()  # noqa: SIM905
)
_PLURALS = frozenset({"children", "men", "people", "persons", "staff", "women"})
_NOT_PLURALS = ("ss", "us", "is", "ous")
_MAX_WORDS = 6
_SCALE_WORDS = frozenset({"billion", "cent", "dollars", "hundred", "million", "thousand", "trillion"})
_MEASURED = re.compile(r"([A-Za-z]{3,})(?: \(| of (?:(?:about|around|over|some|nearly|almost|up to|more than) )?)$")


def counted_noun(stated: StatedValue, workspace: Workspace) -> str:
    """Return the name of what an English text counts: stalls for "36 new stalls", or "" if the text does not say.

    It is the id of a glossary term, the unit, or the first plural noun after the number.
    """
    if stated.value_context.language.code != "en":
        return ""
    unit = unit_after(stated.following, 0, stated.value_context.language, workspace)
    if unit and unit.is_certain:
        return unit.name.replace("-", "_")
    words: list[str] = []
    position = 0
    while len(words) < _MAX_WORDS and (match := _WORD.match(stated.following, position)):
        if match[1].lower() in _PHRASE_ENDS:
            break
        words.append(match[1])
        position = match.end()
    phrase = stated.following[:position].strip()
    if terms := glossary(workspace).find(phrase, "en"):
        return terms[0].term.id.replace("-", "_").replace(".", "_")
    if isinstance(stated.value, Ordinal):
        return words[0].lower() if words else ""
    return next((word.lower() for word in words if _is_plural(word.lower())), "")


def _is_plural(word: str) -> bool:
    return word in _PLURALS or (len(word) > 3 and word.endswith("s") and not word.endswith(_NOT_PLURALS))


def measured_noun(stated: StatedValue) -> str:
    """Return the noun that an amount or percentage belongs to: grant in "a grant of $5,000", transport in "transport (4.3%)"."""
    if stated.value_context.language.code != "en":
        return ""
    match = _MEASURED.search(stated.before)
    return match[1].lower() if match and match[1].lower() not in _PHRASE_ENDS | _SCALE_WORDS else ""


def base_name(value: Value, noun: str, issued: Date | None) -> str:
    """Return the name of a fact without a number: its noun, or a name for its type."""
    match value:
        case Date() if value == issued:
            return ISSUE_DAY
        case Date(_, _, None):
            return "month"
        case Series((Date(), *_)):
            return "days"
        case Years(first, last) if first == last:
            return "year"
    name = re.sub(r"[^a-z0-9_]+", "_", noun.lower()).strip("_")[:30]
    if name and name[0].isalpha():
        return name
    kind = type(value.values[0]) if isinstance(value, Series) else type(value)
    return _NAMES.get(kind, "time" if "Time" in kind.__name__ else kind.__name__.lower())


def identifies_itself(value: Value) -> bool:
    """Whether two equal values are probably the same thing: days, times and telephone numbers are, two counts of five are not.

    Numbers with at least three significant figures are, too.
    """
    match value:
        case Integer(number):
            return len(str(abs(number)).rstrip("0")) > 2
        case Ordinal(number):
            return number > 9
        case Decimal(number) | Percent(number) | Money(_, number):
            return len(str(abs(number)).replace(".", "").strip("0")) > 2
        case Fraction():
            return False
    return True
