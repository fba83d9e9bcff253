"""No wrong facts from the memory: an adapted translation is always the one that a person would have written.

Each frame is a sentence with its translation for any facts, written without the library's help. The memory must give
exactly that translation, or none. Many frames are traps: the Chinese states a total, an earlier number, a duration, or a
number for another reason.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import cn2an
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ipdocs.locale.language import languages
from ipdocs.locale.style import house_style
from ipdocs.source.template_text import rendered_text
from ipdocs.translation.memory.adaptation import NotAdaptable, TranslationPair, adapt, evidence_from
from ipdocs.translation.memory.analysed_text import AnalysedText
from ipdocs.values.types import Date
from ipdocs.values.value_context import ValueContext
from ipdocs.workspace import Workspace

WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
MONTHS = [datetime.date(2018, month, 1).strftime("%B") for month in range(1, 13)]
DIGITS = "○一二三四五六七八九"
DAYS = "一二三四五六日"


def zh(number: int) -> str:
    """Return a number in Traditional numerals, written by another library."""
    return str(cn2an.an2cn(number)).translate(str.maketrans("万亿", "萬億"))


def measured(number: int) -> str:
    """Return a number before a measure word."""
    return "兩" if number == 2 else zh(number)


def en(number: int) -> str:
    return WORDS[number] if number < 10 else grouped(number)


def grouped(number: int) -> str:
    """Return a number in figures, with no-break spaces between thousands."""
    return f"{number:,}".replace(",", "\u00a0")


def ordinal(number: int) -> str:
    suffix = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{grouped(number)}{suffix}"


def an(number: str) -> str:
    return "an" if re.match(r"8|11(?!\d)|18(?!\d)", number) else "a"


def day_en(day: datetime.date) -> str:
    return f"{MONTHS[day.month - 1]} {day.day}"


def day_zh(day: datetime.date) -> str:
    return f"{zh(day.month)}月{zh(day.day)}日"


def year_zh(year: int) -> str:
    return "".join(DIGITS[int(digit)] for digit in str(year))


numbers = st.one_of(st.integers(2, 12), st.integers(2, 99), st.integers(2, 99_999))
small = st.integers(2, 12)
days = st.dates(datetime.date(2018, 5, 1), datetime.date(2018, 11, 30))
any_day = st.dates(datetime.date(1997, 7, 1), datetime.date(2046, 12, 31))
spans = st.tuples(st.integers(1, 20), st.integers(1, 8)).map(lambda pair: (pair[0], pair[0] + pair[1]))
years = st.integers(1950, 2060)


@dataclass(frozen=True)
class Frame:
    """A sentence in both languages for any facts."""

    name: str
    facts: tuple[st.SearchStrategy[Any], ...]
    english: Callable[..., str]
    chinese: Callable[..., str]
    sources: tuple[str, ...] = ("en", "tc")


FRAMES = [
    Frame("ordinal", (numbers,), lambda n: f"The {ordinal(n)} meeting was held.", lambda n: f"第{zh(n)}次會議已經舉行。"),
    Frame("day", (days,), lambda d: f"It was held on {day_en(d)}.", lambda d: f"會議於{day_zh(d)}舉行。"),
    Frame(
        "full date",
        (any_day,),
        lambda d: f"It opened on {day_en(d)}, {d.year}.",
        lambda d: f"該處於{year_zh(d.year)}年{day_zh(d)}開放。",
    ),
    Frame(
        "weekday only in Chinese",
        (any_day,),
        lambda d: f"It opened on {day_en(d)}, {d.year}.",
        lambda d: f"該處於{year_zh(d.year)}年{day_zh(d)}（星期{DAYS[d.weekday()]}）開放。",
    ),
    Frame(
        "span of years",
        (years,),
        lambda y: (
            f"The plan for {y}-{(y + 1) % 100:02} was approved." if (y + 1) % 100 else f"The plan for {y}-{y + 1} was approved."
        ),
        lambda y: f"{year_zh(y)}至{year_zh(y + 1)[2:] if (y + 1) % 100 else year_zh(y + 1)}年度計劃獲批准。",
    ),
    Frame("money", (st.integers(1, 99_999),), lambda n: f"It costs ${n * 1000:,}.", lambda n: f"費用為{zh(n * 1000)}元。"),
    Frame("per cent", (st.integers(2, 99),), lambda n: f"Prices rose by {n} per cent.", lambda n: f"價格上升百分之{zh(n)}。"),
    Frame("number", (numbers,), lambda n: f"It drew {en(n)} people.", lambda n: f"活動有{measured(n)}人參加。"),
    Frame(
        "two numbers in another order",
        (numbers, numbers),
        lambda a, b: f"Customs seized {en(a)} vessels and {en(b)} boxes.",
        lambda a, b: f"海關檢獲{measured(b)}箱貨物及{measured(a)}艘船。",
    ),
    Frame(
        "a total that only Chinese states",
        (numbers, numbers),
        lambda a, b: f"Customs arrested {en(a)} men and {en(b)} women.",
        lambda a, b: f"海關拘捕{measured(a)}男{measured(b)}女，共{measured(a + b)}人。",
    ),
    Frame(
        "the meeting before",
        (numbers,),
        lambda n: f"The {ordinal(n)} meeting followed up the last one.",
        lambda n: f"第{zh(n)}次會議跟進第{zh(n - 1)}次會議的工作。",
    ),
    Frame(
        "three parties for some hours",
        (small,),
        lambda n: f"The tripartite talks took {en(n)} hours.",
        lambda n: f"三方會談歷時{measured(n)}小時。",
    ),
    Frame(
        "three parties in some rounds",
        (small,),
        lambda n: f"After {en(n)} rounds the three parties agreed.",
        lambda n: f"三方經過{measured(n)}輪商討達成共識。",
    ),
    Frame(
        "rounds that Chinese leaves out, beside three parties",
        (small,),
        lambda n: f"After {en(n)} rounds of tripartite talks there was no result.",
        lambda n: "三方會談多輪，未有結果。",
        ("en",),
    ),
    Frame("both sides", (numbers,), lambda n: f"Both sides signed {en(n)} deals.", lambda n: f"雙方簽署{measured(n)}份協議。"),
    Frame(
        "both places and twice",
        (small, small),
        lambda a, b: f"In both places {en(a)} awards were given to {en(b)} firms.",
        lambda a, b: f"兩地共有{measured(b)}間公司獲{measured(a)}個獎項。",
    ),
    Frame(
        "how long it lasts",
        (spans,),
        lambda s: f"The fair will run from August {s[0]} to {s[1]}.",
        lambda s: f"展覽由八月{zh(s[0])}日至{zh(s[1])}日舉行，為期{measured(s[1] - s[0] + 1)}天。",
    ),
    Frame(
        "a day and a number alike",
        (days, numbers),
        lambda d, n: f"On {day_en(d)}, {en(n)} firms joined.",
        lambda d, n: f"{day_zh(d)}，{measured(n)}間公司參加。",
    ),
    Frame(
        "a share and a number alike",
        (st.integers(2, 99), st.integers(2, 99)),
        lambda a, b: f"In all, {en(a)} firms, or {b} per cent, replied.",
        lambda a, b: f"共有{measured(a)}間公司回覆，佔百分之{zh(b)}。",
    ),
    Frame(
        "a year",
        (years, numbers),
        lambda y, n: f"In {y} there were {en(n)} cases.",
        lambda y, n: f"{year_zh(y)}年有{measured(n)}宗。",
    ),
    Frame(
        "the last five",
        (small,),
        lambda n: f"The last {en(n)} shared a prize.",
        lambda n: "五強共享獎項。" if n == 5 else "？",
        ("en",),
    ),
    Frame(
        "a number twice",
        (numbers,),
        lambda n: f"Of the {en(n)} firms, all {en(n)} replied.",
        lambda n: f"{measured(n)}間公司之中，{measured(n)}間全部回覆。",
    ),
    Frame(
        "a number twice, for two reasons",
        (numbers, numbers),
        lambda a, b: f"Of the {en(a)} firms and {en(b)} shops, most replied.",
        lambda a, b: f"{measured(b)}間店舖和{measured(a)}間公司大都回覆。",
    ),
    Frame(
        "one more than before",
        (st.integers(3, 99),),
        lambda n: f"There were {en(n)} events, one more than before.",
        lambda n: f"共有{measured(n)}項活動，較以往{measured(n - 1)}項多一項。",
    ),
    Frame(
        "a rise with its article",
        (st.integers(2, 99),),
        lambda n: f"There was {an(str(n))} {n} per cent rise.",
        lambda n: f"升幅為百分之{zh(n)}。",
    ),
    Frame(
        "a meeting with its article",
        (st.integers(2, 99),),
        lambda n: f"It was {an(ordinal(n))} {ordinal(n)} meeting.",
        lambda n: f"那是第{zh(n)}次會議。",
    ),
    Frame(
        "one or many",
        (st.integers(1, 99),),
        lambda n: f"It handled {en(n)} case{'s' if n > 1 else ''}.",
        lambda n: f"署方處理了{measured(n)}宗個案。",
    ),
]
BY_NAME = {frame.name: frame for frame in FRAMES}
# Frames that must be adapted for any facts.
ALWAYS_ADAPTABLE = (
    "ordinal",
    "day",
    "full date",
    "weekday only in Chinese",
    "span of years",
    "money",
    "per cent",
    "number",
    "three parties for some hours",
)


def value_context(language: str) -> ValueContext:
    return ValueContext(languages(Workspace())[language], house_style("gia-numerals", Workspace()), Date(2018, 8, 22))


def analyse(text: str, language: str) -> AnalysedText:
    return AnalysedText((text,), value_context(language), Workspace())


def adapted_and_expected(
    frame: Frame, stored: list[tuple[Any, ...]], queried: tuple[Any, ...], source: str
) -> tuple[str | None, str]:
    """Return the translation that the memory gives for some facts, and the right one."""
    render = {"en": frame.english, "tc": frame.chinese}
    target = "tc" if source == "en" else "en"
    pairs = [
        TranslationPair(analyse(render[source](*facts), source), analyse(render[target](*facts), target)) for facts in stored
    ]
    query = analyse(render[source](*queried), source)
    expected = render[target](*queried)
    for pair in pairs:
        if pair.source.key == query.key:
            try:
                return rendered_text(adapt(pair, query, value_context(target), evidence_from(pair, pairs))[0]), expected
            except NotAdaptable:
                continue
    return None, expected


@pytest.mark.parametrize(
    ("frame", "source"),
    [(frame, source) for frame in FRAMES for source in frame.sources],
    ids=lambda value: getattr(value, "name", value),
)
def test_adapted_text_is_exactly_right(frame: Frame, source: str) -> None:
    several = st.lists(st.tuples(*frame.facts), min_size=1, max_size=3)

    @settings(max_examples=60, deadline=None)
    @given(several, st.tuples(*frame.facts))
    def hold(stored: list[tuple[Any, ...]], queried: tuple[Any, ...]) -> None:
        adapted, expected = adapted_and_expected(frame, stored, queried, source)
        assert adapted in (None, expected), f"{stored} → {queried}"

    hold()


@pytest.mark.parametrize("name", ALWAYS_ADAPTABLE)
def test_single_fact_adapts_over_its_whole_range(name: str) -> None:
    frame = BY_NAME[name]

    @settings(max_examples=60, deadline=None)
    @given(st.tuples(*frame.facts), st.tuples(*frame.facts))
    def hold(stored: tuple[Any, ...], queried: tuple[Any, ...]) -> None:
        adapted, expected = adapted_and_expected(frame, [stored], queried, "en")
        assert adapted == expected

    hold()


@settings(max_examples=200, deadline=None)
@example(stored=3, queried=4)
@given(small, small)
def test_three_in_tripartite_does_not_vary(stored: int, queried: int) -> None:
    adapted, expected = adapted_and_expected(BY_NAME["three parties for some hours"], [(stored,)], (queried,), "en")
    assert adapted == expected
    assert expected.startswith("三方")
