"""State of a source, stored in NAME.state.yaml beside it.

The state has the conversion choices that a person made, and the source texts of each block's translations.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from functools import partial
from io import StringIO
from pathlib import Path
from reprlib import Repr
from typing import Any

from ipdocs.files.reading import read_utf8
from ipdocs.files.yaml import locate, parse_yaml
from ipdocs.findings import Finding, IpdocsError, Location
from ipdocs.locale.conversion.choice import Choice


@dataclass(frozen=True, slots=True)
class Basis:
    """Source texts of a block's translation, as they were when it was made.

    Attributes:
        source: the source language.
        texts: the source texts.
        digests: a digest of each translated text, by which later changes to the translation are detected.
        by: who confirmed the translation; empty if it is unconfirmed.
        on: when it was confirmed, as an ISO 8601 date.
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
    """State of a source.

    Attributes:
        text: the text of the state file, empty if there is no file.
        choices: the choices for conversion between the Chinese scripts.
        bases: the source texts of translations, by block and language.
    """

    text: str = ""
    choices: tuple[Choice, ...] = ()
    bases: Mapping[tuple[str, str], Basis] = field(default_factory=dict)


def read_state(source: Path) -> SourceState:
    """Return the state of a source.

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
                _malformed(
                    Location(path, 1, 1),
                    "the state file is not a mapping",
                    "restore an earlier version of the file, or delete it",
                )
            ]
        )

    def place(*keys: object) -> Location:
        return locate(path, keys, text)

    return SourceState(text, _choices(state, place), _bases(state, place))


_BRIEF = Repr()
_BRIEF.maxlevel = 2
"""Shortens values for messages."""

Place = Callable[..., Location]
"""Returns the location of the value at some keys and indices."""

_CHOICE = "write source, target, text and form, and optionally by and on"
_BASIS = "write from and texts under the block and language, and optionally made, by and on"


def _choices(state: dict[str, Any], place: Place) -> tuple[Choice, ...]:
    entries = state.get("choices") or []
    if not isinstance(entries, list):
        raise IpdocsError([_malformed(place("choices"), "choices is not a list")])
    return tuple(_choice(entry, partial(place, "choices", number)) for number, entry in enumerate(entries))


def _choice(entry: Any, place: Place) -> Choice:
    names = [field.name for field in fields(Choice)]
    if not isinstance(entry, dict) or not {"source", "target", "text", "form"} <= entry.keys() <= set(names):
        raise IpdocsError([_malformed(place(), f"{_BRIEF.repr(entry):.80} is not a choice")])
    return Choice(**{name: _plain(value, partial(place, name)) for name, value in entry.items()})


def _plain(value: Any, place: Place, hint: str = _CHOICE) -> str:
    """Return a scalar of the state as text."""
    if isinstance(value, (dict, list)):
        raise IpdocsError([_malformed(place(), f"{_BRIEF.repr(value):.80} is not a single value", hint)])
    return str(value)


def _malformed(place: Location, message: str, hint: str = _CHOICE) -> Finding:
    return Finding("bad-state", message, place, hint)


def with_choices(state: SourceState, choices: Sequence[Choice], path: Path) -> SourceState:
    """Return a state with some choices added; each replaces an earlier choice for the same text.

    The file's text keeps its comments and other entries; if nothing changes, it stays the same.
    """
    merged = {(choice.source, choice.target, choice.text): choice for choice in (*state.choices, *choices)}
    if tuple(merged.values()) == state.choices:
        return state
    entries = [{name: value for name, value in asdict(choice).items() if value} for choice in merged.values()]
    return parse_state(_with_entry(state.text, "choices", entries), path)


def with_bases(state: SourceState, bases: Mapping[tuple[str, str], Basis], path: Path) -> SourceState:
    """Return a state with the source texts of some translations, by block and language, added or replaced.

    The file's text keeps its comments and other entries; if nothing changes, it stays the same.
    """
    merged = {**state.bases, **bases}
    if merged == state.bases:
        return state
    entries: dict[str, dict[str, Any]] = {}
    for (block, language), basis in merged.items():
        fields_of_basis = {
            "from": basis.source,
            "texts": list(basis.texts),
            "made": list(basis.digests),
            "by": basis.by,
            "on": basis.on,
        }
        entries.setdefault(block, {})[language] = {name: value for name, value in fields_of_basis.items() if value}
    return parse_state(_with_entry(state.text, "translations", entries), path)


def _bases(state: dict[str, Any], place: Place) -> dict[tuple[str, str], Basis]:
    entries = state.get("translations") or {}
    if not isinstance(entries, dict) or not all(isinstance(entry, dict) for entry in entries.values()):
        raise IpdocsError([_malformed(place("translations"), "translations is not a mapping of blocks to languages", _BASIS)])
    return {
        (str(block), str(language)): _basis(entry, partial(place, "translations", block, language))
        for block, languages in entries.items()
        for language, entry in languages.items()
    }


def _basis(entry: Any, place: Place) -> Basis:
    if not isinstance(entry, dict) or not {"from", "texts"} <= entry.keys() <= {"from", "texts", "made", "by", "on"}:
        message = f"{_BRIEF.repr(entry):.80} does not state the source texts of a translation"
        raise IpdocsError([_malformed(place(), message, _BASIS)])
    if not isinstance(entry["texts"], list) or not isinstance(entry.get("made", []), list):
        raise IpdocsError([_malformed(place(), "texts or made is not a list", _BASIS)])
    source, by, on = (_plain(entry.get(name, ""), partial(place, name), _BASIS) for name in ("from", "by", "on"))
    return Basis(source, _values(entry, "texts", place), _values(entry, "made", place), by, on)


def _values(entry: dict[str, Any], name: str, place: Place) -> tuple[str, ...]:
    return tuple(_plain(value, partial(place, name, index), _BASIS) for index, value in enumerate(entry.get(name, [])))


def _with_entry(text: str, key: str, value: Any) -> str:
    """Return the text of a state file with an entry added or replaced; comments and other entries stay."""
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.width = 10_000
    yaml.allow_unicode = True
    state = yaml.load(text.replace("\r\n", "\n"))
    comments = (
        "" if state is not None or not text.strip() else f"{text.strip()}\n"
    )  # ruamel.yaml loses them from a file without entries
    state = {} if state is None else state
    state[key] = value
    out = StringIO()
    yaml.dump(state, out)
    result = comments + out.getvalue()
    return result.replace("\n", "\r\n") if "\r\n" in text else result
