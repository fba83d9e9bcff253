"""What tools remember about a source, in NAME.state.yaml beside it.

The choices between forms that a person made, and for each block and language what its translation was made from.
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
    """What a block's translation was made from: the language and the texts then; by whom and when it was confirmed, if it was.

    made has a digest of each text's translation, which tells whether it has been rewritten since.
    """

    source: str
    texts: tuple[str, ...]
    made: tuple[str, ...] = ()
    by: str = ""
    on: str = ""


def state_path(source: Path) -> Path:
    """Return where a source's state is kept: release.state.yaml beside release.yaml."""
    return source.with_suffix(".state.yaml")


@dataclass(frozen=True, slots=True)
class SourceState:
    """What tools remember about a source: the choices of its conversion, and what its translations were made from.

    `text` is the text of the state file, empty where there is none; `bases` are by block and language.
    """

    text: str = ""
    choices: tuple[Choice, ...] = ()
    bases: Mapping[tuple[str, str], Basis] = field(default_factory=dict)


def read_state(source: Path) -> SourceState:
    """Return the state kept beside a source; a broken entry is a finding."""
    path = state_path(source)
    if not path.is_file():
        return SourceState()
    return parse_state(read_utf8(path), path)


def parse_state(text: str, path: Path) -> SourceState:
    """Return the state that the text of a state file tells; a broken entry is a finding in the file at the path."""
    state = parse_yaml(text, path, "bad-state") or {}
    if not isinstance(state, dict):
        raise IpdocsError([_broken(Location(path, 1, 1), "a state is a mapping")])

    def place(*keys: object) -> Location:
        return locate(path, keys, text)

    return SourceState(text, _choices(state, place), _bases(state, place))


_BRIEF = Repr()
_BRIEF.maxlevel = 2
"""Shows the beginning of a value."""

Place = Callable[..., Location]
"""Returns where the value stands that keys and indices lead to."""

_CHOICE = "a choice has source, target, text and form, and may have by and on"
_BASIS = "under a block and a language stand from and texts, and may stand made, by and on"


def _choices(state: dict[str, Any], place: Place) -> tuple[Choice, ...]:
    entries = state.get("choices") or []
    if not isinstance(entries, list):
        raise IpdocsError([_broken(place("choices"), "choices is no list")])
    return tuple(_choice(entry, partial(place, "choices", number)) for number, entry in enumerate(entries))


def _choice(entry: Any, place: Place) -> Choice:
    names = [field.name for field in fields(Choice)]
    if not isinstance(entry, dict) or not {"source", "target", "text", "form"} <= entry.keys() <= set(names):
        raise IpdocsError([_broken(place(), f"{_BRIEF.repr(entry):.80} is no choice")])
    return Choice(**{name: _plain(value, partial(place, name)) for name, value in entry.items()})


def _plain(value: Any, place: Place, hint: str = _CHOICE) -> str:
    """Return one value of a state as text; a list or mapping in its place is a finding."""
    if isinstance(value, (dict, list)):
        raise IpdocsError([_broken(place(), f"{_BRIEF.repr(value):.80} stands where one value belongs", hint)])
    return str(value)


def _broken(place: Location, message: str, hint: str = _CHOICE) -> Finding:
    return Finding("bad-state", message, place, hint)


def with_choices(state: SourceState, choices: Sequence[Choice], path: Path) -> SourceState:
    """Return a state with choices, each in the place of an earlier one on the same text.

    The text keeps its comments and whatever else stands in it; it is the same where nothing changes.
    """
    kept = {(choice.source, choice.target, choice.text): choice for choice in (*state.choices, *choices)}
    if tuple(kept.values()) == state.choices:
        return state
    entries = [{name: value for name, value in asdict(choice).items() if value} for choice in kept.values()]
    return parse_state(_with_entry(state.text, "choices", entries), path)


def with_bases(state: SourceState, bases: Mapping[tuple[str, str], Basis], path: Path) -> SourceState:
    """Return a state with what translations were made from, by block and language, in the place of what it says of them.

    The text keeps its comments and whatever else stands in it; it is the same where nothing changes.
    """
    kept = {**state.bases, **bases}
    if kept == state.bases:
        return state
    entries: dict[str, dict[str, Any]] = {}
    for (block, language), basis in kept.items():
        about = {"from": basis.source, "texts": list(basis.texts), "made": list(basis.made), "by": basis.by, "on": basis.on}
        entries.setdefault(block, {})[language] = {name: value for name, value in about.items() if value}
    return parse_state(_with_entry(state.text, "translations", entries), path)


def _bases(state: dict[str, Any], place: Place) -> dict[tuple[str, str], Basis]:
    entries = state.get("translations") or {}
    if not isinstance(entries, dict) or not all(isinstance(one, dict) for one in entries.values()):
        raise IpdocsError([_broken(place("translations"), "translations is no mapping of blocks to languages", _BASIS)])
    return {
        (str(block), str(language)): _basis(entry, partial(place, "translations", block, language))
        for block, languages in entries.items()
        for language, entry in languages.items()
    }


def _basis(entry: Any, place: Place) -> Basis:
    if not isinstance(entry, dict) or not {"from", "texts"} <= entry.keys() <= {"from", "texts", "made", "by", "on"}:
        message = f"{_BRIEF.repr(entry):.80} does not tell what a translation was made from"
        raise IpdocsError([_broken(place(), message, _BASIS)])
    texts, made = entry["texts"], entry.get("made", [])
    if not isinstance(texts, list) or not isinstance(made, list):
        raise IpdocsError([_broken(place(), "texts or made is no list", _BASIS)])
    source, by, on = (_plain(entry.get(name, ""), partial(place, name), _BASIS) for name in ("from", "by", "on"))
    return Basis(source, _several(entry, "texts", place), _several(entry, "made", place), by, on)


def _several(entry: dict[str, Any], name: str, place: Place) -> tuple[str, ...]:
    return tuple(_plain(value, partial(place, name, index), _BASIS) for index, value in enumerate(entry.get(name, [])))


def _with_entry(text: str, key: str, value: Any) -> str:
    """Return the text of a state file with one entry; the others and its comments stay as they are."""
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.width = 10_000
    yaml.allow_unicode = True
    state = yaml.load(text.replace("\r\n", "\n"))
    before = "" if state is not None or not text.strip() else f"{text.strip()}\n"  # nothing but comments
    state = {} if state is None else state
    state[key] = value
    out = StringIO()
    yaml.dump(state, out)
    written = before + out.getvalue()
    return written.replace("\n", "\r\n") if "\r\n" in text else written
