"""Find translations that stand in the place of another text, as after cells were sorted or deleted in one column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ipdocs.findings import Finding, Location
from ipdocs.source.code_ids import resolve_references
from ipdocs.source.segment import ReturnedSegment, Segment, tidy, to_display_text
from ipdocs.translation.job import ReturnedUnit, TranslationUnit

_MIN_COUNT = 2
"""The lowest number of translations in wrong places that is no chance."""


def misplaced_texts(units: Mapping[str, TranslationUnit], returned: Iterable[ReturnedUnit]) -> dict[str, str]:
    """Return the name of the text whose present translation a returned text has, keyed by the name of the returned text.

    A translation is in the wrong place if the text to which it belongs has lost it. Two texts may have the same translation, and
    a single case is no error of a table.

    Args:
        units: the texts of the document, keyed by name.
        returned: the texts of the file.
    """
    now = {unit.name: _words(unit.target, units[unit.name]) for unit in returned if unit.name in units}
    owners: dict[str, str] = {}
    kept: set[str] = set()
    for name, unit in units.items():
        words = to_display_text(tidy(unit.target or ()))
        if words and now.get(name) == words:
            kept.add(words)
        elif words and name in now:
            owners[words] = name
    moved = {name: owners[words] for name, words in now.items() if words in owners and words not in kept}
    return moved if len(moved) >= _MIN_COUNT else {}


def _words(target: ReturnedSegment | None, unit: TranslationUnit) -> str:
    segment: Segment = resolve_references(target or (), unit.source, unit.target)[0]
    return to_display_text(tidy(segment))


def misplaced_finding(name: str, owner: str, words: Segment, location: Location) -> Finding:
    """Return the error about a translation that belongs to another text.

    Args:
        name: the name of the text that has the translation.
        owner: the name of the text that the translation belongs to.
        words: the translation.
        location: the place in the returned file.
    """
    message = f"'{name:.80}' has the translation of '{owner:.80}': “{to_display_text(words):.60}”"
    hint = "move the translations back to their rows, or import with --accept if they were exchanged on purpose"
    return Finding("misplaced-translation", message, location, hint)
