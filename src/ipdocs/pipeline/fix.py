"""Fix violations that have one right answer: sources are changed in memory, in several rounds, and written at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ipdocs.checks.run_rules import RuleFinding
from ipdocs.checks.violation import Violation
from ipdocs.findings import collect
from ipdocs.pipeline.check import CheckResult, check_sources, open_sources
from ipdocs.source.changes import SourceChanges
from ipdocs.source.draft_marks import DRAFT_MARK
from ipdocs.source.edits import Edit
from ipdocs.source.scalar import ScalarSpan
from ipdocs.source.update import apply_changes, write_source

if TYPE_CHECKING:
    from ipdocs.pipeline.dictionaries import SpellingOptions

MAX_ROUNDS = 5
"""The maximum number of rounds: a fix may reveal another violation, but no source has needed more rounds than this."""


@dataclass(frozen=True, slots=True)
class FixedSource:
    """The path of a changed source, and the number of fixes, keyed by the code of the check."""

    path: Path
    counts: Counter[str]


def fix(
    paths: Sequence[Path], *, spelling: SpellingOptions | None = None, on_progress: Callable[[str], None] = lambda step: None
) -> tuple[list[FixedSource], CheckResult]:
    """Fix violations that have one right answer; return the changed sources, and the result of checking all sources again.

    Everything else in a file, including comments and layout, stays as it is. The operation is idempotent.

    Raises:
        SourceChangedOnDisk: another program has changed a file in the meantime.
        IpdocsError: a file cannot be written.
    """
    opened, findings = open_sources(paths)
    sources = {source.path: source for source in opened}
    counts: dict[Path, Counter[str]] = {}
    result = check_sources(opened, findings, spelling=spelling, on_progress=on_progress)
    for _ in range(MAX_ROUNDS):
        fixes = _edits_by_source(result.rule_findings)
        if not fixes:
            break
        for path, edits in fixes.items():
            sources[path] = apply_changes(sources[path], SourceChanges(edits=tuple(edit for _, edit in edits)))
            counts.setdefault(path, Counter()).update(code for code, _ in edits)
        result = check_sources(list(sources.values()), findings, spelling=spelling, on_progress=on_progress)
    collect(lambda source: write_source(source, sources[source.path]), opened)
    return [FixedSource(path, count) for path, count in counts.items()], result


def is_fixable(violation: Violation) -> bool:
    """Whether a violation has one right answer, and the words to replace contain no markup or expression."""
    return _edit_for(violation) is not None


def fix_changes(findings: Sequence[RuleFinding]) -> SourceChanges:
    """Return the changes that fix some findings on one source; findings without one right answer are left out.

    Of two fixes that overlap, only the first is made.
    """
    edits = [(rule_finding.finding.code, edit) for rule_finding in findings if (edit := _edit_for(rule_finding.violation))]
    return SourceChanges(edits=tuple(edit for _, edit in _without_overlaps(edits)))


def replacement(violation: Violation) -> tuple[int, int, str] | None:
    """Return the part of the source text that a fix replaces, as start and end, and the words in its place.

    The result is None if no single answer is right, or if the words to replace contain markup, an expression or a draft mark.
    """
    if violation.fix is None or not violation.highlights or not violation.highlights[0].text:
        return None
    highlight = violation.highlights[0]
    passage = highlight.passage
    start, end = passage.offsets[highlight.start], passage.offsets[highlight.end - 1] + 1
    if passage.text[start:end] != highlight.text:
        return None
    if any(draft.start() < end and start < draft.end() for draft in DRAFT_MARK.finditer(passage.text)):
        return None  # the replacement would break the draft mark
    would_make_link = violation.fix.startswith("(") and passage.text[start - 1 : start] == "]"
    return None if would_make_link else (start, end, violation.fix)


def _edits_by_source(findings: Sequence[RuleFinding]) -> dict[Path, list[tuple[str, Edit]]]:
    """Return the edits for each source, each with the code of its check.

    If two edits overlap, the later one waits for the next round.
    """
    fixes: dict[Path, list[tuple[str, Edit]]] = {}
    for rule_finding in findings:
        edit = _edit_for(rule_finding.violation)
        if edit:
            fixes.setdefault(rule_finding.document.source.path, []).append((rule_finding.finding.code, edit))
    return {path: list(_without_overlaps(edits)) for path, edits in fixes.items()}


def _without_overlaps(edits: list[tuple[str, Edit]]) -> Iterator[tuple[str, Edit]]:
    end = -1
    for code, edit in sorted(edits, key=lambda pair: (pair[1].start, pair[1].end)):
        if edit.start > end:
            yield code, edit
            end = edit.end


def _edit_for(violation: Violation) -> Edit | None:
    """Return the edit that fixes a violation, or None if the violation cannot be fixed automatically."""
    part = replacement(violation)
    span = violation.highlights[0].passage.text.span if part else None
    if part is None or not isinstance(span, ScalarSpan):
        return None
    start, end, words = part
    style = span.file.text[span.start]
    if style not in "\"'|>":
        return None
    return Edit(span.starts[start], span.ends[end - 1], _escape_for_scalar(words, style))


def _escape_for_scalar(text: str, style: str) -> str:
    """Escape a text for a YAML scalar in a style: double or single quotation marks, | or >."""
    if style == '"':
        return text.replace("\\", "\\\\").replace('"', '\\"')
    return text.replace("'", "''") if style == "'" else text
