"""Documents that the desk holds: steps, their journal, undo, and what other programs do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ipdocs.desk.documents import HeldDocument
from ipdocs.desk.errors import DeskError

RELEASE = """schema: 1
kind: press-release
id: held
issued: 2018-08-21
languages: [en, tc]
title: {en: "A title", tc: "標題"}
body:
  - id: lead  # a comment
    paragraph:
      en: |
        The first words of the lead,
        on two lines.
      tc: "導語。"
  - id: more
    paragraph: {en: 'It''s more.', tc: "更多。"}
"""

Open = Callable[..., HeldDocument]


@pytest.fixture
def opened(tmp_path: Path) -> Open:
    """Open the release of this test, as a desk does that starts again."""
    path = tmp_path / "workspace" / "release.yaml"
    path.parent.mkdir()
    path.write_bytes(RELEASE.encode())

    def open_it(events: list[Any] | None = None) -> HeldDocument:
        notify = (lambda event: None) if events is None else events.append
        return HeldDocument("release.yaml", path, tmp_path / "journals", notify)

    return open_it


def text(place: str, lang: str, before: str | None, after: str | None, number: int = 1, **more: Any) -> dict[str, Any]:
    change = {"type": "text", "place": place, "lang": lang, "before": before, "after": after}
    return {"id": f"step-{number}", "tab": "tab", "changes": [change], **more}


def test_a_step_changes_only_its_words(opened: Open) -> None:
    held = opened()
    patch = held.step(text("lead.paragraph", "tc", "導語。", "新導語。"))
    assert held.path.read_text("utf-8") == RELEASE.replace("導語。", "新導語。")
    assert [row["id"] for row in patch["rows"]] == ["lead"]
    assert patch["undo"] == {"text": "typing in {row}", "values": {"row": "Lead"}}


def test_the_same_id_twice_is_one_step(opened: Open) -> None:
    held = opened()
    step = text("more.paragraph", "en", "It's more.", "It's less.")
    assert held.step(step) == held.step(step)
    assert len(held.journal.entries) == 1
    opened().step(step)
    assert held.path.read_text("utf-8") == RELEASE.replace("more.'", "less.'")


def test_other_words_than_before_are_a_conflict(opened: Open) -> None:
    held = opened()
    with pytest.raises(DeskError) as refused:
        held.step(text("more.paragraph", "en", "It's nothing.", "Mine."))
    assert refused.value.status == 409
    assert refused.value.body["conflict"] == {
        "place": "more.paragraph",
        "lang": "en",
        "mine": "Mine.",
        "theirs": "It's more.",
        "base": "It's nothing.",
    }
    assert held.path.read_text("utf-8") == RELEASE


def test_typing_on_is_undone_in_one_go(opened: Open) -> None:
    held = opened()
    held.step(text("more.paragraph", "en", "It's more.", "It's more. A", 1))
    held.step(text("more.paragraph", "en", "It's more. A", "It's more. A b", 2, continues=True))
    held.step(text("more.paragraph", "en", "It's more. A b", "It's more. A b c.", 3, continues=True))
    held.step(text("more.paragraph", "en", "It's more. A b c.", "It's more. A b c. D", 4, continues=True))
    held = opened()
    patch = held.undo({"id": "u1", "tab": "tab"})
    assert "A b c.'" in held.path.read_text("utf-8")
    assert patch["go_to"] == {"place": "more.paragraph", "lang": "en"}
    opened().undo({"id": "u2", "tab": "tab"})
    assert held.path.read_text("utf-8") == RELEASE
    held = opened()
    assert held.view()["undo"] is None
    held.redo({"id": "r1", "tab": "tab"})
    held.redo({"id": "r2", "tab": "tab"})
    assert "A b c. D'" in held.path.read_text("utf-8")
    assert held.view()["redo"] is None


def test_undo_finds_its_text_after_an_outside_change(opened: Open) -> None:
    held = opened()
    held.step(text("more.paragraph", "en", "It's more.", "It's less."))
    changed = held.path.read_text("utf-8").replace("標題", "另一標題").replace("  - id: more", "  # moved\n  - id: more")
    held.path.write_text(changed, "utf-8")
    held.undo({"id": "u", "tab": "tab"})
    assert held.path.read_text("utf-8") == changed.replace("less", "more")


def test_undo_does_not_overwrite_the_words_of_others(opened: Open) -> None:
    held = opened()
    held.step(text("more.paragraph", "en", "It's more.", "It's less."))
    others = held.path.read_text("utf-8").replace("less", "theirs")
    held.path.write_text(others, "utf-8")
    with pytest.raises(DeskError) as refused:
        held.undo({"id": "u", "tab": "tab"})
    assert refused.value.body == {"changed_since": {"text": "typing in {row}", "values": {"row": "More"}}}
    assert held.path.read_text("utf-8") == others


def test_a_step_in_the_journal_alone_is_done_at_start(opened: Open) -> None:
    held = opened()
    held.step(text("more.paragraph", "en", "It's more.", "It's less."))
    written = held.path.read_bytes()
    held.path.write_bytes(RELEASE.encode())
    lines = held.journal.path.read_bytes().splitlines(keepends=True)
    held.journal.path.write_bytes(b"".join(lines[:-1]))
    assert opened().path.read_bytes() == written
    held.path.write_bytes(RELEASE.encode())
    assert opened().path.read_bytes() == RELEASE.encode()


def test_the_cut_tail_of_a_journal_is_ignored(opened: Open) -> None:
    held = opened()
    held.step(text("more.paragraph", "en", "It's more.", "It's less."))
    with held.journal.path.open("ab") as stream:
        stream.write(b'{"kind":"step","id":"cut')
    held = opened()
    assert [entry.id for entry in held.journal.entries] == ["step-1"]
    held.step(text("more.paragraph", "en", "It's less.", "It's least.", 2))
    assert [entry.id for entry in opened().journal.entries] == ["step-1", "step-2"]


def test_a_change_of_another_program_is_told_as_a_patch(opened: Open) -> None:
    events: list[Any] = []
    held = opened(events)
    held.path.write_text(RELEASE.replace("更多", "改了"), "utf-8")
    assert held.refresh()
    (event,) = events
    assert [row["id"] for row in event["patch"]["rows"]] == ["more"]
    assert not held.refresh()


def test_an_emptied_cell_leaves_no_key(opened: Open) -> None:
    held = opened()
    held.step(text("lead.paragraph", "en", "The first words of the lead, on two lines.", ""))
    without = RELEASE.replace("      en: |\n        The first words of the lead,\n        on two lines.\n", "")
    assert held.path.read_text("utf-8") == without
    held.step(text("lead.paragraph", "tc", "導語。", None, 2))
    assert held.path.read_text("utf-8") == without.replace("導語。", "⟦…⟧")
    held.undo({"id": "u1", "tab": "tab"})
    held.undo({"id": "u2", "tab": "tab"})
    assert held.path.read_text("utf-8") == RELEASE


def test_an_unreadable_file_keeps_the_document(opened: Open) -> None:
    events: list[Any] = []
    held = opened(events)
    held.path.write_text(RELEASE.replace("body:", "body: [\n"), "utf-8")
    held.refresh()
    view = held.view()
    assert [row["id"] for row in view["rows"]] == ["title", "lead", "more"]
    assert view["problem"]["findings"][0]["line"]
    assert {"number": 7, "text": "body: ["} in view["problem"]["lines"]
    assert events[-1]["patch"]["problem"] == view["problem"]
    with pytest.raises(DeskError) as refused:
        held.step(text("more.paragraph", "en", "It's more.", "It's less."))
    assert refused.value.body["problem"] == view["problem"]
    held = opened()
    assert held.view()["rows"] == view["rows"]
    patch = held.go_back({"tab": "tab"})
    assert patch["problem"] is None
    assert held.path.read_text("utf-8") == RELEASE


def test_a_deleted_file_can_be_put_back(opened: Open) -> None:
    held = opened()
    held.step(text("more.paragraph", "en", "It's more.", "It's less."))
    written = held.path.read_bytes()
    held.path.unlink()
    held.refresh()
    assert held.view()["problem"]["findings"][0]["code"] == "no-such-file"
    held.go_back({"tab": "tab"})
    assert held.path.read_bytes() == written
    held.undo({"id": "u", "tab": "tab"})
    assert held.path.read_text("utf-8") == RELEASE


def test_a_file_that_is_mended_outside_is_read_again(opened: Open) -> None:
    held = opened()
    held.path.write_bytes(b"\xff\xfe")
    held.refresh()
    version = held.view()["version"]
    held.path.write_text(RELEASE.replace("更多", "改了"), "utf-8")
    held.refresh()
    assert held.view()["problem"] is None
    assert held.view()["version"] > version


def test_a_read_only_file_is_not_written(opened: Open) -> None:
    events: list[Any] = []
    held = opened(events)
    held.path.chmod(0o444)
    held.refresh()
    assert events[-1]["patch"]["read_only"] == {"text": "the file is marked as read only"}
    with pytest.raises(DeskError) as refused:
        held.step(text("more.paragraph", "en", "It's more.", "It's less."))
    assert refused.value.status == 403
    assert held.path.read_text("utf-8") == RELEASE
    held.path.chmod(0o644)
    held.step(text("more.paragraph", "en", "It's more.", "It's less."))
    assert "less" in held.path.read_text("utf-8")
