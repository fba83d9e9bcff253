"""Requests about translations: matches of the memory, drafts for all that is missing, and what changed in the original."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Any

from ipdocs.desk.change_values import find_place, value
from ipdocs.desk.desk import Desk
from ipdocs.desk.documents import HeldDocument
from ipdocs.locale.language import Language, language
from ipdocs.localisation.language_context import expression_renderer
from ipdocs.localisation.localise import language_context
from ipdocs.model.text import Text
from ipdocs.source.differences import compare_words
from ipdocs.source.open import Source
from ipdocs.source.template_text import Content, rendered_text, split_facts, template_source
from ipdocs.source.texts import TextPlace
from ipdocs.translation.memory.draft_text import draft_text
from ipdocs.translation.memory.lookup import MatchedSegment, joint_percent
from ipdocs.translation.memory.match import MemoryMatch
from ipdocs.translation.suggestions import MissingText, suggest_for_text, suggest_translations
from ipdocs.values.recognise import recognise

Json = dict[str, Any]
_EXPRESSION = re.compile(r"\{\{.*?\}\}")
MEMORY = "memory"
"""The folder of the memory's index in the state folder of the desk."""


def matches(data: Json, document: HeldDocument, desk: Desk) -> Json:
    """Return what the memory has for a text, the best first, and what changed in its original since it was confirmed."""
    source, place, code = document.source, find_place(document.source, value(data, "place", str)), value(data, "lang", str)
    if place is None or not any(str(other) != code for other in place.texts):
        return {"version": document.version, "matches": [], "changed": None}
    suggestion, whole = suggest_for_text(source, place, code, cache=desk.state / MEMORY)
    original = language(next(str(other) for other in place.texts if str(other) != code), source.workspace)
    entries = [_entry(suggestion.segments, suggestion, original)] if suggestion.draft else []
    entries += [_entry([MatchedSegment(match.stored_source, match)], suggestion, original) for match in whole]
    drafts = {entry["draft"]: entry for entry in reversed(entries)}
    ordered = sorted(drafts.values(), key=entries.index)
    return {"version": document.version, "matches": ordered, "changed": _changed(source, place, code)}


def fill(data: Json, document: HeldDocument, desk: Desk) -> Json:
    """Write drafts from the memory into the empty texts of a language as one step; return the patch with counts by kind."""
    code = value(data, "lang", str)
    missing = suggest_translations(document.source, code, cache=desk.state / MEMORY)
    drafts = {text.place.name: draft for text in missing if (draft := text.draft)}
    counts = Counter(_kind(text) for text in missing)
    if not drafts:
        return {"patch": None, "counts": counts}
    step = {"id": value(data, "id", str), "tab": value(data, "tab", str)}
    patch = document.step({**step, "changes": [{"type": "fill", "lang": code, "drafts": drafts}]})
    return {"patch": patch, "counts": counts}


def _kind(text: MissingText) -> str:
    """Return the kind of a suggestion for a count: a translation that is certainly right, a suggestion to revise, or none."""
    if not text.draft:
        return "none"
    certain = all(segment.match and segment.match.kind != "fuzzy" for segment in text.segments)
    return "translation" if certain else "suggestion"


def _entry(segments: Iterable[MatchedSegment], suggestion: MissingText, original: Language) -> Json:
    """Return one match as JSON; several segments are one match of sentences from several texts."""
    segments = tuple(segments)
    best = min((segment.match for segment in segments if segment.match), key=lambda match: match.percent)
    unit = best.unit
    return {
        "draft": draft_text(segments, chinese=suggestion.target.is_east_asian),
        "percent": best.percent if len(segments) == 1 else joint_percent(segments),
        "kind": best.kind if len(segments) == 1 else "sentences",
        "difference": _difference(best, suggestion, original) if len(segments) == 1 else [],
        "reason": best.reason,
        "new_values": _has_new_values(best),
        "origin": unit.origin,
        "document": unit.document,
        "issued": f"{unit.issued.year:04}-{unit.issued.month:02}-{unit.issued.day:02}" if unit.issued and unit.issued.day else "",
        "by": unit.by,
        "on": unit.on,
    }


def _has_new_values(match: MemoryMatch) -> bool:
    """Whether figures of the stored translation were written anew for this text."""
    stored = match.unit.texts.values()
    return match.kind == "facts" or rendered_text(match.target) not in {rendered_text(content) for content in stored}


def _difference(match: MemoryMatch, suggestion: MissingText, original: Language) -> list[Json]:
    """Return the pieces of the stored source and the present one; values that were written anew are no difference."""
    query: Content = tuple(part for segment in suggestion.segments for part in segment.source)
    if match.kind != "fuzzy":
        return []
    words = {f"{{{{ {part.expression} }}}}": part.surface for part in (*match.stored_source, *query) if not isinstance(part, str)}
    pieces = [
        {**piece, "text": _EXPRESSION.sub(lambda match: words.get(match[0], "…"), piece["text"])}
        for piece in _pieces(template_source(match.stored_source), template_source(query))
    ]
    return list(_without_values(pieces, original))


def _without_values(pieces: list[Json], original: Language) -> Iterator[Json]:
    """Yield the pieces of a difference; a value in place of another value is no difference."""
    skipped = -1
    for index, (piece, following) in enumerate(zip(pieces, [*pieces[1:], {"kind": ""}], strict=True)):
        is_pair = piece["kind"] == "old" and following["kind"] == "new"
        if is_pair and _is_value(piece["text"], original) and _is_value(following["text"], original):
            skipped = index + 1
            yield {"kind": "same", "text": following["text"]}
        elif index != skipped:
            yield piece


def _is_value(text: str, original: Language) -> bool:
    return any(span.surface == text.strip() for span in recognise(text.strip(), original))


def _changed(source: Source, place: TextPlace, code: str) -> Json | None:
    """Return what changed in the original of a text since its translation was recorded, or None if nothing did."""
    basis = source.state.bases.get((place.block, code))
    now = place.texts.get(Text(basis.source)) if basis else None
    if basis is None or now is None or str(now) in basis.texts:
        return None
    render = expression_renderer(language_context(source, language(basis.source, source.workspace)))
    earlier = get_close_matches(str(now), basis.texts, 1, 0.3)
    before, after = (rendered_text(split_facts(text, render)) for text in (earlier[0] if earlier else "", str(now)))
    return {"lang": basis.source, "pieces": _pieces(before, after), "by": basis.by, "on": basis.on}


def _pieces(before: str, after: str) -> list[Json]:
    """Return the pieces of two texts: words of both ("same"), of the earlier one only ("old"), of the later one only ("new")."""
    pieces: list[Json] = []
    for old, new, is_equal in compare_words(before, after):
        parts = [("same", new)] if is_equal else [("old", old), ("new", new)]
        pieces += [{"kind": kind, "text": text} for kind, text in parts if text]
    return pieces
