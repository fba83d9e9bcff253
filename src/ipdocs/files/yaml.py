"""Data files of locales/: YAML read into pydantic models, a mistake in one being a finding with its file."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from ipdocs.findings import Finding, IpdocsError, Location


class Data(BaseModel):
    """A record of a data file: fixed, with hyphens in its keys, and no key nobody reads."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, alias_generator=lambda name: name.replace("_", "-")
    )


Record = TypeVar("Record", bound=BaseModel)


def read_yaml(path: Path) -> Any:
    """Return what a trusted YAML data file holds, as plain values; what is no YAML is a finding, with its line if it has one."""
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise IpdocsError([Finding("not-utf8", "this is no text in UTF-8", Location(path), "save it as UTF-8")]) from error
    return parse_yaml(text, path)


def parse_yaml(text: str, path: Path) -> Any:
    """Return the plain values of a YAML text; what is no YAML is a finding in the file that it was read from."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        return YAML(typ="safe").load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark
        place = Location(path, mark.line + 1, mark.column + 1) if mark else Location(path)
        raise IpdocsError([Finding("bad-yaml", str(error.problem), place)]) from error
    except YAMLError as error:
        raise IpdocsError([Finding("bad-yaml", str(error).splitlines()[0], Location(path))]) from error


def read_record(path: Path, record: type[Record], content: Any = None) -> Record:
    """Return a data file as a record; each key that does not fit is a finding that names it."""
    try:
        return record.model_validate(read_yaml(path) if content is None else content)
    except ValidationError as error:
        raise IpdocsError(
            Finding("bad-data", f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}", Location(path))
            for problem in error.errors()
        ) from error
