"""Read and change the state of a source, which is stored in NAME.state.yaml beside the source.

The state contains what people decided: conversion choices, confirmed translations with their source texts, what approvers have
read and approved, remarks, and the facts taken over from an earlier document.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any

from ipdocs.files.reading import read_utf8
from ipdocs.files.yaml import locate, parse_yaml
from ipdocs.findings import IpdocsError, Location
from ipdocs.locale.conversion.choice import Choice
from ipdocs.source.state_entries import (
    Approval,
    Reading,
    Remark,
    approval_entry,
    read_approvals,
    read_inherited,
    read_readings,
    read_remarks,
    reading_entry,
    remark_entry,
)
from ipdocs.source.state_values import BRIEF, Locator, malformed, scalar_text


@dataclass(frozen=True, slots=True)
class Basis:
    """The source texts of a block at the time when its translation was made.

    Attributes:
        source: the source language.
        texts: the source texts.
        digests: a digest of each translated text, to detect later changes to the translation.
        by: who confirmed the translation; empty if it is unconfirmed.
        on: the date of confirmation in ISO 8601 format; empty if the translation is unconfirmed.
    """

    source: str
    texts: tuple[str, ...]
    digests: tuple[str, ...] = ()
    by: str = ""
    on: str = ""


def state_path(source: Path) -> Path:
    """Return the path of a source's state file: release.state.yaml beside release.yaml."""
    return source.with_suffix(".state.yaml")


@dataclass(frozen=True, slots=True)
class SourceState:
    """The content of a state file.

    Attributes:
        text: the text of the file, empty if there is no file.
        choices: the choices for conversion between Traditional and Simplified Chinese.
        bases: the bases of translations, keyed by (block, language).
        approvals: the approvals of the document, the latest last.
        readings: the blocks that people have read since, one entry for each person and block.
        remarks: the remarks on its texts, in the order in which they were made.
        inherited: the values that facts had in the document from which this one began, keyed by the name of the fact; see
            `source.inherited`.
    """

    text: str = ""
    choices: tuple[Choice, ...] = ()
    bases: Mapping[tuple[str, str], Basis] = field(default_factory=dict)
    approvals: tuple[Approval, ...] = ()
    readings: tuple[Reading, ...] = ()
    remarks: tuple[Remark, ...] = ()
    inherited: Mapping[str, str] = field(default_factory=dict)


def read_state(source: Path) -> SourceState:
    """Read the state of the source at a path; the state is empty if there is no state file.

    Raises:
        IpdocsError: an entry of the state file is malformed.
    """
    path = state_path(source)
    if not path.is_file():
        return SourceState()
    return parse_state(read_utf8(path), path)


def parse_state(text: str, path: Path) -> SourceState:
    """Parse the text of the state file at a path.

    Raises:
        IpdocsError: an entry is malformed.
    """
    state = parse_yaml(text, path, "bad-state") or {}
    if not isinstance(state, dict):
        raise IpdocsError(
            [
                malformed(
                    Location(path, 1, 1),
                    "the state file is not a mapping",
                    "restore an earlier version of the file, or delete it",
                )
            ]
        )

    def locate_keys(*keys: object) -> Location:
        return locate(path, keys, text)

    return SourceState(
        text,
        _choices(state, locate_keys),
        _bases(state, locate_keys),
        read_approvals(state, locate_keys),
        read_readings(state, locate_keys),
        read_remarks(state, locate_keys),
        read_inherited(state, locate_keys),
    )


_CHOICE_HINT = "write source, target, text and form, and optionally by and on"
_BASIS_HINT = "write from and texts under the block and language, and optionally made, by and on"


def _choices(state: dict[str, Any], locator: Locator) -> tuple[Choice, ...]:
    entries = state.get("choices") or []
    if not isinstance(entries, list):
        raise IpdocsError([malformed(locator("choices"), "choices is not a list", _CHOICE_HINT)])
    return tuple(_choice(entry, partial(locator, "choices", number)) for number, entry in enumerate(entries))


def _choice(entry: Any, locator: Locator) -> Choice:
    names = [field.name for field in fields(Choice)]
    if not isinstance(entry, dict) or not {"source", "target", "text", "form"} <= entry.keys() <= set(names):
        raise IpdocsError([malformed(locator(), f"{BRIEF.repr(entry):.80} is not a choice", _CHOICE_HINT)])
    return Choice(**{name: scalar_text(value, partial(locator, name), _CHOICE_HINT) for name, value in entry.items()})


def with_choices(state: SourceState, choices: Sequence[Choice], path: Path) -> SourceState:
    """Return a state with choices added; a choice replaces the earlier choice for the same text.

    Comments and other entries of the file stay. If there is no new choice, the text of the file does not change at all.
    """
    merged_choices = {(choice.source, choice.target, choice.text): choice for choice in (*state.choices, *choices)}
    if tuple(merged_choices.values()) == state.choices:
        return state
    entries = [{name: value for name, value in asdict(choice).items() if value} for choice in merged_choices.values()]
    return parse_state(_with_entry(state.text, "choices", entries), path)


