"""Names within a source: ids of blocks, lists that go on, notes, and what expressions and links call."""

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
"""How many lists may stand one within the other: Word counts nine levels, and in minutes the paragraphs are the first."""


@dataclass(frozen=True, slots=True)
class DefinedNames:
    """What the texts of a source may call: facts and lists in expressions, notes, and targets of links.

    Every id is taken, and a link leads to all but those of footnotes; stated links are among the values.
    """

    values: frozenset[str]
    notes: frozenset[str]
    ids: frozenset[str]
    targets: frozenset[str]
    links: frozenset[str]


def defined_names(source: SourceNodes, stated: tuple[str, ...] = ()) -> DefinedNames:
    """Return the names that a source defines; `stated` are those of facts that stand in keys of their own."""
    found = [block for _, block in written_blocks(source)]
    written = source.data.get("facts")
    facts = written if isinstance(written, dict) else {}
    lists = [_id(block) for block in found if "list" in block]
    notes = [block["footnotes"] for block in found if isinstance(block.get("footnotes"), dict)]
    values = [*stated, *facts, *(name.replace("-", "_") for name in lists if name)]
    return DefinedNames(
        frozenset(map(str, values)),
        frozenset(str(name) for block in notes for name in block),
        frozenset(filter(None, map(_id, found))),
        frozenset(filter(None, (_id(block) for block in found if "footnotes" not in block))),
        frozenset(str(name) for name, fact in facts.items() if isinstance(fact, dict) and "link" in fact),
    )


def written_blocks(source: SourceNodes) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the blocks of a source as written, each with its index in the body."""
    body = source.data.get("body")
    for index, block in enumerate(body if isinstance(body, list) else ()):
        if isinstance(block, dict):
            yield index, block


def _id(block: dict[str, Any]) -> str | None:
    """Return a block's id; boilerplate goes by its name if it has none."""
    name = block.get("id", block.get("boilerplate"))
    return str(name) if isinstance(name, Text) else None


def block_findings(source: SourceNodes, *, section: bool) -> Iterator[Finding]:
    """Yield what is wrong with the ids of blocks: missing (a section's need none), given twice, called before their list."""
    facts = source.data.get("facts")
    seen: dict[str, int] = {}
    lists: list[str] = []
    for index, block in written_blocks(source):
        name = _id(block)
        yield from _continued(source, ("body", index), block, lists)
        at = ("body", index, "id" if "id" in block else "boilerplate")
        if name is None:
            if not section and "id" not in block and BLOCKS.keys() & block.keys() - {"boilerplate"}:
                hint = f"`ipdocs format {source.file.path}` adds it"
                yield Finding("missing-id", "this block has no id", source.key(("body", index, next(iter(block)))), hint)
            continue
        place = source.place(at)
        if name in seen:
            first = source.place(("body", seen[name])).line
            yield Finding("duplicate-id", f"the id '{name}' stands twice", place, f"the first stands in line {first}")
        elif "list" in block and isinstance(facts, dict) and name.replace("-", "_") in facts:
            hint = "expressions could not tell them apart; rename one"
            yield Finding("duplicate-id", f"the list '{name}' has the name of a fact", place, hint)
        seen.setdefault(name, index)
        if "list" in block:
            lists.append(name)


def _continued(source: SourceNodes, path: Keys, holder: dict[str, Any], lists: list[str]) -> Iterator[Finding]:
    """Yield what is wrong with the list of a block or item and with those within it.

    No list stands before it after which it says it goes on, or it stands too deep.
    """
    items = holder.get("list")
    if not isinstance(items, dict):
        return
    if path.count("list") == MAX_LISTS:
        message = f"more than {MAX_LISTS} lists stand one within the other"
        yield Finding("too-deep", message, source.key((*path, "list")), "make it two lists")
        return
    after = items.get("after")
    if isinstance(after, Text) and after not in lists:
        place, hint = source.place((*path, "list", "after")), _suggestion(after, lists, "the lists are")
        yield Finding("unknown-list", f"there is no list '{after}' before this one", place, hint)
    within = items.get("items")
    for index, item in enumerate(within if isinstance(within, list) else ()):
        if isinstance(item, dict):
            yield from _continued(source, (*path, "list", "items", index), item, lists)


