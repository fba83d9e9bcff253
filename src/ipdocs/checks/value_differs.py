"""Numbers, dates, money and other values that differ between two languages, such as 14 and 十五."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ipdocs.checks.checked_document import Pair
from ipdocs.checks.equal_values import is_fraction_or_decade
from ipdocs.checks.values import Difference
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.values.value_span import ValueSpan

_ADD_OR_DELETE = "add the value to the {} text, or delete it"


def value_differs(kind: str) -> Callable[[Pair], Iterator[Violation]]:
    """Return the rule for one kind of value: it finds values that only one of two languages states."""

    def rule(pair: Pair) -> Iterator[Violation]:
        for difference in pair.differences:
            if difference.kind == kind and not _is_latin_label(difference) and not _may_be_incomplete(pair, difference):
                yield _violation(pair, difference)

    return rule


def _may_be_incomplete(pair: Pair, difference: Difference) -> bool:
    """Whether a value of each text, or the end of one such as a range, may be among the words that are still to be written."""
    source, target = difference.source, difference.target
    if not source or not target or not (pair.source.gaps or pair.target.gaps):
        return False
    return bool(pair.source.gaps and pair.target.gaps) or type(source.value) is not type(target.value)


def _is_latin_label(difference: Difference) -> bool:
    """Whether a difference is a label with Latin letters; the rule `latin_differs` compares such labels."""
    value_span = difference.source or difference.target
    return (
        difference.kind == "label"
        and value_span is not None
        and not is_fraction_or_decade(value_span)
        and any(character.isalpha() and character.isascii() for character in value_span.surface)
    )


def _violation(pair: Pair, difference: Difference) -> Violation:
    source, target = difference.source, difference.target
    target_code, source_code = pair.target.language.code, pair.source.language.code
    if source and target:
        message = f"the {target_code} text says {target.surface}, but the {source_code} text says {source.surface}"
        return Violation(
            message,
            (_highlight(pair, target, "target"), _highlight(pair, source, "source")),
            "correct one of the values, or write both as one fact: {{ name }}",
        )
    if source:
        message = f"the {source_code} text says {source.surface}, which the {target_code} text lacks"
        return Violation(
            message, (_highlight(pair, source, "source"), Highlight(pair.target)), _ADD_OR_DELETE.format(target_code)
        )
    if target:
        message = f"the {target_code} text says {target.surface}, which the {source_code} text lacks"
        return Violation(
            message, (_highlight(pair, target, "target"), Highlight(pair.source)), _ADD_OR_DELETE.format(source_code)
        )
    raise AssertionError("a difference has a source or a target")


def _highlight(pair: Pair, value_span: ValueSpan, side: str) -> Highlight:
    return Highlight(pair.target if side == "target" else pair.source, value_span.start, value_span.end)
