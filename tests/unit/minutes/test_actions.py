"""Actions of several meetings: their status in the latest minutes, and the formats of the list."""

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
from ipdocs.minutes.actions import FollowUp, as_csv, as_ics, as_json, as_text, as_xlsx, calendar_day, follow_ups
from ipdocs.minutes.next_minutes import next_minutes_source
from ipdocs.source.open import open_source
from ipdocs.values.types import Date

Write = Callable[..., Path]
LIST_DAY = date(2018, 11, 1)


def states(actions: list[FollowUp]) -> list[tuple[str, str, bool]]:
    return [(action.reference, action.status, action.overdue) for action in actions]


def test_an_action_is_overdue_on_the_day_after_its_due_day(minutes: Write) -> None:
    path = minutes()
    assert states(follow_ups([path], date(2018, 10, 31), "en")) == [("2/1", "open", True), ("3/1", "open", False)]
    assert states(follow_ups([path], LIST_DAY, "en")) == [("2/1", "open", True), ("3/1", "open", True)]


@pytest.mark.parametrize("status", ["done", "dropped"])
def test_a_closed_action_is_not_overdue(minutes: Write, status: str) -> None:
    assert states(follow_ups([minutes(("status: open", f"status: {status}"))], LIST_DAY, "en"))[0] == ("2/1", status, False)


def test_the_status_is_that_of_the_latest_minutes(minutes: Write) -> None:
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
        assert states(follow_ups(sources, LIST_DAY, "en")) == [
            ("2/1", "open", True),
            ("3/1", "done", False),
            ("4/1", "open", True),
        ]


def test_actions_are_listed_in_any_language(minutes: Write) -> None:
    path = minutes()
    actions = [follow_ups([path], LIST_DAY, code)[1] for code in ("en", "tc", "sc")]
    assert [action.task for action in actions] == ["Buy the books.", "購買圖書。", "购买图书。"]
    assert [action.owners for action in actions] == [("Central Library",), ("中央圖書館",), ("中央图书馆",)]


def test_a_month_is_due_on_its_last_day() -> None:
    assert [calendar_day(Date(2018, 2)), calendar_day(Date(2018, 12)), calendar_day(Date(2018, 2, 3)), calendar_day(None)] == [
        date(2018, 2, 28),
        date(2018, 12, 31),
        date(2018, 2, 3),
        None,
    ]


def listed(task: str = "Buy the books.", due: date | None = date(2018, 10, 31)) -> list[FollowUp]:
    return [FollowUp("Committee", "3/1", task, ("A", "B"), due, "open", True, date(2018, 8, 21), Path("minutes.yaml"))]


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("https://example.org/")']


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_csv_starts_a_formula(formula: str) -> None:
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


def test_json_has_booleans_and_lists(minutes: Write) -> None:
    (action,) = json.loads(as_json(listed()))
    assert (action["overdue"], action["owner"], action["due"], action["status"]) == (True, ["A", "B"], "2018-10-31", "open")


def test_the_terminal_marks_overdue_actions() -> None:
    assert as_text(listed()).decode() == "Committee\n! 3/1  Buy the books.\n    A; B, due 2018-10-31, overdue\n"


def test_a_calendar_has_a_task_for_an_open_action() -> None:
    lines = as_ics(listed("Buy; sell, and \\ so\non " + "知識產權" * 20)).decode().split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert "DUE;VALUE=DATE:20181031" in lines
    assert "DTSTAMP:20180821T000000Z" in lines
    assert all(len(line.encode()) <= 75 for line in lines)
    unfolded = "\r\n".join(lines).replace("\r\n ", "")
    assert "SUMMARY:3/1 Buy\\; sell\\, and \\\\ so\\non 知識產權" in unfolded


def test_a_task_keeps_its_uid_from_meeting_to_meeting(minutes: Write) -> None:
    uids = [
        as_ics(follow_ups([minutes(("id: small", f"id: {name}"))], LIST_DAY, "en")).decode().split("UID:")[1:] for name in "ab"
    ]
    assert [part.split("\r\n")[0] for part in uids[0]] == [part.split("\r\n")[0] for part in uids[1]]


def test_the_next_minutes_begin_with_open_actions(minutes: Write, tmp_path: Path) -> None:
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


def test_a_restricted_action_stays_restricted_in_next_minutes(minutes: Write, tmp_path: Path) -> None:
    for change in (
        ("  - id: buy\n", "  - id: buy\n    restricted: true\n"),
        ("  - id: books\n", "  - id: books\n    restricted: true\n"),
    ):
        path = tmp_path / "next.yaml"
        path.write_text(next_minutes_source(minutes(change), "next-one"), "utf-8")
        restricted = {block.id: block.restricted for block in open_source(path).document.body if hasattr(block, "action")}
        assert restricted == {"old-action": None, "buy": "true"}


def test_texts_carried_over_still_mean_the_last_meeting(minutes: Write, tmp_path: Path) -> None:
    text = next_minutes_source(
        minutes(('en: "Buy the books."', 'en: "Buy before {{ next_held | date }}, not {{ held | date }}."')), "next-one"
    )
    assert 'en: "Buy before {{ held | date }}, not {{ previous_held | date }}."' in text


def test_facts_of_the_meeting_before_last_are_not_carried_over(minutes: Write) -> None:
    with pytest.raises(IpdocsError) as caught:
        next_minutes_source(minutes(('en: "Buy the books."', 'en: "As on {{ previous_held | date }}."')), "next-one")
    (finding,) = caught.value.findings
    assert finding.code == "cannot-carry"
    assert "previous_held" in finding.message


def test_next_minutes_need_a_next_meeting(minutes: Write) -> None:
    change = ('next: {number: 4, date: 2019-02-19, begins: 10:00, venue: {en: "Room 2", tc: "二號室"}}\n', "")
    with pytest.raises(IpdocsError) as caught:
        next_minutes_source(minutes(change), "next-one")
    assert [finding.code for finding in caught.value.findings] == ["no-next-meeting"]
