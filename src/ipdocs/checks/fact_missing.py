"""A fact that one language names and the other leaves out."""

from __future__ import annotations

from collections.abc import Iterator

from ipdocs.checks.fault import Fault, Mark
from ipdocs.checks.passage import Passage, Span
from ipdocs.checks.reading import Pair


def fact_missing(pair: Pair) -> Iterator[Fault]:
    """Find words of facts (names, places, terms) that only one of two languages has; values are compared as values."""
    yield from _missing(pair.source, pair.target)
    yield from _missing(pair.target, pair.source)


def _missing(having: Passage, lacking: Passage) -> Iterator[Fault]:
    named = {one.name for one in lacking.expressions}
    for span in having.expressions:
        if span.name not in named and not _is_value(having, span) and having.plain[span.start : span.end] not in lacking.plain:
            named.add(span.name)
            message = f"{having.language.short} names the fact '{span.name}', and {lacking.language.short} does not"
            hint = f"write {{{{ {span.name} }}}}, or allow fact-missing for this block"
            yield Fault(message, (Mark(having, span.start, span.end), Mark(lacking)), hint)


def _is_value(passage: Passage, span: Span) -> bool:
    return any(slot.start < span.end and span.start < slot.end for slot in passage.slots)
