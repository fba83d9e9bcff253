"""Rows: the blocks and head fields of a document as JSON, each with its texts as lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from ipdocs.desk.cells import DocumentContext, Json, cell, derived_cell, is_in_language
from ipdocs.desk.derived_words import derived_json
from ipdocs.desk.head_words import FIELDS
from ipdocs.desk.lists import ItemMarks, item_marks, numbers_after_lists
from ipdocs.desk.message import Message, message
from ipdocs.model.blocks import MINUTES_BLOCKS, Block, Boilerplate, Figure, ItemBlock, ListBlock, Quotation, Table, block_kind
from ipdocs.model.minutes import Minutes
from ipdocs.model.text import ByLanguage, Text, Texts
from ipdocs.source.structure.kinds import kinds_without_loss
from ipdocs.source.texts import TextPlace, block_id, block_ids, iter_texts

BLOCK_NAMES: Mapping[str, Message] = {
    "paragraph": message("Paragraph"),
    "heading": message("Heading"),
    "list": message("List"),
    "quotation": message("Quotation"),
    "figure": message("Picture"),
    "table": message("Table"),
    "definitions": message("Definitions"),
    "footnotes": message("Footnotes"),
    "rule": message("Line across the page"),
    "page-break": message("New page"),
    "boilerplate": message("Recurring text"),
    "item": message("Agenda item"),
    "decision": message("Decision"),
    "action": message("Action"),
    "post-meeting-note": message("Note added after the meeting"),
}
"""The everyday name of each kind of block."""

_STANDING = {
    "confirmation": message("Confirmation of the last minutes"),
    "matters-arising": message("Matters arising"),
    "other-business": message("Any other business"),
    "next-meeting": message("Date of next meeting"),
}
"""The name of each standing agenda item."""

_AFTER_BODY = ("contact", "secretariat", "issuer", "on_behalf_of", "correction", "annexes", "example")
"""The head fields that are shown after the body, as they are printed there or seldom change."""

_ONE_TEXT = ("paragraph", "heading", "decision", "post-meeting-note")
"""The kinds of block that consist of one text."""

_LABELS: Mapping[str, Message] = {
    "intro": message("Introduction"),
    "by": message("Speaker"),
    "alt": message("Words for people who cannot see the picture"),
    "caption": message("Caption"),
    "progress": message("Progress"),
    "what": message("What is to be done"),
    "heading": message("Heading"),
    "office": message("Office"),
    "post": message("Post"),
    "name": message("Name"),
    "short": message("Short name"),
    "title": message("Title"),
    "number": message("Number"),
    "venue": message("Place"),
    "online": message("How to join online"),
}
"""The everyday name of each part of a block or head field."""

_SINGULAR = {"papers": "Paper", "annexes": "Annex", "amendments": "Amendment"}
"""The name of one entry of a list of the head."""


def row_ids(context: DocumentContext) -> list[str]:
    """Return the ids of the rows of a document in the order of the page."""
    before, after = _head_fields(context)
    return [*before, *block_ids(context.source.document), *after]


def _head_fields(context: DocumentContext) -> tuple[list[str], list[str]]:
    """Return the head fields that hold texts: those shown before the body and those shown after it."""
    document = context.source.document
    model = type(document)
    fields = {info.alias or name: name for name, info in model.model_fields.items() if name not in ("facts", "body")}
    present = sorted((key for key in fields if key in context.places), key=lambda key: key != "title")
    after = [info for name in _AFTER_BODY for info in present if fields[info] == name]
    return [key for key in present if key not in after], after


def rows(context: DocumentContext, ids: Iterable[str] | None = None) -> list[Json]:
    """Return the rows of a document as JSON, or only the rows with the given ids, in the order of the page."""
    body = {block_id(block, index): (block, index) for index, block in enumerate(context.source.document.body)}
    wanted = None if ids is None else set(ids)
    return [
        _block_row(*body[name], context) if name in body else _head_row(name, context)
        for name in row_ids(context)
        if wanted is None or name in wanted
    ]


def _row(name: str, kind: str, title: Message, lines: list[Json], **other: Any) -> Json:
    return {
        "id": name,
        "kind": kind,
        "name": title,
        "body": kind != "head",
        "absent": {},
        "lines": lines,
        "can": [],
        **other,
    }


def _head_row(name: str, context: DocumentContext) -> Json:
    """Return the row of a head field; parts that are given for each language apart share a line."""
    document = context.source.document
    field = next(field for field, info in type(document).model_fields.items() if name in (field, info.alias))
    value = getattr(document, field)
    by_part: dict[str, list[TextPlace]] = {}
    is_by_language = isinstance(value, ByLanguage) and not isinstance(value, Texts)
    for place in context.places[name]:
        part = place.part.partition(".")[2] if is_by_language else place.part
        by_part.setdefault(part, []).append(place)
    lines = []
    for part, places in by_part.items():
        line = _line(places[0], "text", _head_label(name, part), context)
        if is_by_language:
            own = {str(place.keys[1]): place for place in places}
            line |= {"place": f"{name}.{part}", "cells": {code: cell(own[code], code, context) for code in own}}
            line["derived"] = _derived(
                {code: own[origin] for code, origin in _origins(context).items() if origin in own}, context
            )
        lines.append(line)
    return _row(name, "head", FIELDS[name][0] if name in FIELDS else message(_humanised(name)), lines)


def _origins(context: DocumentContext) -> dict[str, str]:
    """Return the written language from which each derived language is made."""
    return {code: language.language.converted_from or code for code, language in context.derived.items()}


def _head_label(name: str, part: str) -> Message:
    """Return the name of a part of a head field, such as Office, or Present 2: post."""
    steps = part.split(".") if part else []
    if not steps:
        return message("")
    last = _LABELS.get(steps[-1], message(_humanised(steps[-1])))
    groups = [name, *steps] if steps[0].isdigit() else steps
    group, number = next(
        ((_SINGULAR.get(key, _humanised(key)), step) for key, step in pairwise(groups) if step.isdigit()), ("", "")
    )
    if not number:
        return message("{group}: {part}", group=_humanised(steps[0]), part=last["text"]) if len(steps) > 1 else last
    entry = f"{group} {int(number) + 1}"
    return message(entry) if steps[-1].isdigit() else message("{group}: {part}", group=entry, part=last["text"])


def _humanised(name: str) -> str:
    """Return an id or key as words: on-behalf-of becomes On behalf of."""
    words = name.replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]


def _block_row(block: Block, index: int, context: DocumentContext) -> Json:
    kind, name = block_kind(block), block_id(block, index)
    other: Json = {"absent": {str(code): str(reason) for code, reason in block.absent.items()}}
    if block.only:
        other |= {"only": str(block.only)}
    if block.restricted:
        other |= {"restricted": str(block.restricted)}
    if isinstance(block, Figure):
        other |= {"picture": _picture(block, context)}
    if isinstance(block, Boilerplate):
        section = str(block.boilerplate)
        lines = _section_lines(name, section, context)
        return _row(name, kind, message(_humanised(block.id or section)), lines, section=section, **other)
    lines = [_block_line(place, block, context) for place in context.places.get(name, ())]
    if isinstance(block, Table):
        _set_columns(block, lines)
    if isinstance(block, ListBlock):
        _set_marks(lines, context.places.get(name, ()), block, context)
    return _row(name, kind, _name(block, kind), lines, **other, can=kinds_to_change_to(index, context))


def _name(block: Block, kind: str) -> Message:
    if isinstance(block, ItemBlock) and block.item.standing:
        return _STANDING[block.item.standing]
    return message(_humanised(block.id)) if block.id else BLOCK_NAMES[kind]


def _picture(block: Figure, context: DocumentContext) -> Json:
    picture = context.source.pictures[str(block.figure.file)]
    return {"file": str(block.figure.file), "width": picture.width, "height": picture.height}


def kinds_to_change_to(index: int, context: DocumentContext) -> list[str]:
    """Return the kinds to which a block can be changed without loss of a text."""
    data = context.source.nodes.data
    return list(kinds_without_loss(data["body"][index], minutes=isinstance(context.source.document, Minutes)))


def _line(place: TextPlace, role: str, label: Message, context: DocumentContext, level: int = 1) -> Json:
    codes = [code for code in context.written if place.exists_in(code) or Text(code) in place.texts]
    return {
        "place": place.name,
        "role": role,
        "label": label,
        "level": level,
        "cells": {code: cell(place, code, context) for code in codes},
        "derived": _derived(dict.fromkeys(context.derived, place), context),
    }


def _derived(places: Mapping[str, TextPlace], context: DocumentContext) -> Json:
    """Return the words in each derived language of the place that is given for it."""
    cells = {code: derived_cell(place, code, context) for code, place in places.items()}
    return {code: content for code, content in cells.items() if content is not None}


def _block_line(place: TextPlace, block: Block, context: DocumentContext) -> Json:
    """Return the line of a text of a block; the keys that lead to the text tell its role."""
    keys, last = place.keys[2:], place.keys[-1]
    level = max(1, keys.count("list"))
    number = str(int(last) + 1) if isinstance(last, int) else ""
    match keys:
        case ("list", *_) if last == "intro":
            return _line(place, "intro", _LABELS["intro"], context, level)
        case ("list", *_):
            path = ".".join(str(key + 1) for key in keys if isinstance(key, int))
            return _line(place, "item", message("Item {number}", number=path), context, level)
        case ("quotation", _):
            several = len(block.quotation) > 1 if isinstance(block, Quotation) else False
            return _line(place, "text", message("Paragraph {number}", number=number) if several else message(""), context)
        case ("table", "head", column, *_):
            return _line(place, "head", message("Head of column {number}", number=str(int(column) + 1)), context)
        case ("table", "rows", row, column, *_):
            label = message("Row {row}, column {column}", row=str(int(row) + 1), column=str(int(column) + 1))
            return _line(place, "cell", label, context)
        case ("table" | "figure", "caption"):
            return _line(place, "caption", _LABELS["caption"], context)
        case ("figure", "alt"):
            return _line(place, "alt", _LABELS["alt"], context)
        case ("definitions", index, "term"):
            return _line(place, "term", message("Term {number}", number=str(int(index) + 1)), context)
        case ("definitions", index, "text"):
            return _line(place, "definition", message("Meaning {number}", number=str(int(index) + 1)), context)
        case ("footnotes", note):
            return _line(place, "note", message("Footnote {name}", name=str(note)), context)
        case ("by",) | ("action", "progress"):
            return _line(place, "label", _LABELS[str(last)], context)
    return _line(place, "text", message(""), context)


def _set_marks(lines: list[Json], places: Iterable[TextPlace], block: ListBlock, context: DocumentContext) -> None:
    """Add to each item of a list the marker and the ending that the house style gives it in each language."""
    marks = item_marks(block, numbers_after_lists(context.source.document.body), context)
    for line, place in zip(lines, places, strict=True):
        if line["role"] == "item":
            own: dict[str, ItemMarks] = {code: by_keys[place.keys[2:]] for code, by_keys in marks.items()}
            line["marker"] = {code: mark.marker for code, mark in own.items()}
            line["ending"] = {code: mark.ending for code, mark in own.items()}


def _set_columns(block: Table, lines: list[Json]) -> None:
    """Add to each cell of a table its row, column and spans; the head is row 0."""
    positions = dict(_positions(block))
    for line in lines:
        if line["role"] in ("head", "cell"):
            line |= positions[line["place"].partition(".")[2].removesuffix(".text")]


def _positions(block: Table) -> Iterator[tuple[str, Json]]:
    """Yield the position of each cell of a table, keyed by the keys that lead to the cell from its block."""
    taken: set[tuple[int, int]] = set()
    grid = [(0, "table.head", block.table.head), *((i + 1, f"table.rows.{i}", row) for i, row in enumerate(block.table.rows))]
    for row, prefix, cells in grid:
        column = 0
        for index, content in enumerate(cells):
            while (row, column) in taken:
                column += 1
            width, height = (1, 1) if isinstance(content, Texts) else (int(content.columns), int(content.rows))
            taken |= {(row + down, column + right) for down in range(height) for right in range(width)}
            yield f"{prefix}.{index}", {"row": row, "column": column, "colspan": width, "rowspan": height}


def _section_lines(name: str, section: str, context: DocumentContext) -> list[Json]:
    """Return the words of a boilerplate section in every language, which are read only."""
    body = context.source.sections[section]
    lines: list[Json] = []
    for number, place in enumerate(
        place for place in iter_texts(body) if place.keys[0] == "body" and "footnotes" not in place.keys
    ):
        line_place = f"{name}.{number + 1}"
        words: Json = {}
        for code, language_context in {**context.written, **context.derived}.items():
            if is_in_language(place, language_context.chain):
                with language_context.section(body):
                    content = language_context.localise(place.texts).content
                language_context.findings.clear()
                words[code] = derived_json(line_place, code, content, 1)
        role = "item" if "items" in place.keys else "text"
        lines.append({"place": line_place, "role": role, "label": message(""), "level": 1, "cells": {}, "derived": words})
    return lines


def kinds_for(context: DocumentContext) -> list[Json]:
    """Return the kinds of block that may be put into a document, with their everyday names."""
    is_minutes = isinstance(context.source.document, Minutes)
    return [{"kind": kind, "name": name} for kind, name in BLOCK_NAMES.items() if is_minutes or kind not in MINUTES_BLOCKS]
