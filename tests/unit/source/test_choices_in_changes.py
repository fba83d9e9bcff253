"""A choice of conversion reaches the state file with the other changes of a step."""

from __future__ import annotations

from pathlib import Path

from ipdocs.locale.conversion.choice import Choice
from ipdocs.source.changes import SourceChanges, combine_changes
from ipdocs.source.state import read_state
from ipdocs.source.update import update_source

SOURCE = """\
schema: 1
kind: press-release
id: any
issued: 2018-08-21
languages: [tc]
title: {tc: "編製年報"}
body:
  - {id: lead, paragraph: {tc: "編製年報。"}}
"""
FIRST = Choice("tc", "sc", "編製", "编制")
SECOND = Choice("tc", "sc", "年報", "年报")


def test_choices_of_combined_changes_are_written(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(SOURCE, "utf-8")
    update_source(path, lambda source: combine_changes([SourceChanges(choices=(FIRST,)), SourceChanges(choices=(SECOND,))]))
    assert read_state(path).choices == (FIRST, SECOND)
    assert path.read_text("utf-8") == SOURCE
