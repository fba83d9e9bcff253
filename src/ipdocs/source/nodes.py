"""Nodes to model: what pydantic says of a source's values, as findings at the place of each."""

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
    """A source's nodes with their plain values, and which of its mappings are records or texts of the model."""

    file: SourceText
    root: Node
    data: Any
    context: dict[str, Any] = field(default_factory=dict)

    def place(self, path: Keys) -> Location:
        """Return where the value at a path stands: a scalar itself, anything larger by its key or its beginning."""
        key: Scalar | None = None
        node = self.root
        for step in path:
            key, node = _step(key, node, step)
        marked = key if key and (not isinstance(node, Scalar) or node.start == node.end) else node
        return self.file.locate(marked.start, marked.end - marked.start if isinstance(marked, Scalar) else 0)

    def key(self, path: Keys) -> Location:
        """Return where the key stands under which a path's value is found."""
        *before, name = path
        key, node = None, self.root
        for step in before:
            key, node = _step(key, node, step)
        if isinstance(node, Mapping) and str(name) in node.entries:
            node = node.entries[str(name)][0]
        elif isinstance(node, Sequence) and isinstance(name, int):
            node = node.items[name]
        return self.file.locate(node.start, node.end - node.start if isinstance(node, Scalar) else 0)

    def has_key(self, path: Keys) -> bool:
        """Whether a mapping at a path has the last key of it."""
        value = self.data
        for step in path[:-1]:
            value = value[step]
        return path[-1] in value

    def texts(self) -> Iterator[tuple[Keys, dict[Text, Text]]]:
        """Yield the path and words of each text by language."""
        known = self.context.get("texts", set())
        todo: list[tuple[Keys, Any]] = [((), self.data)]
        while todo:
            path, value = todo.pop()
            if isinstance(value, dict):
                if id(value) in known:
                    yield path, {name: words for name, words in value.items() if isinstance(words, Text) and name != RESTRICTED}
                    continue
                todo += [((*path, str(name)), inner) for name, inner in value.items()]
            elif isinstance(value, list):
                todo += [((*path, index), inner) for index, inner in enumerate(value)]


def read_nodes(file: SourceText) -> tuple[SourceNodes | None, list[Finding]]:
    """Return a source's nodes, if it is YAML and a mapping, and what YAML has to say of it."""
    node, findings = parse_nodes(file)
    if isinstance(node, Mapping):
        return SourceNodes(file, node, _plain(node)), findings
    if node:
        message = "a source is a mapping: it begins with `schema: 1`"
        findings.append(Finding("wrong-shape", message, file.locate(node.start)))
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
    """Go one step of a path down; pydantic's own words for the branch of a union lead nowhere."""
    if isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
        return None, node.items[step]
    if isinstance(node, Mapping) and str(step) in node.entries:
        return node.entries[str(step)]
    return key, node


def validate_record(source: SourceNodes, model: type[Model], languages: list[str]) -> tuple[Model | None, list[Finding]]:
    """Return a source as a record of the model, or everything that does not fit, each at its place."""
    source.context["languages"] = languages
    try:
        record = model.model_validate(source.data, context=source.context, by_alias=True, by_name=False)
    except ValidationError as error:
        return None, list(_findings(source, [dict(problem) for problem in error.errors(include_url=False)]))
    return record, []


def _findings(source: SourceNodes, problems: list[dict[str, Any]]) -> Iterator[Finding]:
    """Yield a finding for each of pydantic's problems; a key that is missing because it is misspelt is told once."""
    misspelt = set()
    for problem in problems:
        if problem["type"] == "extra_forbidden":
            *path, key = problem["loc"]
            misspelt.add((*path, nearest(str(key), _free(source, _path(source, problem["loc"])))))
    for problem in problems:
        if problem["type"] != "missing" or problem["loc"] not in misspelt:
            finding = _finding(source, problem)
            yield replace(finding, hint=_restriction_hint(problem["loc"][0])) if _is_restriction(problem) else finding


def _is_restriction(problem: dict[str, Any]) -> bool:
    """Whether a problem is the mark of a restricted text where it cannot stand, such as in the place of a number."""
    kind, written = problem["type"], problem["input"]
    if kind in ("extra_forbidden", "unknown-language"):
        return RESTRICTED in (problem["loc"][-1], written)
    return kind in _ONE_VALUE and isinstance(written, dict) and written.get(RESTRICTED) == "true"


_ONE_VALUE = frozenset({"bad-value", "bad-fact", "literal_error", "list_type", "is_instance_of", "string_type"})
"""The problems of a mapping where no mapping belongs."""


