"""The corpus: the finding that each source expects, and the findings that it gives."""

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
    """The expected finding of a source: its code, its line, and the highlighted words by language."""

    code: str
    line: int
    words: tuple[tuple[str, str], ...]

    def is_met(self, finding: Finding) -> bool:
        """Whether a finding is the expected one."""
        highlights = tuple((excerpt.language, excerpt.words) for excerpt in finding.excerpts if excerpt.words)
        line = finding.location.line if finding.location else 0
        return (finding.code, line) == (self.code, self.line) and highlights[: len(self.words)] == self.words


def sources(half: str, part: str = "*") -> list[Path]:
    """Return the sources of a half (planted or clean), of one part or of both."""
    return sorted(HERE.glob(f"{part}/{half}/*.yaml"))


def expected(source: Path) -> Expected:
    """Return the expected finding in the first line of a planted source."""
    first_line = source.read_text("utf-8").split("\n", 1)[0]
    match = _EXPECT.fullmatch(first_line)
    if match is None:
        raise ValueError(f"{source} does not begin with an expected finding")
    words = tuple((language, _unescaped(text)) for language, text in _WORDS.findall(match["words"]))
    return Expected(match["code"], int(match["line"]), words)


def _unescaped(text: str) -> str:
    return re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), text)


def missed(source: Path) -> list[str]:
    """Return the problems of a planted source: the expected finding is missing, or there are others."""
    expectation, findings = expected(source), check([source])
    problems = [] if any(map(expectation.is_met, findings)) else [f"expected {expectation}"]
    return problems + [f"unexpected: {finding}" for finding in findings if finding.code != expectation.code or problems]
