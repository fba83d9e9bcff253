"""Forms that the glossary forbids."""

from __future__ import annotations

from collections.abc import Iterator

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Fault, Mark
from ipdocs.locale.glossary import glossary


def forbidden_form(passage: Passage) -> Iterator[Fault]:
    """Find names and terms in a form that the glossary rules out."""
    for match in glossary(passage.workspace).forbidden(passage.plain, passage.language.short):
        right = match.term.text(passage.language.short)
        mark = (Mark(passage, match.start, match.end),)
        yield Fault(f"{match.text} is not what the glossary has", mark, f"write {right}" if right else None)
