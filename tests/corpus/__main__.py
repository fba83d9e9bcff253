"""Print the recall and the false positives of the checks on the corpus, by rule and part: python -m tests.corpus."""

from __future__ import annotations

from collections import Counter

from tests.corpus.corpus import PARTS, expected, sources

from ipdocs.pipeline.check import check


def main() -> None:
    """Print a row for each rule, and the totals."""
    planted: Counter[tuple[str, str]] = Counter()
    detected: Counter[tuple[str, str]] = Counter()
    alarms: Counter[tuple[str, str]] = Counter()
    clean: Counter[str] = Counter()
    for part in PARTS:
        for source in sources("planted", part):
            expectation, findings = expected(source), check([source])
            planted[expectation.code, part] += 1
            detected[expectation.code, part] += any(map(expectation.is_met, findings))
            alarms.update((finding.code, part) for finding in findings if finding.code != expectation.code)
        for source in sources("clean", part):
            clean[part] += 1
            alarms.update((finding.code, part) for finding in check([source]))
    print(f"{'rule':26}" + "".join(f"{part + ' found':>14}{'false':>7}" for part in PARTS))
    for code in sorted({code for code, _ in [*planted, *alarms]}):
        row = (f"{f'{detected[code, part]}/{planted[code, part]}':>14}{alarms[code, part]:>7}" for part in PARTS)
        print(f"{code:26}" + "".join(row))
    totals = []
    for part in PARTS:
        sums = [sum(count for (_, place), count in counter.items() if place == part) for counter in (detected, planted, alarms)]
        totals.append(f"{f'{sums[0]}/{sums[1]}':>14}{sums[2]:>7}")
    print(f"{'all':26}" + "".join(totals))
    print("clean sources: " + ", ".join(f"{part} {clean[part]}" for part in PARTS))


main()
