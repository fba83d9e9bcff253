"""Ledger of the content of an incoming file."""

from __future__ import annotations

from pathlib import Path

import pytest

from ipdocs.files.ledger import Ledger, LeftOut, LeftOutReason, missing_text
from ipdocs.findings import IpdocsError


def ledger(*texts: str) -> Ledger:
    result = Ledger(Path("a.docx"))
    for number, text in enumerate(texts, 1):
        result.enter(number, "text", text, number)
    return result


def test_a_piece_that_is_passed_over_is_an_error() -> None:
    accounts = ledger("First", "Second", " ")
    accounts.take(1)
    with pytest.raises(IpdocsError) as caught:
        accounts.check()
    assert [(finding.code, finding.location and finding.location.line) for finding in caught.value.findings] == [
        ("text-unaccounted", 2)
    ]
    accounts.leave_out(2, LeftOutReason.HIDDEN)
    accounts.check()


def test_what_is_left_out_is_joined_by_line_and_reason() -> None:
    accounts = Ledger(Path("a.docx"))
    for key, text, line in (("a", "Page ", 1), ("b", "one", 1), ("c", "Deleted", 1), ("d", "two", 2)):
        accounts.enter(key, "text", text, line)
    for key in "abd":
        accounts.leave_out(key, LeftOutReason.RUNNING_HEAD)
    accounts.leave_out("c", LeftOutReason.DELETED, "by A")
    assert accounts.left_out() == [
        LeftOut("Page one", LeftOutReason.RUNNING_HEAD, 1),
        LeftOut("Deleted", LeftOutReason.DELETED, 1, "by A"),
        LeftOut("two", LeftOutReason.RUNNING_HEAD, 2),
    ]
    assert [entry.description for entry in accounts.left_out()][1] == "tracked deletion: by A"


def test_cells_are_listed_by_their_content() -> None:
    accounts = Ledger(Path("a.docx"))
    for key, kind, text in (
        ("a", "cell", "table cell"),
        ("b", "text", "Page"),
        ("c", "cell", "table cell"),
        ("d", "text", "two"),
    ):
        accounts.enter(key, kind, text, 1)
        accounts.leave_out(key, LeftOutReason.RUNNING_HEAD)
    assert "table cell" not in " ".join(entry.text for entry in accounts.left_out())
    accounts.check()


def test_a_taken_piece_is_not_left_out() -> None:
    accounts = ledger("First")
    accounts.leave_out(1, LeftOutReason.HIDDEN)
    accounts.take(1)
    accounts.leave_out(1, LeftOutReason.HIDDEN)
    assert accounts.left_out() == []


def test_taken_text_must_arrive() -> None:
    accounts = ledger("30 m²", "of land")
    accounts.take(1)
    accounts.take(2)
    accounts.check_arrival(["30 m2 of", "land"])
    with pytest.raises(IpdocsError):
        accounts.check_arrival(["30 m2 of"])


def test_missing_text_counts_repetitions() -> None:
    assert missing_text(["an apple", "a pear"], ["a pear an"]) == "apple"


def test_pieces_of_different_comments_are_listed_separately() -> None:
    ledger = Ledger(Path("a.docx"))
    for number, (text, group) in enumerate([("Please ", 1), ("check.", 1), ("Done.", 2)]):
        ledger.enter(number, "text", text, 3, group)
        ledger.leave_out(number, LeftOutReason.COMMENT)
    assert [entry.text for entry in ledger.left_out()] == ["Please check.", "Done."]
