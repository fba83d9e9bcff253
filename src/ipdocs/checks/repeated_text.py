"""Paragraphs that appear twice."""

from __future__ import annotations

from collections.abc import Iterator

from ipdocs.checks.checked_document import CheckedDocument, CheckedUnit
from ipdocs.checks.violation import Highlight, Violation, whole_passage

_MIN_LENGTH = 15
_ROLES = ("paragraph", "quotation", "item")


def repeated_text(document: CheckedDocument) -> Iterator[Violation]:
    """Find texts that are the same as an earlier text in every language."""
    first_units: dict[tuple[str, ...], CheckedUnit] = {}
    for unit in document.units:
        key = tuple(f"{code} {passage.plain}" for code, passage in unit.passages.items())
        if unit.role not in _ROLES or not key or max(map(len, key)) < _MIN_LENGTH:
            continue
        earlier = first_units.setdefault(key, unit)
        if earlier is not unit:
            code = list(unit.passages)[-1]
            location = earlier.passages[code].text.locate()
            message = f"this text repeats the text in line {location.line}" if location else "this text repeats an earlier text"
            highlights = (whole_passage(unit.passages[code]), Highlight(earlier.passages[code]))
            yield Violation(message, highlights, "delete one of the two texts", cause=message)
