"""Names and terms in a form that the glossary forbids."""

from __future__ import annotations

from collections.abc import Iterator

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.locale.glossary import glossary_in


def forbidden_form(passage: Passage) -> Iterator[Violation]:
    """Find names and terms in a form that the column `forbidden` of the glossary lists, in documents of their domain."""
    for match in glossary_in(passage.workspace, passage.domains).find_forbidden(passage.plain, passage.language.code):
        form = match.term.text(passage.language.code)
        highlight = Highlight(passage, match.start, match.end)
        yield Violation(f"the glossary forbids {match.text}", (highlight,), f"write {form}" if form else None)
