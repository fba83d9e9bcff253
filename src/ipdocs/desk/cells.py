"""Cells: the text of a place in a language with its markup and state, and the words that follow from it by conversion."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ipdocs.checks.translation_status import stale_texts
from ipdocs.desk.derived_words import derived_json
from ipdocs.desk.offsets import utf16_offsets
from ipdocs.locale.language import Language, languages
from ipdocs.localisation.language_context import LanguageContext, fallback_chain
from ipdocs.localisation.localise import language_context
from ipdocs.model.text import Text, Texts
from ipdocs.source.basis import digest, meaning, source_language
from ipdocs.source.draft_marks import DRAFT_MARK, REMARK
from ipdocs.source.open import Source
from ipdocs.source.spans import MarkupSpan, find_spans
from ipdocs.source.texts import TextPlace, texts_by_block

Json = dict[str, Any]
_PERCENT = re.compile(r"\s*(\d+) ?%")


@dataclass(frozen=True, slots=True)
class DocumentContext:
    """A source with what its cells need, made once for all of them.

    Attributes:
        source: the source.
        written: the context of each language in which the source is written, keyed by code.
        derived: the context of each language that is made from a written one, keyed by code.
        places: the texts of the document, keyed by block.
        stale: the names of the texts whose source text has changed, keyed by language.
        notes: the number of the first footnote of each text, keyed by the name of its place and language.
    """

    source: Source
    written: Mapping[str, LanguageContext]
    derived: Mapping[str, LanguageContext]
    places: Mapping[str, list[TextPlace]]
    stale: Mapping[str, set[str]]
    notes: Mapping[tuple[str, str], int]


def document_context(source: Source) -> DocumentContext:
    """Return what the cells of a source need."""
    written, derived = document_languages(source)
    places = texts_by_block(source.document)
    return DocumentContext(
        source,
        {code: language_context(source, language) for code, language in written.items()},
        {code: language_context(source, language) for code, language in derived.items()},
        places,
        {code: stale_texts(source, code) if source.state.bases else set() for code in written},
        _note_numbers(places, written),
    )


def document_languages(source: Source) -> tuple[dict[str, Language], dict[str, Language]]:
    """Return the languages in which a source is written, and those that are made from them, each keyed by code."""
    known, codes = languages(source.workspace), [str(code) for code in source.document.languages]
    derived = {
        code: language
        for code, language in known.items()
        if language.converted_from in codes and code not in codes and not language.on_request
    }
    return {code: known[code] for code in codes}, derived


def _note_numbers(places: Mapping[str, list[TextPlace]], codes: Iterable[str]) -> dict[tuple[str, str], int]:
    """Return the number of the first footnote of each text; every reference to a footnote has its own number."""
    numbers: dict[tuple[str, str], int] = {}
    for code in codes:
        count = 1
        for place in (place for block in ("title", *places) for place in places.get(block, ())):
            text = place.texts.get(Text(code))
            if text and "[^" in text and (place.name, code) not in numbers:
                numbers[place.name, code] = count
                count += sum(span.kind == "note" for span in find_spans(text))
    return numbers


def cell(place: TextPlace, code: str, context: DocumentContext) -> Json:
    """Return the text of a place in a written language, with its markup and state."""
    text = place.texts.get(Text(code))
    spans = find_spans(text) if text is not None else ()
    return {
        "place": place.name,
        "lang": code,
        "text": None if text is None else str(text),
        "spans": [] if text is None else span_json(text, spans, place.name, context.written[code], context.notes),
        "state": cell_state(place, code, context),
    }


def span_json(
    text: str, spans: Iterable[MarkupSpan], place: str, context: LanguageContext, notes: Mapping[tuple[str, str], int]
) -> list[Json]:
    """Return the markup of a text; its offsets count UTF-16 code units, as JavaScript does.

    Args:
        text: the source text.
        spans: its markup.
        place: the name of the place of the text.
        context: the context of its language, which writes the values of facts.
        notes: the number of the first footnote of each text.
    """
    offset = utf16_offsets(text)
    note = notes.get((place, context.language.code), 1)
    result: list[Json] = []
    for span in spans:
        entry: Json = {
            "kind": span.kind,
            "start": offset(span.start),
            "end": offset(span.end),
            "inner_start": offset(span.inner_start),
            "inner_end": offset(span.inner_end),
        }
        match span.kind:
            case "fact" if span.expression:
                entry |= {
                    "shown": fact_words(span.expression.source, span.name, span.following, context),
                    "name": span.name,
                    "expression": span.expression.source[2:-2].strip(),
                }
            case "link":
                entry["target"] = span.name
            case "note":
                entry |= {"shown": str(note), "name": span.name}
                note += 1
            case "break" | "draft":
                entry["shown"] = ""
        result.append(entry)
    return result


def fact_words(expression: str, name: str, following: str, context: LanguageContext) -> str:
    """Return the words that an expression writes in a language; its name as an open text if it writes none."""
    words = context.render_expression(expression, following)
    context.findings.clear()
    return f"⟦{name}⟧" if words == f"⟦{expression}⟧" else words


def cell_state(place: TextPlace, code: str, context: DocumentContext) -> Json:
    """Return how a text stands in a written language."""
    text = place.texts.get(Text(code))
    if text is None:
        return {"kind": "missing" if place.exists_in(code) else "absent"}
    spans = find_spans(text)
    gap: Json = {"gap": True} if any(span.kind == "gap" for span in spans) else {}
    if mark := DRAFT_MARK.match(text):
        return {"kind": "draft", **_origin(mark[0]), **gap}
    if spans and spans[0].kind == "gap" and spans[0].end == len(text.rstrip()) and spans[0].start == 0:
        return {"kind": "missing", **gap}
    basis = context.source.state.bases.get((place.block, code))
    if basis is None or code == source_language(context.places[place.block]):
        return {"kind": "written", **gap}
    record: Json = {name: value for name, value in (("by", basis.by), ("on", basis.on)) if value}
    if place.name in context.stale[code]:
        return {"kind": "changed", **record, **gap}
    workspace, original = context.source.workspace, place.texts.get(Text(basis.source))
    is_as_confirmed = (
        basis.by
        and original is not None
        and meaning(original, workspace) in {meaning(earlier, workspace) for earlier in basis.texts}
        and (not basis.digests or digest(text, workspace) in basis.digests)
    )
    return {"kind": "confirmed", **record} if is_as_confirmed and not gap else {"kind": "written", **gap}


def _origin(mark: str) -> Json:
    """Return the origin that a mark for a draft names, and how much of it is alike in percent, if it says so."""
    origin = mark.strip("⟦⟧").removeprefix("draft: ")
    percent = _PERCENT.search(origin)
    return {"origin": _PERCENT.sub("", origin).strip()} | ({"percent": int(percent[1])} if percent else {})


def derived_cell(place: TextPlace, code: str, context: DocumentContext) -> Json | None:
    """Return the words of a place in a derived language, or None if it has no text there yet."""
    language_context = context.derived[code]
    chain = fallback_chain(language_context.language)
    if not is_in_language(place, chain) or place.texts.first_of(*chain) is None:
        return None
    texts = Texts({language: Text(REMARK.sub("", text)) for language, text in place.texts.items()})
    content = language_context.localise(texts).content
    language_context.findings.clear()
    source_code = language_context.language.converted_from or code
    return derived_json(place.name, code, content, context.notes.get((place.name, source_code), 1))


def is_in_language(place: TextPlace, chain: tuple[str, ...]) -> bool:
    """Whether the block of a text is part of the document in the first language of a chain, which is made from the others."""
    return place.only in (None, *chain) and not place.excluded_languages.intersection(chain)


def all_spans(context: DocumentContext) -> Iterator[tuple[TextPlace, str, MarkupSpan]]:
    """Yield the markup of all texts of a document, each with its place and language."""
    for places in context.places.values():
        for place in places:
            for code, text in place.texts.items():
                for span in find_spans(text):
                    yield place, str(code), span
