"""Reads the corpus: what each source expects, and what the checks find in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from ipdocs.findings import Finding
from ipdocs.pipeline.check import check

HERE = Path(__file__).resolve().parent
PARTS = ("first", "later")
_EXPECT = re.compile(r"# expect: (?P<code>[a-z-]+) at (?P<line>\d+)(?P<words>.*)")
_WORDS = re.compile(r', (\w+) "(.*?)"(?=, \w+ "|$)')


@dataclass(frozen=True)
class Expected:
    """The finding that a source has to give: its code, its line, and the words that are marked, by language."""

    code: str
    line: int
    words: tuple[tuple[str, str], ...]

    def is_met(self, finding: Finding) -> bool:
        """Tell whether a finding is the one expected."""
        marked = tuple((one.language, one.words) for one in finding.excerpts if one.words)
        line = finding.location.line if finding.location else 0
        return (finding.code, line) == (self.code, self.line) and marked[: len(self.words)] == self.words


def sources(half: str, part: str = "*") -> list[Path]:
    """Return the sources of a half (planted, clean), of one part or of both."""
    return sorted(HERE.glob(f"{part}/{half}/*.yaml"))


def expected(source: Path) -> Expected:
    """Return what a planted source says in its first line."""
    first = source.read_text("utf-8").split("\n", 1)[0]
    match = _EXPECT.fullmatch(first)
    if match is None:
        raise ValueError(f"{source} does not begin with what is expected of it")
    words = tuple((language, _unescaped(text)) for language, text in _WORDS.findall(match["words"]))
    return Expected(match["code"], int(match["line"]), words)


def _unescaped(text: str) -> str:
    return re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), text)


def missed(source: Path) -> list[str]:
    """Return what is not as a planted source expects: its finding is missing, or others are there besides."""
    wanted, findings = expected(source), check([source])
    problems = [] if any(map(wanted.is_met, findings)) else [f"expected {wanted}"]
    return problems + [f"besides: {finding}" for finding in findings if finding.code != wanted.code or (problems and finding)]
