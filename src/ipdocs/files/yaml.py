"""Read YAML data files, state files and settings, and report each mistake as a finding with its location."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from ipdocs.files.reading import line_and_column, read_utf8
from ipdocs.findings import Finding, IpdocsError, Location

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


class DataRecord(BaseModel):
    """Base class for records in data files: immutable, without unknown keys, and with hyphens instead of underscores in keys."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, alias_generator=lambda name: name.replace("_", "-")
    )


Record = TypeVar("Record", bound=BaseModel)

MAX_BYTES = 10_000_000
"""Maximum size of a data file, in bytes."""
MAX_DEPTH = 200
"""Maximum nesting of a data file."""
MAX_FINDINGS = 100
"""Maximum number of findings reported for a file."""
_SYNTAX_HINT = "check this line and the one before for an unclosed bracket or quote, a colon in unquoted text, or a wrong indent"
"""A hint with the most common reasons why a text is not YAML."""
_MAPPING_EXPECTED = ("this must be keys with values", "write `key: value`, as in the shipped file")
_LIST_EXPECTED = ("this must be a list", "write it in square brackets, such as [first, second]")
_TOO_FEW_ITEMS = ("this list has too few items", "write all items, as in the shipped file")
_PROBLEMS = {
    "missing": ("this key is missing", "add it"),
    "extra_forbidden": ("this key is unknown", "remove it, or spell it as in the shipped file"),
    "invalid_key": ("a key must be text", "write it in quotes"),
    "model_type": _MAPPING_EXPECTED,
    "dict_type": _MAPPING_EXPECTED,
    "list_type": _LIST_EXPECTED,
    "tuple_type": _LIST_EXPECTED,
    "string_type": ("this must be text", "write it in quotation marks"),
    "too_short": _TOO_FEW_ITEMS,
    "greater_than_equal": ("this must be a number from {ge} on", "write a larger number"),
    "less_than_equal": ("this must be a number up to {le}", "write a smaller number"),
    "int_parsing": ("this must be a whole number", "write it in figures, without quotation marks"),
    "literal_error": ("this must be {expected}", "use one of these words"),
}
"""The message and hint for an invalid key or value, keyed by pydantic's type of error; limits replace the names in braces."""
_OTHER_HINT = "write it as in the shipped file; locales/README.md explains the keys"


def read_yaml(path: Path) -> Any:
    """Return the content of a YAML data file as plain Python values.

    Raises:
        IpdocsError: The file cannot be read, is not YAML, or is nested too deep. Anchors, aliases and tags are refused, too,
            since they let a small file expand without limit.
    """
    return parse_yaml(read_utf8(path, MAX_BYTES), path)


