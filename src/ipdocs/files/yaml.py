"""Data files of locales/: YAML read into pydantic models, a mistake in one being a finding with its file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from ipdocs.files.reading import read_utf8
from ipdocs.findings import Finding, IpdocsError, Location


class Data(BaseModel):
    """A record of a data file: fixed, with hyphens in its keys, and no key nobody reads."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, alias_generator=lambda name: name.replace("_", "-")
    )


Record = TypeVar("Record", bound=BaseModel)

MAX_DEPTH = 200
"""How deep a data file may be nested."""


def read_yaml(path: Path) -> Any:
    """Return what a trusted YAML data file holds, as plain values; what is no YAML is a finding, with its line if it has one."""
    return parse_yaml(read_utf8(path), path)


def parse_yaml(text: str, path: Path) -> Any:
    """Return the plain values of a YAML text; what is no YAML is a finding in the file that it was read from."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        if _may_be_deep(text):
            _refuse_depth(YAML(typ="safe").parse(text), path)
        return YAML(typ="safe").load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark
        place = Location(path, mark.line + 1, mark.column + 1) if mark else Location(path)
        raise IpdocsError([Finding("bad-yaml", str(error.problem), place)]) from error
    except YAMLError as error:
        raise IpdocsError([Finding("bad-yaml", str(error).splitlines()[0], Location(path))]) from error
    except ValueError as error:  # a date that no calendar has
        raise IpdocsError([Finding("bad-yaml", str(error), Location(path), "write it in quotes")]) from error


def _may_be_deep(text: str) -> bool:
    """Whether a text has brackets or indents enough to be nested deeper than is read: so nearly every file is parsed once."""
    indent = max((len(line) - len(line.lstrip(" -?:")) for line in text.splitlines()), default=0)
    return indent + text.count("[") + text.count("{") > MAX_DEPTH


def _refuse_depth(events: Iterator[Any], path: Path) -> None:
    """Refuse what is nested too deep: the parser in C would end the process."""
    depth = 0
    for event in events:
        kind = type(event).__name__
        depth += kind.endswith("StartEvent") - kind.endswith("EndEvent")
        if depth > MAX_DEPTH:
            place = Location(path, event.start_mark.line + 1, event.start_mark.column + 1)
            hint = "write it with fewer levels"
            raise IpdocsError([Finding("bad-yaml", f"this is nested more than {MAX_DEPTH} deep", place, hint)])


def read_record(path: Path, record: type[Record], content: Any = None) -> Record:
    """Return a data file as a record; each key that does not fit is a finding that names it."""
    try:
        return record.model_validate(read_yaml(path) if content is None else content)
    except ValidationError as error:
        raise IpdocsError(
            Finding("bad-data", f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}", Location(path))
            for problem in error.errors()
        ) from error
