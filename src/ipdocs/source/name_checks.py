"""Check names in a source: ids of blocks, continued lists, footnotes, and references in expressions and links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ipdocs.findings import Finding, nearest
from ipdocs.model.blocks import BLOCKS
from ipdocs.model.inline import Anchor, BaselineShift, Emphasis, Expression, Inline, NoteReference, Plain
from ipdocs.model.text import Text
from ipdocs.source.nodes import SourceNodes
from ipdocs.source.texts import Keys
from ipdocs.values.filters import FILTERS

MAX_LISTS = 8
"""The maximum depth of nested lists: Word has nine list levels, and numbered paragraphs of minutes use the first."""


@dataclass(frozen=True, slots=True)
class DefinedNames:
    """Names that the texts of a source can refer to.

    Attributes:
        values: the names of facts and lists, for expressions.
        notes: the names of footnotes, for footnote references.
        ids: the ids of all blocks.
        targets: the ids that links can lead to: all ids except the ids of footnote blocks.
        links: the names of facts that are links.
    """

    values: frozenset[str]
    notes: frozenset[str]
    ids: frozenset[str]
    targets: frozenset[str]
    links: frozenset[str]


def defined_names(source: SourceNodes, implicit_facts: tuple[str, ...] = ()) -> DefinedNames:
    """Return the names that a source defines, including the names of implicit facts."""
    blocks = [block for _, block in plain_blocks(source)]
    value = source.data.get("facts")
    facts = value if isinstance(value, dict) else {}
    lists = [_id(block) for block in blocks if "list" in block]
    notes = [block["footnotes"] for block in blocks if isinstance(block.get("footnotes"), dict)]
    values = [*implicit_facts, *facts, *(name.replace("-", "_") for name in lists if name)]
    return DefinedNames(
        frozenset(map(str, values)),
        frozenset(str(name) for block in notes for name in block),
        frozenset(filter(None, map(_id, blocks))),
        frozenset(filter(None, (_id(block) for block in blocks if "footnotes" not in block))),
        frozenset(str(name) for name, fact in facts.items() if isinstance(fact, dict) and "link" in fact),
    )


def plain_blocks(source: SourceNodes) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the plain values of the blocks in a source, each with its index in the body."""
    body = source.data.get("body")
    for index, block in enumerate(body if isinstance(body, list) else ()):
        if isinstance(block, dict):
            yield index, block


def _id(block: dict[str, Any]) -> str | None:
    """Return the id of a block; a boilerplate block without an id has the name of its section as its id."""
    name = block.get("id", block.get("boilerplate"))
    return str(name) if isinstance(name, Text) else None


def block_findings(source: SourceNodes, *, is_section: bool) -> Iterator[Finding]:
    """Yield findings on duplicate ids, unknown lists in `after`, and missing ids; the blocks of a section need no ids."""
    facts = source.data.get("facts")
    indices: dict[str, int] = {}
    lists: list[str] = []
    for index, block in plain_blocks(source):
        name = _id(block)
        yield from _list_findings(source, ("body", index), block, lists)
        if name is None:
            if not is_section and "id" not in block and BLOCKS.keys() & block.keys() - {"boilerplate"}:
                hint = f"run `ipdocs format {source.file.path}` to add one"
                yield Finding("missing-id", "this block has no id", source.locate_key(("body", index, next(iter(block)))), hint)
            continue
        location = source.locate(("body", index, "id" if "id" in block else "boilerplate"))
        if name in indices:
            line = source.locate(("body", indices[name])).line
            hint = f"change it; the first block with this id is in line {line}"
            yield Finding("duplicate-id", f"the id '{name}' is used twice", location, hint)
        elif "list" in block and isinstance(facts, dict) and name.replace("-", "_") in facts:
            hint = "rename the list or the fact, because expressions use the same name for both"
            yield Finding("duplicate-id", f"the list '{name}' has the name of a fact", location, hint)
        indices.setdefault(name, index)
        if "list" in block:
            lists.append(name)