def parse_yaml(text: str, path: Path, code: str = "bad-yaml") -> Any:
    """Return the content of a YAML text as plain Python values.

    Raises:
        IpdocsError: The text is not YAML, or `read_yaml` would refuse it. The finding has the given code.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        if _may_be_bomb(text):
            _refuse_bombs(YAML(typ="safe").parse(text), path, code)
        return YAML(typ="safe").load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark
        location = Location(path, mark.line + 1, mark.column + 1) if mark else Location(path, 1, 1)
        hint = "write the key only once" if "duplicate key" in str(error.problem) else _SYNTAX_HINT
        raise _bad_yaml(code, str(error.problem), location, hint) from error
    except YAMLError as error:
        position = text.find(chr(getattr(error, "character", 0)))
        location = Location(path, *line_and_column(text, max(position, 0)))
        raise _bad_yaml(code, str(error).splitlines()[0], location, "delete this character") from error
    except ValueError as error:  # a date that does not exist, or a number of thousands of digits
        raise _bad_yaml(code, str(error).partition(";")[0], _unreadable_scalar(text, path), "write it in quotes") from error


def _bad_yaml(code: str, message: str, location: Location, hint: str) -> IpdocsError:
    return IpdocsError([Finding(code, message, location, hint)])


def _may_be_bomb(text: str) -> bool:
    """Whether a text might have anchors, aliases, tags or deep nesting; all other texts need to be parsed only once."""
    if any(indicator in text for indicator in "&*!"):
        return True
    indent = max((len(line) - len(line.lstrip(" -?:")) for line in text.splitlines()), default=0)
    return indent + text.count("[") + text.count("{") > MAX_DEPTH


def _refuse_bombs(events: Iterator[Any], path: Path, code: str) -> None:
    """Refuse anchors, aliases, tags, and nesting so deep that the parser in C would crash the process."""
    depth = 0
    for event in events:
        kind = type(event).__name__
        depth += kind.endswith("StartEvent") - kind.endswith("EndEvent")
        location = Location(path, event.start_mark.line + 1, event.start_mark.column + 1)
        if depth > MAX_DEPTH:
            raise _bad_yaml(code, f"this is nested more than {MAX_DEPTH} levels deep", location, "write it with fewer levels")
        if getattr(event, "anchor", None):
            hint = "repeat the value in each place; put text that begins with & or * in quotes"
            raise _bad_yaml(code, "anchors and aliases are not allowed in this file", location, hint)
        if getattr(event, "tag", None):
            hint = "write the value without a tag; put text that begins with ! in quotes"
            raise _bad_yaml(code, "tags are not allowed in this file", location, hint)


def _unreadable_scalar(text: str, path: Path) -> Location:
    """Return the location of the first value that YAML cannot convert."""
    from ruamel.yaml import YAML

    for event in YAML(typ="safe").parse(text):
        if type(event).__name__ == "ScalarEvent" and not event.style:
            try:
                YAML(typ="safe").load(event.value)
            except ValueError:
                return Location(path, event.start_mark.line + 1, event.start_mark.column + 1)
            except Exception:  # noqa: S112 - a value may not be valid YAML by itself
                continue
    return Location(path, 1, 1)


def read_record(path: Path, record: type[Record], content: Any = None) -> Record:
    """Read a data file as a record.

    Args:
        path: The path of the file.
        record: The class of the record.
        content: The content of the file, if it has already been read.

    Raises:
        IpdocsError: The file cannot be read, or has invalid keys or values, each of which is a finding.
    """
    try:
        return record.model_validate(read_yaml(path) if content is None else content)
    except ValidationError as error:
        problems = error.errors(include_input=False, include_url=False)[:MAX_FINDINGS]
        raise IpdocsError(_data_finding(path, problem) for problem in problems) from error


def _data_finding(path: Path, problem: ErrorDetails) -> Finding:
    kind, keys = problem["type"], problem["loc"]
    if kind == "missing" and isinstance(keys[-1], int):  # an item of a list with a fixed number of items
        keys, (message, hint) = keys[:-1], _TOO_FEW_ITEMS
    else:
        message, hint = _PROBLEMS.get(kind, (problem["msg"].removeprefix("Value error, "), _OTHER_HINT))
    message = message.format(**problem["ctx"]) if kind in _PROBLEMS and "ctx" in problem else message
    name = ".".join(str(key) for key in keys if key != "[key]")
    return Finding("bad-data", f"{name}: {message}" if name else message, locate(path, keys), hint)


def locate(path: Path, keys: Sequence[object], text: str | None = None) -> Location:
    """Return the location of a value in a data file: the location of its key, or of the value itself in a list.

    The location of a missing value is that of the innermost existing value around it.

    Args:
        path: The path of the file.
        keys: The keys and indices that lead to the value.
        text: The text of the file, if it has already been read.
    """
    from ruamel.yaml import YAML

    try:
        node = YAML(typ="safe").compose(read_utf8(path, MAX_BYTES) if text is None else text)
    except Exception:  # the file has changed since it was read, or is not YAML
        return Location(path, 1, 1)
    innermost = node
    for key in keys:
        if node is None or isinstance(node.value, str):
            break
        if node.value and isinstance(node.value[0], tuple):
            entry = next(((name, value) for name, value in node.value if str(name.value) == str(key)), None)
            if entry is None:
                continue
            innermost, node = entry
        elif isinstance(key, int) and key < len(node.value):
            innermost = node = node.value[key]
    if innermost is None:
        return Location(path, 1, 1)
    return Location(path, innermost.start_mark.line + 1, innermost.start_mark.column + 1)
