"""Sources mended in place: faults with one right answer, their texts spliced into what stands there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ipdocs.checks.run_rules import RuleFinding
from ipdocs.checks.violation import Violation
from ipdocs.files.placing import write_atomically
from ipdocs.pipeline.check import run_checks
from ipdocs.source.edits import Edit, splice
from ipdocs.source.file import SourceText
from ipdocs.source.scalar import Span

MOST_ROUNDS = 5
"""What is mended may bring another fault to light; more rounds than this nobody has seen."""


@dataclass(frozen=True, slots=True)
class FixedSource:
    """A source that was changed, and how many faults of each check were mended in it."""

    path: Path
    counts: Counter[str]


def fix(sources: Sequence[Path]) -> list[FixedSource]:
    """Mend what has one right answer in sources, and return those that were changed.

    Everything else in a file stays as it is, comments and layout too. Mending twice is mending once.
    """
    counts: dict[Path, Counter[str]] = {}
    for _ in range(MOST_ROUNDS):
        files = _edits(run_checks(sources).rule_findings)
        for file, edits in files:
            write_atomically(file.path, splice(file, [edit for _, edit in edits]).encode("utf-8"))
            counts.setdefault(file.path, Counter()).update(code for code, _ in edits)
        if not files:
            break
    return [FixedSource(path, count) for path, count in counts.items()]


def is_fixable(fault: Violation) -> bool:
    """Whether a fault has one right answer that can be put in its place: no markup or expression stands within its words."""
    return _edit(fault) is not None


def _edits(found: Sequence[RuleFinding]) -> list[tuple[SourceText, list[tuple[str, Edit]]]]:
    """Return the edits of each file, those that overlap an earlier one left for the next round."""
    files: dict[Path, tuple[SourceText, list[tuple[str, Edit]]]] = {}
    for one in found:
        placed = _edit(one.fault)
        if placed:
            file, edit = placed
            files.setdefault(file.path, (file, []))[1].append((one.finding.code, edit))
    return [(file, list(_apart(edits))) for file, edits in files.values()]


def _apart(edits: list[tuple[str, Edit]]) -> Iterator[tuple[str, Edit]]:
    end = -1
    for code, edit in sorted(edits, key=lambda one: (one[1].start, one[1].end)):
        if edit.start > end:
            yield code, edit
            end = edit.end


def _edit(fault: Violation) -> tuple[SourceText, Edit] | None:
    """Return what a fault's right answer changes in its file, or None if it has none or cannot be put there."""
    if fault.fix is None or not fault.marks or not fault.marks[0].words:
        return None
    mark = fault.marks[0]
    passage, span = mark.passage, mark.passage.text.place
    first, last = passage.offsets[mark.start], passage.offsets[mark.end - 1]
    if not isinstance(span, Span) or passage.text[first : last + 1] != mark.words:
        return None
    makes_link = fault.fix.startswith("(") and passage.text[first - 1 : first] == "]"
    style = span.file.text[span.start]
    if makes_link or style not in "\"'|>":
        return None
    return span.file, Edit(span.starts[first], span.ends[last], _written(fault.fix, style))


def _written(text: str, style: str) -> str:
    """Return text as a scalar of a style writes it."""
    if style == '"':
        return text.replace("\\", "\\\\").replace('"', '\\"')
    return text.replace("'", "''") if style == "'" else text
