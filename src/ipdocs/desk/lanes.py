"""The two lanes of checks: `look` reads one text at each key, `findings` reads the whole document after a step."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ipdocs.desk.answers import Answer
from ipdocs.desk.cells import cell, derived_cell, document_context
from ipdocs.desk.change_values import find_place, value
from ipdocs.desk.errors import stale
from ipdocs.desk.findings import TypedSpan, as_json, document_findings, unit_findings
from ipdocs.model.text import Text, Texts
from ipdocs.source.open import Source
from ipdocs.source.spans import find_spans
from ipdocs.source.texts import TextPlace

if TYPE_CHECKING:
    from ipdocs.desk.desk import Desk
    from ipdocs.desk.documents import HeldDocument

MOST_OF_A_TEXT, MOST = 100, 300
"""How many findings the page gets at once, on one text and on a document; more cards than that help nobody."""

_slow_lane = ThreadPoolExecutor(1, "findings")
"""The thread in which whole documents are checked, so that typing does not wait for it."""

_context = lru_cache(maxsize=8)(document_context)


def look(data: Mapping[str, Any], held: HeldDocument) -> dict[str, Any]:
    """Return what follows from the words that are being typed in a cell: markup, derived words, findings; nothing is written."""
    name, code, text = value(data, "place", str), value(data, "lang", str), value(data, "text", str)
    source, version = held.source, held.version
    original = find_place(source, name)
    if original is None or code not in source.document.languages:
        raise stale()
    place = _typed(original, code, text)
    context = _context(source)
    typed = cell(place, code, context)
    findings = unit_findings(source, place) if place.texts else []
    is_broken = any(item.rule is None and item.finding.code != "bad-expression" for item in findings)
    derived = [] if is_broken else [item for other in context.derived if (item := derived_cell(place, other, context))]
    return {
        "place": name,
        "lang": code,
        "version": version,
        "spans": typed["spans"],
        "state": typed["state"],
        "derived": derived,
        "findings": as_json(findings[:MOST_OF_A_TEXT], source),
        "facts_unused": _unused_facts(place, code),
    }


def _typed(place: TextPlace, code: str, text: str) -> TextPlace:
    """Return a place with other words in one language."""
    words = {language: Text(known, known.span, known.quoted) for language, known in place.texts.items() if language != code}
    if text.strip():
        words[Text(code)] = Text(text, TypedSpan(code))
    ordered = sorted(words.items(), key=lambda item: [*place.texts, Text(code)].index(item[0]))
    return replace(place, texts=Texts(dict(ordered), restricted=place.texts.restricted))


def _unused_facts(place: TextPlace, code: str) -> list[str]:
    """Return the facts that other languages of a text use, and this language does not use yet."""
    used = {language: [span.name for span in find_spans(text) if span.kind == "fact"] for language, text in place.texts.items()}
    own = used.pop(Text(code), [])
    return list(dict.fromkeys(name for names in used.values() for name in names if name not in own))


async def findings(data: Mapping[str, Any], held: HeldDocument, desk: Desk) -> Answer:
    """Return the findings on a whole document with the version that they belong to; 304 if the page has these already."""
    source, version = held.source, held.version
    if str(data.get("v")) == str(version):
        return Answer(b"", 304)
    items, count = await asyncio.get_running_loop().run_in_executor(_slow_lane, _check, source)
    desk.events.publish({"type": "findings", "document": held.name, "version": version, "count": count})
    return Answer({"version": version, "findings": items, "more": count - len(items)})


def _check(source: Source) -> tuple[list[dict[str, Any]], int]:
    """Return the first findings on a document for the page, and how many there are in all."""
    items = document_findings(source)
    return as_json(items[:MOST], source), len(items)
