from __future__ import annotations

from datetime import datetime
from decimal import Decimal as Number

import pytest

from ipdocs.values.notation import notation, parse_value
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
    Value,
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
def test_each_kind_of_value_is_parsed(kind: str, text: str, value: Value) -> None:
    assert parse_value(kind, text) == value


def test_a_moment_is_in_hong_kong_time() -> None:
    moment = parse_value("datetime", "2018-08-21T23:30Z")
    assert isinstance(moment, DateTime)
    assert (moment.date, moment.time) == (Date(2018, 8, 22), Time(7, 30))


@pytest.mark.parametrize(
    ("kind", "text", "quoted"),
    [
        ("integer", "1,400", ["'1,400'", "1400"]),
        ("integer", "3-", ["'3-'", "1400"]),
        ("integer", "一千", ["'一千'", "1400"]),
        ("integer", "９", ["'９'", "1400"]),
        ("integer", "1" * 40, ["40 characters", "18"]),
        ("ordinal", "17th", ["'17th'", "such as 17"]),
        ("ordinal", "0", ["0", "1"]),
        ("percent", "3.9%", ["'3.9%'", "such as 3.9"]),
        ("money", "$14m", ["'$14m'", "HKD 14000000"]),
        ("date", "21/8/2018", ["'21/8/2018'", "2018-08-21", "2003-08"]),
        ("date", "2018-02-30", ["2018-02-30", "day"]),
        ("date", "2018-13", ["2018-13", "month"]),
        ("date", "2018-08-00", ["2018-08-00", "01"]),
        ("datetime", "2018-08-22T18:30", ["'2018-08-22T18:30'", "2018-08-22T18:30+08:00"]),
        ("datetime", "9999-12-31T23:59-12:00", ["'9999-12-31T23:59-12:00'", "Hong Kong"]),
        ("datetime", "2018-08-22 at six", ["'2018-08-22 at six'", "2018-08-22T18:30+08:00"]),
        ("time", "25:00", ["'25:00'", "14:30", "14:30-16:00"]),
        ("time", "16:00-14:30", ["16:00-14:30"]),
        ("years", "2018-19", ["'2018-19'", "2018-2019"]),
        ("years", "2019-2018", ["2019-2018"]),
        ("phone", "call us", ["'call us'", "2961 4500"]),
        ("number", "1", ["'number'", "integer, decimal, ordinal"]),
    ],
)
def test_invalid_notation_is_refused_with_an_example(kind: str, text: str, quoted: list[str]) -> None:
    with pytest.raises(ValueError, match=r".") as refusal:
        parse_value(kind, text)
    assert [part for part in quoted if part not in str(refusal.value)] == []


@pytest.mark.parametrize("value", [Date(None, 8, 21), Label("559")])
def test_values_of_text_alone_have_no_notation(value: Value) -> None:
    with pytest.raises(ValueError, match="no notation"):
        notation(value)
