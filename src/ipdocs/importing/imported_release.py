"""Composition of the YAML text of a new source from aligned blocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from ipdocs.importing.document_draft import DraftBlock
from ipdocs.importing.readers.list_markers import marker_readings
from ipdocs.importing.table_grid import MergedCell
from ipdocs.locale.import_words import half_width
from ipdocs.locale.style_keys import ListKind
from ipdocs.locale.style_records import ListMarkers
from ipdocs.source.format import new_block_id
from ipdocs.source.insertion import double_quoted
from ipdocs.source.segment import Segment, to_source_text
from ipdocs.source.yaml_lines import entry_lines, text_lines, value_lines

Versions = Mapping[str, DraftBlock]
"""The versions of a block in different languages, keyed by language code."""


@dataclass(slots=True)
class ImportedRelease:
    """The contents of the source of a new press release.

    Attributes:
        id: the id of the document.
        style: the name of the house style.
        issued: the date of issue in YAML notation.
        languages: the language codes.
        title: the title, keyed by language code.
        reference: the reference number, keyed by language code.
        facts: the type of each fact and its value as written in YAML, keyed by the name of the fact.
        body: the blocks; a string is the name of a boilerplate section.
        pictures: the new file name of each picture, keyed by its content.
        markers: the list markers of the house style, keyed by language code.
    """

    id: str
    style: str
    issued: str
    languages: Sequence[str]
    title: Mapping[str, str]
    reference: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    body: Sequence[Versions | str] = ()
    pictures: Mapping[bytes, str] = field(default_factory=dict)
    markers: Mapping[str, ListMarkers] = field(default_factory=dict)


def compose(release: ImportedRelease) -> str:
    """Return the YAML text of a press release, in the form that `source.format` gives it."""
    lines = ["schema: 1", "kind: press-release", f"id: {release.id}", f"style: {release.style}", f"issued: {release.issued}"]
    lines.append(f"languages: [{', '.join(release.languages)}]")
    if release.facts:
        lines += [
            "",
            "facts:",
            *(f"  {name}: {{{fact_type}: {notation}}}" for name, (fact_type, notation) in release.facts.items()),
        ]
    if release.reference:
        lines += ["", *_reference_lines(release)]
    lines += ["", *text_lines("title", release.title, 0), "", "body:" if release.body else "body: []"]
    used_ids = {*(name.replace("_", "-") for name in release.facts), *(entry for entry in release.body if isinstance(entry, str))}
    counts: Counter[str] = Counter()
    for entry in release.body:
        entry_text = [f"boilerplate: {entry}"] if isinstance(entry, str) else list(block_lines(entry, release))
        if not isinstance(entry, str):
            kind = entry_text[0].partition(":")[0]
            counts[kind] += 1
            heading = _texts_at(entry, 0).get("en", "") if kind == "heading" else ""
            block_id = new_block_id(kind, counts[kind], heading, used_ids)
            used_ids.add(block_id)
            entry_text.insert(0, f"id: {block_id}")
        lines += [*entry_lines(iter(entry_text), 2), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _reference_lines(release: ImportedRelease) -> Iterator[str]:
    """Yield the lines with the reference number: once, if the files of all languages that state it state the same."""
    first = next(iter(release.reference.values()))
    if set(release.reference.values()) == {first}:
        return value_lines("reference", first, 0)
    return text_lines("reference", {code: release.reference.get(code, first) for code in release.languages}, 0)


def block_lines(versions: Versions, release: ImportedRelease) -> Iterator[str]:
    """Yield the YAML lines of a block in one or more languages, without an id."""
    first = next(iter(versions.values()))
    writers: dict[str, Callable[[Versions, ImportedRelease], Iterator[str]]] = {
        "heading": _heading_lines,
        "list": _list_lines,
        "quotation": _quotation_lines,
        "figure": _figure_lines,
        "table": _table_lines,
        "definitions": _definition_lines,
        "footnotes": _footnote_lines,
        "rule": lambda versions, release: iter(["rule: true"]),
    }
    return writers.get(first.kind, _paragraph_lines)(versions, release)


def _texts_at(versions: Versions, index: int) -> dict[str, str]:
    """Return the text at an index in each version of a block, keyed by language code; languages without a text are left out."""
    segments = {code: block.texts[index] for code, block in versions.items() if index < len(block.texts)}
    return {code: to_source_text(text) for code, text in segments.items() if text}


def _paragraph_lines(versions: Versions, release: ImportedRelease) -> Iterator[str]:
    yield from text_lines("paragraph", _texts_at(versions, 0), 0)


def _heading_lines(versions: Versions, release: ImportedRelease) -> Iterator[str]:
    yield from text_lines("heading", _texts_at(versions, 0), 0)
    level = next(iter(versions.values())).level
    if level > 2:
        yield f"level: {level}"


def _quotation_lines(versions: Versions, release: ImportedRelease) -> Iterator[str]:
    yield "quotation:"
    for index in range(max(len(block.texts) for block in versions.values())):
        yield from _sequence_entry_lines(_texts_at(versions, index), 2)


def _sequence_entry_lines(texts: Mapping[str, str], indent: int) -> Iterator[str]:
    """Yield the lines of an entry of a YAML sequence that contains `texts`, keyed by language code."""
    yield from entry_lines((line for code, text in texts.items() for line in value_lines(code, text, 0)), indent)


def _list_lines(versions: Versions, release: ImportedRelease) -> Iterator[str]:
    yield "list:"
    levels = max(versions.values(), key=lambda block: len(block.levels)).levels
    styles = _list_styles(versions, levels, release)
    yield from _style_lines(versions, styles, 0, 2)
    if any(block.has_intro for block in versions.values()):
        yield from text_lines(
            "intro", {code: to_source_text(block.texts[0]) for code, block in versions.items() if block.has_intro}, 2
        )
    items = {code: block.texts[block.has_intro :] for code, block in versions.items()}
    yield from _item_lines(versions, items, levels, styles, 0, 2)


def _list_styles(versions: Versions, levels: Sequence[int], release: ImportedRelease) -> list[str]:
    """Return the style of the list of each item; it is an enumeration if a list would count like the list that it is in."""
    styles: list[str] = []
    open_styles: dict[int, str] = {}
    for index, level in enumerate(levels):
        open_styles = {outer: style for outer, style in open_styles.items() if outer <= level}
        styles.append(open_styles.setdefault(level, _list_style(versions, index, level + 1, release)))
        outer_styles = [style for outer, style in open_styles.items() if outer < level]
        if styles[-1] in outer_styles and styles[-1] not in ("bullet", "enumeration"):
            return ["enumeration"] * len(levels)
    return styles


def _style_lines(versions: Versions, styles: Sequence[str], index: int, indent: int) -> Iterator[str]:
    """Yield the style and the first number of the list that begins with an item, unless they are the usual ones."""
    if styles[index] == "bullet":
        return
    yield f"{' ' * indent}style: {styles[index]}"
    number = next((block.numbers[index] for block in versions.values() if index < len(block.numbers)), 0)
    if 1 < number < 1000:
        yield f"{' ' * indent}start: {number}"


def _list_style(versions: Versions, index: int, level: int, release: ImportedRelease) -> str:
    """Return the style of the list that begins with an item.

    It is the style that writes the typed markers of most languages as they are. If several do, it is that of the first language,
    or an enumeration if the languages count in different ways, as (a) and （一）.
    """
    blocks = {code: block for code, block in versions.items() if index < len(block.item_styles)}
    styles = list(dict.fromkeys(block.item_styles[index] for block in blocks.values()))
    if "bullet" in styles:
        return styles[0]
    candidates = ["enumeration", *styles] if len(styles) > 1 else [*styles, "enumeration"]

    def count_written(style: str) -> int:
        return sum(_writes(style, block, index, level, release.markers.get(code)) for code, block in blocks.items())

    return max(candidates, key=count_written)


def _writes(style: str, block: DraftBlock, index: int, level: int, markers: ListMarkers | None) -> bool:
    """Whether a list of a style, on a level of an enumeration, has the marker of an item as it was typed."""
    if markers is None or not block.markers[index]:
        return False
    kind = markers.kind_on_level(level) if style == "enumeration" else cast("ListKind", style)
    return any(half_width(markers.pattern(kind)) == reading.pattern for reading in marker_readings(block.markers[index]))


def _item_lines(
    versions: Versions,
    items: Mapping[str, Sequence[Segment]],
    levels: Sequence[int],
    styles: Sequence[str],
    start: int,
    indent: int,
) -> Iterator[str]:
    """Yield the lines of the list that begins with item `start`; items on deeper levels become nested lists.

    Args:
        versions: the versions of the list.
        items: the texts of all items, keyed by language code.
        levels: the nesting depth of each item.
        styles: the style of the list of each item.
        start: the index of the first item.
        indent: the number of spaces before each line.
    """
    yield f"{' ' * indent}items:"
    index, depth = start, levels[start]
    while index < len(levels) and levels[index] >= depth:
        item = {
            code: to_source_text(segments[index]) for code, segments in items.items() if index < len(segments) and segments[index]
        }
        has_children = index + 1 < len(levels) and levels[index + 1] > depth
        if has_children:
            yield from entry_lines(text_lines("text", item, 0), indent + 2)
            yield f"{' ' * (indent + 4)}list:"
            yield from _style_lines(versions, styles, index + 1, indent + 6)
            yield from _item_lines(versions, items, levels, styles, index + 1, indent + 6)
        else:
            yield from _sequence_entry_lines(item, indent + 2)
        index += 1
        while has_children and index < len(levels) and levels[index] > depth:
            index += 1


def _figure_lines(versions: Versions, release: ImportedRelease) -> Iterator[str]:
    image = next((block.image for block in versions.values() if block.image), None)
    yield "figure:"
    yield f"  file: {double_quoted(release.pictures.get(image.picture.data, image.name) if image else '')}"
    alt = {code: (block.image.alt if block.image else "") or "⟦…⟧" for code, block in versions.items()}
    yield from text_lines("alt", alt, 2)
    if caption := _texts_at(versions, 0):
        yield from text_lines("caption", caption, 2)


def _table_lines(versions: Versions, release: ImportedRelease) -> Iterator[str]:
    first = next(iter(versions.values()))
    yield "table:"
    if first.has_intro:
        yield from text_lines("caption", _texts_at(versions, 0), 2)
    spans = {(cell.row, cell.column): cell for cell in first.merged}
    covered = {
        (row, column)
        for cell in first.merged
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    } - spans.keys()
    row_starts = range(int(first.has_intro), len(first.texts), first.column_count)
    for number, start in enumerate(row_starts):
        cells = [
            list(_cell_lines(_texts_at(versions, start + column) or dict.fromkeys(versions, "–"), spans.get((number, column))))
            for column in range(first.column_count)
            if (number, column) not in covered
        ]
        if number == 0 and first.has_header:
            yield "  head:"
            for cell in cells:
                yield from entry_lines(cell, 4)
            continue
        if number == int(first.has_header):
            yield "  rows:"
        yield from entry_lines((line for cell in cells for line in entry_lines(cell, 0)), 4)


def _cell_lines(texts: Mapping[str, str], merged: MergedCell | None) -> Iterator[str]:
    """Yield the lines of a table cell; a merged cell states its spans."""
    if merged is None:
        yield from (line for code, text in texts.items() for line in value_lines(code, text, 0))
        return
    yield from text_lines("text", texts, 0)
    if merged.columns > 1:
        yield f"columns: {merged.columns}"
    if merged.rows > 1:
        yield f"rows: {merged.rows}"


def _definition_lines(versions: Versions, release: ImportedRelease) -> Iterator[str]:
    yield "definitions:"
    for index in range(0, len(next(iter(versions.values())).texts), 2):
        lines = [*text_lines("term", _texts_at(versions, index), 0), *text_lines("text", _texts_at(versions, index + 1), 0)]
        yield from entry_lines(lines, 2)


def _footnote_lines(versions: Versions, release: ImportedRelease) -> Iterator[str]:
    first = next(iter(versions.values()))
    yield "footnotes:"
    for index, name in enumerate(first.names):
        yield from text_lines(name, _texts_at(versions, index), 2)
