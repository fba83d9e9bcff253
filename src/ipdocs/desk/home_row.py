"""What Home says about a document: its titles, kind, time of issue, how many texts stand how, and its findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from ipdocs.desk.approval_view import approval_json
from ipdocs.desk.cells import DocumentContext, cell_state, document_context
from ipdocs.desk.view import DOCUMENT_NAMES, document_languages_json, iso_moment, titles
from ipdocs.findings import IpdocsError
from ipdocs.model.minutes import Minutes
from ipdocs.model.text import ByLanguage
from ipdocs.source.basis import source_language
from ipdocs.source.inherited import inherited_facts
from ipdocs.source.open import Source, open_source

Json = dict[str, Any]


def home_row(path: Path) -> tuple[Json, str]:
    """Return what Home says about a document, except its findings, and the words that a search looks through.

    A document that cannot be read has the findings that say why, as "problem".
    """
    try:
        source = open_source(path, draft=True)
    except (IpdocsError, OSError) as error:
        findings = error.findings if isinstance(error, IpdocsError) else ()
        problem = [{"message": finding.message, "hint": finding.hint} for finding in findings[:1]]
        return {"title": {}, "languages": [], "problem": problem, "findings": None}, path.stem
    context = document_context(source)
    names = titles(context)
    reference = getattr(source.document, "reference", None)
    languages = document_languages_json(source)
    words = [*names.values(), *_texts(reference), str(source.document.id)]
    words += [str(text) for places in context.places.values() for place in places for text in place.texts.values()]
    row = {
        "title": names,
        "kind": str(source.nodes.data["kind"]),
        "kind_name": DOCUMENT_NAMES[str(source.nodes.data["kind"])],
        "reference": next(iter(_texts(reference)), ""),
        **_times(source),
        "languages": [{**language, "counts": _counts(context, language)} for language in languages],
        "original": _original(context),
        "inherited": len(inherited_facts(source)),
        "approval": approval_json(source),
        "remarks": sum(not remark.settled_by for remark in source.state.remarks),
        "example": bool(getattr(source.document, "example", None)),
    }
    return row, " ".join(words)


def home_findings(paths: Sequence[Path]) -> list[Json | None]:
    """Return how many errors and warnings each document has, and its first in an everyday sentence; None if it cannot be read."""
    from ipdocs.desk.findings import as_json, check_each

    sources: dict[Path, Source] = {}
    for path in paths:
        with suppress(IpdocsError, OSError):
            sources[path] = open_source(path, draft=True)
    findings = dict(zip(sources, check_each([*sources.values()]), strict=True))
    return [_summary(as_json(findings[path], sources[path])) if path in sources else None for path in paths]


def _summary(items: Sequence[Json]) -> Json:
    counts = Counter(item["severity"] for item in items)
    first = next((item for item in items if item["severity"] == "error"), None) or next(iter(items), None)
    sentence = first["sentence"] or first["message"] if first else ""
    values = {"words": first["words"]} if first else {}
    return {
        "errors": counts["error"],
        "warnings": counts["warning"],
        "first": {"text": sentence, "values": values} if first else None,
    }


def _counts(context: DocumentContext, language: Json) -> Json:
    """Return how many texts of a language stand how; a derived language has the counts of the one that it follows."""
    code = language.get("derived_from") or language["code"]
    if code not in context.written:
        return {}
    states = [cell_state(place, code, context) for places in context.places.values() for place in places]
    counts = Counter(str(state["kind"]) for state in states if state["kind"] != "absent")
    return {"total": counts.total(), **counts}


def _original(context: DocumentContext) -> str:
    """Return the language in which most blocks are written first."""
    counts = Counter(source_language(places) for places in context.places.values() if places)
    return str(counts.most_common(1)[0][0]) if counts else next(iter(context.written), "")


def _times(source: Source) -> Json:
    """Return when a document is issued, and when its meeting is."""
    document = source.document
    embargo = _first(getattr(document, "embargo", None))
    times: Json = {"issued": iso_moment(_first(document.issue_date)), "embargoed": embargo is not None}
    if isinstance(document, Minutes):
        times["meeting"] = iso_moment(document.meeting.date)
        times["is_agenda"] = document.attendance is None
    return times


def _first(value: Any) -> Any:
    return next(iter(value.values()), None) if isinstance(value, ByLanguage) else value


def _texts(value: Any) -> list[str]:
    return [str(text) for text in value.values()] if isinstance(value, ByLanguage) else [str(value)] if value else []
