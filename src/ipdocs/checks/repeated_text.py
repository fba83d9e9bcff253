"""A paragraph that stands twice."""

from __future__ import annotations

from collections.abc import Iterator

from ipdocs.checks.checked_document import CheckedDocument, CheckedText
from ipdocs.checks.violation import Highlight, Violation, whole

_LEAST = 15
_ROLES = ("paragraph", "quotation", "item")


def repeated_text(document: CheckedDocument) -> Iterator[Violation]:
    """Find a text that stands a second time, in all its languages."""
    seen: dict[tuple[str, ...], CheckedText] = {}
    for unit in document.units:
        key = tuple(f"{name} {passage.plain}" for name, passage in unit.passages.items())
        if unit.role not in _ROLES or not key or max(map(len, key)) < _LEAST:
            continue
        if first := seen.setdefault(key, unit) if seen.get(key, unit) is not unit else None:
            last = list(unit.passages)[-1]
            line = first.passages[last].text.locate()
            where = f"line {line.line}" if line else "before"
            yield Violation(
                f"this stands in {where} already", (whole(unit.passages[last]), Highlight(first.passages[last])), "delete one"
            )
        seen.setdefault(key, unit)