def _restriction_hint(key: str | int) -> str:
    """Return where the mark of a restricted text can stand, for one that stands under some key of a source."""
    if key == "facts":
        return "restrict the texts that name the fact: it goes where its name goes"
    if key == "annexes":
        return "write `classification: restricted` in the annex"
    blocks = "a block, a paper or a person of minutes"
    return f"`restricted: true` stands in {blocks}, or beside the languages of a text: {{en: …, restricted: true}}"


def _finding(source: SourceNodes, problem: dict[str, Any]) -> Finding:
    kind, context = problem["type"], problem.get("ctx", {})
    loc = _path(source, problem["loc"])
    if loc and loc[-1] == "[key]":
        place = source.key(loc[:-1])
    elif kind in ("extra_forbidden", "unknown-fact-type"):
        place = source.key(loc)
    elif kind == "unknown-block" and context["name"]:
        place = source.key((*loc, context["name"]))
    else:
        place = source.place(loc)
    match kind:
        case "missing":
            return Finding("missing-key", f"the key '{loc[-1]}' is missing", place, f"add `{loc[-1]}: …`")
        case "extra_forbidden":
            return _unknown_key(source, loc, place)
        case "literal_error":
            return _no_choice(str(problem["input"]), re.findall("'([^']*)'", context["expected"]), place)
        case "too_short":
            return Finding("bad-value", "this list is empty", place, "write at least one")
        case "dict_type" | "model_type" | "list_type" | "is_instance_of" | "string_type":
            return _wrong_shape(kind, loc, problem["input"], place)
        case _:
            return Finding(kind if "-" in kind else "bad-value", problem["msg"], place, context.get("hint"))


def _path(source: SourceNodes, loc: Keys) -> Keys:
    """Return pydantic's place as a path: without the kind of a block or fact, and within a fact to its one value."""
    if loc and loc[0] in ("body", "facts") and len(loc) > 2 and loc[2] != "[key]":
        loc = (*loc[:2], *loc[3:])
    if loc and loc[0] == "facts" and len(loc) == 2:
        written = source.data["facts"][loc[1]]
        return (*loc, *written) if isinstance(written, dict) and len(written) == 1 else loc
    return loc


def _unknown_key(source: SourceNodes, loc: Keys, place: Location) -> Finding:
    """Report a key that nobody reads, with the one that was probably meant."""
    free = _free(source, loc)
    close = nearest(str(loc[-1]), free)
    listed = f"the keys that can be added here are {', '.join(free)}" if len(free) < 9 else "`ipdocs schema KIND` has all keys"
    hint = f"did you mean {close}?" if close else listed
    return Finding("unknown-key", f"there is no key '{loc[-1]}' here", place, hint)


def _free(source: SourceNodes, loc: Keys) -> list[str]:
    """Return the keys that could stand in the place of an unknown one."""
    value: Any = source.data
    for step in loc[:-1]:
        if isinstance(step, int) or step in value:
            value = value[step]
    records: Lookup[int, type[BaseModel]] = source.context.get("records", {})
    fields = records[id(value)].model_fields if id(value) in records else {}
    return [key for name, info in fields.items() if (key := info.alias or name) not in value]


def _no_choice(written: str, choices: list[str], place: Location) -> Finding:
    close = nearest(written, choices)
    hint = f"did you mean {close}?" if close else f"write {_any_of(choices)}"
    return Finding("bad-value", f"'{written:.40}' is not {_any_of(choices)}", place, hint)


def _any_of(choices: list[str]) -> str:
    return " or ".join(filter(None, (", ".join(choices[:-1]), choices[-1])))


_EXPECTED = {
    "list_type": "a list belongs here",
    "is_instance_of": "one value belongs here",
    "string_type": "one value belongs here",
}


def _wrong_shape(kind: str, loc: Keys, written: Any, place: Location) -> Finding:
    expected = _EXPECTED.get(kind, "a mapping (key: value) belongs here")
    hint = _HINTS.get(str(loc[-1])) or ("begin each item with `- `" if kind == "list_type" else None)
    return Finding("wrong-shape", f"{expected}, not {_found(written)}", place, hint)


def _found(written: Any) -> str:
    if isinstance(written, dict):
        return "a mapping"
    if isinstance(written, list):
        return "a list"
    return "one value" if written else "nothing"


_HINTS = {
    "languages": "for example: [en, tc]",
    "facts": "for example: {meeting: {ordinal: 17}}",
    "only": 'for example: en; for all but one write absent: {en: "the reason"}',
    "absent": 'for example: {tc: "the reason"}',
}
