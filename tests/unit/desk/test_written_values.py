"""Values as people write them are read as facts, in the type that a fact has already or in their own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipdocs.desk.written_values import read_value
from ipdocs.locale.language import language
from ipdocs.locale.style import house_style
from ipdocs.values.notation import notation, parse_value
from ipdocs.values.types import Date
from ipdocs.values.value_context import ValueContext
from ipdocs.workspace import Workspace

WORKSPACE = Workspace()
STYLE = house_style("gia", WORKSPACE)
CONTEXTS = [ValueContext(language(code, WORKSPACE), STYLE, Date(2018, 8, 22)) for code in ("en", "tc", "sc")]


@pytest.mark.parametrize(
    ("text", "kind", "read"),
    [
        ("21 Aug 2018", "", ("date", "2018-08-21")),
        ("Aug 21", "date", ("date", "2018-08-21")),
        ("2018-08-21", "", ("date", "2018-08-21")),
        ("21 to 23 Aug 2018", "date", ("date", "2018-08-21 to 2018-08-23")),
        ("二○一八年八月二十一日", "", ("date", "2018-08-21")),
        ("August 2018", "date", ("date", "2018-08")),
        (" 3.9 % ", "", ("percent", "3.9")),
        ("3.9", "percent", ("percent", "3.9")),
        ("百分之三點九", "percent", ("percent", "3.9")),
        ("百分之三点九", "", ("percent", "3.9")),
        ("4", "percent", ("percent", "4")),
        ("$14 million", "", ("money", "HKD 14000000")),
        ("一千四百萬元", "money", ("money", "HKD 14000000")),
        ("US$5.5 million", "money", ("money", "USD 5500000")),
        ("15000000", "money", ("money", "USD 15000000")),
        ("2018 to 2019", "", ("years", "2018-2019")),
        ("2018", "integer", ("integer", "2018")),
        ("2018", "years", ("years", "2018")),
        ("3rd", "", ("ordinal", "3")),
        ("5", "ordinal", ("ordinal", "5")),
        ("1,400", "", ("integer", "1400")),
        ("三", "", ("integer", "3")),
        ("2:30 to 4pm", "", ("time", "14:30-16:00")),
        ("Monday to Friday", "", ("weekday", "Monday to Friday")),
        ("two-thirds", "", ("fraction", "2/3")),
        ("2961 6800", "phone", ("phone", "2961 6800")),
        ("2961 6800", "", ("phone", "2961 6800")),
        ("2018-Q3", "", ("period", "2018-Q3")),
        ("22 Aug 2018, 18:30", "datetime", ("datetime", "2018-08-22T18:30+08:00")),
        ("3 Sep 2018", "percent", ("date", "2018-09-03")),
        ("trade-mark", "term", ("term", "trade-mark")),
    ],
)
def test_a_value_is_read_as_people_write_it(text: str, kind: str, read: tuple[str, str]) -> None:
    assert read_value(text, CONTEXTS, kind, "USD") == read


@pytest.mark.parametrize("text", ["", "  ", "140 people", "about five", "2018-02-30", "21 Aug 2018 and 3 %", "today", "⟦x⟧"])
def test_words_that_are_not_one_value_are_not_read(text: str) -> None:
    assert read_value(text, CONTEXTS) is None


@given(
    st.one_of(
        st.integers(-(10**9), 10**12).map(lambda number: ("integer", str(number))),
        st.decimals(0, 1000, places=1).map(lambda number: ("percent", f"{number:f}")),
        st.dates().map(lambda day: ("date", day.isoformat())),
        st.integers(1, 10**9).map(lambda number: ("money", f"HKD {number}")),
        st.times().map(lambda time: ("time", f"{time:%H:%M}")),
        st.integers(1, 3000).map(lambda number: ("ordinal", str(number))),
    )
)
def test_every_notation_is_read_as_itself(fact: tuple[str, str]) -> None:
    kind, text = fact
    read = read_value(text, CONTEXTS, kind)
    assert read is not None
    assert (read[0], parse_value(kind, read[1])) == (kind, parse_value(kind, text))
    assert read[1] == notation(parse_value(kind, text))
