from __future__ import annotations

import pytest

from ipdocs.localisation.localised_text import unbroken


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3.9 per cent", "3.9~per~cent"),
        ("21 August 2018", "21~August~2018"),
        ("28 September 2018", "28~September 2018"),
        ("Tuesday, August 21, 2018", "Tuesday, August~21, 2018"),
        ("today (September 28)", "today (September~28)"),
        ("Director of Intellectual Property, Ms X", "Director of Intellectual Property, Ms X"),
        ("Resolution 2018 of the Council", "Resolution 2018 of the Council"),
        ("二○一八年八月二十一日", "二○一八年八月二十一日"),
    ],
)
def test_short_texts_and_dates_stay_on_one_line(text: str, expected: str) -> None:
    assert unbroken(text) == expected.replace("~", "\u00a0")
