"""The minutes of a meeting in, the source of the next one out: its number and date, standing items, what is still to be done."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ipdocs.findings import Finding, IpdocsError, raise_errors
from ipdocs.minutes.actions import CLOSED_STATUSES
from ipdocs.minutes.meeting import minutes_of, open_minutes
from ipdocs.model.blocks import Action
from ipdocs.model.minutes import Minutes
from ipdocs.model.numbering import Numbering, counted_kinds
from ipdocs.model.text import Text
from ipdocs.source.disclosure import restrictions
from ipdocs.source.insertion import double_quoted

KEPT = ("style", "classification", "languages", "example", "organisation", "committee", "secretariat", "offices")
"""What the next minutes have in common with the last."""

_NAME = re.compile(r"(\{\{\s*)([a-z][a-z0-9_]*)")
_RENAMED = {"meeting": "previous_meeting", "held": "previous_held", "next_meeting": "meeting", "next_held": "held"}
"""What a name of the last meeting is called in the minutes of the next."""

_ITEMS_AFTER = """
  # Write the items of the meeting here, each with a heading and, after the meeting, its blocks:
  # - id: a-name
  #   item:
  #     heading: {en: "…", tc: "…"}
  #     papers: []

  - id: other
    item: {standing: other-business}

  - id: next-meeting
    item: {standing: next-meeting}
"""


def next_minutes_source(last: Path, name: str) -> str:
    """Return the source of the minutes after some, by the name that is to be their id.

    Unfinished actions become matters arising under their old references. Facts
    come along that the kept texts call; without a next meeting agreed there is
    nothing to begin.
    """
    source = open_minutes(last)
    raise_errors(source.gaps)
    minutes, data = minutes_of(source), source.nodes.data
    if minutes.next is None:
        hint = "write it there: next: {number: 18, date: 2019-08-20}"
        raise IpdocsError([Finding("no-next-meeting", "these minutes agree on no next meeting", minutes.id.locate(), hint)])
    agreed = data["next"]
    meeting = {
        "number": agreed["number"],
        "date": agreed["date"],
        "begins": agreed.get("begins", data["meeting"]["begins"]),
        "venue": agreed.get("venue", data["meeting"]["venue"]),
    }
    kept = {key: data[key] for key in KEPT if key in data}
    arising = [*_arising(minutes, data["body"])]
    called = set(_called([kept, meeting, [action for _, action in arising]]))
    _refuse_lost(called, minutes)
    facts = {name: fact for name, fact in data.get("facts", {}).items() if name in called}
    while more := {name: data["facts"][name] for name in _called(facts) if name in data.get("facts", {}) and name not in facts}:
        facts |= more
    previous = {"number": data["meeting"]["number"], "date": data["meeting"]["date"]}
    lines = [f"# Minutes after those of {last.name}.", "schema: 1", "kind: minutes", f"id: {name}", "status: draft"]
    for key, value in ({**kept, "meeting": meeting, "previous": previous} | ({"facts": facts} if facts else {})).items():
        lines += _entry(key, value)
    lines += ["", "body:", "  - id: confirmation", "    item: {standing: confirmation}", "", "  - id: arising"]
    lines += ["    item: {standing: matters-arising}"]
    for keys, action in arising:
        before = "\n    ".join(f"{name}: {_flow(value)}" for name, value in keys.items())
        lines += [f"  - {before}", "    action:", *(f"      {name}: {_flow(value)}" for name, value in action.items())]
    return "\n".join(lines) + "\n" + _ITEMS_AFTER


def _arising(minutes: Minutes, body: list[Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield the keys of each action that is not over, and the action as it is carried over; what was restricted stays so."""
    numbering, withheld = Numbering(minutes), restrictions(minutes)
    for index, (block, written) in enumerate(zip(minutes.body, body, strict=True)):
        numbering.count(counted_kinds(block, minutes))
        if isinstance(block, Action) and block.action.status not in CLOSED_STATUSES:
            reference = block.action.carried or numbering.reference("action")
            said = {key: value for key, value in written["action"].items() if key != "carried"}
            restricted = {"restricted": _plain("true")} if ("body", index) in withheld else {}
            yield {"id": block.id, **restricted}, {"carried": _plain(reference), **said}


def _plain(word: str) -> Text:
    return Text(word, quoted=False)


def _called(value: Any) -> Iterator[str]:
    """Yield the names that the texts of a value call."""
    match value:
        case str():
            yield from (match[2] for match in _NAME.finditer(value))
        case Mapping():
            for inner in value.values():
                yield from _called(inner)
        case Iterable():
            for inner in value:
                yield from _called(inner)


def _refuse_lost(called: set[str], minutes: Minutes) -> None:
    """Refuse texts that call what only the last minutes state."""
    if lost := called & (set(Minutes.IMPLICIT_FACTS) - set(_RENAMED)):
        names = ", ".join(sorted(lost))
        hint = "write it out in the texts that are carried over, or make it a fact"
        raise IpdocsError([Finding("cannot-carry", f"{names} would mean another meeting", minutes.id.locate(), hint)])


def _entry(key: str, value: Any) -> list[str]:
    """Return the lines of a key: a mapping of mappings has a line for each."""
    if isinstance(value, dict) and (
        key in ("meeting", "facts", "offices") or any(isinstance(one, dict) for one in value.values())
    ):
        return [f"{key}:", *(f"  {name}: {_flow(inner)}" for name, inner in value.items())]
    return [f"{key}: {_flow(value)}"]


def _flow(value: Any) -> str:
    """Return a value in YAML's flow style, texts in quotes."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {_flow(inner)}" for name, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, Text) and not value.quoted:
        return str(value)
    return double_quoted(_NAME.sub(lambda match: match[1] + _RENAMED.get(match[2], match[2]), str(value)))
