"""Figures that are not grouped in threes, such as 14,0000."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.locale.cldr import separators

_WITH_COMMAS = re.compile(r"(?<![\w,.])[0-9]+(?:,[0-9]+)+(?:\.[0-9]+)?(?![\w,])")
_IN_THREES = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")


def number_grouping(passage: Passage) -> Iterator[Violation]:
    """Find figures whose commas do not separate groups of three, in languages in which commas separate thousands."""
    if separators(passage.language_style.cldr)[0] != ",":
        return
    for match in _WITH_COMMAS.finditer(passage.plain):
        if not _IN_THREES.fullmatch(match[0]) and not passage.is_in_web_address(*match.span()):
            hint = "group the digits in threes or, if these are two numbers, write a space after the comma"
            yield Violation(f"{match[0]} is not grouped in threes", (Highlight(passage, *match.span()),), hint)
