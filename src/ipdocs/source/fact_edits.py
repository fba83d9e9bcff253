"""Add, change, rename and remove the facts of a source; each change leaves all other lines as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping as Lookup
from typing import Any

from ipdocs.source.edits import Edit
from ipdocs.source.file import SourceText
from ipdocs.source.insertion import double_quoted
from ipdocs.source.yaml import Mapping, Node, Scalar, Sequence

NewFact = tuple[str, str]
"""The type and the notation of a fact: ("date", "2018-08-21")."""

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 .:/-]*(?<![ :])")
"""Notations that YAML reads as one plain value in a mapping in braces."""


def fact_edits(file: SourceText, root: Node, facts: Lookup[str, NewFact | None], new_names: Lookup[str, str]) -> Iterator[Edit]:
    """Yield the edits that add, change, rename and remove facts.

    Args:
        file: the text of the source.
        root: its node.
        facts: the new type and notation of each fact, keyed by its present name; None removes the fact.
        new_names: the new names of facts, keyed by their present names.
    """
    node = root.get("facts") if isinstance(root, Mapping) else None
    known = node.entries if isinstance(node, Mapping) else {}
    for name, new_name in new_names.items():
        key = known[name][0]
        yield Edit(key.start, key.end, new_name)
    removed = [name for name in known if name in facts and facts[name] is None]
    added = {name: fact for name, fact in facts.items() if fact and name not in known}
    for name, fact in facts.items():
        if fact and name in known:
            yield from _change(known[name][1], fact)
    if isinstance(node, Mapping):
        if len(removed) == len(known) and not added:
            yield _without_facts(file, root, node)
        else:
            yield from (_removal(file, node, name) for name in removed)
    if added:
        yield _addition(file, root, node, added)


def with_facts(data: dict[str, Any], facts: Lookup[str, NewFact | None], new_names: Lookup[str, str]) -> dict[str, Any]:
    """Return the plain values of a source after changes to its facts; see `fact_edits`."""
    if not facts and not new_names:
        return data
    values = {str(name): value for name, value in data.get("facts", {}).items()}
    values |= {name: {fact[0]: fact[1]} for name, fact in facts.items() if fact}
    values = {new_names.get(name, name): value for name, value in values.items() if name not in facts or facts[name]}
    rest = {name: value for name, value in data.items() if name != "facts"}
    return rest | ({"facts": values} if values else {})


def _fact_source(fact: NewFact) -> str:
    return f"{{{fact[0]}: {_value_source(fact[1])}}}"


def _value_source(notation: str) -> str:
    return notation if _PLAIN.fullmatch(notation) and ": " not in notation else double_quoted(notation)


def _change(node: Node, fact: NewFact) -> Iterator[Edit]:
    """Yield the edits that change the type and the value of a fact."""
    if isinstance(node, Mapping) and len(node.entries) == 1:
        ((kind, (key, value)),) = node.entries.items()
        if isinstance(value, Scalar):
            if kind != fact[0]:
                yield Edit(key.start, key.end, fact[0])
            if str(value.text) != fact[1]:
                text = double_quoted(fact[1]) if value.style else _value_source(fact[1])
                yield Edit(value.start, value.end, text)
            return
    raise TypeError("only a fact with a single value can be changed")


def _addition(file: SourceText, root: Node, node: Node | None, added: Lookup[str, NewFact]) -> Edit:
    """Return the edit that adds facts after the last fact, or before the body if there are none yet."""
    entries = [f"{name}: {_fact_source(fact)}" for name, fact in added.items()]
    if isinstance(node, Mapping) and node.flow:
        last = [value for _, value in node.entries.values()][-1:]
        position = last[0].end if last else node.start + 1
        return Edit(position, position, ", " * bool(last) + ", ".join(entries))
    if isinstance(node, Mapping):
        key, value = list(node.entries.values())[-1]
        indent = " " * (file.locate(key.start).column - 1)
        end = _line_end(file, value)
        return Edit(end, end, "".join(f"{file.newline}{indent}{entry}" for entry in entries))
    if not isinstance(root, Mapping):
        raise TypeError("the source is not a mapping")
    start = file.line_start(root.entries["body"][0].start)
    lines = "".join(f"  {entry}{file.newline}" for entry in entries)
    return Edit(start, start, f"facts:{file.newline}{lines}")


def _removal(file: SourceText, node: Mapping, name: str) -> Edit:
    """Return the edit that removes one of several facts."""
    key, value = node.entries[name]
    if not node.flow:
        return Edit(file.line_start(key.start), file.next_line(_line_end(file, value)), "")
    entries = list(node.entries.values())
    index = list(node.entries).index(name)
    if index + 1 < len(entries):
        return Edit(key.start, entries[index + 1][0].start, "")
    return Edit(entries[index - 1][1].end, value.end, "")


def _without_facts(file: SourceText, root: Node, node: Mapping) -> Edit:
    """Return the edit that removes all facts together with their key."""
    if not isinstance(root, Mapping):
        raise TypeError("the source is not a mapping")
    end = node.end if node.flow else _line_end(file, list(node.entries.values())[-1][1])
    return Edit(file.line_start(root.entries["facts"][0].start), file.next_line(end), "")


def _line_end(file: SourceText, node: Node) -> int:
    """Return the end of the last line of a value, before its line break."""
    while not isinstance(node, Scalar) and not node.flow:
        node = node.items[-1] if isinstance(node, Sequence) else list(node.entries.values())[-1][1]
    return file.line_end(max(node.end - 1, node.start))
