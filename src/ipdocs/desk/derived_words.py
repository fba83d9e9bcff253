"""Rendered words without markup, with the ranges of the markup over them, for languages that are made from another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

from ipdocs.desk.offsets import utf16_offsets
from ipdocs.localisation.localised_text import Emphasised, Footnote, Linked, Part, Shifted, TextPart
from ipdocs.source.draft_marks import MARK, MARK_END

Json = dict[str, Any]
_Range = tuple[str, int, int, Json]
"""The kind of markup, its start and end in the words, and what else the page needs to know of it."""


def derived_json(place: str, code: str, content: tuple[Part, ...], note: int) -> Json:
    """Return a rendered text as JSON.

    Args:
        place: the name of its place.
        code: the language.
        content: the text.
        note: the number of the first footnote.
    """
    text, ranges = _flatten(content, count(note))
    offset = utf16_offsets(text)
    spans = [
        {
            "kind": kind,
            "start": offset(start),
            "end": offset(end),
            "inner_start": offset(start),
            "inner_end": offset(end),
            **extra,
        }
        for kind, start, end, extra in ranges
    ]
    for match in MARK.finditer(text):
        if match[0] != MARK_END:
            start, end = offset(match.start()), offset(match.end())
            inner_end = end - 1 if match[0].endswith(MARK_END) else end
            spans.append({"kind": "gap", "start": start, "end": end, "inner_start": start + 1, "inner_end": inner_end})
    return {"place": place, "lang": code, "text": text, "spans": sorted(spans, key=lambda span: (span["start"], -span["end"]))}


def _flatten(content: tuple[Part, ...], notes: Iterator[int], start: int = 0) -> tuple[str, list[_Range]]:
    """Return the words of a content and its ranges; `start` is the position of the content in the whole text."""
    words, ranges = "", list[_Range]()
    for part in content:
        position = start + len(words)
        inner, inner_ranges = "\n", list[_Range]()
        if isinstance(part, Emphasised | Shifted | Linked):
            inner, inner_ranges = _flatten(part.content, notes, position)
        elif isinstance(part, TextPart):
            inner = part.text
        elif isinstance(part, Footnote):
            inner = str(next(notes))
        kind, extra = _markup(part, inner)
        if kind:
            ranges.append((kind, position, position + len(inner), extra))
        ranges += inner_ranges
        words += inner
    return words, ranges


def _markup(part: Part, words: str) -> tuple[str, Json]:
    """Return the kind of markup that a part is, or an empty string, and what the page needs to know of it."""
    match part:
        case TextPart(fact=str()):
            return "fact", {"name": part.fact, "shown": words}
        case Emphasised():
            return "strong" if part.strong else "emphasis", {}
        case Shifted():
            return part.position, {}
        case Linked():
            return "link", {"target": part.href}
        case Footnote():
            return "note", {"shown": words}
    return "", {}
