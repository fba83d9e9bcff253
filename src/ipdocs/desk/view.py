"""A document as JSON: its rows, its facts, and what the page says about it."""

from __future__ import annotations

from datetime import date
from typing import Any

from ipdocs.desk.approval_view import approval_json, remarks_json
from ipdocs.desk.cells import DocumentContext, Json, document_context, document_languages
from ipdocs.desk.fact_view import facts
from ipdocs.desk.message import Message, message
from ipdocs.desk.rows import kinds_for, rows
from ipdocs.locale.language import Language
from ipdocs.model.text import ByLanguage
from ipdocs.source.open import Source
from ipdocs.values.everyday import everyday_form
from ipdocs.values.types import Date, DateTime

DOCUMENT_NAMES = {"press-release": message("Press release"), "minutes": message("Minutes")}
"""The everyday name of each kind of document."""

LARGE = 400
"""The number of cells above which the page draws only the rows on the screen."""


def document_view(source: Source) -> Json:
    """Return what the page needs to show a document, except what its history says (version, undo, redo, saved, read only)."""
    context = document_context(source)
    all_rows = rows(context)
    return {
        "hash": source.digest,
        "kind": str(source.nodes.data["kind"]),
        "kind_name": DOCUMENT_NAMES[str(source.nodes.data["kind"])],
        "title": titles(context),
        "about": about(source),
        "languages": document_languages_json(source),
        "rows": all_rows,
        "facts": facts(context),
        "kinds": kinds_for(context),
        "approval": approval_json(source),
        "remarks": remarks_json(source),
        "large": sum(len(line["cells"]) for row in all_rows for line in row["lines"]) > LARGE,
    }


def titles(context: DocumentContext) -> dict[str, str]:
    """Return the title of a document in each language as plain text; the id of the document if it has no title."""
    document, result = context.source.document, {}
    for code, language_context in {**context.written, **context.derived}.items():
        text = document.title or getattr(document, "committee", None)
        words = language_context.localise(text) if text and text.first_of(*language_context.chain) else None
        language_context.findings.clear()
        result[code] = words.running_text if words else str(document.id)
    return result


def about(source: Source) -> list[Message]:
    """Return what the head of the page says about a document: its kind, reference, house style and time of issue."""
    document = source.document
    result = [DOCUMENT_NAMES[str(source.nodes.data["kind"])]]
    reference = getattr(document, "reference", None)
    if reference:
        result.append(message("{reference}", reference=str(_first(reference))))
    result.append(message("house style {style}", style=str(document.style)))
    issue_date = _first(document.issue_date)
    if issue_date is not None:
        result.append(message("to be issued {time}", time=iso_moment(issue_date) or everyday_form(issue_date)))
    return result


def iso_moment(value: Any) -> str | None:
    """Return a date, or a moment with its offset, as ISO 8601; None for anything else, and for a date without a day."""
    if isinstance(value, DateTime):
        return value.moment.isoformat(timespec="minutes")
    if isinstance(value, Date) and value.year and value.day:
        return date(value.year, value.month, value.day).isoformat()
    return None


def _first(value: Any) -> Any:
    return next(iter(value.values()), None) if isinstance(value, ByLanguage) else value


def document_languages_json(source: Source) -> list[Json]:
    """Return the languages of a document: first those in which it is written, then those that are made from them."""
    written, derived = document_languages(source)
    return [*map(language_json, written.values()), *map(language_json, derived.values())]


def language_json(language: Language) -> Json:
    """Return a language as JSON."""
    sign = language.sign or language.code.upper()
    entry = {"code": language.code, "tag": language.tag, "name": language.name, "english": language.in_english, "short": sign}
    return entry | ({"derived_from": language.converted_from} if language.converted_from else {})
