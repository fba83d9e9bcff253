"""Validate YAML nodes with the model, and turn the errors of pydantic into findings with locations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping as Lookup
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from ipdocs.findings import Finding, Location, nearest
from ipdocs.model.text import RESTRICTED, Text
from ipdocs.source.file import SourceText
from ipdocs.source.texts import Keys
from ipdocs.source.yaml import Mapping, Node, Scalar, Sequence, parse_nodes

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class SourceNodes:
    """The nodes of a source and their plain values.

    Attributes:
        file: the text of the source.
        root: the node of the whole source.
        data: the plain values: strings, lists and dictionaries.
        context: pydantic's validation context, in which the validators record which values are records and texts.
    """

    file: SourceText
    root: Node
    data: Any
    context: dict[str, Any] = field(default_factory=dict)

    def locate(self, keys: Keys) -> Location:
        """Return the location of the scalar that `keys` lead to; for a list, mapping or empty value, the location of its key."""
        key: Scalar | None = None
        node = self.root
        for step in keys:
            key, node = _step(key, node, step)
        target = key if key and (not isinstance(node, Scalar) or node.start == node.end) else node
        return self.file.locate(target.start, target.end - target.start if isinstance(target, Scalar) else 0)

    def locate_key(self, keys: Keys) -> Location:
        """Return the location of the last key itself; if the last key is an index, return the location of the list entry."""
        *parents, name = keys
        key, node = None, self.root
        for step in parents:
            key, node = _step(key, node, step)
        if isinstance(node, Mapping) and str(name) in node.entries:
            node = node.entries[str(name)][0]
        elif isinstance(node, Sequence) and isinstance(name, int):
            node = node.items[name]
        return self.file.locate(node.start, node.end - node.start if isinstance(node, Scalar) else 0)

    def has_key(self, keys: Keys) -> bool:
        """Whether the source has the last key; the keys before the last key must exist."""
        value = self.data
        for step in keys[:-1]:
            value = value[step]
        return keys[-1] in value

    def texts(self) -> Iterator[tuple[Keys, dict[Text, Text]]]:
        """Yield each text in several languages: the keys that lead to the text, and a mapping from language to text."""
        text_ids = self.context.get("texts", set())
        queue: list[tuple[Keys, Any]] = [((), self.data)]
        while queue:
            keys, value = queue.pop()
            if isinstance(value, dict):
                if id(value) in text_ids:
                    yield keys, {name: text for name, text in value.items() if isinstance(text, Text) and name != RESTRICTED}
                    continue
                queue += [((*keys, str(name)), inner) for name, inner in value.items()]
            elif isinstance(value, list):
                queue += [((*keys, index), inner) for index, inner in enumerate(value)]


def read_nodes(file: SourceText) -> tuple[SourceNodes | None, list[Finding]]:
    """Return the nodes of a source (None if it is not a YAML mapping), and the findings on its YAML."""
    node, findings = parse_nodes(file)
    if isinstance(node, Mapping):
        return SourceNodes(file, node, _plain(node)), findings
    if node:
        message = "this source is not a mapping"
        findings.append(Finding("wrong-shape", message, file.locate(node.start), "begin it with `schema: 1`"))
    return None, findings


def _plain(node: Node) -> Any:
    match node:
        case Scalar():
            return node.text
        case Sequence():
            return [_plain(item) for item in node.items]
        case Mapping():
            return {key.text: _plain(value) for key, value in node.entries.values()}


def _step(key: Scalar | None, node: Node, step: str | int) -> tuple[Scalar | None, Node]:
    """Follow one key or index; stay if it does not exist, because pydantic adds the names of union branches to the keys."""
    if isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
        return None, node.items[step]
    if isinstance(node, Mapping) and str(step) in node.entries:
        return node.entries[str(step)]
    return key, node


def validate_record(source: SourceNodes, model: type[Model], languages: list[str]) -> tuple[Model | None, list[Finding]]:
    """Return the record of the model for a source, or None and the findings if the source is invalid."""
    source.context["languages"] = languages
    try:
        record = model.model_validate(source.data, context=source.context, by_alias=True, by_name=False)
    except ValidationError as error:
        return None, list(_findings(source, [dict(problem) for problem in error.errors(include_url=False)]))
    return record, []


def _findings(source: SourceNodes, problems: list[dict[str, Any]]) -> Iterator[Finding]:
    """Yield the findings for the errors of pydantic; a misspelt required key is reported once, not also as missing."""
    misspelt_keys = set()
    for problem in problems:
        if problem["type"] == "extra_forbidden":
            *parents, key = problem["loc"]
            misspelt_keys.add((*parents, nearest(str(key), _unused_keys(source, _keys(source, problem["loc"])))))
    for problem in problems:
        if problem["type"] != "missing" or problem["loc"] not in misspelt_keys:
            finding = _finding(source, problem)
            yield replace(finding, hint=_restriction_hint(problem["loc"][0])) if _is_misplaced_restriction(problem) else finding


def _is_misplaced_restriction(problem: dict[str, Any]) -> bool:
    """Whether a problem is a misplaced key `restricted`, such as a `restricted` beside a number."""
    kind, value = problem["type"], problem["input"]
    if kind in ("extra_forbidden", "unknown-language"):
        return RESTRICTED in (problem["loc"][-1], value)
    return kind in _UNEXPECTED_MAPPING and isinstance(value, dict) and value.get(RESTRICTED) == "true"


_UNEXPECTED_MAPPING = frozenset({"bad-value", "bad-fact", "literal_error", "list_type", "is_instance_of", "string_type"})
"""The types of errors for a mapping where another value is expected."""


def _restriction_hint(key: str | int) -> str:
    """Return the hint for a misplaced `restricted` under a top-level key of the source."""
    if key == "facts":
        return "restrict the texts that refer to the fact"
    if key == "annexes":
        return "write `classification: restricted` in the annex"
    return "write `restricted` in a block, paper or attendee of minutes, or in a text: {en: …, restricted: true}"


def _finding(source: SourceNodes, problem: dict[str, Any]) -> Finding:
    kind, context = problem["type"], problem.get("ctx", {})
    keys = _keys(source, problem["loc"])
    if keys and keys[-1] == "[key]":
        location = source.locate_key(keys[:-1])
    elif kind in ("extra_forbidden", "unknown-fact-type"):
        location = source.locate_key(keys)
    elif kind == "unknown-block" and context["name"]:
        location = source.locate_key((*keys, context["name"]))
    else:
        location = source.locate(keys)
    match kind:
        case "missing":
            value = "1" if keys == ("schema",) else "…"
            return Finding("missing-key", f"the key '{keys[-1]}' is missing", location, f"add `{keys[-1]}: {value}`")
        case "extra_forbidden":
            return _unknown_key(source, keys, location)
        case "literal_error":
            return _bad_choice(str(problem["input"]), re.findall("'([^']*)'", context["expected"]), location)
        case "too_short":
            return Finding("bad-value", "this list is empty", location, "write at least one entry")
        case "dict_type" | "model_type" | "list_type" | "is_instance_of" | "string_type":
            return _wrong_shape(kind, keys, problem["input"], location)
        case _:
            return Finding(kind if "-" in kind else "bad-value", problem["msg"], location, context.get("hint"))


def _keys(source: SourceNodes, loc: Keys) -> Keys:
    """Convert the `loc` of a pydantic error to the keys in the source.

    The kind of a block or fact is dropped. The keys of a fact are extended to its value.
    """
    if loc and loc[0] in ("body", "facts") and len(loc) > 2 and loc[2] != "[key]":
        loc = (*loc[:2], *loc[3:])
    if loc and loc[0] == "facts" and len(loc) == 2:
        fact = source.data["facts"][loc[1]]
        return (*loc, *fact) if isinstance(fact, dict) and len(fact) == 1 else loc
    return loc


def _unknown_key(source: SourceNodes, keys: Keys, location: Location) -> Finding:
    """Return the finding for an unknown key, which suggests the most similar key or lists the allowed keys."""
    unused_keys = _unused_keys(source, keys)
    similar = nearest(str(keys[-1]), unused_keys)
    choices = (
        f"you can add {', '.join(unused_keys)}" if len(unused_keys) < 9 else "run `ipdocs schema KIND` for a list of all keys"
    )
    hint = f"did you mean {similar}?" if similar else choices
    return Finding("unknown-key", f"the key '{keys[-1]}' is not allowed here", location, hint)


def _unused_keys(source: SourceNodes, keys: Keys) -> list[str]:
    """Return the keys that are allowed beside an unknown key and not used yet."""
    value: Any = source.data
    for step in keys[:-1]:
        if isinstance(step, int) or step in value:
            value = value[step]
    records: Lookup[int, type[BaseModel]] = source.context.get("records", {})
    fields = records[id(value)].model_fields if id(value) in records else {}
    return [key for name, info in fields.items() if (key := info.alias or name) not in value]


def _bad_choice(value: str, choices: list[str], location: Location) -> Finding:
    similar = nearest(value, choices)
    hint = f"did you mean {similar}?" if similar else f"write {_any_of(choices)}"
    return Finding("bad-value", f"'{value:.40}' is not {_any_of(choices)}", location, hint)


def _any_of(choices: list[str]) -> str:
    return " or ".join(filter(None, (", ".join(choices[:-1]), choices[-1])))


_EXPECTED = {
    "list_type": "a list is needed here",
    "is_instance_of": "a single value is needed here",
    "string_type": "a single value is needed here",
}


def _wrong_shape(kind: str, keys: Keys, value: Any, location: Location) -> Finding:
    expected = _EXPECTED.get(kind, "a mapping (key: value) is needed here")
    hint = _HINTS.get(str(keys[-1])) or ("begin each item with `- `" if kind == "list_type" else None)
    return Finding("wrong-shape", f"{expected}, not {_shape(value)}", location, hint)


def _shape(value: Any) -> str:
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    return "a single value" if value else "nothing"


_HINTS = {
    "languages": "write, for example, [en, tc]",
    "facts": "write, for example, `{meeting: {ordinal: 17}}`",
    "only": 'write, for example, en; to leave out a language, write absent: {en: "the reason"}',
    "absent": 'write, for example, {tc: "the reason"}',
}
