"""Values are read from the style of a language: German, Spanish, French and Japanese, for which nothing is written in code."""

from __future__ import annotations

import time
from typing import Any

import pytest

from ipdocs.locale.style import LanguageStyle, house_style
from ipdocs.values.notation import notation
from ipdocs.values.style_reader.reader import style_reader
from ipdocs.values.types import Date, DateRange, Integer, Label, Percent, Value, Weekday
from ipdocs.values.value_span import ReadingContext
from ipdocs.workspace import Workspace

STYLES: dict[str, dict[str, Any]] = {
    "de_DE": {
        "ordinal": "{}.",
        "percent": "{} Prozent",
        "date": {"full": "d. MMMM y", "day": "d. MMMM", "month": "MMMM y", "end-block": "EEEE, d. MMMM y"},
        "time": {"hour": "H 'Uhr'", "minutes": "H.mm 'Uhr'", "noon": "H 'Uhr'", "midnight": "H 'Uhr'", "to": " bis "},
        "reading": {"range": ["bis"], "words": {"zwei": 2, "drei": 3}, "money": {"EUR": ["{} Euro"]}},
    },
    "es_ES": {
        "ordinal": "{}.º",
        "percent": "{} %",
        "date": {"full": "d 'de' MMMM 'de' y", "day": "d 'de' MMMM", "month": "MMMM 'de' y"},
        "time": {"hour": "H:mm", "minutes": "H:mm", "noon": "H:mm", "midnight": "H:mm", "to": " a "},
        "reading": {"range": ["al"]},
    },
    "fr_FR": {
        "ordinal": "{}e",
        "ordinals": {1: "{}er", "1-feminine": "{}re"},  # the key 1 is a number in YAML
        "percent": "{} %",
        "date": {"full": "d MMMM y", "day": "d MMMM", "month": "MMMM y"},
        "time": {"hour": "H' h '", "minutes": "H' h 'mm", "noon": "'midi'", "midnight": "'minuit'", "to": " à "},
        "reading": {"range": ["à"]},
    },
    "ja_JP": {
        "ordinal": "第{}",
        "percent": "{}%",
        "date": {"full": "y年M月d日", "day": "M月d日", "month": "y年M月", "year": "y年"},
        "time": {"hour": "ah時", "minutes": "ah時mm分", "noon": "正午", "midnight": "午前h時", "to": "から"},
    },
}


def style(locale: str) -> LanguageStyle:
    section = house_style("gia", Workspace()).languages["en"].model_dump(by_alias=True)
    own = STYLES[locale]
    merged = {key: section[key] | value if key in ("date", "time") else value for key, value in own.items()}
    return LanguageStyle.model_validate({**section, "cldr": locale, "spelling": [], **merged})


def written(value: Any) -> str:
    match value:
        case Label(text):
            return f"~{text}"
        case Percent(number):
            return f"{number}%"
        case Weekday(number):
            return f"weekday {number}"
        case Date(None, month, None):
            return f"{month:02}"
        case DateRange(first, last, joined):
            return f"{notation(first)} {joined} {notation(last)}"
    return notation(value)


@pytest.mark.parametrize(
    ("locale", "text", "values"),
    [
        ("de_DE", "am 20. Dezember 2026 um 16.30 Uhr", ["2026-12-20", "16:30"]),
        ("de_DE", "vom 20. bis 22. Dezember, von 9 bis 17.30 Uhr", ["2026-12-20 to 2026-12-22", "09:00-17:30"]),
        ("de_DE", "12.345 Besucher, 3,5 Prozent mehr, drei Hallen", ["12345", "3.5%", "3"]),
        ("de_DE", "1.234,50 Euro von 14 Millionen Euro", ["EUR 1234.50", "EUR 14000000"]),
        ("de_DE", "Montag, 21. Dezember", ["2026-12-21"]),
        ("es_ES", "del 20 al 22 de diciembre de 2026, a las 16:30", ["2026-12-20 to 2026-12-22", "16:30"]),
        ("es_ES", "el 1.º de mayo, un 3,5 % más, el domingo", ["1", "05", "3.5%", "weekday 6"]),
        ("fr_FR", "le 3 mai 2026, de 9 h 00 à 17 h 30", ["2026-05-03", "09:00-17:30"]),
        ("fr_FR", "la 2e fois, 14 000 visiteurs, 3,5 % de plus", ["2", "14000", "3.5%"]),
        ("ja_JP", "2026年5月3日の午前9時から午後5時30分まで、14,000人", ["2026-05-03", "09:00-17:30", "14000"]),
        ("ja_JP", "第12回フェアは3.5%増", ["12", "3.5%"]),
    ],
)
def test_values_are_read_as_the_style_writes_them(locale: str, text: str, values: list[str]) -> None:
    context = ReadingContext(locale, {}, issued=Date(2026, 12, 20))
    assert [written(span.value) for span in style_reader(style(locale)).read(text, context)] == values


@pytest.mark.parametrize("part", ["1.234 ", "20, ", "3 bis ", "14 Millionen ", "1 Mai "])
def test_time_of_reading_is_proportional_to_the_text(part: str) -> None:
    reader, context = style_reader(style("de_DE")), ReadingContext("de_DE", {})
    reader.read(part * 100, context)

    def seconds(count: int) -> float:
        """Return the least of three times, because garbage collection in a long test run can add much to one."""
        times = []
        for _ in range(3):
            start = time.process_time()
            reader.read(part * count, context)
            times.append(time.process_time() - start)
        return min(times)

    assert seconds(4000) < 12 * seconds(1000) + 0.05


def changed_style(changes: dict[str, Any]) -> LanguageStyle:
    section = style("es_ES").model_dump(by_alias=True)
    merged = {key: section[key] | value if isinstance(value, dict) else value for key, value in changes.items()}
    return LanguageStyle.model_validate(section | merged)


@pytest.mark.parametrize(
    "changes",
    [
        {"date": {"full": "d 'de MMMM y"}},
        {"months": ["", *"bcdefghijkl"]},
        {"weekdays": [" a", *"bcdefg"]},
        {"reading": {"words": {"": 1}}},
        {"reading": {"ordinal-words": {" ": 1}}},
        {"reading": {"range": [""]}},
    ],
)
def test_a_style_with_empty_words_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"empty|quotation mark"):
        changed_style(changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"reading": {"date": ["", "M", "''"]}},
        {"reading": {"time": ["", "mm", "a"]}},
        {"time": {"hour": "mm"}},
    ],
)
def test_patterns_without_a_day_or_hour_find_nothing(changes: dict[str, Any]) -> None:
    assert values_of("son 12 casos", changed_style(changes)) == [Integer(12)]


@pytest.mark.parametrize("pattern", ["dd/MM/yyyy", "d/M/y", "dd/MM/yy"])
def test_dates_in_figures_are_read(pattern: str) -> None:
    text = "el 05/12/26" if pattern.endswith("/yy") else "el 05/12/2026"
    assert values_of(text, changed_style({"reading": {"date": [pattern]}})) == [Date(2026, 12, 5)]


def values_of(text: str, language_style: LanguageStyle) -> list[Value]:
    return [span.value for span in style_reader(language_style).read(text, ReadingContext(language_style.cldr, {}))]
