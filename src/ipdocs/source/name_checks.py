"""Checks of names in a source: ids of blocks, continued lists, footnotes, and references in expressions and links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ipdocs.findings import Finding, nearest
from ipdocs.model.blocks import BLOCKS
from ipdocs.model.inline import Anchor, Emphasis, Expression, Inline, Note, Plain
from ipdocs.model.text import Text
from ipdocs.source.nodes import SourceNodes
from ipdocs.source.texts import Keys
from ipdocs.values.filters import FILTERS

MAX_LISTS = 8
"""The largest depth of nested lists: Word has nine levels, and in minutes the paragraphs are the first."""


@dataclass(frozen=True, slots=True)
class DefinedNames:
    """Names that the texts of a source can refer to.

    Attributes:
        values: facts and lists, which expressions can name.
        notes: footnotes.
        ids: the ids of all blocks.
        targets: the ids to which links can lead, which are all but those of footnotes.
        links: the facts that are links.
    """

    values: frozenset[str]
    notes: frozenset[str]
    ids: frozenset[str]
    targets: frozenset[str]
    links: frozenset[str]


def defined_names(source: SourceNodes, implicit_facts: tuple[str, ...] = ()) -> DefinedNames:
    """Return the names that a source defines, with those of its implicit facts."""
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
    """Return the id of a block, or the name of a boilerplate block without one."""
    name = block.get("id", block.get("boilerplate"))
    return str(name) if isinstance(name, Text) else None


def block_findings(source: SourceNodes, *, section: bool) -> Iterator[Finding]:
    """Yield missing ids, which sections do not need, duplicate ids, and unknown lists in `after`."""
    facts = source.data.get("facts")
    indices: dict[str, int] = {}
    lists: list[str] = []
    for index, block in plain_blocks(source):
        name = _id(block)
        yield from _list_findings(source, ("body", index), block, lists)
        path = ("body", index, "id" if "id" in block else "boilerplate")
        if name is None:
            if not section and "id" not in block and BLOCKS.keys() & block.keys() - {"boilerplate"}:
                hint = f"run `ipdocs format {source.file.path}` to add one"
                yield Finding("missing-id", "this block has no id", source.key(("body", index, next(iter(block)))), hint)
            continue
        place = source.place(path)
        if name in indices:
            first = source.place(("body", indices[name])).line
            yield Finding("duplicate-id", f"the id '{name}' is used twice", place, f"change it; the first is in line {first}")
        elif "list" in block and isinstance(facts, dict) and name.replace("-", "_") in facts:
            hint = "rename one of them; expressions refer to both by this name"
            yield Finding("duplicate-id", f"the list '{name}' has the name of a fact", place, hint)
        indices.setdefault(name, index)
        if "list" in block:
            lists.append(name)


def _list_findings(source: SourceNodes, path: Keys, holder: dict[str, Any], lists: list[str]) -> Iterator[Finding]:
    """Yield lists that continue an unknown list or are nested too deep, from the list of a block or item downwards."""
    items = holder.get("list")
    if not isinstance(items, dict):
        return
    if path.count("list") == MAX_LISTS:
        message = f"more than {MAX_LISTS} lists are nested in each other"
        yield Finding("too-deep", message, source.key((*path, "list")), "split it into two lists")
        return
    after = items.get("after")
    if isinstance(after, Text) and after not in lists:
        place, hint = source.place((*path, "list", "after")), _suggestion(after, lists, "use one of the lists before it:")
        hint = hint or "remove `after:`, as no list is before this one"
        yield Finding("unknown-list", f"there is no list '{after}' before this one", place, hint)
    entries = items.get("items")
    for index, item in enumerate(entries if isinstance(entries, list) else ()):
        if isinstance(item, dict):
            yield from _list_findings(source, (*path, "list", "items", index), item, lists)


def undefined_name_findings(text: Text, content: Iterable[Inline], known: DefinedNames) -> Iterator[Finding]:
    """Yield references of a text to names that the source does not define."""
    for part in content:
        match part:
            case Expression():
                yield from _expression(text, part, known)
            case Note() if part.name not in known.notes:
                place = text.locate(part.offset, len(part.name) + 3)
                hint = _suggestion(part.name, known.notes, "use one of the footnotes") or "write it under `footnotes:`"
                yield Finding("undefined-note", f"there is no footnote '{part.name}'", place, hint)
            case Emphasis():
                yield from undefined_name_findings(text, part.content, known)
            case Anchor():
                yield from _target(text, part, known)
                yield from undefined_name_findings(text, (*part.href, *part.content), known)


def misplaced_note_findings(text: Text, content: Iterable[Inline], noun: str) -> Iterator[Finding]:
    """Yield footnote references where they are not allowed: in facts, footnotes and alternative texts of pictures."""
    for part in content:
        match part:
            case Note():
                place = text.locate(part.offset, len(part.name) + 3)
                message = f"a footnote reference is not allowed in this {noun}"
                yield Finding("misplaced-note", message, place, "move it to the text around it")
            case Emphasis() | Anchor():
                yield from misplaced_note_findings(text, part.content, noun)


def _expression(text: Text, expression: Expression, known: DefinedNames) -> Iterator[Finding]:
    offset = expression.offset + expression.source.index(expression.name)
    if expression.name not in known.values:
        place = text.locate(offset, len(expression.name))
        hint = _suggestion(expression.name, known.values, "use one of the facts") or "state it under `facts:`"
        yield Finding("undefined-fact", f"there is no fact '{expression.name}'", place, hint)
    for call in expression.filters:
        if call.name not in FILTERS:
            start = expression.source.index(call.name, expression.source.index("|"))
            place = text.locate(expression.offset + start, len(call.name))
            filters = _suggestion(call.name, FILTERS, "use one of the filters")
            yield Finding("unknown-filter", f"there is no filter '{call.name}'", place, filters)


def _target(text: Text, anchor: Anchor, known: DefinedNames) -> Iterator[Finding]:
    """Yield a link whose target is not a block of the source, or begins with an expression that is not an address."""
    match anchor.href:
        case (Plain(target),) if target.startswith("#") and target[1:] not in known.targets:
            place = text.locate(text.find(f"({target}") + 1, len(target))
            hint = _suggestion(target[1:], known.targets, "use one of the ids")
            message = (
                f"'{target[1:]}' is a block of footnotes" if target[1:] in known.ids else f"no block has the id '{target[1:]}'"
            )
            yield Finding("bad-link", message, place, hint)
        case (Expression() as first, *_) if first.name in known.values and not _is_address(first, known):
            place = text.locate(first.offset, len(first.source))
            hint = "add the link under `facts:`, and write [words]({{ name | address }})"
            yield Finding("bad-link", f"{first.source} is not an address", place, hint)


def _is_address(expression: Expression, known: DefinedNames) -> bool:
    """Whether an expression is the address of a fact that is a link, which was checked with the fact."""
    parts = (*expression.attributes, *(call.name for call in expression.filters))
    return expression.name in known.links and parts in (("href",), ("address",))


def _suggestion(name: str, choices: Iterable[str], introduction: str) -> str | None:
    """Return a hint with the most similar name or with all names, or None if there are no names."""
    known = sorted(choices)
    similar = nearest(name, known)
    if similar:
        return f"did you mean {similar}?"
    return f"{introduction} {', '.join(known)}" if known else None
