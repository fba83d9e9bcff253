"""Findings on the lines of a draft that a template writes, such as the date and time of issue."""

from __future__ import annotations

from collections.abc import Iterator

from ipdocs.checks.checked_document import CheckedUnit
from ipdocs.checks.passage import Passage
from ipdocs.checks.rule_table import CHECKS
from ipdocs.checks.run_rules import DEFAULT_SEVERITIES
from ipdocs.checks.settings import severities
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.files.ledger import LeftOutReason
from ipdocs.findings import Excerpt, Finding, Location, Severity
from ipdocs.importing.import_release import ComposedRelease, place_in_file
from ipdocs.locale.language import language
from ipdocs.locale.style import house_style
from ipdocs.model.text import Text, Texts
from ipdocs.source.open import Source
from ipdocs.source.scalar import is_chinese
from ipdocs.values.value_context import ValueContext

_CODES = ("weekday-wrong", "impossible-date", "date-differs", "weekday-differs", "time-differs")


def end_block_findings(release: ComposedRelease, source: Source) -> Iterator[Finding]:
    """Yield the findings of the rules on dates and times for the lines that a template writes in a source."""
    settings = severities(source.workspace, DEFAULT_SEVERITIES)
    style = house_style(source.document.style, source.workspace)
    passages: dict[str, Passage] = {}
    places: dict[str, list[Location]] = {}
    for code, path in release.paths.items():
        own_language = language(code, source.workspace)
        is_only = [*release.paths.values()].count(path) == 1
        lines = [
            entry
            for file, entry in release.summary.left_out
            if (file, entry.reason) == (path, LeftOutReason.TEMPLATE_WRITES_IT)
            and (is_only or own_language.is_chinese == is_chinese(entry.text))
        ]
        text = "\n".join(entry.text for entry in lines)
        passages[code] = Passage("paragraph", ValueContext(own_language, style), Text(text), source.workspace, plain=text)
        places[code] = [place_in_file(path, entry.line) for entry in lines]
    unit = CheckedUnit("paragraph", None, Texts(), passages)
    for check in CHECKS:
        if check.code not in _CODES or settings[check.code] == "off":
            continue
        severity: Severity = "warning" if settings[check.code] == "warning" else "error"
        for subject in passages.values() if check.scope == "text" else unit.pairs:
            for violation in check.rule(subject):
                if all(highlight.start < highlight.end for highlight in violation.highlights):
                    excerpts = tuple(map(_excerpt, violation.highlights))
                    yield Finding(check.code, violation.message, _place(violation, places), violation.hint, severity, excerpts)


def _place(violation: Violation, places: dict[str, list[Location]]) -> Location:
    first = violation.highlights[0]
    return places[first.passage.language.code][first.passage.plain.count("\n", 0, first.start)]


def _excerpt(highlight: Highlight) -> Excerpt:
    """Return a highlight as an excerpt of its line."""
    passage = highlight.passage
    start = passage.plain.rfind("\n", 0, highlight.start) + 1
    line = passage.plain[start:].partition("\n")[0]
    return Excerpt(passage.language.code, line, highlight.start - start, highlight.end - start)
