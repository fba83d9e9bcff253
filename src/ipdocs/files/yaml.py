"""Data files, states and settings: YAML in, plain values or pydantic models out; a mistake in one is a finding with its line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from ipdocs.files.reading import line_and_column, read_utf8
from ipdocs.findings import Finding, IpdocsError, Location


class Data(BaseModel):
    """A record of a data file: fixed, with hyphens in its keys, and no key nobody reads."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, alias_generator=lambda name: name.replace("_", "-")
    )


Record = TypeVar("Record", bound=BaseModel)

MAX_BYTES = 10_000_000
"""How long a data file may be."""
MAX_DEPTH = 200
"""How deep a data file may be nested."""
MAX_FINDINGS = 100
"""How many of its mistakes are told."""
_SYNTAX_HINT = "look here and at the line before for an open bracket or quote, a colon in words without quotes, or an indent"
"""What keeps most texts from being YAML."""
_PROBLEMS = {
    "missing": ("this key is missing", "write it"),
    "extra_forbidden": ("there is no such key here", "take it out, or see how it is spelt in the file that is shipped"),
    "invalid_key": ("a key is a word", "write it in quotes"),
    "model_type": ("keys with values belong here", "write `key: value`, as in the file that is shipped"),
    "dict_type": ("keys with values belong here", "write `key: value`, as in the file that is shipped"),
}
"""What is told of a key that does not fit, by pydantic's name of the mistake, with a hint."""
_OTHER_HINT = "write it as in the file that is shipped; locales/README.md says what it means"


def read_yaml(path: Path) -> Any:
    """Return the plain values of a YAML data file.

    Raises:
        IpdocsError: it cannot be read or is no YAML; or it has anchors, aliases or tags, by which a small file may stand for
            an endless one.
    """
    return parse_yaml(read_utf8(path, MAX_BYTES), path)


def parse_yaml(text: str, path: Path, code: str = "bad-yaml") -> Any:
    """Return the plain values of a YAML text; what is no YAML is a finding with this code in the file that it was read from."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        if _may_be_refused(text):
            _refuse_bombs(YAML(typ="safe").parse(text), path, code)
        return YAML(typ="safe").load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark
        place = Location(path, mark.line + 1, mark.column + 1) if mark else Location(path, 1, 1)
        hint = "write the key once" if "duplicate key" in str(error.problem) else _SYNTAX_HINT
        raise _bad_yaml(code, str(error.problem), place, hint) from error
    except YAMLError as error:
        position = text.find(chr(getattr(error, "character", 0)))
        place = Location(path, *line_and_column(text, max(position, 0)))
        raise _bad_yaml(code, str(error).splitlines()[0], place, "delete this character") from error
    except ValueError as error:  # a date that no calendar has, or a number of thousands of digits
        raise _bad_yaml(code, str(error).partition(";")[0], _unreadable_scalar(text, path), "write it in quotes") from error


def _bad_yaml(code: str, message: str, place: Location, hint: str) -> IpdocsError:
    return IpdocsError([Finding(code, message, place, hint)])


def _may_be_refused(text: str) -> bool:
    """Whether a text might have what is refused; nearly every file has none of these marks, so it is parsed once."""
    if any(mark in text for mark in "&*!"):
        return True
    indent = max((len(line) - len(line.lstrip(" -?:")) for line in text.splitlines()), default=0)
    return indent + text.count("[") + text.count("{") > MAX_DEPTH


def _refuse_bombs(events: Iterator[Any], path: Path, code: str) -> None:
    """Refuse what is nested too deep, since the parser in C would end the process, and what stands for something else."""
    depth = 0
    for event in events:
        kind = type(event).__name__
        depth += kind.endswith("StartEvent") - kind.endswith("EndEvent")
        place = Location(path, event.start_mark.line + 1, event.start_mark.column + 1)
        if depth > MAX_DEPTH:
            raise _bad_yaml(code, f"this is nested more than {MAX_DEPTH} deep", place, "write it with fewer levels")
        if getattr(event, "anchor", None):
            hint = "write out what it stands for, and text that begins with & or * in quotes"
            raise _bad_yaml(code, "this file may have no anchors and aliases", place, hint)
        if getattr(event, "tag", None):
            hint = "write the value alone, and text that begins with ! in quotes"
            raise _bad_yaml(code, "this file may have no tags", place, hint)


def _unreadable_scalar(text: str, path: Path) -> Location:
    """Return the place of the first value that a text has and YAML can make nothing of."""
    from ruamel.yaml import YAML

    for event in YAML(typ="safe").parse(text):
        if type(event).__name__ == "ScalarEvent" and not event.style:
            try:
                YAML(typ="safe").load(event.value)
            except ValueError:
                return Location(path, event.start_mark.line + 1, event.start_mark.column + 1)
            except Exception:  # noqa: S112 - what stands alone may be no YAML
                continue
    return Location(path, 1, 1)


def read_record(path: Path, record: type[Record], content: Any = None) -> Record:
    """Return a data file as a record; each key that does not fit is a finding that names it."""
    try:
        return record.model_validate(read_yaml(path) if content is None else content)
    except ValidationError as error:
        raise IpdocsError(
            _misfit(
                path, problem["loc"], *_PROBLEMS.get(problem["type"], (problem["msg"].removeprefix("Value error, "), _OTHER_HINT))
            )
            for problem in error.errors(include_input=False, include_url=False)[:MAX_FINDINGS]
        ) from error


def _misfit(path: Path, keys: Sequence[object], message: str, hint: str) -> Finding:
    name = ".".join(str(key) for key in keys if key != "[key]")
    return Finding("bad-data", f"{name}: {message}" if name else message, locate(path, keys), hint)


def locate(path: Path, keys: Sequence[object], text: str | None = None) -> Location:
    """Return the place of a value in a data file: its key, or itself in a list; of what is not there, what it would stand in.

    Args:
        path: the file.
        keys: the keys and indices that lead to the value.
        text: the text of the file, if it has been read already.
    """
    from ruamel.yaml import YAML

    try:
        node = YAML(typ="safe").compose(read_utf8(path, MAX_BYTES) if text is None else text)
    except Exception:  # it was changed since, or is no YAML
        return Location(path, 1, 1)
    place = node
    for key in keys:
        if node is None or isinstance(node.value, str):
            break
        if node.value and isinstance(node.value[0], tuple):
            entry = next(((name, value) for name, value in node.value if str(name.value) == str(key)), None)
            if entry is None:
                continue
            place, node = entry
        elif isinstance(key, int) and key < len(node.value):
            place = node = node.value[key]
    return Location(path, place.start_mark.line + 1, place.start_mark.column + 1) if place else Location(path, 1, 1)
