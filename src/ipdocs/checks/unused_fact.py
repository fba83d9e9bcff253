"""Facts that no text uses."""

from __future__ import annotations

from collections.abc import Iterator

from ipdocs.checks.checked_document import CheckedDocument
from ipdocs.checks.violation import Violation
from ipdocs.model.inline import Anchor, BaselineShift, Emphasis, Expression, Inline
from ipdocs.source.inline import parse_inline


def unused_fact(document: CheckedDocument) -> Iterator[Violation]:
    """Find facts whose name is in no expression of the document."""
    used_names = {
        name for unit in document.units for passage in unit.passages.values() for name in _fact_names(parse_inline(passage.text))
    }
    for name in document.source.document.facts:
        if name not in used_names:
            hint = "delete it, or write {{ " + name + " }} in a text"
            yield Violation(f"no text uses the fact '{name}'", hint=hint, location=name.locate(0, len(name)))


def _fact_names(content: tuple[Inline, ...]) -> Iterator[str]:
    for part in content:
        match part:
            case Expression():
                yield part.name
            case Emphasis() | BaselineShift():
                yield from _fact_names(part.content)
            case Anchor():
                yield from _fact_names((*part.href, *part.content))
