from __future__ import annotations

from datetime import datetime
from decimal import Decimal as Number

import pytest

from ipdocs.values import Value, notation, parse_value
from ipdocs.values.types import (
    HONG_KONG,
    Date,
    DateTime,
    Decimal,
    Integer,
    Label,
    Money,
    Ordinal,
    Percent,
    Phone,
    Time,
    TimeRange,
    Years,
)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("integer", "1400", Integer(1400)),
        ("integer", " 0 ", Integer(0)),
        ("decimal", "3.9", Decimal(Number("3.9"))),
        ("ordinal", "17", Ordinal(17)),
        ("percent", "3.9", Percent(Number("3.9"))),
        ("money", "HKD 14000000", Money("HKD", Number(14_000_000))),
        ("money", "USD 0.5", Money("USD", Number("0.5"))),
        ("date", "2018-08-21", Date(2018, 8, 21)),
        ("date", "2003-08", Date(2003, 8)),
        ("date", "2020-02-29", Date(2020, 2, 29)),
        ("datetime", "2018-08-22T18:30+08:00", DateTime(datetime(2018, 8, 22, 18, 30, tzinfo=HONG_KONG))),
        ("time", "14:30", Time(14, 30)),
        ("time", "9:05", Time(9, 5)),
        ("time", "14:30-16:00", TimeRange(Time(14, 30), Time(16))),
        ("years", "2018-2019", Years(2018, 2019)),
        ("years", "2018", Years(2018, 2018)),
        ("phone", "182 80 80", Phone("182 80 80")),
        ("phone", "+852 2961 4500", Phone("+852 2961 4500")),
    ],
)
def test_the_notation_of_each_kind_is_read(kind: str, text: str, value: Value) -> None:
    assert parse_value(kind, text) == value


def test_a_moment_elsewhere_is_shown_in_hong_kong_time() -> None:
    moment = parse_value("datetime", "2018-08-21T23:30Z")
    assert isinstance(moment, DateTime)
    assert (moment.date, moment.time) == (Date(2018, 8, 22), Time(7, 30))


@pytest.mark.parametrize(
    ("kind", "text", "message"),
    [
        ("integer", "1,400", "'1,400' is no whole number; write digits alone, such as 1400"),
        ("integer", "-3", "'-3' is no whole number; write digits alone, such as 1400"),
        ("integer", "一千", "'一千' is no whole number; write digits alone, such as 1400"),
        ("integer", "９", "'９' is no whole number; write digits alone, such as 1400"),
        ("integer", "1" * 40, "a number of 40 digits is too long; at most 18 are taken"),
        ("ordinal", "17th", "'17th' is no whole number; write digits alone, such as 17"),
        ("ordinal", "0", "an ordinal begins at 1"),
        ("percent", "3.9%", "'3.9%' is no number; write digits and a point alone, such as 3.9"),
        ("money", "$14m", "'$14m' is no amount of money; write a currency and a number, such as HKD 14000000"),
        ("date", "21/8/2018", "'21/8/2018' is no date; write year, month and day, such as 2018-08-21, or a month, 2003-08"),
        ("date", "2018-02-30", "there is no day 2018-02-30: day is out of range for month"),
        ("date", "2018-13", "there is no month 2018-13: month must be in 1..12"),
        ("date", "2018-08-00", "there is no day 2018-08-00: days begin at 01"),
        ("datetime", "2018-08-22T18:30", "'2018-08-22T18:30' says no time zone; add Hong Kong's, such as 2018-08-22T18:30+08:00"),
        ("datetime", "9999-12-31T23:59-12:00", "'9999-12-31T23:59-12:00' is no day of the calendar in Hong Kong"),
        ("time", "25:00", "'25:00' is no time of day; write hours and minutes, such as 14:30, or a range, 14:30-16:00"),
        ("time", "16:00-14:30", "the range 16:00-14:30 ends before it begins"),
        ("years", "2018-19", "'2018-19' is no span of years; write both in full, such as 2018-2019, or one, 2018"),
        ("years", "2019-2018", "the span 2019-2018 ends before it begins"),
        ("phone", "call us", "'call us' is no telephone number; write digits and spaces, such as 2961 4500 or +852 2961 4500"),
        ("number", "1", "there is no kind of value 'number'; the kinds are integer, decimal, ordinal, percent, money, date, "
         "datetime, time, years, phone"),
    ],
)  # fmt: skip
def test_what_is_no_value_is_refused_in_words_that_help(kind: str, text: str, message: str) -> None:
    with pytest.raises(ValueError, match=r".") as refusal:
        parse_value(kind, text)
    assert str(refusal.value) == message


def test_a_date_and_time_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^'2018-08-22 at six' is no date and time; write 2018-08-22T18:30\+08:00 \("):
        parse_value("datetime", "2018-08-22 at six")


@pytest.mark.parametrize("value", [Date(None, 8, 21), Label("559")])
def test_what_only_text_states_has_no_notation(value: Value) -> None:
    with pytest.raises(ValueError, match="a source has no notation for"):
        notation(value)