def undefined_name_findings(text: Text, content: Iterable[Inline], known: DefinedNames) -> Iterator[Finding]:
    """Yield the names a text calls that the source does not define, at their places."""
    for part in content:
        match part:
            case Expression():
                yield from _expression(text, part, known)
            case Note() if part.name not in known.notes:
                place = text.locate(part.offset, len(part.name) + 3)
                hint = _suggestion(part.name, known.notes, "the notes are") or "write it under `footnotes:`"
                yield Finding("undefined-note", f"there is no footnote '{part.name}'", place, hint)
            case Emphasis():
                yield from undefined_name_findings(text, part.content, known)
            case Anchor():
                yield from _target(text, part, known)
                yield from undefined_name_findings(text, (*part.href, *part.content), known)


def misplaced_note_findings(text: Text, content: Iterable[Inline], noun: str) -> Iterator[Finding]:
    """Yield the notes that a text calls where no mark of a note can stand: in a fact, in a note, in the words for a picture."""
    for part in content:
        match part:
            case Note():
                place = text.locate(part.offset, len(part.name) + 3)
                message = f"no footnote can be called in this {noun}"
                yield Finding("misplaced-note", message, place, "call it in the text around it")
            case Emphasis() | Anchor():
                yield from misplaced_note_findings(text, part.content, noun)


def _expression(text: Text, expression: Expression, known: DefinedNames) -> Iterator[Finding]:
    offset = expression.offset + expression.source.index(expression.name)
    if expression.name not in known.values:
        place = text.locate(offset, len(expression.name))
        hint = _suggestion(expression.name, known.values, "the facts are") or "state it under `facts:`"
        yield Finding("undefined-fact", f"there is no fact '{expression.name}'", place, hint)
    for one in expression.filters:
        if one.name not in FILTERS:
            start = expression.source.index(one.name, expression.source.index("|"))
            place = text.locate(expression.offset + start, len(one.name))
            filters = _suggestion(one.name, FILTERS, "the filters are")
            yield Finding("unknown-filter", f"there is no filter '{one.name}'", place, filters)


def _target(text: Text, anchor: Anchor, known: DefinedNames) -> Iterator[Finding]:
    """Yield the target that is no block of the source, or begins with an expression that is no address."""
    match anchor.href:
        case (Plain(target),) if target.startswith("#") and target[1:] not in known.targets:
            place = text.locate(text.find(f"({target}") + 1, len(target))
            hint = _suggestion(target[1:], known.targets, "the ids are")
            message = f"'{target[1:]}' are footnotes" if target[1:] in known.ids else f"no block has the id '{target[1:]}'"
            yield Finding("bad-link", message, place, hint)
        case (Expression() as first, *_) if first.name in known.values and not _is_address(first, known):
            place = text.locate(first.offset, len(first.source))
            hint = "state the link under `facts:`, and write [words]({{ name | address }})"
            yield Finding("bad-link", f"{first.source} is no address", place, hint)


def _is_address(expression: Expression, known: DefinedNames) -> bool:
    """Tell whether an expression gives the address of a stated link, which was checked where it is stated."""
    parts = (*expression.attributes, *(one.name for one in expression.filters))
    return expression.name in known.links and parts in (("href",), ("address",))


def _suggestion(name: str, choices: Iterable[str], otherwise: str) -> str | None:
    """Return the name that was probably meant, else all there are, or None when there is none."""
    known = sorted(choices)
    close = nearest(name, known)
    if close:
        return f"did you mean {close}?"
    return f"{otherwise} {', '.join(known)}" if known else None
