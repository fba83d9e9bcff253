"""Hyphens between spaces, which stand in place of dashes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.locale.conversion.characters import HAN

_ENGLISH = re.compile("(?<=[A-Za-zÀ-ÿ)\\]”\"’']) +- +(?=[A-Za-zÀ-ÿ(\\[“\"‘'])")
_CHINESE = re.compile(
    f"(?<=[{HAN}A-Za-z）」』》)]) +- *(?=[{HAN}（「『《(])|(?<=[{HAN}）」』》)]) *- +(?=[{HAN}A-Za-z（「『《(])"
)
_ROLES = ("title", "heading", "paragraph", "quotation", "item", "definition", "caption", "intro", "footnote")


def spaced_hyphen(passage: Passage) -> Iterator[Violation]:
    """Find hyphens with spaces beside them; a hyphen beside figures may belong to a name, a range or a sum.

    A hyphen within a range of months, as in "September - November 2025", is accepted.
    """
    if passage.role not in _ROLES:
        return
    is_east_asian = passage.language.is_east_asian
    for match in (_CHINESE if is_east_asian else _ENGLISH).finditer(passage.plain):
        if any(value_span.start < match.start() and match.end() < value_span.end for value_span in passage.value_spans):
            continue
        hint = f"write {'——' if is_east_asian else 'a dash (–)'}, or close the spaces of a compound word"
        yield Violation("the hyphen stands in place of a dash", (Highlight(passage, *match.span()),), hint)
