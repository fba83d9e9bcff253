"""Examples of findings on changes to facts, and on facts of an earlier document."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from ipdocs.findings import Finding
from ipdocs.pipeline.build import build
from ipdocs.pipeline.request import BuildRequest
from ipdocs.source.changes import SourceChanges
from ipdocs.source.fact_changes import delete_fact, put_fact, rename_fact
from ipdocs.source.inherited import inherit_facts
from ipdocs.source.open import Source
from ipdocs.source.update import update_source

from .example import RELEASE, changed, produces, write

SOURCE = changed(
    RELEASE,
    ("body:\n", 'facts: {firms: {integer: 14}, city: {text: {en: "A", tc: "甲"}}}\nbody:\n'),
    ("A meeting.", "A meeting with {{ firms | number }} firms."),
    ("會議。", "{{ firms | number }}間公司出席會議。"),
)


def change(folder: Path, function: Callable[[Source], SourceChanges]) -> Iterable[Finding]:
    update_source(write(folder / "source.yaml", SOURCE), function)
    return ()


@produces("no-such-fact")
def a_fact_to_rename_that_is_not_there(folder: Path) -> Iterable[Finding]:
    return change(folder, lambda source: rename_fact(source, "shops", "stalls"))


@produces("name-taken")
def a_new_name_that_another_fact_has(folder: Path) -> Iterable[Finding]:
    return change(folder, lambda source: rename_fact(source, "firms", "city"))


@produces("fact-in-use")
def a_fact_to_delete_that_a_text_uses(folder: Path) -> Iterable[Finding]:
    return change(folder, lambda source: delete_fact(source, "firms"))


@produces("fact-with-texts")
def a_number_for_a_fact_with_texts(folder: Path) -> Iterable[Finding]:
    return change(folder, lambda source: put_fact(source, "city", "integer", "3"))


@produces("inherited-fact")
def a_release_with_the_value_of_an_earlier_one(folder: Path) -> Iterable[Finding]:
    path = write(folder / "source.yaml", SOURCE)
    update_source(path, inherit_facts)
    build([path], folder / "out", BuildRequest(formats=("txt",)))
    return ()
