"""Write random values in every form, style and language, and read them back; --values 60000 is the full run.

Each rendering must read as the value it renders, in a form that gives the same text again. cn2an, which knows nothing of this
project, reads the Chinese numerals a second time; what it refuses (figures before 萬億) is counted apart.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal as Number

import cn2an

from ipdocs.locale.language import languages
from ipdocs.locale.style import house_style
from ipdocs.locale.style_files import style_names
from ipdocs.values.filters import apply_filter
from ipdocs.values.recognise import recognise
from ipdocs.values.render import render
from ipdocs.values.types import (
    Count,
    Date,
    Decimal,
    Integer,
    Money,
    Ordinal,
    Percent,
    Time,
    TimeRange,
    Value,
    Weekday,
    Years,
    integer_or_decimal,
)
from ipdocs.values.value_context import ValueContext
from ipdocs.workspace import Workspace

# Filters, with arguments, that write a whole value; a year that a form omits is taken from the day of issue.
WAYS: dict[type, tuple[tuple[str, tuple[str, ...]], ...]] = {
    Integer: (("number", ()), ("count", ()), ("ordinal", ())),
    Decimal: (("number", ()),),
    Percent: (("percent", ()),),
    Money: (("money", ()),),
    Date: (
        ("date", ()),
        ("day", ()),
        ("today", ()),
        ("date", ("issue-line",)),
        ("date", ("end-block",)),
    ),
    Years: (("years", ()),),
    Time: (("time", ()), ("time", ("end-block",))),
    TimeRange: (("time", ()),),
    Weekday: (("weekday", ()),),
}
OF_A_MONTH = (("date", ()), ("month", ()))
CURRENCIES = ("HKD", "USD", "CNY", "MOP", "EUR", "GBP", "JPY")
NUMERALS = re.compile(r"(?<!星期)(?:\d[\d,]*(?:\.\d+)?)?[零○〇一二三四五六七八九十百千萬万億亿兩两點点]+")


def every_setting(issued: Date | None = None) -> Iterator[ValueContext]:
    """Yield every shipped house style in every language."""
    workspace = Workspace()
    for name in style_names(workspace):
        for language in languages(workspace).values():
            yield ValueContext(language, house_style(name, workspace), issued)


def random_value(dice: random.Random) -> Value:
    """Return a value of a random kind: numbers to 10^13, dates 1997–2047, spans 1950–2099, money, percentages, times."""
    magnitude = 10 ** dice.randint(1, 13)
    number = dice.choice([dice.randint(1, magnitude), dice.randint(1, 999) * magnitude // 1000 or 1])
    day = date(1997, 1, 1) + timedelta(days=dice.randrange(51 * 365))
    first = dice.randint(1950, 2098)
    clock = [Time(*divmod(5 * step, 60)) for step in sorted(dice.sample(range(24 * 12), 2))]
    return dice.choice(
        (
            Integer(number),
            integer_or_decimal(Number(number) / 100),
            Percent(Number(dice.randint(1, 99999)) / dice.choice((1, 10, 100, 1000))),
            Money(dice.choice(CURRENCIES), Number(number)),
            Money(dice.choice(CURRENCIES), Number(dice.randint(1, 99999)) * 10 ** dice.randint(0, 8)),
            Date(day.year, day.month, day.day),
            Date(day.year, day.month),
            Years(first, dice.choice((first, first + 1, dice.randint(first + 1, 2099)))),
            Time(dice.randrange(24), dice.randrange(60)),
            TimeRange(*clock),
            Weekday(dice.randrange(7)),
        )
    )


def expected(value: Value, way: str) -> Value:
    """Return the value that a rendering should be read as: a filter can turn a count into an ordinal."""
    return Ordinal(value.number) if way == "ordinal" and isinstance(value, Integer) else value


def renderings(value: Value, value_context: ValueContext) -> Iterator[tuple[str, str]]:
    """Yield each form of a value in a setting, with its text."""
    for way, arguments in OF_A_MONTH if isinstance(value, Date) and value.day is None else WAYS[type(value)]:
        stated = Count(value.number) if way == "count" and isinstance(value, Integer) else value
        yield way, apply_filter(way, stated, arguments, {}, value_context)


def fault(value: Value, way: str, text: str, value_context: ValueContext) -> str | None:
    """Return the mistake in reading a rendering; None if it is read as its value, in a form that writes the same text."""
    value_spans = [value_span for value_span in recognise(text, value_context) if value_span.value == expected(value, way)]
    if len(value_spans) != 1:
        return f"reads as {[value_span.value for value_span in recognise(text, value_context)]}"
    (value_span,) = value_spans
    if value_span.form is None:
        return "is frozen"
    return None if render(value_span.value, value_span.form) == value_span.surface else "renders otherwise"


def second_reading(text: str) -> list[Number | None]:
    """Return the number that cn2an reads in each run of Chinese numerals, None where it reads none."""
    return [_cn2an(run) for run in NUMERALS.findall(text.replace("百分之", ""))]


def _cn2an(run: str) -> Number | None:
    plain = run.replace(",", "").translate(str.maketrans("萬億兩點○〇", "万亿两点零零"))
    try:
        return Number(str(cn2an.cn2an(plain, "smart")))
    except ValueError:
        return None


def numbers(value: Value) -> list[Number]:
    """Return the numbers in a rendering with Chinese numerals, in order; a date may have no year."""
    match value:
        case Money():
            return [value.amount]
        case Date():
            return [Number(number) for number in (value.year, value.month, value.day) if number is not None]
        case Years():
            return [Number(year) for year in dict.fromkeys((value.first, value.last))]
        case Time():
            return [
                Number(value.hour % 12 or 12) if value.hour else Number(12),
                *([Number(value.minute)] if value.minute else []),
            ]
        case TimeRange():
            return numbers(value.first) + numbers(value.last)
        case _:
            return [Number(value.number)]  # type: ignore[union-attr]


def agrees(value: Value, text: str) -> bool | None:
    """Return whether cn2an reads the numbers of a value in its rendering, None if it cannot read all of them."""
    readings, stated = second_reading(text), numbers(value)
    if None in readings:
        return None
    tail = stated[-len(readings) :]
    two_digit_years = [*tail[:-1], tail[-1] % 100]
    return readings == tail or (isinstance(value, Years) and readings == two_digit_years)


def sweep(values: int, seed: int) -> tuple[Counter[str], list[str]]:
    """Return counts of renderings and readings of random values, and all mistakes."""
    dice = random.Random(seed)
    counts: Counter[str] = Counter()
    faults: list[str] = []
    for _ in range(values):
        value = random_value(dice)
        counts["values"] += 1
        issued = value if isinstance(value, Date) and value.day else Date(2018, 8, 21)
        for value_context in every_setting(issued):
            place = f"{value_context.style.name} {value_context.language.code}"
            for way, text in renderings(value, value_context):
                counts["renderings"] += 1
                if wrong := fault(value, way, text, value_context):
                    faults.append(f"{place} {value} | {way} = {text!r} {wrong}")
                if second_reading(text):
                    agreed = agrees(value, text)
                    counts[{True: "cn2an agrees", False: "cn2an differs", None: "cn2an cannot read"}[agreed]] += 1
                    if agreed is False:
                        faults.append(f"{place} {value} | {way} = {text!r} cn2an reads {second_reading(text)}")
    return counts, faults


def main() -> None:
    """Run the sweep and print its counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--values", type=int, default=60_000)
    parser.add_argument("--seed", type=int, default=17)
    options = parser.parse_args()
    start = time.perf_counter()
    counts, faults = sweep(options.values, options.seed)
    for name, count in counts.items():
        print(f"{count:>10,} {name}")
    print(f"{len(faults):>10,} faults in {time.perf_counter() - start:.0f} s")
    print(*faults[:40], sep="\n")


if __name__ == "__main__":
    main()
