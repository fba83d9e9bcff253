"""What tools remember about a source: NAME.state.yaml beside it, and in it the choices between forms that a person made."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from io import StringIO
from pathlib import Path
from typing import Any

from ipdocs.findings import Finding, IpdocsError, Location
from ipdocs.locale.data import read_yaml


@dataclass(frozen=True, slots=True)
class Choice:
    """A person's choice: in converting from source to target (short names), text is written as form, wherever it stands.

    The text is as long as it must be to be clear: 編製年報, not 編.
    """

    source: str
    target: str
    text: str
    form: str
    by: str = ""
    on: str = ""


def state_path(source: Path) -> Path:
    """Return where a source's state is kept: release.state.yaml beside release.yaml."""
    return source.with_suffix(".state.yaml")


def choices(source: Path) -> tuple[Choice, ...]:
    """Return the choices kept beside a source, none when there is no state file; a broken entry is a finding."""
    path = state_path(source)
    state = read_yaml(path) if path.is_file() else None
    entries = (state or {}).get("choices") or [] if isinstance(state or {}, dict) else None
    if not isinstance(entries, list):
        raise IpdocsError([_broken(path, "choices is no list")])
    return tuple(_choice(path, entry) for entry in entries)


def _choice(path: Path, entry: Any) -> Choice:
    names = [field.name for field in fields(Choice)]
    if not isinstance(entry, dict) or not {"source", "target", "text", "form"} <= entry.keys() <= set(names):
        raise IpdocsError([_broken(path, f"{entry!r} is no choice")])
    return Choice(**{name: str(value) for name, value in entry.items()})


def _broken(path: Path, message: str) -> Finding:
    return Finding("bad-state", message, Location(path), "a choice has source, target, text and form, and may have by and on")


def keep_choice(source: Path, choice: Choice) -> None:
    """Write a choice into the state file beside a source, in place of an earlier one on the same text; keep all else there."""
    from ruamel.yaml import YAML

    kept = choices(source)
    if choice in kept:
        return
    path, yaml = state_path(source), YAML()
    yaml.width = 130
    yaml.allow_unicode = True
    state = (yaml.load(path.read_text("utf-8")) if path.is_file() else None) or {}
    same = (choice.source, choice.target, choice.text)
    others = [one for one in kept if (one.source, one.target, one.text) != same]
    state["choices"] = [{name: value for name, value in asdict(one).items() if value} for one in [*others, choice]]
    out = StringIO()
    yaml.dump(state, out)
    draft = path.with_name(path.name + ".tmp")
    draft.write_text(out.getvalue(), "utf-8")
    draft.replace(path)
