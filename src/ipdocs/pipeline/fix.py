"""Faults with one right answer fixed in sources: in memory, round by round, and written in the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ipdocs.checks.run_rules import RuleFinding
from ipdocs.checks.violation import Violation
from ipdocs.findings import collect
from ipdocs.pipeline.check import CheckResult, check_sources, open_sources
from ipdocs.source.changes import SourceChanges
from ipdocs.source.draft_marks import MARK
from ipdocs.source.edits import Edit
from ipdocs.source.scalar import ScalarSpan
from ipdocs.source.update import apply_changes, write_source

MOST_ROUNDS = 5
"""What is fixed may bring another fault to light; more rounds than this nobody has seen."""


@dataclass(frozen=True, slots=True)
class FixedSource:
    """A source that was changed, and how many faults of each check were fixed in it."""

    path: Path
    counts: Counter[str]


def fix(
    paths: Sequence[Path], *, on_progress: Callable[[str], None] = lambda step: None
) -> tuple[list[FixedSource], CheckResult]:
    """Fix what has one right answer in sources; return those that were changed, and what is found in all of them then.

    Everything else in a file stays as it is, comments and layout too. The operation is idempotent.

    Raises:
        IpdocsError: a file was changed by something else meanwhile, or cannot be written.
    """
    opened, findings = open_sources(paths)
    sources = {source.path: source for source in opened}
    counts: dict[Path, Counter[str]] = {}
    result = check_sources(opened, findings, on_progress=on_progress)
    for _ in range(MOST_ROUNDS):
        fixes = _fixes(result.rule_findings)
        if not fixes:
            break
        for path, edits in fixes.items():
            sources[path] = apply_changes(sources[path], SourceChanges(edits=tuple(edit for _, edit in edits)))
            counts.setdefault(path, Counter()).update(code for code, _ in edits)
        result = check_sources(list(sources.values()), findings, on_progress=on_progress)
    collect(lambda source: write_source(source, sources[source.path]), opened)
    return [FixedSource(path, count) for path, count in counts.items()], result


def is_fixable(fault: Violation) -> bool:
    """Whether a fault has one right answer that can be put in its place: no markup or expression stands within its words."""
    return _edit(fault) is not None


def _fixes(found: Sequence[RuleFinding]) -> dict[Path, list[tuple[str, Edit]]]:
    """Return the edits of each source with the codes of their checks; one that overlaps another waits for the next round."""
    fixes: dict[Path, list[tuple[str, Edit]]] = {}
    for rule_finding in found:
        edit = _edit(rule_finding.fault)
        if edit:
            fixes.setdefault(rule_finding.reading.source.path, []).append((rule_finding.finding.code, edit))
    return {path: list(_apart(edits)) for path, edits in fixes.items()}


def _apart(edits: list[tuple[str, Edit]]) -> Iterator[tuple[str, Edit]]:
    end = -1
    for code, edit in sorted(edits, key=lambda pair: (pair[1].start, pair[1].end)):
        if edit.start > end:
            yield code, edit
            end = edit.end


def _edit(fault: Violation) -> Edit | None:
    """Return what a fault's right answer changes in its source, or None if it has none or cannot be put there."""
    if fault.fix is None or not fault.marks or not fault.marks[0].words:
        return None
    mark = fault.marks[0]
    passage, span = mark.passage, mark.passage.text.place
    first, last = passage.offsets[mark.start], passage.offsets[mark.end - 1]
    if not isinstance(span, ScalarSpan) or passage.text[first : last + 1] != mark.words:
        return None
    if any(draft.start() <= last and first < draft.end() for draft in MARK.finditer(passage.text)):
        return None  # it would be a mark no more
    makes_link = fault.fix.startswith("(") and passage.text[first - 1 : first] == "]"
    style = span.file.text[span.start]
    if makes_link or style not in "\"'|>":
        return None
    return Edit(span.starts[first], span.ends[last], _written(fault.fix, style))


def _written(text: str, style: str) -> str:
    """Return text as a scalar of a style writes it."""
    if style == '"':
        return text.replace("\\", "\\\\").replace('"', '\\"')
    return text.replace("'", "''") if style == "'" else text