def _list_findings(source: SourceNodes, keys: Keys, parent: dict[str, Any], earlier_lists: list[str]) -> Iterator[Finding]:
    """Yield findings on the list in a block or item and on its inner lists: unknown lists in `after`, and lists nested too deep.

    Args:
        source: the source.
        keys: the keys that lead to the block or item.
        parent: the plain value of the block or item.
        earlier_lists: the ids of the lists before the block.
    """
    list_content = parent.get("list")
    if not isinstance(list_content, dict):
        return
    if keys.count("list") == MAX_LISTS:
        message = f"more than {MAX_LISTS} lists are nested in each other"
        yield Finding("too-deep", message, source.locate_key((*keys, "list")), "split it into two lists")
        return
    after = list_content.get("after")
    if isinstance(after, Text) and after not in earlier_lists:
        hint = _suggestion(after, earlier_lists, "use one of the lists before it:") or "remove `after:`; this is the first list"
        yield Finding(
            "unknown-list", f"there is no list '{after}' before this list", source.locate((*keys, "list", "after")), hint
        )
    entries = list_content.get("items")
    for index, item in enumerate(entries if isinstance(entries, list) else ()):
        if isinstance(item, dict):
            yield from _list_findings(source, (*keys, "list", "items", index), item, earlier_lists)


def undefined_name_findings(text: Text, content: Iterable[Inline], names: DefinedNames) -> Iterator[Finding]:
    """Yield findings on references in a text to names that the source does not define."""
    for part in content:
        match part:
            case Expression():
                yield from _expression_findings(text, part, names)
            case NoteReference() if part.name not in names.notes:
                location = text.locate(part.offset, len(part.name) + 3)
                hint = _suggestion(part.name, names.notes, "use one of the footnotes") or "write it under `footnotes:`"
                yield Finding("undefined-note", f"there is no footnote '{part.name}'", location, hint)
            case Emphasis() | BaselineShift():
                yield from undefined_name_findings(text, part.content, names)
            case Anchor():
                yield from _target_findings(text, part, names)
                yield from undefined_name_findings(text, (*part.href, *part.content), names)


def misplaced_note_findings(text: Text, content: Iterable[Inline], noun: str) -> Iterator[Finding]:
    """Yield findings on footnote references in a fact, footnote or alternative text; messages call the text `noun`."""
    for part in content:
        match part:
            case NoteReference():
                location = text.locate(part.offset, len(part.name) + 3)
                message = f"a footnote reference is not allowed in this {noun}"
                yield Finding("misplaced-note", message, location, "move it to the text around it")
            case Emphasis() | BaselineShift() | Anchor():
                yield from misplaced_note_findings(text, part.content, noun)


def _expression_findings(text: Text, expression: Expression, names: DefinedNames) -> Iterator[Finding]:
    offset = expression.offset + expression.source.index(expression.name)
    if expression.name not in names.values:
        location = text.locate(offset, len(expression.name))
        hint = _suggestion(expression.name, names.values, "use one of the facts") or "state it under `facts:`"
        yield Finding("undefined-fact", f"there is no fact '{expression.name}'", location, hint)
    for call in expression.filters:
        if call.name not in FILTERS:
            start = expression.source.index(call.name, expression.source.index("|"))
            location = text.locate(expression.offset + start, len(call.name))
            suggestion = _suggestion(call.name, FILTERS, "use one of the filters")
            yield Finding("unknown-filter", f"there is no filter '{call.name}'", location, suggestion)


def _target_findings(text: Text, anchor: Anchor, names: DefinedNames) -> Iterator[Finding]:
    """Yield a finding on a link to an unknown block, or to an expression that is not an address."""
    match anchor.href:
        case (Plain(target),) if target.startswith("#") and target[1:] not in names.targets:
            location = text.locate(text.find(f"({target}") + 1, len(target))
            hint = _suggestion(target[1:], names.targets, "use one of the ids")
            message = (
                f"'{target[1:]}' is a block of footnotes" if target[1:] in names.ids else f"no block has the id '{target[1:]}'"
            )
            yield Finding("bad-link", message, location, hint)
        case (Expression() as first, *_) if first.name in names.values and not _is_address(first, names):
            location = text.locate(first.offset, len(first.source))
            hint = "add the link under `facts:`, and write [words]({{ name | address }})"
            yield Finding("bad-link", f"{first.source} is not an address", location, hint)


def _is_address(expression: Expression, names: DefinedNames) -> bool:
    """Whether an expression gives the address of a link fact; the address itself is checked with the fact."""
    parts = (*expression.attributes, *(call.name for call in expression.filters))
    return expression.name in names.links and parts in (("href",), ("address",))


def _suggestion(name: str, choices: Iterable[str], introduction: str) -> str | None:
    """Return a hint that names the most similar choice or lists all choices, or None if there are no choices."""
    sorted_choices = sorted(choices)
    similar = nearest(name, sorted_choices)
    if similar:
        return f"did you mean {similar}?"
    return f"{introduction} {', '.join(sorted_choices)}" if sorted_choices else None
