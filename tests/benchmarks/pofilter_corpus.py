"""Compare the results of pofilter and ipdocs check on the corpus: python tests/benchmarks/pofilter_corpus.py

translate-toolkit has to be installed beside ipdocs (pip install translate-toolkit); nothing of it is part of ipdocs. Each
planted source becomes a PO file of its texts, English to Traditional Chinese, and pofilter runs all its tests on it with
--language zh_HK. It has found an error when a unit that holds the expected words fails any of its tests; which one it is
stands in the table. On the clean half every failed unit is a false alarm.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.corpus.corpus import expected, sources

from ipdocs.checks.checked_document import read_document
from ipdocs.findings import IpdocsError
from ipdocs.pipeline.check import check
from ipdocs.source.open import open_source

Failed = dict[str, list[str]]


def pairs(source: Path) -> Iterator[tuple[str, str]]:
    """Yield the English and Chinese texts of a source as readers see them."""
    try:
        document = read_document(open_source(source, draft=True))
    except IpdocsError:
        return
    for unit in document.units:
        if "en" in unit.passages:
            yield unit.passages["en"].plain, unit.passages["tc"].plain if "tc" in unit.passages else ""


def failed(english: str, chinese: str) -> list[str]:
    """Return the names of pofilter's tests that a unit fails."""
    from translate.filters.checks import CheckerConfig, StandardUnitChecker, TeeChecker
    from translate.storage.po import pounit

    unit = pounit(english)
    unit.target = chinese
    checker = TeeChecker(CheckerConfig(targetlanguage="zh_HK"))
    checker.checkers.append(StandardUnitChecker())
    return sorted(checker.run_filters(unit))


def main() -> None:
    """Print the errors that each tool finds, by code, and the false positives of both."""
    planted: Counter[str] = Counter()
    ours: Counter[str] = Counter()
    theirs: Counter[str] = Counter()
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for source in sources("planted"):
        wanted = expected(source)
        planted[wanted.code] += 1
        ours[wanted.code] += any(map(wanted.is_met, check([source])))
        marked = [words for _, words in wanted.words]
        tests = {
            name
            for english, chinese in pairs(source)
            if not marked or any(words in english or words in chinese for words in marked)
            for name in failed(english, chinese)
        }
        theirs[wanted.code] += bool(tests)
        names[wanted.code].update(tests)
    print(f"{'planted':26}{'all':>5}{'ipdocs':>8}{'pofilter':>10}  its tests")
    for code in sorted(planted):
        tests = ", ".join(f"{name} {count}" for name, count in names[code].most_common(4))
        print(f"{code:26}{planted[code]:>5}{ours[code]:>8}{theirs[code]:>10}  {tests}")
    print(f"{'all':26}{planted.total():>5}{ours.total():>8}{theirs.total():>10}")
    clean = sources("clean")
    alarms = Counter(name for source in clean for english, chinese in pairs(source) for name in failed(english, chinese))
    alarmed = sum(any(failed(english, chinese) for english, chinese in pairs(source)) for source in clean)
    print(f"clean sources with a finding: ipdocs {sum(bool(check([source])) for source in clean)} of {len(clean)}, ", end="")
    print(f"pofilter {alarmed} of {len(clean)} ({', '.join(f'{name} {count}' for name, count in alarms.most_common(6))})")


main()
