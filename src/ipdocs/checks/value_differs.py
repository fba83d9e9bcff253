"""Numbers, dates, money and the like that differ between two languages, by value: 十五 beside 14."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ipdocs.checks.checked_document import Pair
from ipdocs.checks.values import Difference
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.values.slot import Slot


def value_differs(kind: str) -> Callable[[Pair], Iterator[Violation]]:
    """Return the rule that finds values of a kind which only one of two languages states."""

    def rule(pair: Pair) -> Iterator[Violation]:
        for difference in pair.differences:
            if difference.kind == kind and not _is_code(difference):
                yield _fault(pair, difference)

    return rule


def _is_code(difference: Difference) -> bool:
    """Whether it is letters that differ, which is another rule's to tell."""
    slot = difference.source or difference.target
    return difference.kind == "label" and slot is not None and any(one.isalpha() and one.isascii() for one in slot.surface)


def _fault(pair: Pair, difference: Difference) -> Violation:
    source, target = difference.source, difference.target
    here, there = pair.target.language.code, pair.source.language.code
    if source and target:
        message = f"{here} says {target.surface}, {there} says {source.surface}"
        return Violation(
            message, (_mark(pair, target, "target"), _mark(pair, source, "source")), "make them one fact: {{ name }}"
        )
    if source:
        message = f"{there} says {source.surface}, and {here} nothing of it"
        return Violation(message, (_mark(pair, source, "source"), Highlight(pair.target)))
    if target:
        message = f"{here} says {target.surface}, and {there} nothing of it"
        return Violation(message, (_mark(pair, target, "target"), Highlight(pair.source)))
    raise AssertionError("a difference has a side")


def _mark(pair: Pair, slot: Slot, side: str) -> Highlight:
    return Highlight(pair.target if side == "target" else pair.source, slot.start, slot.end)
