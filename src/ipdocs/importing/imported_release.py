"""Aligned blocks in, the text of a source out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ipdocs.importing.document_draft import Block
from ipdocs.source.insertion import quoted
from ipdocs.source.notation import entry, texts, value
from ipdocs.source.segment import Segment, written

Versions = Mapping[str, Block]
"""One block in each language that has it, by short name."""


@dataclass(slots=True)
class ImportedRelease:
    """What a source is written from; facts are type and notation by name, sections stand for blocks of recurring text."""

    id: str
    style: str
    issued: str
    languages: Sequence[str]
    title: Mapping[str, str]
    reference: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    body: Sequence[Versions | str] = ()
    pictures: Mapping[str, str] = field(default_factory=dict)


def compose(made: ImportedRelease) -> str:
    """Return a source of a press release."""
    lines = ["schema: 1", "kind: press-release", f"id: {made.id}", f"style: {made.style}", f"issued: {made.issued}"]
    lines.append(f"languages: [{', '.join(made.languages)}]")
    if made.facts:
        lines += ["", "facts:", *(f"  {name}: {{{kind}: {said}}}" for name, (kind, said) in made.facts.items())]
    if made.reference:
        lines += ["", *texts("reference", made.reference, 0)]
    lines += ["", *texts("title", made.title, 0), "", "body:" if made.body else "body: []"]
    for one in made.body:
        block = iter([f"boilerplate: {one}"]) if isinstance(one, str) else _block(one, made)
        lines += [*entry(block, 2), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _block(versions: Versions, made: ImportedRelease) -> Iterator[str]:
    first = next(iter(versions.values()))
    writers: dict[str, Callable[[Versions, ImportedRelease], Iterator[str]]] = {
        "heading": _heading,
        "list": _list,
        "quotation": _quotation,
        "figure": _figure,
        "table": _table,
        "footnotes": _footnotes,
        "rule": lambda versions, made: iter(["rule: true"]),
    }
    return writers.get(first.kind, _paragraph)(versions, made)


def _at(versions: Versions, index: int) -> dict[str, str]:
    """Return the text of a number in each language that has one."""
    found = {name: block.texts[index] for name, block in versions.items() if index < len(block.texts)}
    return {name: written(text) for name, text in found.items() if text}


def _paragraph(versions: Versions, made: ImportedRelease) -> Iterator[str]:
    yield from texts("paragraph", _at(versions, 0), 0)


def _heading(versions: Versions, made: ImportedRelease) -> Iterator[str]:
    yield from texts("heading", _at(versions, 0), 0)
    level = next(iter(versions.values())).level
    if level > 2:
        yield f"level: {level}"


def _quotation(versions: Versions, made: ImportedRelease) -> Iterator[str]:
    yield "quotation:"
    for index in range(max(len(block.texts) for block in versions.values())):
        yield from _entry_of(_at(versions, index), 2)


def _entry_of(found: Mapping[str, str], indent: int) -> Iterator[str]:
    """Yield a text in its languages as an entry of a list."""
    yield from entry((line for name, text in found.items() for line in value(name, text, 0)), indent)


def _list(versions: Versions, made: ImportedRelease) -> Iterator[str]:
    first = next(iter(versions.values()))
    yield "list:"
    if first.mark != "bullet":
        yield f"  style: {first.mark}"
    if any(block.intro for block in versions.values()):
        yield from texts("intro", {name: written(block.texts[0]) for name, block in versions.items() if block.intro}, 2)
    items = {name: block.texts[block.intro :] for name, block in versions.items()}
    longest = max(versions.values(), key=lambda block: len(block.levels))
    yield from _items(items, list(longest.levels), first.mark, 0, 2)


def _items(found: Mapping[str, Sequence[Segment]], levels: list[int], mark: str, start: int, indent: int) -> Iterator[str]:
    """Yield items from a number on that lie as deep as that one, those below them as lists of their own."""
    yield f"{' ' * indent}items:"
    index, depth = start, levels[start]
    while index < len(levels) and levels[index] >= depth:
        texts_of = {name: written(items[index]) for name, items in found.items() if index < len(items) and items[index]}
        inner = index + 1 < len(levels) and levels[index + 1] > depth
        if inner:
            yield from entry(texts("text", texts_of, 0), indent + 2)
            yield f"{' ' * (indent + 4)}list:"
            yield from _items(found, levels, mark, index + 1, indent + 6)
        else:
            yield from _entry_of(texts_of, indent + 2)
        index += 1
        while inner and index < len(levels) and levels[index] > depth:
            index += 1


def _figure(versions: Versions, made: ImportedRelease) -> Iterator[str]:
    image = next((block.image for block in versions.values() if block.image), None)
    yield "figure:"
    yield f"  file: {quoted(made.pictures.get(image.name, image.name) if image else '')}"
    alt = {name: (block.image.alt if block.image else "") or "⟦…⟧" for name, block in versions.items()}
    yield from texts("alt", alt, 2)
    if caption := _at(versions, 0):
        yield from texts("caption", caption, 2)


def _table(versions: Versions, made: ImportedRelease) -> Iterator[str]:
    first = next(iter(versions.values()))
    yield "table:"
    if first.intro:
        yield from texts("caption", _at(versions, 0), 2)
    rows = range(int(first.intro), len(first.texts), first.columns)
    for number, start in enumerate(rows):
        cells = [_at(versions, start + column) or dict.fromkeys(versions, "–") for column in range(first.columns)]
        if number == 0 and first.head:
            yield "  head:"
            for cell in cells:
                yield from _entry_of(cell, 4)
            continue
        if number == int(first.head):
            yield "  rows:"
        made_row = (line for cell in cells for line in _entry_of(cell, 0))
        yield from entry(made_row, 4)


def _footnotes(versions: Versions, made: ImportedRelease) -> Iterator[str]:
    first = next(iter(versions.values()))
    yield "footnotes:"
    for index, name in enumerate(first.names):
        yield from texts(name, _at(versions, index), 2)
