"""Actions across meetings: how each stands by the latest minutes, and what can be made of the list."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from ipdocs.findings import IpdocsError
from ipdocs.minutes.actions import FollowUp, as_csv, as_ics, as_json, as_text, as_xlsx, day, follow_ups
from ipdocs.minutes.next_minutes import next_minutes_source
from ipdocs.source.open import open_source
from ipdocs.values.types import Date

Write = Callable[..., Path]
ON = date(2018, 11, 1)


def states(actions: list[FollowUp]) -> list[tuple[str, str, bool]]:
    return [(action.reference, action.status, action.overdue) for action in actions]


def test_an_action_is_overdue_on_the_day_after_it_was_due(minutes: Write) -> None:
    path = minutes()
    assert states(follow_ups([path], date(2018, 10, 31), "en")) == [("2/1", "open", True), ("3/1", "open", False)]
    assert states(follow_ups([path], ON, "en")) == [("2/1", "open", True), ("3/1", "open", True)]


@pytest.mark.parametrize("status", ["done", "dropped"])
def test_what_is_over_is_not_overdue(minutes: Write, status: str) -> None:
    assert states(follow_ups([minutes(("status: open", f"status: {status}"))], ON, "en"))[0] == ("2/1", status, False)


def test_the_latest_minutes_say_how_an_action_stands(minutes: Write) -> None:
    third = minutes()
    fourth = minutes(
        ("id: small", "id: later"),
        ("meeting: {number: 3, date: 2018-08-21", "meeting: {number: 4, date: 2019-02-19"),
        ("previous: {number: 2, date: 2018-02-20}", "previous: {number: 3, date: 2018-08-21}"),
        ("next: {number: 4, date: 2019-02-19", "next: {number: 5, date: 2019-08-19"),
        ("carried: 2/1", "carried: 3/1"),
        ("status: open", "status: done"),
        name="later.yaml",
    )
    for sources in ([third, fourth], [fourth, third]):
        assert states(follow_ups(sources, ON, "en")) == [("2/1", "open", True), ("3/1", "done", False), ("4/1", "open", True)]


def test_actions_are_told_in_any_language(minutes: Write) -> None:
    path = minutes()
    said = {short: follow_ups([path], ON, short)[1] for short in ("en", "tc", "sc")}
    assert [one.what for one in said.values()] == ["Buy the books.", "購買圖書。", "购买图书。"]
    assert [one.owners for one in said.values()] == [("Central Library",), ("中央圖書館",), ("中央图书馆",)]


def test_a_month_is_due_on_its_last_day() -> None:
    assert [day(Date(2018, 2)), day(Date(2018, 12)), day(Date(2018, 2, 3)), day(None)] == [
        date(2018, 2, 28),
        date(2018, 12, 31),
        date(2018, 2, 3),
        None,
    ]


def listed(what: str = "Buy the books.", due: date | None = date(2018, 10, 31)) -> list[FollowUp]:
    return [FollowUp("Committee", "3/1", what, ("A", "B"), due, "open", True, date(2018, 8, 21), Path("minutes.yaml"))]


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("https://example.org/")']


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_csv_begins_a_formula(formula: str) -> None:
    rows = list(csv.reader(io.StringIO(as_csv(listed(formula)).decode("utf-8-sig"))))
    assert rows[1][2] == f"'{formula}"


@pytest.mark.parametrize("formula", FORMULAS)
def test_every_cell_of_a_workbook_is_text(formula: str) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx(listed(formula)))).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}
    assert sheet["C2"].value == formula
    assert sheet["G2"].value == "overdue"


def test_a_workbook_is_the_same_on_any_day() -> None:
    assert as_xlsx(listed()) == as_xlsx(listed())


def test_json_says_true_or_false(minutes: Write) -> None:
    (said,) = json.loads(as_json(listed()))
    assert (said["overdue"], said["owner"], said["due"], said["status"]) == (True, ["A", "B"], "2018-10-31", "open")


def test_the_terminal_marks_what_is_overdue() -> None:
    assert as_text(listed()).decode() == "Committee\n! 3/1  Buy the books.\n    A; B, due 2018-10-31, overdue\n"


def test_a_calendar_has_a_task_for_what_is_open() -> None:
    lines = as_ics(listed("Buy; sell, and \\ so\non " + "知識產權" * 20)).decode().split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert "DUE;VALUE=DATE:20181031" in lines
    assert "DTSTAMP:20180821T000000Z" in lines
    assert all(len(line.encode()) <= 75 for line in lines)
    unfolded = "\r\n".join(lines).replace("\r\n ", "")
    assert "SUMMARY:3/1 Buy\\; sell\\, and \\\\ so\\non 知識產權" in unfolded


def test_a_task_keeps_its_name_from_meeting_to_meeting(minutes: Write) -> None:
    names = [as_ics(follow_ups([minutes(("id: small", f"id: {name}"))], ON, "en")).decode().split("UID:")[1:] for name in "ab"]
    assert [part.split("\r\n")[0] for part in names[0]] == [part.split("\r\n")[0] for part in names[1]]


def test_the_next_minutes_begin_with_what_is_unfinished(minutes: Write, tmp_path: Path) -> None:
    text = next_minutes_source(minutes(), "next-one")
    path = tmp_path / "next.yaml"
    path.write_text(text, "utf-8")
    document = open_source(path).document
    assert (document.id, document.meeting.number.number, document.meeting.date) == ("next-one", 4, Date(2019, 2, 19))
    assert (document.previous.number.number, document.previous.date) == (3, Date(2018, 8, 21))
    carried = [(block.id, block.action.carried) for block in document.body if hasattr(block, "action")]
    assert carried == [("old-action", "2/1"), ("buy", "3/1")]
    assert [block.item.standing for block in document.body if hasattr(block, "item")] == [
        "confirmation",
        "matters-arising",
        "other-business",
        "next-meeting",
    ]


def test_what_was_restricted_stays_so_when_it_is_carried_over(minutes: Write, tmp_path: Path) -> None:
    for change in (
        ("  - id: buy\n", "  - id: buy\n    restricted: true\n"),
        ("  - id: books\n", "  - id: books\n    restricted: true\n"),
    ):
        path = tmp_path / "next.yaml"
        path.write_text(next_minutes_source(minutes(change), "next-one"), "utf-8")
        restricted = {block.id: block.restricted for block in open_source(path).document.body if hasattr(block, "action")}
        assert restricted == {"old-action": None, "buy": "true"}


def test_texts_that_are_carried_over_still_mean_the_last_meeting(minutes: Write, tmp_path: Path) -> None:
    text = next_minutes_source(
        minutes(('en: "Buy the books."', 'en: "Buy before {{ next_held | date }}, not {{ held | date }}."')), "next-one"
    )
    assert 'en: "Buy before {{ held | date }}, not {{ previous_held | date }}."' in text


def test_what_only_the_last_minutes_state_cannot_be_carried_over(minutes: Write) -> None:
    with pytest.raises(IpdocsError, match="previous_held would mean another meeting"):
        next_minutes_source(minutes(('en: "Buy the books."', 'en: "As on {{ previous_held | date }}."')), "next-one")


def test_without_a_next_meeting_nothing_can_begin(minutes: Write) -> None:
    change = ('next: {number: 4, date: 2019-02-19, begins: 10:00, venue: {en: "Room 2", tc: "二號室"}}\n', "")
    with pytest.raises(IpdocsError, match="these minutes agree on no next meeting"):
        next_minutes_source(minutes(change), "next-one")
