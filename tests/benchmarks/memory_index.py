"""Speed and recall of a memory with a million units, compared with rapidfuzz over all texts.

    python tests/benchmarks/memory_index.py [UNITS] [QUERIES]

Units are made up by a fixed seed: words by Zipf's law, every tenth a value, one sentence in five close to an earlier one,
as releases are. A query is a unit with 5 to 25 % of its words changed. The look-up is asked for the five most similar from
75 % on, the scan for the one that is most similar, which it finds soonest. Prints a table: times, and how often the
look-up's best is as good as the scan's.
"""

from __future__ import annotations

import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from rapidfuzz import fuzz, process

from ipdocs.locale.language import languages
from ipdocs.locale.style import house_style
from ipdocs.translation.memory.analysed_text import AnalysedText
from ipdocs.translation.memory.index import Index, build_index
from ipdocs.translation.memory.segments import index_parts
from ipdocs.translation.memory.unit import MemoryUnit
from ipdocs.values.types import Date
from ipdocs.values.value_context import ValueContext
from ipdocs.workspace import Workspace

WORKSPACE = Workspace()
LEAST = 75.0
WORDS = 10_000
SYLLABLES = [a + b for a in ("b", "c", "d", "f", "g", "l", "m", "n", "p", "r", "s", "t", "tr", "pl", "v") for b in "aeiou"]
CHARACTERS = [
    chr(code) for code in range(0x4E00, 0x4E00 + 3500) if chr(code) not in "一二三四五六七八九十丁七万丈三上下不丐丑且世並中百千"
]


class Source:
    """Sentences in two languages: each English word has a Chinese one."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.english = ["".join(self.random.choices(SYLLABLES, k=self.random.choice((1, 2, 2, 3)))) for _ in range(WORDS)]
        self.chinese = ["".join(self.random.choices(CHARACTERS, k=2)) for _ in range(WORDS)]
        self.weights = list(accumulate(1 / rank for rank in range(2, WORDS + 2)))
        self.earlier: list[list[int]] = []

    def sentence(self) -> list[int]:
        """Return a sentence as numbers of words, below zero as values."""
        if self.earlier and self.random.random() < 0.2:
            return self.changed(self.random.choice(self.earlier), 0.15)
        length = self.random.randint(6, 30)
        words = self.random.choices(range(WORDS), cum_weights=self.weights, k=length)
        words = [-self.random.randint(11, 5000) if self.random.random() < 0.1 else word for word in words]
        if len(self.earlier) < 200_000:
            self.earlier.append(words)
        return words

    def changed(self, sentence: list[int], share: float) -> list[int]:
        """Return a sentence with a share of its words replaced, left out or added."""
        words = []
        for word in sentence:
            if self.random.random() > share:
                words.append(word)
                continue
            kind = self.random.random()
            other = self.random.choices(range(WORDS), cum_weights=self.weights)[0]
            words += [other] if kind < 0.5 else [word, other] if kind < 0.75 else []
        return words or sentence

    def unit(self, number: int) -> MemoryUnit:
        """Return the next unit."""
        sentence = self.sentence()
        texts = {"en": (self.sentence_text(sentence, "en"),), "tc": (self.sentence_text(sentence, "tc"),)}
        return MemoryUnit("made-up", str(number), texts, Date(2018, 8, 22), "gia")

    def sentence_text(self, sentence: list[int], language: str) -> str:
        """Return a sentence in a language."""
        if language == "tc":
            return "".join(self.chinese[word] if word >= 0 else f"{-word}" for word in sentence) + "。"
        words = [self.english[word] if word >= 0 else f"{-word}" for word in sentence]
        return " ".join(words).capitalize() + "."


def units(count: int, seed: int = 1) -> Iterator[MemoryUnit]:
    """Yield units, the same in every run."""
    source = Source(seed)
    for number in range(count):
        yield source.unit(number)


def queries(count: int, among: int) -> dict[str, list[str]]:
    """Return queries by language: slightly changed units, in the form that the index compares."""
    source, chooser = Source(1), random.Random(2)
    chosen = set(chooser.sample(range(among), count))
    matches: dict[str, list[str]] = {"en": [], "tc": []}
    style = house_style("gia", WORKSPACE)
    sentences = [source.sentence() for _ in range(among)]
    for number in sorted(chosen):
        changed = source.changed(sentences[number], chooser.uniform(0.05, 0.25))
        for code, asked in matches.items():
            side = AnalysedText(
                (source.sentence_text(changed, code),), ValueContext(languages(WORKSPACE)[code], style), WORKSPACE
            )
            asked.append(side.search_text)
    return matches


def main(count: int, asked: int) -> None:
    """Build the index, look up, scan, and print the results."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "memory.sqlite"
        began = time.perf_counter()
        build_index(path, ((unit, index_parts(unit, WORKSPACE)) for unit in units(count)), "benchmark")
        built = time.perf_counter() - began
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{count:,} units: built in {built:.0f} s, {path.stat().st_size / 1e6:.0f} MB, peak {peak:.0f} MB of memory")
        index = Index(path)
        print("| language | look-up p50 | p95 | scan p50 | sooner | of what the scan finds |")
        print("|---|---|---|---|---|---|")
        for code, texts in queries(asked, count).items():
            print(row(index, code, texts, path))
        index.close()


def row(index: Index, code: str, texts: list[str], path: Path) -> str:
    """Return the table's row of a language."""
    import sqlite3

    everything = [text for (text,) in sqlite3.connect(path).execute("SELECT search FROM side WHERE language = ?", (code,))]
    looked, scanned, hits, wanted = [], [], 0, 0
    for number, text in enumerate(texts):
        began = time.perf_counter()
        matches = index.similar(code, text, LEAST, 5)
        looked.append(1000 * (time.perf_counter() - began))
        if number >= 200:
            continue
        began = time.perf_counter()
        best = process.extractOne(text, everything, scorer=fuzz.ratio, score_cutoff=LEAST)
        scanned.append(1000 * (time.perf_counter() - began))
        if best:
            wanted += 1
            hits += bool(matches and matches[0][0] >= best[1] - 1e-9)
    p50, p95, scan = statistics.median(looked), statistics.quantiles(looked, n=20)[-1], statistics.median(scanned)
    found_of = f"{100 * hits / wanted:.1f} % of {wanted}"
    return f"| {code} | {p50:.1f} ms | {p95:.1f} ms | {scan:.0f} ms | {scan / p50:.0f} × | {found_of} |"


if __name__ == "__main__":
    main(*map(int, [*sys.argv[1:], *("1000000", "1000")[len(sys.argv) - 1 :]]))
