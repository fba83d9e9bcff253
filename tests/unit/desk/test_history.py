"""The history of a document across time, renaming, windows and restarts."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ipdocs.desk import document_files, journal
from ipdocs.desk.documents import HeldDocument
from ipdocs.desk.errors import DeskError
from ipdocs.findings import IpdocsError

RELEASE = """schema: 1
kind: press-release
id: held
issued: 2018-08-21
languages: [en, tc]
title: {en: "A title", tc: "標題"}
body:
  - id: lead
    paragraph: {en: "One.", tc: "一。"}
"""
DAY = 86_400

Open = Callable[..., HeldDocument]


@pytest.fixture
def opened(tmp_path: Path) -> Open:
    """Open the release of this test, as a desk does that starts again."""
    (tmp_path / "workspace").mkdir()
    (tmp_path / "workspace/release.yaml").write_text(RELEASE, "utf-8")

    def open_it(name: str = "release.yaml") -> HeldDocument:
        return HeldDocument(name, tmp_path / "workspace" / name, tmp_path / "journals", lambda event: None)

    return open_it


def write(held: HeldDocument, before: str, after: str, number: str, tab: str = "tab", **more: Any) -> dict[str, Any]:
    """Write the English words of the lead as a step."""
    change = {"type": "text", "place": "lead.paragraph", "lang": "en", "before": before, "after": after}
    return held.step({"id": number, "tab": tab, "changes": [change], **more})


def words(held: HeldDocument) -> str:
    return next(line for line in held.path.read_text("utf-8").splitlines() if "paragraph" in line).split('"')[1]


def test_versions_grow_when_the_clock_goes_back(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    held = opened()
    for number in range(30):
        write(held, f"{number or 'One'}.", f"{number + 1}.", f"step-{number}")
    now = time.time()
    monkeypatch.setattr(document_files.time, "time", lambda: now - 30 * DAY)
    assert opened().version > held.version


def test_the_same_id_of_two_tabs_is_two_steps(opened: Open) -> None:
    held = opened()
    write(held, "One.", "Two.", "same", "first")
    write(held, "Two.", "Three.", "same", "second")
    assert words(held) == "Three."


def test_words_taken_back_unsaved_are_no_undo_of_their_own(opened: Open) -> None:
    held = opened()
    write(held, "One.", "Two", "step-1")
    write(held, "Two", "Two more", "step-2")
    write(held, "Two more", "Two", "step-3", continues=True)
    held.undo({"tab": "tab"})
    assert words(held) == "One."
    held.redo({"tab": "tab"})
    assert words(held) == "Two"


def test_entries_of_ninety_days_are_kept(opened: Open) -> None:
    held = opened()
    for number, days in enumerate((91, 89, 0)):
        write(held, f"{number or 'One'}.", f"{number + 1}.", f"step-{number}")
        held.journal.entries[-1] = replace(held.journal.entries[-1], time=time.time() - days * DAY)
    held.journal.drop_old(time.time())
    assert [entry.id for entry in opened().journal.entries] == ["step-1", "step-2"]
    again = opened()
    again.undo({"tab": "tab"})
    again.undo({"tab": "tab"})
    assert words(again) == "1."
    with pytest.raises(DeskError):
        again.undo({"tab": "tab"})


def test_a_journal_that_is_too_large_loses_its_oldest_half(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    held = opened()
    for number in range(12):
        write(held, f"{number or 'One'}.", f"{number + 1}.", f"step-{number}")
    monkeypatch.setattr(journal, "MAX_BYTES", held.journal.path.stat().st_size // 2)
    again = opened()
    assert 1 < len(again.journal.entries) < 6
    assert again.journal.path.stat().st_size < journal.MAX_BYTES
    again.undo({"tab": "tab"})
    assert words(again) == "11."


@pytest.mark.parametrize("is_open", [True, False])
def test_a_renamed_file_keeps_its_history(opened: Open, is_open: bool) -> None:
    held = opened()
    write(held, "One.", "Two.", "step-1")
    held.path.rename(held.path.with_name("renamed.yaml"))
    if is_open:
        held.refresh()
    renamed = opened("renamed.yaml")
    renamed.undo({"tab": "tab"})
    assert words(renamed) == "One."
    assert opened("renamed.yaml").redo_label
    assert not held.journal.path.exists()


def test_a_copy_has_no_history(opened: Open) -> None:
    held = opened()
    write(held, "One.", "Two.", "step-1")
    held.path.with_name("copy.yaml").write_bytes(held.path.read_bytes())
    assert opened("copy.yaml").undo_label is None
    assert opened().undo_label


def test_the_history_of_another_file_changes_nothing(opened: Open) -> None:
    held = opened()
    write(held, "One.", "Two.", "step-1")
    other = RELEASE.replace("One.", "Other words.").encode()
    held.path.write_bytes(other)
    again = opened()
    with pytest.raises(DeskError) as refused:
        again.undo({"tab": "tab"})
    assert "changed_since" in refused.value.body
    assert again.path.read_bytes() == other


def test_words_that_read_back_otherwise_are_refused(opened: Open) -> None:
    held = opened()
    with pytest.raises(IpdocsError) as refused:
        write(held, "One.", "One\rtwo", "step-1")
    assert refused.value.findings[0].code == "not-read-back"
    assert held.path.read_text("utf-8") == RELEASE
    assert not held.journal.entries
