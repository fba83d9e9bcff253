"""Links and addresses that differ between two languages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest

from ipdocs.checks.checked_document import Pair
from ipdocs.checks.passage import Passage, Span
from ipdocs.checks.violation import Highlight, Violation, shortened

_LANGUAGE = re.compile(
    r"(?<=[/_.?=&-])(?:en|eng|english|e|tc|chi|chinese|c|t|sc|s|zh|zh-hk|zh-hant|zh-hans|zh_hk|b5|gb|en-hk|en_us)(?=[/_.&#?-]|$)",
    re.IGNORECASE,
)
"""The part of an address that says which language a page is in: it may differ."""


def link_differs(pair: Pair) -> Iterator[Violation]:
    """Find links and bare addresses of one language that have no counterpart in the other; the pages' languages may differ."""
    ours, theirs = _targets(pair.source), _targets(pair.target)
    left, right = _without(ours, theirs), _without(theirs, ours)
    for source, target in zip_longest(left, right):
        if source and target:
            message = f"{pair.target.language.code} leads to {target.name}, {pair.source.language.code} to {source.name}"
            yield Violation(message, (_mark(pair.target, target), _mark(pair.source, source)))
        else:
            having, lacking, span = (pair.source, pair.target, source) if source else (pair.target, pair.source, target)
            message = f"{having.language.code} leads to {shortened(span.name, 60)}, and {lacking.language.code} does not"
            yield Violation(message, (_mark(having, span), Highlight(lacking)))


def _targets(passage: Passage) -> list[Span]:
    bare = [span for span in passage.addresses if not any(link.start <= span.start < link.end for link in passage.links)]
    return sorted([*passage.links, *bare], key=lambda span: span.start)


def _without(spans: list[Span], others: list[Span]) -> list[Span]:
    """Return the spans whose targets the others lack, each as often as it is wanting."""
    rest = Counter(_LANGUAGE.sub("*", span.name.lower().rstrip("/")) for span in others)
    missing = []
    for span in spans:
        target = _LANGUAGE.sub("*", span.name.lower().rstrip("/"))
        rest[target] -= 1
        if rest[target] < 0:
            missing.append(span)
    return missing


def _mark(passage: Passage, span: Span) -> Highlight:
    end = span.start + len(span.name) if passage.plain.startswith(span.name, span.start) else span.end
    return Highlight(passage, span.start, end)
