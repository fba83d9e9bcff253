"""Prints recall and false alarms of the checks on the corpus, by rule and by part: python -m tests.corpus."""

from __future__ import annotations

from collections import Counter

from tests.corpus.corpus import PARTS, expected, sources

from ipdocs.pipeline.check import check


def main() -> None:
    """Print a row for each rule, and the sums."""
    planted: Counter[tuple[str, str]] = Counter()
    met: Counter[tuple[str, str]] = Counter()
    alarms: Counter[tuple[str, str]] = Counter()
    clean: Counter[str] = Counter()
    for part in PARTS:
        for source in sources("planted", part):
            wanted, findings = expected(source), check([source])
            planted[wanted.code, part] += 1
            met[wanted.code, part] += any(map(wanted.is_met, findings))
            alarms.update((finding.code, part) for finding in findings if finding.code != wanted.code)
        for source in sources("clean", part):
            clean[part] += 1
            alarms.update((finding.code, part) for finding in check([source]))
    print(f"{'rule':26}" + "".join(f"{part + ' found':>14}{'false':>7}" for part in PARTS))
    for code in sorted({code for code, _ in [*planted, *alarms]}):
        row = (f"{f'{met[code, part]}/{planted[code, part]}':>14}{alarms[code, part]:>7}" for part in PARTS)
        print(f"{code:26}" + "".join(row))
    sums = (
        f"{sum(met[key] for key in met if key[1] == part)}/{sum(planted[key] for key in planted if key[1] == part)}".rjust(14)
        + f"{sum(alarms[key] for key in alarms if key[1] == part)}".rjust(7)
        for part in PARTS
    )
    print(f"{'all':26}" + "".join(sums))
    print("clean sources: " + ", ".join(f"{part} {clean[part]}" for part in PARTS))


main()