def with_bases(state: SourceState, bases: Mapping[tuple[str, str], Basis], path: Path) -> SourceState:
    """Return a state with bases added, keyed by (block, language); a basis replaces the earlier basis with the same key.

    Comments and other entries of the file stay. If nothing is new, the text of the file does not change at all.
    """
    merged_bases = {**state.bases, **bases}
    if merged_bases == state.bases:
        return state
    entries: dict[str, dict[str, Any]] = {}
    for (block, language), basis in merged_bases.items():
        values = {
            "from": basis.source,
            "texts": list(basis.texts),
            "made": list(basis.digests),
            "by": basis.by,
            "on": basis.on,
        }
        entries.setdefault(block, {})[language] = {name: value for name, value in values.items() if value}
    return parse_state(_with_entry(state.text, "translations", entries), path)


def with_approvals(state: SourceState, approvals: Sequence[Approval], path: Path) -> SourceState:
    """Return a state with approvals added; the readings of those who approve have served, and are removed.

    Comments and other entries of the file stay.
    """
    if not approvals:
        return state
    readings = [reading for reading in state.readings if reading.by not in {approval.by for approval in approvals}]
    text = _with_entry(state.text, "approvals", list(map(approval_entry, (*state.approvals, *approvals))))
    return parse_state(_with_entry(text, "readings", list(map(reading_entry, readings))), path)


def with_readings(state: SourceState, readings: Sequence[Reading], path: Path) -> SourceState:
    """Return a state with readings added; a reading replaces the earlier one of the same block by the same person.

    Comments and other entries of the file stay.
    """
    if not readings:
        return state
    merged = {(reading.block, reading.by): reading for reading in (*state.readings, *readings)}
    return parse_state(_with_entry(state.text, "readings", list(map(reading_entry, merged.values()))), path)


def without_approvals(state: SourceState, path: Path) -> SourceState:
    """Return the state of a copy of a document: without its approvals, readings, remarks and inherited facts."""
    text = state.text
    for key in ("approvals", "readings", "remarks", "inherited"):
        text = _with_entry(text, key, None) if text else text
    return parse_state(text, path)


def with_remarks(state: SourceState, remarks: Sequence[Remark], path: Path) -> SourceState:
    """Return a state with remarks added; a remark that was settled replaces the open one.

    Comments and other entries of the file stay.
    """
    if not remarks:
        return state
    merged = {remark.key: remark for remark in (*state.remarks, *remarks)}
    return parse_state(_with_entry(state.text, "remarks", list(map(remark_entry, merged.values()))), path)


def with_inherited(state: SourceState, inherited: Mapping[str, str | None], path: Path) -> SourceState:
    """Return a state with inherited facts added, replaced or, where the value is None, removed.

    Comments and other entries of the file stay. If nothing changes, the text of the file does not change at all.
    """
    merged = {name: value for name, value in {**state.inherited, **inherited}.items() if value is not None}
    return state if merged == state.inherited else parse_state(_with_entry(state.text, "inherited", merged), path)


def _bases(state: dict[str, Any], locator: Locator) -> dict[tuple[str, str], Basis]:
    entries = state.get("translations") or {}
    if not isinstance(entries, dict) or not all(isinstance(entry, dict) for entry in entries.values()):
        raise IpdocsError(
            [malformed(locator("translations"), "translations is not a mapping from blocks to languages", _BASIS_HINT)]
        )
    return {
        (str(block), str(language)): _basis(entry, partial(locator, "translations", block, language))
        for block, languages in entries.items()
        for language, entry in languages.items()
    }


def _basis(entry: Any, locator: Locator) -> Basis:
    if not isinstance(entry, dict) or not {"from", "texts"} <= entry.keys() <= {"from", "texts", "made", "by", "on"}:
        message = f"{BRIEF.repr(entry):.80} does not state the source texts of a translation"
        raise IpdocsError([malformed(locator(), message, _BASIS_HINT)])
    if not isinstance(entry["texts"], list) or not isinstance(entry.get("made", []), list):
        raise IpdocsError([malformed(locator(), "texts or made is not a list", _BASIS_HINT)])
    source, by, on = (scalar_text(entry.get(name, ""), partial(locator, name), _BASIS_HINT) for name in ("from", "by", "on"))
    return Basis(source, _values(entry, "texts", locator), _values(entry, "made", locator), by, on)


def _values(entry: dict[str, Any], name: str, locator: Locator) -> tuple[str, ...]:
    return tuple(
        scalar_text(value, partial(locator, name, index), _BASIS_HINT) for index, value in enumerate(entry.get(name, []))
    )


def _with_entry(text: str, key: str, value: Any) -> str:
    """Return the text of a state file with the value of a key added or replaced, or removed if the value is empty.

    Comments and other entries stay.
    """
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.width = 10_000
    yaml.allow_unicode = True
    state = yaml.load(text.replace("\r\n", "\n"))
    # ruamel.yaml drops the comments of a file without entries.
    comments = "" if state is not None or not text.strip() else f"{text.strip()}\n"
    state = {} if state is None else state
    if value:
        state[key] = value
    else:
        state.pop(key, None)
    if not state:
        return "".join(line for line in text.splitlines(keepends=True) if line.startswith("#"))
    out = StringIO()
    yaml.dump(state, out)
    result = comments + out.getvalue()
    return result.replace("\n", "\r\n") if "\r\n" in text else result
