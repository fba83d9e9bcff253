"""Create the source of the next minutes, with the number and date, the standing items, and the open actions."""

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

COPIED_FIELDS = ("style", "classification", "languages", "example", "organisation", "committee", "secretariat", "offices")
"""Fields that are copied from the last minutes to the next."""

_FACT_NAME = re.compile(r"(\{\{\s*)([a-z][a-z0-9_]*)")
_RENAMED = {"meeting": "previous_meeting", "held": "previous_held", "next_meeting": "meeting", "next_held": "held"}
"""The new names of the facts about meetings, keyed by their names in the last minutes."""

_FURTHER_ITEMS = """
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
    """Return the YAML text of the minutes of the next meeting.

    Open actions become matters arising and keep their references. Facts that the copied texts use are also copied.

    Args:
        last: the path of the last minutes.
        name: the id of the next minutes.

    Raises:
        IpdocsError: the last minutes have gaps or do not state the next meeting, or a copied text would change its meaning.
    """
    source = open_minutes(last)
    raise_errors(source.gaps)
    minutes, data = minutes_of(source), source.nodes.data
    if minutes.next is None:
        hint = "add the next meeting to these minutes, for example `next: {number: 18, date: 2019-08-20}`"
        raise IpdocsError([Finding("no-next-meeting", "these minutes do not state the next meeting", minutes.id.locate(), hint)])
    next_meeting = data["next"]
    meeting = {
        "number": next_meeting["number"],
        "date": next_meeting["date"],
        "begins": next_meeting.get("begins", data["meeting"]["begins"]),
        "venue": next_meeting.get("venue", data["meeting"]["venue"]),
    }
    copied_fields = {key: data[key] for key in COPIED_FIELDS if key in data}
    open_actions = [*_open_actions(minutes, data["body"])]
    names = set(_fact_names_in([copied_fields, meeting, [action for _, action in open_actions]]))
    _refuse_outdated_facts(names, minutes)
    all_facts = data.get("facts", {})
    facts = {name: fact for name, fact in all_facts.items() if name in names}
    # Facts may refer to other facts.
    while further_facts := {name: all_facts[name] for name in _fact_names_in(facts) if name in all_facts and name not in facts}:
        facts |= further_facts
    previous = {"number": data["meeting"]["number"], "date": data["meeting"]["date"]}
    lines = [f"# The minutes before these are in {last.name}.", "schema: 1", "kind: minutes", f"id: {name}", "status: draft"]
    for key, value in ({**copied_fields, "meeting": meeting, "previous": previous} | ({"facts": facts} if facts else {})).items():
        lines += _field_lines(key, value)
    lines += ["", "body:", "  - id: confirmation", "    item: {standing: confirmation}", "", "  - id: arising"]
    lines += ["    item: {standing: matters-arising}"]
    for block_fields, action in open_actions:
        block_lines = "\n    ".join(f"{name}: {_flow(value)}" for name, value in block_fields.items())
        lines += [f"  - {block_lines}", "    action:", *(f"      {name}: {_flow(value)}" for name, value in action.items())]
    return "\n".join(lines) + "\n" + _FURTHER_ITEMS


def _open_actions(minutes: Minutes, body: list[Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield two mappings for each open action: the block's id and restriction, and the action.

    Args:
        minutes: the last minutes.
        body: the plain values of the blocks in the source of the last minutes.
    """
    numbering, withheld = Numbering(minutes), restrictions(minutes)
    for index, (block, values) in enumerate(zip(minutes.body, body, strict=True)):
        numbering.count(counted_kinds(block, minutes))
        if isinstance(block, Action) and block.action.status not in CLOSED_STATUSES:
            reference = block.action.carried or numbering.reference("action")
            action = {key: value for key, value in values["action"].items() if key != "carried"}
            restricted = {"restricted": _unquoted("true")} if ("body", index) in withheld else {}
            yield {"id": block.id, **restricted}, {"carried": _unquoted(reference), **action}


def _unquoted(word: str) -> Text:
    return Text(word, quoted=False)


def _fact_names_in(value: Any) -> Iterator[str]:
    """Yield the names of facts used in the texts of a value, at any depth."""
    match value:
        case str():
            yield from (match[2] for match in _FACT_NAME.finditer(value))
        case Mapping():
            for inner in value.values():
                yield from _fact_names_in(inner)
        case Iterable():
            for inner in value:
                yield from _fact_names_in(inner)


def _refuse_outdated_facts(names: set[str], minutes: Minutes) -> None:
    """Refuse names of facts that would refer to another meeting in the next minutes."""
    if outdated_names := names & (set(Minutes.IMPLICIT_FACTS) - set(_RENAMED)):
        names_list = ", ".join(sorted(outdated_names))
        message = f"{names_list} would refer to another meeting in the next minutes"
        hint = "write the value itself in the open actions, or define a fact for the value under `facts`"
        raise IpdocsError([Finding("cannot-carry", message, minutes.id.locate(), hint)])


def _field_lines(key: str, value: Any) -> list[str]:
    """Return the YAML lines for a field; a mapping with nested mappings gets a line for each entry."""
    if isinstance(value, dict) and (
        key in ("meeting", "facts", "offices") or any(isinstance(inner, dict) for inner in value.values())
    ):
        return [f"{key}:", *(f"  {name}: {_flow(inner)}" for name, inner in value.items())]
    return [f"{key}: {_flow(value)}"]


def _flow(value: Any) -> str:
    """Return a value in YAML's flow style, with quoted texts and with names of facts changed according to `_RENAMED`."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {_flow(inner)}" for name, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, Text) and not value.quoted:
        return str(value)
    return double_quoted(_FACT_NAME.sub(lambda match: match[1] + _RENAMED.get(match[2], match[2]), str(value)))
