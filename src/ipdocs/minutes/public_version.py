"""Minutes in, their public version out: what is restricted is left out of the model itself, so that nothing later can tell it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ipdocs.minutes.meeting import minutes_of
from ipdocs.model.blocks import Block, Boilerplate, ItemBlock, Withheld
from ipdocs.model.document import Section
from ipdocs.model.meeting import Annex, Attendance, Attendee, Paper
from ipdocs.model.minutes import Minutes
from ipdocs.model.numbering import counted
from ipdocs.model.text import Text
from ipdocs.source.open import Source


def public_version(source: Source) -> Source:
    """Return minutes without restricted blocks, papers, annexes and names, each replaced by a mark that something was there.

    Numbers stay those of the whole: a mark counts what it stands for.
    """
    minutes = minutes_of(source)
    body = _body(minutes, source.sections)
    annexes = {annex.id for annex in minutes.annexes if annex.classification != "open"}
    update = {
        "body": body,
        "papers": [_paper(paper, annexes) for paper in minutes.papers],
        "annexes": [_annex(annex) for annex in minutes.annexes],
        "attendance": minutes.attendance and _attendance(minutes.attendance, body),
    }
    return replace(source, document=minutes.model_copy(update=update))


def _body(minutes: Minutes, sections: Mapping[str, Section]) -> list[Block]:
    """Return the blocks, each run of restricted ones as one mark; a restricted item takes all of its discussion with it."""
    kept: list[Block] = []
    hidden: list[str] = []
    inside = False

    def close() -> None:
        if hidden:
            kept.append(Withheld(id=Text(f"withheld-{len(kept) + 1}"), kinds=tuple(hidden)))
            hidden.clear()

    for block in minutes.body:
        if isinstance(block, ItemBlock):
            close()
            inside = bool(block.restricted)
        if inside or block.restricted:
            hidden += _counted(block, minutes, sections)
        else:
            close()
            kept.append(block)
    close()
    return kept


def _counted(block: Block, minutes: Minutes, sections: Mapping[str, Section]) -> list[str]:
    if isinstance(block, Boilerplate):
        return [kind for inner in sections[block.boilerplate].body for kind in counted(inner, minutes)]
    return counted(block, minutes)


def _paper(paper: Paper, annexes: set[Any]) -> Paper:
    """Return a paper; one that is restricted, or whose annex is, keeps its number alone."""
    if not paper.restricted and paper.annex not in annexes:
        return paper
    return paper.model_copy(update={"title": None, "annex": None, "language": None, "tabled": None})


def _annex(annex: Annex) -> Annex:
    if annex.classification == "open":
        return annex
    return annex.model_copy(update={"id": Text(f"annex-{annex.label}".lower()), "title": None, "file": None, "alt": None})


def _attendance(attendance: Attendance, body: list[Block]) -> Attendance:
    items = {block.id for block in body if isinstance(block, ItemBlock)}
    groups = {
        name: [_attendee(one, items) for one in group]
        for name in type(attendance).model_fields
        if isinstance(group := getattr(attendance, name), list)
    }
    return attendance.model_copy(update=groups)


def _attendee(one: Attendee, items: set[Text]) -> Attendee:
    """Return an attendee without a restricted name, and without the items that were left out."""
    named = None if one.restricted else one.name
    return one.model_copy(update={"name": named, "items": [item for item in one.items if item in items]})
