"""Facts that no text names."""

from __future__ import annotations

from collections.abc import Iterator

from ipdocs.checks.checked_document import CheckedDocument
from ipdocs.checks.violation import Violation
from ipdocs.model.inline import Anchor, Emphasis, Expression, Inline
from ipdocs.source.inline import parse_inline


def unused_fact(document: CheckedDocument) -> Iterator[Violation]:
    """Find facts that are stated and never named in a text."""
    named = {name for unit in document.units for passage in unit.passages.values() for name in _names(parse_inline(passage.text))}
    for name in document.source.document.facts:
        if name not in named:
            hint = "delete it, or name it: {{ " + name + " }}"
            yield Violation(f"no text names the fact '{name}'", hint=hint, location=name.locate(0, len(name)))


def _names(content: tuple[Inline, ...]) -> Iterator[str]:
    for part in content:
        match part:
            case Expression():
                yield part.name
            case Emphasis():
                yield from _names(part.content)
            case Anchor():
                yield from _names((*part.href, *part.content))
