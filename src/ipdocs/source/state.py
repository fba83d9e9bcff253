"""What tools remember about a source, in NAME.state.yaml beside it.

The choices between forms that a person made, and for each block and language what its translation was made from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from io import StringIO
from pathlib import Path
from typing import Any

from ipdocs.files.placing import write_atomically
from ipdocs.files.yaml import read_yaml
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


def choices(source: Path) -> tuple[Choice, ...]:
    """Return the choices kept beside a source, none when there is no state file; a broken entry is a finding."""
    path = state_path(source)
    entries = _read(path).get("choices") or []
    if not isinstance(entries, list):
        raise IpdocsError([_broken(path, "choices is no list")])
    return tuple(_choice(path, entry) for entry in entries)


def _read(path: Path) -> dict[str, Any]:
    state = (read_yaml(path) if path.is_file() else None) or {}
    if not isinstance(state, dict):
        raise IpdocsError([_broken(path, "a state is a mapping")])
    return state


def _choice(path: Path, entry: Any) -> Choice:
    names = [field.name for field in fields(Choice)]
    if not isinstance(entry, dict) or not {"source", "target", "text", "form"} <= entry.keys() <= set(names):
        raise IpdocsError([_broken(path, f"{entry!r} is no choice")])
    return Choice(**{name: str(value) for name, value in entry.items()})


_CHOICE = "a choice has source, target, text and form, and may have by and on"
_BASIS = "under a block and a language stand from and texts, and may stand made, by and on"


def _broken(path: Path, message: str, hint: str = _CHOICE) -> Finding:
    return Finding("bad-state", message, Location(path), hint)


def keep_choice(source: Path, choice: Choice) -> None:
    """Write a choice into the state file beside a source, in place of an earlier one on the same text; keep all else there."""
    kept = choices(source)
    if choice in kept:
        return
    same = (choice.source, choice.target, choice.text)
    others = [one for one in kept if (one.source, one.target, one.text) != same]
    _keep(source, "choices", [{name: value for name, value in asdict(one).items() if value} for one in [*others, choice]])


def bases(source: Path) -> dict[tuple[str, str], Basis]:
    """Return what the translations of a source were made from, by block and language; a broken entry is a finding."""
    path = state_path(source)
    entries = _read(path).get("translations") or {}
    if not isinstance(entries, dict) or not all(isinstance(one, dict) for one in entries.values()):
        raise IpdocsError([_broken(path, "translations is no mapping of blocks to languages", _BASIS)])
    return {(str(block), str(language)): _basis(path, entry) for block, one in entries.items() for language, entry in one.items()}


def _basis(path: Path, entry: Any) -> Basis:
    if not isinstance(entry, dict) or not {"from", "texts"} <= entry.keys() <= {"from", "texts", "made", "by", "on"}:
        raise IpdocsError([_broken(path, f"{entry!r:.80} does not tell what a translation was made from", _BASIS)])
    texts, made = entry["texts"], entry.get("made", [])
    if not isinstance(texts, list) or not isinstance(made, list):
        raise IpdocsError([_broken(path, "texts or made is no list", _BASIS)])
    by, on = str(entry.get("by", "")), str(entry.get("on", ""))
    return Basis(str(entry["from"]), tuple(map(str, texts)), tuple(map(str, made)), by, on)


def keep_bases(source: Path, found: Mapping[tuple[str, str], Basis]) -> None:
    """Write what translations were made from into the state file beside a source, in place of what it said of them."""
    entries: dict[str, dict[str, Any]] = {}
    for (block, language), basis in {**bases(source), **found}.items():
        about = {"from": basis.source, "texts": list(basis.texts), "made": list(basis.made), "by": basis.by, "on": basis.on}
        entries.setdefault(block, {})[language] = {name: value for name, value in about.items() if value}
    _keep(source, "translations", entries)


def _keep(source: Path, key: str, value: Any) -> None:
    """Write one entry of a state file, and leave the others and its comments as they are."""
    from ruamel.yaml import YAML

    path, yaml = state_path(source), YAML()
    yaml.width = 10_000
    yaml.allow_unicode = True
    state = (yaml.load(path.read_text("utf-8")) if path.is_file() else None) or {}
    state[key] = value
    out = StringIO()
    yaml.dump(state, out)
    write_atomically(path, out.getvalue().encode())
